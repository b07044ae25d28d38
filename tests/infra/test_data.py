"""Nothing that holds data is lost by accident."""

from __future__ import annotations

import json

from tests.templates import BUCKET, TABLE, referred, resources, templates

POOL = "AWS::Cognito::UserPool"
KEY = "AWS::KMS::Key"
SECRET = "AWS::SecretsManager::Secret"

# A changed id is a new, empty resource in place of the old one.
PINNED = {
    "DirectoryTableD64E6930": TABLE,
    "WorkspacesTable21A07B9A": TABLE,
    "ConversationsTable05F75AD7": TABLE,
    "ContactsTable16C20946": TABLE,
    "InspectionTableE8AE3A53": TABLE,
    "RequestsTable00222A0D": TABLE,
    "WebhookDeliveriesTable5E7172CB": TABLE,
    "UsageTableADB4B05A": TABLE,
    "KnowledgeTable15ACD058": TABLE,
    "CampaignsTable1934312B": TABLE,
    "DeadLettersTable50D74713": TABLE,
    "OverflowBucket8A14BF62": BUCKET,
    "FilesBucket7C17EE2E": BUCKET,
    "MediaBucket4022EBBF": BUCKET,
    "KnowledgeFilesBucketA2E02A50": BUCKET,
    "AccessLogsBucketCD784A59": BUCKET,
    "SecretsKey317DCF94": KEY,
    "MetaSecretE5120ECA": SECRET,
    "IdentityPool9E5AED46": POOL,
    "IdentityPoolDashboard9E6FF38E": "AWS::Cognito::UserPoolClient",
}
LINKING = "local"
"""The stage that links phones, which needs a secret more."""
OUTPUTS = {
    "UserPoolId",
    "UserPoolClientId",
    "MetaSecretArn",
    "DirectoryTableName",
    "WorkspacesTableName",
    "ConversationsTableName",
    "ContactsTableName",
    "FilesBucketName",
    "MediaBucketName",
    "InspectionTableName",
    "RequestsTableName",
    "WebhookDeliveriesTableName",
    "UsageTableName",
    "KnowledgeTableName",
    "KnowledgeFilesBucketName",
    "SecretsKeyArn",
}


def test_logical_ids_of_data_stay_as_they_are(stage: str) -> None:
    found = {
        name: resource["Type"]
        for name, resource in templates(stage)["Data"]["Resources"].items()
        if resource["Type"] in PINNED.values()
    }
    secret = {name: kind for name, kind in found.items() if name.startswith("LinkedPhonesSecret")}
    assert found == PINNED | secret
    assert len(secret) == (stage == LINKING)


def test_tables_can_be_restored_are_paid_per_request_and_forget(stage: str) -> None:
    for table in resources(stage, TABLE).values():
        properties = table["Properties"]
        recovery = properties["PointInTimeRecoverySpecification"]
        assert recovery["PointInTimeRecoveryEnabled"] is True
        assert properties["BillingMode"] == "PAY_PER_REQUEST"
        assert properties["TimeToLiveSpecification"] == {
            "AttributeName": "expires_at",
            "Enabled": True,
        }
        keys = [(key["AttributeName"], key["KeyType"]) for key in properties["KeySchema"]]
        assert keys == [("pk", "HASH"), ("sk", "RANGE")]


def test_only_conversations_have_indexes_of_inboxes_and_what_flows_did(stage: str) -> None:
    indexes = {
        name: table["Properties"].get("GlobalSecondaryIndexes")
        for name, table in resources(stage, TABLE).items()
    }
    of_conversations = indexes.pop("ConversationsTable05F75AD7")
    assert {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in of_conversations
    } == {
        "inbox": ["inbox_pk", "last_at"],
        "team": ["team_pk", "last_at"],
        "activity": ["activity_pk", "at"],
    }
    assert all(index["Projection"] == {"ProjectionType": "ALL"} for index in of_conversations)
    assert set(indexes.values()) == {None}


