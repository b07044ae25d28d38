"""A workspace's message templates, as its WhatsApp accounts have them.

Meta has the last word: what is here follows what it says, by webhooks at once and by a comparison
(`sync`) each day. A template is kept by account, name and language, since one name has an id of
Meta's per language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import cursors, keys
from shared.store.audit import Actor, Change, entry
from shared.store.pages import below, rest
from shared.store.partitions import items
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

APPROVED: Final = "APPROVED"
PENDING: Final = "PENDING"
PAUSED: Final = "PAUSED"
DELETED: Final = "DELETED"
_AT_ONCE: Final = 200
_SKEW_MS: Final = 60_000  # by how much Meta's clock and ours may differ, and a webhook be late


class TemplateNotFoundError(Exception):
    """There is no such template."""


@dataclass(frozen=True, slots=True)
class Template:
    """`status`, `category`, `quality` and `components` as Meta has them. `reason` is Meta's word
    for why it is not approved, `details` says it in a sentence. `becomes` is the category that it
    is announced to get at `changes_at`. `edited_at`: when an approved one was edited. `told_at` is
    the time of Meta's last word on it. All times in milliseconds."""

    waba_id: str
    name: str
    language: str
    meta_id: str
    category: str
    status: str
    components: list[JsonObject]
    parameter_format: str = "POSITIONAL"
    quality: str = ""
    reason: str = ""
    details: str = ""
    becomes: str = ""
    changes_at: int = 0
    ttl_seconds: int = 0
    edited_at: tuple[int, ...] = ()
    created_at: int = 0
    updated_at: int = 0
    told_at: int = 0

    @property
    def id(self) -> str:
        """How the API names it. No part of it has a dot."""
        return f"{self.waba_id}.{self.name}.{self.language}"


@dataclass(frozen=True, slots=True)
class Search:
    """What a list is narrowed by; empty is everything. `text` is looked for in names and texts."""

    text: str = ""
    status: str = ""
    category: str = ""
    language: str = ""
    waba_id: str = ""

    def fits(self, one: Template) -> bool:
        return (
            self.status in ("", one.status)
            and self.category in ("", one.category)
            and self.language in ("", one.language)
            and self.waba_id in ("", one.waba_id)
            and (not self.text or self.text.lower() in _words(one))
        )


@dataclass(frozen=True, slots=True)
class SyncState:
    """Of one account. `reason` says why the last comparison failed, empty if it did not."""

    waba_id: str
    asked_at: int = 0
    synced_at: int = 0
    reason: str = ""


