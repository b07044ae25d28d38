"""When a webhook that was not answered with 200 is sent again."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class RetryPolicy:
    """Meta goes on for seven days; a laptop gives up after `attempts`."""

    attempts: int = 10
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 60.0


def waits_before_retries(policy: RetryPolicy) -> Iterator[float]:
    """Seconds to wait before the second, third, … attempt: at once, then with falling frequency."""
    if policy.attempts < 2:
        return
    yield 0.0
    wait = policy.first_wait_seconds
    for _ in range(policy.attempts - 2):
        yield min(wait, policy.longest_wait_seconds)
        wait *= 2
