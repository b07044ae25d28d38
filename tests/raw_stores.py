"""Every item of every table and every object of every bucket, as it is stored: where a trace of
somebody would be."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any


def traces(
    dynamodb: Any, s3: Any, tables: Iterable[str], buckets: Iterable[str], words: Iterable[str]
) -> dict[str, set[str]]:
    """Where each word stands, as names of tables and buckets; words that stand nowhere are left
    out."""
    found: dict[str, set[str]] = {}
    wanted = [(word, word.casefold()) for word in words]
    for store, text in _texts(dynamodb, s3, tables, buckets):
        folded = text.casefold()
        for word, looked_for in wanted:
            if looked_for in folded:
                found.setdefault(word, set()).add(store)
    return found


def _texts(
    dynamodb: Any, s3: Any, tables: Iterable[str], buckets: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for table in tables:
        for page in dynamodb.get_paginator("scan").paginate(TableName=table):
            for item in page["Items"]:
                yield table, _readable(item)
    for bucket in buckets:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for one in page.get("Contents", []):
                yield bucket, str(one["Key"])
                data = s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
                yield bucket, _unzipped(data)


def _readable(item: Any) -> str:
    """JSON inside JSON is written twice over: a text must be found in either."""
    raw = json.dumps(item, ensure_ascii=False, default=str)
    inner = " ".join(_strings(item))
    return f"{raw} {inner}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if value[:1] in ("{", "["):
            try:
                yield from _strings(json.loads(value))
            except ValueError:
                return
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _unzipped(data: bytes) -> str:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())
