import socket
from collections.abc import Iterator
from dataclasses import astuple

import pytest

from local.failures import BadPortError, PortBusyError
from local.ports import ANY_FREE, Ports, ports_from, settle


@pytest.fixture(autouse=True)
def with_sockets(socket_enabled: None) -> None:
    """These tests bind on loopback."""


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_ports_have_defaults_and_follow_the_environment() -> None:
    assert ports_from({}) == Ports(aws=4566, graph=4600, dashboard=4700, shop=4800)
    assert ports_from({"KABAR_GRAPH_PORT": "9000"}) == Ports(graph=9000)
    assert ports_from({"KABAR_AWS_PORT": ""}) == Ports()


@pytest.mark.parametrize("text", ["70000", "-1", "http", "4566.0", "²"])
def test_what_is_no_port_is_refused_by_the_variables_name(text: str) -> None:
    with pytest.raises(BadPortError, match="KABAR_AWS_PORT"):
        ports_from({"KABAR_AWS_PORT": text})


def test_free_ports_differ_from_each_other() -> None:
    found = astuple(settle(ANY_FREE))
    assert 0 not in found
    assert len(set(found)) == len(found)


def test_a_busy_port_names_itself_and_its_variable(busy_port: int) -> None:
    with pytest.raises(PortBusyError, match=rf"{busy_port} .*KABAR_DASHBOARD_PORT"):
        settle(Ports(aws=0, graph=0, dashboard=busy_port))
