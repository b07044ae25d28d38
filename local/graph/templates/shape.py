"""A template as it is created (sections 5.1 and 5.2). What Meta refuses, it refuses."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from local.graph import limits
from local.graph.shapes.strict import Shape, Url, at_most, refusal
from local.graph.templates.variables import names_in, places_in

TOO_LONG = 2388040
HEADER_FORM = 2388047
BODY_FORM = 2388072
FOOTER_FORM = 2388073
TOO_MANY_VARIABLES = 2388293
VARIABLE_AT_THE_EDGE = 2388299
WORDS_PER_VARIABLE = 2
MEDIA = frozenset({"IMAGE", "VIDEO", "DOCUMENT"})

Category = Literal["MARKETING", "UTILITY", "AUTHENTICATION"]
ParameterFormat = Literal["POSITIONAL", "NAMED"]


class Example(Shape):
    model_config = ConfigDict(extra="ignore")

    header_text: list[str] | None = None
    header_handle: list[str] | None = None
    body_text: list[list[str]] | list[str] | None = None
    body_text_named_params: list[dict[str, str]] | None = None
    header_text_named_params: list[dict[str, str]] | None = None

    @property
    def variables(self) -> int:
        """How many variables it gives an example of."""
        if self.body_text_named_params or self.header_text_named_params:
            return len(self.body_text_named_params or self.header_text_named_params or ())
        first: Any = (self.body_text or [[]])[0]
        return len(self.header_text or ()) + (
            len(first) if isinstance(first, list) else len(self.body_text or ())
        )


class Header(Shape):
    type: Literal["HEADER"]
    format: Literal["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION", "PRODUCT"]
    text: str | None = None
    example: Example | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.format == "TEXT":
            _text_of_header(self.text or "", self.example)
        elif self.format in MEDIA and not (self.example and self.example.header_handle):
            raise refusal(HEADER_FORM, "needs example.header_handle")
        return self


class Body(Shape):
    type: Literal["BODY"]
    text: str | None = None
    add_security_recommendation: bool | None = None
    code_expiration_minutes: Annotated[int, Field(ge=1, le=90)] | None = None
    example: Example | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.text is None:
            return self
        if not self.text.strip() or len(self.text) > limits.TEMPLATE_BODY:
            raise refusal(TOO_LONG, f"needs 1 to {limits.TEMPLATE_BODY} characters")
        _variables(self.text, self.example)
        return self


class Footer(Shape):
    type: Literal["FOOTER"]
    text: str | None = None
    code_expiration_minutes: Annotated[int, Field(ge=1, le=90)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.text is not None and (len(self.text) > limits.FOOTER or places_in(self.text)):
            raise refusal(FOOTER_FORM, f"may have {limits.FOOTER} characters and no variables")
        return self


SHARE_CONTACT = "Share Contact Info"


class Button(Shape):
    model_config = ConfigDict(extra="ignore")

    type: Literal[
        "QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "OTP", "FLOW", "CATALOG", "MPM",
        "ORDER_DETAILS", "VOICE_CALL", "REQUEST_CONTACT_INFO",
    ]  # fmt: skip
    text: Annotated[str, at_most(limits.TEMPLATE_BUTTON)] | None = None
    url: Annotated[Url, at_most(limits.TEMPLATE_URL)] | None = None
    phone_number: Annotated[str, at_most(limits.TEMPLATE_PHONE)] | None = None
    example: list[str] | str | None = None
    otp_type: Literal["COPY_CODE", "ONE_TAP", "ZERO_TAP"] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for field in NEEDED_BY.get(self.type, ()):
            if getattr(self, field) is None:
                raise refusal(100, f"of type {self.type} needs {field}")
        if self.type == "REQUEST_CONTACT_INFO" and self.text not in (None, SHARE_CONTACT):
            raise refusal(100, f"of type {self.type} is labelled {SHARE_CONTACT}")
        if self.url and places_in(self.url):
            if not re.fullmatch(r"[^{}]*\{\{1\}\}", self.url):
                raise refusal(100, "may have one variable, at the end of its url")
            if not self.example:
                raise refusal(100, "needs an example of its url")
        return self

    @property
    def has_variable(self) -> bool:
        return bool(self.url and places_in(self.url))


NEEDED_BY = {
    "QUICK_REPLY": ("text",),
    "URL": ("text", "url"),
    "PHONE_NUMBER": ("text", "phone_number"),
    "COPY_CODE": ("example",),
    "OTP": ("otp_type",),
    "FLOW": ("text",),
}
AT_MOST = {"URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "OTP": 1, "CATALOG": 1, "MPM": 1}


class Buttons(Shape):
    type: Literal["BUTTONS"]
    buttons: Annotated[list[Button], Field(min_length=1, max_length=limits.TEMPLATE_BUTTONS)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        kinds = [button.type for button in self.buttons]
        for kind, most in AT_MOST.items():
            if kinds.count(kind) > most:  # type: ignore[arg-type]
                raise refusal(100, f"may have {most} of type {kind}")
        runs = _runs(kind == "QUICK_REPLY" for kind in kinds)
        if runs > 1:
            raise refusal(100, "must have its quick replies together")
        return self


class LimitedTimeOffer(Shape):
    text: Annotated[str, at_most(16)]
    has_expiration: bool | None = None


class Offer(Shape):
    type: Literal["LIMITED_TIME_OFFER"]
    limited_time_offer: LimitedTimeOffer


CardComponent = Annotated[Header | Body | Buttons, Field(discriminator="type")]


class Card(Shape):
    components: Annotated[list[CardComponent], Field(min_length=1)]


class Carousel(Shape):
    type: Literal["CAROUSEL"]
    cards: Annotated[
        list[Card],
        Field(min_length=limits.CAROUSEL_CARDS_LEAST, max_length=limits.CAROUSEL_CARDS_MOST),
    ]

    @model_validator(mode="after")
    def _alike(self) -> Self:
        if len({_outline(card) for card in self.cards}) > 1:
            raise refusal(100, "must have cards of the same structure")
        return self


Component = Annotated[
    Header | Body | Footer | Buttons | Offer | Carousel, Field(discriminator="type")
]


class TemplateToCreate(Shape):
    model_config = ConfigDict(extra="ignore")

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,512}$")]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
    category: Category
    parameter_format: ParameterFormat = "POSITIONAL"
    message_send_ttl_seconds: int | None = None
    components: Annotated[list[Component], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        kinds = [component.type for component in self.components]
        if "BODY" not in kinds:
            raise refusal(BODY_FORM, "needs a component of type BODY")
        if len(set(kinds)) != len(kinds):
            raise refusal(100, "may have each component once")
        if "CAROUSEL" in kinds and self.category != "MARKETING":
            raise refusal(100, "with a carousel must be MARKETING")
        _check_format(self.components, self.parameter_format)
        _check_ttl(self.category, self.message_send_ttl_seconds)
        if self.category != "AUTHENTICATION":
            body = next(one for one in self.components if isinstance(one, Body))
            if body.text is None:
                raise refusal(BODY_FORM, "needs a text")
        return self


class TemplateToEdit(Shape):
    model_config = ConfigDict(extra="ignore")

    category: Category | None = None
    components: Annotated[list[Component], Field(min_length=1)] | None = None
    message_send_ttl_seconds: int | None = None


TTL = {"AUTHENTICATION": (30, 900), "UTILITY": (30, 43_200), "MARKETING": (43_200, 2_592_000)}


def _check_ttl(category: str, seconds: int | None) -> None:
    least, most = TTL[category]
    forever = seconds == -1 and category != "MARKETING"
    if seconds is not None and not forever and not least <= seconds <= most:
        raise refusal(100, f"may live {least} to {most} seconds")


def _check_format(components: Iterable[Any], wanted: str) -> None:
    for component in components:
        text = getattr(component, "text", None)
        if not isinstance(text, str) or component.type not in ("HEADER", "BODY"):
            continue
        numbered = all(name.isdigit() for name in names_in(text))
        if names_in(text) and numbered != (wanted == "POSITIONAL"):
            raise refusal(100, f"has variables that are not {wanted}")


def _text_of_header(text: str, example: Example | None) -> None:
    if not text.strip() or len(text) > limits.HEADER_TEXT or len(places_in(text)) > 1:
        raise refusal(HEADER_FORM, f"needs 1 to {limits.HEADER_TEXT} characters, one variable")
    if places_in(text) and not (example and example.variables == 1):
        raise refusal(HEADER_FORM, "needs an example of its variable")


def _variables(text: str, example: Example | None) -> None:
    names = names_in(text)
    if not names:
        return
    if re.match(r"\s*\{\{", text) or re.search(r"\}\}\s*$", text):
        raise refusal(VARIABLE_AT_THE_EDGE, "may not begin or end with a variable")
    if re.search(r"\}\}\s*\{\{", text):
        raise refusal(BODY_FORM, "may not have two variables next to each other")
    numbers = sorted({int(name) for name in names if name.isdigit()})
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        raise refusal(BODY_FORM, "must number its variables from 1 without gaps")
    words = re.sub(r"\{\{[^}]*\}\}", " ", text).split()
    if len(words) < WORDS_PER_VARIABLE * len(set(names)):
        raise refusal(TOO_MANY_VARIABLES, "has too many variables for its length")
    if example is None or example.variables != len(set(names)):
        raise refusal(BODY_FORM, "needs an example of each variable")


def _outline(card: Card) -> tuple[Any, ...]:
    parts: list[Any] = []
    for component in card.components:
        if isinstance(component, Buttons):
            parts.append(tuple(button.type for button in component.buttons))
        elif isinstance(component, Header):
            parts.append(component.format)
        else:
            parts.append(component.type)
    return tuple(parts)


def _runs(values: Iterable[bool]) -> int:
    """How many runs of True there are."""
    before, runs = False, 0
    for value in values:
        runs += value and not before
        before = value
    return runs
