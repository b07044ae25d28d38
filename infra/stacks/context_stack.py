"""A context that stands beside the app, in a stack of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import aws_cdk as cdk
from constructs import Construct

from infra.components.http_api import FrontDoor
from infra.components.worker_queue import QueueSpec, WorkerQueue
from infra.config import Stage
from infra.contexts.parts import Parts
from infra.stacks.app_stack import AppStack
from infra.stacks.data_stack import DataStack


class Context(Protocol):
    """A module of `infra.contexts`."""

    def queues(self) -> Mapping[str, QueueSpec]: ...

    def add(self, parts: Parts, front: FrontDoor) -> None: ...


class ContextStack(cdk.Stack):
    """It uses the app's front door and topic, and the queues of the stacks `before` it; they use
    nothing of it."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        data: DataStack,
        app: AppStack,
        before: Mapping[str, WorkerQueue],
        context: Context,
        description: str,
    ) -> None:
        super().__init__(scope, construct_id, description=f"Kabar {stage.name}: {description}")
        self.parts = Parts(
            self,
            stage=stage,
            data=data,
            queues=context.queues(),
            app=app.parts,
            before=before,
        )
        context.add(self.parts, app.front)
