from collections.abc import Generator

import pytest

from tests.e2e.windows import browser, window
from tests.running import FAILED, api, meta, stack

__all__ = ["api", "browser", "meta", "stack", "window"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets fixtures know, when they end, that their test has failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
