"""Change the contact: tags, fields, opt-ins, language."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from flow.engine.conversions import converted
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome
from flow.engine.parts import Data, Filled, Id, Kind, Name, Value
from flow.engine.run import Run
from shared.json_types import JsonObject


class TagChange(Data):
    op: Literal["add_tag", "remove_tag"]
    tag: Filled

    def change(self, run: Run) -> JsonObject | None:
        tag = run.fill(self.tag).strip()[:100]
        return {"op": self.op, "tag": tag} if tag else None


class FieldChange(Data):
    op: Literal["set_field"]
    field: Name
    value: Value
    kind: Kind | None = None

    def change(self, run: Run) -> JsonObject | None:
        value = converted(run.value(self.value), self.kind)
        return {"op": self.op, "field": self.field, "value": value}


class OptChange(Data):
    op: Literal["opt"]
    kind: Id
    state: Literal["in", "out"]

    def change(self, run: Run) -> JsonObject | None:
        return {"op": self.op, "kind": self.kind, "state": self.state, "source": f"flow:{run.flow}"}


class LanguageChange(Data):
    op: Literal["set_language"]
    language: Filled

    def change(self, run: Run) -> JsonObject | None:
        language = run.fill(self.language).strip()[:10]
        return {"op": self.op, "language": language} if language else None


Change: TypeAlias = Annotated[
    TagChange | FieldChange | OptChange | LanguageChange, Field(discriminator="op")
]


class ContactData(Data):
    changes: list[Change] = Field(min_length=1, max_length=50)


class ContactNode(BaseNode):
    type: Literal["contact"]
    data: ContactData

    def enter(self, run: Run) -> Outcome:
        changes = [change for one in self.data.changes if (change := one.change(run))]
        if changes:
            run.update_contact(tuple(changes))
        return Leave()
