"""What models cost, so that each answer can say what it did: on-demand list prices in USD per
million tokens, or per query, November 2026. A model that is not here has no price, which
is said as such."""

from __future__ import annotations

from typing import Final, NamedTuple


class Price(NamedTuple):
    tokens_in: float
    tokens_out: float = 0.0


_PRICES: Final = {
    "amazon.nova-lite-v1": Price(0.06, 0.24),
    "amazon.nova-pro-v1": Price(0.80, 3.20),
    "anthropic.claude-haiku-4-5": Price(1.00, 5.00),
    "cohere.embed-multilingual-v3": Price(0.10),
    "cohere.embed-v4": Price(0.12),
    "amazon.titan-embed-text-v2": Price(0.02),
}

_PER_QUERY: Final = {"cohere.rerank-v3-5": 0.002, "amazon.rerank-v1": 0.001}


def usd(model: str, tokens_in: int, tokens_out: int = 0) -> float | None:
    """`model` may carry the prefix of an inference profile and a version."""
    price = next((one for name, one in _PRICES.items() if name in model), None)
    if price is None:
        return None
    return (tokens_in * price.tokens_in + tokens_out * price.tokens_out) / 1_000_000


def usd_of_queries(model: str, queries: int) -> float | None:
    """Of a model that reranks."""
    price = next((one for name, one in _PER_QUERY.items() if name in model), None)
    return None if queries and price is None else queries * (price or 0.0)
