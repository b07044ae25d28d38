"""What importing each function costs, against a bare handler that only makes its boto3 client."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 7
ROOT = Path(__file__).parent.parent
BARE = "import boto3; boto3.client('{service}', region_name='ap-southeast-1')"
OURS = "import {module}; from shared.aws import client; client('{service}')"
FUNCTIONS = {
    "gateway.webhook": "sqs",
    "gateway.sender": "sqs",
    "gateway.receipts": "dynamodb",
    "gateway.api": "dynamodb",
    "flow.worker": "dynamodb",
    "flow.actions": "sqs",
    "account.api": "dynamodb",
    "account.authorizer": "dynamodb",
    "account.pre_token": "dynamodb",
}
_CPU = "import time; {code}; print(time.process_time())"


@dataclass(frozen=True, slots=True)
class Row:
    """CPU milliseconds of a fresh interpreter. The webhook's target ratio is at most 1.25."""

    function: str
    milliseconds: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.milliseconds / self.bare


def run() -> list[Row]:
    bare = {
        service: cpu_milliseconds(BARE.format(service=service))
        for service in sorted(set(FUNCTIONS.values()))
    }
    return [
        Row(module, cpu_milliseconds(OURS.format(module=module, service=service)), bare[service])
        for module, service in FUNCTIONS.items()
    ]


def cpu_milliseconds(code: str) -> float:
    """The best of several fresh interpreters, bytecode already written."""
    return min(_once(code) for _ in range(ROUNDS)) * 1000


def _once(code: str) -> float:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "functions"), str(ROOT / "layers")]),
        "AWS_DEFAULT_REGION": "ap-southeast-1",
        "POWERTOOLS_SERVICE_NAME": "bench",
    }
    done = subprocess.run(
        [sys.executable, "-c", _CPU.format(code=code)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1])
