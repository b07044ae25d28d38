"""What runs: the front door, and the contexts behind it."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct

from infra.components.http_api import FrontDoor
from infra.config import Stage
from infra.contexts import account, channels, contacts, flow, front, gateway, hooks
from infra.contexts.parts import Parts
from infra.stacks.data_stack import DataStack
from infra.stacks.linked_phones_stack import LinkedPhonesStack


class AppStack(cdk.Stack):
    """Stateless: it can be deleted and made again without losing anything."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        data: DataStack,
        linked_phones: LinkedPhonesStack | None = None,
    ) -> None:
        super().__init__(
            scope, construct_id, description=f"Kabar {stage.name}: API, queues and functions"
        )
        queues = {
            **gateway.queues(stage),
            **flow.queues(),
            **hooks.queues(),
            **contacts.queues(),
            **channels.queues(),
        }
        self.parts = parts = Parts(
            self, stage=stage, data=data, queues=queues, hosted=linked_phones
        )
        self.front = FrontDoor(
            self,
            "Front",
            stage=stage,
            authorizer=account.authorizer(parts),
            origins=[parts.parameters.dashboard_origin],
        )
        gateway.add(parts, self.front)
        flow.add(parts, self.front)
        contacts.add(parts, self.front)
        hooks.add(parts, self.front)
        channels.add(parts, self.front)
        front.add(parts, self.front)
        parts.alarms.on_metric("ServerErrors", self.front.server_errors(), threshold=1)

        cdk.CfnOutput(self, "ApiUrl", value=self.front.url)
        cdk.CfnOutput(self, "WebhookUrl", value=f"{self.front.url}/webhook")
