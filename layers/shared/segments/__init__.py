"""Saved filters over contacts: what they say, and whom they mean."""