class Templates:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def get(self, template_id: str) -> Template:
        """By the API's id. Raises TemplateNotFoundError."""
        waba_id, _, name_and_language = template_id.partition(".")
        name, _, language = name_and_language.rpartition(".")
        found = self.find(waba_id, name, language)
        if found is None:
            raise TemplateNotFoundError(template_id)
        return found

    def find(self, waba_id: str, name: str, language: str) -> Template | None:
        item = self._dynamodb.get_item(
            TableName=self._table,
            Key=self._key(waba_id, name, language),
            ConsistentRead=True,
        ).get("Item")
        return _template(item) if item else None

    def page(
        self, search: Search, limit: int, cursor: str | None
    ) -> tuple[list[Template], str | None]:
        """By account and name. Raises InvalidCursorError."""
        found: list[Template] = []
        for item in self._from(cursor):
            one = _template(item)
            if not search.fits(one):
                continue
            if len(found) == limit:
                return found, cursors.encode(_place(found[-1]))
            found.append(one)
        return found, None

    def all(self, waba_id: str = "") -> Iterator[Template]:
        """Every template of the workspace, or of one account."""
        prefix = f"{keys.TEMPLATES}{waba_id}#" if waba_id else keys.TEMPLATES
        found = items(self._dynamodb, self._table, self._tenant.id, prefix)
        return (_template(item) for item in found)

    def approved(self) -> Iterator[Template]:
        """What may be sent now."""
        return (one for one in self.all() if one.status == APPROVED)

    def put(self, template: Template, *, by: Actor, action: str) -> None:
        """Handed in or edited by somebody."""
        write = {"Put": {"TableName": self._table, "Item": _item(self._tenant, template)}}
        told = self._told(template, by, action, template.updated_at)
        commit(self._dynamodb, [Write(write), told])

    def remove(self, template: Template, *, by: Actor, at: int) -> None:
        """Deleted by somebody."""
        place = self._key(template.waba_id, template.name, template.language)
        write = Write({"Delete": {"TableName": self._table, "Key": place}})
        commit(self._dynamodb, [write, self._told(template, by, "template.deleted", at)])

    def tell(self, template: Template, *, told_at: int, now: int) -> bool:
        """What Meta said at `told_at`. Answers False, and keeps what there is, when Meta has said
        something later."""
        told = replace(template, told_at=told_at, updated_at=now)
        return self._put(told, "told_at <= :at", told_at)

    def tell_gone(self, template: Template, *, told_at: int) -> bool:
        """Meta said that it was deleted. Answers as `tell` does."""
        return self._delete(template, "told_at <= :at", told_at)

    def synced(self, template: Template, *, started: int, now: int) -> bool:
        """How Meta's list has it, which was asked for at `started`. Answers False, and keeps what
        there is, when it was written since then. What Meta said well before is no news then."""
        told_at = max(template.told_at, started - _SKEW_MS)
        seen = replace(template, told_at=told_at, updated_at=now)
        return self._put(seen, "updated_at < :at", started)

    def synced_gone(self, template: Template, *, started: int) -> bool:
        """Meta's list has it no longer. Answers as `synced` does."""
        return self._delete(template, "updated_at < :at", started)

    # How far the comparison with Meta is.

    def syncs(self) -> list[SyncState]:
        found = items(self._dynamodb, self._table, self._tenant.id, keys.TEMPLATE_SYNCS)
        return [
            SyncState(
                rest(item, keys.TEMPLATE_SYNCS),
                int(item["asked_at"]["N"]) if "asked_at" in item else 0,
                int(item["synced_at"]["N"]) if "synced_at" in item else 0,
                item["reason"]["S"] if "reason" in item else "",
            )
            for item in found
        ]

    def sync_asked(self, waba_id: str, at: int) -> None:
        self._mark(waba_id, "SET asked_at = :at", {":at": {"N": str(at)}})

    def sync_done(self, waba_id: str, at: int) -> None:
        self._mark(waba_id, "SET synced_at = :at REMOVE reason", {":at": {"N": str(at)}})

    def sync_failed(self, waba_id: str, at: int, reason: str) -> None:
        values = {":at": {"N": str(at)}, ":reason": {"S": reason}}
        self._mark(waba_id, "SET synced_at = :at, reason = :reason", values)

    def _mark(self, waba_id: str, expression: str, values: JsonObject) -> None:
        self._dynamodb.update_item(
            TableName=self._table,
            Key=keys.key(self._tenant.id, f"{keys.TEMPLATE_SYNCS}{waba_id}"),
            UpdateExpression=expression,
            ExpressionAttributeValues=values,
        )

    def _put(self, template: Template, unless: str, at: int) -> bool:
        item = _item(self._tenant, template)
        return self._written(self._dynamodb.put_item, unless, at, Item=item)

    def _delete(self, template: Template, unless: str, at: int) -> bool:
        place = self._key(template.waba_id, template.name, template.language)
        return self._written(self._dynamodb.delete_item, unless, at, Key=place)

    def _written(self, write: Any, unless: str, at: int, **request: Any) -> bool:
        try:
            write(
                TableName=self._table,
                ConditionExpression=f"attribute_not_exists(pk) OR {unless}",
                ExpressionAttributeValues={":at": {"N": str(at)}},
                **request,
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _from(self, cursor: str | None) -> Iterator[JsonObject]:
        while True:
            found, cursor = below(
                self._dynamodb,
                self._table,
                self._tenant,
                keys.TEMPLATES,
                limit=_AT_ONCE,
                cursor=cursor,
            )
            yield from found
            if cursor is None:
                return

    def _key(self, waba_id: str, name: str, language: str) -> JsonObject:
        return keys.key(self._tenant.id, keys.template(waba_id, name, language))

    def _told(self, template: Template, by: Actor, action: str, at: int) -> Write:
        detail = {"name": template.name, "language": template.language}
        change = Change(by, action, template.id, at, detail)
        return entry(self._tenant, self._table, change)


_TEXTS: Final = (
    "meta_id",
    "category",
    "status",
    "parameter_format",
    "quality",
    "reason",
    "details",
    "becomes",
)
_NUMBERS: Final = ("changes_at", "ttl_seconds", "created_at", "updated_at", "told_at")


def _place(template: Template) -> str:
    return f"{template.waba_id}#{template.name}#{template.language}"


def _item(tenant: Tenant, template: Template) -> JsonObject:
    return {
        **keys.key(tenant.id, f"{keys.TEMPLATES}{_place(template)}"),
        **{name: {"S": getattr(template, name)} for name in _TEXTS},
        **{name: {"N": str(getattr(template, name))} for name in _NUMBERS},
        "components": {"S": json.dumps(template.components, separators=(",", ":"))},
        "edited_at": {"S": json.dumps(list(template.edited_at))},
    }


def _template(item: JsonObject) -> Template:
    waba_id, name, language = rest(item, keys.TEMPLATES).split("#")
    plain: dict[str, Any] = {field: item[field]["S"] for field in _TEXTS}
    plain |= {field: int(item[field]["N"]) for field in _NUMBERS}
    return Template(
        waba_id=waba_id,
        name=name,
        language=language,
        components=json.loads(item["components"]["S"]),
        edited_at=tuple(json.loads(item["edited_at"]["S"])),
        **plain,
    )


def _words(template: Template) -> str:
    return " ".join((template.name, *_texts(template.components))).lower()


def _texts(components: Iterable[JsonObject]) -> Iterator[str]:
    for one in components:
        yield str(one.get("text") or "")
        for button in one.get("buttons") or ():
            yield str(button.get("text") or "")
        for card in one.get("cards") or ():
            yield from _texts(card.get("components") or ())
