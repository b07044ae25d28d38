"""Webhooks of a workspace: the addresses that are told what happens in it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from shared.ids import new_id
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.pages import below, rest
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

MOST: Final = 20
ACTIVE: Final = "active"
PAUSED: Final = "paused"  # by a person
DISABLED: Final = "disabled"  # by us, after it had failed for long


class WebhookNotFoundError(Exception):
    """The workspace has no such webhook."""


class TooManyWebhooksError(Exception):
    """The workspace has as many webhooks as any may have."""


class WebhookChangedError(Exception):
    """Somebody else changed the webhook since it was read."""


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """A signing secret. `until` (milliseconds) is set on one that was replaced."""

    sealed: bytes
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """`failing_since` (milliseconds) is when the first of an unbroken row of failures was."""

    id: str
    url: str
    types: tuple[str, ...]
    description: str
    secrets: tuple[SealedSecret, ...]
    created_at: int
    state: str = ACTIVE
    reason: str | None = None
    failing_since: int | None = None
    revision: int = 1


class Webhooks:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def all(self) -> list[Webhook]:
        """There are never more than MOST."""
        items, _ = below(
            self._dynamodb, self._table, self._tenant, keys.WEBHOOKS, limit=100, cursor=None
        )
        return [_webhook(item) for item in items]

    def wanted(self) -> frozenset[str]:
        """The types of notices that an active webhook is subscribed to."""
        return frozenset(
            type_ for webhook in self.all() if webhook.state == ACTIVE for type_ in webhook.types
        )

    def get(self, webhook_id: str) -> Webhook:
        """Raises WebhookNotFoundError."""
        item = self._dynamodb.get_item(**self._place(webhook_id), ConsistentRead=True).get("Item")
        if item is None:
            raise WebhookNotFoundError(webhook_id)
        return _webhook(item)

    def create(
        self,
        url: str,
        types: Collection[str],
        description: str,
        secret: bytes,
        *,
        by: Actor,
        at: int,
    ) -> Webhook:
        """Raises TooManyWebhooksError."""
        if len(self.all()) >= MOST:
            raise TooManyWebhooksError
        made = Webhook(
            id=new_id(),
            url=url,
            types=tuple(sorted(set(types))),
            description=description,
            secrets=(SealedSecret(secret),),
            created_at=at,
        )
        self._commit(made, "webhook.created", by, at, before=None)
        return made

    def change(self, changed: Webhook, *, by: Actor, at: int) -> Webhook:
        """Store a changed copy of what was read. Raises WebhookChangedError."""
        after = replace(changed, revision=changed.revision + 1)
        self._commit(after, "webhook.changed", by, at, before=changed.revision)
        return after

    def delete(self, webhook_id: str, *, by: Actor, at: int) -> None:
        """Raises WebhookNotFoundError."""
        gone = self.get(webhook_id)
        is_there = {"ConditionExpression": "attribute_exists(pk)"}
        commit(
            self._dynamodb,
            [
                Write(
                    {"Delete": {**self._place(webhook_id), **is_there}},
                    WebhookNotFoundError(webhook_id),
                ),
                self._tell(by, "webhook.deleted", gone, at),
            ],
        )

    def worked(self, webhook: Webhook) -> None:
        """A delivery succeeded: the row of failures is broken."""
        if webhook.failing_since is not None:
            self._note("REMOVE failing_since", webhook.id)

    def failed(self, webhook: Webhook, at: int) -> None:
        """A delivery failed; the first of a row is remembered."""
        if webhook.failing_since is None:
            self._note(
                "SET failing_since = if_not_exists(failing_since, :at)",
                webhook.id,
                {":at": {"N": str(at)}},
            )

    def disable(self, webhook: Webhook, reason: str, *, by: Actor, at: int) -> bool:
        """Stop telling it anything; answers whether this call did. What a person changed meanwhile
        stands."""
        stopped = replace(webhook, state=DISABLED, reason=reason)
        try:
            self.change(stopped, by=by, at=at)
        except WebhookChangedError:
            return False
        return True

    def _note(self, expression: str, webhook_id: str, values: JsonObject | None = None) -> None:
        """Keeps the revision: nobody edits what this changes."""
        request: JsonObject = {
            **self._place(webhook_id),
            "UpdateExpression": expression,
            "ConditionExpression": "attribute_exists(pk)",
        }
        if values:
            request["ExpressionAttributeValues"] = values
        try:
            self._dynamodb.update_item(**request)
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return  # deleted meanwhile

    def _commit(
        self, webhook: Webhook, action: str, by: Actor, at: int, *, before: int | None
    ) -> None:
        condition: JsonObject = (
            {"ConditionExpression": "attribute_not_exists(pk)"}
            if before is None
            else {
                "ConditionExpression": "revision = :before",
                "ExpressionAttributeValues": {":before": {"N": str(before)}},
            }
        )
        put = {"TableName": self._table, "Item": self._item(webhook), **condition}
        commit(
            self._dynamodb,
            [
                Write({"Put": put}, WebhookChangedError(webhook.id)),
                self._tell(by, action, webhook, at),
            ],
        )

    def _tell(self, by: Actor, action: str, webhook: Webhook, at: int) -> Write:
        detail: JsonObject = {
            "url": webhook.url,
            "types": list(webhook.types),
            "state": webhook.state,
        }
        if webhook.reason:
            detail["reason"] = webhook.reason
        return entry(self._tenant, self._table, Change(by, action, webhook.id, at, detail))

    def _item(self, webhook: Webhook) -> JsonObject:
        item: JsonObject = {
            **keys.key(self._tenant.id, keys.webhook(webhook.id)),
            "url": {"S": webhook.url},
            "types": {"SS": list(webhook.types)},
            "description": {"S": webhook.description},
            "secrets": {"L": [_secret_item(secret) for secret in webhook.secrets]},
            "created_at": {"N": str(webhook.created_at)},
            "state": {"S": webhook.state},
            "revision": {"N": str(webhook.revision)},
        }
        if webhook.reason is not None:
            item["reason"] = {"S": webhook.reason}
        if webhook.failing_since is not None:
            item["failing_since"] = {"N": str(webhook.failing_since)}
        return item

    def _place(self, webhook_id: str) -> JsonObject:
        return {
            "TableName": self._table,
            "Key": keys.key(self._tenant.id, keys.webhook(webhook_id)),
        }


def wanted_by(table: str, dynamodb: Any) -> Callable[[Tenant], frozenset[str]]:
    """Which types of notices a workspace has subscribed to, asked anew each time."""
    return lambda tenant: Webhooks(tenant, table, dynamodb).wanted()


def _secret_item(secret: SealedSecret) -> JsonObject:
    until = {"until": {"N": str(secret.until)}} if secret.until is not None else {}
    return {"M": {"sealed": {"B": secret.sealed}, **until}}


def _webhook(item: JsonObject) -> Webhook:
    return Webhook(
        id=rest(item, keys.WEBHOOKS),
        url=item["url"]["S"],
        types=tuple(sorted(item["types"]["SS"])),
        description=item["description"]["S"],
        secrets=tuple(
            SealedSecret(
                bytes(one["M"]["sealed"]["B"]),
                int(one["M"]["until"]["N"]) if "until" in one["M"] else None,
            )
            for one in item["secrets"]["L"]
        ),
        created_at=int(item["created_at"]["N"]),
        state=item["state"]["S"],
        reason=item["reason"]["S"] if "reason" in item else None,
        failing_since=int(item["failing_since"]["N"]) if "failing_since" in item else None,
        revision=int(item["revision"]["N"]),
    )
