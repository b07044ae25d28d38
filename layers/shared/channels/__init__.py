"""The ways out to WhatsApp, and what their answers mean."""
