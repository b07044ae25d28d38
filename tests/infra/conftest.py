"""One synthesis per stage and run, shared by every test of the templates."""

from __future__ import annotations

import pytest

from tests.templates import DEPLOYED_STAGES, STAGES


@pytest.fixture(params=STAGES, scope="session")
def stage(request: pytest.FixtureRequest) -> str:
    """Every stage in turn."""
    return str(request.param)


@pytest.fixture(params=DEPLOYED_STAGES, scope="session")
def deployed(request: pytest.FixtureRequest) -> str:
    """Every stage that goes to a real account."""
    return str(request.param)
