"""What is wrong with a flow before it is published. Pure: what the workspace has is given."""

from __future__ import annotations

from flow.engine.checks.catalogue import Catalogue
from flow.engine.checks.exits import exit_findings
from flow.engine.checks.findings import Finding, sorted_findings
from flow.engine.checks.loops import loop_findings
from flow.engine.checks.references import reference_findings
from flow.engine.checks.refusals import refusal_findings
from flow.engine.checks.validity import flow_or_findings
from flow.engine.checks.values import value_findings
from flow.engine.checks.windows import window_findings
from flow.engine.checks.wording import wording_findings
from flow.engine.limits import DEFAULT_LIMITS, Limits
from shared.json_types import JsonObject

_UNKNOWN = Catalogue()


def check(
    stored: JsonObject, catalogue: Catalogue = _UNKNOWN, limits: Limits = DEFAULT_LIMITS
) -> list[Finding]:
    """All findings, by node in the order of the flow. One with level "error" must keep the flow
    from being published. A draft of any shape is answered with findings, never with an error."""
    flow, findings = flow_or_findings(stored, limits)
    if flow is None:
        return findings
    found = [
        *exit_findings(flow),
        *loop_findings(flow, catalogue),
        *reference_findings(flow, catalogue),
        *refusal_findings(flow),
        *value_findings(flow, catalogue),
        *window_findings(flow),
        *wording_findings(flow),
    ]
    return sorted_findings(found, list(flow.nodes))


__all__ = ["Catalogue", "Finding", "check"]
