"""People step into conversations: take over, write, hand back."""

from __future__ import annotations

from flow.app import api
from flow.lanes_in import known, send_event
from flow.place import conversations, library, members, teams
from flow.refusals import CONTACT_BLOCKED, MESSAGE_INVALID, WINDOW_CLOSED
from flow.shapes import Accepted, AgentMessage, Takeover
from shared.api import ProblemError
from shared.api.problems import INVALID_INPUT
from shared.channels.messages import validate
from shared.clock import now_ms
from shared.events import AGENT_MESSAGE, HANDED_BACK, TAKEN_OVER
from shared.field_error import FieldError
from shared.media.references import problems as problems_of_files
from shared.permissions import Permission
from shared.standing import BLOCKED


@api.endpoint(
    "POST",
    "/v1/conversations/{conversation_id}/takeover",
    permission=Permission.REPLY,
    status=202,
)
def take_over(conversation_id: str, body: Takeover) -> Accepted:
    """Answer instead of the bot, or give the conversation to a colleague or a team.

    The bot is silent until the conversation is handed back, or for `back_after_minutes` after a
    person's last message.
    """
    summary = known(conversation_id)
    _check_answerer(body)
    after = body.back_after_minutes
    event = {
        "by": None if body.team else body.person or api.caller.user_id or api.caller.key_id,
        **({"team": body.team} if body.team else {}),
        "back_after": None if after is None else after * 60,
    }
    return Accepted(id=send_event(summary, TAKEN_OVER, event))


def _check_answerer(body: Takeover) -> None:
    """Raises ProblemError, naming the field."""
    tenant = api.caller.workspace
    wrong: list[FieldError] = []
    if body.person and body.team:
        wrong.append(FieldError("team", "Name a person or a team, not both"))
    elif body.person and members(tenant).get(body.person) is None:
        wrong.append(FieldError("person", "Nobody of this id is in the workspace"))
    elif body.team and all(team.id != body.team for team in teams(tenant).all()):
        wrong.append(FieldError("team", "There is no such team"))
    if wrong:
        raise ProblemError(INVALID_INPUT, errors=wrong)


@api.endpoint(
    "POST",
    "/v1/conversations/{conversation_id}/hand-back",
    permission=Permission.REPLY,
    status=202,
)
def hand_back(conversation_id: str) -> Accepted:
    """Let the bot go on where it was; what it had asked it asks again."""
    return Accepted(id=send_event(known(conversation_id), HANDED_BACK, {}))


@api.endpoint(
    "POST",
    "/v1/conversations/{conversation_id}/messages",
    permission=Permission.REPLY,
    status=202,
)
def write(conversation_id: str, body: AgentMessage) -> Accepted:
    """Write to the customer. Whoever writes takes over.

    `message` is any message as WhatsApp takes it: {"type": "text", "text": {"body": "…"}}. Send an
    Idempotency-Key, and the same request is one message.
    """
    summary = known(conversation_id)
    files = library(api.caller.workspace)
    problems = [*validate(body.message), *problems_of_files(body.message, files.find)]
    if problems:
        raise ProblemError(MESSAGE_INVALID, errors=problems)
    store = conversations(api.caller.workspace)
    standing = store.standing(summary.channel, summary.contact.id)
    if standing and (refusal := standing.refusal(body.message, now_ms())):
        raise ProblemError(CONTACT_BLOCKED if refusal == BLOCKED else WINDOW_CLOSED)
    after = body.back_after_minutes
    event = {
        "by": api.caller.user_id or api.caller.key_id,
        "back_after": None if after is None else after * 60,
        "message": body.message,
    }
    return Accepted(id=send_event(summary, AGENT_MESSAGE, event))
