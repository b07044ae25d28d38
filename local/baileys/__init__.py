"""A stand-in for `baileys-api` and for the phones that it links: its contract, as strict as it.

wire.py has the shapes of what is asked, phones.py the numbers and what becomes of them, webhooks.py
posts, service.py answers; hand.py and page.py are for whoever plays the phone.
"""
