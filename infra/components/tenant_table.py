"""A table with `pk` and `sk`, paid per request, restorable to any second."""

from __future__ import annotations

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.components.retention import removal_policy
from infra.config import Stage

STRING = dynamodb.AttributeType.STRING
NUMBER = dynamodb.AttributeType.NUMBER


class TenantTable(Construct):
    """Items carry `expires_at` in epoch seconds; readers check it, DynamoDB only cleans up."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, streamed: bool = False
    ) -> None:
        """`streamed` lets a function follow what changes, with items as they were and are."""
        super().__init__(scope, construct_id)
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="pk", type=STRING),
            sort_key=dynamodb.Attribute(name="sk", type=STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute="expires_at",
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES if streamed else None,
            deletion_protection=stage.retained,
            removal_policy=removal_policy(stage),
        )

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.table_name

    @property
    def arn(self) -> str:
        """The table's ARN."""
        return self.table.table_arn

    def index_arn(self, index: str) -> str:
        """The ARN of one index, never of all."""
        return f"{self.table.table_arn}/index/{index}"

    def add_index(self, index: str, partition: str, sort: str) -> None:
        """A full copy of the items that carry both attributes, sorted by a number."""
        self.table.add_global_secondary_index(
            index_name=index,
            partition_key=dynamodb.Attribute(name=partition, type=STRING),
            sort_key=dynamodb.Attribute(name=sort, type=NUMBER),
            projection_type=dynamodb.ProjectionType.ALL,
        )
