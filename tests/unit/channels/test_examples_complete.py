"""The tables of examples hold all that the wire reference shows: one that went missing would be
missed by no other test, since each walks over what is there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "fixtures"
INBOUND = Counter(
    {
        "1.6": 1,
        "2.5": 1,
        "2.6": 5,
        "2.7": 7,
        "2.8": 10,
        "2.9": 1,
        "2.10": 3,
        "2.11": 4,
        "2.12": 1,
        "2.13": 1,
        **{f"2.4.{number}": 1 for number in range(1, 22)},
        "2.4.11": 2,
        "2.4.12": 2,
        "2.4.14": 3,
        "2.4.16": 2,
    }
)
"""How many bodies each section shows."""
OUTBOUND = Counter({"3.1": 1, "3.3": 8, "3.4": 11, "3.5": 11, "3.6": 1})
BODIES = {
    "callback_button.json": 3,
    "callback_selection.json": 2,
    "flow_completion.json": 2,
    "message.json": 23,
    "message_status.json": 7,
    "system.json": 2,
    "template_category_update.json": 1,
    "template_quality_update.json": 1,
    "template_status_update.json": 2,
    "user_marketing_preferences.json": 2,
}
"""How many bodies each file holds that nobody here wrote."""
ERROR_ROWS, ERROR_CODES = 91, 256


def read(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text())


def sections(name: str) -> Counter[str]:
    return Counter(one["section"] for one in read(f"whatsapp_reference/{name}"))


def test_every_inbound_example_is_there_once() -> None:
    assert sections("inbound.json") == INBOUND
    bodies = [json.dumps(one["body"]) for one in read("whatsapp_reference/inbound.json")]
    assert len(set(bodies)) == len(bodies) == INBOUND.total()


def test_every_outbound_example_is_there_once() -> None:
    assert sections("outbound.json") == OUTBOUND
    bodies = [json.dumps(one["body"]) for one in read("whatsapp_reference/outbound.json")]
    assert len(set(bodies)) == len(bodies) == OUTBOUND.total()


def test_every_file_of_others_is_there_whole() -> None:
    files = sorted((FIXTURES / "whatsapp").glob("*.json"))
    assert {file.name: len(json.loads(file.read_text())) for file in files} == BODIES


def test_every_row_of_the_error_table_is_there() -> None:
    rows = read("whatsapp_reference/error_codes.json")
    codes = {
        code
        for row in rows
        for one in row["codes"]
        for code in (range(one[0], one[1] + 1) if isinstance(one, list) else (one,))
    }
    assert (len(rows), len(codes)) == (ERROR_ROWS, ERROR_CODES)
