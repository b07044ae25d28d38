"""`make bench-blast`: what is claimed of campaigns, on the real handlers by virtual time and on the
local stack in real time; prints tables and writes blast_results.json beside this file. `--live`,
`--quick` and `--million` do a part of it, in real time, by virtual time within minutes, and what
takes long: the other results stay."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any, Final, TypeVar

import boto3
from moto import mock_aws
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks import blast_cases, blast_cost, blast_live, blast_trial
from shared.json_types import JsonObject
from tests.builders import create_tables

RESULTS: Final = Path(__file__).parent / "blast_results.json"
TRIALS: Final = ((2_000, 20), (20_000, 80), (100_000, 1_000))
MILLION: Final = (1_000_000, 1_000)
NUMBERS: Final = (50, 1_500, 20)
TIER: Final = (5_000, 2_000)
PAUSED: Final = (20_000, 80)
LIVE: Final = 2_000
Result = TypeVar("Result")


@contextmanager
def tables() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="ap-southeast-1")
        create_tables(client)
        yield client


def _found_costs() -> list[blast_cost.Cost]:
    with tables() as dynamodb:
        return blast_cost.run(dynamodb)


class Bench:
    """Does one thing after another, and shows what it is at."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.seconds: dict[str, float] = {}

    def do(self, name: str, run: Callable[[Callable[[str], None]], Result]) -> Result:
        began = time.process_time()
        result = self.watch(name, run)
        self.seconds[name] = round(time.process_time() - began, 1)
        self._console.print(f"{name}: {self.seconds[name]:.0f} s of computing")
        return result

    def watch(self, name: str, run: Callable[[Callable[[str], None]], Result]) -> Result:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(name)

            def show(words: str) -> None:
                progress.update(task, description=f"{name}: {words}")

            with redirect_stdout(StringIO()):  # metrics
                return run(show)


def main(arguments: Sequence[str]) -> None:
    # A million people are looked through for garbage in seconds, and there is next to none.
    gc.set_threshold(100_000, 50, 1_000)
    console = Console(file=sys.stdout)  # also while what the handlers print is held back
    bench = Bench(console)
    wanted = [name for name in _PARTS if f"--{name}" in arguments] or _PARTS
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name in wanted:
        for result, found in _PARTS[name](bench, console).items():
            known[result] = known.get(result, {}) | found
        known.setdefault("computing_seconds", {}).update(bench.seconds)
        known.setdefault("at", {})[name] = datetime.now(UTC).isoformat(timespec="seconds")
        RESULTS.write_text(json.dumps(known, indent=2) + "\n")
    console.print(f"Written to benchmarks/{RESULTS.name}")


def _in_real_time(bench: Bench, console: Console) -> JsonObject:
    live = bench.watch("in real time", lambda show: blast_live.run(LIVE, show))
    console.print(_seen("On the local stack, as its stand-in for Meta saw it,", [live]))
    return {"real_time": asdict(live)}


def _quick(bench: Bench, console: Console) -> JsonObject:
    rows = [_trial(bench, *size) for size in TRIALS]
    numbers = bench.do("fifty numbers at once", lambda _: blast_cases.together(*NUMBERS))
    days = bench.do("a tier that spreads over days", lambda _: blast_cases.spread(*TIER))
    paused = bench.do("a pause at half", lambda _: blast_cases.paused(*PAUSED))
    costs = bench.do("units and calls per 1,000 recipients", lambda _: _found_costs())
    costs.append(blast_cost.deliverers(rows[1].worker_seconds, rows[1].people))
    console.print(_trials(rows), _cases(numbers, days, paused), _costs(costs))
    return {
        "trials": {row.case: asdict(row) for row in rows},
        "numbers_at_once": asdict(numbers),
        "tier": asdict(days),
        "pause": asdict(paused),
        "per_1000_recipients": {one.step: asdict(one) | {"usd": one.usd} for one in costs}
        | {"the Cloudflare design": {"usd": blast_cost.blueprint_usd()}},
    }


def _million(bench: Bench, console: Console) -> JsonObject:
    row = _trial(bench, *MILLION)
    console.print(_trials([row]))
    return {"trials": {row.case: asdict(row)}}


def _trial(bench: Bench, people: int, pace: int) -> blast_trial.Row:
    name = f"{people:,} people at {pace:,}/s"
    return bench.do(name, lambda show: blast_trial.run(people, pace, shown=show))


_PARTS: Final = {"live": _in_real_time, "quick": _quick, "million": _million}


def _table(title: str, *names: str) -> Table:
    table = Table(title=title, title_justify="left")
    for place, name in enumerate(names):
        table.add_column(name, justify="left" if place == 0 else "right")
    return table


def _trials(rows: Sequence[blast_trial.Row]) -> Table:
    return _seen("By virtual time, as WhatsApp saw it,", rows)


def _seen(title: str, rows: Sequence[blast_trial.Row | blast_live.Row]) -> Table:
    table = _table(
        f"{title} with its faults and a worker killed every 20 s "
        "(targets: held ≥ 98 %, busiest ≤ allowed, the rest 0)",
        *("campaign", "held", "busiest second", "pairs too close", "twice", "lost"),
        *("workers killed", "minutes to the last"),
    )
    for row in rows:
        table.add_row(
            row.case,
            f"{row.held:.1%}",
            str(row.busiest),
            str(row.too_close),
            str(row.twice),
            str(row.lost),
            str(row.kills),
            f"{row.minutes:.1f}",
        )
    return table


def _cases(
    numbers: blast_cases.Together, days: blast_cases.Spread, paused: blast_cases.Paused
) -> Table:
    table = _table("And", "case", "target", "found", "twice", "lost")
    many = (
        f"{numbers.numbers} numbers with {numbers.people:,} people each at {numbers.per_second}/s"
    )
    table.add_row(
        f"{many}: the slowest, against one alone",
        "≥ 95 %",
        f"{numbers.slowest:.1%}",
        str(numbers.twice),
        str(numbers.lost),
    )
    table.add_row(
        f"{days.people:,} people, {days.tier:,} a day: most within 24 hours",
        f"≤ {days.tier:,}",
        f"{days.busiest_day:,} in {days.days:.1f} days",
        str(days.twice),
        str(days.lost),
    )
    table.add_row(
        f"{paused.people:,} people at {paused.per_second}/s, paused at half: the last message",
        "≤ 60 s",
        f"{paused.bites_after:.1f} s later",
        str(paused.twice),
        str(paused.lost),
    )
    return table


def _costs(found: Sequence[blast_cost.Cost]) -> Table:
    table = _table(
        f"Per 1,000 recipients (the Cloudflare design: {blast_cost.blueprint_usd():.4f} USD)",
        *("step", "write units", "read units", "queue calls", "of lanes", "GB-seconds", "USD"),
    )
    for one in (*found, blast_cost.together(found)):
        table.add_row(
            one.step,
            f"{one.write_units:.0f}",
            f"{one.read_units:.0f}",
            f"{one.queue_calls:.0f}",
            f"{one.fifo_calls:.0f}",
            f"{one.gb_seconds:.0f}",
            f"{one.usd:.4f}",
        )
    return table


if __name__ == "__main__":
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "bench")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "bench")
    os.environ.setdefault("AWS_DEFAULT_REGION", "ap-southeast-1")
    main(sys.argv[1:])
