"""What a stage says of how much a flow may do reaches whoever runs, checks and tries flows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from flow.stage_limits import VARIABLE, stage_limits
from tests.templates import LAMBDA, folder_of_this_run, own_functions

_NAMED = (("steps_per_event", 500),)
_HEEDING = {"flow.worker.handler", "flow.api.handler"}


def variables() -> dict[str, dict[str, Any]]:
    """Of the functions of a stage that bounds flows by itself, by handler."""
    import aws_cdk as cdk

    from infra.app import add_stacks, feature_flags
    from infra.config import DEV

    outdir = folder_of_this_run()
    context = {**feature_flags(), "aws:cdk:bundling-stacks": []}
    app = cdk.App(context=context, outdir=str(outdir), analytics_reporting=False)
    add_stacks(app, replace(DEV, flow_limits=_NAMED), None)
    app.synth()
    functions = [
        resource["Properties"]
        for path in outdir.glob("*.template.json")
        for resource in json.loads(path.read_text())["Resources"].values()
        if resource["Type"] == LAMBDA and "Environment" in resource["Properties"]
    ]
    return {one["Handler"]: one["Environment"]["Variables"] for one in functions}


def test_a_stages_limits_reach_those_who_run_check_and_try_flows() -> None:
    told = {name: those for name, those in variables().items() if VARIABLE in those}
    assert told.keys() == _HEEDING
    for those in told.values():
        assert stage_limits(those).steps_per_event == 500


def test_without_them_the_engines_own_hold(stage: str) -> None:
    for properties in own_functions(stage).values():
        assert VARIABLE not in properties["Environment"]["Variables"]
