"""Media: uploaded, looked up, fetched, expired, deleted; files in pieces. Section 4."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.unit.local_graph.graph_clock import NUMBER, TOKEN, Stage, on_stage

PIXEL = b"\x89PNG\r\n\x1a\n\x00pixel"
DAY = 24 * 3600


async def upload(stage: Stage, data: bytes = PIXEL, kind: str = "image/png", **form: str) -> Any:
    fields = {"messaging_product": "whatsapp", "type": kind, **form}
    file = {"file": ("a.bin", data, kind)}
    return await stage.call("POST", f"{NUMBER}/media", data=fields, files=file)


def end_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def test_what_is_uploaded_can_be_looked_up_and_fetched() -> None:
    async def scenario(stage: Stage) -> None:
        media_id = (await upload(stage)).json()["id"]
        found = (await stage.call("GET", f"/v25.0/{media_id}")).json()
        assert (found["mime_type"], found["file_size"]) == ("image/png", len(PIXEL))
        assert found["sha256"] == hashlib.sha256(PIXEL).hexdigest()
        fetched = await stage.call("GET", end_of(found["url"]))
        assert (fetched.content, fetched.headers["content-type"]) == (PIXEL, "image/png")
        bare = await stage.client.get(end_of(found["url"]))
        assert bare.status_code == 401, "the token is needed here too"

    on_stage(scenario)


def test_a_link_lives_five_minutes_and_an_upload_thirty_days() -> None:
    async def scenario(stage: Stage) -> None:
        media_id = (await upload(stage)).json()["id"]
        url = (await stage.call("GET", f"/v25.0/{media_id}")).json()["url"]
        stage.later(299)
        assert (await stage.call("GET", end_of(url))).status_code == 200
        stage.later(1)
        assert (await stage.call("GET", end_of(url))).status_code == 404
        stage.later(30 * DAY - 301)
        assert (await stage.call("GET", f"/v25.0/{media_id}")).status_code == 200
        stage.later(1)
        assert (await stage.call("GET", f"/v25.0/{media_id}")).status_code == 400

    on_stage(scenario)


def test_media_is_sent_by_an_id_that_lives_and_fits() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.says()
        media_id = (await upload(stage)).json()["id"]

        def image(one: str, kind: str = "image") -> dict[str, Any]:
            return {"type": kind, "text": None, kind: {"id": one}}

        assert await stage.send(**image(media_id)) == 0
        assert await stage.send(**image("404")) == 100
        assert await stage.send(**image(media_id, "video")) == 131053
        header = {"type": "image", "image": {"id": "404"}}
        reply = {"type": "reply", "reply": {"id": "a", "title": "A"}}
        inner = {
            "type": "button",
            "header": header,
            "body": {"text": "b"},
            "action": {"buttons": [reply]},
        }
        assert await stage.send(type="interactive", text=None, interactive=inner) == 100
        assert (await stage.call("DELETE", f"/v25.0/{media_id}")).json() == {"success": True}
        assert await stage.send(**image(media_id)) == 100

    on_stage(scenario)


@pytest.mark.parametrize(
    ("data", "kind", "form", "code"),
    [
        (PIXEL, "text/csv", {}, 100),
        (PIXEL, "image/gif", {}, 100),
        (b"", "image/png", {}, 131053),
        (b"x" * (5 * 1024 * 1024 + 1), "image/png", {}, 131053),
        (b"OggS\0\2 vorbis", "audio/ogg", {}, 131053),
        (PIXEL, "image/png", {"messaging_product": "sms"}, 100),
    ],
)
def test_what_meta_does_not_take_is_refused(
    data: bytes, kind: str, form: dict[str, str], code: int
) -> None:
    async def scenario(stage: Stage) -> None:
        answer = await upload(stage, data, kind, **form)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)

    on_stage(scenario)


def test_media_belongs_to_the_number_that_uploaded_it() -> None:
    async def scenario(stage: Stage) -> None:
        media_id = (await upload(stage)).json()["id"]
        other = await stage.call("GET", f"/v25.0/{media_id}", params={"phone_number_id": "1"})
        assert other.status_code == 400
        elsewhere = await stage.call("POST", "/v25.0/404/media", data={"messaging_product": "w"})
        assert elsewhere.status_code == 400

    on_stage(scenario)


def test_a_file_is_handed_over_in_pieces_and_gets_a_handle() -> None:
    async def scenario(stage: Stage) -> None:
        query = {"file_name": "a.png", "file_length": str(len(PIXEL)), "file_type": "image/png"}
        begun = await stage.call("POST", "/v25.0/111/uploads", params=query)
        path = f"/v25.0/{begun.json()['id']}"
        headers = {"Authorization": f"OAuth {TOKEN}", "file_offset": "0"}
        first = await stage.call("POST", path, headers=headers, content=PIXEL[:5])
        assert first.json() == {"file_offset": 5}
        again = await stage.call("POST", path, headers=headers, content=PIXEL[:5])
        assert again.json()["error"]["code"] == 100
        assert (await stage.call("GET", path)).json()["file_offset"] == 5
        rest = {**headers, "file_offset": "5"}
        whole = await stage.call("POST", path, headers=rest, content=PIXEL[5:])
        assert whole.json()["h"].startswith("4::")
        odd = await stage.call("POST", "/v25.0/111/uploads", params={**query, "file_type": "a/b"})
        assert odd.status_code == 400

    on_stage(scenario)


def test_a_customers_picture_arrives_by_id_for_seven_days() -> None:
    async def scenario(stage: Stage) -> None:
        file = {
            "mime_type": "image/png",
            "data": base64.b64encode(PIXEL).decode(),
            "caption": "Look",
        }
        shown = (await stage.says(media=file)).json()
        assert (shown["type"], shown["text"]) == ("image", "Look")
        (value,) = stage.told("messages")
        image = value["messages"][0]["image"]
        assert base64.b64decode(image["sha256"]) == hashlib.sha256(PIXEL).digest()
        assert (await stage.call("GET", f"/phone/api/media/{image['id']}")).content == PIXEL
        stage.later(7 * DAY)
        assert (await stage.call("GET", f"/v25.0/{image['id']}")).status_code == 400
        assert (await stage.call("GET", f"/phone/api/media/{image['id']}")).status_code == 404

    on_stage(scenario)


BUTTONS = {
    "type": "button",
    "body": {"text": "Well?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Yes"}}]},
}
LIST = {
    "type": "list",
    "body": {"text": "Size?"},
    "action": {
        "button": "Open",
        "sections": [{"rows": [{"id": "m", "title": "Medium", "description": "Fits most"}]}],
    },
}


@pytest.mark.parametrize(
    ("content", "reply"),
    [
        (BUTTONS, {"type": "button_reply", "button_reply": {"id": "y", "title": "Yes"}}),
        (
            LIST,
            {
                "type": "list_reply",
                "list_reply": {"id": "m", "title": "Medium", "description": "Fits most"},
            },
        ),
    ],
)
def test_what_is_offered_can_be_tapped(content: dict[str, Any], reply: dict[str, Any]) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.says()
        assert await stage.send(type="interactive", text=None, interactive=content) == 0
        items = (await stage.call("GET", "/phone/api/customers/ana/messages")).json()["items"]
        offer = items[-1]
        tap = {"message_id": offer["id"], "id": offer["content"]["choices"][0]["id"]}
        assert (await stage.says(tap=tap)).status_code == 201
        assert stage.told("messages")[-1]["messages"][0]["interactive"] == reply
        assert (await stage.says(tap={**tap, "id": "?"})).status_code == 400

    on_stage(scenario)


@pytest.mark.parametrize(
    ("gesture", "said"),
    [
        (
            {"location": {"latitude": -6.2, "longitude": 106.8, "name": "Monas"}},
            {"location": {"latitude": -6.2, "longitude": 106.8, "name": "Monas"}},
        ),
    ],
)
def test_a_place_is_sent(gesture: dict[str, Any], said: dict[str, Any]) -> None:
    async def scenario(stage: Stage) -> None:
        assert (await stage.says(**gesture)).json()["text"] == "Monas"
        message = stage.told("messages")[0]["messages"][0]
        assert {name: message[name] for name in said} == said

    on_stage(scenario)


def test_a_reaction_and_its_removal() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.says()
        await stage.send()
        items = (await stage.call("GET", "/phone/api/customers/ana/messages")).json()["items"]
        target = items[-1]["id"]
        for emoji in ("👍", ""):
            await stage.says(reaction={"message_id": target, "emoji": emoji})
        said = [one for value in stage.told("messages") for one in value.get("messages", ())]
        assert [one["reaction"] for one in said[1:]] == [
            {"message_id": target, "emoji": "👍"},
            {"message_id": target},
        ]
        none = {"message_id": "wamid.none", "emoji": "👍"}
        assert (await stage.says(reaction=none)).status_code == 400

    on_stage(scenario)


@pytest.mark.parametrize(
    "gesture", [{"text": "a", "location": {"latitude": 1, "longitude": 2}}, {"context_id": "x"}]
)
def test_one_thing_is_done_at_a_time(gesture: dict[str, Any]) -> None:
    async def scenario(stage: Stage) -> None:
        assert (await stage.says(**gesture)).status_code == 400

    on_stage(scenario)
