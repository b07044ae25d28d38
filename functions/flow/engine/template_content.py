"""A message template, which WhatsApp has approved: it may be sent when the window is closed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flow.engine.interactive import media_source
from flow.engine.parts import Data, Filled, Id, Language, ShortText, Text
from flow.engine.run import Run
from flow.engine.texts import underscored
from shared.json_types import JsonObject

_PARAMETER = 1024


class TemplateHeader(Data):
    """A text parameter, or media."""

    kind: Literal["text", "image", "video", "document"]
    text: ShortText | None = None
    media: Filled | None = None

    def parameter(self, run: Run) -> JsonObject:
        if self.kind == "text":
            return _text_parameter(run, self.text)
        media = run.fill(self.media) if self.media is not None else ""
        return {"type": self.kind, self.kind: media_source(media)}


class TemplateButton(Data):
    """What a button is filled with: a quick reply's payload, an address's end, a coupon's code.
    `index` counts all buttons of the template from 0."""

    index: int = Field(ge=0, le=9)
    kind: Literal["quick_reply", "url", "copy_code"]
    value: Filled

    def component(self, run: Run) -> JsonObject:
        value = run.fill(self.value)
        parameter = {
            "quick_reply": {"type": "payload", "payload": value},
            "url": {"type": "text", "text": value},
            "copy_code": {"type": "coupon_code", "coupon_code": value[:15]},
        }[self.kind]
        place = {"sub_type": self.kind, "index": str(self.index)}
        return {"type": "button", **place, "parameters": [parameter]}


class TemplateContent(Data):
    """`body` fills the places in order; `named_body` those of a template with named ones. Without
    `language`, the contact's is asked for."""

    kind: Literal["template"]
    name: Id
    language: Language | None = None
    header: TemplateHeader | None = None
    body: list[Text] = Field(default_factory=list, max_length=50)
    named_body: dict[str, Text] = Field(default_factory=dict, max_length=50)
    buttons: list[TemplateButton] = Field(default_factory=list, max_length=10)

    def message(self, run: Run) -> JsonObject | None:
        components: list[JsonObject] = []
        if self.header is not None:
            components.append({"type": "header", "parameters": [self.header.parameter(run)]})
        body = [_text_parameter(run, text) for text in self.body]
        body += [
            {**_text_parameter(run, text), "parameter_name": name}
            for name, text in self.named_body.items()
        ]
        if body:
            components.append({"type": "body", "parameters": body})
        components += [button.component(run) for button in self.buttons]
        language = self.language or next((one for one in run.languages if one), "en")
        template: JsonObject = {"name": self.name, "language": {"code": underscored(language)}}
        if components:
            template["components"] = components
        return {"type": "template", "template": template}


def _text_parameter(run: Run, text: Text | None) -> JsonObject:
    """On one line and never empty: anything else is refused by WhatsApp."""
    words = " ".join(run.text(text, _PARAMETER).split()) if text is not None else ""
    return {"type": "text", "text": words or "-"}
