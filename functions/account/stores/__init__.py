"""Every store of the house, and what it does for a person's or a workspace's data: tell it, and
forget it. A test holds this against the tables and buckets that are deployed: a new one cannot be
left out.

That a workspace goes as a whole needs no line here: all keys begin with the tenant, and
`account/remover.py` removes by that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from account.stores import (
    beside,
    campaigns,
    contacts,
    conversations,
    knowledge,
    letters,
    workspace,
)
from account.stores.place import Person, Place
from account.stores.told import Told
from shared.tenancy import Tenant


class Forget(Protocol):
    def __call__(self, place: Place, person: Person, *, again: bool) -> int:
        """Remove what there is of a person; answers how many items. `again` says that it was done
        before: what has come since is somebody new's, unless it is left over from then."""


TellPerson: TypeAlias = Callable[[Place, Person], Iterator[Told]]
TellAll: TypeAlias = Callable[[Place, Tenant], Iterator[Told]]


@dataclass(frozen=True, slots=True)
class Store:
    """`name` is the construct's in the data stack. Where nothing of a person is kept, or nothing is
    to be told, `why` says so."""

    name: str
    forget: tuple[Forget, ...] = ()
    tell_person: TellPerson | None = None
    tell_all: TellAll | None = None
    why: str = ""


STORES: Final = (
    Store(
        "Conversations",
        (conversations.forget,),
        conversations.tell,
        conversations.tell_all,
    ),
    Store("Contacts", (contacts.forget, beside.forget_imports), contacts.tell, contacts.tell_all),
    Store("Campaigns", (campaigns.forget,), campaigns.tell, campaigns.tell_all),
    Store("DeadLetters", (letters.forget,), letters.tell, letters.tell_all),
    Store("Inspection", (beside.forget_kept,), beside.tell_kept, beside.tell_all_kept),
    Store("WebhookDeliveries", (beside.forget_notices,), why="Copies, sent to programs."),
    Store("Requests", (beside.forget_answers,), why="Copies of answers, kept for a day."),
    Store("Files", (beside.forget_files,), why="Copies that were asked for."),
    Store("Media", why="Files of messages: each goes with its conversation, which tells of it."),
    Store(
        "Knowledge",
        tell_all=knowledge.tell_all,
        why="Documents of the workspace's own; passages in the index go with their records.",
    ),
    Store("KnowledgeFiles", why="Files that the workspace has brought, and has itself."),
    Store(
        "Usage",
        tell_all=workspace.tell_use,
        why="Sums, and which numbers of which conversation are in them, until it is settled.",
    ),
    Store(
        "Workspaces",
        tell_all=workspace.tell_all,
        why="Of contacts it holds their ids, in the audit log.",
    ),
    Store("Directory", why="Numbers, people who work here and keys; nothing of contacts."),
    Store(
        "Overflow", why="Bodies above 900 kB on their way, emptied when they have been worked on."
    ),
    Store("AccessLogs", why="Names of objects, which are made of ids."),
)
