"""Meta's side of the wire: signed webhooks in, and what the stand-in was sent."""

from __future__ import annotations

import uuid
from types import TracebackType
from typing import Any

import httpx

from local.addresses import Addresses
from shared.json_types import JsonObject
from tests import builders
from tests.people import Person

_PATIENCE_SECONDS = 60.0


class Meta:
    def __init__(self, addresses: Addresses) -> None:
        self.number = addresses.phone_number_id
        self._addresses = addresses
        self._http = httpx.Client(timeout=_PATIENCE_SECONDS, trust_env=False)

    def __enter__(self) -> Meta:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    # Webhooks.

    def post(self, body: JsonObject) -> httpx.Response:
        """Signed, and with everything outside ASCII escaped, as Meta does."""
        raw = builders.meta_bytes(body)
        return self.post_raw(raw, builders.signature(raw, self._addresses.app_secret))

    def post_raw(self, raw: bytes, signature: str | None) -> httpx.Response:
        headers = {"content-type": "application/json"}
        if signature is not None:
            headers["x-hub-signature-256"] = signature
        return self._http.post(self._addresses.webhook_url, content=raw, headers=headers)

    def post_signed(self, raw: bytes) -> httpx.Response:
        return self.post_raw(raw, builders.signature(raw, self._addresses.app_secret))

    def shake_hands(self, token: str, challenge: str) -> httpx.Response:
        query = {
            "hub.mode": "subscribe",
            "hub.verify_token": token,
            "hub.challenge": challenge,
        }
        return self._http.get(self._addresses.webhook_url, params=query)

    def hears(self, person: Person, text: str, **extra: Any) -> JsonObject:
        """The person writes to the demo's number; answers the message, which Kabar has taken."""
        message = person.message(text, **extra)
        assert self.post(person.sends(self.number, message)).status_code == 200
        return message

    def tells(self, callback: str, name: str, **extra: Any) -> None:
        """A status of one of our messages, named by its callback data."""
        status = builders.status(
            name, callback=callback, **{"id": f"wamid.{uuid.uuid4().hex}", **extra}
        )
        value = builders.value(statuses=[status], phone_number_id=self.number)
        assert self.post(builders.webhook_body(value)).status_code == 200

    # What the stand-in has seen.

    def accepted(self, person: Person) -> list[JsonObject]:
        """Every message to the person that Meta took, in order."""
        return [
            message
            for message in self._listed("messages")
            if _is_to(person, message["to"], message["recipient"])
        ]

    def all_accepted(self) -> list[JsonObject]:
        """Every message that Meta took, to whomever."""
        return self._listed("messages")

    def texts(self, person: Person) -> list[str]:
        return [message["payload"]["text"]["body"] for message in self.accepted(person)]

    def requests(self) -> list[JsonObject]:
        """Everything that the stand-in was asked."""
        return self._listed("requests")

    def tries(self, person: Person) -> list[JsonObject]:
        """Every request to send to the person, also those that were refused."""
        return [
            request
            for request in self.requests()
            if isinstance(request["body"], dict)
            and _is_to(person, request["body"].get("to"), request["body"].get("recipient"))
        ]

    def marked_read(self, wamid: str) -> bool:
        return any(
            isinstance(request["body"], dict)
            and request["body"].get("status") == "read"
            and request["body"].get("message_id") == wamid
            and request["status"] == 200
            for request in self._listed("requests")
        )

    def judges_next(self, **verdict: str) -> None:
        """The next review of a template ends so, for example event="REJECTED", reason="SCAM"."""
        self._http.post(self._admin("reviews"), json=verdict).raise_for_status()

    # Faults.

    def misbehaves(self, *faults: JsonObject) -> None:
        """The next sends meet these faults, one after the other."""
        self._http.post(self._admin("faults"), json=list(faults)).raise_for_status()

    def faults_left(self) -> list[JsonObject]:
        return self._listed("faults")

    def lift_rates(self) -> None:
        """Tests say within a second what would take people minutes."""
        self.enforces(pair_burst=None, throughput=None)

    def enforces(self, **rules: float | None) -> None:
        """Limits of the stand-in's, by their names there; None switches one off."""
        self._http.post(self._admin("rules"), json=rules).raise_for_status()

    def clear_faults(self) -> None:
        self._http.delete(self._admin("faults")).raise_for_status()

    def _listed(self, what: str) -> list[JsonObject]:
        items: list[JsonObject] = (
            self._http.get(self._admin(what)).raise_for_status().json()["items"]
        )
        return items

    def _admin(self, what: str) -> str:
        return f"{self._addresses.graph_url}/_admin/{what}"


def _is_to(person: Person, phone: str | None, user_id: str | None) -> bool:
    return bool((phone and phone == person.wa_id) or (user_id and user_id == person.bsuid))
