"""Conversations: one consistent read, one atomic commit, one batch for the log.

The state is one item under optimistic locking. The log beside it is written by number, so writing
it again changes nothing. The summary is the conversation's line in the inbox, and tells up to which
version everything was handed over and logged.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from shared import window as windows
from shared.channels.kinds import HAS_WINDOW, kind_of_channel
from shared.conversation import Contact, Conversation, from_json, to_json
from shared.json_types import JsonObject
from shared.lanes import Identity, contact_id
from shared.standing import Standing
from shared.store import keys
from shared.store.cursors import NAME, NUMBER, decode, encode
from shared.store.log_lines import LogLine, asked_item, log_item, log_line
from shared.store.received_files import ReceivedFile, from_item
from shared.store.traces import Trace, trace_item
from shared.tenancy import Tenant

__all__ = [
    "ConversationChangedError",
    "Conversations",
    "LogLine",
    "LogUnavailableError",
    "LoggedMessage",
    "Opened",
    "Summary",
]

_NEWEST = f"{keys.MESSAGES}~"
_BATCH_LIMIT = 25
_BATCH_ATTEMPTS = 8


class ConversationChangedError(RuntimeError):
    """Somebody else committed since the read. Reading again and applying again is right."""


class LogUnavailableError(RuntimeError):
    """DynamoDB kept refusing a part of the log; the event will be delivered again."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The conversation's line in the inbox. `handed` is the version up to which every effect was
    handed over and every message logged; `last` the newest message's text, direction, type;
    `taken` says which person has it (see `shared.handling.Taken`), None: the bot. `open_until` is
    the window's end in milliseconds; `person` the contact's record, None until there is one."""

    channel: str
    contact: Contact
    handed: int
    last_at: int
    last: JsonObject
    taken: JsonObject | None = None
    open_until: int = 0
    person: str | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation with its summary; `linked` says that the lane asked for is an alias of it."""

    conversation: Conversation
    summary: Summary | None
    linked: bool = False

    @property
    def handed(self) -> int:
        return self.summary.handed if self.summary else 0


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """A message with what became of it: `delivery` is None for the customer's own, `file` unless it
    brought one that was looked after."""

    line: LogLine
    delivery: JsonObject | None
    file: ReceivedFile | None = None


