"""Every test: no real AWS credentials, no real AWS endpoint."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import botocore.session
import hypothesis
import pytest
from pytest import TerminalReporter

# What is asserted beside the tests says what it saw, as a test does.
pytest.register_assert_rewrite(
    *(f"tests.{one.stem}" for one in Path(__file__).parent.iterdir() if one.stem != "conftest")
)

os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_DEFAULT_REGION="ap-southeast-1",
    POWERTOOLS_SERVICE_NAME="tests",
    POWERTOOLS_METRICS_DISABLED="true",
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="1",
)
for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
    os.environ.pop(name, None)

# Every simulation of AWS begins a session of its own; the services' descriptions stay the same.
botocore.session.create_loader = cache(botocore.session.create_loader)

# A busy machine is no defect of the code.
hypothesis.settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("any machine")

_MEASURED = "measured"


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Tells a number that a test has found. It is shown at the end, whichever process ran it."""
    return lambda text: record_property(_MEASURED, text)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    told = [
        str(text)
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, text in report.user_properties
        if name == _MEASURED
    ]
    if told:
        terminalreporter.section(_MEASURED)
    for line in told:
        terminalreporter.write_line(line)
