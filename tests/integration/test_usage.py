"""What the running stack meters: once, whatever comes twice; and what a plan's end looks like."""

from __future__ import annotations

import json
import time

from local.stack import LocalStack
from shared.store.transactions import commit
from shared.store.usage import added
from shared.usage.meters import MESSAGES_OUT
from shared.usage.months import month_of
from tests.api_side import Api
from tests.meta_side import Meta
from tests.people import newcomer
from tests.running import eventually
from tests.shops import Shop, open_shop


def used(api: Api) -> dict[str, int]:
    meters = api.get("usage").raise_for_status().json()["meters"]
    return {one["meter"]: one["used"] for one in meters}


def test_a_webhook_that_comes_twice_is_counted_once(meta: Meta, api: Api) -> None:
    before = used(api)
    person = newcomer()
    body = person.sends(meta.number, person.message("Halo"))
    assert meta.post(body).status_code == meta.post(body).status_code == 200
    answers = len(eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 2))
    expected = {"messages_in": 1, "messages_out": answers}

    def counted() -> dict[str, int]:
        now = used(api)
        return {meter: now[meter] - before[meter] for meter in expected}

    eventually(counted, lambda seen: seen == expected)
    # Another's message, counted after it, shows that nothing more was on its way.
    other = newcomer()
    meta.hears(other, "Halo")
    assert meta.post(body).status_code == 200
    more = len(eventually(lambda: meta.texts(other), lambda texts: len(texts) >= 2))
    expected = {"messages_in": 2, "messages_out": answers + more}
    eventually(counted, lambda seen: seen == expected)


def test_at_its_plans_end_a_message_is_refused_with_the_reason(
    stack: LocalStack, meta: Meta
) -> None:
    shop = open_shop(stack, "200300400500777")
    put_on_starter(stack, shop)
    month = month_of(time.time_ns() // 1_000_000)
    all_of_it = added(shop.tenant, shop.tables.usage, month, {MESSAGES_OUT.id: 1000})
    commit(stack.aws("dynamodb"), [all_of_it])
    with Api(stack.addresses.api_url, shop.key) as api:
        shown = api.get("usage").raise_for_status().json()
        assert shown["plan"] == {"id": "starter", "name": "Starter"}
        assert used(api)["people"] == 1

        person = newcomer()
        assert meta.post(person.sends(shop.number, person.message("Halo"))).status_code == 200
        line = eventually(
            lambda: next((one for one in api.log_of(person) if one["status"] == "failed"), None)
        )
        assert line is not None
        assert "The plan Starter allows 1,000 messages sent a month" in line["reason"]
        assert meta.texts(person) == []
        eventually(lambda: used(api)["messages_in"], lambda seen: seen == 1)
        assert used(api)["messages_out"] == 1000


def put_on_starter(stack: LocalStack, shop: Shop) -> None:
    """As operators do."""
    event = {"workspace_id": shop.tenant.id, "plan": "starter", "by": "a test"}
    answer = stack.aws("lambda").invoke(
        FunctionName=stack.outputs["SetPlanFunction"], Payload=json.dumps(event).encode()
    )
    assert json.loads(answer["Payload"].read()) == {
        "workspace_id": shop.tenant.id,
        "plan": "starter",
    }
