"""Texts to vectors: by a real model where it is installed and knows the language, and by hashed
words in any case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from local.bedrock import hashed_words, sentence_model
from local.bedrock.embeddings import Embed
from local.bedrock.sentence_model import SentenceModel

_MEANING: Final = 0.8  # of a vector; the rest is spelling, which finds names and other languages


def embedder() -> Embed:
    model = sentence_model.installed()

    def embed(texts: Sequence[str], dimensions: int) -> list[list[float]]:
        return [_vector(text, dimensions, model) for text in texts]

    return embed


def _vector(text: str, dimensions: int, model: SentenceModel | None) -> list[float]:
    """The model has the first places to itself, so that texts that it knows and others can be
    compared."""
    room = dimensions - sentence_model.DIMENSIONS
    if model is None or room < sentence_model.DIMENSIONS:
        return _listed(hashed_words.embed(text, dimensions))
    spelt = hashed_words.embed(text, room)
    if not model.knows(text):
        return [*([0.0] * sentence_model.DIMENSIONS), *_listed(spelt)]
    meant = model.embed(text) * np.sqrt(_MEANING)
    return [*_listed(meant), *_listed(spelt * np.sqrt(1 - _MEANING))]


def _listed(vector: hashed_words.Vector) -> list[float]:
    return [float(one) for one in vector]
