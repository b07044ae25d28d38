"""`make bench`: run every benchmark, print tables, write results.json beside this file."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import (
    answer_cost,
    engine,
    import_cost,
    ingest_speed,
    knowledge,
    message_cost,
    receipts,
    webhook_cpu,
)

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    console = Console(file=sys.stdout)  # also while what the handlers print is held back
    with _at(console, "webhook CPU, side by side with pywa …"):
        webhooks = webhook_cpu.run()
    console.print(_webhooks(webhooks))
    with _at(console, "import cost of each function …"):
        imports = import_cost.run()
    console.print(_imports(imports))
    with _at(console, "AWS calls and units per message …"):
        messages = message_cost.run()
    console.print(_messages(messages))
    with _at(console, "receipts per second …"):
        applied = receipts.run()
    console.print(_receipts(applied))
    with _at(console, "the flow engine …"):
        flows = engine.run()
    console.print(_flows(flows))
    with _at(console, "finding passages on the bilingual set …"):
        known = knowledge.run()
    console.print(_knowledge(known))
    console.print(_refusals(known))
    with _at(console, "pages a minute, from a PDF to passages …"):
        ingested = ingest_speed.run()
    console.print(_ingested(ingested))
    with _at(console, "AWS calls and cost per answer …"):
        answers = answer_cost.run()
    console.print(_answers(answers))
    results = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "webhook_cpu_microseconds": [asdict(row) | {"ratio": row.ratio} for row in webhooks],
        "import_cpu_milliseconds": [asdict(row) | {"ratio": row.ratio} for row in imports],
        "flow_engine_cpu_microseconds": [asdict(row) for row in flows],
        "per_inbound_message": [
            asdict(row) | {"usd_per_million": row.usd_per_million} for row in messages
        ],
        "receipts": [asdict(row) for row in applied],
        "knowledge": asdict(known),
        "ingest": asdict(ingested),
        "per_answer": asdict(answers) | {"aws_calls": answers.aws_calls},
    }
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    console.print(f"Written to benchmarks/{RESULTS.name}")


@contextmanager
def _at(console: Console, what: str) -> Iterator[None]:
    """Shows what it is at; the handlers' metrics are not shown."""
    with console.status(what), redirect_stdout(StringIO()):
        yield


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, str) else f"{cell:.2f}" for cell in row))
    return table


def _webhooks(rows: Sequence[webhook_cpu.Row]) -> Table:
    return _table(
        "CPU microseconds per webhook, same signed bytes, same run (target: ratio ≤ 0.50)",
        (
            "webhook",
            "Kabar",
            "pywa",
            "ratio",
            "events: Kabar",
            "events: pywa",
            "per event: ratio",
            "Kabar + SQS client",
        ),
        [
            (
                row.case,
                row.kabar,
                row.pywa,
                row.ratio,
                str(row.kabar_events),
                str(row.pywa_events),
                row.ratio_per_event,
                row.kabar_with_queue_call,
            )
            for row in rows
        ],
    )


def _imports(rows: Sequence[import_cost.Row]) -> Table:
    return _table(
        "Import, CPU milliseconds of a fresh interpreter (target: gateway.webhook ≤ 1.25)",
        ("function", "with its client", "bare handler", "ratio"),
        [(row.function, row.milliseconds, row.bare, row.ratio) for row in rows],
    )


def _messages(rows: Sequence[message_cost.Row]) -> Table:
    return _table(
        "Per inbound message with one and a half answers and their statuses, warm",
        ("handler", "AWS calls", "write units", "read units", "USD per million"),
        [
            (
                row.handler,
                ", ".join(f"{call} {number:g}" for call, number in row.calls.items()),
                row.write_units,
                row.read_units,
                row.usd_per_million,
            )
            for row in rows
        ],
    )


def _flows(rows: Sequence[engine.Row]) -> Table:
    return _table(
        "Flow engine, CPU microseconds per event, state from and to JSON",
        ("flow", "events", "nodes per event", "microseconds", "target"),
        [
            (
                row.case,
                str(row.events or ""),
                row.steps,
                row.microseconds,
                f"≤ {row.target:g}" if row.target else "",
            )
            for row in rows
        ],
    )


def _receipts(rows: Sequence[receipts.Row]) -> Table:
    return _table(
        "Receipts, one core, three statuses a message",
        ("how", "receipts per second", "write units per receipt"),
        [(row.case, row.per_second, row.write_units) for row in rows],
    )


def _knowledge(found: knowledge.Result) -> Table:
    return _table(
        "Passages found, 315 in two languages (exact names: ≥ 0.97)",
        ("vectors", "ranking", "language", "nDCG@10", "recall@5", "exact names: recall@1"),
        [
            (
                row.vectors,
                row.ranking,
                row.language,
                row.ndcg_at_10,
                row.recall_at_5,
                row.exact_recall_at_1,
            )
            for row in found.rows
        ],
    )


def _refusals(found: knowledge.Result) -> Table:
    return _table(
        "What is answered at the default threshold (target: both ≥ 0.90)",
        ("vectors", "language", "unanswerable refused", "the rest answered"),
        [
            (row.vectors, row.language, row.refused_of_unanswerable, row.answered_of_the_rest)
            for row in found.refusals
        ],
    )


def _ingested(row: ingest_speed.Row) -> Table:
    return _table(
        "A PDF to passages, one worker, without the time of models and networks",
        ("calls per 100 pages", "pages", "passages", "pages a minute", "read alone"),
        [
            (
                ", ".join(f"{call} {number:g}" for call, number in row.calls.items()),
                str(row.pages),
                str(row.passages),
                f"{row.pages_per_minute:.0f}",
                f"{row.pages_read_per_minute:.0f}",
            )
        ],
    )


def _answers(row: answer_cost.Row) -> Table:
    return _table(
        "Per question of a flow, warm, stand-ins for the models' and the collection's time",
        ("AWS calls", "in all", "tokens in", "tokens out", "milliseconds", "USD per 1,000 answers"),
        [
            (
                ", ".join(f"{call} {number:g}" for call, number in row.calls.items()),
                row.aws_calls,
                row.tokens_in,
                row.tokens_out,
                row.milliseconds,
                row.usd_per_thousand,
            )
        ],
    )


if __name__ == "__main__":
    main()
