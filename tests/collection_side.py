"""The collection's own client, signing and all, before the stand-in in this process."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import urllib3
from botocore.credentials import Credentials
from opensearchpy import OpenSearch
from starlette.testclient import TestClient

from local.collection.app import application
from local.collection.collection import Collection
from rag.collection import connect, ensure_index
from rag.settings import CollectionSettings

URL = "http://collection.test:80"


class Wire:
    """In place of urllib3's pool. `refuse` holds statuses that are answered first."""

    def __init__(self, collection: Collection) -> None:
        self._browser = TestClient(application(collection), base_url=URL)
        self.refuse: list[int] = []
        self.asked: list[str] = []

    def urlopen(
        self, method: str, url: str, body: Any = None, headers: Any = None, **_: Any
    ) -> urllib3.HTTPResponse:
        self.asked.append(f"{method} {urlsplit(url).path}")
        if self.refuse:
            return urllib3.HTTPResponse(BytesIO(b"{}"), status=self.refuse.pop(0))
        answer = self._browser.request(method, url, content=body, headers=dict(headers or {}))
        return urllib3.HTTPResponse(
            BytesIO(answer.content), headers=dict(answer.headers), status=answer.status_code
        )


def client_of(collection: Collection, dimensions: int | None = None) -> tuple[OpenSearch, Wire]:
    """With the index, when its dimensions are given."""
    settings = CollectionSettings(URL, "ap-southeast-1")
    client = connect(settings, Credentials("AKIDEXAMPLE", "secret"))
    wire = Wire(collection)
    for connection in client.transport.connection_pool.connections:
        connection.pool = wire
    client.transport.max_retries = 0
    if dimensions:
        ensure_index(client, dimensions)
    return client, wire
