"""Passages in a better order, through Bedrock's Rerank: a model reads each beside the question.

It is worth having and never needed: where no order comes, the fused one stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from rag.passages import Passage, reordered, text_of
from shared.observability import count, logger

MOST_RERANKED: Final = 20
"""Passages in a query. Up to 100 pieces of 512 tokens are priced as one, and none is as long."""
_LONGEST: Final = 32_000  # characters that Rerank takes of a text
_CHARACTERS_PER_TOKEN: Final = 4  # about: reranking models do not tell


class RerankFailedError(RuntimeError):
    """No order came: the model is busy, cannot be reached, refuses, or answered nonsense."""


class Rerank(Protocol):
    @property
    def model(self) -> str: ...

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question, in the texts' order; more is better, and scores
        of two questions do not compare. Raises RerankFailedError."""


@dataclass(frozen=True, slots=True)
class BedrockRerank:
    """`bedrock` is a client of bedrock-agent-runtime in the model's Region."""

    bedrock: Any
    model: str

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        try:
            answer = self.bedrock.rerank(**self._asked(question, texts))
        except ClientError as error:
            raise RerankFailedError(error.response["Error"]["Code"]) from error
        except BotoCoreError as error:
            raise RerankFailedError(type(error).__name__) from error
        scores = {one["index"]: float(one["relevanceScore"]) for one in answer["results"]}
        if scores.keys() != set(range(len(texts))):
            raise RerankFailedError("Incomplete")
        return [scores[place] for place in range(len(texts))]

    def _asked(self, question: str, texts: Sequence[str]) -> dict[str, Any]:
        where = self.bedrock.meta
        model = f"arn:{where.partition}:bedrock:{where.region_name}::foundation-model/{self.model}"
        return {
            "queries": [{"type": "TEXT", "textQuery": {"text": question[:_LONGEST]}}],
            "sources": [_source(text) for text in texts],
            "rerankingConfiguration": {
                "type": "BEDROCK_RERANKING_MODEL",
                "bedrockRerankingConfiguration": {
                    "modelConfiguration": {"modelArn": model},
                    "numberOfResults": len(texts),
                },
            },
        }


@dataclass(frozen=True, slots=True)
class Reordered:
    """`queries` that were made of the model, and the `tokens` that it read, about. `failed` where
    it was asked and gave no order."""

    passages: list[Passage]
    queries: int = 0
    tokens: int = 0
    failed: bool = False


def in_better_order(question: str, passages: list[Passage], rerank: Rerank) -> Reordered:
    """The first MOST_RERANKED by the model's scores, the rest behind them as they were."""
    texts = [text_of(one.chunk) for one in passages[:MOST_RERANKED]]
    if len(texts) <= 1:
        return Reordered(passages)
    try:
        scores = rerank(question, texts)
    except RerankFailedError as error:
        count("AiRerankFailed")
        logger.warning("not reranked", reason=str(error))
        return Reordered(passages, failed=True)
    count("AiReranked")
    tokens = (len(question) + sum(map(len, texts))) // _CHARACTERS_PER_TOKEN
    return Reordered(reordered(passages, scores), queries=1, tokens=tokens)


def _source(text: str) -> dict[str, Any]:
    document = {"type": "TEXT", "textDocument": {"text": text[:_LONGEST]}}
    return {"type": "INLINE", "inlineDocumentSource": document}
