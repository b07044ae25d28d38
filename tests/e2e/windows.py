"""The browser and its windows, as fixtures for every test that looks at a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser import PATIENCE_MS, Window, chromium, open_window
from tests.running import FAILED

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with the module: while it is open no other event loop can run."""
    with chromium() as running:
        yield running


@pytest.fixture
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[[], Window]]:
    """Opens windows; no error may have been logged in any of them in the end. A test that fails
    leaves a picture of each."""
    opened: list[Window] = []

    def opening() -> Window:
        opened.append(open_window(browser))
        return opened[-1]

    yield opening
    complaints = [complaint for one in opened for complaint in one.complaints()]
    for number, one in enumerate(opened, start=1):
        if complaints or FAILED in request.node.stash:
            one.picture(f"failed-{request.node.name}-{number}")
        one.page.context.close()
    assert complaints == []
