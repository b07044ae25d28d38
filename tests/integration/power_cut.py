"""Starts what dies in the middle, with the environment of the deployed function."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from local.clients import REGION
from shared.json_types import JsonObject
from tests.deployed import Deployed
from tests.integration.dying import POWER_CUT

ROOT = Path(__file__).parents[2]
_SECONDS = 20


def power_cut(deployed: Deployed, handler: str, place: str, records: list[JsonObject]) -> None:
    """Runs the function's code on the records until the power is cut at the place."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.integration.dying", place],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(str(ROOT / folder) for folder in ("functions", "layers")),
            "AWS_ENDPOINT_URL": deployed.stack.addresses.aws_endpoint_url,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            **deployed.environment(handler),
        },
        input=json.dumps(records),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert ended.returncode == POWER_CUT, f"not at {place}: {ended.stdout}{ended.stderr}"
