"""What no try gets through ends as a letter of its workspace's; mended, it is redriven."""

from __future__ import annotations

from local.stack import LocalStack
from tests.api_side import Api
from tests.deployed import WORKER, Deployed
from tests.letters_side import letters_of, redrive
from tests.meta_side import Meta
from tests.people import newcomer
from tests.running import eventually
from tests.shops import open_shop

ANSWERS = ["Halo! Apa kabar?", "Baik, atau kurang baik?"]
FIVE_TRIES_SECONDS = 120


def test_a_poisoned_message_is_seen_by_its_tenant_mended_and_redriven(
    stack: LocalStack, deployed: Deployed, meta: Meta, api: Api
) -> None:
    person = newcomer()
    outbound = deployed.environment(WORKER)["OUTBOUND_QUEUE_URL"]
    with deployed.denied(WORKER, "sqs:SendMessage", outbound):
        meta.hears(person, "halo")
        (letter,) = eventually(lambda: letters_of(api, person), seconds=FIVE_TRIES_SECONDS)
    assert (letter["queue"], letter["cause"], letter["receives"]) == ("inbound", "raised", 5)
    assert letter["error"].startswith("AccessDenied")
    assert "halo" in letter["body"]
    assert meta.tries(person) == []

    with Api(stack.addresses.api_url, open_shop(stack, "200300400500999").key) as neighbour:
        assert neighbour.get("dead-letters").json()["items"] == []
        assert neighbour.get(f"dead-letters/{letter['id']}").status_code == 404
        stolen = neighbour.post("dead-letters/redrive", {"ids": [letter["id"]]}).json()
        path = f"dead-letter-jobs/{stolen['id']}"
        job = eventually(lambda: neighbour.get(path).json(), lambda one: one["state"] == "done")
        assert (job["done"], job["skipped"]) == (0, 1)

    assert redrive(api, letter)["done"] == 1
    eventually(lambda: meta.texts(person), lambda texts: texts == ANSWERS)
    assert letters_of(api, person) == []
    assert [line["text"] for line in api.log_of(person)] == ["halo", *ANSWERS]
