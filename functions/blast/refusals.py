"""What stands against a call, as the API says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from blast.audience_files import AudienceFileGoneError
from shared.api import ProblemKind
from shared.api.problems import CHANGED_MEANWHILE
from shared.store.campaigns import (
    CampaignChangedError,
    CampaignNotFoundError,
    CampaignStateError,
)
from shared.store.channels import ChannelNotFoundError
from shared.store.contacts import ContactNotFoundError
from shared.store.imports import JobNotFoundError, JobStateError
from shared.store.rate_cards import RateCardChangedError
from shared.store.segments import SegmentNotFoundError
from shared.store.transactions import BusyError

NOT_READY: Final = ProblemKind(
    409, "campaign-not-ready", "The campaign cannot start as it is: see errors."
)
NOT_IN_BULK: Final = ProblemKind(
    400,
    "not-in-bulk",
    "channel_id: campaigns go from numbers on WhatsApp's Cloud API. WhatsApp bans linked phones "
    "that send in bulk.",
)
TOO_LARGE: Final = ProblemKind(
    413,
    "campaign-too-large",
    "message, variables, audience: together they are too large to be kept. Mean people by a "
    "segment or a tag, not one by one.",
)
TIME_IS_PAST: Final = ProblemKind(
    400, "time-is-past", "at: this time is over, or less than a minute away. Start it now instead."
)
NO_SUCH_TIME: Final = ProblemKind(
    400,
    "no-such-time",
    "at: there is no such time in the campaign's time zone: no such day, or the clocks go forward.",
)
TIME_IS_QUIET: Final = ProblemKind(
    400, "time-is-quiet", "at: the campaign's quiet hours are then. Nothing would be sent."
)
FILE_GONE_BY_THEN: Final = ProblemKind(
    400,
    "file-gone-by-then",
    "at: the file with the audience is kept for eight days, and the time is later. Upload it again "
    "nearer to the time, or make contacts of its people.",
)
REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    CampaignNotFoundError: ProblemKind(404, "campaign-not-found", "There is no such campaign."),
    CampaignStateError: ProblemKind(
        409, "campaign-state", "The campaign is not in a state that allows this."
    ),
    CampaignChangedError: CHANGED_MEANWHILE,
    RateCardChangedError: CHANGED_MEANWHILE,
    ChannelNotFoundError: ProblemKind(
        404, "channel-not-found", "channel_id: the workspace has no such channel."
    ),
    ContactNotFoundError: ProblemKind(404, "contact-not-found", "There is no such contact."),
    SegmentNotFoundError: ProblemKind(
        404, "segment-not-found", "The audience names a segment that is not there."
    ),
    JobNotFoundError: ProblemKind(404, "job-not-found", "There is no such upload or export."),
    JobStateError: ProblemKind(
        409, "job-state", "The upload or export is not in a state that allows this."
    ),
    AudienceFileGoneError: ProblemKind(
        409,
        "audience-file-gone",
        "The file with the audience is not kept any more: upload it again.",
    ),
    BusyError: ProblemKind(409, "busy", "Others are changing the same thing right now. Try again."),
}
