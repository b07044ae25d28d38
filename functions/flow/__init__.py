"""Conversations: worker.py takes events from the lanes and steps the flow engine; actions.py does
the slow work that a flow asks for and returns its answer as an event; engine/ is pure."""
