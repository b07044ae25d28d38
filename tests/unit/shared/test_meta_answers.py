"""Meta's answers and error codes: what each makes the sender do."""

from __future__ import annotations

import json
from typing import Any

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.cloud_api import Accepted, GraphCloudApi, MarkReadError, Refused, read_answer
from shared.channels.errors import ERROR_CODES, Action, classify
from shared.channels.payloads import callback_data, read_callback_data, send_payload

# From the reference, section 7.3: the codes that a send can meet, by its classes.
RETRY = [131014, 131053, 131057, 133004, 133015, 134101, 2494100]
UNKNOWN_OUTCOME = [1, 2, 131000, 131016]
SLOW_NUMBER = [130429, 131208, 132069]
SLOW_ACCOUNT = [4, 613, 80007, 80008]
USERWAIT = [131056]
DROP = [
    *(506, 130403, 130472, 130497, 131009, 131020, 131021, 131026, 131030, 131041, 131047),
    *(131049, 131050, 131051, 131062, 132005, 132008, 135000, 137000),
    *(131201, 131202, 131204, 131207, 131209, 131210, 131211, 131212, 131213, 131214, 131215),
]
CONFIG = [3, 100, 104, 131008, 131055, 131063, 134011, 134100, 134102]
CAMPAIGN = [33, 368, 131031, 131037, 131042, 131044, 131045, 131048, 131064, 133010]
TEMPLATE = [132000, 132001, 132007, 132012, 132015, 132016, 132018, 132068]
REAUTH = [0, 10, 190, 131005, *range(200, 300)]
EXPECTED = {
    **dict.fromkeys(RETRY, Action.RETRY),
    **dict.fromkeys(UNKNOWN_OUTCOME, Action.UNSETTLED),
    **dict.fromkeys(SLOW_NUMBER, Action.SLOW_NUMBER),
    **dict.fromkeys(SLOW_ACCOUNT, Action.SLOW_ACCOUNT),
    **dict.fromkeys(USERWAIT, Action.SLOW_PAIR),
    **dict.fromkeys(DROP, Action.PERMANENT),
    **dict.fromkeys(CONFIG, Action.MISCONFIGURED),
    **dict.fromkeys(CAMPAIGN, Action.PAUSE_CAMPAIGN),
    **dict.fromkeys(TEMPLATE, Action.PAUSE_TEMPLATE),
    **dict.fromkeys(REAUTH, Action.TOKEN_DEAD),
}
STATUSES = [400, 401, 403, 404, 429, 500, 503]


@pytest.mark.parametrize("http_status", STATUSES)
def test_every_code_has_the_action_of_its_class(http_status: int) -> None:
    """The code decides, whatever HTTP status it comes with."""
    wrong = {
        code: classify(http_status, code).action
        for code, action in EXPECTED.items()
        if classify(http_status, code).action is not action
    }
    assert wrong == {}


def test_no_code_is_ambiguous_but_four() -> None:
    ambiguous = [code for code, known in ERROR_CODES.items() if known.action is Action.UNSETTLED]
    assert sorted(ambiguous) == UNKNOWN_OUTCOME


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 599])
@pytest.mark.parametrize("code", [None, 999_999, -1])
def test_a_server_error_may_have_been_taken(status: int, code: int | None) -> None:
    assert classify(status, code).action is Action.UNSETTLED


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (400, Action.PERMANENT),
        (404, Action.PERMANENT),
        (401, Action.TOKEN_DEAD),
        (403, Action.TOKEN_DEAD),
        (408, Action.UNSETTLED),
        (429, Action.SLOW_NUMBER),
    ],
)
def test_an_unknown_code_is_judged_by_the_http_status(status: int, action: Action) -> None:
    assert classify(status, 999_999).action is action
    assert classify(status, None).action is action


def test_every_code_speaks_in_words() -> None:
    for known in ERROR_CODES.values():
        assert known.words[0].isupper()
        assert len(known.words) > 10


HTML = b"<html><h1>502 Bad Gateway</h1></html>"


@pytest.mark.parametrize("status", [200, 201, 202, 204])
@pytest.mark.parametrize(
    "body",
    [
        *(b"", HTML, b"{}", b"[]", b"null", b'{"messages":[]}', b'{"messages":[{}]}', b"\xff"),
        *(b"1", b'{"messages":{"id":"x"}}', b'{"messages":[{"id":5}]}', b"[" * 100_000),
    ],
)
def test_a_success_that_cannot_be_read_may_have_been_taken(status: int, body: bytes) -> None:
    answer = read_answer(status, body)
    assert isinstance(answer, Refused)
    assert answer.action is Action.UNSETTLED


@pytest.mark.parametrize("status", [200, 201, 202])
def test_a_success_with_an_id_was_taken(status: int) -> None:
    body = json.dumps({"messages": [{"id": "wamid.1", "message_status": "accepted"}]}).encode()
    assert read_answer(status, body) == Accepted("wamid.1")


