"""Interactive messages with one thing to tap: link, form, location, call, contact details."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from local.graph import limits
from local.graph.shapes.interactive_parts import Interactive
from local.graph.shapes.reaction import ONE_EMOJI
from local.graph.shapes.strict import Filled, Shape, Url, at_most, invalid


class LinkParameters(Shape):
    display_text: Annotated[str, at_most(limits.CTA_TEXT)]
    url: Url


class LinkAction(Shape):
    name: Literal["cta_url"]
    parameters: LinkParameters


class LinkMessage(Interactive):
    action: LinkAction


class FlowParameters(Shape):
    flow_message_version: Literal["3"]
    flow_id: Annotated[Filled, Field(coerce_numbers_to_str=True)] | None = None
    flow_name: Filled | None = None
    flow_cta: Annotated[str, at_most(limits.FLOW_CTA)]
    mode: Literal["draft", "published"] = "published"
    flow_token: Filled | None = None
    flow_action: Literal["navigate", "data_exchange"] = "navigate"
    flow_action_payload: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if ONE_EMOJI.search(self.flow_cta):
            raise invalid("flow_cta must not hold emoji")
        if (self.flow_id is None) == (self.flow_name is None):
            raise invalid("takes either flow_id or flow_name")
        if self.flow_action_payload is not None and self.flow_action_payload.get("data") == {}:
            raise invalid("flow_action_payload['data'] must not be an empty object")
        return self


class FlowAction(Shape):
    name: Literal["flow"]
    parameters: FlowParameters


class FlowMessage(Interactive):
    action: FlowAction


class LocationRequestAction(Shape):
    name: Literal["send_location"]


class LocationRequestMessage(Interactive):
    action: LocationRequestAction


class CallPermissionAction(Shape):
    name: Literal["call_permission_request"]


class CallPermissionMessage(Interactive):
    action: CallPermissionAction


class ContactInfoAction(Shape):
    name: Literal["request_contact_info"]


class ContactInfoMessage(Interactive):
    action: ContactInfoAction


class UncheckedActionMessage(Interactive):
    """Kinds whose action Meta does not describe in full (addresses, orders)."""

    action: dict[str, Any]
