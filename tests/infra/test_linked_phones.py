"""The stack that links phones: absent unless a stage asks, and never public."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.infra.rights import LINKING
from tests.templates import DEPLOYED_STAGES, folder_of_this_run, templates


@cache
def hosting() -> dict[str, dict[str, Any]]:
    """The templates of a stage that hosts the service, with every check on."""
    import aws_cdk as cdk

    from infra.app import add_stacks, feature_flags, register_checks
    from infra.config import HOSTED, PROD

    outdir = folder_of_this_run()
    context = {**feature_flags(), "aws:cdk:bundling-stacks": []}
    app = cdk.App(context=context, outdir=str(outdir), analytics_reporting=False)
    register_checks(app)
    add_stacks(app, replace(PROD, linked_phones=HOSTED), None)
    app.synth()
    return {
        path.name.removesuffix(".template.json").rsplit("-", 1)[-1]: json.loads(path.read_text())
        for path in outdir.glob("*.template.json")
    }


def of_type(name: str, stack: str = "LinkedPhones") -> Iterator[dict[str, Any]]:
    for resource in hosting()[stack]["Resources"].values():
        if resource["Type"] == name:
            yield resource["Properties"]


@pytest.mark.parametrize("stage", DEPLOYED_STAGES)
def test_no_stage_has_it_unless_asked(stage: str) -> None:
    beside = {"Account", "Campaigns", "Knowledge", "Letters"}
    assert templates(stage).keys() == {"Data", "App", *beside, "Web"}


def test_nothing_is_public() -> None:
    """No address from outside, no balancer, and no rule that lets anybody in but ours."""
    types = {resource["Type"] for resource in hosting()["LinkedPhones"]["Resources"].values()}
    assert not [name for name in types if "LoadBalancing" in name or "ApiGateway" in name]
    (service,) = of_type("AWS::ECS::Service")
    network = service["NetworkConfiguration"]["AwsvpcConfiguration"]
    assert network["AssignPublicIp"] == "DISABLED"
    assert all("InSubnet" in str(one) for one in network["Subnets"])
    for subnet in of_type("AWS::EC2::Subnet"):
        assert subnet["MapPublicIpOnLaunch"] is False
    groups = list(of_type("AWS::EC2::SecurityGroup"))
    assert len(groups) == 3
    assert not [group for group in groups if group.get("SecurityGroupIngress")]
    rules = list(of_type("AWS::EC2::SecurityGroupIngress"))
    assert sorted(rule["FromPort"] for rule in rules) == [3025, 6379]
    for rule in rules:
        assert "SourceSecurityGroupId" in rule
        assert "CidrIp" not in rule


def test_its_memory_is_encrypted_locked_and_not_in_cluster_mode() -> None:
    (memory,) = of_type("AWS::ElastiCache::ReplicationGroup")
    assert memory["ClusterMode"] == "disabled"
    assert (memory["AtRestEncryptionEnabled"], memory["TransitEncryptionEnabled"]) == (True, True)
    assert memory["MultiAZEnabled"] is True
    assert "{{resolve:secretsmanager:" in json.dumps(memory["AuthToken"])


def test_the_task_authenticates_and_has_time_to_hand_over() -> None:
    (task,) = of_type("AWS::ECS::TaskDefinition")
    (container,) = task["ContainerDefinitions"]
    environment = {one["Name"]: one["Value"] for one in container["Environment"]}
    assert environment["NODE_ENV"] == "production"
    assert environment["MEDIA_CLEANUP_ENABLED"] == "true"
    assert {one["Name"] for one in container["Secrets"]} == {"REDIS_PASSWORD", "API_KEY"}
    assert container["StopTimeout"] >= 45
    assert container["Image"].endswith(":v3.5.1")
    assert container["Command"][-1].endswith("exec bun start")


def test_only_what_calls_it_is_in_its_network() -> None:
    functions = hosting()["App"]["Resources"].values()
    inside = {
        one["Properties"]["Handler"]
        for one in functions
        if one["Type"] == "AWS::Lambda::Function" and "VpcConfig" in one["Properties"]
    }
    assert inside == LINKING.keys()
    for one in functions:
        if one["Type"] == "AWS::Lambda::Function" and one["Properties"]["Handler"] in inside:
            variables = one["Properties"]["Environment"]["Variables"]
            assert variables["BAILEYS_URL"] == "http://linked-phones.kabar.internal:3025"
