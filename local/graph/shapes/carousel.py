"""A free-form carousel: two to ten cards of one kind."""

from typing import Annotated, Literal, Self

from pydantic import field_validator, model_validator

from local.graph import limits
from local.graph.shapes.actions import LinkParameters
from local.graph.shapes.interactive_parts import Body, Header
from local.graph.shapes.strict import Shape, at_most, count, invalid, missing


class QuickReply(Shape):
    id: Annotated[str, at_most(limits.REPLY_ID)]
    title: Annotated[str, at_most(limits.REPLY_TITLE)]


class QuickReplyButton(Shape):
    type: Literal["quick_reply"]
    quick_reply: QuickReply


class CardBody(Shape):
    text: Annotated[str, at_most(limits.CARD_BODY)]

    @field_validator("text")
    @classmethod
    def _few_lines(cls, text: str) -> str:
        if text.count("\n") > limits.CARD_BODY_LINE_BREAKS:
            raise invalid(f"may hold {limits.CARD_BODY_LINE_BREAKS} line breaks")
        return text


class CardAction(Shape):
    name: Literal["cta_url"] | None = None
    parameters: LinkParameters | None = None
    buttons: Annotated[list[QuickReplyButton], count(1, limits.REPLY_BUTTONS)] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.parameters is None) == (self.buttons is None):
            raise missing("needs either one link or quick replies")
        return self

    @property
    def kind(self) -> tuple[str, int]:
        return ("link", 1) if self.buttons is None else ("quick_reply", len(self.buttons))


class Card(Shape):
    card_index: int
    type: Literal["cta_url", "quick_reply", "product"] = "cta_url"
    header: Header
    body: CardBody | None = None
    action: CardAction


class CarouselAction(Shape):
    cards: Annotated[list[Card], count(limits.CAROUSEL_CARDS_LEAST, limits.CAROUSEL_CARDS_MOST)]

    @model_validator(mode="after")
    def _alike_and_in_order(self) -> Self:
        if [card.card_index for card in self.cards] != list(range(len(self.cards))):
            raise invalid("cards must be numbered from 0 without gaps")
        if len({card.action.kind for card in self.cards}) > 1:
            raise invalid("cards must all have the same kind and number of buttons")
        return self


class CarouselMessage(Shape):
    type: str
    body: Body
    action: CarouselAction
