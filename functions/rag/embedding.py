"""Texts to vectors, through Bedrock: Cohere's multilingual model, or Titan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, TypeAlias

from rag.bedrock_errors import CALL_ERRORS, is_busy
from rag.chunks import Vector

MOST_TOGETHER: Final = 96  # texts in one call of Cohere's
InputType: TypeAlias = Literal["search_document", "search_query"]
DOCUMENT: Final = "search_document"
QUERY: Final = "search_query"
_LONGEST: Final = 2048  # characters that Cohere's v3 takes of a text
_TITAN: Final = "amazon.titan"


class EmbeddingBusyError(RuntimeError):
    """Bedrock takes no more just now: ask again later."""


class Embed(Protocol):
    def __call__(self, texts: Sequence[str], input_type: InputType) -> list[Vector]:
        """A vector for each text, in order. Passages are DOCUMENT, questions QUERY.

        Raises EmbeddingBusyError.
        """


@dataclass(frozen=True, slots=True)
class BedrockEmbedding:
    """`bedrock` is a client of bedrock-runtime."""

    bedrock: Any
    model: str
    dimensions: int

    def __call__(self, texts: Sequence[str], input_type: InputType) -> list[Vector]:
        if self.model.startswith(_TITAN):
            return [self._titan(text) for text in texts]
        groups = range(0, len(texts), MOST_TOGETHER)
        return [
            vector
            for start in groups
            for vector in self._cohere(texts[start : start + MOST_TOGETHER], input_type)
        ]

    def _cohere(self, texts: Sequence[str], input_type: InputType) -> list[Vector]:
        asked: dict[str, Any] = {
            "texts": [text[:_LONGEST] for text in texts],
            "input_type": input_type,
            "embedding_types": ["float"],
        }
        if "v4" in self.model:
            asked["output_dimension"] = self.dimensions
        else:
            # 512 tokens, which numbers and some scripts use up in fewer characters: without this
            # one such text has the whole call refused. Words are still found by the end of it.
            asked["truncate"] = "END"
        vectors: list[Vector] = self._invoke(asked)["embeddings"]["float"]
        return vectors

    def _titan(self, text: str) -> Vector:
        """One text a call; it makes no difference between passages and questions."""
        asked = {"inputText": text, "dimensions": self.dimensions, "normalize": True}
        vector: Vector = self._invoke(asked)["embedding"]
        return vector

    def _invoke(self, asked: dict[str, Any]) -> Any:
        try:
            answer = self.bedrock.invoke_model(
                modelId=self.model,
                body=json.dumps(asked),
                accept="application/json",
                contentType="application/json",
            )
        except CALL_ERRORS as error:
            if is_busy(error):
                raise EmbeddingBusyError(self.model) from error
            raise
        return json.loads(answer["body"].read())
