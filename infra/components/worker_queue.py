"""A queue with its dead-letter queue, its alarms, and the one consumer of each."""

from __future__ import annotations

from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.acknowledge import acknowledge, acknowledge_plain_http
from infra.components.alarm_topic import Alarms
from infra.components.python_function import PythonFunction
from infra.components.tenant_table import TenantTable
from infra.config import Stage

DEAD_LETTERS_KEPT = cdk.Duration.days(14)
FILING_TIMEOUT = 30  # seconds
LAST_WORDS = "WORDS#*"  # the keys of what consumers note about what they give up
KEPT = cdk.Duration.days(4)


class ConsumerTooSlowError(Exception):
    """A consumer may run longer than its queue was sized for."""


@dataclass(frozen=True, slots=True)
class QueueSpec:
    """Durations in seconds."""

    fifo: bool
    consumer_timeout: int
    max_receives: int
    oldest_alarm: int
    batch_size: int = 10
    window: int = 0

    def visibility(self, stage: Stage) -> int:
        """How long a received message stays hidden."""
        return self.consumer_timeout * stage.visibility_factor + self.window


class WorkerQueue(Construct):
    """FIFO queues are of the high-throughput kind: order and deduplication per message group."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        spec: QueueSpec,
        alarms: Alarms,
        letters: TenantTable,
    ) -> None:
        """`letters` is where dead letters are filed, and why they died is noted."""
        super().__init__(scope, construct_id)
        self._stage = stage
        self._spec = spec
        self._letters = letters
        self.dead_letters = self._queue(
            "DeadLetters",
            retention_period=DEAD_LETTERS_KEPT,
            visibility_timeout=cdk.Duration.seconds(FILING_TIMEOUT * stage.visibility_factor),
        )
        self.queue = self._queue(
            "Queue",
            retention_period=KEPT,
            visibility_timeout=cdk.Duration.seconds(spec.visibility(stage)),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.dead_letters, max_receive_count=spec.max_receives
            ),
        )
        reason = "It is itself the dead-letter queue: alarmed, filed, kept and redriven by people."
        acknowledge(self.dead_letters, {"Serverless-SQSRedrivePolicy": reason})
        alarms.on_dead_letters(f"{construct_id}DeadLetters", self.dead_letters)
        alarms.on_waiting(f"{construct_id}Waiting", self.queue, spec.oldest_alarm)

    def deliver_to(self, consumer: PythonFunction) -> None:
        """Make a function the consumer; failed messages come back one by one.

        Raises:
            ConsumerTooSlowError: its timeout exceeds what the queue's visibility was made for.
        """
        if consumer.timeout > self._spec.consumer_timeout:
            raise ConsumerTooSlowError(
                f"{consumer.node.path} may take {consumer.timeout} s, "
                f"{self.node.path} allows {self._spec.consumer_timeout} s"
            )
        consumer.allow("dynamodb:PutItem", on=[self._letters.arn], keys=[LAST_WORDS])
        consumer.function.add_environment("DEAD_LETTERS_TABLE", self._letters.name)
        consumer.function.add_environment("MAX_RECEIVES", str(self._spec.max_receives))
        window = cdk.Duration.seconds(self._spec.window) if self._spec.window else None
        self._feed(consumer, "Source", self.queue, self._spec.batch_size, window)

    def file_dead_letters_with(self, filer: PythonFunction) -> None:
        """Make a function the consumer of what this queue gave up.

        Raises:
            ConsumerTooSlowError: its timeout exceeds what the queue's visibility was made for.
        """
        if filer.timeout > FILING_TIMEOUT:
            raise ConsumerTooSlowError(f"{filer.node.path} may take {filer.timeout} s")
        self._feed(filer, self.node.id, self.dead_letters, batch_size=10)

    def _feed(
        self,
        consumer: PythonFunction,
        construct_id: str,
        queue: sqs.Queue,
        batch_size: int,
        window: cdk.Duration | None = None,
    ) -> None:
        consumer.allow(
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ChangeMessageVisibility",
            on=[queue.queue_arn],
        )
        source = lambda_.EventSourceMapping(
            consumer,
            construct_id,
            target=consumer.function,
            event_source_arn=queue.queue_arn,
            batch_size=batch_size,
            max_batching_window=window,
            # Never reserved alone: what is received and throttled ends among the dead letters.
            max_concurrency=consumer.reserved or self._stage.max_concurrency,
            report_batch_item_failures=True,
        )
        # Lambda checks that the role may receive when the mapping is made.
        source.node.add_dependency(consumer.role)
        acknowledge(
            source,
            {
                "Serverless-LambdaEventSourceMappingDestination": (
                    "SQS sources have no failure destination; the queue's redrive policy is one."
                )
            },
        )

    def _queue(
        self,
        construct_id: str,
        *,
        retention_period: cdk.Duration,
        visibility_timeout: cdk.Duration | None = None,
        dead_letter_queue: sqs.DeadLetterQueue | None = None,
    ) -> sqs.Queue:
        fifo = self._spec.fifo
        queue = sqs.Queue(
            self,
            construct_id,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=self._stage.enforce_tls,
            retention_period=retention_period,
            visibility_timeout=visibility_timeout,
            dead_letter_queue=dead_letter_queue,
            fifo=True if fifo else None,
            deduplication_scope=sqs.DeduplicationScope.MESSAGE_GROUP if fifo else None,
            fifo_throughput_limit=(sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID if fifo else None),
        )
        if not self._stage.enforce_tls:
            acknowledge_plain_http(queue, "AwsSolutions-SQS4")
        return queue
