"""Text from outside as DynamoDB takes it."""

from __future__ import annotations


def storable(text: str, longest: int) -> str:
    """At most `longest` characters, with "?" for halves of surrogate pairs: JSON may hold them,
    UTF-8 cannot."""
    return text[:longest].encode("utf-8", "replace").decode()
