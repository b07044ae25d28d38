"""Two records of one person as one. Pure."""

from __future__ import annotations

from dataclasses import replace

from shared.contacts.record import (
    MOST_CAMPAIGNS,
    MOST_CONVERSATIONS,
    MOST_FIELDS,
    MOST_IDENTITIES,
    MOST_TAGS,
    REMEMBERED_EFFECTS,
    ContactRecord,
    Effects,
    OptIn,
)


def merged(kept: ContactRecord, other: ContactRecord) -> ContactRecord:
    """`kept` with what only the other knew. What both say is said by `kept`, but of what the person
    agreed to the newest counts, and who is blocked stays so."""
    seen = [at for at in (kept.last_seen_at, other.last_seen_at) if at is not None]
    return replace(
        kept,
        name=kept.name or other.name,
        phone=kept.phone or other.phone,
        username=kept.username or other.username,
        email=kept.email or other.email,
        language=kept.language or other.language,
        tags=tuple(dict.fromkeys((*kept.tags, *other.tags)))[:MOST_TAGS],
        fields=dict(list({**kept.fields, **_missing(kept, other)}.items())[:MOST_FIELDS]),
        opt_ins=_newest(kept, other),
        blocked=kept.blocked or other.blocked,
        last_seen_at=max(seen, default=None),
        created_at=min(kept.created_at, other.created_at),
        identities=tuple(dict.fromkeys((*kept.identities, *other.identities))),
        former=tuple(dict.fromkeys((*kept.former, *other.former)))[:MOST_IDENTITIES],
        conversations=tuple(dict.fromkeys((*kept.conversations, *other.conversations)))[
            :MOST_CONVERSATIONS
        ],
        campaigns=dict(list({**other.campaigns, **kept.campaigns}.items())[-MOST_CAMPAIGNS:]),
        effects=_effects(kept.effects, other.effects),
    )


def _missing(kept: ContactRecord, other: ContactRecord) -> dict[str, str | float | bool]:
    return {key: value for key, value in other.fields.items() if key not in kept.fields}


def _newest(kept: ContactRecord, other: ContactRecord) -> dict[str, OptIn]:
    both = dict(kept.opt_ins)
    for kind, one in other.opt_ins.items():
        if kind not in both or one.at > both[kind].at:
            both[kind] = one
    return both


def _effects(kept: Effects, other: Effects) -> Effects:
    both = sorted({*kept.recent, *other.recent}, key=lambda known: known[1])
    forgotten = [kept.forgotten_until, other.forgotten_until]
    forgotten += [at for _, at in both[:-REMEMBERED_EFFECTS]]
    return Effects(tuple(both[-REMEMBERED_EFFECTS:]), max(forgotten))
