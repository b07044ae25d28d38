"""A template message. That the template exists and is approved is not checked here."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from local.graph import error_table, limits
from local.graph.shapes.location import LocationContent
from local.graph.shapes.media import CaptionedContent, DocumentContent
from local.graph.shapes.strict import Filled, Shape, at_most, missing, refusal

UNPRINTABLE_IN_PARAMETER = re.compile(rf"[\t\r\n]| {{{limits.CONSECUTIVE_SPACES + 1},}}")

ParameterKind = Literal[
    "text", "currency", "date_time", "image", "video", "document", "location", "payload",
    "coupon_code", "action", "product", "limited_time_offer", "tap_target_configuration",
]  # fmt: skip


class Language(Shape):
    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
    policy: Literal["deterministic"] | None = None


class Currency(Shape):
    fallback_value: Filled
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    amount_1000: int


class DateTime(Shape):
    """Only the fallback text is displayed; the older parts still pass."""

    model_config = ConfigDict(extra="ignore")
    fallback_value: Filled


class LimitedTimeOffer(Shape):
    expiration_time_ms: int


class Parameter(Shape):
    type: ParameterKind
    parameter_name: Filled | None = None
    text: Annotated[str, at_most(limits.TEMPLATE_TEXT, at_least=0)] | None = None
    currency: Currency | None = None
    date_time: DateTime | None = None
    image: CaptionedContent | None = None
    video: CaptionedContent | None = None
    document: DocumentContent | None = None
    location: LocationContent | None = None
    payload: Filled | None = None
    coupon_code: Annotated[str, at_most(limits.COUPON_CODE)] | None = None
    action: dict[str, Any] | None = None
    product: dict[str, Any] | None = None
    limited_time_offer: LimitedTimeOffer | None = None
    tap_target_configuration: list[dict[str, Any]] | None = None

    @model_validator(mode="after")
    def _holds_its_type(self) -> Self:
        if getattr(self, self.type) is None:
            raise missing(f"of type {self.type} needs {self.type}")
        if self.text is not None:
            _refuse_unprintable(self.text)
        return self


def _refuse_unprintable(text: str) -> None:
    if not text.strip():
        raise refusal(error_table.TEMPLATE_PARAMETER_INVALID, "must not be empty")
    if UNPRINTABLE_IN_PARAMETER.search(text):
        raise refusal(
            error_table.TEMPLATE_PARAMETER_INVALID,
            "must not hold new lines, tabs or more than 4 consecutive spaces",
        )


class TemplateCard(Shape):
    card_index: int
    components: list["Component"]


class Component(Shape):
    type: Literal[
        "header", "body", "button", "carousel", "limited_time_offer", "order_status",
        "tap_target_configuration",
    ]  # fmt: skip
    parameters: list[Parameter] | None = None
    sub_type: (
        Literal[
            "quick_reply",
            "url",
            "flow",
            "copy_code",
            "mpm",
            "catalog",
            "voice_call",
            "order_details",
        ]
        | None
    ) = None
    index: (
        Annotated[str, StringConstraints(pattern=r"^\d$"), Field(coerce_numbers_to_str=True)] | None
    ) = None
    cards: Annotated[list[TemplateCard], Field(max_length=limits.CAROUSEL_CARDS_MOST)] | None = None

    @model_validator(mode="after")
    def _holds_what_its_type_needs(self) -> Self:
        if self.type == "button" and (self.sub_type is None or self.index is None):
            raise missing("of type button needs sub_type and index")
        if self.type == "carousel" and not self.cards:
            raise missing("of type carousel needs cards")
        return self


class TemplateContent(Shape):
    name: Annotated[
        str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=limits.TEMPLATE_NAME)
    ]
    language: Language
    components: list[Component] | None = None
