"""A stand-in for a chat model that is honest about what it is: it copies sentences and adds none.

It reads Converse's requests as Kabar writes them. An answer is made of the sentences of the
passages that share most words with the question, each with its passage's number; where they share
too few, the answer is NO_ANSWER, as the rules say. Verdicts are `judging`'s. Nothing here
understands anything: for that, put a local model behind the stand-in.
"""

from __future__ import annotations

import re
from typing import Any, Final

from local.bedrock.judging import JUDGE, judged
from local.bedrock.texts import between, stems

_NO_ANSWER: Final = "NO_ANSWER"
_PASSAGE: Final = re.compile(
    r"^\[(\d+)\] \((.*?)\)\n(.*?)(?=^\[\d+\] \(|\Z)", re.MULTILINE | re.DOTALL
)
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?!\s)[^.!?\n]*)*[.!?]?")
_ENOUGH: Final = 0.2  # of the question's words
_MOST_SENTENCES: Final = 3
_CHARACTERS_PER_TOKEN: Final = 4


def converse(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to a request of Converse, in its shape."""
    system = "".join(part.get("text", "") for part in request.get("system", ()))
    last = request["messages"][-1]["content"]
    user = "".join(part.get("text", "") for part in last)
    if system.startswith(JUDGE):
        text = judged(system, user)
    else:
        text = _rewritten(user) if system.startswith("REWRITE") else _answered(user)
    tokens_in = _tokens(system + user)
    tokens_out = _tokens(text)
    return {
        "output": {"message": {"role": "assistant", "content": [{"text": text}]}},
        "stopReason": "end_turn",
        "usage": {
            "inputTokens": tokens_in,
            "outputTokens": tokens_out,
            "totalTokens": tokens_in + tokens_out,
        },
        "metrics": {"latencyMs": 1},
    }


def _answered(user: str) -> str:
    asked = stems(between(user, "question"))
    rated: list[tuple[float, int, str]] = []
    for number, heading, text in _PASSAGE.findall(between(user, "passages") + "\n"):
        beside = stems(heading)
        whole = len(asked & (beside | stems(text))) / (len(asked) or 1)
        for sentence in _SENTENCE.findall(text):
            own = len(asked & stems(sentence)) / (len(asked) or 1)
            if sentence.strip():
                rated.append((whole + own, int(number), sentence.strip()))
    best = sorted(rated, key=lambda one: -one[0])[:_MOST_SENTENCES]
    if not best or best[0][0] < _ENOUGH:
        return _NO_ANSWER
    kept = [one for one in best if one[0] >= best[0][0] / 2]
    return " ".join(f"{sentence} [{number}]" for _, number, sentence in kept)


def _rewritten(user: str) -> str:
    """The question with what the customer had asked about before."""
    question = between(user, "question")
    lines = between(user, "conversation").splitlines()
    said = [line.removeprefix("Customer: ") for line in lines if line.startswith("Customer: ")]
    earlier = [line for line in said if line != question]
    return f"{question.rstrip('?')} {earlier[-1]}" if earlier else question


def _tokens(text: str) -> int:
    return len(text) // _CHARACTERS_PER_TOKEN + 1
