"""`make bench-blast`: what is claimed of campaigns, on the real handlers with a virtual clock."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any

import boto3
from moto import mock_aws
from rich.console import Console
from rich.table import Table

from benchmarks import blast_cost, blast_trial
from blast.planning import rate
from tests.builders import create_tables

RESULTS = Path(__file__).parent / "blast_results.json"
TRIALS = ((2_000, 20), (2_000, 80))


@contextmanager
def tables() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="ap-southeast-1")
        create_tables(client)
        yield client


def trial(people: int, per_second: int) -> blast_trial.Row:
    with tables() as dynamodb, redirect_stdout(StringIO()):  # metrics
        return blast_trial.run(dynamodb, people, per_second, allowed=rate(per_second, 0))


def costs() -> list[blast_cost.Cost]:
    with tables() as dynamodb, redirect_stdout(StringIO()):
        return blast_cost.run(dynamodb)


def main() -> None:
    console = Console()
    rows = []
    for people, per_second in TRIALS:
        with console.status(f"{people:,} people at {per_second}/s …"):
            rows.append(trial(people, per_second))
    console.print(_trials(rows))
    with console.status("units and calls per 1,000 recipients …"):
        found = costs()
    console.print(_costs(found))
    results = {
        "trials": [asdict(row) for row in rows],
        "per_1000_recipients": [asdict(one) | {"usd": one.usd} for one in found],
        "blueprint_usd_per_1000": blast_cost.blueprint_usd(),
    }
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    console.print(f"Written to benchmarks/{RESULTS.name}")


def _trials(rows: list[blast_trial.Row]) -> Table:
    table = Table(
        title="Campaigns as WhatsApp saw them, with its faults and a worker killed every 20 s "
        "(targets: held ≥ 98 %, busiest ≤ allowed, the rest 0)",
        title_justify="left",
    )
    for place, name in enumerate(
        ("campaign", "held", "busiest second", "pairs too close", "twice", "lost", "minutes")
    ):
        table.add_column(name, justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(
            row.case,
            f"{row.held:.1%}",
            str(row.busiest),
            str(row.too_close),
            str(row.twice),
            str(row.lost),
            f"{row.minutes:.1f}",
        )
    return table


def _costs(found: list[blast_cost.Cost]) -> Table:
    table = Table(
        title=f"Per 1,000 recipients (the Cloudflare design: {blast_cost.blueprint_usd():.4f} USD)",
        title_justify="left",
    )
    for place, name in enumerate(("step", "write units", "read units", "queue calls", "USD")):
        table.add_column(name, justify="left" if place == 0 else "right")
    whole = blast_cost.Cost(
        "together",
        sum(one.write_units for one in found),
        sum(one.read_units for one in found),
        sum(one.queue_calls for one in found),
    )
    for one in (*found, whole):
        table.add_row(
            one.step,
            f"{one.write_units:.0f}",
            f"{one.read_units:.0f}",
            f"{one.queue_calls:.0f}",
            f"{one.usd:.4f}",
        )
    return table


if __name__ == "__main__":
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "bench")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "bench")
    os.environ.setdefault("AWS_DEFAULT_REGION", "ap-southeast-1")
    main()
