"""Webhooks about templates and numbers: they name the account and no number (sections 2.7, 2.8)."""

from local.graph.business import Business
from local.graph.json_types import JsonObject
from local.graph.templates.book import Template, Verdict


def account_webhook(
    business: Business, field: str, value: JsonObject, at_seconds: int
) -> JsonObject:
    change = {"field": field, "value": value}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": business.waba_id, "time": at_seconds, "changes": [change]}],
    }


def status_update(template: Template, verdict: Verdict) -> JsonObject:
    update: JsonObject = {"event": verdict.event, **_named(template), "reason": verdict.reason}
    update["message_template_category"] = template.category
    if verdict.recommendation:
        info = {"reason": verdict.reason, "recommendation": verdict.recommendation}
        update["rejection_info"] = info
    if verdict.event == "PAUSED":
        description = "Paused for 3 hours because of low quality."
        update["other_info"] = {"title": "FIRST_PAUSE", "description": description}
    return update


def quality_update(template: Template, score: str) -> JsonObject:
    return {
        "previous_quality_score": template.quality,
        "new_quality_score": score,
        **_named(template),
    }


def category_update(template: Template, category: str) -> JsonObject:
    return {
        **_named(template),
        "previous_category": template.category,
        "new_category": category,
    }


def _named(template: Template) -> JsonObject:
    return {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
