"""Header, body and footer of interactive messages."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from local.graph import limits
from local.graph.shapes.media import CaptionedContent, DocumentContent
from local.graph.shapes.strict import Shape, at_most, missing


class Body(Shape):
    text: Annotated[str, at_most(limits.INTERACTIVE_BODY)]


class ListBody(Shape):
    text: Annotated[str, at_most(limits.LIST_BODY)]


class Footer(Shape):
    text: Annotated[str, at_most(limits.FOOTER)]


class TextHeader(Shape):
    type: Literal["text"]
    text: Annotated[str, at_most(limits.HEADER_TEXT)]


class Header(Shape):
    type: Literal["text", "image", "video", "document"]
    text: Annotated[str, at_most(limits.HEADER_TEXT)] | None = None
    image: CaptionedContent | None = None
    video: CaptionedContent | None = None
    document: DocumentContent | None = None

    @model_validator(mode="after")
    def _holds_its_type(self) -> Self:
        if getattr(self, self.type) is None:
            raise missing(f"of type {self.type} needs {self.type}")
        return self


class Interactive(Shape):
    """What every interactive message may carry besides its action."""

    type: str
    header: Header | None = None
    body: Body
    footer: Footer | None = None
