"""The API as its callers see it."""

from __future__ import annotations

import time
from types import TracebackType

import httpx

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests.people import Person

_PATIENCE_SECONDS = 60.0
_LARGEST_PAGE = 100


class Api:
    """`credential` is an access token or an API key; None sends no Authorization header."""

    def __init__(self, base_url: str, credential: str | None) -> None:
        headers = {"Authorization": f"Bearer {credential}"} if credential else {}
        self._http = httpx.Client(headers=headers, timeout=_PATIENCE_SECONDS, trust_env=False)
        self._base_url = base_url

    def __enter__(self) -> Api:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def get(self, path: str, **query: str | int) -> httpx.Response:
        """Waits as it is told when it has asked too often: tests that watch ask all the time."""
        answer = self._http.get(f"{self._base_url}/v1/{path}", params=query)
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            time.sleep(float(answer.headers["Retry-After"]))
            answer = self._http.get(f"{self._base_url}/v1/{path}", params=query)
        return answer

    def post(self, path: str, body: JsonObject, key: str | None = None) -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self._http.post(f"{self._base_url}/v1/{path}", json=body, headers=headers)

    def delete(self, path: str) -> httpx.Response:
        return self._http.delete(f"{self._base_url}/v1/{path}")

    def conversations(self) -> list[JsonObject]:
        """The newest page of the inbox."""
        return self._page("conversations")

    def conversation_of(self, person: Person) -> JsonObject | None:
        found = [
            conversation
            for conversation in self.conversations()
            if conversation["contact"]["name"] == person.name
        ]
        assert len(found) <= 1, f"{person.name} has {len(found)} conversations"
        return found[0] if found else None

    def messages(self, conversation_id: str) -> list[JsonObject]:
        """The newest page, oldest first."""
        return self._page(f"conversations/{conversation_id}/messages")[::-1]

    def log_of(self, person: Person) -> list[JsonObject]:
        """Empty as long as there is no conversation."""
        conversation = self.conversation_of(person)
        return self.messages(conversation["id"]) if conversation else []

    def statuses_of(self, person: Person) -> list[str]:
        """Of what was sent to the person, oldest first."""
        return [line["status"] for line in self.log_of(person) if line["direction"] == "out"]

    def kept(self) -> list[JsonObject]:
        """Everything kept for inspection, newest first."""
        items: list[JsonObject] = []
        query: dict[str, str | int] = {"limit": _LARGEST_PAGE}
        while True:
            page = self.get("inspection", **query).raise_for_status().json()
            items += page["items"]
            if page["next_cursor"] is None:
                return items
            query["cursor"] = page["next_cursor"]

    def _page(self, path: str) -> list[JsonObject]:
        items: list[JsonObject] = (
            self.get(path, limit=_LARGEST_PAGE).raise_for_status().json()["items"]
        )
        return items


def demo_token(stack: LocalStack) -> str:
    """The demo user's access token."""
    user = stack.addresses.demo_user
    answer = stack.aws("cognito-idp").initiate_auth(
        ClientId=stack.outputs["UserPoolClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user.email, "PASSWORD": user.password},
    )
    return str(answer["AuthenticationResult"]["AccessToken"])
