"""Meta's Graph API for managing things: numbers, accounts, templates, media. Sends have their own
client (`cloud_api`), since what is known after a failed one decides over sending again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

import urllib3

from shared.channels.errors import Action, classify
from shared.json_types import JsonObject

_TIMEOUT: Final = urllib3.Timeout(connect=3, read=10)
_MOST_PAGES: Final = 200
_PASSING: Final = frozenset(
    {Action.RETRY, Action.UNSETTLED, Action.SLOW_NUMBER, Action.SLOW_ACCOUNT}
)


class GraphUnreachableError(RuntimeError):
    """Meta did not answer, or not as an API does; whether it did what was asked is not known."""


class GraphError(RuntimeError):
    """Meta refused. The text is a sentence for people; `action` as for sends."""

    def __init__(self, status: int, code: int | None, subcode: int | None, details: str) -> None:
        # Management calls tell what exactly is wrong by the subcode.
        known = subcode if subcode and classify(status, subcode) != classify(status, None) else code
        meaning = classify(status, known)
        number = f" ({known})" if known is not None else ""
        super().__init__(f"{meaning.words}{': ' + details if details else ''}{number}")
        self.code = known
        self.action = meaning.action

    @property
    def token_is_dead(self) -> bool:
        return self.action is Action.TOKEN_DEAD

    @property
    def is_passing(self) -> bool:
        """Whether the same may be asked again: it says nothing of the number or its account."""
        return self.action in _PASSING


class Graph:
    """`base_url` without a version. Paths have no slash in front: "123/phone_numbers"."""

    def __init__(self, base_url: str, version: str, http: Any = None) -> None:
        self._base = f"{base_url.rstrip('/')}/{version}"
        self._http = http or urllib3.PoolManager(timeout=_TIMEOUT, retries=False)

    def get(self, path: str, token: str | None, **query: str) -> JsonObject:
        """Raises GraphError or GraphUnreachableError, as every method here does."""
        return self._call("GET", path, token, query, None)

    def post(self, path: str, token: str, body: JsonObject | None = None) -> JsonObject:
        return self._call("POST", path, token, {}, body or {})

    def delete(self, path: str, token: str, **query: str) -> JsonObject:
        return self._call("DELETE", path, token, query, None)

    def pages(self, path: str, token: str, **query: str) -> Iterator[list[JsonObject]]:
        """The pages of a list, by its cursors: the address that Meta names as the next one is not
        followed, as it may lead anywhere."""
        after: str | None = None
        for _ in range(_MOST_PAGES):
            answer = self.get(path, token, **query, **({"after": after} if after else {}))
            data = answer.get("data")
            yield [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
            paging = answer.get("paging")
            paging = paging if isinstance(paging, dict) else {}
            cursors = paging.get("cursors")
            after = cursors.get("after") if isinstance(cursors, dict) else None
            if not paging.get("next") or not after:
                return

    def upload_sample(self, app_id: str, token: str, content: bytes, media_type: str) -> str:
        """The handle of a file that a template's header shows as its sample."""
        query = {"file_length": str(len(content)), "file_type": media_type}
        upload = self._call("POST", f"{app_id}/uploads", token, query, None).get("id")
        if not isinstance(upload, str) or not upload.startswith("upload:"):
            raise GraphUnreachableError("no upload was begun")
        # This call alone wants the token in Meta's older form.
        headers = {"Authorization": f"OAuth {token}", "file_offset": "0"}
        handle = self._request("POST", upload, headers, content).get("h")
        if not isinstance(handle, str):
            raise GraphUnreachableError("the upload was not whole")
        return handle

    def _call(
        self,
        method: str,
        path: str,
        token: str | None,
        query: Mapping[str, str],
        body: JsonObject | None,
    ) -> JsonObject:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token is not None:
            if not (token.isascii() and token.isprintable()):
                raise GraphError(401, 190, None, "it is malformed")
            headers["Authorization"] = f"Bearer {token}"
        path = path + (f"?{urlencode(query)}" if query else "")
        return self._request(
            method, path, headers, json.dumps(body).encode() if body is not None else None
        )

    def _request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> JsonObject:
        try:
            answer = self._http.request(
                method,
                f"{self._base}/{path}",
                body=body,
                headers=headers,
                redirect=False,  # a token must not follow a redirect to another host
            )
        except urllib3.exceptions.HTTPError as error:
            # Its text may hold the address, and the address a secret.
            raise GraphUnreachableError(type(error).__name__) from None
        return read_graph_answer(answer.status, answer.data)


def read_graph_answer(status: int, data: bytes) -> JsonObject:
    """What the API answered. Raises GraphError or GraphUnreachableError."""
    try:
        decoded = json.loads(data)
    except (ValueError, RecursionError):
        decoded = None
    if 200 <= status < 300 and isinstance(decoded, dict):
        return decoded
    error = decoded.get("error") if isinstance(decoded, dict) else None
    if not isinstance(error, dict):
        raise GraphUnreachableError(f"HTTP {status}")
    raise GraphError(status, _whole(error, "code"), _whole(error, "error_subcode"), _details(error))


def _whole(error: JsonObject, name: str) -> int | None:
    value = error.get(name)
    return value if isinstance(value, int) else None


def _details(error: JsonObject) -> str:
    match error:
        case {"error_user_msg": str(words)} if words:
            return words
        case {"error_data": {"details": str(words)}}:
            return words
        case {"message": str(words)}:
            return words
    return ""
