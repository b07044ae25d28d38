"""Error bodies have the shapes of section 7.1 and the statuses of section 7.3."""

import pytest

from local.graph.graph_errors import GraphError, answer_body, unknown_object, webhook_error


def test_the_example_of_section_7_1_is_reproduced() -> None:
    assert answer_body(GraphError(130429), "EXAMPLETRACE") == {
        "error": {
            "message": "(#130429) Rate limit hit",
            "type": "OAuthException",
            "code": 130429,
            "error_data": {
                "messaging_product": "whatsapp",
                "details": "Message failed to send because there were too many messages sent "
                "from this phone number in a short period of time",
            },
            "error_subcode": 2494055,
            "is_transient": False,
            "fbtrace_id": "EXAMPLETRACE",
        }
    }


@pytest.mark.parametrize(
    ("code", "http_status"),
    [
        (0, 401),
        (1, 400),
        (2, 503),
        (4, 400),
        (10, 403),
        (100, 400),
        (104, 401),
        (190, 401),
        (368, 403),
        (80007, 400),
        (130429, 400),
        (131000, 500),
        (131005, 403),
        (131016, 500),
        (131026, 400),
        (131031, 403),
        (131045, 500),
        (131047, 400),
        (131056, 400),
        (131057, 500),
        (132001, 404),
        (133004, 503),
    ],
)
def test_statuses_are_those_of_section_7_3(code: int, http_status: int) -> None:
    assert GraphError(code).http_status == http_status


def test_whatsapp_errors_always_carry_details() -> None:
    error = answer_body(GraphError(132016), "TRACE")["error"]
    assert error["error_data"] == {
        "messaging_product": "whatsapp",
        "details": "(#132016) Template is disabled",
    }


def test_a_code_that_is_not_listed_still_has_the_shape() -> None:
    error = answer_body(GraphError(999, "why"), "TRACE")["error"]
    assert error["code"] == 999
    assert error["error_data"]["details"] == "why"


def test_an_unknown_object_is_code_100_subcode_33() -> None:
    error = answer_body(unknown_object("42", "POST"), "TRACE")["error"]
    assert error["code"] == 100
    assert error["error_subcode"] == 33
    assert error["type"] == "GraphMethodException"
    assert error["message"].startswith("Unsupported post request. Object with ID '42' does not")
    assert "error_data" not in error


def test_the_webhook_shape_of_section_7_1_is_reproduced() -> None:
    assert webhook_error(131026) == {
        "code": 131026,
        "title": "Message undeliverable",
        "message": "Message undeliverable",
        "error_data": {"details": "Message Undeliverable."},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }
