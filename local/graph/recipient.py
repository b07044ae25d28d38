"""Whom a message is for: a phone number or a business-scoped user id."""

import re
from dataclasses import dataclass

from local.graph import error_table
from local.graph.graph_errors import GraphError

TOLERATED_IN_PHONES = str.maketrans("", "", "+ -()")
PHONE = re.compile(r"[1-9]\d{6,14}")
USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


@dataclass(frozen=True)
class Recipient:
    """Exactly one of `phone` (digits) and `user_id` is set; `written` is what the caller wrote."""

    written: str
    phone: str | None = None
    user_id: str | None = None


def recipient_of(to: str | None, user_id: str | None) -> Recipient:
    """`to` wins over `recipient` when a request carries both."""
    if to:
        digits = to.translate(TOLERATED_IN_PHONES)
        if not PHONE.fullmatch(digits):
            raise GraphError(
                error_table.PARAMETER_VALUE_INVALID, "Param to: not a valid phone number."
            )
        return Recipient(written=to, phone=digits)
    if user_id:
        if not USER_ID.fullmatch(user_id):
            raise GraphError(
                error_table.PARAMETER_VALUE_INVALID,
                "Param recipient: not a valid business-scoped user id.",
            )
        return Recipient(written=user_id, user_id=user_id)
    raise GraphError(error_table.REQUIRED_PARAMETER_MISSING, "The parameter to is required.")
