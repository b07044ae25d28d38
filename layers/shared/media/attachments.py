"""Before a send: files of the workspace's own get Meta's ids, which are made once per file and
number, by whoever comes first, in the background. Who comes meanwhile waits for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from shared.channels.cloud_api import Answer, Refused
from shared.clock import Clock
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.media.references import has_id, references, with_metas_ids
from shared.observability import count
from shared.store.directory import Number
from shared.store.media_copies import Copies
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache

_REMEMBER_SECONDS: Final = 60
_WAITS: Final = (1.0, 2.0, 3.0, 5.0, 10.0)
_LONGEST_WAIT_SECONDS: Final = 20.0
_ID_REFUSED: Final = frozenset({100, 131009, 131052, 131053})
"""Codes that Meta has for an id that it does not know (any longer)."""
_TRIES_WITH_NEW_IDS: Final = 2
_SURELY_KNOWN_MS: Final = 600_000


class CannotAttachError(Exception):
    """A file cannot be sent, ever; in words."""


class NumberHeldError(Exception):
    """WhatsApp takes nothing of this number for now; in words."""


class _MissingError(Exception):
    """There is no id yet: somebody is at it."""


@dataclass(frozen=True, slots=True)
class Attachments:
    """`copies` of a tenant; `ask` has a file uploaded for a number."""

    copies: Callable[[Tenant], Copies]
    ask: Callable[[Tenant, str, str], None]
    clock: Clock
    _known: TtlCache[tuple[str, str, str], str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", TtlCache(_REMEMBER_SECONDS, self.clock))

    def attach(self, number: Number, message: JsonObject, receives: int) -> JsonObject:
        """The message as Meta takes it. Raises NotYetError while a file is being uploaded,
        CannotAttachError, or NumberHeldError."""
        found: dict[str, str] = {}
        wanted = {one.media_id for one in references(message)}
        for media_id in wanted:
            # All that are missing are asked for before any is waited for.
            with suppress(_MissingError):
                found[media_id] = self._meta_id(number, media_id)
        if found.keys() != wanted:
            raise NotYetError("a file is being uploaded", wait_seconds(receives))
        return with_metas_ids(message, found) if found else message

    def renewed(
        self,
        number: Number,
        message: JsonObject,
        answer: Answer,
        *,
        sent: JsonObject,
        attempts: int,
    ) -> bool:
        """Whether a refusal may be for ids that Meta has forgotten, which are forgotten here too:
        the message is then worth another try. `message` names files of the workspace, and `sent` is
        what Meta was given of it."""
        if not isinstance(answer, Refused) or answer.code not in _ID_REFUSED:
            return False
        if attempts > _TRIES_WITH_NEW_IDS:
            return False
        wanted = {one.media_id for one in references(message)}
        renewed = [one for one in wanted if self._renew(number, one, sent)]
        if renewed:
            count("MediaIdsRenewed")
        return bool(renewed)

    def _renew(self, number: Number, media_id: str, sent: JsonObject) -> bool:
        """An id that Meta has just given is no reason, and for one that was not sent there is a
        newer one already."""
        tenant, channel = number.tenant, number.phone_number_id
        self._known.forget((tenant.id, channel, media_id))
        copies, now = self.copies(tenant), self.clock()
        copy = copies.find(media_id, channel, now)
        if not copy.meta_id or not has_id(sent, copy.meta_id):
            return True
        if now - copy.uploaded_at < _SURELY_KNOWN_MS:
            return False
        copies.forget(media_id, channel, copy.meta_id)
        return True

    def _meta_id(self, number: Number, media_id: str) -> str:
        tenant, channel = number.tenant, number.phone_number_id
        key = tenant.id, channel, media_id
        return self._known.get(key, lambda: self._found(tenant, channel, media_id))

    def _found(self, tenant: Tenant, channel: str, media_id: str) -> str:
        copies, now = self.copies(tenant), self.clock()
        copy = copies.find(media_id, channel, now)
        if copy.meta_id:
            return copy.meta_id
        if copy.held:
            raise NumberHeldError(copy.reason)
        if copy.reason:
            raise CannotAttachError(copy.reason)
        if copies.ask(media_id, channel, now):
            self.ask(tenant, channel, media_id)
            count("MediaUploadsAsked")
        raise _MissingError


def wait_seconds(receives: int) -> float:
    """Short at first: most files are small."""
    return _WAITS[receives - 1] if receives <= len(_WAITS) else _LONGEST_WAIT_SECONDS
