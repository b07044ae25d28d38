"""A text message."""

from typing import Annotated

from pydantic import field_validator

from local.graph import error_table, limits
from local.graph.shapes.strict import Shape, at_most, refusal


class TextContent(Shape):
    body: Annotated[str, at_most(limits.TEXT_BODY, at_least=0)]
    preview_url: bool = False

    @field_validator("body")
    @classmethod
    def _not_blank(cls, body: str) -> str:
        if not body.strip():
            raise refusal(error_table.INVALID_PARAMETER, "must not be empty")
        return body