class Conversations:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def open(self, channel: str, contact: str, identities: Sequence[Identity] = ()) -> Opened:
        """The conversation of a lane: one read when it is known by that lane.

        A lane without one is looked for under the person's other identities, and linked to what
        is found; otherwise a new, unstored conversation is answered. A number that somebody has
        left may be another's by now, and leads to nobody.
        """
        found = self._read(channel, contact)
        if found is not None:
            return found
        for identity in identities:
            other = contact_id(channel, identity.kind, identity.value)
            if other == contact or (found := self._read(channel, other)) is None:
                continue
            if found.conversation.contact.is_now_other_than(identity):
                continue
            if found.conversation.contact.id == contact:
                return found  # linked to this lane by a worker that died before its commit
            self._link(channel, contact, found.conversation.contact.id)
            return Opened(found.conversation, found.summary, linked=True)
        return _unstored(channel, contact)

    def commit(self, conversation: Conversation, *, on_top_of: int) -> None:
        """Write the state, its effects and its applied ids at once, on top of exactly the version
        that was read (0: nothing stored). Raises ConversationChangedError when that has moved.
        """
        item = {
            **self._key(conversation.channel, conversation.contact.id, keys.STATE),
            "version": {"N": str(conversation.version)},
            "body": {"S": json.dumps(to_json(conversation), separators=(",", ":"))},
        }
        condition: JsonObject = (
            {
                "ConditionExpression": "version = :before",
                "ExpressionAttributeValues": {":before": {"N": str(on_top_of)}},
            }
            if on_top_of
            else {"ConditionExpression": "attribute_not_exists(pk)"}
        )
        try:
            self._dynamodb.put_item(TableName=self._table, Item=item, **condition)
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            raise ConversationChangedError(conversation.contact.id) from error

    def record(
        self, summary: Summary, lines: Sequence[LogLine], traces: Sequence[Trace] = ()
    ) -> None:
        """Write messages, traces and summary; the summary last, since it says that the rest is
        there."""
        pk = keys.conversation(self._tenant, summary.channel, summary.contact.id)
        items = [log_item(pk, line) for line in lines]
        items += [asked_item(pk, line) for line in lines if line.asked]
        items += [
            trace_item(self._tenant, summary.channel, summary.contact.id, trace) for trace in traces
        ]
        items.append(self._summary_item(pk, summary))
        for start in range(0, len(items), _BATCH_LIMIT):
            self._write(items[start : start + _BATCH_LIMIT])

    def link_identities(self, conversation: Conversation, identities: Sequence[Identity]) -> None:
        """Make a person's other identities lead to this conversation, stored or about to be.
        Lanes that lead somewhere already stay as they are."""
        for identity in identities:
            other = contact_id(conversation.channel, identity.kind, identity.value)
            if other != conversation.contact.id:
                self._link(conversation.channel, other, conversation.contact.id)

    def logged_among(self, channel: str, contact: str, event_ids: Set[str]) -> set[str]:
        """Those of the events that the log has lines of, said or caused. Reads the conversation's
        whole log, once: for the rare events that are too old to be among the remembered ids."""
        logged: set[str] = set()
        start: JsonObject = {}
        while True:
            page = self._dynamodb.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk AND begins_with(sk, :messages)",
                # Deliveries stand among the lines and name no event.
                FilterExpression="attribute_exists(event)",
                ProjectionExpression="event",
                ExpressionAttributeValues={
                    ":pk": {"S": keys.conversation(self._tenant, channel, contact)},
                    ":messages": {"S": keys.MESSAGES},
                },
                ConsistentRead=True,
                **start,
            )
            logged.update(item["event"]["S"] for item in page["Items"])
            if "LastEvaluatedKey" not in page or logged.issuperset(event_ids):
                return logged.intersection(event_ids)
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def inbox(self, limit: int, cursor: str | None) -> tuple[list[Summary], str | None]:
        """The workspace's conversations, newest activity first, and the next page's cursor."""
        return self._newest("inbox", keys.inbox(self._tenant), limit, cursor)

    def of_team(
        self, team: str, limit: int, cursor: str | None
    ) -> tuple[list[Summary], str | None]:
        """Those that were given to a team and not handed back, as `inbox` lists them."""
        return self._newest("team", keys.team_inbox(self._tenant, team), limit, cursor)

    def _newest(
        self, index: str, pk: str, limit: int, cursor: str | None
    ) -> tuple[list[Summary], str | None]:
        request: JsonObject = {}
        if cursor:
            channel, contact, last_at = decode(cursor, NAME, NAME, NUMBER)
            request["ExclusiveStartKey"] = {
                **self._key(channel, contact, keys.SUMMARY),
                f"{index}_pk": {"S": pk},
                "last_at": {"N": last_at},
            }
        page = self._dynamodb.query(
            TableName=self._table,
            IndexName=index,
            KeyConditionExpression=f"{index}_pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ScanIndexForward=False,
            Limit=limit,
            **request,
        )
        summaries = [_summary(item) for item in page["Items"]]
        if "LastEvaluatedKey" not in page:
            return summaries, None
        last = summaries[-1]
        return summaries, encode(last.channel, last.contact.id, str(last.last_at))

    def standing(self, channel: str, contact: str) -> Standing | None:
        """Whether anything may be sent; None for a conversation that is not known here."""
        found = self._dynamodb.get_item(
            TableName=self._table,
            Key=self._key(channel, contact, keys.STATE),
            ConsistentRead=True,
        ).get("Item", {})
        if "body" not in found:
            return None
        state = json.loads(found["body"]["S"])
        blocked = bool((state.get("profile") or {}).get("blocked"))
        windowed = kind_of_channel(channel) in HAS_WINDOW
        return Standing(windows.from_json(state.get("window")), blocked, windowed=windowed)

    def summary(self, channel: str, contact: str) -> Summary | None:
        """The conversation's line in the inbox."""
        found = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(channel, contact, keys.SUMMARY)
        )
        return _summary(found["Item"]) if "Item" in found else None

    def messages(
        self, channel: str, contact: str, limit: int, cursor: str | None
    ) -> tuple[list[LoggedMessage], str | None]:
        """A conversation's messages, newest first, and the next page's cursor."""
        pk = keys.conversation(self._tenant, channel, contact)
        # Just below the oldest message shown: its own delivery sorts above it.
        before = f"{keys.message(int(decode(cursor, NUMBER)[0]) - 1)}~" if cursor else _NEWEST
        page = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :before",
            ExpressionAttributeValues={
                ":pk": {"S": pk},
                ":first": {"S": keys.MESSAGES},
                ":before": {"S": before},
            },
            ScanIndexForward=False,
            Limit=limit * 2,  # a message may have its delivery, or a file, beside it
        )
        found: list[LoggedMessage] = []
        deliveries: dict[str, JsonObject] = {}
        files: dict[str, JsonObject] = {}
        for item in page["Items"]:
            if item["sk"]["S"].endswith("#D"):
                deliveries[item["sk"]["S"]] = item
            elif item["sk"]["S"].endswith("#F"):
                files[item["sk"]["S"]] = item
            else:
                line = log_line(item)
                delivery = deliveries.get(keys.delivery(line.seq))
                file = files.get(keys.received_file(line.seq))
                found.append(LoggedMessage(line, delivery, from_item(file) if file else None))
        more = "LastEvaluatedKey" in page or len(found) > limit
        found = found[:limit]
        if not found or not more:
            return found, None
        return found, encode(str(found[-1].line.seq))

    def asked(self, channel: str, lane: str, id_: str) -> tuple[str, LoggedMessage | None]:
        """The message that a program asked for, None before it is logged; and the conversation
        that its lane leads to."""
        contact = self.open(channel, lane).conversation.contact.id
        found = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(channel, contact, keys.asked(id_))
        )
        if "Item" not in found:
            return contact, None
        seq = int(found["Item"]["seq"]["N"])
        logged, _ = self.messages(channel, contact, 1, encode(str(seq + 1)))
        return contact, logged[0] if logged and logged[0].line.seq == seq else None

    def _read(self, channel: str, contact: str) -> Opened | None:
        items = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :state AND :summary",
            ExpressionAttributeValues={
                ":pk": {"S": keys.conversation(self._tenant, channel, contact)},
                ":state": {"S": keys.STATE},
                ":summary": {"S": keys.SUMMARY},
            },
            ConsistentRead=True,
        )["Items"]
        by_kind = {item["sk"]["S"]: item for item in items}
        state = by_kind.get(keys.STATE)
        if state is None:
            return None
        if "alias_of" in state:
            target = state["alias_of"]["S"]
            found = self._read(channel, target) or _unstored(channel, target)
            return Opened(found.conversation, found.summary, linked=True)
        summary = by_kind.get(keys.SUMMARY)
        return Opened(
            from_json(channel, int(state["version"]["N"]), json.loads(state["body"]["S"])),
            _summary(summary) if summary else None,
        )

    def _link(self, channel: str, lane_contact: str, contact: str) -> None:
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item={
                    **self._key(channel, lane_contact, keys.STATE),
                    "alias_of": {"S": contact},
                },
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def _write(self, items: Sequence[JsonObject]) -> None:
        pending: Any = {self._table: [{"PutRequest": {"Item": item}} for item in items]}
        for attempt in range(_BATCH_ATTEMPTS):
            pending = self._dynamodb.batch_write_item(RequestItems=pending).get("UnprocessedItems")
            if not pending:
                return
            time.sleep(random.uniform(0, 0.05 * 2**attempt))
        raise LogUnavailableError(f"{len(pending[self._table])} items")

    def _key(self, channel: str, contact: str, sk: str) -> JsonObject:
        return keys.key(keys.conversation(self._tenant, channel, contact), sk)

    def _summary_item(self, pk: str, summary: Summary) -> JsonObject:
        team = (summary.taken or {}).get("team")
        return {
            **keys.key(pk, keys.SUMMARY),
            **({"team_pk": {"S": keys.team_inbox(self._tenant, team)}} if team else {}),
            "inbox_pk": {"S": keys.inbox(self._tenant)},
            "last_at": {"N": str(summary.last_at)},
            "handed": {"N": str(summary.handed)},
            "channel": {"S": summary.channel},
            "body": {
                "S": json.dumps(
                    {
                        "contact": _contact_json(summary.contact),
                        "last": summary.last,
                        "taken": summary.taken,
                        "open_until": summary.open_until,
                        "person": summary.person,
                        "blocked": summary.blocked,
                    },
                    separators=(",", ":"),
                )
            },
        }


def _unstored(channel: str, contact: str) -> Opened:
    return Opened(Conversation(channel=channel, contact=Contact(id=contact)), None)


def _summary(item: JsonObject) -> Summary:
    body = json.loads(item["body"]["S"])
    return Summary(
        channel=item["channel"]["S"],
        contact=Contact(**body["contact"]),
        handed=int(item["handed"]["N"]),
        last_at=int(item["last_at"]["N"]),
        last=body["last"],
        taken=body.get("taken"),
        open_until=body.get("open_until", 0),
        person=body.get("person"),
        blocked=body.get("blocked", False),
    )


def _contact_json(contact: Contact) -> JsonObject:
    names = ("id", "wa_id", "bsuid", "lid", "name", "username")
    return {name: value for name in names if (value := getattr(contact, name)) is not None}
