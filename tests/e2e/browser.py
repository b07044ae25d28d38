"""A real browser that complains: whatever a page logs as an error is remembered."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "artifacts"
PATIENCE_MS = 60_000
_LOOPBACK = {"127.0.0.1", "localhost"}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Raises CalledProcessError when the machine has none; the script says how to get it."""
    found = subprocess.run(
        ["sh", "local/setup/find-chromium.sh"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.stdout.strip(), args=_ARGUMENTS, timeout=60_000
        )
        yield browser
        browser.close()


@dataclass
class Window:
    """A page in a browser profile of its own. `expected` are words of errors that are meant."""

    page: Page
    errors: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._on_request)

    def complaints(self) -> list[str]:
        return [
            error for error in self.errors if not any(words in error for words in self.expected)
        ]

    def picture(self, name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTIFACTS / f"{name}.png")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in _LOOPBACK:
            self.errors.append(f"asked another machine: {request.url}")


def open_window(
    browser: Browser,
    *,
    width: int = 1280,
    height: int = 800,
    scale: float = 1,
    touch: bool = False,
) -> Window:
    """With `touch` it is a phone's, pointed at with fingers."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        has_touch=touch,
        is_mobile=touch,
        locale="en-GB",
        color_scheme="light",
    )
    return Window(context.new_page())
