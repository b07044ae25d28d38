"""The fields around a message: sections 3.1 and 3.6."""

from typing import Any

import pytest

from local.graph.graph_errors import GraphError
from local.graph.message_request import ReadRequest, SendRequest, message_request
from tests.unit.local_graph.graph_builders import CITRA_ID, outbound_examples, text_body


def refused(body: dict[str, Any]) -> GraphError:
    with pytest.raises(GraphError) as caught:
        message_request(body)
    return caught.value


@pytest.mark.parametrize(("section", "body"), outbound_examples())
def test_every_example_of_the_reference_is_accepted(section: str, body: dict[str, Any]) -> None:
    expected = ReadRequest if section == "3.6" else SendRequest
    assert isinstance(message_request(body), expected)


def test_the_type_defaults_to_text() -> None:
    request = message_request(text_body(type=None))
    assert isinstance(request, SendRequest)
    assert request.type == "text"


@pytest.mark.parametrize(
    ("product", "details"),
    [
        (None, "The parameter messaging_product is required."),
        ("sms", "Param messaging_product must be one of {WHATSAPP}."),
    ],
)
def test_the_product_must_be_whatsapp(product: str | None, details: str) -> None:
    error = refused(text_body(messaging_product=product))
    assert (error.code, error.message) == (100, f"(#100) {details}")


@pytest.mark.parametrize(
    "to", ["+62 812-555-0100", "628125550100", 628125550100, "(1) 650 5550123"]
)
def test_phones_may_be_written_with_plus_spaces_and_dashes(to: str | int) -> None:
    request = message_request(text_body(to=to))
    assert isinstance(request, SendRequest)
    assert request.recipient.phone is not None
    assert request.recipient.phone.isdigit()


@pytest.mark.parametrize("to", ["12", "no phone", "US.10000000000000000001", "1" * 16, "0628125"])
def test_what_is_no_phone_is_refused(to: str) -> None:
    assert refused(text_body(to=to)).code == 131009


@pytest.mark.parametrize("user_id", [CITRA_ID, "US.ENT.20000000000000000002"])
def test_a_user_id_goes_into_recipient(user_id: str) -> None:
    request = message_request(text_body(to=None, recipient=user_id))
    assert isinstance(request, SendRequest)
    assert (request.recipient.user_id, request.recipient.phone) == (user_id, None)


@pytest.mark.parametrize("user_id", ["628125550100", "ID.", "us.1", "ID." + "1" * 129])
def test_what_is_no_user_id_is_refused(user_id: str) -> None:
    assert refused(text_body(to=None, recipient=user_id)).code == 131009


def test_to_wins_over_recipient() -> None:
    request = message_request(text_body(recipient=CITRA_ID))
    assert isinstance(request, SendRequest)
    assert (request.recipient.phone, request.recipient.user_id) == ("628125550100", None)


def test_somebody_must_be_addressed() -> None:
    assert refused(text_body(to=None)).code == 131008


def test_groups_are_unknown() -> None:
    assert refused(text_body(recipient_type="group")).code == 131020


def test_callback_data_may_have_512_characters() -> None:
    request = message_request(text_body(biz_opaque_callback_data="x" * 512))
    assert isinstance(request, SendRequest)
    assert request.callback_data == "x" * 512
    error = refused(text_body(biz_opaque_callback_data="x" * 513))
    assert error.code == 100
    assert error.details is not None
    assert error.details.startswith("Param biz_opaque_callback_data:")


def test_a_quoted_message_needs_a_wamid() -> None:
    assert refused(text_body(context={"message_id": "42"})).code == 131009
    assert refused(text_body(context={})).code == 131008


def test_a_type_nobody_knows_is_refused() -> None:
    assert refused(text_body(type="hologram")).code == 131051


@pytest.mark.parametrize("kind", ["text", "image", "interactive", "template"])
def test_the_content_must_be_there(kind: str) -> None:
    assert refused(text_body(text=None, type=kind)).code == 131008


def test_a_read_receipt_names_a_message_and_may_show_typing() -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A=="}
    assert message_request(body) == ReadRequest("wamid.A==", typing=False)
    body_with_typing = {**body, "typing_indicator": {"type": "text"}}
    assert message_request(body_with_typing) == ReadRequest("wamid.A==", typing=True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "delivered"}, 131009),
        ({"message_id": None}, 131009),
        ({"message_id": "m-1"}, 131009),
        ({"typing_indicator": {"type": "voice"}}, 131009),
        ({"typing_indicator": {}}, 131008),
    ],
)
def test_a_wrong_read_receipt_is_refused(change: dict[str, Any], code: int) -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A=="}
    assert refused({**body, **change}).code == code
