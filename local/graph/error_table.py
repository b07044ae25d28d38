"""Meta's error codes with the HTTP status, text and type of each."""

from dataclasses import dataclass

OBJECT_UNKNOWN = 33
MISSING_TOKEN = 104
INVALID_TOKEN = 190
INVALID_PARAMETER = 100
UNKNOWN_PATH = 2500
THROUGHPUT_REACHED = 130429
SOMETHING_WENT_WRONG = 131000
REQUIRED_PARAMETER_MISSING = 131008
PARAMETER_VALUE_INVALID = 131009
GROUP_NOT_FOUND = 131020
RECIPIENT_IS_SENDER = 131021
UNDELIVERABLE = 131026
TYPE_UNSUPPORTED = 131051
PAIR_RATE_REACHED = 131056
TEMPLATE_PARAMETER_INVALID = 132018
WINDOW_CLOSED = 131047
SPAM_LIMIT = 131048
MARKETING_WITHHELD = 131049
MARKETING_STOPPED = 131050
NEEDS_A_NUMBER = 131062


@dataclass(frozen=True)
class KnownError:
    http_status: int
    message: str
    details: str | None = None
    type: str = "OAuthException"
    subcode: int | None = None
    is_transient: bool | None = None


UNLISTED = KnownError(400, "An unknown error occurred")

# Statuses that Meta does not document are 400 here.
KNOWN_ERRORS: dict[int, KnownError] = {
    0: KnownError(401, "We were unable to authenticate the app user", type="AuthException"),
    1: KnownError(400, "An unknown error occurred", "Invalid request or possible server error"),
    2: KnownError(
        503, "Service temporarily unavailable", "Temporary due to downtime", is_transient=True
    ),
    3: KnownError(500, "Application does not have the capability to make this API call."),
    4: KnownError(400, "Application request limit reached", is_transient=True),
    10: KnownError(403, "Application does not have permission for this action"),
    OBJECT_UNKNOWN: KnownError(400, "The business phone number has been deleted."),
    INVALID_PARAMETER: KnownError(400, "Invalid parameter"),
    MISSING_TOKEN: KnownError(401, "An access token is required to request this resource."),
    INVALID_TOKEN: KnownError(401, "Invalid OAuth access token - Cannot parse access token"),
    200: KnownError(403, "Permissions error"),
    368: KnownError(403, "Temporarily blocked for policies violations"),
    613: KnownError(429, "Calls to this api have exceeded the rate limit."),
    UNKNOWN_PATH: KnownError(400, "Unknown path components"),
    80007: KnownError(
        400, "Rate limit issues", "The WhatsApp Business Account has reached its limit"
    ),
    130403: KnownError(400, "User blocked", "The business has blocked this user"),
    THROUGHPUT_REACHED: KnownError(
        400,
        "Rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number "
        "in a short period of time",
        subcode=2494055,
        is_transient=False,
    ),
    130472: KnownError(400, "User's number is part of an experiment"),
    130497: KnownError(403, "Business account is restricted from messaging users in this country."),
    SOMETHING_WENT_WRONG: KnownError(500, "Something went wrong", "Unknown error"),
    131005: KnownError(403, "Access denied"),
    REQUIRED_PARAMETER_MISSING: KnownError(400, "Required parameter is missing"),
    PARAMETER_VALUE_INVALID: KnownError(400, "Parameter value is not valid"),
    131016: KnownError(500, "Service unavailable", "A service is temporarily unavailable"),
    GROUP_NOT_FOUND: KnownError(400, "Group not found"),
    RECIPIENT_IS_SENDER: KnownError(400, "Recipient cannot be sender"),
    UNDELIVERABLE: KnownError(400, "Message undeliverable", "Message Undeliverable."),
    131030: KnownError(400, "Recipient phone number not in allowed list"),
    131031: KnownError(403, "Account has been locked"),
    131037: KnownError(400, "WhatsApp provided number needs display name approval"),
    131042: KnownError(400, "Business eligibility payment issue"),
    131045: KnownError(500, "Incorrect certificate"),
    WINDOW_CLOSED: KnownError(
        400,
        "Re-engagement message",
        "Message failed to send because more than 24 hours have passed since the customer last "
        "replied to this number.",
    ),
    SPAM_LIMIT: KnownError(400, "Spam rate limit hit"),
    MARKETING_WITHHELD: KnownError(
        400,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    ),
    MARKETING_STOPPED: KnownError(400, "User has stopped marketing messages from this business"),
    TYPE_UNSUPPORTED: KnownError(400, "Unsupported message type"),
    131052: KnownError(400, "Media download error"),
    131053: KnownError(400, "Media upload error"),
    PAIR_RATE_REACHED: KnownError(
        400,
        "(Business Account, Consumer Account) pair rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number "
        "to the same phone number in a short period of time.",
    ),
    131057: KnownError(500, "Account in maintenance mode"),
    NEEDS_A_NUMBER: KnownError(400, "Recipient cannot be addressed by a business-scoped user id"),
    132000: KnownError(400, "Number of parameters does not match the expected number of params"),
    132001: KnownError(404, "Template name does not exist in the translation"),
    132005: KnownError(400, "Translated text too long"),
    132007: KnownError(400, "Template format character policy violated"),
    132012: KnownError(400, "Parameter format does not match format in the created template"),
    132015: KnownError(400, "Template is paused"),
    132016: KnownError(400, "Template is disabled"),
    TEMPLATE_PARAMETER_INVALID: KnownError(400, "Template parameters are not valid"),
    133004: KnownError(503, "Server temporarily unavailable"),
    133010: KnownError(400, "Phone number not registered"),
    2388019: KnownError(400, "Message template limit exceeded"),
    2388040: KnownError(400, "Field exceeds character limit"),
    2388047: KnownError(400, "Message header format is incorrect"),
    2388072: KnownError(400, "Message body format is incorrect"),
    2388073: KnownError(400, "Message footer format is incorrect"),
    2388293: KnownError(400, "This template has too many variables for its length"),
    2388299: KnownError(400, "Variables can't be at the start or end of the template"),
    135000: KnownError(400, "Generic user error"),
    137000: KnownError(400, "Recipient identity key hash does not match"),
}

# Codes of the Graph platform itself come without the WhatsApp part of the body.
PLATFORM_CODES = frozenset({0, 3, 4, 10, MISSING_TOKEN, INVALID_TOKEN, 200, UNKNOWN_PATH})

# Refused before the call is understood: the message does not open with the code.
UNNUMBERED_CODES = frozenset({0, MISSING_TOKEN, INVALID_TOKEN})
