"""Every dead-letter queue: what comes in is filed under the workspace that it is of.

Nothing that a letter holds may stop it from being filed: what cannot be read is the platform's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from letters.addressing import pieces
from letters.reasons import reason_of
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.last_words import LastWords
from shared.numbers import Numbers
from shared.observability import count, counted, logger
from shared.overflow import EmptiedError, fetch
from shared.queues import encode
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.dead_letters import (
    MAX_BODY,
    AlreadyFiledError,
    DeadLetters,
    Letter,
    letter_id,
)
from shared.store.directory import Directory
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Settings:
    """`dead_letter_queues` is JSON: which queue's letters each of them holds, by its name."""

    dead_letters_table: str
    directory_table: str
    overflow_bucket: str
    dead_letter_queues: str


@dataclass(frozen=True, slots=True)
class Owners:
    """As the directory has them."""

    directory: Directory
    numbers: Numbers

    def of_number(self, channel: str) -> Tenant | None:
        number = self.numbers.get(channel)
        return number.tenant if number else None

    def of_account(self, waba_id: str) -> Tenant | None:
        return self.directory.account(waba_id)


@dataclass(frozen=True, slots=True)
class Filer:
    settings: Settings
    queues: Mapping[str, str]
    owners: Owners
    dynamodb: Any
    s3: Callable[[], Any]
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one letter, or one for each workspace that it concerns."""
        try:
            text = self._whole(record["body"])
        except EmptiedError:
            return  # its work was done after all
        queue = self.queues[record["eventSourceARN"].rpartition(":")[2]]
        table, attributes = self.settings.dead_letters_table, record["attributes"]
        words = LastWords(table, self.dynamodb, self.clock).of(record["messageId"])
        reason = reason_of(record, text, words)
        sent_at = int(attributes["SentTimestamp"])
        for piece in pieces(queue, text, self.owners):
            letter = Letter(
                id=letter_id(sent_at, record["messageId"]),
                queue=queue,
                sent_at=sent_at,
                filed_at=self.clock(),
                # The last one brought it here.
                receives=int(attributes["ApproximateReceiveCount"]) - 1,
                cause=reason.cause,
                error=reason.error,
                reason=reason.text,
                group=attributes.get("MessageGroupId"),
                about=piece.about,
            )
            # What is larger lies where it was parked, as long as its letter does.
            fits = len(piece.body.encode("utf-8", "replace")) <= MAX_BODY
            body = piece.body if fits else record["body"]
            try:
                DeadLetters(piece.tenant, table, self.dynamodb).file(letter, body)
            except AlreadyFiledError:
                continue
            count("LettersFiled" if piece.tenant else "LettersOfNobody")
            logger.warning(
                "dead letter", queue=queue, cause=reason.cause, error=reason.error, id=letter.id
            )

    def _whole(self, body: str) -> str:
        """With what had travelled by reference. Raises EmptiedError."""
        try:
            is_parked = "parked" in json.loads(body)
        except (ValueError, TypeError, RecursionError):
            return body
        if not is_parked:
            return body
        s3 = self.s3()
        try:
            return encode(fetch(body, lambda: s3, self.settings.overflow_bucket))
        except s3.exceptions.NoSuchKey:
            return body  # it has lain too long


@lru_cache(maxsize=1)
def _filer() -> Filer:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    directory = Directory(settings.directory_table, dynamodb)
    return Filer(
        settings,
        json.loads(settings.dead_letter_queues),
        Owners(directory, Numbers(directory)),
        dynamodb,
        lambda: client("s3"),
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures. The order does not matter: letters sort by their ids."""
    return run_each(event["Records"], _filer().run)
