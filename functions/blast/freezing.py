"""The audience and its values are frozen when a campaign starts: a part at a time, each of which
may be killed and done again. When all are there, the campaign runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from blast import closing
from blast.audience_files import AudienceFileGoneError, audience_file
from blast.fitness import Terms, UnfitError, check, message_for, values_of
from blast.obstacles import StopError, category_of
from blast.people import PARTS, Candidate, People
from blast.workbench import Workbench, upload_path
from shared.campaigns.halts import Halt, because
from shared.campaigns.outcomes import SKIPPED
from shared.conversation import Conversation
from shared.fifo_batch import NotYetError
from shared.observability import count
from shared.store.active_campaigns import Active
from shared.store.campaigns import (
    BEGINNING,
    DRAFT,
    PREPARING,
    RUNNING,
    SCHEDULED,
    Campaign,
    CampaignNotFoundError,
    CampaignStateError,
    PartTakenError,
)
from shared.store.recipient_items import Recipient
from shared.store.recipients import BLOCK
from shared.store.segments import SegmentNotFoundError
from shared.store.tenant_files import FileMissingError

BLOCKS_OF_A_PART: Final = 100_000
_SOON_SECONDS: Final = 1.0
_LONGEST_MS: Final = 900_000  # that a worker lives, a sixth of the time until another has its part
_TAKEN_SECONDS: Final = 60.0


def freeze(bench: Workbench, campaign: Campaign, part: int, start: str) -> None:
    """Raises NotYetError while the campaign is about to start, or somebody else has the part."""
    if campaign.status in (DRAFT, SCHEDULED):
        raise NotYetError("it is about to start", _SOON_SECONDS)
    if campaign.status != PREPARING:
        closing.cancel(bench, campaign)
        return
    if campaign.freezing != start:
        return
    if part not in campaign.parts:
        _take(bench, campaign, part)
        try:
            campaign = _freeze(bench, campaign, part)
        except (SegmentNotFoundError, FileMissingError, AudienceFileGoneError) as error:
            give_up(bench, campaign, _LACKS[type(error)])
            return
        except StopError as stop:
            give_up(bench, campaign, stop.halt)
            return
        except CampaignStateError:
            _left(bench, campaign.id)
            return
    if len(campaign.parts) == PARTS:
        _begin(bench, campaign)


def _take(bench: Workbench, campaign: Campaign, part: int) -> None:
    """Two who write one part would write over what was sent meanwhile. Raises NotYetError."""
    now = bench.clock()
    try:
        bench.campaigns.take_part(campaign, part, now, now + _LONGEST_MS)
    except PartTakenError as error:
        raise NotYetError("somebody else has this part", _TAKEN_SECONDS) from error


def _left(bench: Workbench, campaign_id: str) -> None:
    """It was cancelled, or deleted, while it was written."""
    try:
        closing.cancel(bench, bench.campaigns.get(campaign_id))
    except CampaignNotFoundError:
        closing.erase(bench, campaign_id)


def give_up(bench: Workbench, campaign: Campaign, reason: Halt) -> None:
    """It is a draft again, and says why."""
    parts = {f"part_{part}": None for part in range(PARTS)}
    try:
        bench.campaigns.move(campaign.id, (PREPARING,), DRAFT, reason=reason, **parts)
    except CampaignStateError:
        return
    count("CampaignsNotStarted")


_LACKS: Final = {
    SegmentNotFoundError: because("segment_gone"),
    FileMissingError: because("audience_file_gone"),
    AudienceFileGoneError: because("audience_file_gone"),
}


def _freeze(bench: Workbench, campaign: Campaign, part: int) -> Campaign:
    number = bench.number(campaign.channel)
    category = category_of(bench.templates, number.waba_id if number else "", campaign)
    terms = Terms(campaign.id, category, campaign.plan.get("frequency_cap"))
    freezer = _Freezer(bench, campaign, terms, bench.clock())
    block, people = part * BLOCKS_OF_A_PART, 0
    candidates = _candidates(bench, campaign, part)
    recipients, tallies = bench.recipients(campaign.id), bench.tallies(campaign.id)
    while some := list(islice(candidates, BLOCK)):
        frozen = freezer.frozen(some, block)
        recipients.add(block, frozen)
        tallies.begin(block, frozen)
        people, block = people + len(frozen), block + 1
    # An earlier try may have found more.
    while tallies.drop(block):
        block += 1
    count("RecipientsFrozen", people)
    return bench.campaigns.part_frozen(campaign, part, people)


def _candidates(bench: Workbench, campaign: Campaign, part: int) -> Iterator[Candidate]:
    audience = campaign.plan["audience"]
    people = People(bench.segments, bench.lists, bench.contacts, bench.clock())
    if upload := audience["upload_id"]:
        dialect = audience_file(bench, upload).detail["dialect"]
        content = bench.files.read(upload_path(upload))
        return people.of_file(audience, part, content, dialect)
    return people.of_part(audience, part)


@dataclass(slots=True)
class _Freezer:
    """Of one part. `seen` are the conversations that are in it already."""

    bench: Workbench
    campaign: Campaign
    terms: Terms
    now: int
    seen: set[str] = field(default_factory=set)

    def frozen(self, some: Sequence[Candidate], block: int) -> list[Recipient]:
        lanes = [one.lane(self.campaign.channel) for one in some]
        asked = [lane for lane in lanes if lane]
        states = self.bench.states.of(self.campaign.channel, asked)
        made = []
        for number, (one, lane) in enumerate(zip(some, lanes, strict=True)):
            state = states.get(lane) if lane else None
            as_queued = self._queued(one, lane, state)
            made.append(replace(self._judged(as_queued, one, state), block=block, number=number))
        return made

    def _queued(self, one: Candidate, lane: str | None, state: Conversation | None) -> Recipient:
        variables = self.campaign.plan["variables"]
        return Recipient(
            block=0,
            number=0,
            lane=(state.contact.id if state else lane) or "",
            phone=one.phone[1:] if one.phone else None,
            bsuid=one.bsuid or (state.contact.bsuid if state else None),
            contact_id=one.record.id if one.record else None,
            name=_name(one),
            country=one.country,
            values=values_of(variables, one.record, one.columns, phone=one.phone),
            updated_at=self.now,
        )

    def _judged(self, made: Recipient, one: Candidate, state: Conversation | None) -> Recipient:
        """Whoever cannot be sent to is a recipient too, and is told apart by why."""
        try:
            if not made.lane or not (made.phone or made.bsuid):
                raise UnfitError("no_number")
            if made.lane in self.seen:
                raise UnfitError("repeated")
            self.seen.add(made.lane)
            check(self.terms, one.record, state, self.now)
            message_for(self.campaign.plan["message"], made.values)
        except UnfitError as unfit:
            return replace(made, state=SKIPPED, class_=unfit.class_, reason=str(unfit))
        return made


def _begin(bench: Workbench, campaign: Campaign) -> None:
    people = sum(campaign.parts.values())
    if not people:
        give_up(bench, campaign, because("nobody"))
        return
    # Known to the pacer first: it passes over one that does not run yet.
    bench.actives.add(Active(campaign.channel, bench.tenant, campaign.id))
    now = bench.clock()
    try:
        bench.campaigns.move(
            campaign.id,
            (PREPARING,),
            RUNNING,
            people=people,
            started_at=now,
            released_at=now,
            cursor=list(BEGINNING),
            reason=None,
        )
    except CampaignStateError:
        return
    bench.look_at(campaign.channel)
    count("CampaignsStarted")


def _name(one: Candidate) -> str | None:
    """Whoever has neither a name nor a number is told by what stands in the file."""
    known = one.record.name if one.record else None
    return known or (one.cell[:60] or None if one.phone is None else None)
