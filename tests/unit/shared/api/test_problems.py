"""Whatever is wrong with a request is said in one shape, and names the field."""

from __future__ import annotations

import json
from base64 import b64encode
from io import StringIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import observability
from tests.api_events import api_event
from tests.unit.shared.api.frame import Frame

INVALID = "urn:kabar:problem:invalid-input"


def fields(body: dict[str, Any]) -> list[str]:
    return [error["field"] for error in body["errors"]]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, ["name"]),
        ({"name": ""}, ["name"]),
        ({"name": "x" * 11}, ["name"]),
        ({"name": 5}, ["name"]),
        ({"name": "x", "size": "big"}, ["size"]),
        ({"name": "x", "colour": "red"}, ["colour"]),
        ({"size": None, "colour": 1}, ["name", "size", "colour"]),
        ({"name": "\ud800"}, ["name"]),
    ],
)
def test_bad_input_is_400_and_names_the_fields(
    frame: Frame, sent: dict[str, Any], wrong: list[str]
) -> None:
    status, body = frame.call("POST", "/v1/things", body=sent)
    assert (status, body["type"], body["status"]) == (400, INVALID, 400)
    assert fields(body) == wrong
    assert all(error["message"] for error in body["errors"])


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ('{"name": "x", "size": 1e999}', "size"),
        ('{"name": "x", "size": -1e999}', "size"),
        ('{"name": "x", "more": {"deep": [0, [1e999]]}}', "more.deep.1.0"),
        ('{"name": "x", "size": 1' + "0" * 400 + "}", "size"),
        ('{"name": "\\ud83d"}', "name"),
        ('{"name": "\\ude00\\ud83d"}', "name"),
        ('{"more": {"\\ud83d": 1}}', "more"),
        ('{"\\ud83d": 1}', "body"),
    ],
)
def test_what_nothing_could_keep_is_400_at_any_depth(frame: Frame, raw: str, wrong: str) -> None:
    status, body = frame.call("POST", "/v1/things", raw=raw)
    assert (status, fields(body)) == (400, [wrong])


def test_whole_letters_are_taken_as_they_come(frame: Frame) -> None:
    assert frame.call("POST", "/v1/things", raw='{"name": "\\ud83d\\ude00 😀 é"}')[0] == 201


def test_no_body_is_the_same_as_an_empty_one(frame: Frame) -> None:
    status, body = frame.call("POST", "/v1/things")
    assert (status, fields(body)) == (400, ["name"])


@pytest.mark.parametrize("raw", ["{", "[]", '"x"', "1", "null", '{"name": NaN}', "[" * 100_000])
def test_what_is_no_json_object_is_400(frame: Frame, raw: str) -> None:
    status, body = frame.call("POST", "/v1/things", raw=raw)
    assert (status, body["type"]) == (400, "urn:kabar:problem:invalid-json")


@pytest.mark.parametrize("body", [b64encode(b"\xff\xfe").decode(), "%", "é"])
def test_bytes_that_are_no_text_are_400(frame: Frame, body: str) -> None:
    event = {**api_event("POST", "/v1/things", raw=body), "isBase64Encoded": True}
    answer = frame.api.handler(event, None)
    assert answer["statusCode"] == 400


def test_another_type_of_body_is_415(frame: Frame) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    status, body = frame.call("POST", "/v1/things", raw="name=x", headers=form)
    assert (status, body["type"]) == (415, "urn:kabar:problem:not-json")


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e2", "9" * 50])
def test_a_page_size_out_of_range_is_400(frame: Frame, limit: str) -> None:
    status, body = frame.call("GET", "/v1/things", query={"limit": limit})
    assert (status, fields(body)) == (400, ["limit"])


def test_what_stores_refuse_is_told_as_declared(frame: Frame) -> None:
    status, body = frame.call("POST", "/v1/things", body={"name": "dropped"})
    assert (status, body["type"]) == (410, "urn:kabar:problem:gone")
    status, body = frame.call("DELETE", "/v1/things/gone")
    assert (status, body["detail"]) == (410, "Somebody was quicker.")


def test_an_unknown_address_is_404_and_a_wrong_method_405(frame: Frame) -> None:
    assert frame.call("GET", "/v1/thing")[1]["type"] == "urn:kabar:problem:no-such-route"
    answer = frame.answer("PUT", "/v1/things")
    assert (answer["statusCode"], answer["headers"]["Allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    "id_", ["x" * 201, "", "a b", "é", "a\n", "\x00", "a/b", "薖\x15", '"', "`\\"]
)
def test_what_can_be_no_id_is_404(frame: Frame, id_: str) -> None:
    status, body = frame.call("DELETE", f"/v1/things/{id_}")
    assert (status, body["type"]) == (404, "urn:kabar:problem:no-such-route")


def test_a_failure_of_ours_tells_nothing_and_is_on_record_without_words(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = StringIO()
    monkeypatch.setattr(observability.logger.registered_handler, "stream", written)
    answer = frame.answer("POST", "/v1/things", body={"name": "broken"})
    assert answer["statusCode"] == 500
    assert "customer" not in answer["body"]
    assert "customer" not in written.getvalue()
    record = json.loads(written.getvalue())
    assert record["error"] == "KeyError"
    assert any("make_thing" in place for place in record["at"])


def test_an_answer_that_was_not_promised_is_a_failure_of_ours(frame: Frame) -> None:
    assert frame.call("GET", "/v1/wrong")[0] == 500


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 428), ({"if-match": "*"}, 412), ({"if-match": 'W/"1"'}, 412), ({"if-match": '"0"'}, 412)],
)
def test_a_change_says_what_it_has_read(frame: Frame, headers: dict[str, str], status: int) -> None:
    assert frame.call("PATCH", "/v1/things/a", body={"name": "b"}, headers=headers)[0] == status


def test_the_revision_comes_in_and_goes_out(frame: Frame) -> None:
    answer = frame.answer("PATCH", "/v1/things/a", body={"name": "b"}, headers={"if-match": '"7"'})
    assert json.loads(answer["body"]) == {"name": "a b", "made": 7}
    assert answer["headers"]["ETag"] == '"8"'
    assert "ETag" not in frame.headers("GET", "/v1/things")


def test_nothing_is_said_about_what_is_gone(frame: Frame) -> None:
    answer = frame.answer("DELETE", "/v1/things/a")
    assert (answer["statusCode"], answer["body"]) == (204, "")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=json_values | st.fixed_dictionaries({"name": json_values, "size": json_values}))
def test_no_body_whatever_is_a_failure_of_ours(frame: Frame, body: Any) -> None:
    frame.clock.advance(1)
    status, _ = frame.call("POST", "/v1/things", body=body)
    assert status in (201, 400, 410, 429) or body.get("name") == "broken"
