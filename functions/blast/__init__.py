"""Campaigns: one message to very many people, once each, as fast as WhatsApp takes it."""
