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
from typing import Any, Final

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from infra.bundling import ROOT
from infra.config import HOSTED, ConfigError, Stage, stage_named
from infra.contexts import account, blast, knowledge, letters
from infra.stacks.app_stack import AppStack
from infra.stacks.context_stack import Context, ContextStack
from infra.stacks.data_stack import DataStack
from infra.stacks.linked_phones_stack import LinkedPhonesStack
from infra.stacks.web_stack import WebStack

DEFAULT_STAGE = "dev"
# What stands beside the app: by the name of its stack, with what it is for.
BESIDE: Final[Mapping[str, tuple[Context, str]]] = {
    "Account": (account, "workspaces, people, their use and their data"),
    "Knowledge": (knowledge, "answers from documents"),
    "Campaigns": (blast, "campaigns"),
    # The last: it has every queue's dead letters.
    "Letters": (letters, "dead letters of every queue"),
}


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
    register_checks(app)
    stage = stage_named(app.node.try_get_context("stage") or DEFAULT_STAGE)
    add_stacks(app, stage, built_dashboard(app, stage))
    cdk.Tags.of(app).add("kabar:stage", stage.name)
    return app


def register_checks(app: cdk.App) -> None:
    """Make synthesis fail on every finding that is not acknowledged beside its resource."""
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))


def built_dashboard(app: cdk.App, stage: Stage) -> Path | None:
    """The folder that the web stack serves; None when the stage or the caller goes without one.

    Raises:
        ConfigError: the dashboard is wanted and not built.
    """
    wanted = str(app.node.try_get_context("web") or "true").lower() != "false"
    if not (wanted and stage.has_web_stack):
        return None
    folder = Path(app.node.try_get_context("dashboard") or "frontend/dist")
    if not (ROOT / folder / "index.html").is_file():
        raise ConfigError(
            f"{folder} holds no built dashboard: run `make web`, or go without by -c web=false"
        )
    return ROOT / folder


def add_stacks(app: cdk.App, stage: Stage, dashboard: Path | None) -> None:
    """The stacks of a stage, each given what it needs from the ones before."""
    prefix = f"Kabar-{stage.name}"
    data = DataStack(app, f"{prefix}-Data", stage=stage)
    linked = None
    if stage.linked_phones == HOSTED and data.linked_phones_secret:
        linked = LinkedPhonesStack(
            app, f"{prefix}-LinkedPhones", stage=stage, api_key=data.linked_phones_secret
        )
    front = AppStack(app, f"{prefix}-App", stage=stage, data=data, linked_phones=linked)
    queues = front.parts.queues
    for name, (context, purpose) in BESIDE.items():
        beside = ContextStack(
            app,
            f"{prefix}-{name}",
            stage=stage,
            data=data,
            app=front,
            before=queues,
            context=context,
            description=purpose,
        )
        queues = beside.parts.queues
    if dashboard:
        WebStack(app, f"{prefix}-Web", stage=stage, data=data, app=front, folder=dashboard)


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
