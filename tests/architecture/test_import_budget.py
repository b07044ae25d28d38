"""What a cold start pays for each function, against one that only makes its AWS client.

The benchmark measures this finely; here a dependency that slips in must fail, and a busy machine
must not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.source_tree import ROOT

ROUNDS = 4
BARE = "import boto3; boto3.client('sqs', region_name='ap-southeast-1')"
OURS = "import {module}; from shared.aws import client; client('sqs')"
CPU = "import time; {code}; print(time.process_time())"
LOADED = "import json, sys; {code}; print(json.dumps(sorted(sys.modules)))"
BUDGETS = {
    "gateway.webhook": 1.5,
    "gateway.own_app_webhook": 1.5,
    "gateway.sender": 1.6,
    "channels.api": 3.0,
    "gateway.receipts": 1.6,
    "gateway.account_events": 1.6,
    "gateway.api": 2.8,
    "flow.worker": 1.9,
    "flow.actions": 1.6,
    "flow.starting": 1.5,
    "flow.timers": 1.5,
    "flow.api": 3.2,
    "hooks.api": 2.8,
    "hooks.fan_out": 1.6,
    "hooks.watching": 1.6,
    "hooks.deliver": 1.6,
    "contacts.api": 2.9,
    "contacts.changes": 1.6,
    "contacts.jobs": 2.2,
    "account.api": 2.8,
    "account.authorizer": 1.9,
    "account.pre_token": 1.5,
}
HEAVY = {"pydantic", "cryptography", "jwt", "json_logic", "pywa", "requests", "httpx", "moto"}
NEEDS = {
    # People wait for these, and bad input is told by the field.
    "gateway.api": {"pydantic"},
    "account.api": {"pydantic"},
    "channels.api": {"pydantic"},
    "flow.api": {"pydantic", "json_logic"},
    "hooks.api": {"pydantic"},
    "contacts.api": {"pydantic"},
    "flow.worker": {"pydantic", "json_logic"},
    "account.authorizer": {"jwt", "cryptography"},
}


def _fresh(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "functions"), str(ROOT / "layers")]),
            "POWERTOOLS_SERVICE_NAME": "budget",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def _cpu_seconds(code: str) -> float:
    return float(_fresh(CPU.format(code=code)))


def _ratios(module: str) -> Iterator[float]:
    """The two are measured in turn, so that a machine's bad moment meets both."""
    for _ in range(ROUNDS):
        bare = _cpu_seconds(BARE)
        yield _cpu_seconds(OURS.format(module=module)) / bare


@pytest.mark.parametrize("module", BUDGETS)
def test_importing_stays_within_its_budget(module: str) -> None:
    ratios = []
    for ratio in _ratios(module):
        ratios.append(ratio)
        if ratio < BUDGETS[module]:
            return
    pytest.fail(f"{module} costs {ratios} times what a bare function does")


@pytest.mark.parametrize("module", BUDGETS)
def test_a_function_loads_no_heavy_library_that_it_does_not_need(module: str) -> None:
    loaded = set(json.loads(_fresh(LOADED.format(code=f"import {module}"))))
    assert loaded & HEAVY <= NEEDS.get(module, set())
