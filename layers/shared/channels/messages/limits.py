"""Meta's lengths and counts, as its reference of November 2026 gives them.

Lengths are in characters (code points). Where the sources disagree, the wider one is allowed if
Meta's answer to the rest is a clear refusal, and the narrower one where a message would be cut.
"""

from __future__ import annotations

from typing import Final

TEXT_BODY: Final = 4096
CAPTION: Final = 1024
FILENAME: Final = 240

INTERACTIVE_BODY: Final = 1024
LIST_BODY: Final = 4096
FOOTER: Final = 60
HEADER_TEXT: Final = 60

REPLY_BUTTONS: Final = 3
REPLY_TITLE: Final = 20
REPLY_ID: Final = 256

LIST_BUTTON: Final = 20
LIST_SECTIONS: Final = 10
LIST_ROWS_IN_ALL: Final = 10
SECTION_TITLE: Final = 24
ROW_ID: Final = 200
ROW_TITLE: Final = 24
ROW_DESCRIPTION: Final = 72

CTA_TEXT: Final = 20
FLOW_CTA: Final = 30
URL: Final = 2000

PRODUCT_SECTIONS: Final = 10
PRODUCTS_IN_ALL: Final = 30

CAROUSEL_CARDS_LEAST: Final = 2
CAROUSEL_CARDS_MOST: Final = 10
CARD_BODY: Final = 160
CARD_BODY_LINE_BREAKS: Final = 2

CONTACTS: Final = 257

TEMPLATE_NAME: Final = 512
TEMPLATE_TEXT: Final = 32_768
TEMPLATE_BODY: Final = 1024  # filled in, beside other components
COUPON_CODE: Final = 15
ONE_TIME_CODE: Final = 15
CONSECUTIVE_SPACES: Final = 4
BUTTONS_OF_A_TEMPLATE: Final = 10
