"""What the service takes; anything else is answered 422, as it is by the real one."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, model_validator
from pydantic.alias_generators import to_camel

PHONE: Final = re.compile(r"\+[0-9]{5,15}")
_JID: Final = r"^[0-9]+(-[0-9]+)?@(s\.whatsapp\.net|g\.us|lid)$"
_CONTENTS: Final = frozenset({"text", "image", "video", "document", "audio", "react"})


def _base64(text: str) -> str:
    b64decode(text, validate=True)
    return text


Jid = Annotated[str, Field(pattern=_JID)]
Base64 = Annotated[str, AfterValidator(_base64)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class Options(Strict):
    webhook_url: Annotated[HttpUrl, Field(strict=False)]
    webhook_verify_token: Annotated[str, Field(min_length=6)]
    client_name: str = "Chrome"
    include_media: bool = True
    sync_full_history: bool = False
    groups_enabled: bool = True
    auto_presence_subscribe: bool = False


class Key(Strict):
    id: str
    remote_jid: str | None = None
    from_me: bool | None = None
    participant: str | None = None


class React(Strict):
    key: Key
    text: str


class Quoted(Strict):
    key: Key
    message: dict[str, Any]


class Content(Strict):
    text: str | None = None
    mentions: list[Jid] | None = None
    image: Base64 | None = None
    video: Base64 | None = None
    document: Base64 | None = None
    audio: Base64 | None = None
    caption: str | None = None
    mimetype: str | None = None
    file_name: str | None = None
    ptt: bool | None = None
    react: React | None = None
    quoted_message: Quoted | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Content:
        given = self.model_dump(exclude_none=True).keys() & _CONTENTS
        if len(given) != 1:
            raise ValueError("a message is one of text, image, video, document, audio and react")
        if self.react is not None and self.quoted_message is not None:
            raise ValueError("a reaction quotes nothing")
        return self


class Send(Strict):
    jid: Jid
    message_content: Content
    chatwoot_message_id: str | None = None


class Keys(Strict):
    keys: list[Key]


class Presence(Strict):
    type: Annotated[str, Field(pattern="^(unavailable|available|composing|recording|paused)$")]
    to_jid: Jid | None = None


class Jids(Strict):
    jids: Annotated[
        list[Annotated[str, Field(pattern=r"^[0-9]+@s\.whatsapp\.net$")]],
        Field(min_length=1, max_length=50),
    ]
