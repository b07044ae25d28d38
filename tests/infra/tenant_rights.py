"""What each function of the API may do with tenants' data: exact actions, by table."""

from __future__ import annotations

from tests.infra.rights import REQUESTS

WRITING = {
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:ConditionCheckItem",
}
# What a function may do with tenants' data, by table ("" for their objects), under a session bound
# to one tenant.
FOR_TENANTS: dict[str, dict[str, set[str]]] = {
    "channels.api.handler": {
        "Requests": REQUESTS,
        "Workspaces": REQUESTS | {"dynamodb:Query"},
        "Directory": {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"},
        "": {"s3:GetObject", "s3:PutObject"},
    },
    "flow.api.handler": {
        "Requests": REQUESTS,
        "Usage": {"dynamodb:PutItem", "dynamodb:UpdateItem"},
        "": {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
        "Workspaces": {
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
        },
        "Conversations": {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"},
        "Knowledge": {"dynamodb:Query"},
        "Contacts": {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"},
    },
    "gateway.api.handler": {
        "Requests": REQUESTS,
        "Conversations": {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"},
        "Contacts": {"dynamodb:BatchGetItem"},
        "Campaigns": {"dynamodb:BatchGetItem"},
        "Directory": {"dynamodb:GetItem"},
        "Inspection": {"dynamodb:Query"},
        "Workspaces": {
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:DeleteItem",
        },
        "Usage": {"dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"},
        "": {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
    },
    "hooks.api.handler": {
        "Requests": REQUESTS,
        "Workspaces": {
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:DeleteItem",
        },
        "WebhookDeliveries": {
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
        },
    },
    "contacts.api.handler": {
        "Requests": REQUESTS,
        "Contacts": {
            "dynamodb:GetItem",
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
        },
        "Workspaces": {"dynamodb:GetItem", "dynamodb:PutItem"},
        "": {"s3:GetObject", "s3:PutObject"},
    },
    "rag.api.handler": {
        "Requests": REQUESTS,
        "Knowledge": {
            "dynamodb:GetItem",
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:ConditionCheckItem",
        },
        "Usage": {"dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"},
        "Workspaces": {"dynamodb:PutItem"},
        "": {"s3:GetObject", "s3:PutObject"},
    },
    "blast.api.handler": {
        "Requests": REQUESTS,
        "Campaigns": REQUESTS | {"dynamodb:Query"},
        "Contacts": {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"},
        "Conversations": {"dynamodb:BatchGetItem"},
        "Workspaces": {"dynamodb:GetItem", "dynamodb:PutItem"},
        "Directory": {"dynamodb:GetItem"},
        "": {"s3:GetObject", "s3:PutObject"},
    },
    "letters.api.handler": {
        "Requests": REQUESTS,
        "DeadLetters": {
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
        },
        "Workspaces": {"dynamodb:PutItem"},
    },
    "account.api.handler": {
        "": {"s3:GetObject"},
        "Requests": REQUESTS,
        "Workspaces": {"dynamodb:GetItem", "dynamodb:Query", *WRITING},
        "Directory": WRITING,
        "Usage": {"dynamodb:Query", "dynamodb:UpdateItem"},
        "Contacts": {"dynamodb:GetItem"},
        "Conversations": {"dynamodb:GetItem"},
    },
}
