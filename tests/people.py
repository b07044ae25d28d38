"""Customers who write to a business number, each known to nobody before."""

from __future__ import annotations

import itertools
import time
import uuid
from dataclasses import dataclass
from typing import Any

from shared.json_types import JsonObject
from tests import builders

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """`wa_id` is None for somebody who hides the number, `bsuid` where Meta sends none yet."""

    name: str
    wa_id: str | None
    bsuid: str | None

    def message(self, text: str, **extra: Any) -> JsonObject:
        """A text with an id of its own, stamped now."""
        built = builders.text_message(
            text,
            id_=f"wamid.{uuid.uuid4().hex}",
            wa_id=self.wa_id,
            bsuid=self.bsuid,
            at=int(time.time()),
        )
        return {**built, **extra}

    def contact(self) -> JsonObject:
        ids = {"wa_id": self.wa_id, "user_id": self.bsuid}
        known = {name: value for name, value in ids.items() if value}
        return {"profile": {"name": self.name}, **known}

    def sends(self, number: str, *messages: JsonObject) -> JsonObject:
        """The webhook in which these messages come to a business number (its Meta id)."""
        return builders.webhook_body(self.value(number, *messages))

    def value(self, number: str, *messages: JsonObject) -> JsonObject:
        return builders.value(
            messages=list(messages), contacts=[self.contact()], phone_number_id=number
        )


def newcomer(*, hides_number: bool = False, has_user_id: bool = True) -> Person:
    number = next(_numbers)
    return Person(
        name=f"Person {number}",
        wa_id=None if hides_number else f"62877{number:07d}",
        bsuid=f"ID.{77 * 10**17 + number}" if has_user_id or hides_number else None,
    )
