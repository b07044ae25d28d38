"""The rule packs are on, find nothing in our stacks, and would find something."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import IConstruct

from infra import acknowledge
from infra.app import build, feature_flags, register_checks
from tests.templates import assembly, context_of

UNSAFE: dict[str, Callable[[cdk.Stack], object]] = {
    "AwsSolutions-SQS4": lambda stack: sqs.Queue(stack, "Queue"),
    "Serverless-SQSRedrivePolicy": lambda stack: sqs.Queue(stack, "Queue", enforce_ssl=True),
    "AwsSolutions-S10": lambda stack: s3.Bucket(stack, "Bucket"),
}


def test_no_stage_has_a_finding_even_a_warning(stage: str) -> None:
    report = json.loads((assembly(stage) / "validation-report.json").read_text())
    assert report["pluginReports"] == []


class Withheld:
    """Stands in for the acknowledgements of one construct: notes them instead of making them."""

    def __init__(self, construct: IConstruct, noted: set[tuple[str, str]]) -> None:
        self._construct = construct
        self._noted = noted

    def acknowledge(self, *rules: cdk.Acknowledgment) -> None:
        self._noted |= {(self._construct.node.path, rule.id) for rule in rules}


def test_every_acknowledgement_answers_a_finding_at_its_own_resource(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: set[tuple[str, str]] = set()
    monkeypatch.setattr(acknowledge, "validations", lambda construct: Withheld(construct, noted))
    with pytest.raises(RuntimeError, match="ValidationFailed"):
        build(context_of(stage), tmp_path).synth()
    report = json.loads((tmp_path / "validation-report.json").read_text())
    found = {
        (construct["constructPath"], violation["ruleName"])
        for plugin in report["pluginReports"]
        for violation in plugin["violations"]
        for construct in violation["violatingConstructs"]
    }
    unneeded = {
        (path, rule)
        for path, rule in noted
        if not any(name == rule and where.startswith(f"{path}/") for where, name in found)
    }
    assert noted
    assert unneeded == set()


@pytest.mark.parametrize("rule", UNSAFE)
def test_an_unsafe_resource_fails_the_synthesis(rule: str, tmp_path: Path) -> None:
    app = cdk.App(context=feature_flags(), outdir=str(tmp_path))
    register_checks(app)
    UNSAFE[rule](cdk.Stack(app, "Unsafe"))
    with pytest.raises(RuntimeError, match="ValidationFailed"):
        app.synth()
    assert rule in (tmp_path / "validation-report.json").read_text()
