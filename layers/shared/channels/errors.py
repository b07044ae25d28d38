"""Meta's error codes: what each means in words, and what the sender does about it.

Source: Meta's error reference and the throughput page, as of November 2026. Decide on the code
alone; titles, messages and subcodes are not stable.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Action(Enum):
    """What the sender does. Only UNSETTLED leaves it open whether Meta took the message."""

    RETRY = "retry"
    UNSETTLED = "unsettled"
    SLOW_PAIR = "slow_pair"
    SLOW_NUMBER = "slow_number"
    PERMANENT = "permanent"
    PAUSE_CAMPAIGN = "pause_campaign"
    PAUSE_TEMPLATE = "pause_template"
    TOKEN_DEAD = "token_dead"


@dataclass(frozen=True, slots=True)
class ErrorCode:
    action: Action
    words: str


ERROR_CODES: Final[dict[int, ErrorCode]] = {
    0: ErrorCode(Action.TOKEN_DEAD, "WhatsApp no longer accepts the access token"),
    1: ErrorCode(Action.UNSETTLED, "WhatsApp reported an unknown error"),
    2: ErrorCode(Action.UNSETTLED, "WhatsApp is temporarily down or overloaded"),
    3: ErrorCode(Action.PERMANENT, "The app lacks a capability or permission for this call"),
    4: ErrorCode(Action.SLOW_NUMBER, "The app has reached its call limit"),
    10: ErrorCode(Action.TOKEN_DEAD, "Permission was denied or removed"),
    33: ErrorCode(Action.PAUSE_CAMPAIGN, "The business phone number was deleted"),
    100: ErrorCode(Action.PERMANENT, "A parameter is invalid, unknown or too long"),
    104: ErrorCode(Action.PERMANENT, "No access token was sent"),
    190: ErrorCode(Action.TOKEN_DEAD, "The access token has expired or was revoked"),
    368: ErrorCode(Action.PAUSE_CAMPAIGN, "The account is restricted for a policy violation"),
    506: ErrorCode(Action.PERMANENT, "WhatsApp considers this a duplicate post"),
    613: ErrorCode(Action.SLOW_NUMBER, "Calls have exceeded the rate limit"),
    80007: ErrorCode(Action.SLOW_NUMBER, "The WhatsApp account has reached its rate limit"),
    80008: ErrorCode(Action.SLOW_NUMBER, "The WhatsApp account has reached its management limit"),
    130403: ErrorCode(Action.PERMANENT, "The business has blocked this person"),
    130429: ErrorCode(Action.SLOW_NUMBER, "The number's throughput is reached"),
    130472: ErrorCode(Action.PERMANENT, "The person is part of a WhatsApp experiment"),
    130497: ErrorCode(Action.PERMANENT, "The business may not message people of this country"),
    131000: ErrorCode(Action.UNSETTLED, "Something failed inside WhatsApp"),
    131005: ErrorCode(Action.TOKEN_DEAD, "Access was denied"),
    131008: ErrorCode(Action.PERMANENT, "A required parameter is missing"),
    131009: ErrorCode(Action.PERMANENT, "A parameter's value is invalid"),
    131014: ErrorCode(Action.RETRY, "The media link could not be fetched"),
    131016: ErrorCode(Action.UNSETTLED, "The service is temporarily unavailable"),
    131020: ErrorCode(Action.PERMANENT, "The group was not found or cannot be used"),
    131021: ErrorCode(Action.PERMANENT, "Sender and recipient are the same"),
    131026: ErrorCode(Action.PERMANENT, "The message cannot be delivered to this person"),
    131030: ErrorCode(Action.PERMANENT, "The recipient is not on the test number's list"),
    131031: ErrorCode(Action.PAUSE_CAMPAIGN, "The account is locked"),
    131037: ErrorCode(Action.PAUSE_CAMPAIGN, "The number needs an approved display name"),
    131041: ErrorCode(Action.PERMANENT, "The group is unknown"),
    131042: ErrorCode(Action.PAUSE_CAMPAIGN, "There is a problem with the payment method"),
    131044: ErrorCode(Action.PAUSE_CAMPAIGN, "There is a problem with the payment method"),
    131045: ErrorCode(Action.PAUSE_CAMPAIGN, "The number is not registered correctly"),
    131047: ErrorCode(Action.PERMANENT, "More than 24 hours since the person's last message"),
    131048: ErrorCode(Action.PAUSE_CAMPAIGN, "Too many people blocked or reported this number"),
    131049: ErrorCode(Action.PERMANENT, "WhatsApp held the message back to protect the person"),
    131050: ErrorCode(Action.PERMANENT, "The person stopped marketing from this business"),
    131051: ErrorCode(Action.PERMANENT, "The message type is not supported"),
    131052: ErrorCode(Action.PERMANENT, "The customer's media could not be downloaded"),
    131053: ErrorCode(Action.RETRY, "The media could not be uploaded or fetched"),
    131055: ErrorCode(Action.PERMANENT, "Only marketing templates can be sent here"),
    131056: ErrorCode(Action.SLOW_PAIR, "Too many messages to this person in a short time"),
    131057: ErrorCode(Action.RETRY, "The account is in maintenance"),
    131060: ErrorCode(Action.PERMANENT, "The message is unavailable"),
    131062: ErrorCode(Action.PERMANENT, "This message needs the person's phone number"),
    131063: ErrorCode(Action.PERMANENT, "Marketing templates are switched off for this account"),
    131064: ErrorCode(Action.PAUSE_CAMPAIGN, "A limit was imposed for misclassified templates"),
    131208: ErrorCode(Action.SLOW_NUMBER, "The groups rate limit is reached"),
    132000: ErrorCode(Action.PAUSE_TEMPLATE, "The number of template parameters differs"),
    132001: ErrorCode(Action.PAUSE_TEMPLATE, "The template is missing or not approved"),
    132005: ErrorCode(Action.PERMANENT, "The rendered text is too long"),
    132007: ErrorCode(Action.PAUSE_TEMPLATE, "The template's content violates a policy"),
    132008: ErrorCode(Action.PERMANENT, "A template parameter is invalid"),
    132012: ErrorCode(Action.PAUSE_TEMPLATE, "A template parameter's format differs"),
    132015: ErrorCode(Action.PAUSE_TEMPLATE, "The template is paused for low quality"),
    132016: ErrorCode(Action.PAUSE_TEMPLATE, "The template is disabled"),
    132018: ErrorCode(Action.PAUSE_TEMPLATE, "The template's parameters are invalid"),
    132068: ErrorCode(Action.PAUSE_TEMPLATE, "The form is blocked"),
    132069: ErrorCode(Action.SLOW_NUMBER, "The form is throttled"),
    133004: ErrorCode(Action.RETRY, "The registration server is unavailable"),
    133010: ErrorCode(Action.PAUSE_CAMPAIGN, "The number is not registered"),
    133015: ErrorCode(Action.RETRY, "The number was deleted moments ago"),
    134011: ErrorCode(Action.PERMANENT, "WhatsApp Payments' terms are not accepted"),
    134100: ErrorCode(Action.PERMANENT, "Only marketing templates can be sent here"),
    134101: ErrorCode(Action.RETRY, "The template is still being synchronised"),
    134102: ErrorCode(Action.PERMANENT, "The template is unavailable for marketing messages"),
    135000: ErrorCode(Action.PERMANENT, "WhatsApp could not use the parameters"),
    137000: ErrorCode(Action.PERMANENT, "The person's identity has changed"),
    2494100: ErrorCode(Action.RETRY, "The number is in maintenance"),
}

_PERMISSION_CODES = range(200, 300)
_PERMISSION = ErrorCode(Action.TOKEN_DEAD, "A permission for this call is missing")
_GROUP_CODES = (131201, 131202, 131204, *range(131207, 131216))
_GROUP = ErrorCode(Action.PERMANENT, "The group refused the message")

_BY_STATUS: Final[dict[int, ErrorCode]] = {
    401: ErrorCode(Action.TOKEN_DEAD, "WhatsApp refused the access token"),
    403: ErrorCode(Action.TOKEN_DEAD, "WhatsApp refused access"),
    408: ErrorCode(Action.UNSETTLED, "WhatsApp timed out"),
    429: ErrorCode(Action.SLOW_NUMBER, "WhatsApp asked to slow down"),
}
_SERVER_ERROR = ErrorCode(Action.UNSETTLED, "WhatsApp failed without a reason")
_REFUSED = ErrorCode(Action.PERMANENT, "WhatsApp refused the message")


def classify(http_status: int, code: int | None) -> ErrorCode:
    """What an error answer means. An unknown code is judged by the HTTP status: 5xx may have been
    accepted, 4xx was not."""
    known = ERROR_CODES.get(code) if code is not None else None
    if known is not None:
        return known
    if code in _PERMISSION_CODES:
        return _PERMISSION
    if code in _GROUP_CODES:
        return _GROUP
    if http_status >= 500:
        return _SERVER_ERROR
    return _BY_STATUS.get(http_status, _REFUSED)
