"""Dead letters: whatever a queue could not work on, and what is said in it."""

from __future__ import annotations

from collections.abc import Iterator

from account.stores.place import Person, Place
from account.stores.told import Told
from shared.store.dead_letters import DeadLetters, Letter, LetterNotFoundError, Selection
from shared.tenancy import Tenant


def forget(place: Place, person: Person, *, again: bool) -> int:
    """A letter that is being put back is gone under the hand that has it."""
    del again
    letters = _of(place, person.tenant)
    return sum(letters.forget(letter) for letter, _ in _about(place, person))


def tell(place: Place, person: Person) -> Iterator[Told]:
    yield from (_told(letter, body) for letter, body in _about(place, person))


def tell_all(place: Place, tenant: Tenant) -> Iterator[Told]:
    yield from (_told(letter, body) for letter, body in _all(place, tenant))


def _about(place: Place, person: Person) -> Iterator[tuple[Letter, str]]:
    ids = {person.contact_id, *(lane for _, lane in person.lanes())}
    for letter, body in _all(place, person.tenant):
        if person.is_named_in(body) or any(id_ in body for id_ in ids):
            yield letter, body


def _all(place: Place, tenant: Tenant) -> Iterator[tuple[Letter, str]]:
    letters = _of(place, tenant)
    for letter in letters.oldest(Selection(), filed_by=place.clock(), after=""):
        try:
            yield letter, letters.body(letter.id)
        except LetterNotFoundError:
            continue  # put back meanwhile


def _of(place: Place, tenant: Tenant) -> DeadLetters:
    return DeadLetters(tenant, place.names.dead_letters_table, place.dynamodb)


def _told(letter: Letter, body: str) -> Told:
    about = {"queue": letter.queue, "at": letter.sent_at, "reason": letter.reason}
    return "dead_letters", {"id": letter.id, **about, "body": body}
