"""The types of node, each in a module of its own: what it stores, its exits, what it does."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from pydantic import Field

from flow.engine.nodes.ai import AiNode
from flow.engine.nodes.ask import AskNode
from flow.engine.nodes.assign import AssignNode
from flow.engine.nodes.base import BaseNode
from flow.engine.nodes.condition import ConditionNode
from flow.engine.nodes.contact import ContactNode
from flow.engine.nodes.end import EndNode
from flow.engine.nodes.hand_back import HandBackNode
from flow.engine.nodes.hours import HoursNode
from flow.engine.nodes.http import HttpNode
from flow.engine.nodes.jump import JumpNode
from flow.engine.nodes.message import MessageNode
from flow.engine.nodes.note import NoteNode
from flow.engine.nodes.set_variables import SetNode
from flow.engine.nodes.split import SplitNode
from flow.engine.nodes.start_flow import StartFlowNode
from flow.engine.nodes.subflow import SubflowNode
from flow.engine.nodes.switch import SwitchNode
from flow.engine.nodes.template import TemplateNode
from flow.engine.nodes.wait import WaitNode
from flow.engine.nodes.webhook import WebhookNode

Node: TypeAlias = Annotated[
    MessageNode
    | TemplateNode
    | AskNode
    | ConditionNode
    | SwitchNode
    | SplitNode
    | HoursNode
    | SetNode
    | JumpNode
    | SubflowNode
    | WaitNode
    | HttpNode
    | ContactNode
    | AssignNode
    | HandBackNode
    | NoteNode
    | StartFlowNode
    | WebhookNode
    | AiNode
    | EndNode,
    Field(discriminator="type"),
]
NODE_TYPES: Final[dict[str, type[BaseNode]]] = {
    cls.model_fields["type"].annotation.__args__[0]: cls
    for cls in Node.__origin__.__args__  # type: ignore[attr-defined]
}
"""By the name that stored flows use."""

__all__ = ["NODE_TYPES", "BaseNode", "Node"]
