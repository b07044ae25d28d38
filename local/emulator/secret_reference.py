"""CloudFormation's `Ref` of a secret is its ARN on AWS and its name in the emulator.

Without this, a role that may read the ARN is refused, because the name is asked for.
"""

from __future__ import annotations

from typing import Any

from ministack.services.cloudformation import provisioners

_TYPE = "AWS::SecretsManager::Secret"


def apply() -> None:
    handler = provisioners._RESOURCE_HANDLERS[_TYPE]
    create, delete = handler["create"], handler["delete"]

    def create_with_arn(*args: Any, **kwargs: Any) -> tuple[str, dict[str, Any]]:
        _name, attributes = create(*args, **kwargs)
        return attributes["Arn"], attributes

    def delete_by_arn(physical_id: str, properties: dict[str, Any]) -> Any:
        name = physical_id.partition(":secret:")[2].rpartition("-")[0]
        return delete(name or physical_id, properties)

    provisioners._RESOURCE_HANDLERS[_TYPE] = {
        **handler,
        "create": create_with_arn,
        "delete": delete_by_arn,
    }
