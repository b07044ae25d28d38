"""People that a workspace writes to: the record, its changes, and what others keep a copy of."""
