"""Interactive messages that a person answers by choosing: reply buttons and lists."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from local.graph import limits
from local.graph.shapes.interactive_parts import Footer, Interactive, ListBody, TextHeader
from local.graph.shapes.strict import Shape, all_different, at_most, count, invalid, missing


class Reply(Shape):
    id: Annotated[str, at_most(limits.REPLY_ID)]
    title: Annotated[str, at_most(limits.REPLY_TITLE)]


class ReplyButton(Shape):
    type: Literal["reply"]
    reply: Reply


class ButtonsAction(Shape):
    buttons: Annotated[list[ReplyButton], count(1, limits.REPLY_BUTTONS)]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        all_different([button.reply.id for button in self.buttons], "button ids")
        all_different([button.reply.title for button in self.buttons], "button titles")
        return self


class ButtonsMessage(Interactive):
    action: ButtonsAction


class Row(Shape):
    id: Annotated[str, at_most(limits.ROW_ID)]
    title: Annotated[str, at_most(limits.ROW_TITLE)]
    description: Annotated[str, at_most(limits.ROW_DESCRIPTION, at_least=0)] | None = None


class ListSection(Shape):
    title: Annotated[str, at_most(limits.SECTION_TITLE)] | None = None
    rows: Annotated[list[Row], count(1, limits.LIST_ROWS_IN_ALL)]


class ListAction(Shape):
    button: Annotated[str, at_most(limits.LIST_BUTTON)]
    sections: Annotated[list[ListSection], count(1, limits.LIST_SECTIONS)]

    @model_validator(mode="after")
    def _rows_over_all_sections(self) -> Self:
        rows = [row for section in self.sections for row in section.rows]
        if len(rows) > limits.LIST_ROWS_IN_ALL:
            raise invalid(f"may hold {limits.LIST_ROWS_IN_ALL} rows over all sections")
        all_different([row.id for row in rows], "row ids")
        if len(self.sections) > 1 and not all(section.title for section in self.sections):
            raise missing("needs a title on each section when there is more than one")
        return self


class ListMessage(Shape):
    type: str
    header: TextHeader | None = None
    body: ListBody
    footer: Footer | None = None
    action: ListAction
