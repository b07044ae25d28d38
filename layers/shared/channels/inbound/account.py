"""What Meta tells of accounts, numbers and templates, as typed events; nothing here raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from shared.channels.found import AccountChange
from shared.channels.inbound.fields import obj, objs, text, whole
from shared.channels.times import milliseconds
from shared.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """`id` tells templates apart: one name has an id per language."""

    id: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class TemplateStatus:
    """`event` as Meta names it: APPROVED, REJECTED, PAUSED, … `details` is why, in words."""

    template: TemplateRef
    event: str
    category: str
    reason: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class TemplateQuality:
    """Scores are GREEN, YELLOW, RED or UNKNOWN."""

    template: TemplateRef
    previous: str
    score: str


@dataclass(frozen=True, slots=True)
class TemplateCategory:
    """`category` is the current one. `becomes` is another where a change is announced for
    `changes_at` (milliseconds)."""

    template: TemplateRef
    category: str
    previous: str = ""
    becomes: str = ""
    changes_at: int | None = None


@dataclass(frozen=True, slots=True)
class TemplateComponents:
    """The template was edited; `buttons` in Meta's shape."""

    template: TemplateRef
    header: str
    body: str
    footer: str
    buttons: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True)
class NumberQuality:
    """`daily_limit` is how many people may be written to in 24 hours: a number (-1 without end), or
    the name of a tier."""

    display_phone_number: str
    event: str
    daily_limit: int | str | None


@dataclass(frozen=True, slots=True)
class NumberName:
    display_phone_number: str
    decision: str
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Capability:
    """What the business may do; `daily_limit` as in NumberQuality."""

    daily_limit: int | str | None
    numbers_per_business: int | None
    numbers_per_account: int | None


@dataclass(frozen=True, slots=True)
class AccountUpdate:
    """`event` as Meta names it; `details` is the whole value, which differs by event."""

    event: str
    details: JsonObject


@dataclass(frozen=True, slots=True)
class AccountAlert:
    kind: str
    severity: str
    status: str
    description: str
    entity_type: str
    entity_id: str


@dataclass(frozen=True, slots=True)
class AccountReview:
    decision: str


@dataclass(frozen=True, slots=True)
class Security:
    """For example PIN_CHANGED; `requester` is whoever asked for it."""

    display_phone_number: str
    event: str
    requester: str


@dataclass(frozen=True, slots=True)
class Username:
    """The number's own."""

    display_phone_number: str
    username: str
    status: str


@dataclass(frozen=True, slots=True)
class AppContact:
    """A contact on the phone that shares the number was added or removed (`action`)."""

    action: str
    phone: str
    user_id: str
    full_name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class AppContacts:
    changes: tuple[AppContact, ...]


@dataclass(frozen=True, slots=True)
class HistorySync:
    """How far the phone's history has come, in percent; `error` is Meta's code where there is none,
    since the business declined."""

    phase: int | None
    progress: int | None
    error: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OtherAccountEvent:
    """Of a field that nothing here looks into."""

    field: str
    value: JsonObject


AccountEvent: TypeAlias = (
    TemplateStatus
    | TemplateQuality
    | TemplateCategory
    | TemplateComponents
    | NumberQuality
    | NumberName
    | Capability
    | AccountUpdate
    | AccountAlert
    | AccountReview
    | Security
    | Username
    | AppContacts
    | HistorySync
    | OtherAccountEvent
)


def parse_account(change: AccountChange) -> AccountEvent:
    read = _FIELDS.get(change.field)
    return read(change.value) if read else OtherAccountEvent(change.field, change.value)


def _template(value: JsonObject) -> TemplateRef:
    return TemplateRef(
        text(value, "message_template_id"),
        text(value, "message_template_name"),
        text(value, "message_template_language"),
    )


