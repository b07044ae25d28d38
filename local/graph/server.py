"""Runs the stand-in on loopback until it is told to stop."""

import socket

import uvicorn

from local.graph.app import StandIn, stand_in
from local.graph.edge.closable_protocol import ClosableProtocol
from local.graph.settings import Settings

LOOPBACK = "127.0.0.1"
STOP_WITHIN_SECONDS = 3
CONNECTION_BACKLOG = 1024


class PortTakenError(Exception):
    """Another program listens on the port."""


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, running: StandIn) -> None:
        super().__init__(config)
        self._running = running

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._running.let_go()
        await super().shutdown(sockets)


def listen(port: int) -> socket.socket:
    """A socket that callers can connect to at once; port 0 picks a free one."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen(CONNECTION_BACKLOG)
    except OSError as error:
        listener.close()
        raise PortTakenError(
            f"port {port} is taken: stop what uses it, or set KABAR_GRAPH_PORT to another port"
        ) from error
    return listener


def serve(settings: Settings) -> None:
    listener = listen(settings.port)
    running = stand_in(settings)
    config = uvicorn.Config(
        running.application,
        http=ClosableProtocol,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        backlog=CONNECTION_BACKLOG,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
    )
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    print(f"Stand-in for Meta on {address} (phone: {address}/phone/)", flush=True)
    Server(config, running).run(sockets=[listener])
