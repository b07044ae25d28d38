from collections.abc import Iterator

import httpx
import pytest

from tests.integration.local_graph.running_graph import Receiver, receiving, running


@pytest.fixture(scope="module")
def shared_receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def shared_graph(shared_receiver: Receiver) -> Iterator[httpx.Client]:
    with running(shared_receiver) as client:
        yield client


@pytest.fixture
def graph(shared_graph: httpx.Client, shared_receiver: Receiver) -> httpx.Client:
    """The running stand-in, as new; anything may be sent to people who have not written."""
    shared_graph.post("/_admin/reset").raise_for_status()
    shared_graph.post("/_admin/rules", json={"window_hours": None}).raise_for_status()
    shared_receiver.answers.clear()
    shared_receiver.received.clear()
    return shared_graph


@pytest.fixture
def receiver(shared_receiver: Receiver) -> Receiver:
    return shared_receiver
