"""The bilingual set that retrieval is measured on: passages, and questions with the right one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rag.chunks import Chunk

FOLDER: Final = Path(__file__).parent.parent / "tests" / "fixtures" / "knowledge"
LANGUAGES: Final = ("en", "id")
TENANT_ID: Final = "ws_bench"
BASE_ID: Final = "kb_bench"
UNANSWERABLE: Final = "unanswerable"
_SECTION: Final = re.compile(r"^## (.+)\n+(.+)$", re.MULTILINE)
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` is "paraphrase", "name", "code" or "unanswerable"; `right` the name of the passage,
    empty where there is none."""

    language: str
    kind: str
    right: str
    question: str


def passages() -> dict[str, Chunk]:
    """By name. Each is a document of its own, so that a chunk tells which it is."""
    found = [one for language in LANGUAGES for one in _of(language)]
    return {
        name: Chunk(TENANT_ID, BASE_ID, name, 1, number, text, title, None, (heading,))
        for number, (name, title, heading, text) in enumerate(found)
    }


def questions() -> list[Asked]:
    return [Asked(**row) for row in _rows("questions")]


def _of(language: str) -> Iterator[tuple[str, str, str, str]]:
    """Name, title, heading and text."""
    for row in _rows(f"catalogue_{language}"):
        text = "\n".join(f"{name}: {value}" for name, value in row.items())
        yield row["code"], "Catalogue", row["name"], text
    policies = (FOLDER / f"policies_{language}.md").read_text()
    title = policies.splitlines()[0].removeprefix("# ")
    for heading, text in _SECTION.findall(policies):
        yield f"policies_{language}#{_slug(heading)}", title, heading, text
    for row in _rows(f"faq_{language}"):
        name = f"faq_{language}#{_slug(row['question'])}"
        yield name, "FAQ", row["question"], row["answer"]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def _slug(text: str) -> str:
    return _NOT_A_LETTER.sub("-", text.lower()).strip("-")
