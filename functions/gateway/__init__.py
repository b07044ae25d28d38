"""WhatsApp in and out.

webhook.py takes Meta's posts and queues their events; sender.py sends what conversations decide;
receipts.py applies what Meta says about sent messages; api.py shows conversations to people.
"""
