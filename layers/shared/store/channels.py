"""A workspace's channels: numbers on Meta's Cloud API and linked phones, with state and health.

The record is the workspace's own. What must be found by a number or an account alone has twins in
the directory, written in the same transaction, which refuses what another workspace has.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from shared.channels.kinds import BAILEYS, CLOUD_API
from shared.channels.throughput import per_second
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.directory import Number, number_item
from shared.store.pages import below, rest
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

PLATFORM: Final = "platform"  # through the platform's own Meta app
OWN_APP: Final = "own_app"  # through a Meta app of the workspace's own
CONNECTED: Final = "connected"
NEEDS_ATTENTION: Final = "needs_attention"
DISCONNECTED: Final = "disconnected"
MOST_CHANNELS: Final = 100

_OURS = "attribute_not_exists(pk) OR tenant_id = :tenant"


class ChannelNotFoundError(Exception):
    """The workspace has no such channel."""


class NumberTakenError(Exception):
    """The number, or its WhatsApp account, is connected to another workspace."""


class ChannelGoneError(Exception):
    """The channel was disconnected meanwhile."""


@dataclass(frozen=True, slots=True)
class Health:
    """As Meta names things; empty where Meta has not said yet. `history` is how much of the phone's
    has come, in percent, or "declined"; `portfolio` the id of the business that the account is
    of."""

    quality: str = ""
    messaging_limit: str = ""
    throughput: str = ""
    name_status: str = ""
    username: str = ""
    username_status: str = ""
    history: str = ""
    portfolio: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """`id` is Meta's phone_number_id. A linked phone (`kind` BAILEYS) has one made of its number,
    and no account. `reason` says what is the matter where something is; `warning` what people
    should know of besides, though it works. Times in milliseconds."""

    id: str
    kind: str
    waba_id: str
    display_phone_number: str
    name: str
    flow_id: str
    app_id: str = ""
    coexistence: bool = False
    state: str = CONNECTED
    reason: str = ""
    health: Health = field(default_factory=Health)
    warning: str = ""
    warned_at: int = 0
    created_at: int = 0
    updated_at: int = 0


@dataclass(frozen=True, slots=True)
class Secrets:
    """All sealed for the tenant. `app` as `Number.sealed_app`; `pin` is the two-step PIN;
    `webhook_hash` as in `Number`, of a linked phone, which has no other secret."""

    token: bytes = b""
    app: bytes | None = None
    pin: bytes | None = None
    webhook_hash: str = ""


class Channels:
    """`workspaces` and `directory` name the tables; `dynamodb` reaches the tenant's keys and the
    directory's twins."""

    def __init__(self, tenant: Tenant, workspaces: str, directory: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._workspaces = workspaces
        self._directory = directory
        self._dynamodb = dynamodb

    def get(self, channel_id: str) -> Channel:
        """Raises ChannelNotFoundError."""
        return _channel(self._item(channel_id))

    def sealed_pin(self, channel_id: str) -> bytes | None:
        """The two-step PIN, where one is known."""
        item = self._find(channel_id)
        return bytes(item["sealed_pin"]["B"]) if item and "sealed_pin" in item else None

    def keep_pin(self, channel_id: str, sealed: bytes) -> None:
        """Raises ChannelGoneError."""
        commit(self._dynamodb, [self._update(channel_id, {"sealed_pin": sealed})])

    def page(self, limit: int, cursor: str | None) -> tuple[list[Channel], str | None]:
        """Raises InvalidCursorError."""
        items, next_cursor = below(
            self._dynamodb,
            self._workspaces,
            self._tenant,
            keys.CHANNELS,
            limit=limit,
            cursor=cursor,
        )
        return [_channel(item) for item in items], next_cursor

    def of_account(self, waba_id: str) -> list[Channel]:
        """Those that are not disconnected."""
        channels, _ = self.page(MOST_CHANNELS, None)
        return [one for one in channels if one.waba_id == waba_id and one.state != DISCONNECTED]

    def connect(self, channel: Channel, secrets: Secrets, *, by: Actor, at: int) -> Channel:
        """Also one that was connected before: its secrets and state are then the new ones.

        Raises NumberTakenError.
        """
        known = self._find(channel.id)
        made = replace(
            channel,
            created_at=_channel(known).created_at if known else at,
            updated_at=at,
        )
        item = _item(self._tenant, made)
        if secrets.pin is not None:
            item["sealed_pin"] = {"B": secrets.pin}
        taken = NumberTakenError(channel.id)
        writes = [
            Write({"Put": {"TableName": self._workspaces, "Item": item}}),
            self._put_twin(number_item(self._number(made, secrets)), taken),
            self._tell(by, "channel.connected", made, at),
        ]
        if channel.waba_id:
            account = {
                **keys.key(keys.account(channel.waba_id), keys.ACCOUNT),
                "tenant_id": {"S": self._tenant.id},
            }
            writes.append(self._put_twin(account, taken))
        commit(self._dynamodb, writes)
        return made

    def mark(self, channel_id: str, state: str, reason: str, *, at: int) -> bool:
        """Connected, or needing attention: then its queue is held for that reason. Answers whether
        the state is another now. Raises ChannelNotFoundError or ChannelGoneError."""
        before = self.get(channel_id)
        changes = {"state": state, "reason": reason, "updated_at": at}
        commit(
            self._dynamodb,
            [
                self._update(channel_id, changes),
                self._update_twin(channel_id, {"held": reason})
                if state == NEEDS_ATTENTION
                else self._update_twin(channel_id, {}, "held"),
            ],
        )
        return before.state != state

    def warn(self, channel_id: str, warning: str, *, at: int) -> bool:
        """Empty when it is over. Answers whether it is news. Raises ChannelNotFoundError or
        ChannelGoneError."""
        if self.get(channel_id).warning == warning:
            return False
        commit(self._dynamodb, [self._update(channel_id, {"warning": warning, "warned_at": at})])
        return bool(warning)

    def set_health(self, channel_id: str, *, at: int, **changes: str) -> None:
        """Only what Meta has told: names are those of Health. Raises ChannelNotFoundError or
        ChannelGoneError."""
        channel = self.get(channel_id)
        rate = per_second(
            changes.get("throughput", channel.health.throughput), coexistence=channel.coexistence
        )
        commit(
            self._dynamodb,
            [
                self._update(channel_id, {**changes, "updated_at": at}),
                self._update_twin(channel_id, {"per_second": rate}),
            ],
        )

    def change(
        self, channel_id: str, *, name: str | None, flow_id: str | None, by: Actor, at: int
    ) -> Channel:
        """Raises ChannelNotFoundError or ChannelGoneError."""
        channel = self.get(channel_id)
        changed = replace(
            channel,
            name=channel.name if name is None else name,
            flow_id=channel.flow_id if flow_id is None else flow_id,
            updated_at=at,
        )
        shown = {"name": changed.name, "flow_id": changed.flow_id}
        commit(
            self._dynamodb,
            [
                self._update(channel_id, {**shown, "updated_at": at}),
                self._update_twin(channel_id, shown),
                self._tell(by, "channel.changed", changed, at),
            ],
        )
        return changed

    def disconnect(self, channel_id: str, *, by: Actor, at: int) -> Channel:
        """The record stays, since conversations name it; every secret goes.

        Raises ChannelNotFoundError.
        """
        channel = self.get(channel_id)
        gone = replace(channel, state=DISCONNECTED, reason="", updated_at=at)
        if channel.state == DISCONNECTED:
            return channel
        put = {"TableName": self._workspaces, "Item": _item(self._tenant, gone)}
        writes = [
            Write({"Put": put}),
            self._delete_twin(keys.number(channel_id), keys.NUMBER),
            self._tell(by, "channel.disconnected", gone, at),
        ]
        if channel.waba_id and len(self.of_account(channel.waba_id)) == 1:
            writes.append(self._delete_twin(keys.account(channel.waba_id), keys.ACCOUNT))
        commit(self._dynamodb, writes)
        return gone

    def _number(self, channel: Channel, secrets: Secrets) -> Number:
        return Number(
            phone_number_id=channel.id,
            tenant_id=self._tenant.id,
            display_phone_number=channel.display_phone_number,
            name=channel.name,
            flow_id=channel.flow_id,
            sealed_token=secrets.token,
            waba_id=channel.waba_id,
            per_second=per_second(channel.health.throughput, coexistence=channel.coexistence),
            held=channel.reason if channel.state == NEEDS_ATTENTION else None,
            sealed_app=secrets.app,
            kind=BAILEYS if channel.kind == BAILEYS else CLOUD_API,
            webhook_hash=secrets.webhook_hash,
        )

    def _find(self, channel_id: str) -> JsonObject | None:
        item: JsonObject | None = self._dynamodb.get_item(
            TableName=self._workspaces,
            Key=keys.key(self._tenant.id, keys.channel(channel_id)),
            ConsistentRead=True,
        ).get("Item")
        return item

    def _item(self, channel_id: str) -> JsonObject:
        item = self._find(channel_id)
        if item is None:
            raise ChannelNotFoundError(channel_id)
        return item

    def _update(self, channel_id: str, changes: JsonObject) -> Write:
        place = keys.key(self._tenant.id, keys.channel(channel_id))
        update = _update(self._workspaces, place, changes, "attribute_exists(pk)")
        return Write({"Update": update}, ChannelGoneError(channel_id))

    def _update_twin(self, channel_id: str, changes: JsonObject, *removed: str) -> Write:
        place = keys.key(keys.number(channel_id), keys.NUMBER)
        update = _update(self._directory, place, changes, "tenant_id = :tenant", *removed)
        values = update.setdefault("ExpressionAttributeValues", {})
        values[":tenant"] = {"S": self._tenant.id}
        return Write({"Update": update}, ChannelGoneError(channel_id))

    def _put_twin(self, item: JsonObject, taken: NumberTakenError) -> Write:
        return Write(
            {
                "Put": {
                    "TableName": self._directory,
                    "Item": item,
                    "ConditionExpression": _OURS,
                    "ExpressionAttributeValues": {":tenant": {"S": self._tenant.id}},
                }
            },
            taken,
        )

    def _delete_twin(self, pk: str, sk: str) -> Write:
        return Write(
            {
                "Delete": {
                    "TableName": self._directory,
                    "Key": keys.key(pk, sk),
                    "ConditionExpression": _OURS,
                    "ExpressionAttributeValues": {":tenant": {"S": self._tenant.id}},
                }
            }
        )

    def _tell(self, by: Actor, action: str, channel: Channel, at: int) -> Write:
        detail = {"number": channel.display_phone_number, "kind": channel.kind}
        return entry(self._tenant, self._workspaces, Change(by, action, channel.id, at, detail))


def _update(
    table: str, place: JsonObject, changes: JsonObject, condition: str, *removed: str
) -> JsonObject:
    values = {f":{name}": _wire(value) for name, value in changes.items()}
    sets = ", ".join(f"#{name} = :{name}" for name in changes)
    update: JsonObject = {
        "TableName": table,
        "Key": place,
        "UpdateExpression": " ".join(
            [*([f"SET {sets}"] if sets else []), *(f"REMOVE #{name}" for name in removed)]
        ),
        "ConditionExpression": condition,
        # Many an attribute's name is a reserved word.
        "ExpressionAttributeNames": {f"#{name}": name for name in (*changes, *removed)},
    }
    if values:
        update["ExpressionAttributeValues"] = values
    return update


def _wire(value: object) -> JsonObject:
    if isinstance(value, bytes):
        return {"B": value}
    return {"N": str(value)} if isinstance(value, int) else {"S": str(value)}


_TEXTS = ("kind", "waba_id", "display_phone_number", "name", "flow_id", "app_id", "state", "reason")
_HEALTH = tuple(one.name for one in fields(Health))


def _item(tenant: Tenant, channel: Channel) -> JsonObject:
    return {
        **keys.key(tenant.id, keys.channel(channel.id)),
        **{name: {"S": getattr(channel, name)} for name in _TEXTS},
        **{name: {"S": getattr(channel.health, name)} for name in _HEALTH},
        "coexistence": {"BOOL": channel.coexistence},
        "warning": {"S": channel.warning},
        "warned_at": {"N": str(channel.warned_at)},
        "created_at": {"N": str(channel.created_at)},
        "updated_at": {"N": str(channel.updated_at)},
    }


def _channel(item: JsonObject) -> Channel:
    return Channel(
        id=rest(item, keys.CHANNELS),
        coexistence=item["coexistence"]["BOOL"],
        health=Health(**{name: item[name]["S"] for name in _HEALTH if name in item}),
        warning=item["warning"]["S"],
        warned_at=int(item["warned_at"]["N"]),
        created_at=int(item["created_at"]["N"]),
        updated_at=int(item["updated_at"]["N"]),
        **{name: item[name]["S"] for name in _TEXTS},
    )
