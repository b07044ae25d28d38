"""What starts a flow, as it is stored, and whether an event is it."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Final, Literal, Self, TypeAlias

from pydantic import Field, PrivateAttr, StringConstraints, model_validator
from typing_extensions import TypeIs

from flow.engine.calendar import Day
from flow.engine.events import Said, Started
from flow.engine.parts import Data, Duration, Id, Name, ZoneName
from flow.engine.patterns import Pattern, compile_pattern

_SPACE = re.compile(r"\s+")
_EDGES: Final = " \t\n.,!?;:…\"'()[]*_~¿¡"


def plain(text: str) -> str:
    """As keywords are compared: without case, edges and doubled space."""
    return _SPACE.sub(" ", text.strip(_EDGES)).casefold()


class _Trigger(Data):
    """`channels` are the numbers that it holds for; none named: all. The smaller `RANK` is chosen
    first, the more exact the trigger."""

    RANK: ClassVar[int] = 5
    channels: list[Id] = Field(default_factory=list, max_length=100)

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:
        raise NotImplementedError


Word: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class KeywordTrigger(_Trigger):
    """`exact`: the message is one of the words; `first_word`: it begins with one; `contains`: one
    is in it, whole; `pattern`: a regular expression (RE2) is found in it."""

    type: Literal["keyword"]
    match: Literal["exact", "first_word", "contains", "pattern"] = "exact"
    words: list[Word] = Field(min_length=1, max_length=100)
    _patterns: list[Pattern] = PrivateAttr(default_factory=list)
    _plain: frozenset[str] = PrivateAttr(default_factory=frozenset)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.match == "pattern":
            self._patterns = [compile_pattern(word) for word in self.words]
            return self
        self._plain = frozenset(plain(word) for word in self.words)
        if "" in self._plain:
            raise ValueError("A keyword has at least one letter")
        return self

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        if not isinstance(event, Said) or not event.text:
            return False
        if self.match == "pattern":
            return any(pattern.found_in(event.text) for pattern in self._patterns)
        said = plain(event.text[:1000])
        if self.match == "exact":
            return said in self._plain
        if self.match == "first_word":
            return any(said == word or said.startswith(word + " ") for word in self._plain)
        words = " " + " ".join(part.strip(_EDGES) for part in said.split(" ")) + " "
        return any(f" {word} " in words for word in self._plain)


class AnyMessageTrigger(_Trigger):
    RANK: ClassVar[int] = 9
    type: Literal["any_message"]

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        return isinstance(event, Said)


class NewContactTrigger(_Trigger):
    """The contact's first message ever, or a contact that came to be otherwise."""

    RANK: ClassVar[int] = 8
    type: Literal["new_contact"]

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:
        return is_new if isinstance(event, Said) else event.trigger == self.type


class PayloadTrigger(_Trigger):
    """A button, list row or template button with one of these ids."""

    RANK: ClassVar[int] = 1
    type: Literal["payload"]
    payloads: list[Word] = Field(min_length=1, max_length=100)

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        return isinstance(event, Said) and event.payload in self.payloads


class AdReferralTrigger(_Trigger):
    """A message that came from an ad or a post; `source_ids` are those ads, none named: any."""

    RANK: ClassVar[int] = 3
    type: Literal["ad_referral"]
    source_ids: list[Word] = Field(default_factory=list, max_length=100)

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        if not isinstance(event, Said) or event.referral is None:
            return False
        return not self.source_ids or event.referral.get("source_id") in self.source_ids


class FormTrigger(_Trigger):
    """A filled-in form that no question waits for; with `field`, one that has it."""

    RANK: ClassVar[int] = 4
    type: Literal["form"]
    field: Name | None = None

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        if isinstance(event, Started):
            return event.trigger == self.type and self._has_field(event.values)
        interactive = event.message.get("interactive")
        reply = interactive.get("nfm_reply") if isinstance(interactive, dict) else None
        if not isinstance(reply, dict):
            return False
        return self._has_field(str(reply.get("response_json")))

    def _has_field(self, form: object) -> bool:
        if self.field is None:
            return True
        return self.field in form if isinstance(form, dict) else f'"{self.field}"' in str(form)


class TagAddedTrigger(_Trigger):
    type: Literal["tag_added"]
    tag: Word

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        return _is(event, self.type) and event.values.get("tag") == self.tag


class SegmentEnteredTrigger(_Trigger):
    type: Literal["segment_entered"]
    segment_id: Id

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        return _is(event, self.type) and event.values.get("segment_id") == self.segment_id


class Repeat(Data):
    """Every so many days, weeks (on `days`), months; until a date."""

    every: int = Field(default=1, ge=1, le=365)
    unit: Literal["day", "week", "month"]
    days: list[Day] = Field(default_factory=list, max_length=7)
    until: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")


class ScheduleTrigger(_Trigger):
    """At a moment of the wall clock in `zone`, once or again and again, for every contact of a
    segment. The host keeps the time; the event carries the id."""

    type: Literal["schedule"]
    id: Id
    at: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$")
    zone: ZoneName = "workspace"
    repeat: Repeat | None = None
    segment_id: Id

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        return _is(event, self.type) and event.values.get("schedule_id") == self.id


class ApiTrigger(_Trigger):
    """A program of the workspace starts the flow, by its id."""

    type: Literal["api"]

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        return _is(event, self.type)


class CampaignNoReplyTrigger(_Trigger):
    """A campaign's message has had no reply for `after`; no campaign named: any."""

    type: Literal["campaign_no_reply"]
    campaign_ids: list[Id] = Field(default_factory=list, max_length=100)
    after: Duration

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        if not _is(event, self.type):
            return False
        return not self.campaign_ids or event.values.get("campaign_id") in self.campaign_ids


class CampaignReplyTrigger(_Trigger):
    """The first answer to a campaign's message; no campaign named: any."""

    RANK: ClassVar[int] = 6
    type: Literal["campaign_reply"]
    campaign_ids: list[Id] = Field(default_factory=list, max_length=100)

    def starts_on(self, event: Said | Started, is_new: bool) -> bool:  # noqa: ARG002
        if not isinstance(event, Said) or event.campaign is None:
            return False
        return not self.campaign_ids or event.campaign in self.campaign_ids


def _is(event: Said | Started, type_: str) -> TypeIs[Started]:
    return isinstance(event, Started) and event.trigger == type_


Trigger: TypeAlias = Annotated[
    KeywordTrigger
    | AnyMessageTrigger
    | NewContactTrigger
    | PayloadTrigger
    | AdReferralTrigger
    | FormTrigger
    | TagAddedTrigger
    | SegmentEnteredTrigger
    | ScheduleTrigger
    | ApiTrigger
    | CampaignNoReplyTrigger
    | CampaignReplyTrigger,
    Field(discriminator="type"),
]
