"""Meta's error codes: what each means in words, and what the sender does about it.

Source: Meta's error reference and the throughput page, as of November 2026. Decide on the code
alone; titles, messages and subcodes are not stable.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Action(Enum):
    """What the sender does. Only UNSETTLED leaves it open whether Meta took the message."""

    RETRY = "retry"
    UNSETTLED = "unsettled"
    SLOW_PAIR = "slow_pair"  # this number to this person
    SLOW_NUMBER = "slow_number"
    SLOW_ACCOUNT = "slow_account"  # every number of the account
    PERMANENT = "permanent"  # for this message or person
    MISCONFIGURED = "misconfigured"  # permanent, and somebody has to set something right
    PAUSE_CAMPAIGN = "pause_campaign"  # nothing more in bulk from this number
    PAUSE_TEMPLATE = "pause_template"
    TOKEN_DEAD = "token_dead"


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """`wait`: the least seconds before another try; `tries`: how many are worth it in all; None
    where Meta says nothing of either."""

    action: Action
    words: str
    wait: float | None = None
    tries: int | None = None


_LIKE_EACH_OTHER: Final[tuple[tuple[Iterable[int], ErrorCode], ...]] = (
    (range(200, 300), ErrorCode(Action.TOKEN_DEAD, "A permission for this call is missing")),
    (
        (131201, 131202, 131204, 131207, *range(131209, 131216)),
        ErrorCode(Action.PERMANENT, "The group refused the message"),
    ),
    (range(138000, 138019), ErrorCode(Action.PERMANENT, "The call could not be made")),
    (range(139000, 139005), ErrorCode(Action.MISCONFIGURED, "The form could not be used")),
    (
        range(2494164, 2494180),
        ErrorCode(Action.MISCONFIGURED, "The sign-up link could not be used"),
    ),
)
ERROR_CODES: Final[dict[int, ErrorCode]] = {
    **{code: meaning for codes, meaning in _LIKE_EACH_OTHER for code in codes},
    0: ErrorCode(Action.TOKEN_DEAD, "WhatsApp no longer accepts the access token"),
    1: ErrorCode(Action.UNSETTLED, "WhatsApp reported an unknown error"),
    2: ErrorCode(Action.UNSETTLED, "WhatsApp is temporarily down or overloaded"),
    3: ErrorCode(Action.MISCONFIGURED, "The app lacks a capability or permission for this call"),
    4: ErrorCode(Action.SLOW_ACCOUNT, "The app has reached its call limit"),
    10: ErrorCode(Action.TOKEN_DEAD, "Permission was denied or removed"),
    33: ErrorCode(Action.PAUSE_CAMPAIGN, "The business phone number was deleted"),
    100: ErrorCode(Action.MISCONFIGURED, "A parameter is invalid, unknown or too long"),
    104: ErrorCode(Action.MISCONFIGURED, "No access token was sent"),
    190: ErrorCode(Action.TOKEN_DEAD, "The access token has expired or was revoked"),
    368: ErrorCode(Action.PAUSE_CAMPAIGN, "The account is restricted for a policy violation"),
    506: ErrorCode(Action.PERMANENT, "WhatsApp considers this a duplicate post"),
    613: ErrorCode(Action.SLOW_ACCOUNT, "Calls have exceeded the rate limit"),
    80007: ErrorCode(Action.SLOW_ACCOUNT, "The WhatsApp account has reached its rate limit"),
    80008: ErrorCode(Action.SLOW_ACCOUNT, "The WhatsApp account has reached its management limit"),
    130403: ErrorCode(Action.PERMANENT, "The business has blocked this person"),
    130429: ErrorCode(Action.SLOW_NUMBER, "The number's throughput is reached"),
    130472: ErrorCode(Action.PERMANENT, "The person is part of a WhatsApp experiment"),
    130497: ErrorCode(Action.PERMANENT, "The business may not message people of this country"),
    131000: ErrorCode(Action.UNSETTLED, "Something failed inside WhatsApp"),
    131005: ErrorCode(Action.TOKEN_DEAD, "Access was denied"),
    131008: ErrorCode(Action.MISCONFIGURED, "A required parameter is missing"),
    131009: ErrorCode(Action.PERMANENT, "A parameter's value is invalid"),
    131014: ErrorCode(Action.RETRY, "The media link could not be fetched", tries=2),
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
    131053: ErrorCode(Action.RETRY, "The media could not be uploaded or fetched", tries=2),
    131055: ErrorCode(Action.MISCONFIGURED, "Only marketing templates can be sent here"),
    131056: ErrorCode(Action.SLOW_PAIR, "Too many messages to this person in a short time"),
    131057: ErrorCode(Action.RETRY, "The account is in maintenance", wait=60),
    131059: ErrorCode(Action.MISCONFIGURED, "A cursor of a list is no longer good"),
    131060: ErrorCode(Action.PERMANENT, "The message is unavailable"),
    131062: ErrorCode(Action.PERMANENT, "This message needs the person's phone number"),
    131063: ErrorCode(
        Action.MISCONFIGURED, "Marketing templates are switched off for this account"
    ),
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
    132069: ErrorCode(Action.SLOW_NUMBER, "The form is throttled", wait=300),
    133000: ErrorCode(Action.MISCONFIGURED, "The number's earlier deregistration is not complete"),
    133004: ErrorCode(Action.RETRY, "The registration server is unavailable"),
    133005: ErrorCode(Action.MISCONFIGURED, "The number's two-step PIN is another"),
    133006: ErrorCode(Action.MISCONFIGURED, "The number must be verified first"),
    133008: ErrorCode(Action.MISCONFIGURED, "Too many wrong PINs were tried"),
    133009: ErrorCode(Action.MISCONFIGURED, "PINs were tried too fast"),
    133010: ErrorCode(Action.PAUSE_CAMPAIGN, "The number is not registered"),
    133015: ErrorCode(Action.RETRY, "The number was deleted moments ago", wait=300),
    133016: ErrorCode(
        Action.MISCONFIGURED, "The number was registered too often; it is locked for three days"
    ),
    134011: ErrorCode(Action.MISCONFIGURED, "WhatsApp Payments' terms are not accepted"),
    134100: ErrorCode(Action.MISCONFIGURED, "Only marketing templates can be sent here"),
    134101: ErrorCode(Action.RETRY, "The template is still being synchronised", wait=600),
    134102: ErrorCode(Action.MISCONFIGURED, "The template is unavailable for marketing messages"),
    135000: ErrorCode(Action.PERMANENT, "WhatsApp could not use the parameters"),
    136024: ErrorCode(Action.MISCONFIGURED, "The number is verified already"),
    136025: ErrorCode(Action.MISCONFIGURED, "The verification code is wrong"),
    137000: ErrorCode(Action.PERMANENT, "The person's identity has changed"),
    139100: ErrorCode(Action.PERMANENT, "Not everybody could be blocked or unblocked"),
    139101: ErrorCode(Action.PERMANENT, "The list of blocked people is full"),
    139102: ErrorCode(Action.RETRY, "The list of blocked people was being changed"),
    139103: ErrorCode(Action.RETRY, "Blocking failed inside WhatsApp"),
    147001: ErrorCode(Action.MISCONFIGURED, "The username is taken"),
    147002: ErrorCode(Action.MISCONFIGURED, "The number is not eligible for a username"),
    147003: ErrorCode(
        Action.MISCONFIGURED, "The username belongs to a Facebook page; link it first"
    ),
    147004: ErrorCode(
        Action.MISCONFIGURED, "The username belongs to an Instagram account; link it first"
    ),
    147005: ErrorCode(Action.MISCONFIGURED, "The username must be transferred first"),
    1752041: ErrorCode(Action.MISCONFIGURED, "Another partner is onboarding this account"),
    2388012: ErrorCode(Action.MISCONFIGURED, "The number exists already"),
    2388019: ErrorCode(Action.PAUSE_TEMPLATE, "There are too many templates; delete old ones"),
    2388023: ErrorCode(
        Action.MISCONFIGURED, "A template of this name is still being deleted; take another name"
    ),
    2388024: ErrorCode(
        Action.MISCONFIGURED, "There is a template of this name in this language already"
    ),
    2388039: ErrorCode(Action.PAUSE_TEMPLATE, "A field of the template is too long"),
    2388040: ErrorCode(Action.PAUSE_TEMPLATE, "A field of the template is too long"),
    2388047: ErrorCode(Action.PAUSE_TEMPLATE, "The template's header has the wrong form"),
    2388072: ErrorCode(Action.PAUSE_TEMPLATE, "The template's body has the wrong form"),
    2388073: ErrorCode(Action.PAUSE_TEMPLATE, "The template's footer has the wrong form"),
    2388091: ErrorCode(Action.MISCONFIGURED, "The number cannot be sent a code yet"),
    2388093: ErrorCode(Action.MISCONFIGURED, "The number cannot be moved"),
    2388103: ErrorCode(Action.MISCONFIGURED, "The number cannot be moved"),
    2388293: ErrorCode(Action.PAUSE_TEMPLATE, "The template has too many variables for its length"),
    2388299: ErrorCode(Action.PAUSE_TEMPLATE, "The template begins or ends with a variable"),
    2494100: ErrorCode(Action.RETRY, "The number is in maintenance"),
    2593107: ErrorCode(Action.PERMANENT, "The phone's history was asked for already"),
    2593108: ErrorCode(Action.PERMANENT, "The day in which the phone's history can be had is over"),
    2593109: ErrorCode(Action.PERMANENT, "The business does not share the phone's history"),
}

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
    if http_status >= 500:
        return _SERVER_ERROR
    return _BY_STATUS.get(http_status, _REFUSED)
