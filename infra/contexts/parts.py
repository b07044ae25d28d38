"""What the contexts of one stage are built from."""

from __future__ import annotations

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_sns as sns

from infra import api_routes
from infra.components.alarm_topic import Alarms, AlarmTopic
from infra.components.app_parameters import AppParameters
from infra.components.data_role import DataRole
from infra.components.http_api import FrontDoor
from infra.components.layers import Layers
from infra.components.mail_sender import MailSender
from infra.components.python_function import PythonFunction
from infra.components.worker_queue import QueueSpec, WorkerQueue
from infra.config import ELSEWHERE, Stage
from infra.stacks.data_stack import DataStack
from infra.stacks.linked_phones_stack import LinkedPhonesStack


class Parts:
    """One for each stack of functions. The queues of all its contexts are here before the first
    function: one feeds another's. A stack beside the app also has the app's topic, and the
    queues of all stacks before it."""

    def __init__(
        self,
        stack: cdk.Stack,
        *,
        stage: Stage,
        data: DataStack,
        queues: Mapping[str, QueueSpec],
        hosted: LinkedPhonesStack | None = None,
        app: Parts | None = None,
        before: Mapping[str, WorkerQueue] | None = None,
    ) -> None:
        """`hosted` where the stage runs the service for linked phones itself; `app` for a stack
        beside the app, and `before` the queues of the stacks before it."""
        self.stack = stack
        self.stage = stage
        self.data = data
        self.topic: sns.ITopic = (
            app.topic if app else AlarmTopic(stack, "AlarmTopic", stage=stage).topic
        )
        self.alarms = Alarms(stack, "Alarms", topic=self.topic)
        self.parameters = AppParameters(stack)
        self._hosted = hosted
        self.mail: MailSender | None = app.mail if app else _mail_sender(stack, stage)
        self._layers = Layers(stack, "Layers", stage=stage)
        own = {
            name: WorkerQueue(
                stack,
                name,
                stage=stage,
                spec=spec,
                alarms=self.alarms,
                letters=data.dead_letters,
            )
            for name, spec in queues.items()
        }
        self.queues: dict[str, WorkerQueue] = {**(before or {}), **own}

    def allow_mail(self, function: PythonFunction) -> None:
        """Let it send mail, where the stage has a sender."""
        if self.mail:
            function.allow("ses:SendEmail", on=[self.mail.arn])

    def url(self, queue: str) -> str:
        return self.queues[queue].queue.queue_url

    def arn(self, queue: str) -> str:
        return self.queues[queue].queue.queue_arn

    def linked_phones(self) -> dict[str, str]:
        """What a function that calls the service for linked phones finds in its environment."""
        secret = self.data.linked_phones_secret
        elsewhere = self.stage.linked_phones == ELSEWHERE
        service = self.parameters.linked_phones_url if elsewhere else ""
        return {
            "BAILEYS_URL": self._hosted.url if self._hosted else service,
            "BAILEYS_SECRET_ARN": secret.secret_arn if secret else "",
        }

    def allow_linked_phones(self, function: PythonFunction) -> None:
        """Let it call the service, where there is one: with its key, and from its network."""
        if secret := self.data.linked_phones_secret:
            function.allow("secretsmanager:GetSecretValue", on=[secret.secret_arn])
        if self._hosted:
            function.join(self._hosted.vpc, self._hosted.callers)

    def function(
        self,
        construct_id: str,
        handler: str,
        environment: Mapping[str, str],
        *,
        timeout: int = 10,
        memory: int = 512,
        recursive: bool = False,
        reads_knowledge: bool = False,
        reserved: int | None = None,
    ) -> PythonFunction:
        """A function whose errors raise an alarm; `timeout` in seconds, `memory` in MB.
        `reads_knowledge` gives it the libraries for documents and the collection."""
        function = PythonFunction(
            self.stack,
            construct_id,
            stage=self.stage,
            layers=self._layers,
            handler=handler,
            environment=environment,
            timeout=timeout,
            memory=memory,
            recursive=recursive,
            libraries=self._layers.knowledge if reads_knowledge else None,
            reserved=reserved,
        )
        self.alarms.on_errors(f"{construct_id}Errors", function.function)
        return function

    def api_function(
        self,
        front: FrontDoor,
        construct_id: str,
        handler: str,
        environment: Mapping[str, str],
        *,
        timeout: int = 10,
        memory: int = 512,
        reads_knowledge: bool = False,
    ) -> tuple[PythonFunction, DataRole]:
        """A context's API, which reaches tenants' data through its data role only."""
        requests = self.data.requests
        function = self.function(
            construct_id,
            handler,
            {"REQUESTS_TABLE": requests.name, **environment},
            timeout=timeout,
            memory=memory,
            reads_knowledge=reads_knowledge,
        )
        role = DataRole(self.stack, f"{construct_id}Data", of=function)
        role.allow(
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            on=[requests.arn],
        )
        front.private(api_routes.BY_HANDLER[handler], function)
        return function, role


def _mail_sender(stack: cdk.Stack, stage: Stage) -> MailSender | None:
    address = stage.mail_sender
    return MailSender(stack, "Mail", address=address) if address else None
