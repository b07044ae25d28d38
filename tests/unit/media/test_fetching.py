"""A file is fetched whole, whatever happens on the way, or not at all."""

from __future__ import annotations

import hashlib
import io
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.fetching import Fetched, FileTooLargeError, WrongBytesError, agree, fetch
from shared.channels.graph_media import LinkExpiredError, TransferBrokenError
from tests.unit.media.fake_source import MEDIA_ID, FakeSource
from tests.unit.media.sample_files import PNG


def fetched(source: FakeSource, **more: object) -> tuple[Fetched, bytes]:
    into = io.BytesIO()
    done = fetch(source, MEDIA_ID, "EAA", into, **more)  # type: ignore[arg-type]
    return done, into.getvalue()


def test_the_bytes_and_what_they_are() -> None:
    done, data = fetched(FakeSource(PNG, mime_type="text/html"))
    assert data == PNG
    assert done == Fetched("image/png", len(PNG), hashlib.sha256(PNG).hexdigest())


FAULTS = st.lists(st.sampled_from(["expired", "broken", "restart"]), max_size=3)


@given(FAULTS, st.binary(min_size=1))
def test_what_breaks_goes_on_and_is_whole(faults: list[str], data: bytes) -> None:
    source = FakeSource(data, faults=list(faults))
    assert fetched(source)[1] == data
    met = faults[: len(faults) - len(source.faults)]
    assert source.look_ups == 1 + met.count("expired")


def test_a_transfer_that_broke_goes_on_where_it_broke() -> None:
    source = FakeSource(PNG, faults=["broken"])
    assert fetched(source)[1] == PNG
    assert source.starts == [0, len(PNG) // 2]


def test_a_server_that_begins_anew_doubles_nothing() -> None:
    assert fetched(FakeSource(PNG, faults=["broken", "restart"]))[1] == PNG


@pytest.mark.parametrize(
    ("fault", "error"), [("expired", LinkExpiredError), ("broken", TransferBrokenError)]
)
def test_it_is_given_up_after_some_tries(fault: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        fetched(FakeSource(PNG, faults=[fault] * 9))


def test_what_is_said_to_be_too_large_is_not_begun() -> None:
    source = FakeSource(PNG)
    with pytest.raises(FileTooLargeError):
        fetched(source, most=10)
    assert source.starts == []


def test_what_turns_out_too_large_is_not_finished() -> None:
    with pytest.raises(FileTooLargeError):
        fetched(FakeSource(PNG, size=0), most=10)


def test_other_bytes_than_announced_are_refused() -> None:
    with pytest.raises(WrongBytesError):
        fetched(FakeSource(PNG, sha256="00" * 32))
    with pytest.raises(WrongBytesError):
        fetched(FakeSource(PNG), said_sha256=b64encode(bytes(32)).decode())


def test_a_file_that_ends_early_is_broken() -> None:
    with pytest.raises(TransferBrokenError):
        fetched(FakeSource(PNG, size=len(PNG) + 1, sha256=""))


def test_a_digest_counts_in_hex_and_base64_and_not_where_it_is_neither() -> None:
    digest = hashlib.sha256(PNG).digest()
    assert agree(digest, (digest.hex(), digest.hex().upper(), b64encode(digest).decode()))
    assert agree(digest, ("", "pFyQ2xExample=", "no digest", "zz" * 32))
    assert not agree(digest, (digest.hex(), b64encode(bytes(32)).decode()))