@given(
    st.sampled_from([200, 202, 301, 400, 401, 429, 500, 503]),
    st.binary(max_size=40)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(
                st.sampled_from(["error", "code", "messages", "id", "error_data", "details"]), inner
            )
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode()),
    st.none() | st.text(max_size=4) | st.just("²") | st.just("9" * 400),
)
def test_no_answer_is_too_odd_to_read(status: int, body: bytes, retry_after: str | None) -> None:
    answer = read_answer(status, body, retry_after)
    if status >= 300:
        assert isinstance(answer, Refused)
    if isinstance(answer, Refused) and answer.retry_after is not None:
        assert answer.retry_after >= 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"details": "Recipient not allowed"}, True),
        ("text", False),
        (None, False),
        ([], False),
        ({"details": 5}, False),
    ],
)
def test_a_refusal_tells_metas_details_and_the_code(data: Any, said: bool) -> None:
    error = {"code": 131026, "message": "x", "error_data": data}
    answer = read_answer(400, json.dumps({"error": error}).encode())
    assert isinstance(answer, Refused)
    assert answer.code == 131026
    assert answer.reason.endswith("(131026)")
    assert ("Recipient not allowed" in answer.reason) == said


class Http:
    def __init__(self, result: Any) -> None:
        self.result = result
        self.requests: list[tuple[str, str, dict[str, Any]]] = []

    def request(self, method: str, url: str, **arguments: Any) -> Any:
        self.requests.append((method, url, arguments))
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


def api(result: Any) -> tuple[GraphCloudApi, Http]:
    http = Http(result)
    return GraphCloudApi("http://graph/", "v25.0", http), http  # type: ignore[arg-type]


POOL = urllib3.HTTPConnectionPool("graph")
ERRORS = urllib3.exceptions


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (ERRORS.NewConnectionError(POOL, "refused"), Action.RETRY),  # type: ignore[arg-type]
        (ERRORS.ConnectTimeoutError(), Action.RETRY),
        (ERRORS.ReadTimeoutError(POOL, "/", "slow"), Action.UNSETTLED),
        (ERRORS.ProtocolError("reset"), Action.UNSETTLED),
        (ERRORS.SSLError("bad"), Action.UNSETTLED),
        (ERRORS.IncompleteRead(1, 2), Action.UNSETTLED),
    ],
)
def test_only_what_surely_never_left_is_sent_again_at_once(
    error: Exception, action: Action
) -> None:
    answer = api(error)[0].send("1", "token", {})
    assert isinstance(answer, Refused)
    assert answer.action is action
    with pytest.raises(MarkReadError):
        api(error)[0].mark_read("1", "token", "wamid", typing=True)


def test_a_request_is_what_meta_wants() -> None:
    graph, http = api(urllib3.HTTPResponse(b'{"messages":[{"id":"w"}]}', status=200))
    assert graph.send("123", "token", {"to": "😀"}) == Accepted("w")
    ((method, url, arguments),) = http.requests
    assert (method, url) == ("POST", "http://graph/v25.0/123/messages")
    assert arguments["headers"]["Authorization"] == "Bearer token"
    assert arguments["redirect"] is False, "a token must not follow a redirect"
    assert json.loads(arguments["body"]) == {"to": "😀"}


@pytest.mark.parametrize("token", ["a\nb", "a\r\nX: y", "é", "…", "a\x00"])
def test_a_malformed_token_is_not_sent_and_not_quoted(token: str) -> None:
    graph, http = api(urllib3.HTTPResponse(b"", status=200))
    answer = graph.send("1", token, {})
    assert isinstance(answer, Refused)
    assert answer.action is Action.TOKEN_DEAD
    assert token not in answer.reason
    with pytest.raises(MarkReadError) as raised:
        graph.mark_read("1", token, "w", typing=False)
    assert token not in str(raised.value)
    assert http.requests == []


@given(st.from_regex(r"[a-z2-7]{24}", fullmatch=True), st.integers(0, 10**10 - 1))
def test_callback_data_comes_back(contact: str, seq: int) -> None:
    assert read_callback_data(callback_data(contact, seq)) == (contact, seq)
    assert len(callback_data(contact, seq)) <= 256


@pytest.mark.parametrize(
    "text",
    [
        *(None, 5, "", "x", "kabar:1", "kabar:1:", "kabar:1:a", "kabar:1::1", "kabar:2:a:1"),
        *("kabar:1:a:", "kabar:1:a:x", "kabar:1:a:-1", "kabar:1:a#b:1", "kabar:1:a:1:2"),
        *("kabar:1:a:" + "1" * 11, "kabar:1:a:\u0661", "kabar:1:é:1"),
        *("kabar:1:" + "a" * 3000 + ":1", "kabar:1:ws_other#C#1#a:1", " kabar:1:a:1"),
        *("kabar:1:a:1 ", "KABAR:1:a:1"),
    ],
)
def test_anybody_elses_callback_data_is_not_ours(text: object) -> None:
    assert read_callback_data(text) is None


def test_a_send_goes_to_the_number_or_else_to_the_scoped_id() -> None:
    message = {"type": "text", "text": {"body": "x"}}
    to_number = send_payload(message, {"wa_id": "62811"}, "c", 1)
    assert to_number["to"] == "62811"
    assert "recipient" not in to_number
    to_id = send_payload(message, {"bsuid": "US.1"}, "c", 1)
    assert to_id["recipient"] == "US.1"
    assert "to" not in to_id
