"""Before a campaign starts: how many it means, how long it takes, what people will see."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from blast import place
from blast.ahead_shapes import (
    CampaignPreviewShown,
    Estimate,
    Previews,
    Tested,
    TestedShown,
    ToPreview,
    ToTest,
    WarningShown,
)
from blast.app import api
from blast.audience_files import audience_file
from blast.fitness import Terms, UnfitError, check, message_for, values_of
from blast.obstacles import StopError, category_of
from blast.people import PARTS, Candidate, People
from blast.planning import is_quiet, rate, tier_of
from blast.prices import estimated
from blast.shapes import TierShown
from blast.workbench import Workbench, upload_path
from shared.campaigns.prices import MARKETING, scaled
from shared.clock import now_ms
from shared.events import PROGRAM_MESSAGE, Event, LaneEvents, Sender, entry
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.permissions import Permission
from shared.queues import Entry
from shared.store.campaigns import Campaign
from shared.store.imports import READY
from shared.tenancy import Tenant

_COUNT_SECONDS: Final = 6.0
_HEAD_BYTES: Final = 256 * 1024  # of a file: its countries are read in half a second
_PREVIEWED: Final = 5
_FIRST_ROWS: Final = 1000  # of a file, whose conversations are looked at
_LOOKED_AT: Final = 100  # of the audience, for a preview


@api.endpoint("POST", "/v1/campaigns/{campaign_id}/estimate", permission=Permission.READ_CAMPAIGNS)
def estimate_campaign(campaign_id: str) -> Estimate:
    """Estimate how many people a campaign means, how long it takes, what the tier allows, and the
    cost by the workspace's rate card. Whoever has opted out, is blocked or has no number is not
    counted, nor who has not written within 24 hours where the message is no template."""
    tenant, now = api.caller.workspace, now_ms()
    bench = place.bench(tenant)
    campaign = bench.campaigns.get(campaign_id)
    number = place.number(tenant, campaign.channel)
    people_by_country, exact = _count(bench, campaign, now)
    people = sum(people_by_country.values())
    category = _terms(bench, campaign).category
    pace, tier = rate(number.per_second, 0.0), tier_shown(tenant, campaign, now)
    left = people if tier.left is None else tier.left
    days = 1 if people <= left else 1 + math.ceil((people - left) / max(1, tier.limit or 1))
    return Estimate(
        people=people,
        exact=exact,
        per_second=pace,
        minutes=math.ceil(people / pace / 60),
        days=days,
        tier=tier,
        cost=estimated(place.rate_cards(tenant).get(), category, people_by_country),
        warnings=list(_warnings(campaign, category, people, days, now)),
    )


@api.endpoint("POST", "/v1/campaigns/{campaign_id}/preview", permission=Permission.READ_CAMPAIGNS)
def preview_campaign(campaign_id: str, body: ToPreview) -> Previews:
    """Show what some people would get, as they are now."""
    tenant, now = api.caller.workspace, now_ms()
    bench = place.bench(tenant)
    campaign = bench.campaigns.get(campaign_id)
    if body.contact_ids:
        records = bench.contacts.many(body.contact_ids)
        some = [Candidate(one.phone, one) for one in records.values()]
    else:
        some = list(islice(_audience(bench, campaign, now), _PREVIEWED))
    terms = _terms(bench, campaign)
    states = bench.states.of(
        campaign.channel, [lane for one in some if (lane := one.lane(campaign.channel))]
    )
    items = []
    for one in some:
        state = states.get(one.lane(campaign.channel) or "")
        message, class_, reason = None, None, None
        try:
            if one.lane(campaign.channel) is None:
                raise UnfitError("no_number")
            check(terms, one.record, state, now)
            message = message_for(campaign.plan["message"], _values(campaign, one))
        except UnfitError as unfit:
            class_, reason = unfit.class_, str(unfit)
        items.append(
            CampaignPreviewShown(
                contact_id=one.record.id if one.record else None,
                name=one.record.name if one.record else None,
                phone=one.phone,
                message=message,
                class_=class_,
                reason=reason,
            )
        )
    return Previews(items=items)


@api.endpoint(
    "POST", "/v1/campaigns/{campaign_id}/test", permission=Permission.SEND_CAMPAIGNS, status=202
)
def test_campaign(campaign_id: str, body: ToTest) -> Tested:
    """Send the message to a few people now. They need not be in the audience."""
    tenant, now = api.caller.workspace, now_ms()
    bench = place.bench(tenant)
    campaign = bench.campaigns.get(campaign_id)
    place.number(tenant, campaign.channel)
    records = bench.contacts.many(body.contact_ids)
    asked: list[tuple[str, Candidate | None]] = [
        (id_, Candidate(found.phone, found) if (found := records.get(id_)) else None)
        for id_ in body.contact_ids
    ]
    asked += [(phone, Candidate(phone)) for phone in body.phones]
    terms = _terms(bench, campaign)
    items, entries = [], []
    for n, (to, one) in enumerate(asked):
        lane = one.lane(campaign.channel) if one else None
        try:
            if one is None or lane is None:
                raise UnfitError("no_number")
            states = bench.states.of(campaign.channel, [lane])
            check(terms, one.record, states.get(lane), now)
            values = {**body.values, **_values(campaign, one)}
            message = message_for(campaign.plan["message"], values)
        except UnfitError as unfit:
            items.append(
                TestedShown(to=to, conversation_id=None, class_=unfit.class_, reason=str(unfit))
            )
            continue
        entries.append(_entry(tenant, campaign, one, message, f"{api.request_id}_{n}"))
        place_ = f"{campaign.channel}.{lane}"
        items.append(TestedShown(to=to, conversation_id=place_, class_=None, reason=None))
    place.into_lanes(entries)
    return Tested(items=items)


def tier_shown(tenant: Tenant, campaign: Campaign, now: int) -> TierShown:
    """Of the business's numbers together; free-form messages need no tier."""
    if campaign.plan["message"].get("type") != "template":
        return TierShown(limit=None, left=None)
    number = place.bench(tenant).number(campaign.channel)
    health = place.health(tenant, campaign.channel)
    limit = tier_of(health.messaging_limit)
    if limit is None or number is None:
        return TierShown(limit=limit, left=limit)
    used = place.tiers(tenant, health.portfolio, number.waba_id).used()
    return TierShown(limit=limit, left=max(0, limit - used.in_a_day(now)))


