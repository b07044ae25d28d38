"""Windows, throughput, pair rate, tiers and wishes: sections 2.9, 6.1 to 6.5 and 7.3."""

from tests.unit.local_graph.graph_builders import CITRA_ID, settle
from tests.unit.local_graph.graph_clock import ACCOUNT, Stage, on_stage
from tests.unit.local_graph.test_templates import approved, template_body


def test_anything_may_be_sent_for_a_day_after_the_customer_wrote() -> None:
    async def scenario(stage: Stage) -> None:
        assert await stage.send() == 131047
        await stage.says()
        assert await stage.send() == 0
        stage.later(24 * 3600 - 1)
        assert await stage.send() == 0
        stage.later(1)
        assert await stage.send() == 131047
        await stage.says()
        assert await stage.send() == 0

    on_stage(scenario)


def test_a_person_is_the_same_by_number_and_by_id() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.says("citra")
        assert await stage.send(to=None, recipient=CITRA_ID) == 0
        assert (await stage.call("DELETE", "/_admin/windows/citra")).status_code == 204
        assert await stage.send(to=None, recipient=CITRA_ID) == 131047
        assert (await stage.call("DELETE", "/_admin/windows/nobody")).status_code == 404

    on_stage(scenario)


def test_strangers_whom_it_never_heard_of_are_taken_on_trust() -> None:
    async def scenario(stage: Stage) -> None:
        assert await stage.send(to="491700000000") == 0

    on_stage(scenario)


def test_templates_need_no_window() -> None:
    async def scenario(stage: Stage) -> None:
        await approved(stage, "order_update")
        assert await stage.send(**template_body("order_update")) == 0

    on_stage(scenario)


def test_one_person_gets_a_burst_of_45_and_then_one_in_six_seconds() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.says()
        assert [await stage.send() for _ in range(46)] == [0] * 45 + [131056]
        stage.later(5.9)
        assert await stage.send() == 131056
        stage.later(0.2)
        assert [await stage.send(), await stage.send()] == [0, 131056]
        await stage.says("budi")
        assert await stage.send(to="628125550101") == 0, "somebody else is another pair"

    on_stage(scenario)


def test_a_numbers_throughput_counts_both_ways() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.rules(throughput=4, pair_burst=None)
        await stage.says()
        assert [await stage.send() for _ in range(4)] == [0, 0, 0, 130429]
        stage.later(0.5)
        assert [await stage.send() for _ in range(3)] == [0, 0, 130429]

    on_stage(scenario)


def test_a_reaction_opens_no_window() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.says()
        assert await stage.send() == 0
        items = (await stage.call("GET", "/phone/api/customers/ana/messages")).json()["items"]
        stage.later(24 * 3600)
        await stage.says(reaction={"message_id": items[-1]["id"], "emoji": "👍"})
        assert await stage.send() == 131047
        await stage.says()
        assert await stage.send() == 0

    on_stage(scenario)


def test_a_tier_counts_people_outside_their_windows_for_a_day() -> None:
    async def scenario(stage: Stage) -> None:
        await approved(stage, "order_update")
        await stage.rules(tier=2)
        people = [f"49170000000{n}" for n in range(3)]
        sent = [await stage.send(**template_body("order_update", to=one)) for one in people]
        assert sent == [0, 0, 131048]
        assert await stage.send(**template_body("order_update", to=people[0])) == 0
        await stage.says()
        assert await stage.send(**template_body("order_update")) == 0, "her window is open"
        stage.later(24 * 3600)
        assert await stage.send(**template_body("order_update", to=people[2])) == 0

    on_stage(scenario)


def test_who_stops_marketing_gets_none_and_everything_else() -> None:
    async def scenario(stage: Stage) -> None:
        await approved(stage, "promo", category="MARKETING")
        await approved(stage, "order_update")
        await stage.call("POST", "/phone/api/customers/ana/preferences", json={"marketing": "stop"})
        assert await stage.send(**template_body("promo")) == 131050
        assert await stage.send(**template_body("order_update")) == 0
        ((wish,),) = [value["user_preferences"] for value in stage.told("user_preferences")]
        assert (wish["value"], wish["category"]) == ("stop", "marketing_messages")
        assert isinstance(wish["timestamp"], int)
        await stage.call(
            "POST", "/phone/api/customers/ana/preferences", json={"marketing": "resume"}
        )
        assert await stage.send(**template_body("promo")) == 0

    on_stage(scenario)


def test_no_marketing_reaches_the_united_states() -> None:
    async def scenario(stage: Stage) -> None:
        await approved(stage, "promo", category="MARKETING")
        assert await stage.send(**template_body("promo", to="16505550123")) == 0
        await settle()
        statuses = [one for value in stage.told("messages") for one in value.get("statuses", ())]
        assert [one["status"] for one in statuses] == ["failed"]
        assert statuses[0]["errors"][0]["code"] == 131049

    on_stage(scenario)


def test_rules_are_shown_changed_and_switched_off() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.rules(window_hours=None, tier=7)
        rules = (await stage.call("GET", "/_admin/rules")).json()
        assert (rules["window_hours"], rules["tier"], rules["throughput"]) == (None, 7, 80)
        assert await stage.send() == 0
        refused = await stage.call("POST", "/_admin/rules", json={"tier": -1})
        assert (refused.status_code, refused.json()["detail"].split(":")[0]) == (400, "tier")
        await stage.call("POST", "/_admin/reset")
        assert (await stage.call("GET", "/_admin/rules")).json()["window_hours"] == 24

    on_stage(scenario)


def test_news_of_the_account_come_as_its_webhooks() -> None:
    async def scenario(stage: Stage) -> None:
        value = {"event": "FLAGGED", "display_phone_number": "1"}
        await stage.call(
            "POST", "/_admin/account", json={"field": "phone_number_quality_update", "value": value}
        )
        assert stage.told("phone_number_quality_update") == [value]
        assert ACCOUNT.endswith(stage.simulator.business.waba_id)

    on_stage(scenario)
