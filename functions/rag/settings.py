"""What the functions of knowledge find in their environment, beside what is their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BedrockSettings:
    """`bedrock_region` is where the models are, which need not be where the rest runs.
    `embedding_dimensions` are the index's too: another number is another index."""

    bedrock_url: str
    bedrock_region: str
    embedding_model: str
    embedding_dimensions: int


@dataclass(frozen=True, slots=True)
class RerankSettings:
    """What puts passages in a better order, and its Region, which is often another than that of the
    other models. Both are empty where a deployment has none."""

    rerank_model: str = ""
    rerank_region: str = ""


@dataclass(frozen=True, slots=True)
class CollectionSettings:
    """`collection_url` is the vector collection's address, `collection_region` what calls to it are
    signed for."""

    collection_url: str
    collection_region: str
