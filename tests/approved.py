"""A template that WhatsApp has approved, on the running stack."""

from __future__ import annotations

import uuid

from shared.json_types import JsonObject
from tests.api_side import Api
from tests.running import eventually


def approved_template(api: Api) -> JsonObject:
    """As it was handed in: a promotion with one variable."""
    body = {"type": "BODY", "text": "Halo {{1}}, ada promo.", "example": {"body_text": [["Ana"]]}}
    draft: JsonObject = {
        "name": f"promo_{uuid.uuid4().hex[:10]}",
        "language": "id",
        "category": "MARKETING",
        "components": [body],
    }
    made = api.post("templates", draft).raise_for_status().json()

    def status() -> object:
        return api.get(f"templates/{made['id']}").json()["status"]

    eventually(status, lambda status: status == "APPROVED")
    return draft
