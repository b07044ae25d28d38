"""Shows what is going on: a spinner and ticks on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.status import Status

from local.addresses import Addresses


class Progress(Protocol):
    def begin(self, title: str) -> None: ...
    def end(self, title: str, seconds: float) -> None: ...
    def fail(self, title: str) -> None: ...


class Silent:
    def begin(self, title: str) -> None: ...
    def end(self, title: str, seconds: float) -> None: ...
    def fail(self, title: str) -> None: ...


class Shown:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._status: Status | None = None

    def begin(self, title: str) -> None:
        if self._console.is_terminal:
            self._status = self._console.status(f"{title} …")
            self._status.start()
        else:
            self._line(f"  {title} …")

    def end(self, title: str, seconds: float) -> None:
        self._stop_spinner()
        self._line(f"[green]✓[/] {title} [dim]{seconds:.1f} s[/]")

    def fail(self, title: str) -> None:
        self._stop_spinner()
        self._line(f"[red]✗[/] {title}")

    def _stop_spinner(self) -> None:
        if self._status:
            self._status.stop()
            self._status = None

    def _line(self, markup: str) -> None:
        self._console.print(markup, highlight=False, soft_wrap=True)


@contextmanager
def step(progress: Progress, title: str) -> Iterator[None]:
    started = time.monotonic()
    progress.begin(title)
    try:
        yield
    except BaseException:
        progress.fail(title)
        raise
    progress.end(title, time.monotonic() - started)


def address_lines(addresses: Addresses) -> list[str]:
    user = addresses.demo_user
    rows = (
        ("Dashboard", addresses.dashboard_url),
        ("  sign in as", f"{user.email}  {user.password}"),
        ("Phone", addresses.phone_url),
        ("Shop's server", addresses.shop_url),
        ("Linked phones", addresses.linked_phones_url),
        ("Mail", f"{addresses.dashboard_url}/outbox"),
        ("Webhook", addresses.webhook_url),
        ("API", addresses.api_url),
        ("Graph API", addresses.graph_url),
        ("Local AWS", f"{addresses.aws_endpoint_url}  ({addresses.region})"),
    )
    return [f"{name:<15}{value}" for name, value in rows]
