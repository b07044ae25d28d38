"""What stands against a call, as the API says it: status, stable name and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from channels.onboarding import (
    CodeRefusedError,
    NotGrantedError,
    NumberNotInAccountError,
    WrongAppError,
)
from channels.templates.accounts import AccountNotFoundError, WhichAccountError
from channels.templates.handing_in import EditedTooOftenError, NotEditableError, NotPausedError
from shared.api import ProblemKind
from shared.channels.baileys.service import ServiceRefusedError, ServiceUnreachableError
from shared.channels.graph import GraphUnreachableError
from shared.store.channels import ChannelGoneError, ChannelNotFoundError, NumberTakenError
from shared.store.templates import TemplateNotFoundError
from shared.store.transactions import BusyError


class SignupNotOfferedError(Exception):
    """The platform has no Meta app of its own to sign up with."""


class LinkedPhonesNotOfferedError(Exception):
    """The platform does not run the service that links phones."""


class NotALinkedPhoneError(Exception):
    """The channel is no linked phone, or was never asked to be one."""


CHANNEL_NOT_FOUND: Final = ProblemKind(404, "channel-not-found", "There is no such channel.")
META_REFUSED: Final = ProblemKind(422, "meta-refused", "Meta refused.")

META_BUSY: Final = ProblemKind(
    429, "meta-busy", "Meta takes no more calls for this account now: try again in an hour."
)

REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    ChannelNotFoundError: CHANNEL_NOT_FOUND,
    ChannelGoneError: ProblemKind(
        409,
        "channel-disconnected",
        "The channel is disconnected: connect it again first.",
    ),
    NumberTakenError: ProblemKind(
        409,
        "number-taken",
        "phone_number_id: the number or its account is connected to another workspace.",
    ),
    CodeRefusedError: ProblemKind(
        422,
        "code-refused",
        "code: Meta no longer takes it. It is good for 30 seconds: sign up once more.",
    ),
    WrongAppError: ProblemKind(
        422,
        "wrong-app",
        "access_token: it is no valid token of this Meta app.",
    ),
    NotGrantedError: ProblemKind(
        422,
        "account-not-granted",
        "waba_id: the sign-in gave no rights to this WhatsApp account.",
    ),
    NumberNotInAccountError: ProblemKind(
        422,
        "number-not-in-account",
        "phone_number_id: the WhatsApp account has no such number.",
    ),
    TemplateNotFoundError: ProblemKind(404, "template-not-found", "There is no such template."),
    AccountNotFoundError: ProblemKind(
        409,
        "account-not-connected",
        "waba_id: no connected number of the workspace belongs to this account.",
    ),
    WhichAccountError: ProblemKind(
        422, "which-account", "waba_id: the workspace has several accounts, so name one."
    ),
    NotEditableError: ProblemKind(
        409,
        "template-not-editable",
        "Only approved, rejected and paused templates can be edited: wait for Meta's review.",
    ),
    NotPausedError: ProblemKind(
        409, "template-not-paused", "Only a template that Meta has paused can be let go on."
    ),
    EditedTooOftenError: ProblemKind(
        409,
        "template-edited-too-often",
        "Meta lets an approved template be edited once a day and ten times in thirty days: "
        "next_edit_at says when it can be edited again.",
    ),
    SignupNotOfferedError: ProblemKind(
        409,
        "signup-not-offered",
        "This platform has no Meta app to sign up with: connect an app of your own.",
    ),
    LinkedPhonesNotOfferedError: ProblemKind(
        409,
        "linked-phones-not-offered",
        "This platform does not link phones: connect a number of Meta's Cloud API.",
    ),
    NotALinkedPhoneError: ProblemKind(
        409, "not-a-linked-phone", "The channel is no linked phone that is being connected."
    ),
    ServiceRefusedError: ProblemKind(
        502, "linked-phones-refused", "The service that links phones refused. Try again later."
    ),
    ServiceUnreachableError: ProblemKind(
        502,
        "linked-phones-unreachable",
        "The service that links phones did not answer. Try again in a moment.",
    ),
    GraphUnreachableError: ProblemKind(
        502,
        "meta-unreachable",
        "Meta did not answer. Try again in a moment.",
    ),
    BusyError: ProblemKind(
        409,
        "busy",
        "Others are changing the same thing right now. Try again.",
    ),
}
