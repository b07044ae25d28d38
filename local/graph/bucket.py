"""A token bucket: how much may pass at once, and how fast that comes back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bucket:
    tokens: float
    at_seconds: float


def draw(
    bucket: Bucket | None, rate: float, now_seconds: float, size: float | None = None
) -> tuple[Bucket, bool]:
    """The bucket after one message asked to pass, and whether it may. It holds one second's worth
    unless it has a `size`, and at least one message where any may pass."""
    if size is None:
        size = max(1.0, rate) if rate > 0 else 0.0
    if bucket is None:
        bucket = Bucket(size, now_seconds)
    filled = min(size, bucket.tokens + (now_seconds - bucket.at_seconds) * rate)
    passes = filled >= 1
    return Bucket(filled - 1 if passes else filled, now_seconds), passes
