"""What the collection says no with."""

from __future__ import annotations

from typing import Any


class RefusedError(Exception):
    """`status`, and the `type` and `reason` of OpenSearch's error."""

    def __init__(self, status: int, type_: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.type, self.reason = status, type_, reason

    def body(self) -> dict[str, Any]:
        cause = {"type": self.type, "reason": self.reason}
        return {"error": {**cause, "root_cause": [cause]}, "status": self.status}


def bad_query(reason: str) -> RefusedError:
    return RefusedError(400, "parsing_exception", reason)


def bad_setting(name: str) -> RefusedError:
    return RefusedError(400, "illegal_argument_exception", f"[{name}] is not settable")


def no_index(name: str) -> RefusedError:
    return RefusedError(404, "index_not_found_exception", f"no such index [{name}]")


def not_there(method: str, path: str) -> RefusedError:
    """As Serverless answers what it does not have."""
    return RefusedError(404, "not_found", f"{method} {path} is no operation of Serverless")
