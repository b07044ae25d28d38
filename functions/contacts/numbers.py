"""Phone numbers as people write them, and as everybody can call them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers.phonenumberutil import ndd_prefix_for_region

HOME: Final = "ID"  # where a number without a country's code is at home, unless it is said
_WRITTEN: Final = re.compile(r"[+()\d\s./-]*\d[()\d\s./-]*")
_ABROAD: Final = "00"


def e164(text: str, country: str) -> str | None:
    """ "0812-3456-789" of "ID" is "+628123456789"; None for what cannot be called."""
    try:
        parsed = phonenumbers.parse(text[:40], country)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        # Spreadsheets drop the plus: 628123456789.
        digits = re.sub(r"[\s().-]", "", text)
        if not digits.isdecimal() or digits.startswith("0"):
            return None
        try:
            parsed = phonenumbers.parse(f"+{digits}", None)
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_valid_number(parsed):
            return None
    return f"+{parsed.country_code}{phonenumbers.national_significant_number(parsed)}"


def searched(text: str, country: str = HOME) -> str:
    """What to look for: "0812-34" of "ID" is the beginning of "+6281234…". Texts that are no
    numbers, and numbers that are not at home somewhere, stay as they are."""
    if not _WRITTEN.fullmatch(text):
        return text
    if whole := e164(text, country):
        return whole
    digits = re.sub(r"\D", "", text)
    trunk = ndd_prefix_for_region(country, strip_non_digits=True)
    if "+" in text or not trunk or not digits.startswith(trunk):
        return text
    if digits.startswith(_ABROAD):
        return f"+{digits.removeprefix(_ABROAD)}"
    return f"+{phonenumbers.country_code_for_region(country)}{digits.removeprefix(trunk)}"


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    return frozenset(phonenumbers.SUPPORTED_REGIONS)
