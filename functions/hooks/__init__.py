"""Webhooks of workspaces: what happens is told to the addresses that they name."""
