"""Why a flow was refused or stopped.

FlowError
├── FlowInvalidError        the definition cannot run; raised when it is compiled
│   └── RuleInvalidError    a condition is outside the allow-list or its bounds
└── FlowStoppedError        a running session hit a limit; ends the session, never the worker
    ├── TooManyStepsError
    ├── TooManyEventsError
    ├── TooManyRulesError
    ├── TooMuchOutputError
    └── StateTooLargeError
"""

from __future__ import annotations


class FlowError(Exception):
    """Base of what is wrong with a flow."""


class FlowInvalidError(FlowError, ValueError):
    """The definition cannot run. The text names the node and the field."""


class RuleInvalidError(FlowInvalidError):
    """A JsonLogic rule uses what is not allowed, or is too deep or too large."""


class FlowStoppedError(FlowError):
    """A session hit a limit. `code` is stable, for people's dashboards and for tests."""

    code = "stopped"


class TooManyStepsError(FlowStoppedError):
    """One event led through more nodes than `Limits.steps_per_event`."""

    code = "too_many_steps"


class TooManyEventsError(FlowStoppedError):
    """A session took more events than `Limits.events_per_session`."""

    code = "too_many_events"


class TooManyRulesError(FlowStoppedError):
    """The conditions that one event led through had more than `Limits.rule_parts_per_event`."""

    code = "too_many_rules"


class TooMuchOutputError(FlowStoppedError):
    """The effects of one event outgrew `Limits.output_bytes`."""

    code = "too_much_output"


class StateTooLargeError(FlowStoppedError):
    """A session's variables outgrew `Limits.state_bytes`."""

    code = "state_too_large"
