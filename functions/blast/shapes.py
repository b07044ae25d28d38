"""What goes in and out of the routes of campaigns. Times are milliseconds, but where they are said
to be local."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from blast.price_shapes import CostShown
from shared.api import Input, Output
from shared.campaigns.outcomes import CLASSES
from shared.json_types import JsonObject

MOST_IDS = 1000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _on_one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("must not hold control characters")
    return text


def _is_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is no time zone such as Asia/Jakarta")
    return name


Name = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_on_one_line)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,64}$")]
Ids = Annotated[list[Id], Field(max_length=MOST_IDS)]
Tags = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=60)]], Field(max_length=50)
]
Text = Annotated[str, StringConstraints(max_length=1024)]
VariableName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,40}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Zone = Annotated[str, AfterValidator(_is_zone)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]
Outcome = Literal[
    "queued", "sent", "delivered", "read", "replied", "failed", "skipped", "cancelled"
]


class Variable(Input):
    """Where a value comes from: `contact` (name, phone, email, language or username), a custom
    `field`, a `column` of the uploaded file, or a `constant`, whose value `name` is. `otherwise`
    is taken where a person has none; without it the person is skipped."""

    source: Literal["contact", "field", "column", "constant"]
    name: Text
    otherwise: Text | None = None


class Exclusions(Input):
    """Whoever is meant by any of these is left out; by a campaign, who was sent it."""

    segment_ids: Annotated[Ids, Field(default_factory=list)]
    tags: Annotated[Tags, Field(default_factory=list)]
    contact_ids: Annotated[Ids, Field(default_factory=list)]
    campaign_ids: Annotated[Ids, Field(default_factory=list)]


class Audience(Input):
    """Either an uploaded file (`upload_id`, its `phone_column` and the country that numbers without
    a country's code are of), or everybody, or whoever is meant by any of the segments, tags and
    contacts."""

    everybody: bool = False
    segment_ids: Annotated[Ids, Field(default_factory=list)]
    tags: Annotated[Tags, Field(default_factory=list)]
    contact_ids: Annotated[Ids, Field(default_factory=list)]
    upload_id: Id | None = None
    phone_column: Annotated[str, StringConstraints(min_length=1, max_length=120)] | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "ID"
    exclude: Annotated[Exclusions, Field(default_factory=Exclusions)]


class FrequencyCap(Input):
    """At most so many messages of campaigns to one person in so many days, this one included."""

    messages: Annotated[int, Field(ge=1, le=30)]
    days: Annotated[int, Field(ge=1, le=30)]


class QuietHours(Input):
    """Nothing is sent between the two, in the campaign's time zone; it may span midnight."""

    begin: Clock
    end: Clock

    @model_validator(mode="after")
    def _some_time_is_left(self) -> Self:
        if self.begin == self.end:
            raise ValueError("begin and end must differ")
        return self


_EXAMPLE: dict[str, Any] = {
    "name": "Harvest sale",
    "channel_id": "200300400500600",
    "message": {
        "type": "template",
        "template": {
            "name": "harvest_sale",
            "language": {"code": "id"},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": "{{name}}"}]}],
        },
    },
    "variables": {"name": {"source": "contact", "name": "name", "otherwise": "Kakak"}},
    "audience": {"tags": ["Pelanggan"], "exclude": {"tags": ["Reseller"]}},
    "quiet_hours": {"begin": "21:00", "end": "08:00"},
    "time_zone": "Asia/Jakarta",
}


class NewCampaign(Input):
    """`message` as WhatsApp takes it, a template or (to people who wrote within 24 hours) anything;
    places like {{name}} in its texts are filled by `variables`, files are named by the ids of the
    workspace's media. `weight` is its share when several campaigns use one number at once."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Name
    channel_id: Id
    message: JsonObject
    variables: Annotated[dict[VariableName, Variable], Field(default_factory=dict, max_length=50)]
    audience: Annotated[Audience, Field(default_factory=Audience)]
    frequency_cap: FrequencyCap | None = None
    quiet_hours: QuietHours | None = None
    time_zone: Zone = "UTC"
    weight: Annotated[int, Field(ge=1, le=100)] = 1


class CampaignChange(Input):
    """What is left out stays. Only a draft can be changed; the weight of any."""

    name: Name | None = None
    channel_id: Id | None = None
    message: JsonObject | None = None
    variables: Annotated[dict[VariableName, Variable], Field(max_length=50)] | None = None
    audience: Audience | None = None
    frequency_cap: FrequencyCap | None = None
    quiet_hours: QuietHours | None = None
    time_zone: Zone | None = None
    weight: Annotated[int, Field(ge=1, le=100)] | None = None
    clear: Annotated[
        list[Literal["frequency_cap", "quiet_hours"]],
        Field(default_factory=list, max_length=2, description="What is to be without from now on"),
    ]


class HaltShown(Output):
    """Why a campaign stands still. `code` is by_hand, quality, failures, opt_outs, number_gone,
    number_held, linked_phone, limit, template, template_because, file, refused, nobody,
    segment_gone, audience_file_gone or ours; `values` are what `words` say beside it."""

    code: str
    words: str
    values: dict[str, str | int]


class CampaignShown(Output):
    """`status` is draft, scheduled, preparing (the audience is being frozen), running, paused,
    finished or cancelled. `reason` says why it is paused or could not start. `people` is the size
    of the frozen audience. `starts_at` is local to `time_zone`, of a scheduled one."""

    id: str
    name: str
    status: str
    reason: HaltShown | None
    channel_id: str
    message: JsonObject
    variables: dict[str, Variable]
    audience: Audience
    frequency_cap: FrequencyCap | None
    quiet_hours: QuietHours | None
    time_zone: str
    weight: int
    people: int | None
    starts_at: str | None
    revision: int
    created_at: int
    created_by: str
    updated_at: int
    started_at: int | None
    finished_at: int | None


class CampaignPage(Output):
    items: list[CampaignShown]
    next_cursor: str | None


class TierShown(Output):
    """How many people WhatsApp lets be written to in 24 hours, and how many are left of that now;
    null is unlimited."""

    limit: int | None
    left: int | None


class CampaignToStart(Input):
    """`at` is local to the campaign's time zone ("2026-12-01T09:00"); without it: now."""

    at: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$")] | None = None


def _is_retryable(name: str) -> str:
    if name not in CLASSES or not CLASSES[name].retryable:
        raise ValueError("is no class of failures that may be tried again")
    return name


class ToRetry(Input):
    """Classes of failures as the report names them; none: all that may be tried again."""

    classes: Annotated[
        list[
            Annotated[
                str,
                StringConstraints(pattern=r"^[a-z_]{1,40}$"),
                AfterValidator(_is_retryable),
            ]
        ],
        Field(default_factory=list, max_length=20),
    ]


class Retried(Output):
    recipients: int


class OutcomesShown(Output):
    """How many people are in each outcome; together they are everybody."""

    queued: int
    sent: int
    delivered: int
    read: int
    replied: int
    failed: int
    skipped: int
    cancelled: int


class FunnelShown(Output):
    """How many got at least so far. A read message was delivered, a reply was to a sent one."""

    sent: int
    delivered: int
    read: int
    replied: int


class ReasonShown(Output):
    """`class` (see ToRetry) and words; `retryable`: POST …/retry takes it."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid", frozen=True)

    class_: Annotated[str, Field(alias="class", serialization_alias="class")]
    words: str
    count: int
    retryable: bool


class ReportShown(Output):
    """`per_second` is how fast it was sent in the last minute; `seconds_left` null where nothing
    can be said. `waiting` are among `queued`: WhatsApp held them back, and they are tried again at
    `next_try_at`. `in_flight` are among `queued` too: being sent, or WhatsApp has not said yet."""

    campaign: CampaignShown
    people: int
    outcomes: OutcomesShown
    funnel: FunnelShown
    failures: list[ReasonShown]
    skips: list[ReasonShown]
    opted_out: int
    waiting: int
    in_flight: int
    next_try_at: int | None
    per_second: float
    seconds_left: int | None
    tier: TierShown
    cost: CostShown


class RecipientShown(Output):
    """`class` of a failure or skip, as in the report; `conversation_id` once there is one."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid", frozen=True)

    id: str
    contact_id: str | None
    name: str | None
    phone: str | None
    outcome: str
    class_: Annotated[str | None, Field(alias="class", serialization_alias="class")]
    reason: str | None
    tries: int
    conversation_id: str | None
    wamid: str | None
    values: dict[str, str]
    sent_at: int | None
    updated_at: int


class RecipientPage(Output):
    """With a filter, a page may hold fewer than were asked for and still have a next."""

    items: list[RecipientShown]
    next_cursor: str | None


class CampaignExportShown(Output):
    """`status` is running, done or failed; `url` is good for an hour."""

    id: str
    status: str
    done: int
    total: int | None
    url: str | None


class ComparedShown(Output):
    campaign: CampaignShown
    people: int
    outcomes: OutcomesShown
    funnel: FunnelShown
    opted_out: int
    cost: CostShown


class Comparison(Output):
    items: list[ComparedShown]
