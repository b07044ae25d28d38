"""WhatsApp in and out.

webhook.py takes Meta's posts and queues their events; sender.py sends what conversations decide;
receipts.py applies what Meta says about sent messages, account_events.py what it says about
accounts and templates; api.py shows conversations to people.
"""
