"""The answer to an accepted message: section 3.1."""

from local.graph.acceptance import answer
from tests.unit.local_graph.graph_builders import (
    ANA_PHONE,
    CITRA_ID,
    WAMID,
    accepted,
    body_of,
    text_body,
)


def test_a_send_to_a_phone_answers_with_the_wa_id() -> None:
    assert answer(accepted(text_body(to="+62 812-555-0100"))) == {
        "messaging_product": "whatsapp",
        "contacts": [{"input": "+62 812-555-0100", "wa_id": ANA_PHONE}],
        "messages": [{"id": WAMID}],
    }


def test_a_send_to_a_hidden_number_answers_with_the_user_id_alone() -> None:
    message = accepted(text_body(to=None, recipient=CITRA_ID))
    assert answer(message)["contacts"] == [{"input": CITRA_ID, "user_id": CITRA_ID}]


def test_a_send_to_a_user_id_with_a_visible_number_names_both() -> None:
    ana = "ID.10000000000000000001"
    message = accepted(text_body(to=None, recipient=ana))
    assert answer(message)["contacts"] == [{"input": ana, "wa_id": ANA_PHONE, "user_id": ana}]


def test_templates_say_that_they_are_accepted() -> None:
    message = accepted(body_of("template", {"name": "promo", "language": {"code": "id"}}))
    assert answer(message)["messages"] == [{"id": WAMID, "message_status": "accepted"}]


def test_strangers_are_accepted_too() -> None:
    message = accepted(text_body(to="16505550123"))
    assert message.customer is None
    assert answer(message)["contacts"] == [{"input": "16505550123", "wa_id": "16505550123"}]
