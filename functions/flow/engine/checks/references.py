"""What a flow names and the workspace does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from flow.engine.calendar import is_zone
from flow.engine.checks.catalogue import Catalogue, ClosedGate
from flow.engine.checks.findings import Finding, error, warning
from flow.engine.definition import Flow
from flow.engine.nodes import BaseNode
from flow.engine.nodes.ai import AiNode
from flow.engine.nodes.ask import AskNode
from flow.engine.nodes.assign import AssignNode
from flow.engine.nodes.contact import ContactNode, FieldChange
from flow.engine.nodes.hours import HoursNode
from flow.engine.nodes.jump import JumpNode
from flow.engine.nodes.message import MessageNode
from flow.engine.nodes.start_flow import StartFlowNode
from flow.engine.nodes.subflow import SubflowNode
from flow.engine.nodes.template import TemplateNode
from flow.engine.nodes.wait import WaitNode
from flow.engine.template_content import TemplateContent
from flow.engine.texts import underscored
from flow.engine.triggers import ScheduleTrigger


def reference_findings(flow: Flow, catalogue: Catalogue) -> Iterator[Finding]:
    for node in flow.nodes.values():
        yield from _named(node, catalogue)
        template = template_of(node)
        if template is not None:
            yield from _template(node.id, template, flow.definition.language, catalogue)
    if not flow.definition.triggers:
        words = "Nothing starts this flow; other flows and programs can"
        yield warning(None, "no_trigger", words)
    for trigger in flow.definition.triggers:
        if isinstance(trigger, ScheduleTrigger) and not is_zone(trigger.zone):
            yield error(None, "unknown_zone", f"There is no time zone {trigger.zone!r}", "triggers")


def template_of(node: BaseNode) -> TemplateContent | None:
    match node:
        case TemplateNode():
            return node.data
        case MessageNode() | AskNode() if isinstance(node.data.content, TemplateContent):
            return node.data.content
    return None


def _named(node: BaseNode, catalogue: Catalogue) -> Iterator[Finding]:
    match node:
        case SubflowNode() | StartFlowNode():
            yield from _missing(node.id, "flow", node.data.flow, catalogue.flows)
        case JumpNode():
            yield from _missing(node.id, "flow", node.data.flow, catalogue.flows)
        case AiNode():
            yield from _knowledge(node, catalogue.knowledge_bases)
            yield from _gate(node, catalogue.closed_gates)
        case AssignNode():
            yield from _missing(node.id, "team", node.data.team, catalogue.teams)
            yield from _missing(node.id, "person", node.data.person, catalogue.people)
        case ContactNode():
            for change in node.data.changes:
                if isinstance(change, FieldChange):
                    yield from _missing(node.id, "field", change.field, catalogue.fields)
        case HoursNode() | WaitNode() if not is_zone(node.data.zone):
            words = f"There is no time zone {node.data.zone!r}"
            yield error(node.id, "unknown_zone", words, "zone")


def _knowledge(node: AiNode, bases: frozenset[str] | None) -> Iterator[Finding]:
    """Where there is none at all, the node still has an exit for it."""
    if bases == frozenset():
        words = "There is no knowledge base yet: this step is left by its exit 'failed'"
        yield warning(node.id, "no_knowledge", words, "knowledge_base")
    else:
        yield from _missing(node.id, "knowledge_base", node.data.knowledge_base, bases)


def _gate(node: AiNode, closed: Mapping[str, ClosedGate]) -> Iterator[Finding]:
    gate = closed.get(node.data.knowledge_base)
    if gate is not None:
        code = "evaluation_needed"
        yield error(node.id, code, gate.words, "knowledge_base", gate.evaluation_id)


def _missing(
    node_id: str, what: str, name: str | None, there: Collection[str] | None
) -> Iterator[Finding]:
    if name is not None and there is not None and name not in there:
        words = f"There is no {what.replace('_', ' ')} {name!r}"
        yield error(node_id, f"unknown_{what}", words, what)


def _template(
    node_id: str, template: TemplateContent, default: str, catalogue: Catalogue
) -> Iterator[Finding]:
    if catalogue.templates is None:
        return
    shape = catalogue.templates.get(template.name)
    if shape is None:
        words = f"There is no approved template {template.name!r}"
        yield error(node_id, "unknown_template", words, "name")
        return
    wanted = underscored(template.language or default)
    if wanted not in shape.languages:
        words = f"The template {template.name!r} is not approved in {wanted!r}"
        yield error(node_id, "unknown_template_language", words, "language")
    given = len(template.body) + len(template.named_body)
    if shape.body_places is not None and given != shape.body_places:
        words = f"The template's body has {shape.body_places} places, and {given} are filled"
        yield error(node_id, "template_places", words, "body")
