"""A program sends to three people, one of whom cannot be sent to, and its webhook hears of it."""

from __future__ import annotations

import json

import httpx

from local.stack import LocalStack
from shared.json_types import JsonObject
from shared.notices import REMEMBER_SECONDS
from tests.api_side import Api
from tests.meta_side import Meta
from tests.people import newcomer
from tests.published import until_workers_know
from tests.running import eventually


def test_a_program_sends_and_is_told(stack: LocalStack, meta: Meta, api: Api) -> None:
    shop = f"{stack.addresses.shop_url.rstrip('/')}/webhooks"
    hook = {"url": shop, "types": ["message.sent", "message.delivered", "message.failed"]}
    webhook = api.post("webhooks", hook).raise_for_status().json()["id"]
    until_workers_know(REMEMBER_SECONDS + 1)
    people = [newcomer(), newcomer()]
    for person in people:
        meta.hears(person, "Halo")
        eventually(lambda: api.log_of(person))  # noqa: B023
    stranger = newcomer()
    body = {
        "channel_id": meta.number,
        "message": {"type": "text", "text": {"body": "Pesanan {{order}} siap"}},
        "recipients": [
            {"phone": f"+{person.wa_id}", "variables": {"order": str(number)}}
            for number, person in enumerate([*people, stranger], 1001)
        ],
    }
    with Api(stack.addresses.api_url, stack.addresses.api_key) as program:
        answers = [program.post("messages", body, key=f"order-{webhook}") for _ in range(2)]
        assert [one.status_code for one in answers] == [202, 202]
        assert answers[0].json() == answers[1].json()
        sent = answers[0].json()
        assert [one["refusal"] and one["refusal"]["code"] for one in sent["items"]] == [
            None,
            None,
            "window_closed",
        ]
        ids = [one["id"] for one in sent["items"][:2]]

        def statuses() -> set[str]:
            told = [program.get(f"messages/{id_}").raise_for_status().json() for id_ in ids]
            return {one["status"] for one in told}

        eventually(statuses, lambda seen: seen <= {"delivered", "read"})
    for number, person in enumerate(people, 1001):
        assert meta.texts(person).count(f"Pesanan {number} siap") == 1
    assert meta.texts(stranger) == []

    def told() -> set[tuple[str, str]]:
        """What the shop's own address heard of these messages."""
        items = httpx.get(shop, trust_env=False).json()["items"]
        bodies: list[JsonObject] = [json.loads(one["body"]) for one in items]
        return {
            (one["type"], one["data"]["message_id"])
            for one in bodies
            if one["data"].get("message_id") in ids
        }

    eventually(told, lambda seen: {id_ for _, id_ in seen} == set(ids))
    api.delete(f"webhooks/{webhook}").raise_for_status()
