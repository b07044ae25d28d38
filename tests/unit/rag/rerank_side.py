"""Rerank's own client, signing and all, before the stand-in in this process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from starlette.testclient import TestClient

from local.bedrock.answering import converse
from local.bedrock.app import application
from local.bedrock.sentences import embedder
from rag.reranking import BedrockRerank, RerankFailedError

MODEL = "cohere.rerank-v3-5:0"
URL = "http://bedrock.test"


class _Raw:
    """A body as botocore reads one."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> list[bytes]:
        return [self._content]


class Wire:
    """`refuse` is the status that is answered without asking; `asked` are the paths."""

    def __init__(self) -> None:
        self._browser = TestClient(application(embedder(), converse), base_url=URL)
        self.refuse = 0
        self.asked: list[str] = []

    def __call__(self, request: Any, **_: Any) -> AWSResponse:
        self.asked.append(f"{request.method} {request.url.removeprefix(URL)}")
        assert request.headers["Authorization"].startswith(b"AWS4-HMAC-SHA256")
        if self.refuse:
            return _answered(request.url, self.refuse, {}, b"{}")
        answer = self._browser.post(request.url, content=request.body)
        return _answered(request.url, answer.status_code, answer.headers, answer.content)


def _answered(url: str, status: int, headers: Any, content: bytes) -> AWSResponse:
    return AWSResponse(url, status, headers, _Raw(content))


def rerank_over_wire(model: str = MODEL) -> tuple[BedrockRerank, Wire]:
    client = boto3.client(
        "bedrock-agent-runtime",
        endpoint_url=URL,
        region_name="ap-northeast-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": 1}),
    )
    wire = Wire()
    client.meta.events.register("before-send.bedrock-agent-runtime", wire)
    return BedrockRerank(client, model), wire


@dataclass
class Reranker:
    """Puts the text that has `first` in it before all others, or fails."""

    first: str = ""
    fails: bool = False
    model: str = MODEL
    texts: list[str] = field(default_factory=list)

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        self.texts += texts
        if self.fails:
            raise RerankFailedError("ThrottlingException")
        return [0.9 if self.first in text else 0.2 for text in texts]
