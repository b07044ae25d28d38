"""What a workspace sets up with Meta: its numbers and its message templates.

connecting.py connects a number, through the platform's app or one of the workspace's own;
linked.py links a phone as WhatsApp Web is;
numbers.py shows, changes, checks and disconnects those that are. Templates are in templates/;
template_syncs.py, a function of its own, compares them with Meta's each day.
"""