def _count(bench: Workbench, campaign: Campaign, now: int) -> tuple[dict[str, int], bool]:
    """How many, by country, and whether that is exact, as well as can be told in a few seconds."""
    people = People(bench.segments, bench.lists, bench.contacts, now)
    terms, deadline = _terms(bench, campaign), time.monotonic() + _COUNT_SECONDS
    if campaign.plan["audience"]["upload_id"]:
        return _count_file(bench, campaign, people, terms), False
    found = Counter[str]()
    for part in range(PARTS):
        looked_at = 0
        for read, some in people.pages_of_part(campaign.plan["audience"], part):
            looked_at += read
            found.update(one.country for one in _fit(bench, campaign.channel, terms, some, now))
            if time.monotonic() > deadline:
                return _guessed(bench, found, part, looked_at), False
    return dict(found), True


def _guessed(bench: Workbench, found: Counter[str], part: int, looked_at: int) -> dict[str, int]:
    """Of all, by the parts that were looked at and as many of this one."""
    size = max(looked_at, bench.lists.size_of_shard(part))
    return scaled(found, round(found.total() * PARTS / (part + looked_at / size)))


def _count_file(
    bench: Workbench, campaign: Campaign, people: People, terms: Terms
) -> dict[str, int]:
    """As many as there are numbers; of a large file as there are rows, whose countries are those of
    the first ones. Of a message that is no template as many as the first ones promise."""
    audience = campaign.plan["audience"]
    upload_id = audience["upload_id"]
    file = audience_file(bench, upload_id)
    total = file.total or 0
    if file.status != READY or not audience["phone_column"]:
        return scaled({}, total)
    head = bench.files.read(upload_path(upload_id), _HEAD_BYTES)
    whole = len(head) < _HEAD_BYTES
    rows = people.of_head(audience, head, file.detail["dialect"], whole=whole)
    some = list({one.phone: one for one in rows if one.phone}.values())
    if terms.category is None:
        first = some[:_FIRST_ROWS]
        fit = Counter(
            one.country for one in _fit(bench, campaign.channel, terms, first, people.now)
        )
        in_all = len(some) if whole else total
        return scaled(fit, round(fit.total() * in_all / max(1, len(first))))
    countries = Counter(one.country for one in some)
    return dict(countries) if whole else scaled(countries, total)