def test_only_what_others_follow_has_a_stream(stage: str) -> None:
    streams = {
        name: table["Properties"].get("StreamSpecification")
        for name, table in resources(stage, TABLE).items()
    }
    followed = {name.partition("Table")[0] for name, stream in streams.items() if stream}
    assert followed == {"Campaigns", "Conversations", "Contacts", "Knowledge", "Workspaces"}
    told = [stream for stream in streams.values() if stream]
    assert told == [{"StreamViewType": "NEW_AND_OLD_IMAGES"}] * len(told)


def test_production_keeps_and_protects_its_data() -> None:
    for resource_type in (TABLE, BUCKET, SECRET, POOL):
        for resource in resources("prod", resource_type).values():
            assert resource["DeletionPolicy"] == "Retain"
            assert resource["UpdateReplacePolicy"] == "Retain"
    assert resources("prod", KEY)["SecretsKey317DCF94"]["DeletionPolicy"] == "Retain"
    for table in resources("prod", TABLE).values():
        assert table["Properties"]["DeletionProtectionEnabled"] is True
    (pool,) = resources("prod", POOL).values()
    assert pool["Properties"]["DeletionProtection"] == "ACTIVE"


def test_development_leaves_nothing_behind() -> None:
    for table in resources("dev", TABLE).values():
        assert table["DeletionPolicy"] == "Delete"
        assert not table["Properties"].get("DeletionProtectionEnabled", False)


def test_buckets_are_private_and_encrypted(stage: str) -> None:
    buckets = resources(stage, BUCKET)
    assert buckets
    for bucket in buckets.values():
        assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
        assert "BucketEncryption" in bucket["Properties"]


def test_buckets_refuse_plain_http(deployed: str) -> None:
    refused = {
        referred(policy["Properties"]["Bucket"])
        for policy in resources(deployed, "AWS::S3::BucketPolicy").values()
        if "aws:SecureTransport" in json.dumps(policy)
    }
    assert refused == resources(deployed, BUCKET).keys()


def test_overflow_expires_with_the_dead_letters_that_may_name_it(stage: str) -> None:
    rules = resources(stage, BUCKET)["OverflowBucket8A14BF62"]["Properties"][
        "LifecycleConfiguration"
    ]["Rules"]
    assert 14 in [rule.get("ExpirationInDays") for rule in rules]


def test_keys_rotate(stage: str) -> None:
    for key in resources(stage, KEY).values():
        assert key["Properties"]["EnableKeyRotation"] is True


def test_the_meta_secret_starts_without_app_secrets_and_with_a_verify_token(stage: str) -> None:
    secret = resources(stage, SECRET)["MetaSecretE5120ECA"]
    generated = secret["Properties"]["GenerateSecretString"]
    assert json.loads(generated["SecretStringTemplate"]) == {"app_secrets": []}
    assert generated["GenerateStringKey"] == "verify_token"


def test_people_sign_up_and_prove_their_address(stage: str) -> None:
    (pool,) = resources(stage, POOL).values()
    properties = pool["Properties"]
    assert properties["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is False
    assert properties["AutoVerifiedAttributes"] == ["email"]
    assert properties["UserAttributeUpdateSettings"] == {
        "AttributesRequireVerificationBeforeUpdate": ["email"]
    }
    assert properties["MfaConfiguration"] == "OPTIONAL"
    assert properties["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    assert "PostConfirmation" in properties["LambdaConfig"]
    assert properties["UsernameAttributes"] == ["email"]
    assert properties["UserPoolTier"] == "ESSENTIALS"
    assert properties["LambdaConfig"]["PreTokenGenerationConfig"]["LambdaVersion"] == "V2_0"


def test_the_dashboards_client_has_no_secret_and_only_its_flows(stage: str) -> None:
    (client,) = resources(stage, "AWS::Cognito::UserPoolClient").values()
    assert client["Properties"]["GenerateSecret"] is False
    assert set(client["Properties"]["ExplicitAuthFlows"]) == {
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    }


def test_outputs_that_programs_read_are_there(stage: str) -> None:
    assert templates(stage)["Data"]["Outputs"].keys() >= OUTPUTS
