"""What a cold start pays for each function, against one that only makes its AWS client.

The benchmark measures it in milliseconds; a busy machine would blur them. Counted here is what a
dependency that slips in brings along, which is the same on every machine.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys

import pytest

from tests.architecture.source_tree import ROOT

BARE = "import boto3; boto3.client('sqs', region_name='ap-southeast-1')"
OURS = "import {module}; from shared.aws import client; client('sqs')"
LOADED = "import json, sys; {code}; print(json.dumps(sorted(sys.modules)))"
BUDGETS = {
    "gateway.webhook": 50,
    "gateway.own_app_webhook": 50,
    "gateway.linked_webhook": 50,
    "gateway.linked_receipts": 50,
    "gateway.sender": 50,
    "channels.api": 230,
    "channels.template_syncs": 50,
    "gateway.receipts": 50,
    "gateway.media": 110,
    "gateway.account_events": 50,
    "gateway.api": 230,
    "flow.worker": 110,
    "flow.actions": 50,
    "flow.starting": 50,
    "flow.timers": 50,
    "flow.schedules": 125,
    "flow.contact_news": 50,
    "flow.api": 235,
    "hooks.api": 230,
    "hooks.fan_out": 50,
    "hooks.watching": 50,
    "hooks.watching_records": 50,
    "hooks.watching_campaigns": 50,
    "hooks.deliver": 50,
    "blast.api": 240,
    "blast.deliver": 60,
    "blast.pacer": 55,
    "blast.jobs": 110,
    "letters.api": 230,
    "letters.filer": 50,
    "letters.jobs": 50,
    "contacts.api": 230,
    "contacts.changes": 50,
    "contacts.jobs": 110,
    "rag.api": 400,
    "rag.answer": 320,
    "rag.ingest": 440,
    "rag.forgetting": 50,
    "account.api": 230,
    "account.authorizer": 115,
    "account.pre_token": 5,
}
"""Modules of others (the standard library's too) that a function loads beyond the bare one's."""
HEAVY = {"pydantic", "cryptography", "jwt", "json_logic", "pywa", "requests", "httpx", "moto"}
NEEDS = {
    # People wait for these, and bad input is told by the field.
    "gateway.api": {"pydantic"},
    "account.api": {"pydantic"},
    # The collection's client brings it along.
    "rag.api": {"pydantic", "requests"},
    "rag.answer": {"pydantic", "requests"},
    "rag.ingest": {"pydantic", "requests"},
    "channels.api": {"pydantic"},
    "flow.api": {"pydantic", "json_logic"},
    "hooks.api": {"pydantic"},
    "contacts.api": {"pydantic"},
    "blast.api": {"pydantic"},
    "letters.api": {"pydantic"},
    "flow.worker": {"pydantic", "json_logic"},
    "flow.schedules": {"pydantic", "json_logic"},
    "account.authorizer": {"jwt", "cryptography"},
}


def _loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(code=code)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "functions"), str(ROOT / "layers")]),
            "POWERTOOLS_SERVICE_NAME": "budget",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@functools.cache
def _bare() -> set[str]:
    return _loaded(BARE)


@functools.cache
def _ours(module: str) -> set[str]:
    return _loaded(OURS.format(module=module))


def _is_of_others(module: str) -> bool:
    package = module.split(".", maxsplit=1)[0]
    return not any((ROOT / folder / package).is_dir() for folder in ("functions", "layers"))


@pytest.mark.parametrize("module", BUDGETS)
def test_importing_stays_within_its_budget(module: str) -> None:
    brought = {name for name in _ours(module) - _bare() if _is_of_others(name)}
    assert len(brought) <= BUDGETS[module], sorted(brought)


@pytest.mark.parametrize("module", BUDGETS)
def test_a_function_loads_no_heavy_library_that_it_does_not_need(module: str) -> None:
    assert _ours(module) & HEAVY <= NEEDS.get(module, set())
