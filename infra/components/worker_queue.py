"""A queue with its dead-letter queue, its alarms and its one consumer."""

from __future__ import annotations

from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.acknowledge import acknowledge, acknowledge_plain_http
from infra.components.alarm_topic import Alarms
from infra.components.python_function import PythonFunction
from infra.config import Stage

DEAD_LETTERS_KEPT = cdk.Duration.days(14)
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
    ) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self._spec = spec
        self.dead_letters = self._queue("DeadLetters", retention_period=DEAD_LETTERS_KEPT)
        self.queue = self._queue(
            "Queue",
            retention_period=KEPT,
            visibility_timeout=cdk.Duration.seconds(spec.visibility(stage)),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.dead_letters, max_receive_count=spec.max_receives
            ),
        )
        reason = "It is itself the dead-letter queue: alarmed, kept 14 days and redriven by hand."
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
        consumer.allow(
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ChangeMessageVisibility",
            on=[self.queue.queue_arn],
        )
        window = cdk.Duration.seconds(self._spec.window) if self._spec.window else None
        source = lambda_.EventSourceMapping(
            consumer,
            "Source",
            target=consumer.function,
            event_source_arn=self.queue.queue_arn,
            batch_size=self._spec.batch_size,
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
