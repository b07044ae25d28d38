"""The rarer kinds of what a flow can send. See `contents`."""

from __future__ import annotations

from typing import Any, Final, Literal, Self

from pydantic import Field, JsonValue, PrivateAttr, field_validator, model_validator

from flow.engine.errors import TextInvalidError
from flow.engine.events import Said
from flow.engine.interactive import ROW_TITLE, Worded
from flow.engine.parts import Data, Filled, ShortText
from flow.engine.run import Run
from flow.engine.texts import Template, compile_template
from shared.json_types import JsonObject

_MOST_DEPTH: Final = 10


class LocationContent(Data):
    kind: Literal["location"]
    latitude: Filled
    longitude: Filled
    name: ShortText | None = None
    address: ShortText | None = None

    def message(self, run: Run) -> JsonObject | None:
        place = {"latitude": run.fill(self.latitude), "longitude": run.fill(self.longitude)}
        for part, words in (("name", self.name), ("address", self.address)):
            if words is not None:
                place[part] = run.text(words, 1000)
        return {"type": "location", "location": place}


class Card(Data):
    name: Filled
    phone: Filled


class ContactsContent(Data):
    """Cards of an address book. Phones in E.164."""

    kind: Literal["contacts"]
    people: list[Card] = Field(min_length=1, max_length=5)

    def message(self, run: Run) -> JsonObject | None:
        cards = []
        for person in self.people:
            name, phone = run.fill(person.name), run.fill(person.phone)
            cards.append(
                {
                    "name": {"formatted_name": name, "first_name": name},
                    "phones": [{"phone": phone, "type": "WORK", "wa_id": phone.lstrip("+")}],
                }
            )
        return {"type": "contacts", "contacts": cards}


class FormContent(Worded):
    """A form to fill in within WhatsApp (there: a Flow). `data` fills its first screen."""

    kind: Literal["form"]
    label: ShortText
    form_id: Filled
    screen: Filled | None = None
    data: dict[str, Filled] = Field(default_factory=dict, max_length=50)

    def message(self, run: Run) -> JsonObject | None:
        parameters: JsonObject = {
            "flow_message_version": "3",
            "flow_id": run.fill(self.form_id),
            "flow_cta": run.text(self.label, 20),
            "flow_token": run.mark(),
            "flow_action": "navigate",
        }
        if self.screen is not None:
            data = {name: run.fill(value) for name, value in self.data.items()}
            first = {"screen": run.fill(self.screen), **({"data": data} if data else {})}
            parameters["flow_action_payload"] = first
        return self.interactive(run, "flow", {"name": "flow", "parameters": parameters})


class ProductContent(Worded):
    kind: Literal["product"]
    catalog_id: Filled
    product_id: Filled

    def message(self, run: Run) -> JsonObject | None:
        action = {
            "catalog_id": run.fill(self.catalog_id),
            "product_retailer_id": run.fill(self.product_id),
        }
        return self.interactive(run, "product", action)


class ProductSection(Data):
    title: ShortText
    product_ids: list[Filled] = Field(min_length=1, max_length=30)


class ProductsContent(Worded):
    """Needs its header; 30 products at most, all sections together."""

    kind: Literal["products"]
    header: ShortText
    catalog_id: Filled
    sections: list[ProductSection] = Field(min_length=1, max_length=10)

    def message(self, run: Run) -> JsonObject | None:
        sections = []
        for section in self.sections:
            items = [{"product_retailer_id": run.fill(id_)} for id_ in section.product_ids]
            title = run.text(section.title, ROW_TITLE)
            sections.append({"title": title, "product_items": items})
        action = {"catalog_id": run.fill(self.catalog_id), "sections": sections}
        return self.interactive(run, "product_list", action)


class CatalogContent(Worded):
    kind: Literal["catalog"]
    product_id: Filled

    def message(self, run: Run) -> JsonObject | None:
        parameters = {"thumbnail_product_retailer_id": run.fill(self.product_id)}
        action = {"name": "catalog_message", "parameters": parameters}
        return self.interactive(run, "catalog_message", action)


class ReactionContent(Data):
    """To the message that the step answers; nothing without one."""

    kind: Literal["reaction"]
    emoji: Filled

    def message(self, run: Run) -> JsonObject | None:
        if not isinstance(run.event, Said):
            return None
        reaction = {"message_id": run.event.id, "emoji": run.fill(self.emoji)}
        return {"type": "reaction", "reaction": reaction}


class OtherContent(Data):
    """Any other message, as Meta wants it; `{{…}}` in its texts is filled in."""

    kind: Literal["other"]
    of_meta: dict[str, JsonValue] = Field(alias="message", max_length=10)
    _compiled: Any = PrivateAttr()

    @field_validator("of_meta")
    @classmethod
    def _has_a_type(cls, value: JsonObject) -> JsonObject:
        type_ = value.get("type")
        if not isinstance(type_, str) or type_ not in value:
            raise ValueError("Meta's object: a type, and what the type names")
        return value

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        self._compiled = _compiled(self.of_meta, _MOST_DEPTH)
        return self

    def message(self, run: Run) -> JsonObject | None:
        filled: JsonObject = _filled(self._compiled, run)
        return filled

    @property
    def templates(self) -> list[Template]:
        return _templates(self._compiled)


def _compiled(value: Any, depth: int) -> Any:
    if depth == 0:
        raise TextInvalidError("The object is nested too deeply")
    match value:
        case str():
            return compile_template(value)
        case list():
            return [_compiled(part, depth - 1) for part in value]
        case dict():
            return {key: _compiled(part, depth - 1) for key, part in value.items()}
    return value


def _filled(value: Any, run: Run) -> Any:
    match value:
        case Template():
            return run.fill(value)
        case list():
            return [_filled(part, run) for part in value]
        case dict():
            return {key: _filled(part, run) for key, part in value.items()}
    return value


def _templates(value: Any) -> list[Template]:
    match value:
        case Template():
            return [value]
        case list():
            return [found for part in value for found in _templates(part)]
        case dict():
            return [found for part in value.values() for found in _templates(part)]
    return []
