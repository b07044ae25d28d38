"""What a workspace sets up with Meta: its numbers.

connecting.py connects a number, through the platform's app or one of the workspace's own;
numbers.py shows, changes, checks and disconnects those that are.
"""
