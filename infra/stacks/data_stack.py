"""What must not be lost: tables, buckets, keys, secrets and people."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.identity import Identity
from infra.components.layers import Layers
from infra.components.private_bucket import ACCESS_LOGS_KEPT, PrivateBucket
from infra.components.python_function import PythonFunction
from infra.components.retention import removal_policy
from infra.components.tenant_table import TenantTable
from infra.config import OFF, Stage

OVERFLOW_KEPT = cdk.Duration.days(14)
FILES_KEPT = cdk.Duration.days(8)


class DataStack(cdk.Stack):
    """Everything another stack needs from here is an attribute of it."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(
            scope,
            construct_id,
            description=f"Kabar {stage.name}: tables, buckets, keys and people",
            termination_protection=stage.retained,
        )
        self.directory = TenantTable(self, "Directory", stage=stage)
        self.workspaces = TenantTable(self, "Workspaces", stage=stage, streamed=True)
        self.conversations = TenantTable(self, "Conversations", stage=stage, streamed=True)
        self.conversations.add_index("inbox", partition="inbox_pk", sort="last_at")
        self.conversations.add_index("team", partition="team_pk", sort="last_at")
        self.conversations.add_index("activity", partition="activity_pk", sort="at")
        self.contacts = TenantTable(self, "Contacts", stage=stage, streamed=True)
        self.inspection = TenantTable(self, "Inspection", stage=stage)
        self.requests = TenantTable(self, "Requests", stage=stage)
        self.webhook_deliveries = TenantTable(self, "WebhookDeliveries", stage=stage)
        self.usage = TenantTable(self, "Usage", stage=stage)
        self.campaigns = TenantTable(self, "Campaigns", stage=stage, streamed=True)
        self.dead_letters = TenantTable(self, "DeadLetters", stage=stage)

        # Passages in the index follow the records of their documents.
        self.knowledge = TenantTable(self, "Knowledge", stage=stage, streamed=True)

        self.access_logs = PrivateBucket(
            self, "AccessLogs", stage=stage, expires=ACCESS_LOGS_KEPT
        ).bucket
        self.overflow = PrivateBucket(
            self, "Overflow", stage=stage, expires=OVERFLOW_KEPT, access_logs=self.access_logs
        ).bucket

        # Imports and exports: each below its tenant's prefix, and nothing that is kept.
        self.files = PrivateBucket(
            self, "Files", stage=stage, expires=FILES_KEPT, access_logs=self.access_logs
        ).bucket
        # A form is signed for one file, whichever page posts it.
        self.files.add_cors_rule(
            allowed_methods=[s3.HttpMethods.POST, s3.HttpMethods.GET],
            allowed_origins=["*"],
            allowed_headers=["*"],
        )

        # What customers send and what is sent to them: kept for as long as its conversation is.
        self.media = PrivateBucket(self, "Media", stage=stage, access_logs=self.access_logs).bucket
        self.media.add_cors_rule(
            allowed_methods=[s3.HttpMethods.POST, s3.HttpMethods.GET],
            allowed_origins=["*"],
            allowed_headers=["*"],
        )

        # What documents are made from, and what is read of them on its way into the index.
        self.knowledge_files = PrivateBucket(
            self, "KnowledgeFiles", stage=stage, access_logs=self.access_logs
        ).bucket
        self.knowledge_files.add_cors_rule(
            allowed_methods=[s3.HttpMethods.POST],
            allowed_origins=["*"],
            allowed_headers=["*"],
        )

        self.secrets_key = kms.Key(
            self,
            "SecretsKey",
            description="Seals the channel tokens of workspaces, each with its tenant as context",
            enable_key_rotation=True,
            removal_policy=removal_policy(stage),
        )
        self.meta_secret = secretsmanager.Secret(
            self,
            "MetaSecret",
            description="App secrets and verify token of the Meta app",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template='{"app_secrets": []}',
                generate_string_key="verify_token",
                exclude_punctuation=True,
                password_length=40,
            ),
            removal_policy=removal_policy(stage),
        )
        acknowledge(
            self.meta_secret,
            {
                "AwsSolutions-SMG4": (
                    "Meta issues app secrets in its own console: nothing here could rotate them. "
                    "The list takes the next one before the old one goes."
                )
            },
        )

        self.linked_phones_secret = (
            _linked_phones_secret(self, stage) if stage.linked_phones != OFF else None
        )

        layers = Layers(self, "Layers", stage=stage)
        self.pre_token = PythonFunction(
            self,
            "PreToken",
            stage=stage,
            layers=layers,
            handler="account.pre_token.handler",
            environment={"DIRECTORY_TABLE": self.directory.name},
            timeout=5,
            memory=256,
        )
        self.pre_token.allow("dynamodb:Query", on=[self.directory.arn])
        self.post_confirmation = PythonFunction(
            self,
            "PostConfirmation",
            stage=stage,
            layers=layers,
            handler="account.post_confirmation.handler",
            environment={"DIRECTORY_TABLE": self.directory.name},
            timeout=5,
            memory=256,
        )
        self.post_confirmation.allow("dynamodb:PutItem", on=[self.directory.arn])
        self.identity = Identity(
            self,
            "Identity",
            stage=stage,
            pre_token=self.pre_token,
            post_confirmation=self.post_confirmation,
        )

        for name, value in {
            "UserPoolId": self.identity.pool.user_pool_id,
            "UserPoolClientId": self.identity.client.user_pool_client_id,
            "MetaSecretArn": self.meta_secret.secret_arn,
            "DirectoryTableName": self.directory.name,
            "WorkspacesTableName": self.workspaces.name,
            "ConversationsTableName": self.conversations.name,
            "ContactsTableName": self.contacts.name,
            "InspectionTableName": self.inspection.name,
            "RequestsTableName": self.requests.name,
            "WebhookDeliveriesTableName": self.webhook_deliveries.name,
            "UsageTableName": self.usage.name,
            "KnowledgeTableName": self.knowledge.name,
            "KnowledgeFilesBucketName": self.knowledge_files.bucket_name,
            "CampaignsTableName": self.campaigns.name,
            "DeadLettersTableName": self.dead_letters.name,
            "FilesBucketName": self.files.bucket_name,
            "MediaBucketName": self.media.bucket_name,
            "SecretsKeyArn": self.secrets_key.key_arn,
        }.items():
            cdk.CfnOutput(self, name, value=value)
        if self.linked_phones_secret:
            arn = self.linked_phones_secret.secret_arn
            cdk.CfnOutput(self, "LinkedPhonesSecretArn", value=arn)


def _linked_phones_secret(scope: Construct, stage: Stage) -> secretsmanager.Secret:
    secret = secretsmanager.Secret(
        scope,
        "LinkedPhonesSecret",
        description="The key that the service for linked phones takes calls with",
        generate_secret_string=secretsmanager.SecretStringGenerator(
            secret_string_template="{}",
            generate_string_key="api_key",
            exclude_punctuation=True,
            password_length=40,
        ),
        removal_policy=removal_policy(stage),
    )
    acknowledge(
        secret,
        {
            "AwsSolutions-SMG4": (
                "The service ties each number to the key that linked it: a new one would leave "
                "every phone unlinked."
            )
        },
    )
    return secret
