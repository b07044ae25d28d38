"""Webhooks for customers' texts: sections 2.3, 2.4.1, 2.4.19 and 2.4.21."""

from typing import Any

from local.graph.customers import demo_directory
from local.graph.inbound import text_webhook
from tests.unit.local_graph.graph_builders import ANA_PHONE, BUSINESS, CITRA_ID


def value_of(customer_id: str, **changes: Any) -> dict[str, Any]:
    webhook = text_webhook(
        BUSINESS,
        demo_directory().get(customer_id),
        wamid="wamid.A==",
        text="Halo",
        at_seconds=1_795_430_400,
        **changes,
    )
    assert webhook["entry"][0]["id"] == BUSINESS.waba_id
    value: dict[str, Any] = webhook["entry"][0]["changes"][0]["value"]
    return value


def test_a_text_has_the_shape_of_the_reference() -> None:
    assert value_of("ana") == {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550001111", "phone_number_id": "200300400500600"},
        "contacts": [
            {"profile": {"name": "Ana"}, "wa_id": ANA_PHONE, "user_id": "ID.10000000000000000001"}
        ],
        "messages": [
            {
                "from": ANA_PHONE,
                "from_user_id": "ID.10000000000000000001",
                "id": "wamid.A==",
                "timestamp": "1795430400",
                "type": "text",
                "text": {"body": "Halo"},
            }
        ],
    }


def test_somebody_with_a_hidden_number_comes_without_from_and_wa_id() -> None:
    value = value_of("citra")
    assert value["contacts"] == [
        {"profile": {"name": "Citra", "username": "citra.kabar"}, "user_id": CITRA_ID}
    ]
    assert "from" not in value["messages"][0]
    assert value["messages"][0]["from_user_id"] == CITRA_ID


def test_a_reply_quotes() -> None:
    message = value_of("ana", quoted_id="wamid.B==")["messages"][0]
    assert message["context"] == {"from": "15550001111", "id": "wamid.B=="}
