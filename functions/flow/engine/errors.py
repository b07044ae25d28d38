"""Why a flow was refused or stopped.

FlowError
├── FlowInvalidError        the definition cannot run; raised when it is compiled
│   ├── RuleInvalidError    a condition is outside the allow-list or its bounds
│   ├── TextInvalidError    a text has a place that cannot be filled
│   └── PatternInvalidError a pattern that the engine does not know
└── FlowStoppedError        a running session hit a limit; ends the session, never the worker
    ├── TooManyStepsError
    ├── TooManyEventsError
    ├── TooManyFramesError
    ├── TooManySendsError
    ├── TooManyStartsError
    ├── TooManyRulesError
    ├── TooMuchOutputError
    ├── StateTooLargeError
    ├── WaitTooLongError
    └── FlowMissingError
"""

from __future__ import annotations


class FlowError(Exception):
    """Base of what is wrong with a flow."""


class FlowInvalidError(FlowError, ValueError):
    """The definition cannot run. The text names the place; `problems` has every place found, as
    (path in the definition, what is wrong)."""

    def __init__(self, message: str, problems: tuple[tuple[tuple[str | int, ...], str], ...] = ()):
        super().__init__(message)
        self.problems = problems


class RuleInvalidError(FlowInvalidError):
    """A JsonLogic rule uses what is not allowed, or is too deep or too large."""


class TextInvalidError(FlowInvalidError):
    """A `{{…}}` in a text is no value with filters, or there are too many."""


class PatternInvalidError(FlowInvalidError):
    """A regular expression has a mistake, or asks for what cannot be matched in linear time."""


class FlowStoppedError(FlowError):
    """A session hit a limit. `code` is stable, for people's dashboards and for tests."""

    code = "stopped"


class TooManyStepsError(FlowStoppedError):
    """One event led through more nodes than `Limits.steps_per_event`."""

    code = "too_many_steps"


class TooManyEventsError(FlowStoppedError):
    """A session took more events than `Limits.events_per_session`."""

    code = "too_many_events"


class TooManyFramesError(FlowStoppedError):
    """Subflows called subflows deeper than `Limits.frames`."""

    code = "too_many_frames"


class TooManySendsError(FlowStoppedError):
    """One event led to more messages than `Limits.sends_per_event`."""

    code = "too_many_sends"


class TooManyStartsError(FlowStoppedError):
    """A session started more flows for other contacts than `Limits.starts_per_session`, or is
    itself as many starts away from a person as `Limits.generation`."""

    code = "too_many_starts"


class TooManyRulesError(FlowStoppedError):
    """The rules and texts of one event took more than `Limits.rule_steps_per_event`."""

    code = "too_many_rules"


class TooMuchOutputError(FlowStoppedError):
    """The effects of one event outgrew `Limits.output_bytes`."""

    code = "too_much_output"


class StateTooLargeError(FlowStoppedError):
    """A session's variables outgrew `Limits.state_bytes`, or one step set far more than that."""

    code = "state_too_large"


class WaitTooLongError(FlowStoppedError):
    """A wait would end later than `Limits.wait_seconds` from now."""

    code = "wait_too_long"


class FlowMissingError(FlowStoppedError):
    """The version that a session is pinned to, or its node, is not there any more."""

    code = "flow_missing"
