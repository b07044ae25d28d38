"""A contact's run, read from and written to JSON between two events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from shared.json_types import JsonObject

Awaited: TypeAlias = Literal["customer", "action", "time", "person"]
CUSTOMER: Final = "customer"
ACTION: Final = "action"
TIME: Final = "time"
PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a session waits for. Only an answer with this `correlation` counts. `deadline`
    (milliseconds since 1970) is when waiting has been too long, None: never. `tries` counts the
    answers that could not be used."""

    awaited: Awaited
    correlation: str
    deadline: int | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A flow and where it stands. `version` is pinned: publishing does not change a run."""

    flow: str
    version: int
    node: str
    variables: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """`frames` has the first flow first; the last one runs, the others wait for it to return.
    `silenced` while a person answers; `held` is then the answer or timer that has come meanwhile.
    `message` is the contact's last, in short. Times in milliseconds since 1970."""

    id: str
    frames: tuple[Frame, ...]
    waiting: Waiting
    events: int
    started_at: int
    active_at: int
    silenced: bool = False
    generation: int = 0
    starts: int = 0
    message: JsonObject = field(default_factory=dict)
    held: JsonObject | None = None

    @property
    def top(self) -> Frame:
        return self.frames[-1]


def to_json(session: Session) -> JsonObject:
    waiting = session.waiting
    return {
        "id": session.id,
        "frames": [
            {
                "flow": frame.flow,
                "version": frame.version,
                "node": frame.node,
                "variables": frame.variables,
            }
            for frame in session.frames
        ],
        "waiting": {
            "awaited": waiting.awaited,
            "correlation": waiting.correlation,
            "deadline": waiting.deadline,
            "tries": waiting.tries,
        },
        "events": session.events,
        "started_at": session.started_at,
        "active_at": session.active_at,
        "silenced": session.silenced,
        "generation": session.generation,
        "starts": session.starts,
        "message": session.message,
        "held": session.held,
    }


def from_json(raw: JsonObject) -> Session:
    return Session(
        **{
            **raw,
            "frames": tuple(Frame(**frame) for frame in raw["frames"]),
            "waiting": Waiting(**raw["waiting"]),
        }
    )
