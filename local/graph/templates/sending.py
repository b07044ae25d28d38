"""Whether a template may be sent as asked (sections 3.5, 5.2 and 7.3)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from local.graph import limits
from local.graph.graph_errors import GraphError
from local.graph.json_types import JsonObject
from local.graph.templates.book import Template, TemplateBook
from local.graph.templates.variables import filled, names_in

COUNT_DIFFERS = 132000
MISSING = 132001
FORMAT_DIFFERS = 132012
PAUSED = 132015
DISABLED = 132016
TOO_LONG = 132005
NAMES_DIFFER = 132018
REFUSED_BY_STATUS: Mapping[str, int] = MappingProxyType({"PAUSED": PAUSED, "DISABLED": DISABLED})
MEDIA_FORMATS = frozenset({"IMAGE", "VIDEO", "DOCUMENT", "LOCATION"})


def template_of(content: Any, book: TemplateBook) -> Template:
    """The template that a message names, if it may be sent with these parameters."""
    name, language = content["name"], content["language"]["code"]
    template = book.find(name, language)
    if template is None:
        raise GraphError(MISSING, f"template name ({name}) does not exist in {language}")
    if template.status != "APPROVED":
        code = REFUSED_BY_STATUS.get(template.status, MISSING)
        raise GraphError(code, f"template name ({name}) in {language} is {template.status}")
    given = {one["type"].lower(): one for one in content.get("components") or ()}
    for component in template.components:
        _CHECKS.get(component["type"], _unchecked)(component, given, content)
    _check_length(template, content)
    return template


def shown_text(template: Template, content: Any) -> str:
    """The message as the customer reads it."""
    parts = {one["type"]: one for one in template.components}
    texts = []
    for kind in ("HEADER", "BODY", "FOOTER"):
        text = parts.get(kind, {}).get("text")
        if text:
            texts.append(filled(text, _values(kind.lower(), text, content)))
    return "\n".join(texts) or f"[{template.name}]"


def _parameters(kind: str, given: Mapping[str, Any]) -> list[JsonObject]:
    return list(given.get(kind, {}).get("parameters") or ())


def _values(kind: str, text: str, content: Any) -> dict[str, str]:
    given = {one["type"].lower(): one for one in content.get("components") or ()}
    values = {}
    for name, parameter in zip(names_in(text), _parameters(kind, given), strict=False):
        kind_of = parameter["type"]
        value = parameter.get("text") or parameter.get(kind_of, {}).get("fallback_value", "")
        values[parameter.get("parameter_name") or name] = value
    return values


def _check_text(component: JsonObject, given: Mapping[str, Any], _: Any) -> None:
    kind = component["type"].lower()
    wanted, found = names_in(component.get("text") or ""), _parameters(kind, given)
    if component.get("text") is None and kind == "body":
        wanted = ["1"]  # an authentication template's body is Meta's own, with the code in it
    if len(wanted) != len(found):
        raise GraphError(
            COUNT_DIFFERS,
            f"{kind}: number of localizable_params ({len(found)}) does not match the expected "
            f"number of params ({len(wanted)})",
        )
    named = [one["parameter_name"] for one in found if one.get("parameter_name")]
    if wanted and not wanted[0].isdigit() and sorted(named) != sorted(wanted):
        raise GraphError(NAMES_DIFFER, f"{kind}: parameter names do not match the template's")


def _check_length(template: Template, content: Any) -> None:
    """Filled in, the body may be longer where it stands alone (section 3.2)."""
    texts = {one["type"]: one.get("text") or "" for one in template.components}
    body = texts.get("BODY", "")
    most = limits.TEMPLATE_BODY if texts.keys() - {"BODY"} else limits.TEMPLATE_TEXT
    length = len(filled(body, _values("body", body, content)))
    if length > most:
        raise GraphError(TOO_LONG, f"body: translated text too long ({length}, {most} allowed)")


def _check_header(component: JsonObject, given: Mapping[str, Any], content: Any) -> None:
    if component["format"] not in MEDIA_FORMATS:
        _check_text(component, given, content)
        return
    wanted = component["format"].lower()
    found = [one["type"] for one in _parameters("header", given)]
    if found != [wanted]:
        raise GraphError(
            FORMAT_DIFFERS, f"header: Format mismatch, expected {wanted.upper()}, received {found}"
        )


def _check_buttons(component: JsonObject, _: Mapping[str, Any], content: Any) -> None:
    """A button with a variable needs its value; others may be given a payload."""
    given = {
        int(one["index"]): one
        for one in content.get("components") or ()
        if one["type"].lower() == "button"
    }
    for place, button in enumerate(component["buttons"]):
        varies = "{{" in (button.get("url") or "") or button["type"] in ("COPY_CODE", "OTP")
        if varies and place not in given:
            raise GraphError(131008, f"buttons: Button at index {place} requires a parameter")
        code = str(given[place]["parameters"][0].get("text") or "") if varies else ""
        if button["type"] == "OTP" and len(code) > limits.ONE_TIME_CODE:
            raise GraphError(NAMES_DIFFER, f"buttons: a code has {limits.ONE_TIME_CODE} characters")
    if any(place >= len(component["buttons"]) for place in given):
        raise GraphError(COUNT_DIFFERS, "buttons: the template has fewer buttons")


def _check_cards(component: JsonObject, given: Mapping[str, Any], _: Any) -> None:
    cards = given.get("carousel", {}).get("cards") or ()
    if len(cards) != len(component["cards"]):
        raise GraphError(
            COUNT_DIFFERS,
            f"carousel: the template has {len(component['cards'])} cards, not {len(cards)}",
        )


def _unchecked(_: JsonObject, __: Mapping[str, Any], ___: Any) -> None:
    return


_CHECKS: Mapping[str, Any] = MappingProxyType(
    {
        "HEADER": _check_header,
        "BODY": _check_text,
        "BUTTONS": _check_buttons,
        "CAROUSEL": _check_cards,
    }
)
