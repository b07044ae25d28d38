"""Errors that nobody foresaw: on record for us, without the texts they may quote."""

from __future__ import annotations

import traceback

from botocore.exceptions import ClientError

from shared.observability import count, logger


def report(error: Exception) -> None:
    """An exception's message may hold what a customer wrote; its type and place do not."""
    frames = traceback.extract_tb(error.__traceback__)
    logger.error(
        "request failed",
        error=type(error).__name__,
        code=error.response["Error"].get("Code") if isinstance(error, ClientError) else None,
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    )
    count("ApiErrors")
