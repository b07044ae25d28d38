"""What Meta tells of templates, applied to the workspace's own list of them.

What is not known here, or changed in a way that the webhook only outlines, is asked for: the
account's list is compared with Meta's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from shared.channels.inbound.account import (
    TemplateCategory,
    TemplateComponents,
    TemplateQuality,
    TemplateRef,
    TemplateStatus,
)
from shared.clock import Clock, now_ms
from shared.observability import count
from shared.queues import send_all
from shared.store.templates import APPROVED, DELETED, Template, Templates
from shared.template_syncs import sync_entry
from shared.tenancy import Tenant

_STATUSES: Final = {"REINSTATED": APPROVED, "UNARCHIVED": APPROVED}
_NO_STATUS: Final = frozenset({"FLAGGED"})
"""A warning: the template is sent as before."""


@dataclass(frozen=True, slots=True)
class TemplateEvents:
    """`sqs` and `syncs_url` lead to the queue of comparisons."""

    table: str
    dynamodb: Any
    sqs: Any
    syncs_url: str
    clock: Clock = now_ms

    def status(self, tenant: Tenant, waba_id: str, event: TemplateStatus, at: int) -> None:
        if event.event == DELETED:
            known = self._known(tenant, waba_id, event.template)
            if known is not None:
                self._store(tenant).tell_gone(known, told_at=at)
            return

        def changed(known: Template) -> Template:
            told = _STATUSES.get(event.event, event.event)
            return replace(
                known,
                status=known.status if event.event in _NO_STATUS else told,
                category=event.category or known.category,
                reason=event.reason,
                details=event.details,
            )

        self._apply(tenant, waba_id, event.template, changed, at)

    def quality(self, tenant: Tenant, waba_id: str, event: TemplateQuality, at: int) -> None:
        self._apply(
            tenant, waba_id, event.template, lambda known: replace(known, quality=event.score), at
        )

    def category(self, tenant: Tenant, waba_id: str, event: TemplateCategory, at: int) -> None:
        self._apply(
            tenant,
            waba_id,
            event.template,
            lambda known: replace(
                known,
                category=event.category or known.category,
                becomes=event.becomes,
                changes_at=event.changes_at or 0,
            ),
            at,
        )

    def components(
        self,
        tenant: Tenant,
        waba_id: str,
        event: TemplateComponents,  # noqa: ARG002
        at: int,  # noqa: ARG002
    ) -> None:
        """The event leaves out headers, examples and cards."""
        self._compare(tenant, waba_id)

    def _apply(
        self,
        tenant: Tenant,
        waba_id: str,
        ref: TemplateRef,
        changed: Callable[[Template], Template],
        at: int,
    ) -> None:
        known = self._known(tenant, waba_id, ref)
        if known is None:
            self._compare(tenant, waba_id)
            return
        applied = self._store(tenant).tell(changed(known), told_at=at, now=self.clock())
        count("TemplateNews" if applied else "TemplateNewsStale")

    def _known(self, tenant: Tenant, waba_id: str, ref: TemplateRef) -> Template | None:
        """By Meta's id: one that was deleted and made anew has another."""
        known = self._store(tenant).find(waba_id, ref.name, ref.language)
        return known if known is not None and known.meta_id == ref.id else None

    def _compare(self, tenant: Tenant, waba_id: str) -> None:
        send_all(self.sqs, self.syncs_url, [sync_entry(tenant, waba_id)])

    def _store(self, tenant: Tenant) -> Templates:
        return Templates(tenant, self.table, self.dynamodb)
