"""Contact cards."""

from typing import Annotated, Any, Self

from pydantic import StringConstraints, model_validator

from local.graph.shapes.strict import Filled, Shape, missing

Date = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class ContactName(Shape):
    formatted_name: Filled
    first_name: str | None = None
    last_name: str | None = None
    middle_name: str | None = None
    prefix: str | None = None
    suffix: str | None = None

    @model_validator(mode="after")
    def _more_than_formatted(self) -> Self:
        parts = (self.first_name, self.last_name, self.middle_name, self.prefix, self.suffix)
        if not any(parts):
            raise missing("needs at least one name part besides formatted_name")
        return self


class ContactCard(Shape):
    name: ContactName
    birthday: Date | None = None
    phones: list[dict[str, Any]] | None = None
    emails: list[dict[str, Any]] | None = None
    addresses: list[dict[str, Any]] | None = None
    urls: list[dict[str, Any]] | None = None
    org: dict[str, Any] | None = None
