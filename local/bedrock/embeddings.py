"""InvokeModel of the embedding models: their requests, their limits, and their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from local.bedrock.refusals import InvalidError

Embed = Callable[[Sequence[str], int], list[list[float]]]
_MOST_TEXTS: Final = 96
_LONGEST: Final = 2048
_MOST_TOKENS: Final = 512
_TITAN_LONGEST: Final = 50_000
_DIMENSIONS: Final = {"v3": (1024,), "v4": (256, 512, 1024, 1536), "titan": (256, 512, 1024)}
_INPUT_TYPES: Final = ("search_document", "search_query", "classification", "clustering")


def invoke(model: str, body: dict[str, Any], embed: Embed) -> dict[str, Any]:
    """Raises InvalidError."""
    if model.startswith("amazon.titan-embed-text-v2"):
        return _titan(body, embed)
    if "cohere.embed" in model:
        return _cohere(model, body, embed)
    raise InvalidError("The provided model identifier is invalid.")


def _cohere(model: str, body: dict[str, Any], embed: Embed) -> dict[str, Any]:
    texts = body.get("texts")
    if not isinstance(texts, list) or not 1 <= len(texts) <= _MOST_TEXTS:
        raise InvalidError(f"Malformed input request: 1 to {_MOST_TEXTS} texts")
    if any(not isinstance(text, str) or len(text) > _LONGEST for text in texts):
        raise InvalidError(f"Malformed input request: a text has at most {_LONGEST} characters")
    generation = "v4" if "v4" in model else "v3"
    is_bounded = generation == "v3" and body.get("truncate", "NONE") == "NONE"
    if is_bounded and any(_tokens(text) > _MOST_TOKENS for text in texts):
        raise InvalidError(f"Malformed input request: a text has at most {_MOST_TOKENS} tokens")
    if body.get("input_type") not in _INPUT_TYPES:
        raise InvalidError(f"Malformed input request: input_type is one of {_INPUT_TYPES}")
    dimensions = body.get("output_dimension", _DIMENSIONS[generation][-1])
    _check(dimensions, generation)
    vectors = embed(texts, dimensions)
    answer: dict[str, Any] = {"id": "local", "texts": texts}
    if body.get("embedding_types"):
        return {**answer, "response_type": "embeddings_by_type", "embeddings": {"float": vectors}}
    return {**answer, "response_type": "embeddings_floats", "embeddings": vectors}


def _titan(body: dict[str, Any], embed: Embed) -> dict[str, Any]:
    text = body.get("inputText")
    if not isinstance(text, str) or not 1 <= len(text) <= _TITAN_LONGEST:
        raise InvalidError("Malformed input request: inputText")
    dimensions = body.get("dimensions", 1024)
    _check(dimensions, "titan")
    (vector,) = embed([text], dimensions)
    return {"embedding": vector, "inputTextTokenCount": max(1, len(text) // 4)}


def _tokens(text: str) -> int:
    """About: letters of ours by fours, anything else one by one."""
    letters = sum(sign.isascii() and not sign.isdigit() for sign in text)
    return letters // 4 + len(text) - letters


def _check(dimensions: Any, generation: str) -> None:
    if dimensions not in _DIMENSIONS[generation]:
        raise InvalidError(f"Malformed input request: dimensions of {_DIMENSIONS[generation]}")
