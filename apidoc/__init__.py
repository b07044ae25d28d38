"""Writes the OpenAPI document from the routes that the code declares: `python -m apidoc`."""
