"""A loopback stand-in for Meta's Graph API: the WhatsApp send endpoint and signed webhooks."""
