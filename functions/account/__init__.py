"""Workspaces and people: authorizer.py decides who may call the API, pre_token.py writes a person's
workspace into their tokens, api.py tells a caller who they are."""
