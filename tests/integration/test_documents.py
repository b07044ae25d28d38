"""Documents on the running stack: from an upload to passages in the index, and out of it again."""

from __future__ import annotations

import httpx
import pytest
from botocore.credentials import Credentials

from local.stack import LocalStack
from rag.collection import ChunkIndex, connect
from rag.settings import CollectionSettings
from shared.json_types import JsonObject
from shared.tenancy import Tenant
from tests.running import eventually
from tests.visitor import Visitor, some_address

PRICES = "# Prices\n\nCoffee costs 20,000.\n\n## Delivery\n\nFree from 100,000 on."


@pytest.fixture(scope="module")
def owner(stack: LocalStack) -> Visitor:
    visitor = Visitor(stack, some_address("documents"))
    visitor.sign_up()
    visitor.confirm()
    visitor.sign_in()
    visitor.ok("POST", "workspaces", {"name": "Documents"})
    visitor.sign_in()
    return visitor


@pytest.fixture(scope="module")
def tenant(owner: Visitor) -> Tenant:
    return Tenant(owner.ok("GET", "workspace")["id"])


def upload(form: JsonObject, content: str) -> None:
    answer = httpx.post(
        form["url"],
        data=form["fields"],
        files={"file": content.encode()},
        trust_env=False,
        timeout=60,
    )
    assert answer.is_success, answer.text


def ready(owner: Visitor, path: str, version: int = 1) -> JsonObject:
    def is_over(seen: JsonObject) -> bool:
        return bool(seen["state"] == "failed" or seen["version"] == version)

    seen: JsonObject = eventually(lambda: owner.ok("GET", path), is_over, seconds=60)
    assert seen["state"] == "ready", seen
    return seen


def test_an_upload_is_read_replaced_and_deleted(
    stack: LocalStack, owner: Visitor, tenant: Tenant
) -> None:
    settings = CollectionSettings(stack.collection_url, "ap-southeast-1")
    index = ChunkIndex(tenant, connect(settings, Credentials("AKIDEXAMPLE", "secret")))
    base = owner.ok("POST", "knowledge-bases", {"name": "Shop"})["id"]
    made = owner.ok("POST", f"knowledge-bases/{base}/documents", {"file_name": "prices.md"})
    path = f"knowledge-bases/{base}/documents/{made['id']}"
    assert (made["state"], made["is_answering"]) == ("waiting", False)
    upload(made["upload"], PRICES)
    assert ready(owner, path)["chunks"] == 2
    assert index.count(base, made["id"]) == 2

    replaced = owner.ok("POST", f"{path}/replace", {"file_name": "prices.md"})
    upload(replaced["upload"], "# Prices\n\nCoffee costs 22,000.")
    assert ready(owner, path, version=2)["chunks"] == 1
    eventually(lambda: index.count(base, made["id"]), lambda found: found == 1, seconds=30)

    owner.ok("DELETE", path)
    eventually(lambda: index.count(base, made["id"]), lambda found: found == 0, seconds=30)
