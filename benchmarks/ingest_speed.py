"""Pages a minute from a PDF to passages that are answered from, on the real steps, one at a time.

The file is read by the child process that production starts. DynamoDB, S3 and the collection are
in this process, and vectors are hashed words, so that nobody's network or model is measured. It is
one worker: a queue gives a large document's parts to as many as there are.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final

import boto3
from moto import mock_aws

from benchmarks.knowledge_set import passages
from benchmarks.metering import Meter
from rag.reading import read
from shared.store.documents import READY
from shared.tenancy import Tenant
from tests.builders import create_tables
from tests.unit.rag.made_files import pdf
from tests.unit.rag.rag_world import World

PAGES: Final = 200
_PASSAGES_A_PAGE: Final = 12
_LINE: Final = 90
_PER: Final = 100


@dataclass(frozen=True, slots=True)
class Row:
    """`calls` by operation, of a hundred pages."""

    pages: int
    passages: int
    pages_per_minute: float
    pages_read_per_minute: float
    calls: dict[str, float]


def run() -> Row:
    content = pdf([_page(number) for number in range(PAGES)])
    begun = time.perf_counter()
    read("pdf", content)
    reading = time.perf_counter() - begun
    with mock_aws():
        world = _world()
        meter = Meter()
        for client in (world.dynamodb, world.s3):
            meter.attach(client)
        sent, asked = world.sqs.calls, len(world.wire.asked)
        begun = time.perf_counter()
        document = world.bring(content, kind="pdf", name="Catalogue.pdf")
        took = time.perf_counter() - begun
    if document.state != READY:
        raise RuntimeError(f"the document is {document.state}: {document.reason}")
    calls = Counter(meter.calls)
    calls["sqs.SendMessageBatch"] = world.sqs.calls - sent
    calls["bedrock.InvokeModel"] = document.parts  # each is one call of the model
    for one in world.wire.asked[asked:]:
        calls[f"aoss {one}"] += 1
    return Row(
        PAGES,
        document.chunks,
        PAGES * 60 / took,
        PAGES * 60 / reading,
        {name: number * _PER / PAGES for name, number in sorted(calls.items())},
    )


def _world() -> World:
    dynamodb = boto3.client("dynamodb", region_name="ap-southeast-1")
    create_tables(dynamodb)
    s3 = boto3.client("s3", region_name="ap-southeast-1")
    where: Any = {"LocationConstraint": "ap-southeast-1"}
    s3.create_bucket(Bucket="knowledge-files", CreateBucketConfiguration=where)
    world = World(dynamodb, s3, Tenant("ws_bench"))
    world.tools = replace(world.tools, read=read)
    world.bench = replace(world.bench, tools=world.tools)
    return world


def _page(number: int) -> str:
    """The set's own passages, each page other ones: what is the same is embedded once."""
    there = [chunk.text for chunk in passages().values()]
    first = number * _PASSAGES_A_PAGE
    chosen = [there[(first + place) % len(there)] for place in range(_PASSAGES_A_PAGE)]
    words = f"Page {number + 1}. {' '.join(chosen)}".encode("latin-1", "replace").decode("latin-1")
    text = " ".join(words.replace("(", "").replace(")", "").replace("\\", "").split())
    return "\n".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))
