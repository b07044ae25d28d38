"""The whole product, running: one stack for all tests of a session, with its own state and ports.

A folder's conftest imports the fixtures it wants. The stack is kept with the session, not with the
fixture: a fixture imported into two folders is two fixtures.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from local.stack import LocalStack
from tests.api_side import Api, demo_token
from tests.meta_side import Meta

Seen = TypeVar("Seen")

PATIENCE_SECONDS = 60.0
_POLL_SECONDS = 0.2
FAILED = pytest.StashKey[bool]()
"""In the stash of a test that has failed."""

_STACK = pytest.StashKey[LocalStack]()


def eventually(
    look: Callable[[], Seen],
    is_right: Callable[[Seen], object] = bool,
    *,
    seconds: float = PATIENCE_SECONDS,
) -> Seen:
    """What `look` sees as soon as it is right. Fails, showing the last sight, when time is up."""
    deadline = time.monotonic() + seconds
    while not is_right(seen := look()):
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds:g} s; last seen: {seen!r}")
        time.sleep(_POLL_SECONDS)
    return seen


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LocalStack:
    config = request.config
    if _STACK not in config.stash:
        running = LocalStack(state_dir=tmp_path_factory.mktemp("kabar"))
        running.start()
        config.stash[_STACK] = running
        config.add_cleanup(running.stop)
    return config.stash[_STACK]


@pytest.fixture
def meta(stack: LocalStack) -> Iterator[Meta]:
    """Meta's side of the wire. What a test makes it do wrong ends with the test."""
    with Meta(stack.addresses) as side:
        side.clear_faults()
        side.lift_rates()
        yield side
        side.clear_faults()


@pytest.fixture
def api(stack: LocalStack) -> Iterator[Api]:
    """The API as the demo user sees it."""
    with Api(stack.addresses.api_url, demo_token(stack)) as side:
        yield side
