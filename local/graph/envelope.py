"""The envelope of every webhook about a number."""

from local.graph.business import Business
from local.graph.json_types import JsonObject


def messages_webhook(business: Business, content: JsonObject) -> JsonObject:
    return change_webhook(business, "messages", content)


def change_webhook(business: Business, field: str, content: JsonObject) -> JsonObject:
    """`content` is what comes beside `messaging_product` and `metadata` in the value."""
    value: JsonObject = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": business.digits,
            "phone_number_id": business.phone_number_id,
        },
        **content,
    }
    change = {"field": field, "value": value}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": business.waba_id, "changes": [change]}],
    }
