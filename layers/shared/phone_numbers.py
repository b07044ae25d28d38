"""Phone numbers as people write them, and as everybody can call them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

HOME: Final = "ID"  # where a number without a country's code is at home, unless it is said
_WRITTEN: Final = re.compile(r"[+()\d\s./-]*\d[()\d\s./-]*")
_ABROAD: Final = "00"


def _library() -> Any:
    import phonenumbers  # it is large, and most calls of the API read no number

    return phonenumbers


def e164(text: str, country: str) -> str | None:
    """ "0812-3456-789" of "ID" is "+628123456789"; None for what cannot be called."""
    phonenumbers = _library()
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


def spaced(number: str) -> str:
    """As people read it: "+62 812-3456-789" of "+628123456789" (E.164)."""
    library = _library()
    parsed = library.parse(number, None)
    text: str = library.format_number(parsed, library.PhoneNumberFormat.INTERNATIONAL)
    return text


def searched(text: str, home: Callable[[], str] = lambda: HOME) -> str:
    """What to look for: "0812-34" of "ID" is the beginning of "+6281234…". Texts that are no
    numbers, and numbers that are not at home somewhere, stay as they are. `home` is asked for
    numbers only."""
    if not _WRITTEN.fullmatch(text):
        return text
    country = home()
    if whole := e164(text, country):
        return whole
    digits = re.sub(r"\D", "", text)
    library = _library().phonenumberutil
    trunk = library.ndd_prefix_for_region(country, strip_non_digits=True)
    if "+" in text or not trunk or not digits.startswith(trunk):
        return text
    if digits.startswith(_ABROAD):
        return f"+{digits.removeprefix(_ABROAD)}"
    return f"+{library.country_code_for_region(country)}{digits.removeprefix(trunk)}"


def country_of(code: str | None) -> str:
    """Of what a country's numbers begin with: "62" is "ID"."""
    if code is None:
        return HOME
    found: str = _library().phonenumberutil.region_code_for_country_code(int(code))
    return found if found in countries() else HOME


def country_of_number(number: str) -> str:
    """Of "+628123456789" (E.164) it is "ID"; empty where the number is of no country."""
    library = _library()
    try:
        found = library.region_code_for_number(library.parse(number, None))
    except library.NumberParseException:
        return ""
    return found if found in countries() else ""


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    return frozenset(_library().SUPPORTED_REGIONS)
