"""Image, audio, video, document and sticker: an uploaded id or a public link, never both."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from local.graph import limits
from local.graph.shapes.strict import Shape, at_most, invalid, missing

MediaId = Annotated[str, StringConstraints(pattern=r"^\d+$"), Field(coerce_numbers_to_str=True)]
MediaLink = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\S*$")]
Caption = Annotated[str, at_most(limits.CAPTION, at_least=0)]


class MediaContent(Shape):
    id: MediaId | None = None
    link: MediaLink | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.id is None and self.link is None:
            raise missing("needs an id or a link")
        if self.id is not None and self.link is not None:
            raise invalid("takes an id or a link, not both")
        return self


class CaptionedContent(MediaContent):
    caption: Caption | None = None


class DocumentContent(CaptionedContent):
    filename: Annotated[str, at_most(limits.FILENAME)] | None = None


class AudioContent(MediaContent):
    voice: bool = False
