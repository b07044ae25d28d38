"""Every code of the reference's table (section 7.3) against what its row says to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from shared.channels.errors import ERROR_CODES, Action, classify

TABLE = Path(__file__).parents[2] / "fixtures" / "whatsapp_reference" / "error_codes.json"
ROWS: list[dict[str, Any]] = json.loads(TABLE.read_text())
CLASSES: Final = {
    "RETRY?": {Action.UNSETTLED},
    "RETRY": {Action.RETRY},
    "SLOW": {Action.SLOW_NUMBER, Action.SLOW_ACCOUNT},
    "USERWAIT": {Action.SLOW_PAIR},
    "DROP": {Action.PERMANENT},
    "CAMPAIGN": {Action.PAUSE_CAMPAIGN},
    "TEMPLATE": {Action.PAUSE_TEMPLATE},
    "REAUTH": {Action.TOKEN_DEAD},
    "CONFIG": {Action.MISCONFIGURED},
}
NOTHING_BY_ITSELF: Final = {Action.PERMANENT, Action.MISCONFIGURED}
"""Where the row asks a person to act, or to show something."""


def codes_of(row: dict[str, Any]) -> list[int]:
    found: list[int] = []
    for code in row["codes"]:
        found += range(code[0], code[1] + 1) if isinstance(code, list) else [code]
    return found


def allowed(do: str) -> set[Action]:
    """The classes that a row names; the first decides where it names a second for later."""
    words = do.replace(",", " ").replace(";", " ").replace("/", " ").split()
    named = [word for word in words if word in CLASSES]
    if not named:
        return NOTHING_BY_ITSELF
    first = CLASSES[named[0]]
    either = "/" in do or "CONFIG" in named
    return first.union(*(CLASSES[word] for word in named[1:])) if either else first


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["codes"][0])
def test_every_code_of_the_reference_does_what_its_row_says(row: dict[str, Any]) -> None:
    for code in codes_of(row):
        found = classify(400, code)
        expected = allowed(row["do"])
        if code in (139102, 139103):
            expected = {Action.RETRY}
        elif row["codes"] == [[139100, 139103]]:
            expected = NOTHING_BY_ITSELF
        elif "131208 SLOW" in row["do"]:
            expected = {Action.SLOW_NUMBER} if code == 131208 else {Action.PERMANENT}
        assert found.action in expected, (code, row["do"])
        assert len(found.words) > 15


def test_every_code_of_the_reference_is_in_the_table() -> None:
    codes = {code for row in ROWS for code in codes_of(row)}
    assert len(codes) > 150
    assert codes <= ERROR_CODES.keys()


@pytest.mark.parametrize(
    ("code", "wait", "tries"),
    [(131057, 60, None), (133015, 300, None), (134101, 600, None), (131053, None, 2)],
)
def test_what_the_reference_says_of_waiting(code: int, wait: float | None, tries: int) -> None:
    assert (ERROR_CODES[code].wait, ERROR_CODES[code].tries) == (wait, tries)
