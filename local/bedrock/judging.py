"""A stand-in for a judge that is honest about what it is: it compares words and numbers, and its
verdicts say so. Put a local model behind the stand-in for one that understands.

It reads the requests of `rag.judging`. An answer is right when it has most of the expected answer's
words and all of its numbers; a sentence is supported when the passages that it names have most of
its words and all of its numbers. Where either stands, how long it is, and what a text says of
itself counts for nothing.
"""

from __future__ import annotations

import json
import re
from typing import Final

from local.bedrock.texts import between, stems

JUDGE: Final = "JUDGE"
_CORRECTNESS: Final = "JUDGE CORRECTNESS"
_KEY: Final = re.compile(r'"word": "([0-9a-f]+)"')
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_PASSAGE: Final = re.compile(r"^\[(\d+)\]\n(.*?)(?=^\[\d+\]\n|\Z)", re.MULTILINE | re.DOTALL)
_SENTENCE: Final = re.compile(r"^(\d+) \((?:passages ([\d, ]+)|no passage)\): (.*)$", re.MULTILINE)
_RIGHT: Final = 0.6  # of the expected words
_PARTLY: Final = 0.3
_SUPPORTED: Final = 0.7  # of a sentence's words


def judged(system: str, user: str) -> str:
    """The verdict, in the shape that the request asks for."""
    key = _KEY.search(system)
    said = _correctness(user) if system.startswith(_CORRECTNESS) else _faithfulness(user)
    return json.dumps({"word": key.group(1) if key else "", **said})


def _correctness(user: str) -> dict[str, object]:
    expected, answer = between(user, "expected"), between(user, "answer")
    wanted = stems(expected)
    shared = len(wanted & stems(answer))
    part = shared / len(wanted) if wanted else 0.0
    lacks_numbers = _numbers(expected) - _numbers(answer)
    verdict = "correct" if part >= _RIGHT else "partly" if part >= _PARTLY else "wrong"
    if lacks_numbers:
        verdict = "wrong"
    reason = f"Stand-in, which compares words: {shared} of {len(wanted)} expected ones"
    missing = f"; missing: {', '.join(sorted(lacks_numbers))}" if lacks_numbers else ""
    return {"verdict": verdict, "reason": f"{reason}{missing}."}


def _faithfulness(user: str) -> dict[str, object]:
    passages = dict(_PASSAGE.findall(between(user, "passages") + "\n"))
    supported = {}
    for number, cited, text in _SENTENCE.findall(between(user, "sentences")):
        named = [passages.get(one.strip(), "") for one in cited.split(",")]
        supported[number] = _is_said(text, " ".join(named))
    return {"supported": supported}


def _is_said(sentence: str, passages: str) -> bool:
    claimed = stems(sentence)
    if not claimed:
        return True
    covered = len(claimed & stems(passages)) / len(claimed)
    return covered >= _SUPPORTED and _numbers(sentence) <= _numbers(passages)


def _numbers(text: str) -> set[str]:
    return {re.sub(r"[.,]", "", one) for one in _NUMBER.findall(text)}
