"""What a customer's message can hold. What Meta left out is None, or empty text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from shared.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Text:
    body: str


@dataclass(frozen=True, slots=True)
class Media:
    """`kind` is "image", "audio", "video", "document" or "sticker". `mime_type` may carry
    parameters; `sha256` is in base64; `url`, where it is there, lives five minutes; `filename` is
    what the customer wrote: never a path of ours. `voice`: recorded in the chat."""

    kind: str
    id: str
    mime_type: str
    sha256: str = ""
    url: str = ""
    caption: str = ""
    filename: str = ""
    voice: bool = False
    animated: bool = False


@dataclass(frozen=True, slots=True)
class Location:
    """Degrees."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A person's card. `phones` are (as written, number on WhatsApp or ""). `requested`: the answer
    to a request for one's own number. `raw` is the card as it came."""

    name: str
    phones: tuple[tuple[str, str], ...]
    emails: tuple[str, ...]
    requested: bool
    raw: JsonObject = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Contacts:
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Reaction:
    """`emoji` is empty when the reaction is taken back."""

    message_id: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Something offered was tapped. `of` is "template", "button" or "list"; a flow treats them
    alike: `payload` says what was meant, `title` what was read."""

    of: str
    payload: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class FormReply:
    """A form was filled in. `name` is "flow" or "address_message"; `data` is what the customer
    entered, `token` the one that was sent with the form; None where the answer was unreadable."""

    name: str
    data: JsonObject | None
    token: str = ""


@dataclass(frozen=True, slots=True)
class CallPermission:
    """`response` is "accept" or "reject"; `expires_at` in milliseconds."""

    response: str
    permanent: bool
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class OrderItem:
    """`price` is what the phone says, in major units: look the price up."""

    product_retailer_id: str
    quantity: float
    price: float
    currency: str


@dataclass(frozen=True, slots=True)
class Order:
    catalog_id: str
    items: tuple[OrderItem, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """Number or id have changed, or the identity: `kind` in Meta's words. `wa_id` and `user_id` are
    the new ones."""

    kind: str
    body: str
    wa_id: str = ""
    user_id: str = ""
    previous_user_id: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """`content` is what the message says from now on."""

    original_id: str
    content: Content


@dataclass(frozen=True, slots=True)
class Deletion:
    original_id: str


@dataclass(frozen=True, slots=True)
class WelcomeRequest:
    """The chat was opened for the first time."""


@dataclass(frozen=True, slots=True)
class MediaPlaceholder:
    """Media of the history, which come later."""


@dataclass(frozen=True, slots=True)
class Call:
    """A step of a call: `event` as Meta names it (connect, terminate, RINGING, …), `duration` in
    seconds once it has ended."""

    id: str
    event: str
    direction: str
    status: str = ""
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Preference:
    """`value` is "stop", "resume" or "signup"."""

    category: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Meta does not hand this kind over; `kind` is empty where it does not say which."""

    kind: str
    code: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A type that is not known, or whose object is missing or of another shape."""

    kind: str


Content: TypeAlias = (
    Text
    | Media
    | Location
    | Contacts
    | Reaction
    | Reply
    | FormReply
    | CallPermission
    | Order
    | System
    | Edit
    | Deletion
    | WelcomeRequest
    | MediaPlaceholder
    | Call
    | Preference
    | Unsupported
    | Unreadable
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a message refers to. `message_id` may name a message that was never stored here, and is
    empty when it was only forwarded. `catalog_id` and `product_retailer_id` are of the product that
    it asks about."""

    message_id: str = ""
    sender: str = ""
    forwarded: bool = False
    frequently_forwarded: bool = False
    catalog_id: str = ""
    product_retailer_id: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """The advertisement or post that the customer came from. `click_id` is for conversions."""

    source_type: str
    source_id: str
    source_url: str
    headline: str = ""
    body: str = ""
    media_type: str = ""
    media_url: str = ""
    click_id: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message. `at` in milliseconds, None where it carries no time."""

    id: str
    at: int | None
    content: Content
    context: Context | None = None
    referral: Referral | None = None
    group_id: str | None = None
