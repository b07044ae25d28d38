"""The synthesized templates, made once per process; the first synthesis takes some seconds."""

from __future__ import annotations

import atexit
import json
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

Template = dict[str, Any]
Resources = dict[str, dict[str, Any]]

STAGES = ("local", "dev", "prod")
DEPLOYED_STAGES = ("dev", "prod")


def folder_of_this_run() -> Path:
    """A new folder that goes when the process does."""
    folder = Path(tempfile.mkdtemp(prefix="kabar-templates-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def context_of(stage: str) -> dict[str, Any]:
    """A context that needs nothing built: an empty dashboard, and no stack is bundled."""
    dashboard = folder_of_this_run()
    (dashboard / "index.html").write_text("<!doctype html>")
    return {"stage": stage, "dashboard": str(dashboard), "aws:cdk:bundling-stacks": []}


@cache
def assembly(stage: str) -> Path:
    """The folder that a synthesis of the stage writes, with every check on."""
    # The engine starts with this import: only tests that look at templates pay for it.
    from infra.app import build

    outdir = folder_of_this_run()
    build(context_of(stage), outdir).synth()
    return outdir


@cache
def templates(stage: str) -> dict[str, Template]:
    """The templates of a stage by the last part of the stack's name, such as Data or App."""
    paths = assembly(stage).glob("*.template.json")
    return {
        path.name.removesuffix(".template.json").rsplit("-", 1)[-1]: json.loads(path.read_text())
        for path in paths
    }


def resources(stage: str, resource_type: str) -> Resources:
    """Every resource of a type in a stage, by logical id (unique within the stage)."""
    return {
        logical_id: resource
        for template in templates(stage).values()
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == resource_type
    }


def own_functions(stage: str) -> dict[str, dict[str, Any]]:
    """Properties of our functions by handler; CDK's own uploader is left out."""
    found = (function["Properties"] for function in resources(stage, LAMBDA).values())
    return {props["Handler"]: props for props in found if props["Handler"].count(".") == 2}


def queue_sources(stage: str) -> dict[str, dict[str, Any]]:
    """What feeds functions from queues: their properties, by id. Other sources are streams of
    tables."""
    return {
        name: source["Properties"]
        for name, source in resources(stage, SOURCE).items()
        if "StreamArn" not in json.dumps(source["Properties"]["EventSourceArn"])
    }


def referred(value: Any) -> str:
    """The logical id that a Ref or Fn::GetAtt names, be it through another stack's export."""
    if "Fn::ImportValue" in value:
        exported = re.search(r":ExportsOutput(?:FnGetAtt|Ref)(\w+?[0-9A-F]{8})", json.dumps(value))
        assert exported, value
        return exported[1]
    if "Ref" in value:
        return str(value["Ref"])
    return str(value["Fn::GetAtt"][0])


LAMBDA = "AWS::Lambda::Function"
QUEUE = "AWS::SQS::Queue"
TABLE = "AWS::DynamoDB::Table"
BUCKET = "AWS::S3::Bucket"
SOURCE = "AWS::Lambda::EventSourceMapping"
ALARM = "AWS::CloudWatch::Alarm"
LOG_GROUP = "AWS::Logs::LogGroup"
