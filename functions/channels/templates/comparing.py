"""An account's templates as Meta lists them, brought into the workspace's own list.

It may be done at any time and any number of times: what was written here after Meta had been asked
is newer than its answer, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from shared.channels.graph import Graph
from shared.clock import Clock
from shared.json_types import JsonObject
from shared.store.templates import Template, Templates

FIELDS: Final = ",".join(
    (
        "id",
        "name",
        "language",
        "status",
        "category",
        "components",
        "parameter_format",
        "quality_score",
        "rejected_reason",
        "message_send_ttl_seconds",
    )
)
_A_PAGE: Final = "100"
_NAME: Final = re.compile(r"[A-Za-z0-9_]{1,512}")


@dataclass(frozen=True, slots=True)
class Compared:
    """How many there are at Meta, and how many of ours were changed or went."""

    there: int
    changed: int
    gone: int


def compare(store: Templates, graph: Graph, token: str, waba_id: str, clock: Clock) -> Compared:
    """Raises GraphError or GraphUnreachableError; what is read by then is not written."""
    started = clock()
    fresh = {(one.name, one.language): one for one in _listed(graph, token, waba_id)}
    known = {(one.name, one.language): one for one in store.all(waba_id)}
    changed = gone = 0
    for place, one in fresh.items():
        before = known.get(place)
        after = merged(before, one) if before else replace(one, created_at=started)
        if after != before:
            changed += store.synced(after, started=started, now=clock())
    for place, one in known.items():
        if place not in fresh:
            gone += store.synced_gone(one, started=started)
    return Compared(len(fresh), changed, gone)


def merged(before: Template, fresh: Template) -> Template:
    """What Meta's list does not tell is kept, as long as it still holds."""
    if before.meta_id != fresh.meta_id:
        return replace(fresh, created_at=before.created_at)
    same_status = before.status == fresh.status
    same_category = before.category == fresh.category
    return replace(
        before,
        status=fresh.status,
        category=fresh.category,
        components=fresh.components,
        parameter_format=fresh.parameter_format,
        quality=fresh.quality or before.quality,
        ttl_seconds=fresh.ttl_seconds,
        reason=fresh.reason or (before.reason if same_status else ""),
        details=before.details if same_status else "",
        becomes=before.becomes if same_category else "",
        changes_at=before.changes_at if same_category else 0,
    )


def _listed(graph: Graph, token: str, waba_id: str) -> Iterator[Template]:
    path = f"{waba_id}/message_templates"
    for page in graph.pages(path, token, fields=FIELDS, limit=_A_PAGE):
        for raw in page:
            one = read(waba_id, raw)
            if one is not None:
                yield one


def read(waba_id: str, raw: JsonObject) -> Template | None:
    """One of Meta's list; None when it cannot be named."""
    name, language, meta_id = (str(raw.get(field, "")) for field in ("name", "language", "id"))
    if not (_NAME.fullmatch(name) and _NAME.fullmatch(language) and meta_id):
        return None
    quality, components = raw.get("quality_score"), raw.get("components")
    reason = str(raw.get("rejected_reason") or "")
    ttl = raw.get("message_send_ttl_seconds")
    return Template(
        waba_id=waba_id,
        name=name,
        language=language,
        meta_id=meta_id,
        category=str(raw.get("category", "")),
        status=str(raw.get("status", "")),
        components=[one for one in components if isinstance(one, dict)]
        if isinstance(components, list)
        else [],
        parameter_format=str(raw.get("parameter_format") or "POSITIONAL"),
        quality=str(quality.get("score", "")) if isinstance(quality, dict) else "",
        reason="" if reason == "NONE" else reason,
        ttl_seconds=ttl if isinstance(ttl, int) else 0,
    )
