"""What runs: the front door, the queues and the functions between them."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct

from infra import api_routes
from infra.components.alarm_topic import AlarmTopic
from infra.components.app_parameters import AppParameters, cognito_address
from infra.components.data_role import DataRole
from infra.components.http_api import FrontDoor
from infra.components.layers import Layers
from infra.components.mail_sender import MailSender
from infra.components.python_function import PythonFunction
from infra.components.worker_queue import QueueSpec, WorkerQueue
from infra.config import Stage
from infra.stacks.data_stack import DataStack

WEBHOOK_REASON = (
    "Meta cannot sign in. Every body carries its HMAC, which the function checks over the raw "
    "bytes before it reads anything, and the handshake needs the verify token."
)

DESCRIPTION_REASON = (
    "How the API is called is no secret: the answers are two files, the same for everybody."
)


def queue_specs(stage: Stage) -> dict[str, QueueSpec]:
    """The queues by construct id."""
    return {
        "Inbound": QueueSpec(fifo=True, consumer_timeout=10, max_receives=5, oldest_alarm=120),
        # The sender counts its own attempts: waiting for a throttled number spends receives too.
        "Outbound": QueueSpec(fifo=True, consumer_timeout=30, max_receives=100, oldest_alarm=900),
        "Receipts": QueueSpec(
            fifo=False,
            consumer_timeout=30,
            max_receives=5,
            oldest_alarm=300,
            batch_size=stage.receipts_batch_size,
            window=stage.receipts_window,
        ),
        "Actions": QueueSpec(
            fifo=False, consumer_timeout=60, max_receives=5, oldest_alarm=600, batch_size=5
        ),
    }


class AppStack(cdk.Stack):
    """Stateless: it can be deleted and made again without losing anything."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, data: DataStack
    ) -> None:
        super().__init__(
            scope, construct_id, description=f"Kabar {stage.name}: API, queues and functions"
        )
        self._stage = stage
        self._data = data
        self._layers = Layers(self, "Layers", stage=stage)
        self._alarms = AlarmTopic(self, "Alarms", stage=stage)
        self._parameters = AppParameters(self)
        self._queues = {
            name: WorkerQueue(self, name, stage=stage, spec=spec, alarms=self._alarms)
            for name, spec in queue_specs(stage).items()
        }
        self._worker()
        self._sender()
        self._receipts()
        self._actions()
        self._alarms.on_errors("PreTokenErrors", data.pre_token.function)
        self._alarms.on_errors("PostConfirmationErrors", data.post_confirmation.function)

        self.front = FrontDoor(
            self,
            "Front",
            stage=stage,
            authorizer=self._authorizer(),
            origins=[self._parameters.dashboard_origin],
        )
        self._webhook()
        self._gateway_api()
        self._account_api()
        self._signpost()
        self._alarms.on_metric("ServerErrors", self.front.server_errors(), threshold=1)

        cdk.CfnOutput(self, "ApiUrl", value=self.front.url)
        cdk.CfnOutput(self, "WebhookUrl", value=f"{self.front.url}/webhook")

    def _function(
        self,
        construct_id: str,
        handler: str,
        environment: dict[str, str],
        *,
        timeout: int = 10,
        recursive: bool = False,
    ) -> PythonFunction:
        function = PythonFunction(
            self,
            construct_id,
            stage=self._stage,
            layers=self._layers,
            handler=handler,
            environment=environment,
            timeout=timeout,
            recursive=recursive,
        )
        self._alarms.on_errors(f"{construct_id}Errors", function.function)
        return function

    def _url(self, queue: str) -> str:
        return self._queues[queue].queue.queue_url

    def _arn(self, queue: str) -> str:
        return self._queues[queue].queue.queue_arn

    def _webhook(self) -> None:
        data = self._data
        webhook = self._function(
            "Webhook",
            "gateway.webhook.handler",
            {
                "INBOUND_QUEUE_URL": self._url("Inbound"),
                "RECEIPTS_QUEUE_URL": self._url("Receipts"),
                "OVERFLOW_BUCKET": data.overflow.bucket_name,
                "META_SECRET_ARN": data.meta_secret.secret_arn,
            },
        )
        webhook.allow("sqs:SendMessage", on=[self._arn("Inbound"), self._arn("Receipts")])
        webhook.allow_prefix("s3:PutObject", bucket=data.overflow, prefix="overflow/")
        webhook.allow("secretsmanager:GetSecretValue", on=[data.meta_secret.secret_arn])
        self.front.open(
            ["GET /webhook", "POST /webhook"],
            webhook,
            WEBHOOK_REASON,
        )

    def _worker(self) -> None:
        data = self._data
        worker = self._function(
            "Worker",
            "flow.worker.handler",
            {
                "CONVERSATIONS_TABLE": data.conversations.name,
                "WORKSPACES_TABLE": data.workspaces.name,
                "DIRECTORY_TABLE": data.directory.name,
                "INSPECTION_TABLE": data.inspection.name,
                "INBOUND_QUEUE_URL": self._url("Inbound"),
                "OUTBOUND_QUEUE_URL": self._url("Outbound"),
                "ACTIONS_QUEUE_URL": self._url("Actions"),
                "OVERFLOW_BUCKET": data.overflow.bucket_name,
            },
            # Actions answer into the queue that feeds it; events count their own hops.
            recursive=True,
        )
        worker.allow(
            "dynamodb:Query",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:BatchWriteItem",
            on=[data.conversations.arn],
        )
        worker.allow("dynamodb:GetItem", on=[data.workspaces.arn, data.directory.arn])
        worker.allow("dynamodb:PutItem", on=[data.inspection.arn])
        worker.allow("sqs:SendMessage", on=[self._arn("Outbound"), self._arn("Actions")])
        worker.allow_prefix("s3:GetObject", bucket=data.overflow, prefix="overflow/")
        self._queues["Inbound"].deliver_to(worker)

    def _sender(self) -> None:
        data = self._data
        dead_letters = self._queues["Outbound"].dead_letters
        sender = self._function(
            "Sender",
            "gateway.sender.handler",
            {
                "CONVERSATIONS_TABLE": data.conversations.name,
                "DIRECTORY_TABLE": data.directory.name,
                "OUTBOUND_QUEUE_URL": self._url("Outbound"),
                "OUTBOUND_DLQ_URL": dead_letters.queue_url,
                "GRAPH_API_URL": self._parameters.graph_api_url,
                "GRAPH_API_VERSION": self._stage.graph_api_version,
                "UNSETTLED_WINDOW_SECONDS": str(self._stage.unsettled_window),
                "SECRETS_KEY_ARN": data.secrets_key.key_arn,
            },
            timeout=30,
        )
        sender.allow("dynamodb:UpdateItem", on=[data.conversations.arn])
        sender.allow("dynamodb:GetItem", on=[data.directory.arn])
        sender.allow("kms:Decrypt", on=[data.secrets_key.key_arn])
        sender.allow("sqs:SendMessage", on=[dead_letters.queue_arn])
        self._queues["Outbound"].deliver_to(sender)

    def _receipts(self) -> None:
        data = self._data
        receipts = self._function(
            "ReceiptsWorker",
            "gateway.receipts.handler",
            {
                "CONVERSATIONS_TABLE": data.conversations.name,
                "DIRECTORY_TABLE": data.directory.name,
                "INSPECTION_TABLE": data.inspection.name,
                "OVERFLOW_BUCKET": data.overflow.bucket_name,
            },
            timeout=30,
        )
        receipts.allow("dynamodb:UpdateItem", on=[data.conversations.arn])
        receipts.allow("dynamodb:GetItem", on=[data.directory.arn])
        receipts.allow("dynamodb:PutItem", on=[data.inspection.arn])
        receipts.allow_prefix("s3:GetObject", bucket=data.overflow, prefix="overflow/")
        self._queues["Receipts"].deliver_to(receipts)

    def _actions(self) -> None:
        actions = self._function(
            "ActionsWorker",
            "flow.actions.handler",
            {"INBOUND_QUEUE_URL": self._url("Inbound")},
            timeout=60,
            # The other half of the loop with the flow worker.
            recursive=True,
        )
        actions.allow("sqs:SendMessage", on=[self._arn("Inbound")])
        self._queues["Actions"].deliver_to(actions)

    def _authorizer(self) -> PythonFunction:
        data = self._data
        pool_id = data.identity.pool.user_pool_id
        authorizer = self._function(
            "Authorizer",
            "account.authorizer.handler",
            {
                "DIRECTORY_TABLE": data.directory.name,
                "JWKS_URL": f"{self._parameters.cognito_url}/{pool_id}/.well-known/jwks.json",
                "TOKEN_ISSUER": f"{cognito_address()}/{pool_id}",
                "TOKEN_CLIENT_ID": data.identity.client.user_pool_client_id,
            },
        )
        authorizer.allow("dynamodb:GetItem", "dynamodb:Query", on=[data.directory.arn])
        return authorizer

    def _api_function(
        self, construct_id: str, handler: str, environment: dict[str, str]
    ) -> tuple[PythonFunction, DataRole]:
        """A context's API, which reaches tenants' data through its data role only."""
        requests = self._data.requests
        function = self._function(
            construct_id, handler, {"REQUESTS_TABLE": requests.name, **environment}
        )
        role = DataRole(self, f"{construct_id}Data", of=function)
        role.allow(
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            on=[requests.arn],
        )
        self.front.private(api_routes.BY_HANDLER[handler], function)
        return function, role

    def _gateway_api(self) -> None:
        data = self._data
        _, role = self._api_function(
            "GatewayApi",
            "gateway.api.handler",
            {
                "CONVERSATIONS_TABLE": data.conversations.name,
                "INSPECTION_TABLE": data.inspection.name,
            },
        )
        role.allow("dynamodb:GetItem", on=[data.conversations.arn])
        role.allow(
            "dynamodb:Query",
            on=[
                data.conversations.arn,
                data.conversations.index_arn("inbox"),
                data.inspection.arn,
            ],
        )

    def _account_api(self) -> None:
        data = self._data
        sender = self._stage.mail_sender
        api, role = self._api_function(
            "AccountApi",
            "account.api.handler",
            {
                "WORKSPACES_TABLE": data.workspaces.name,
                "DIRECTORY_TABLE": data.directory.name,
                "USER_POOL_ID": data.identity.pool.user_pool_id,
                "MAIL_SENDER": sender,
                "DASHBOARD_URL": self._parameters.dashboard_url,
            },
        )
        writing = (
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:ConditionCheckItem",
        )
        role.allow("dynamodb:Query", "dynamodb:GetItem", *writing, on=[data.workspaces.arn])
        # The twins of people, keys and invitations, in the transaction of the change itself.
        role.allow(*writing, on=[data.directory.arn])
        # Who the caller is and which workspaces are theirs is asked across workspaces.
        api.allow(
            "dynamodb:Query",
            "dynamodb:GetItem",
            "dynamodb:BatchGetItem",
            on=[data.directory.arn],
        )
        api.allow("cognito-idp:AdminUserGlobalSignOut", on=[data.identity.pool.user_pool_arn])
        if sender:
            api.allow("ses:SendEmail", on=[MailSender(self, "Mail", address=sender).arn])

    def _signpost(self) -> None:
        signpost = self._function("Signpost", "front.signpost.handler", {})
        self.front.open(api_routes.DESCRIPTION, signpost, DESCRIPTION_REASON)
        self.front.private(api_routes.REST, signpost)
