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
from shared.api import ProblemKind
from shared.channels.graph import GraphUnreachableError
from shared.store.channels import ChannelGoneError, ChannelNotFoundError, NumberTakenError
from shared.store.transactions import BusyError


class SignupNotOfferedError(Exception):
    """The platform has no Meta app of its own to sign up with."""


CHANNEL_NOT_FOUND: Final = ProblemKind(404, "channel-not-found", "There is no such channel.")
META_REFUSED: Final = ProblemKind(422, "meta-refused", "Meta refused.")

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
    SignupNotOfferedError: ProblemKind(
        409,
        "signup-not-offered",
        "This platform has no Meta app to sign up with: connect an app of your own.",
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
