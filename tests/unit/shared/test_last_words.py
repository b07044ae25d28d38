"""Whoever gives a message up says why, the last time and in words that tell nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from shared import last_words
from shared.fifo_batch import NotYetError, run_in_order
from shared.json_types import JsonObject
from shared.last_words import LastWords, Words
from shared.standard_batch import run_each
from tests.builders import create_table, sqs_record
from tests.fakes import FakeSqs

LAST = 3
TEXT = "kata rahasia Ana"


class BrokenError(Exception):
    """The wheel is broken."""


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Iterator[LastWords]:
    monkeypatch.setenv("DEAD_LETTERS_TABLE", "letters")
    monkeypatch.setenv("MAX_RECEIVES", str(LAST))
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        monkeypatch.setattr(last_words, "client", lambda _: dynamodb)
        last_words._settings.cache_clear()
        yield LastWords(create_table(dynamodb, "letters"), dynamodb)
    last_words._settings.cache_clear()


def fails(record: JsonObject) -> None:
    raise BrokenError(TEXT)


def waits(record: JsonObject) -> None:
    raise NotYetError("The number is held", 5)


@pytest.mark.parametrize(
    ("run", "left"),
    [
        (fails, Words("raised", "BrokenError", "The wheel is broken.")),
        (waits, Words("waited", "", "The number is held")),
    ],
)
def test_the_last_receive_is_noted_and_no_other(words: LastWords, run: Any, left: Words) -> None:
    for batch in (run_each, in_order):
        for receives in range(1, LAST + 1):
            id_ = f"{batch.__name__}-{receives}"
            assert batch([sqs_record("{}", id_=id_, receives=receives)], run)["batchItemFailures"]
            assert words.of(id_) == (left if receives == LAST else None)


def in_order(records: list[JsonObject], run: Any, **more: Any) -> JsonObject:
    return run_in_order(records, run, FakeSqs(), "url", **more)


def test_who_never_had_a_turn_is_noted_as_behind(words: LastWords) -> None:
    records = [sqs_record("{}", id_=id_, receives=LAST) for id_ in ("first", "second")]
    in_order(records, fails)
    assert words.of("second") == Words("behind")


def test_who_had_no_time_left_is_noted_so(words: LastWords) -> None:
    in_order([sqs_record("{}", receives=LAST)], fails, has_time=lambda: False)
    assert words.of("record-1") == Words("waited", "", "No time was left")


def test_what_succeeds_leaves_no_words(words: LastWords) -> None:
    run_each([sqs_record("{}", receives=LAST)], lambda _: None)
    assert words.of("record-1") is None


def test_a_message_is_never_in_the_words(words: LastWords) -> None:
    run_each([sqs_record("{}", receives=LAST)], fails)
    assert TEXT not in str(words.of("record-1"))


def test_a_refusal_of_aws_is_told_by_its_code(words: LastWords) -> None:
    def refused(record: JsonObject) -> None:
        boto3.client("dynamodb").get_item(TableName="none", Key={"pk": {"S": TEXT}})

    run_each([sqs_record("{}", receives=LAST)], refused)
    found = words.of("record-1")
    assert found == Words("raised", "ResourceNotFoundException", "AWS refused GetItem")


def test_words_that_cannot_be_noted_change_nothing(
    words: LastWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEAD_LETTERS_TABLE", "no_such_table")
    last_words._settings.cache_clear()
    answer = run_each([sqs_record("{}", receives=LAST)], fails)
    assert answer["batchItemFailures"] == [{"itemIdentifier": "record-1"}]
