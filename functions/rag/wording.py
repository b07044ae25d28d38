"""An answer as WhatsApp shows it: no marks but WhatsApp's own, and not too long. Pure."""

from __future__ import annotations

import re
from typing import Final

_FENCE: Final = re.compile(r"^\s*```.*$", re.MULTILINE)
_HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_LINK: Final = re.compile(r"!?\[([^\]\n]{1,200})\]\((\S+?)\)")
_RULE: Final = re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*\|?\s*$")
_BULLET: Final = re.compile(r"^(\s*)[*+•]\s+", re.MULTILINE)
_TAG: Final = re.compile(r"</?[a-zA-Z][^>\n]{0,100}>")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
SENTENCE_END: Final = re.compile(r"[.!?…](?:\s*\[\d+\])*(?=\s|$)")
_ELLIPSIS: Final = "…"


def for_whatsapp(text: str, limit: int) -> str:
    """At most `limit` characters, cut after a sentence where there is one in the second half."""
    text = _FENCE.sub("", text)
    text = "\n".join(_lines(text))
    text = _HEADING.sub(r"*\1*", text)
    text = _BULLET.sub(r"\1- ", text)
    text = _BOLD.sub(lambda found: f"*{found.group(1) or found.group(2)}*", text)
    text = _LINK.sub(_plain_link, text)
    text = _TAG.sub("", text)
    text = _EMPTY_LINES.sub("\n\n", text).strip()
    return shortened(text, limit)


def shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text[:limit])]
    if ends and ends[-1] >= limit // 2:
        return text[: ends[-1]]
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip() + _ELLIPSIS


def _lines(text: str) -> list[str]:
    """Rows of a table become lines of "heading: cell"."""
    lines: list[str] = []
    names: list[str] = []
    for line in text.splitlines():
        if _RULE.match(line) and "|" in line and lines:
            names = _cells(lines.pop())
        elif names and "|" in line:
            lines.append("- " + ", ".join(_named_cells(names, _cells(line))))
        else:
            names = []
            lines.append(line)
    return lines


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _named_cells(names: list[str], cells: list[str]) -> list[str]:
    named = []
    for place, cell in enumerate(cells):
        name = names[place] if place < len(names) else ""
        if cell:
            named.append(f"{name}: {cell}" if name else cell)
    return named


def _plain_link(found: re.Match[str]) -> str:
    words, address = found.group(1), found.group(2)
    return address if words == address else f"{words} ({address})"
