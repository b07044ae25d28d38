"""Bedrock's Rerank for a stand-in that is honest about what it is: it counts words.

A text's score is the share of the question's words that it has, rare ones among the texts given
counting more. It understands nothing that fusion did not see, and is there to be asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, Final

from local.bedrock.refusals import InvalidError
from local.bedrock.texts import stems

_MODEL: Final = re.compile(
    r"arn:aws:bedrock:[a-z0-9-]+::foundation-model/(cohere\.rerank-v3-5:0|amazon\.rerank-v1:0)"
)
_MOST_SOURCES: Final = 1000
_LONGEST: Final = 32_000


def rerank(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to a request of Rerank, in its shape. Raises InvalidError."""
    configuration = request["rerankingConfiguration"]["bedrockRerankingConfiguration"]
    if not _MODEL.fullmatch(configuration["modelConfiguration"]["modelArn"]):
        raise InvalidError("The provided model identifier is invalid.")
    queries, sources = request["queries"], request["sources"]
    if len(queries) != 1:
        raise InvalidError("queries must have one member")
    if not 1 <= len(sources) <= _MOST_SOURCES:
        raise InvalidError(f"sources must have 1 to {_MOST_SOURCES} members")
    texts = [_text(one["inlineDocumentSource"]["textDocument"]) for one in sources]
    most = configuration.get("numberOfResults", len(texts))
    if not 1 <= most <= _MOST_SOURCES:
        raise InvalidError(f"numberOfResults must be 1 to {_MOST_SOURCES}")
    rated = enumerate(scores(_text(queries[0]["textQuery"]), texts))
    best = sorted(rated, key=lambda one: (-one[1], one[0]))[:most]
    return {"results": [{"index": place, "relevanceScore": score} for place, score in best]}


def scores(question: str, texts: Sequence[str]) -> list[float]:
    """From 0 to 1, in the order of the texts."""
    asked, having = stems(question), [stems(text) for text in texts]
    weight = {word: _rarity(word, having) for word in asked}
    whole = sum(weight.values()) or 1.0
    return [sum(weight[word] for word in asked & words) / whole for words in having]


def _rarity(word: str, having: Sequence[set[str]]) -> float:
    return math.log(1 + (len(having) + 1) / (sum(word in words for words in having) + 0.5))


def _text(document: dict[str, Any]) -> str:
    text = document["text"]
    if not isinstance(text, str) or not 1 <= len(text) <= _LONGEST:
        raise InvalidError(f"a text has 1 to {_LONGEST} characters")
    return text
