"""The emulator waits 50 ms for log lines after each invocation that wrote none.

AWS does not, so a quiet webhook would look five times slower than it is.
"""

from __future__ import annotations

from ministack.core.lambda_runtime import Worker

# Seconds: for a first line, for a further line, at most.
_WAITS = (0.005, 0.002, 0.25)


def apply() -> None:
    Worker._drain_stderr_bounded.__defaults__ = _WAITS
