"""Builds the stacks of one stage: `python -m infra.app -c stage=dev -o cdk.out`, or through cdk.

Started by the CDK command line, context and output folder come from it and flags are left out.
Started alone, the feature flags of cdk.json still apply, so both write the same templates.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from infra.bundling import ROOT
from infra.config import ConfigError, Stage, stage_named
from infra.stacks.app_stack import AppStack
from infra.stacks.data_stack import DataStack

DEFAULT_STAGE = "dev"


def feature_flags() -> dict[str, Any]:
    """The context of cdk.json."""
    context: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]
    return context


def build(context: Mapping[str, Any], outdir: Path | None = None) -> cdk.App:
    """The app with every stack and check of the stage that the context names."""
    app = cdk.App(
        context={**feature_flags(), **context},
        outdir=str(outdir) if outdir else None,
        # No usage report: it would add a resource to every stack.
        analytics_reporting=False,
    )
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
    stage = stage_named(app.node.try_get_context("stage") or DEFAULT_STAGE)
    add_stacks(app, stage)
    cdk.Tags.of(app).add("kabar:stage", stage.name)
    return app


def add_stacks(app: cdk.App, stage: Stage) -> None:
    """The stacks of a stage, each given what it needs from the one before."""
    data = DataStack(app, f"Kabar-{stage.name}-Data", stage=stage)
    AppStack(app, f"Kabar-{stage.name}-App", stage=stage, data=data)


def main(arguments: Sequence[str]) -> int:
    """Synthesize; problems of the caller's making end as one line."""
    parser = argparse.ArgumentParser(prog="python -m infra.app", description=__doc__)
    parser.add_argument("-c", "--context", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args(arguments)
    context = dict(pair.split("=", 1) for pair in given.context)
    try:
        build(context, given.output).synth()
    except ConfigError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
