"""What Meta allows templates, as its reference of November 2026 has it (lengths in characters)."""

from __future__ import annotations

from typing import Final

NAME: Final = 512
HEADER_TEXT: Final = 60
BODY: Final = 1024
BODY_OF_AN_OFFER: Final = 600
BODY_OF_A_CARD: Final = 160
FOOTER: Final = 60
OFFER_TEXT: Final = 16
BUTTONS: Final = 10
BUTTON_TEXT: Final = 25
URL: Final = 2000
PHONE: Final = 20
COUPON: Final = 15
CARDS_LEAST: Final = 2
CARDS_MOST: Final = 10
BUTTONS_OF_A_CARD: Final = 2
APPS_OF_A_CODE: Final = 5
CODE_MINUTES: Final = 90
WORDS_PER_VARIABLE: Final = 2

MOST_OF_BUTTONS: Final = {
    "URL": 2,
    "PHONE_NUMBER": 1,
    "COPY_CODE": 1,
    "CATALOG": 1,
    "MPM": 1,
}

TTL_SECONDS: Final = {
    "AUTHENTICATION": (30, 900),
    "UTILITY": (30, 43_200),
    "MARKETING": (43_200, 2_592_000),
}
TTL_OF_A_MONTH: Final = -1
"""Besides, for all but marketing."""

CREATIONS_AN_HOUR: Final = 100
EDITS_A_DAY: Final = 1
EDITS_A_MONTH: Final = 10

EDITABLE: Final = frozenset({"APPROVED", "REJECTED", "PAUSED"})
"""The statuses in which a template can be edited."""
