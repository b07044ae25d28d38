"""Bedrock on this machine, as far as Kabar calls it."""
