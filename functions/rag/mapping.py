"""The index of chunks: one for all tenants, each search under a tenant's filter.

Everybody reads and writes through the alias. Another mapping is another index with a number of its
own, which the alias is moved to when it is full.
"""

from __future__ import annotations

from typing import Final

from shared.json_types import JsonObject

ALIAS: Final = "chunks"
VERSION: Final = 1
_KEYWORD: Final[JsonObject] = {"type": "keyword"}
_INTEGER: Final[JsonObject] = {"type": "integer"}
# The same words three times: as they are, and by the stems of both languages.
_TEXT: Final[JsonObject] = {
    "type": "text",
    "analyzer": "standard",
    "fields": {
        "id": {"type": "text", "analyzer": "indonesian"},
        "en": {"type": "text", "analyzer": "english"},
    },
}


def index_name(dimensions: int) -> str:
    return f"{ALIAS}-v{VERSION}-{dimensions}"


def index_body(dimensions: int) -> JsonObject:
    """What the index is created with; vectors are compared by their angle."""
    return {
        "settings": {"index": {"knn": True}},
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "tenant_id": _KEYWORD,
                "knowledge_base_id": _KEYWORD,
                "document_id": _KEYWORD,
                "version": _INTEGER,
                "chunk_no": _INTEGER,
                "page": _INTEGER,
                "title": _TEXT,
                "headings": _TEXT,
                "text": _TEXT,
                "codes": _KEYWORD,
                "embedding": {
                    "type": "knn_vector",
                    "dimension": dimensions,
                    "space_type": "cosinesimil",
                },
            },
        },
    }
