"""What a message template is, in Meta's own shape: how one is made, what it wants filled when it is
sent, and how it looks. Pure; where templates are kept is `shared.store.templates`."""
