"""What the contexts of one stage are built from."""

from __future__ import annotations

from collections.abc import Mapping

import aws_cdk as cdk

from infra import api_routes
from infra.components.alarm_topic import AlarmTopic
from infra.components.app_parameters import AppParameters, linked_phones_address
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
    """The queues of all contexts are here before the first function: one feeds another's."""

    def __init__(
        self,
        stack: cdk.Stack,
        *,
        stage: Stage,
        data: DataStack,
        queues: Mapping[str, QueueSpec],
        hosted: LinkedPhonesStack | None = None,
    ) -> None:
        self.stack = stack
        self.stage = stage
        self.data = data
        self.alarms = AlarmTopic(stack, "Alarms", stage=stage)
        self.parameters = AppParameters(stack)
        elsewhere = linked_phones_address(stack) if stage.linked_phones == ELSEWHERE else ""
        self.service_url = hosted.url if hosted else elsewhere
        self._hosted = hosted
        sender = stage.mail_sender
        self._mail = MailSender(stack, "Mail", address=sender) if sender else None
        self._layers = Layers(stack, "Layers", stage=stage)
        self.queues = {
            name: WorkerQueue(stack, name, stage=stage, spec=spec, alarms=self.alarms)
            for name, spec in queues.items()
        }

    def allow_mail(self, function: PythonFunction) -> None:
        """Let it send mail, where the stage has a sender."""
        if self._mail:
            function.allow("ses:SendEmail", on=[self._mail.arn])

    def url(self, queue: str) -> str:
        return self.queues[queue].queue.queue_url

    def arn(self, queue: str) -> str:
        return self.queues[queue].queue.queue_arn

    def linked_phones(self) -> dict[str, str]:
        """What a function that calls the service for linked phones finds in its environment."""
        secret = self.data.linked_phones_secret
        return {
            "BAILEYS_URL": self.service_url,
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
    ) -> PythonFunction:
        """A function whose errors raise an alarm; `timeout` in seconds, `memory` in MB."""
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
    ) -> tuple[PythonFunction, DataRole]:
        """A context's API, which reaches tenants' data through its data role only."""
        requests = self.data.requests
        function = self.function(
            construct_id,
            handler,
            {"REQUESTS_TABLE": requests.name, **environment},
            timeout=timeout,
            memory=memory,
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
