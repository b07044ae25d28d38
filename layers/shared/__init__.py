"""What every function shares: tenancy, settings, events, queues, repositories, channels.

Importing a module of this package calls no AWS API and imports no function.
"""
