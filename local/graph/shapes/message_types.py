"""Which shape the content of each message type must have."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import TypeAdapter

from local.graph import limits
from local.graph.shapes.actions import (
    CallPermissionMessage,
    ContactInfoMessage,
    FlowMessage,
    LinkMessage,
    LocationRequestMessage,
    UncheckedActionMessage,
)
from local.graph.shapes.carousel import CarouselMessage
from local.graph.shapes.catalogue import CatalogueMessage, ProductListMessage, ProductMessage
from local.graph.shapes.choices import ButtonsMessage, ListMessage
from local.graph.shapes.contacts import ContactCard
from local.graph.shapes.location import LocationContent
from local.graph.shapes.media import (
    AudioContent,
    CaptionedContent,
    DocumentContent,
    MediaContent,
)
from local.graph.shapes.reaction import ReactionContent
from local.graph.shapes.strict import count
from local.graph.shapes.template import TemplateContent
from local.graph.shapes.text import TextContent

ContactCards = Annotated[list[ContactCard], count(1, limits.CONTACTS)]

INTERACTIVE = "interactive"

CONTENT_OF: Mapping[str, TypeAdapter[Any]] = MappingProxyType(
    {
        "text": TypeAdapter(TextContent),
        "image": TypeAdapter(CaptionedContent),
        "video": TypeAdapter(CaptionedContent),
        "document": TypeAdapter(DocumentContent),
        "audio": TypeAdapter(AudioContent),
        "sticker": TypeAdapter(MediaContent),
        "location": TypeAdapter(LocationContent),
        "contacts": TypeAdapter(ContactCards),
        "reaction": TypeAdapter(ReactionContent),
        "template": TypeAdapter(TemplateContent),
    }
)

INTERACTIVE_OF: Mapping[str, TypeAdapter[Any]] = MappingProxyType(
    {
        "button": TypeAdapter(ButtonsMessage),
        "list": TypeAdapter(ListMessage),
        "cta_url": TypeAdapter(LinkMessage),
        "flow": TypeAdapter(FlowMessage),
        "location_request_message": TypeAdapter(LocationRequestMessage),
        "product": TypeAdapter(ProductMessage),
        "product_list": TypeAdapter(ProductListMessage),
        "catalog_message": TypeAdapter(CatalogueMessage),
        "carousel": TypeAdapter(CarouselMessage),
        "call_permission_request": TypeAdapter(CallPermissionMessage),
        "request_contact_info": TypeAdapter(ContactInfoMessage),
        "address_message": TypeAdapter(UncheckedActionMessage),
        "order_details": TypeAdapter(UncheckedActionMessage),
        "order_status": TypeAdapter(UncheckedActionMessage),
    }
)
