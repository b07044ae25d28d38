"""Where templates are handed in, reviewed after a while, and judged; each change is told."""

import asyncio
from collections.abc import Callable

from local.graph.account_webhooks import (
    account_webhook,
    category_update,
    quality_update,
    status_update,
)
from local.graph.business import Business
from local.graph.deliveries import DeliveryDesk, Sleep
from local.graph.graph_errors import GraphError
from local.graph.json_types import JsonObject
from local.graph.signature import serialise
from local.graph.templates.book import Template, TemplateBook, Verdict
from local.graph.templates.shape import TemplateToCreate, TemplateToEdit

REVIEW_SECONDS = 1.0


class TemplateOffice:
    def __init__(
        self,
        business: Business,
        deliveries: DeliveryDesk,
        now_ms: Callable[[], int],
        *,
        review_seconds: float = REVIEW_SECONDS,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._business = business
        self._deliveries = deliveries
        self._now_ms = now_ms
        self._review_seconds = review_seconds
        self._sleep = sleep
        self._reviews: set[asyncio.Task[None]] = set()
        self.book = TemplateBook(now_ms)

    def create(self, wanted: TemplateToCreate, components: list[JsonObject]) -> Template:
        template = self.book.add(wanted, components)
        self._review(template)
        return template

    def edit(
        self, template: Template, wanted: TemplateToEdit, components: list[JsonObject] | None
    ) -> None:
        self.book.edit(template, wanted, components)
        self._review(template)

    def delete(self, name: str, template_id: str | None) -> None:
        for template in self.book.delete(name, template_id):
            self.judge(template, Verdict("DELETED"))

    def unpause(self, template: Template) -> None:
        if template.status != "PAUSED":
            raise GraphError(100, f"The template is {template.status}, not PAUSED.")
        self.judge(template, Verdict())

    def judge(self, template: Template, verdict: Verdict) -> None:
        template.status, template.reason = verdict.event, verdict.reason
        self._tell("message_template_status_update", status_update(template, verdict))

    def score(self, template: Template, score: str) -> None:
        self._tell("message_template_quality_update", quality_update(template, score))
        template.quality = score

    def recategorise(self, template: Template, category: str) -> None:
        self._tell("template_category_update", category_update(template, category))
        template.category = category

    def tell(self, field: str, value: JsonObject) -> None:
        """Any other news of the account."""
        self._tell(field, value)

    def forget(self) -> None:
        for review in self._reviews:
            review.cancel()
        self.book = TemplateBook(self._now_ms)

    def _review(self, template: Template) -> None:
        task = asyncio.ensure_future(self._reviewed(template))
        self._reviews.add(task)
        task.add_done_callback(self._reviews.discard)

    async def _reviewed(self, template: Template) -> None:
        await self._sleep(self._review_seconds)
        if self.book.has(template.id):
            self.judge(template, self.book.next_verdict())

    def _tell(self, field: str, value: JsonObject) -> None:
        body = account_webhook(self._business, field, value, self._now_ms() // 1000)
        self._deliveries.submit("account", field, serialise(body))