def _fit(
    bench: Workbench, channel: str, terms: Terms, some: Sequence[Candidate], now: int
) -> Iterator[Candidate]:
    """Those of some who would be sent it. Conversations are looked at only where the message needs
    them to be open."""
    lanes = {which: lane for which, one in enumerate(some) if (lane := one.lane(channel))}
    states = bench.states.of(channel, [*lanes.values()]) if terms.category is None else {}
    uncapped = Terms(terms.campaign, terms.category)
    for which, lane in lanes.items():
        try:
            check(uncapped, some[which].record, states.get(lane), now)
        except UnfitError:
            continue
        yield some[which]


def _audience(bench: Workbench, campaign: Campaign, now: int) -> Iterator[Candidate]:
    audience = campaign.plan["audience"]
    people = People(bench.segments, bench.lists, bench.contacts, now)
    if upload_id := audience["upload_id"]:
        upload = audience_file(bench, upload_id)
        if upload.status == READY and audience["phone_column"]:
            preview, columns = upload.detail["preview"], upload.detail["dialect"]["columns"]
            yield from people.of_preview(audience, columns, preview["rows"])
        return
    for part in range(PARTS):
        yield from people.of_part(audience, part)


def _terms(bench: Workbench, campaign: Campaign) -> Terms:
    number = bench.number(campaign.channel)
    try:
        category = category_of(bench.templates, number.waba_id if number else "", campaign)
    except StopError:
        category = MARKETING
    return Terms(campaign.id, category, campaign.plan.get("frequency_cap"))


def _values(campaign: Campaign, one: Candidate) -> dict[str, str]:
    return values_of(campaign.plan["variables"], one.record, one.columns, phone=one.phone)


def _entry(
    tenant: Tenant, campaign: Campaign, one: Candidate, message: JsonObject, id_: str
) -> Entry:
    known = (("bsuid", one.bsuid), ("wa_id", one.phone[1:] if one.phone else None))
    sender = Sender(tuple(Identity(kind, value) for kind, value in known if value))
    body = {"tenant": tenant.id, "message": message, "asked": f"test_{id_}"}
    event = Event(f"{PROGRAM_MESSAGE}:test_{id_}", PROGRAM_MESSAGE, now_ms(), body, sender)
    return entry(LaneEvents(campaign.channel, one.lane(campaign.channel) or "", (event,)))


def _warnings(
    campaign: Campaign, category: str | None, people: int, days: int, now: int
) -> Iterator[WarningShown]:
    if not people and category is None:
        words = "Nobody of the audience has written in the last 24 hours."
        yield WarningShown(code="nobody_open", words=words)
    elif not people:
        yield WarningShown(code="nobody", words="The audience has nobody in it.")
    if days > 1:
        words = f"WhatsApp's limit for this account spreads the campaign over {days} days."
        yield WarningShown(code="spread", words=words)
    quiet = campaign.plan.get("quiet_hours")
    if quiet and is_quiet(now, quiet["begin"], quiet["end"], campaign.plan["time_zone"]):
        words = f"Quiet hours are now: started now, it begins to send at {quiet['end']}."
        yield WarningShown(code="quiet_now", words=words)
