"""What Meta is asked while a number is connected.

What the browser says of accounts and numbers is anybody's word. It counts only after Meta has said
that the token was granted that account, and that the account has that number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.channels.graph import Graph, GraphError
from shared.json_types import JsonObject
from shared.store.channels import Health

NUMBER_FIELDS: Final = ",".join(
    (
        "display_phone_number",
        "verified_name",
        "quality_rating",
        "name_status",
        "status",
        "throughput",
        "whatsapp_business_manager_messaging_limit",
        "is_on_biz_app",
    )
)
_SCOPE: Final = "whatsapp_business_management"
_SYNCS: Final = ("smb_app_state_sync", "history")


class CodeRefusedError(Exception):
    """Meta did not give a token for the code: too old, used, or of another app."""


class WrongAppError(Exception):
    """The token is not one of the app, or is no longer valid."""


class NotGrantedError(Exception):
    """The token was given no rights to the account."""


class NumberNotInAccountError(Exception):
    """The account has no number of that id."""


@dataclass(frozen=True, slots=True)
class MetaApp:
    id: str
    secret: str

    @property
    def token(self) -> str:
        """The app's own, for questions about tokens."""
        return f"{self.id}|{self.secret}"


@dataclass(frozen=True, slots=True)
class MetaNumber:
    """A number as Meta describes it. `status` is CONNECTED once it is registered."""

    display_phone_number: str
    name: str
    status: str
    coexistence: bool
    health: Health


def exchanged(graph: Graph, app: MetaApp, code: str) -> str:
    """The business token for a sign-up's code. Raises CodeRefusedError."""
    asked = {"client_id": app.id, "client_secret": app.secret, "code": code}
    try:
        token = graph.get("oauth/access_token", None, **asked).get("access_token")
    except GraphError as error:
        raise CodeRefusedError from error
    if not isinstance(token, str) or not token:
        raise CodeRefusedError
    return token


def check_granted(graph: Graph, app: MetaApp, token: str, waba_id: str) -> None:
    """Raises WrongAppError or NotGrantedError."""
    try:
        told = graph.get("debug_token", app.token, input_token=token).get("data")
    except GraphError as error:
        raise WrongAppError from error
    if not isinstance(told, dict) or not told.get("is_valid") or str(told.get("app_id")) != app.id:
        raise WrongAppError
    if waba_id not in _granted(told):
        raise NotGrantedError(waba_id)


def check_number(graph: Graph, token: str, waba_id: str, number_id: str) -> None:
    """Raises NotGrantedError or NumberNotInAccountError."""
    try:
        for page in graph.pages(f"{waba_id}/phone_numbers", token, fields="id", limit="100"):
            if any(str(one.get("id")) == number_id for one in page):
                return
    except GraphError as error:
        raise NotGrantedError(waba_id) from error
    raise NumberNotInAccountError(number_id)


def described(graph: Graph, token: str, number_id: str) -> MetaNumber:
    """Raises GraphError."""
    told = graph.get(number_id, token, fields=NUMBER_FIELDS)
    throughput = told.get("throughput")
    level = throughput.get("level") if isinstance(throughput, dict) else None
    return MetaNumber(
        display_phone_number=_text(told, "display_phone_number"),
        name=_text(told, "verified_name"),
        status=_text(told, "status"),
        coexistence=told.get("is_on_biz_app") is True,
        health=Health(
            quality=_text(told, "quality_rating"),
            messaging_limit=_text(told, "whatsapp_business_manager_messaging_limit"),
            throughput=str(level or ""),
            name_status=_text(told, "name_status"),
        ),
    )


def portfolio_of(graph: Graph, token: str, waba_id: str) -> str:
    """The business that the account is of; empty where Meta does not say."""
    try:
        owner = graph.get(waba_id, token, fields="owner_business_info").get("owner_business_info")
    except GraphError:
        return ""
    return str(owner.get("id") or "") if isinstance(owner, dict) else ""


def subscribe(graph: Graph, token: str, waba_id: str) -> None:
    """Let the app hear of the account. Raises GraphError."""
    graph.post(f"{waba_id}/subscribed_apps", token)


def unsubscribe(graph: Graph, token: str, waba_id: str) -> None:
    """Raises GraphError."""
    graph.delete(f"{waba_id}/subscribed_apps", token)


def register(graph: Graph, token: str, number_id: str, pin: str) -> None:
    """Never for a number that is in use on the phone's app as well. Raises GraphError."""
    graph.post(f"{number_id}/register", token, {"messaging_product": "whatsapp", "pin": pin})


def ask_for_history(graph: Graph, token: str, number_id: str) -> list[str]:
    """What the phone's app knows, once and within a day of the sign-up. Answers what Meta refused,
    which does not stand against the number: the owner may have declined."""
    refused = []
    for kind in _SYNCS:
        try:
            graph.post(
                f"{number_id}/smb_app_data",
                token,
                {"messaging_product": "whatsapp", "sync_type": kind},
            )
        except GraphError as error:
            refused.append(f"{kind}: {error}")
    return refused


def _granted(told: JsonObject) -> set[str]:
    scopes = told.get("granular_scopes")
    return {
        str(target)
        for scope in (scopes if isinstance(scopes, list) else [])
        if isinstance(scope, dict) and scope.get("scope") == _SCOPE
        for target in (scope.get("target_ids") or [])
    }


def _text(told: JsonObject, name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
