"""A phone is linked, and a flow is played over it: options become numbers, and numbers answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest

from local.demo import WORKSPACE_ID
from local.stack import LocalStack
from shared.json_types import JsonObject
from shared.store.flows import FlowStore
from shared.tenancy import Tenant
from tests.api_side import demo_token
from tests.published import publish, until_workers_know
from tests.running import eventually
from tests.unit.media.sample_files import PNG

FLOW: Final[JsonObject] = {
    "schema": 2,
    "name": "Drinks",
    "start": "ask",
    "nodes": [
        {
            "id": "ask",
            "type": "ask",
            "data": {
                "content": {"kind": "text", "text": "Minum apa?"},
                "answer": {
                    "kind": "choice",
                    "options": [{"id": "kopi", "title": "Kopi"}, {"id": "teh", "title": "Teh"}],
                },
                "variable": "minum",
            },
        },
        {
            "id": "thanks",
            "type": "message",
            "data": {"content": {"kind": "text", "text": "Siap: {{ vars.minum }}"}},
        },
    ],
    "edges": [{"id": "answered", "source": "ask", "target": "thanks"}],
    "triggers": [],
    "settings": {},
}


class Linking:
    """The workspace's side, and the phone's."""

    def __init__(self, stack: LocalStack) -> None:
        headers = {"Authorization": f"Bearer {demo_token(stack)}"}
        self._api = httpx.Client(headers=headers, timeout=60, trust_env=False)
        self._v1 = f"{stack.addresses.api_url}/v1"
        self._service = httpx.Client(
            base_url=stack.addresses.linked_phones_url, timeout=60, trust_env=False
        )
        self.phone = f"+62811{random.randrange(10**7):07d}"
        self.person = f"62899{random.randrange(10**7):07d}"
        self.channel = f"wa{self.phone.removeprefix('+')}"

    def close(self) -> None:
        self._api.close()
        self._service.close()

    def ask(self, method: str, path: str, body: JsonObject | None = None) -> Any:
        answer = self._api.request(method, f"{self._v1}/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def does(self, what: str, **more: str) -> None:
        place = f"/_admin/phones/{self.phone}/done"
        self._service.post(place, json={"what": what, **more}).raise_for_status()

    def says(self, text: str) -> None:
        said = {"person": self.person, "text": text, "name": "Budi"}
        self._service.post(f"/_admin/phones/{self.phone}/said", json=said).raise_for_status()

    def heard(self) -> list[str]:
        """What the person has on the screen of ours."""
        phones = self._service.get("/_admin/phones").json()["items"]
        (phone,) = [one for one in phones if one["number"] == self.phone]
        ours = [one["message"] for one in phone["chat"] if one["key"]["fromMe"]]
        return [one["conversation"] for one in ours if "conversation" in one]

    def contact(self) -> str:
        """Whom the number's only conversation is with."""
        found = self.ask("GET", "conversations")["items"]
        (id_,) = [one["contact"]["id"] for one in found if one["channel"] == self.channel]
        return str(id_)

    def uploads(self, name: str, mime_type: str, data: bytes) -> str:
        """A file for messages, by its id."""
        made = self.ask("POST", "media", {"file_name": name, "mime_type": mime_type})
        form = made["upload"]
        httpx.post(
            form["url"], data=form["fields"], files={"file": (name, data)}, trust_env=False
        ).raise_for_status()
        return str(made["id"])

    def files(self) -> list[bytes]:
        """What files of ours the person has."""
        phones = self._service.get("/_admin/phones").json()["items"]
        (phone,) = [one for one in phones if one["number"] == self.phone]
        kept = (self._service.get(f"/_admin/files/{one['key']['id']}") for one in phone["chat"])
        return [one.content for one in kept if one.is_success]

    def state(self) -> str:
        return str(self.ask("GET", f"channels/{self.channel}")["state"])

    def log(self) -> list[JsonObject]:
        found = self.ask("GET", "conversations")["items"]
        ours = [one for one in found if one["id"].startswith(self.channel)]
        if not ours:
            return []
        lines: list[JsonObject] = self.ask("GET", f"conversations/{ours[0]['id']}/messages")[
            "items"
        ]
        return lines[::-1]


@pytest.fixture
def linking(stack: LocalStack) -> Iterator[Linking]:
    store = FlowStore(
        Tenant(WORKSPACE_ID), stack.outputs["WorkspacesTableName"], stack.aws("dynamodb")
    )
    publish(store, "drinks", FLOW)
    until_workers_know()
    linking = Linking(stack)
    yield linking
    linking.close()


def test_a_flow_is_played_over_a_linked_phone(linking: Linking) -> None:
    asked = {"phone": linking.phone, "name": "Counter", "flow_id": "drinks"}
    linking.ask("POST", "channels/linked-phone", asked)
    place = f"channels/{linking.channel}/connection"
    code = eventually(lambda: linking.ask("GET", place)["qr"])
    assert code.startswith("data:image/png;base64,")
    linking.does("scan")
    eventually(linking.state, lambda state: state == "connected")

    linking.says("halo")
    eventually(linking.heard, lambda heard: heard == ["Minum apa?\n\n1. Kopi\n2. Teh"])
    linking.says("2")
    eventually(linking.heard, lambda heard: heard[1:] == ["Siap: teh"])

    log = eventually(linking.log, lambda log: [one["status"] for one in log[1::2]] == ["read"] * 2)
    assert [one["type"] for one in log] == ["text", "interactive", "text", "text"]
    assert log[2]["text"] == "2"

    # A person answers with a file: the customer gets its very bytes.
    menu = {"type": "image", "image": {"id": linking.uploads("menu.png", "image/png", PNG)}}
    talk = f"{linking.channel}.{linking.contact()}"
    linking.ask("POST", f"conversations/{talk}/messages", {"message": menu})
    eventually(linking.files, lambda files: files == [PNG])

    linking.does("lock")
    eventually(linking.state, lambda state: state == "needs_attention")
    linking.does("unlock")
    eventually(linking.state, lambda state: state == "connected")
    linking.does("unlink")
    eventually(linking.state, lambda state: state == "needs_attention")
    linking.ask("DELETE", f"channels/{linking.channel}")
    assert linking.state() == "disconnected"
