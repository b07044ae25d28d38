"""What a number has sent and heard lately, against its limits (sections 6.1 to 6.5)."""

from collections.abc import Callable

from local.graph import error_table
from local.graph.bucket import Bucket, draw
from local.graph.graph_errors import GraphError
from local.graph.rules import Rules

DAY_SECONDS = 24 * 3600
# By memory only of those who wrote it down (section 6.5): the stricter reading.
OPENS_NOTHING = frozenset({"edit", "reaction", "request_welcome", "revoke", "system"})


class Traffic:
    """People are named by whatever the caller knows them by, always the same."""

    def __init__(self, now_seconds: Callable[[], float]) -> None:
        self._now = now_seconds
        self.rules = Rules()
        self._whole: Bucket | None = None
        self._pairs: dict[str, Bucket] = {}
        self._heard_at: dict[str, float] = {}
        self._written_to: dict[str, float] = {}

    def heard_from(self, person: str, kind: str = "text") -> None:
        """A message of a customer opens the window unless it is of a kind that says nothing, and
        counts towards the throughput."""
        if kind in OPENS_NOTHING:
            self._heard_at.setdefault(person, float("-inf"))
        else:
            self._heard_at[person] = self._now()
        if self.rules.throughput is not None:
            self._whole, _ = draw(self._whole, self.rules.throughput, self._now())

    def let_pass(self, person: str, *, known: bool, is_template: bool) -> None:
        """Raises what Meta answers when a limit is reached. The window of somebody who was never
        heard of here (`known` false) is taken on trust: their messages came from elsewhere."""
        open_window = self._is_open(person)
        if not is_template and not open_window and (known or person in self._heard_at):
            raise GraphError(error_table.WINDOW_CLOSED)
        if is_template and not open_window:
            self._count_to_tier(person)
        self._draw_pair(person)
        self._draw_whole()

    def close_window(self, person: str) -> None:
        """As when a day has passed since the person's last message."""
        self._heard_at[person] = float("-inf")

    def _is_open(self, person: str) -> bool:
        hours = self.rules.window_hours
        if hours is None:
            return True
        return self._now() - self._heard_at.get(person, float("-inf")) < hours * 3600

    def _count_to_tier(self, person: str) -> None:
        now = self._now()
        self._written_to = {
            one: at for one, at in self._written_to.items() if now - at < DAY_SECONDS
        }
        if person in self._written_to:
            return
        if self.rules.tier is not None and len(self._written_to) >= self.rules.tier:
            raise GraphError(
                error_table.SPAM_LIMIT, "The messaging limit of the business portfolio is reached."
            )
        self._written_to[person] = now

    def _draw_pair(self, person: str) -> None:
        burst = self.rules.pair_burst
        if burst is None:
            return
        bucket = self._pairs.get(person)
        self._pairs[person], passes = draw(bucket, 1 / self.rules.pair_seconds, self._now(), burst)
        if not passes:
            raise GraphError(error_table.PAIR_RATE_REACHED)

    def _draw_whole(self) -> None:
        if self.rules.throughput is None:
            return
        self._whole, passes = draw(self._whole, self.rules.throughput, self._now())
        if not passes:
            raise GraphError(error_table.THROUGHPUT_REACHED)