def _status(value: JsonObject) -> TemplateStatus:
    rejection, other = obj(value, "rejection_info"), obj(value, "other_info")
    disabled = text(obj(value, "disable_info"), "disable_date")
    details = [
        *(text(rejection, name) for name in ("reason", "recommendation")),
        *(text(other, name) for name in ("title", "description")),
        disabled,
    ]
    reason = text(value, "reason")
    return TemplateStatus(
        _template(value),
        text(value, "event"),
        text(value, "message_template_category"),
        "" if reason == "NONE" else reason,
        " ".join(detail for detail in details if detail),
    )


def _quality(value: JsonObject) -> TemplateQuality:
    return TemplateQuality(
        _template(value), text(value, "previous_quality_score"), text(value, "new_quality_score")
    )


def _category(value: JsonObject) -> TemplateCategory:
    """An announcement names as `new_category` the one that is still in force."""
    changes_at = milliseconds(value.get("category_update_timestamp"), 0)
    return TemplateCategory(
        _template(value),
        category=text(value, "new_category"),
        previous=text(value, "previous_category"),
        becomes=text(value, "correct_category"),
        changes_at=changes_at or None,
    )


def _components(value: JsonObject) -> TemplateComponents:
    return TemplateComponents(
        _template(value),
        header=text(value, "message_template_title"),
        body=text(value, "message_template_element"),
        footer=text(value, "message_template_footer"),
        buttons=tuple(objs(value, "message_template_buttons")),
    )


def _limit(value: JsonObject) -> int | str | None:
    """Its older names are `current_limit` and a tier."""
    name = "max_daily_conversations_per_business"
    return whole(value, name) or text(value, name) or text(value, "current_limit") or None


def _capability(value: JsonObject) -> Capability:
    return Capability(
        daily_limit=_limit(value),
        numbers_per_business=whole(value, "max_phone_numbers_per_business"),
        numbers_per_account=whole(value, "max_phone_numbers_per_waba"),
    )


def _alert(value: JsonObject) -> AccountAlert:
    """The alert stands in an object of its own, or beside the entity by older webhooks."""
    alert = obj(value, "alert_info") or value
    return AccountAlert(
        kind=text(alert, "alert_type"),
        severity=text(alert, "alert_severity"),
        status=text(alert, "alert_status"),
        description=text(alert, "alert_description"),
        entity_type=text(value, "entity_type"),
        entity_id=text(value, "entity_id"),
    )


def _app_contacts(value: JsonObject) -> AppContacts:
    return AppContacts(
        tuple(
            AppContact(
                action=text(one, "action"),
                phone=text(obj(one, "contact"), "phone_number"),
                user_id=text(obj(one, "contact"), "user_id"),
                full_name=text(obj(one, "contact"), "full_name"),
                first_name=text(obj(one, "contact"), "first_name"),
            )
            for one in objs(value, "state_sync")
        )
    )


def _history(value: JsonObject) -> HistorySync:
    progress, error = obj(value, "metadata"), next(iter(objs(value, "errors")), {})
    return HistorySync(
        phase=whole(progress, "phase"),
        progress=whole(progress, "progress"),
        error=whole(error, "code"),
        reason=text(error, "title"),
    )


def _number_of(kind: Callable[..., Any], *names: str) -> Callable[[JsonObject], Any]:
    return lambda value: kind(*(text(value, name) for name in ("display_phone_number", *names)))


_FIELDS: Final[Mapping[str, Callable[[JsonObject], AccountEvent]]] = {
    "message_template_status_update": _status,
    "message_template_quality_update": _quality,
    "template_category_update": _category,
    "message_template_components_update": _components,
    "phone_number_quality_update": lambda value: NumberQuality(
        text(value, "display_phone_number"), text(value, "event"), _limit(value)
    ),
    "phone_number_name_update": _number_of(
        NumberName, "decision", "requested_verified_name", "rejection_reason"
    ),
    "business_capability_update": _capability,
    "account_update": lambda value: AccountUpdate(text(value, "event"), value),
    "account_alerts": _alert,
    "account_review_update": lambda value: AccountReview(text(value, "decision")),
    "security": _number_of(Security, "event", "requester"),
    "business_username_updates": _number_of(Username, "username", "status"),
    "smb_app_state_sync": _app_contacts,
    "history": _history,
}
