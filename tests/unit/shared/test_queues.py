"""Queues: SQS's limits, order, partial failures; lanes in a batch."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.fifo_batch import NotYetError, backoff, run_in_order
from shared.json_types import JsonObject
from shared.overflow import INLINE_LIMIT, fetch, park_if_large, work_on
from shared.queues import Entry, QueueRefusedError, encode, retry_after, send_all
from shared.standard_batch import run_each
from tests.builders import sqs_record
from tests.fakes import FakeS3, FakeSqs

SIZES = st.sampled_from([0, 1, 500, 100_000, 104_800, 262_144, 524_288, 900_000])


class Recording:
    def __init__(self) -> None:
        self.batches: list[list[JsonObject]] = []

    def send_message_batch(self, QueueUrl: str, Entries: list[JsonObject]) -> JsonObject:
        self.batches.append(Entries)
        return {}


def request_bytes(entries: list[JsonObject]) -> int:
    return sum(len(str(text).encode()) for entry in entries for text in entry.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(SIZES, max_size=35))
def test_batches_keep_order_and_limits(sizes: list[int]) -> None:
    sqs = Recording()
    entries = [Entry(f"{n}:" + "x" * size, "g" * 128, "d" * 64) for n, size in enumerate(sizes)]
    send_all(sqs, "url", entries)
    assert [e["MessageBody"] for batch in sqs.batches for e in batch] == [e.body for e in entries]
    for batch in sqs.batches:
        assert 1 <= len(batch) <= 10
        assert request_bytes(batch) <= 1024 * 1024
        assert len({entry["Id"] for entry in batch}) == len(batch)
    fewest = -(-len(entries) // 10)
    if sum(sizes) < 500_000:
        assert len(sqs.batches) == fewest, "no more calls than the limits ask for"


@given(st.integers(0, 24), st.integers(1, 25))
def test_nothing_is_sent_after_a_refusal(refused: int, total: int) -> None:
    sqs = FakeSqs(refuse={refused})
    entries = [Entry(str(n), "g", str(n)) for n in range(total)]
    if refused >= total:
        send_all(sqs, "url", entries)
        return
    with pytest.raises(QueueRefusedError):
        send_all(sqs, "url", entries)
    last_batch_ends = (refused // 10 + 1) * 10
    assert sqs.asked == min(total, last_batch_ends)


@given(st.text(), st.text())
def test_queue_bodies_are_ascii_whatever_was_typed(key: str, text: str) -> None:
    body = encode({key: text})
    assert body.isascii()
    assert body.isprintable()
    assert json.loads(body) == {key: text}


@pytest.mark.parametrize(("seconds", "asked"), [(0.4, 0), (-5, 0), (2.6, 3), (10**9, 43_200)])
def test_waits_stay_within_what_sqs_allows(seconds: float, asked: int) -> None:
    sqs = FakeSqs()
    retry_after(sqs, "url", {"receiptHandle": "h"}, seconds)
    assert sqs.visibility == [("h", asked)]


@pytest.mark.parametrize("size", [10, INLINE_LIMIT - 20, INLINE_LIMIT + 1, 3_000_000])
def test_large_bodies_come_back_whole(size: int) -> None:
    s3 = FakeS3()
    body = encode({"x": "é" * (size // 6)})
    parked = park_if_large(body, lambda: s3, "bucket")
    assert len(parked) <= INLINE_LIMIT
    assert bool(s3.objects) == (len(body) > INLINE_LIMIT)
    assert fetch(parked, lambda: s3, "bucket") == json.loads(body)
    done: list[JsonObject] = []
    for _ in range(2):  # as a queue delivers at least once
        work_on(parked, lambda: s3, "bucket", done.append)
    assert done == [json.loads(body)] * (1 if s3.objects else 2)
    assert set(s3.objects.values()) <= {b"{}"}


def test_small_bodies_never_make_a_bucket_client() -> None:
    def no_client() -> Any:
        raise AssertionError("a client was made")

    assert fetch(park_if_large("{}", no_client, "b"), no_client, "b") == {}


OUTCOMES = st.sampled_from(["done", "done", "fails", "waits"])


@given(st.lists(st.tuples(st.sampled_from("abc"), OUTCOMES), max_size=10))
def test_a_lane_stops_at_its_first_failure_and_others_go_on(
    story: list[tuple[str, str]],
) -> None:
    sqs = FakeSqs()
    ran: list[int] = []

    def run(record: JsonObject) -> None:
        place = int(record["messageId"])
        ran.append(place)
        if story[place][1] == "fails":
            raise ValueError
        if story[place][1] == "waits":
            raise NotYetError("later", 7)

    records = [
        sqs_record({}, id_=str(n), group=lane, receives=3) for n, (lane, _) in enumerate(story)
    ]
    answer = run_in_order(records, run, sqs, "url")
    expected_ran, failed, waits = [], [], {}
    held: dict[str, int] = {}
    for place, (lane, outcome) in enumerate(story):
        if lane not in held:
            expected_ran.append(place)
            if outcome == "done":
                continue
            held[lane] = 7 if outcome == "waits" else 8
        failed.append({"itemIdentifier": str(place)})
        waits[f"handle-{place}"] = held[lane]
    assert ran == expected_ran
    assert answer == {"batchItemFailures": failed}
    assert dict(sqs.visibility) == waits, "the whole lane comes back together"


def test_what_no_time_is_left_for_comes_back_at_once() -> None:
    sqs = FakeSqs()
    ran: list[str] = []
    records = [sqs_record({}, id_=str(n), group="ab"[n % 2]) for n in range(4)]
    answer = run_in_order(
        records, lambda r: ran.append(r["messageId"]), sqs, "url", has_time=lambda: len(ran) < 2
    )
    assert ran == ["0", "1"]
    assert [f["itemIdentifier"] for f in answer["batchItemFailures"]] == ["2", "3"]
    assert [seconds for _, seconds in sqs.visibility] == [0, 0]


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "ReceiptHandleIsInvalid"}}, "ChangeMessageVisibility"),
        EndpointConnectionError(endpoint_url="http://sqs"),
    ],
)
def test_a_wait_that_cannot_be_set_fails_no_more_than_its_record(error: Exception) -> None:
    class Broken(FakeSqs):
        def change_message_visibility(self, *_: Any, **__: Any) -> None:
            raise error

    def run(record: JsonObject) -> None:
        if record["messageId"] == "0":
            raise ValueError

    records = [sqs_record({}, id_=str(n), group=str(n)) for n in range(2)]
    answer = run_in_order(records, run, Broken(), "url")
    assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]}


def test_backoffs_grow_and_stay_short() -> None:
    waits = [backoff(n) for n in range(1, 101)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (2, 30)


@pytest.mark.parametrize(("delay", "asked"), [(0, None), (7, 7), (900, 900), (100_000, 900)])
def test_a_delay_stays_within_what_sqs_allows(delay: int, asked: int | None) -> None:
    sqs = Recording()
    send_all(sqs, "queue", [Entry("body", delay=delay)])
    assert sqs.batches[0][0].get("DelaySeconds") == asked


def test_in_a_standard_batch_each_record_stands_for_itself() -> None:
    ran: list[str] = []

    def run(record: JsonObject) -> None:
        ran.append(record["body"])
        if record["body"] == "bad":
            raise ValueError

    records = [sqs_record(body, id_=f"r{n}") for n, body in enumerate(["a", "bad", "b", "bad"])]
    answer = run_each(records, run)
    assert ran == ["a", "bad", "b", "bad"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "r1"}, {"itemIdentifier": "r3"}]}
