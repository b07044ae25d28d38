"""Campaigns of a running stack, from their file to what Meta took of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from local.stack import LocalStack
from shared.json_types import JsonObject
from shared.store import keys
from tests.api_side import Api
from tests.approved import approved_template
from tests.meta_side import Meta
from tests.running import eventually


@dataclass(frozen=True)
class Campaign:
    """One that was started; `template` is its own, so that Meta's messages of it are told apart."""

    api: Api
    meta: Meta
    id: str
    template: str

    def report(self) -> JsonObject:
        """Empty while the API has no answer."""
        answer = self.api.get(f"campaigns/{self.id}/report")
        found: JsonObject = answer.json() if answer.is_success else {}
        return found

    def accepted(self) -> list[JsonObject]:
        return [one for one in self.meta.all_accepted() if self._is_ours(one["payload"])]

    def sends(self) -> list[JsonObject]:
        """What Meta was asked to send, in order, taken or not."""
        ours = [
            one
            for one in self.meta.requests()
            if isinstance(one["body"], dict) and self._is_ours(one["body"])
        ]
        return sorted(ours, key=lambda one: int(one["at"]))

    def requests(self) -> list[int]:
        """When Meta was asked to send one, milliseconds, in order."""
        return [one["at"] for one in self.sends()]

    def sent_to(self) -> Counter[str]:
        return Counter(one["payload"]["to"] for one in self.accepted())

    def _is_ours(self, payload: JsonObject) -> bool:
        return bool(payload.get("template", {}).get("name") == self.template)


def start(api: Api, meta: Meta, phones: Sequence[str], **when: str) -> Campaign:
    """To the people of a file, now or `at` a time of Jakarta. `phones` without the plus sign."""
    template = str(approved_template(api)["name"])
    message = {
        "type": "template",
        "template": {
            "name": template,
            "language": {"code": "id"},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": "{{name}}"}]}],
        },
    }
    draft = {
        "name": template,
        "channel_id": meta.number,
        "message": message,
        "variables": {"name": {"source": "column", "name": "Nama"}},
        "audience": {"upload_id": _uploaded(api, phones), "phone_column": "Nomor"},
        "time_zone": "Asia/Jakarta",
    }
    id_ = posted(api, "campaigns", draft)["id"]
    posted(api, f"campaigns/{id_}/start", when)
    return Campaign(api, meta, id_, template)


@contextmanager
def throughput(stack: LocalStack, channel: str, per_second: int) -> Iterator[None]:
    """What the number's record says meanwhile."""
    place = {
        "TableName": stack.outputs["DirectoryTableName"],
        "Key": keys.key(keys.number(channel), keys.NUMBER),
        "UpdateExpression": "SET per_second = :rate",
        "ReturnValues": "UPDATED_OLD",
    }
    dynamodb = stack.aws("dynamodb")

    def put(rate: str) -> Any:
        return dynamodb.update_item(**place, ExpressionAttributeValues={":rate": {"N": rate}})

    before = put(str(per_second)).get("Attributes", {}).get("per_second", {"N": "80"})
    try:
        yield
    finally:
        put(before["N"])


def _uploaded(api: Api, phones: Sequence[str]) -> str:
    made = posted(api, "campaign-uploads", {"file_name": "people.csv"})
    lines = [f"+{phone},Orang {n}" for n, phone in enumerate(phones)]
    content = "\n".join(["Nomor,Nama", *lines]).encode()
    form = made["upload"]
    answer = httpx.post(
        form["url"], data=form["fields"], files={"file": content}, trust_env=False, timeout=60
    )
    assert answer.is_success, answer.text

    def status() -> Any:
        return api.get(f"campaign-uploads/{made['id']}").json()["status"]

    eventually(status, lambda status: status == "ready")
    return str(made["id"])


def posted(api: Api, path: str, body: JsonObject) -> JsonObject:
    """What the API answers, which is a success."""
    answer = api.post(path, body)
    assert answer.is_success, answer.text
    found: JsonObject = answer.json()
    return found
