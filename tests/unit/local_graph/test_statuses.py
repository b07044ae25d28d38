"""Status webhooks: section 2.6."""

from typing import Any

import pytest

from local.graph.acceptance import AcceptedMessage
from local.graph.statuses import failure_webhook, progress_webhook
from tests.unit.local_graph.graph_builders import (
    ANA_PHONE,
    BUSINESS,
    CITRA_ID,
    WAMID,
    accepted,
    body_of,
    text_body,
)

AT = 1_795_430_400


def value_of(message: AcceptedMessage, status: str) -> dict[str, Any]:
    webhook = progress_webhook(BUSINESS, message, status, AT)
    value: dict[str, Any] = webhook["entry"][0]["changes"][0]["value"]
    return value


def test_sent_has_the_shape_of_the_reference() -> None:
    message = accepted(text_body(biz_opaque_callback_data="tenant7:msg:1"))
    assert progress_webhook(BUSINESS, message, "sent", AT) == {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": "100200300400500",
                "changes": [
                    {
                        "field": "messages",
                        "value": {
                            "messaging_product": "whatsapp",
                            "metadata": {
                                "display_phone_number": "15550001111",
                                "phone_number_id": "200300400500600",
                            },
                            "contacts": [
                                {
                                    "profile": {"name": "Ana"},
                                    "wa_id": ANA_PHONE,
                                    "user_id": "ID.10000000000000000001",
                                }
                            ],
                            "statuses": [
                                {
                                    "id": WAMID,
                                    "status": "sent",
                                    "timestamp": "1795430400",
                                    "recipient_id": ANA_PHONE,
                                    "recipient_user_id": "ID.10000000000000000001",
                                    "biz_opaque_callback_data": "tenant7:msg:1",
                                    "pricing": {
                                        "billable": False,
                                        "pricing_model": "PMP",
                                        "type": "free_customer_service",
                                        "category": "service",
                                    },
                                }
                            ],
                        },
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("status", "priced"), [("sent", True), ("delivered", True), ("read", False)]
)
def test_pricing_comes_with_sent_and_one_of_the_others(status: str, priced: bool) -> None:
    assert ("pricing" in value_of(accepted(text_body()), status)["statuses"][0]) is priced


def test_callback_data_is_echoed_only_when_it_was_sent() -> None:
    update = value_of(accepted(text_body()), "read")["statuses"][0]
    assert "biz_opaque_callback_data" not in update


def test_a_hidden_number_stays_hidden() -> None:
    value = value_of(accepted(text_body(to=None, recipient=CITRA_ID)), "delivered")
    assert "recipient_id" not in value["statuses"][0]
    assert value["statuses"][0]["recipient_user_id"] == CITRA_ID
    assert "wa_id" not in value["contacts"][0]


@pytest.mark.parametrize(
    ("status", "named"), [("sent", False), ("delivered", True), ("read", True)]
)
def test_the_username_is_left_out_on_sent(status: str, named: bool) -> None:
    value = value_of(accepted(text_body(to=None, recipient=CITRA_ID)), status)
    assert ("username" in value["contacts"][0]["profile"]) is named


def test_strangers_are_known_by_what_was_addressed() -> None:
    by_phone = value_of(accepted(text_body(to="16505550123")), "sent")
    assert by_phone["contacts"] == [{"wa_id": "16505550123"}]
    assert "recipient_user_id" not in by_phone["statuses"][0]
    by_id = value_of(accepted(text_body(to=None, recipient="US.1")), "sent")
    assert by_id["contacts"] == [{"user_id": "US.1"}]
    assert "recipient_id" not in by_id["statuses"][0]


def test_templates_are_priced_as_such() -> None:
    message = accepted(body_of("template", {"name": "promo", "language": {"code": "id"}}))
    assert value_of(message, "sent")["statuses"][0]["pricing"]["category"] == "utility"


def test_failed_has_errors_and_no_contacts() -> None:
    message = accepted(text_body(biz_opaque_callback_data="echo"))
    webhook = failure_webhook(BUSINESS, message, 131049, AT)
    value = webhook["entry"][0]["changes"][0]["value"]
    assert "contacts" not in value
    update = value["statuses"][0]
    assert update["status"] == "failed"
    assert update["biz_opaque_callback_data"] == "echo"
    assert "recipient_user_id" not in update
    assert update["errors"][0]["code"] == 131049
    assert update["errors"][0]["error_data"]["details"].startswith("In order to maintain")
