"""The two shapes in which Meta's errors travel: the answer to a request, and inside a webhook."""

from local.graph.error_table import (
    INVALID_PARAMETER,
    KNOWN_ERRORS,
    OBJECT_UNKNOWN,
    PLATFORM_CODES,
    UNLISTED,
    UNNUMBERED_CODES,
)
from local.graph.json_types import JsonObject

HELP_PAGE = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


class GraphError(Exception):
    """A request refused the way Meta refuses it."""

    def __init__(
        self,
        code: int,
        details: str | None = None,
        *,
        http_status: int | None = None,
        message: str | None = None,
        error_type: str | None = None,
        subcode: int | None = None,
    ) -> None:
        known = KNOWN_ERRORS.get(code, UNLISTED)
        super().__init__(f"{code}: {details or message or known.message}")
        self.code = code
        self.details = details or known.details
        self.http_status = http_status or known.http_status
        self.message = message or (
            known.message if code in UNNUMBERED_CODES else f"(#{code}) {known.message}"
        )
        self.error_type = error_type or known.type
        self.subcode = subcode or known.subcode
        self.is_transient = known.is_transient


def unknown_object(object_id: str, method: str) -> GraphError:
    """The token is good, but this object does not exist or is not the token's to use."""
    return GraphError(
        INVALID_PARAMETER,
        message=f"Unsupported {method.lower()} request. Object with ID '{object_id}' does not "
        "exist, cannot be loaded due to missing permissions, or does not support this operation. "
        "Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        error_type="GraphMethodException",
        subcode=OBJECT_UNKNOWN,
    )


def answer_body(error: GraphError, trace_id: str) -> JsonObject:
    """The body of a refused request."""
    body: JsonObject = {
        "message": error.message,
        "type": error.error_type,
        "code": error.code,
    }
    if not _is_platform_error(error):
        body["error_data"] = {
            "messaging_product": "whatsapp",
            "details": error.details or error.message,
        }
    if error.subcode is not None:
        body["error_subcode"] = error.subcode
    if error.is_transient is not None:
        body["is_transient"] = error.is_transient
    body["fbtrace_id"] = trace_id
    return {"error": body}


def webhook_error(code: int, details: str | None = None) -> JsonObject:
    """The same error as it appears in `statuses[].errors[]` and `value.errors[]`."""
    known = KNOWN_ERRORS.get(code, UNLISTED)
    return {
        "code": code,
        "title": known.message,
        "message": known.message,
        "error_data": {"details": details or known.details or known.message},
        "href": HELP_PAGE,
    }


def _is_platform_error(error: GraphError) -> bool:
    unknown = error.code == INVALID_PARAMETER and error.subcode == OBJECT_UNKNOWN
    return unknown or error.code in PLATFORM_CODES
