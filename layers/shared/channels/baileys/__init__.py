"""Numbers that are linked to a phone as WhatsApp Web is, through `baileys-api`.

What it says is turned into what Meta would have said (reading.py, contents.py, states.py), so that
everything behind the queues is the same; sessions.py follows a number's connection; service.py
calls it.
"""
