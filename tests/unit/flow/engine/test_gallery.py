"""The ready flows: whole, without findings, in both languages, and they hold their conversation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flow.engine.checks import Catalogue, check
from flow.engine.checks.catalogue import TemplateShape
from flow.engine.checks.contents_of import parts_of
from flow.engine.definition import compile_flow
from flow.engine.texts import LocalText
from shared.json_types import JsonObject
from tests.architecture.source_tree import FUNCTIONS
from tests.unit.flow.engine.golden_talk import play

GALLERY = sorted((FUNCTIONS / "flow" / "gallery").glob("*.json"))


def read(file: Path) -> JsonObject:
    found: JsonObject = json.loads(file.read_text())
    return found


def test_there_are_four() -> None:
    names = [file.stem for file in GALLERY]
    assert names == ["booking", "order_status", "questions_and_answers", "welcome_menu"]


@pytest.mark.parametrize("file", GALLERY, ids=lambda file: file.stem)
def test_nothing_stands_against_publishing_it(file: Path) -> None:
    has = Catalogue(
        templates={"appointment_reminder": TemplateShape(frozenset({"en", "id"}), 2)},
        knowledge_bases=frozenset({"faq"}),
        flows={},
    )
    assert check(read(file)["flow"], has) == []


@pytest.mark.parametrize("file", GALLERY, ids=lambda file: file.stem)
def test_every_text_is_in_both_languages(file: Path) -> None:
    shown = read(file)
    assert shown["title"].keys() == shown["lead"].keys() == {"en", "id"}
    for node in compile_flow(shown["flow"]).nodes.values():
        for place, part in parts_of(getattr(node, "data", None)):
            if isinstance(part, LocalText) and not _is_a_number(part):
                assert set(part.by_language) == {"en", "id"}, f"{node.id}: {place}"


def _is_a_number(text: LocalText) -> bool:
    pieces = [piece for one in text.by_language.values() for piece in one.pieces]
    return all(isinstance(piece, str) and not any(c.isalpha() for c in piece) for piece in pieces)


def said(text: str, **more: Any) -> JsonObject:
    return {"said": text, **more}


ORDER = {"answered": "success", "status": 200, "body": {"state": "packed", "total": 25000}}
TALKS: list[tuple[str, str, list[JsonObject], list[str]]] = [
    (
        "welcome_menu",
        "en",
        [said("menu"), said("1"), said("No, thank you")],
        ["Hello Ana!", "How can we help?", "We are open", "Anything else?", "Thank you."],
    ),
    (
        "welcome_menu",
        "id",
        [said("halo"), said("Bicara dengan petugas"), {"handed_back": True}],
        ["Halo Ana!", "Ada yang", "Petugas kami", "Terima kasih."],
    ),
    (
        "order_status",
        "id",
        [said("pesanan"), said("no number!"), said("A-17"), ORDER],
        ["Berapa nomor", "Nomornya ada di struk", "Pesanan A-17: packed. Totalnya Rp 25.000."],
    ),
    (
        "order_status",
        "en",
        [said("order"), said("990"), {"answered": "failure", "status": 404, "body": {}}],
        ["What is the number", "We have no order 990", "What is the number"],
    ),
    (
        "questions_and_answers",
        "en",
        [said("hours?"), {"answered": "answered", "text": "Nine to five."}, said("Yes")],
        ["Nine to five.", "Did that help?", "Glad"],
    ),
    (
        "questions_and_answers",
        "en",
        [said("hm?"), {"answered": "no_answer", "text": ""}, {"handed_back": True}],
        ["I ask a colleague", "Glad"],
    ),
    (
        "booking",
        "id",
        [
            *(said("janji"), said("Ana Putri"), said("lusa"), said("10:00")),
            *({"timer": True}, said("Saya datang", payload="come")),
        ],
        [
            *("Atas nama", "Hari apa?", "Jam berapa?"),
            "Tercatat: Ana Putri, 27 November 2026 pukul 10:00.",
            *("appointment_reminder 27 November 10:00", "Sampai jumpa besok!"),
        ],
    ),
]


@pytest.mark.parametrize(("name", "language", "happens", "heard"), TALKS)
def test_it_holds_its_conversation(
    name: str, language: str, happens: list[JsonObject], heard: list[str]
) -> None:
    flow = read(FUNCTIONS / "flow" / "gallery" / f"{name}.json")["flow"]
    case = {
        "stored": flow,
        "contact": {"language": language},
        "talk": [{"when": when} for when in happens],
    }
    messages = [e["send"] for turn in play(case) for e in turn["effects"] if "send" in e]
    words = [_words(message) for message in messages]
    assert len(words) == len(heard)
    for said_, expected in zip(words, heard, strict=True):
        assert said_.startswith(expected)


def _words(message: JsonObject) -> str:
    match message:
        case {"type": "text", "text": {"body": body}}:
            return str(body)
        case {"type": "interactive", "interactive": {"body": {"text": body}}}:
            return str(body)
        case {"type": "template", "template": {"name": name, "components": [body, *_]}}:
            return " ".join([name, *(parameter["text"] for parameter in body["parameters"])])
    return str(message["type"])
