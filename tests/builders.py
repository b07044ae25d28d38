"""Webhook bodies, queue records and tables, with defaults that tests override."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from typing import Any

from shared.events import LaneEvents, to_body
from shared.json_types import JsonObject
from shared.queues import encode

PHONE_NUMBER_ID = "200300400500600"
APP_SECRET = "app-secret-of-tests"
WA_ID = "16505550123"
BSUID = "US.10000000000000000001"
AT = 1_795_430_400


def text_message(
    text: str = "Hi",
    *,
    id_: str = "wamid.1",
    wa_id: str | None = WA_ID,
    bsuid: str | None = BSUID,
    at: int = AT,
    **extra: Any,
) -> JsonObject:
    message: JsonObject = {
        "id": id_,
        "timestamp": str(at),
        "type": "text",
        "text": {"body": text},
        **extra,
    }
    if wa_id:
        message["from"] = wa_id
    if bsuid:
        message["from_user_id"] = bsuid
    return message


def value(
    *,
    messages: list[JsonObject] | None = None,
    statuses: list[JsonObject] | None = None,
    contacts: list[JsonObject] | None = None,
    phone_number_id: str = PHONE_NUMBER_ID,
) -> JsonObject:
    built: JsonObject = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "15550001111",
            "phone_number_id": phone_number_id,
        },
    }
    if messages is not None:
        built["messages"] = messages
        built["contacts"] = contacts or [
            {"profile": {"name": "Ana"}, "wa_id": WA_ID, "user_id": BSUID}
        ]
    if statuses is not None:
        built["statuses"] = statuses
    return built


def webhook_body(*values: JsonObject, field: str = "messages") -> JsonObject:
    return {
        "object": "whatsapp_business_account",
        "entry": [
            {"id": "100200300400500", "changes": [{"field": field, "value": one}]} for one in values
        ],
    }


def status(
    name: str = "sent", *, callback: str | None = "kabar:1:contact:2", **extra: Any
) -> JsonObject:
    built: JsonObject = {"id": "wamid.out", "status": name, "timestamp": str(AT), **extra}
    if callback is not None:
        built["biz_opaque_callback_data"] = callback
    return built


def signature(raw: bytes, secret: str = APP_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def http_post(
    raw: bytes, *, secret: str = APP_SECRET, base64: bool = False, sign: bool = True
) -> JsonObject:
    headers = {"content-type": "application/json"}
    if sign:
        headers["x-hub-signature-256"] = signature(raw, secret)
    return {
        "version": "2.0",
        "requestContext": {"http": {"method": "POST", "path": "/webhook"}},
        "headers": headers,
        "body": b64encode(raw).decode() if base64 else raw.decode(),
        "isBase64Encoded": base64,
    }


def meta_bytes(body: JsonObject) -> bytes:
    """As Meta writes JSON: every non-ASCII character escaped, before signing."""
    return json.dumps(body, separators=(",", ":")).encode()


def sqs_record(
    body: JsonObject | str, *, id_: str = "record-1", group: str = "group", receives: int = 1
) -> JsonObject:
    return {
        "messageId": id_,
        "receiptHandle": f"handle-{id_}",
        "body": body if isinstance(body, str) else encode(body),
        "attributes": {"MessageGroupId": group, "ApproximateReceiveCount": str(receives)},
    }


def lane_record(batch: LaneEvents, *, id_: str = "record-1", receives: int = 1) -> JsonObject:
    return sqs_record(
        to_body(batch), id_=id_, group=f"{batch.channel}#{batch.contact}", receives=receives
    )


_INDEXES = {
    "inbox": ("inbox_pk", "last_at"),
    "team": ("team_pk", "last_at"),
    "activity": ("activity_pk", "at"),
}


def create_table(dynamodb: Any, name: str, *, inbox: bool = False) -> str:
    """A table with the house's keys (and the indexes and the stream that conversations have), in
    moto or an emulator."""
    indexes = _INDEXES if inbox else {}
    indexed = {name: kind for p, s in indexes.values() for name, kind in ((p, "S"), (s, "N"))}
    attributes = {"pk": "S", "sk": "S", **indexed}
    request: JsonObject = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        "AttributeDefinitions": [
            {"AttributeName": attribute, "AttributeType": kind}
            for attribute, kind in attributes.items()
        ],
    }
    if indexes:
        request["StreamSpecification"] = {
            "StreamEnabled": True,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        }
        request["GlobalSecondaryIndexes"] = [
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": partition, "KeyType": "HASH"},
                    {"AttributeName": sort, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
            for index, (partition, sort) in indexes.items()
        ]
    dynamodb.create_table(**request)
    return name


def create_tables(dynamodb: Any) -> None:
    """Every table of the house, by its own short name."""
    for name in (
        "contacts",
        "directory",
        "workspaces",
        "inspection",
        "knowledge",
        "requests",
        "usage",
        "webhook_deliveries",
        "campaigns",
        "dead_letters",
    ):
        create_table(dynamodb, name)
    create_table(dynamodb, "conversations", inbox=True)
