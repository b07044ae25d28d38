"""Try a flow without anybody noticing: the simulator beside the canvas."""

from __future__ import annotations

from flow.app import api
from flow.calling import answer_of
from flow.catalog import Catalog
from flow.drafts import store
from flow.engine.definition import Flow, compile_flow
from flow.engine.errors import FlowInvalidError
from flow.engine.lookup import FlowRef
from flow.engine.starts import Startable
from flow.place import settings, workspaces
from flow.refusals import FLOW_INVALID, SIMULATION_IMPOSSIBLE
from flow.shapes import Simulated, Simulation
from flow.simulating import SimulationError, simulate
from flow.stage_limits import stage_limits
from shared.api import ProblemError
from shared.clock import now_ms
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.permissions import Permission
from shared.public_http import request
from shared.store.flow_records import FlowNotFoundError
from shared.store.workspaces import scope_of

_UNSAVED = "simulated"


@api.endpoint("POST", "/v1/flows/simulate", permission=Permission.EDIT_FLOWS)
def simulate_flow(body: Simulation) -> Simulated:
    """Run one event through a flow: state in, state and effects out.

    It is production's engine; nothing is sent or kept. `state` is what the event before answered,
    null to begin. `event` is one of {type: said, text, payload?, message?}, {type: started,
    trigger?, values?, parameters?}, {type: timer_fired} (time jumps to what is waited for), {type:
    http_answered, outcome, status, body}, {type: ai_answered, outcome, text, sources?}, {type:
    perform} (the awaited call is made for real; for what knowledge really answers ask its own route
    and say it as ai_answered), {type: taken_over}, {type: handed_back}.
    """
    flow_id = body.flow_id or _UNSAVED
    stored = body.flow if body.flow is not None else store().draft(flow_id)[0]
    try:
        answer = simulate(
            _catalog(flow_id, compile_flow(stored, stage_limits())),
            body.state,
            {**body.event, "flow_id": flow_id},
            contact=body.contact,
            workspace=_workspace(),
            now=now_ms() if body.now is None else body.now,
            perform=_perform,
        )
    except FlowInvalidError as error:
        raise ProblemError(FLOW_INVALID, errors=[FieldError("flow", str(error))]) from error
    except SimulationError as error:
        field = FieldError(str(error), "does not fit what the simulation waits for")
        raise ProblemError(SIMULATION_IMPOSSIBLE, errors=[field]) from error
    return Simulated(**answer)


def _workspace() -> JsonObject:
    tenant = api.caller.workspace
    return scope_of(tenant, workspaces(tenant).get())


def _catalog(flow_id: str, flow: Flow) -> Catalog:
    """The flow as it is drawn, and of the others what is published."""
    ref = FlowRef(flow_id, 0)
    flows = store()

    def find(wanted: str, version: int | None) -> tuple[int, Flow] | None:
        if wanted == flow_id:
            return 0, flow
        try:
            number = version if version is not None else flows.live().flows[wanted].version
            return number, compile_flow(flows.version(wanted, number)[1], stage_limits())
        except (FlowInvalidError, FlowNotFoundError, KeyError):
            return None

    return Catalog(find, (Startable(ref, flow),), ref, limits=stage_limits())


def _perform(effect: JsonObject) -> JsonObject:
    if effect["type"] == "call_http":
        return answer_of(effect, request, settings().private_hosts)
    raise SimulationError("event.type")
