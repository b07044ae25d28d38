"""Numbers on Meta and what is set up with them."""

from __future__ import annotations

from infra.components.http_api import FrontDoor
from infra.contexts.parts import Parts


def add(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    api, role = parts.api_function(
        front,
        "ChannelsApi",
        "channels.api.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
            "META_SECRET_ARN": data.meta_secret.secret_arn,
            "GRAPH_API_URL": parts.parameters.graph_api_url,
            "GRAPH_API_VERSION": parts.stage.graph_api_version,
        },
        # Connecting asks Meta six times in a row.
        timeout=29,
    )
    writing = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")
    role.allow("dynamodb:Query", "dynamodb:GetItem", *writing, on=[data.workspaces.arn])
    # The twins of numbers and accounts, in the transaction of the change itself.
    role.allow(*writing, on=[data.directory.arn])
    api.allow("dynamodb:GetItem", on=[data.directory.arn])
    api.allow("kms:Encrypt", "kms:Decrypt", on=[data.secrets_key.key_arn])
    api.allow("secretsmanager:GetSecretValue", on=[data.meta_secret.secret_arn])
