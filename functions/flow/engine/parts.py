"""What stored flows are made of: the small types that nodes share.

Texts, rules and patterns are compiled while they are validated: what passed can run, and what
cannot is told by its place. The limits come with the validation's context.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic import ValidationInfo as Info

from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.patterns import Pattern, compile_pattern
from flow.engine.rules import Rule, compile_rule
from flow.engine.texts import LocalText, Template, compile_local, compile_template
from shared.json_types import JsonObject

TEXT_CHARACTERS: Final = 10_000  # as stored; what is sent is cut to what WhatsApp takes
BODY_CHARACTERS: Final = 20_000

Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$")]
"""Of a variable, a contact's field, a parameter."""
ExitName: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_:.-]{0,99}$")
]
Id: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Language: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}([_-][A-Za-z]{2,4})?$")]
ZoneName: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^(contact|workspace|[A-Za-z][A-Za-z0-9_+/-]{1,40})$"),
]
"""A time zone: the contact's, the workspace's, or an IANA name."""


def _limits(info: Info) -> Limits:
    return info.context["limits"] if info.context else DEFAULT_LIMITS


def _local(most: int) -> Callable[[object, Info], LocalText]:
    def validate(value: object, info: Info) -> LocalText:
        if isinstance(value, str):
            return compile_local(_of_length(value, most), _limits(info))
        if not isinstance(value, dict) or not value or len(value) > 20:
            raise ValueError("A text, or texts by language")
        for language, text in value.items():
            if not re.fullmatch(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?", str(language)):
                raise ValueError(f"{language!r} is no language")
            if not isinstance(text, str):
                raise ValueError(f"{language}: a text")
            _of_length(text, most)
        return compile_local(value, _limits(info))

    return validate


def _filled(most: int) -> Callable[[object, Info], Template]:
    def validate(value: object, info: Info) -> Template:
        if not isinstance(value, str):
            raise ValueError("A text")
        return compile_template(_of_length(value, most), _limits(info))

    return validate


def _of_length(text: str, most: int) -> str:
    if not 1 <= len(text) <= most:
        raise ValueError(f"A text of 1 to {most} characters")
    return text


def _rule(value: object, info: Info) -> Rule:
    return compile_rule(value, _limits(info))


def _pattern(value: object) -> Pattern:
    if not isinstance(value, str):
        raise ValueError("A regular expression")
    return compile_pattern(value)


def _text_schema(most: int) -> WithJsonSchema:
    text = {"type": "string", "minLength": 1, "maxLength": most}
    by_language = {"type": "object", "additionalProperties": text, "minProperties": 1}
    return WithJsonSchema({"anyOf": [text, by_language], "x-text": "local"})


def _template_schema(most: int) -> WithJsonSchema:
    return WithJsonSchema(
        {"type": "string", "minLength": 1, "maxLength": most, "x-text": "template"}
    )


Text: TypeAlias = Annotated[
    LocalText, PlainValidator(_local(TEXT_CHARACTERS)), _text_schema(TEXT_CHARACTERS)
]
"""What a person reads: with `{{…}}`, in one language or by language."""
ShortText: TypeAlias = Annotated[LocalText, PlainValidator(_local(400)), _text_schema(400)]
"""A title, a label, a footer: as long as it may be before its places are filled."""
Filled: TypeAlias = Annotated[
    Template, PlainValidator(_filled(TEXT_CHARACTERS)), _template_schema(TEXT_CHARACTERS)
]
"""What a machine reads: with `{{…}}`."""
FilledBody: TypeAlias = Annotated[
    Template, PlainValidator(_filled(BODY_CHARACTERS)), _template_schema(BODY_CHARACTERS)
]
Condition: TypeAlias = Annotated[
    Rule, PlainValidator(_rule), WithJsonSchema({"description": "JsonLogic", "x-rule": True})
]
Regex: TypeAlias = Annotated[
    Pattern,
    PlainValidator(_pattern),
    WithJsonSchema({"type": "string", "maxLength": 500, "x-pattern": "re2"}),
]


class Data(BaseModel):
    """Of a node or a trigger: what it does not know is refused, since it would be lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


_SECONDS: Final = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}


class Duration(Data):
    """One second to 365 days."""

    amount: int = Field(ge=1, le=365 * 86_400)
    unit: Literal["seconds", "minutes", "hours", "days"]

    @property
    def seconds(self) -> int:
        return self.amount * _SECONDS[self.unit]


class Value(Data):
    """Where a value comes from; exactly one of the three.

    `text` with `{{…}}`: a lone place keeps its type. `rule`: what JsonLogic computes. `value`: JSON
    as it stands.
    """

    text: Filled | None = None
    rule: Condition | None = None
    value: Any = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("A value has exactly one of text, rule and value")
        return self


Kind: TypeAlias = Literal["text", "number", "boolean", "date", "list", "object"]
Variables: TypeAlias = JsonObject
