"""Pictures, sound, films and documents: what WhatsApp takes, and what bytes really are."""
