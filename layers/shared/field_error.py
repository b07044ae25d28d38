"""What is wrong with one field: the same whoever finds it, the API or a limit of a channel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, for example "role" or "contact.name"."""

    field: str
    message: str
