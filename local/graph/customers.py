"""The people who write to the business number, and how each is known to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from local.graph.json_types import JsonObject
from local.graph.recipient import Recipient

LONGEST_NAME = 60
AVATAR_COLORS = ("#7c5cbf", "#c2573f", "#2f7d5b", "#b3832c", "#3a6ea5", "#a64d79")
FIRST_PHONE = 628125550100
FIRST_USER_NUMBER = 10_000_000_000_000_000_001


class UnknownCustomerError(LookupError):
    """No customer has this id."""


class UnusableNameError(ValueError):
    """A customer needs a name of reasonable length."""


@dataclass(frozen=True)
class Customer:
    """`wa_id` is None for somebody who adopted a username and hides the number."""

    id: str
    name: str
    wa_id: str | None
    user_id: str
    username: str | None
    avatar_color: str
    marketing_stopped: bool = False

    def contact(self, *, with_username: bool = True) -> JsonObject:
        """The `contacts[]` element of a webhook."""
        profile: JsonObject = {"name": self.name}
        if with_username and self.username:
            profile["username"] = self.username
        contact: JsonObject = {"profile": profile}
        if self.wa_id:
            contact["wa_id"] = self.wa_id
        contact["user_id"] = self.user_id
        return contact


class CustomerDirectory:
    """Customers by id, in the order in which they joined."""

    def __init__(self, customers: Iterable[Customer] = ()) -> None:
        self._customers = {customer.id: customer for customer in customers}

    def __iter__(self) -> Iterator[Customer]:
        return iter(self._customers.values())

    def get(self, customer_id: str) -> Customer:
        try:
            return self._customers[customer_id]
        except KeyError:
            raise UnknownCustomerError(f"no customer {customer_id!r}") from None

    def set_marketing(self, customer_id: str, *, stopped: bool) -> Customer:
        customer = replace(self.get(customer_id), marketing_stopped=stopped)
        self._customers[customer_id] = customer
        return customer

    def addressed_by(self, recipient: Recipient) -> Customer | None:
        """None for somebody the stand-in does not play itself."""
        for customer in self._customers.values():
            if recipient.phone and customer.wa_id == recipient.phone:
                return customer
            if recipient.user_id and customer.user_id == recipient.user_id:
                return customer
        return None

    def join(self, name: str, *, hide_number: bool) -> Customer:
        """Adds a customer with the next free phone number and user id."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise UnusableNameError(f"a name has 1 to {LONGEST_NAME} characters")
        position = len(self._customers)
        customer_id = self._free_id(name)
        customer = Customer(
            id=customer_id,
            name=name,
            wa_id=None if hide_number else str(FIRST_PHONE + position),
            user_id=f"ID.{FIRST_USER_NUMBER + position}",
            username=f"{customer_id.replace('-', '.')}.kabar" if hide_number else None,
            avatar_color=AVATAR_COLORS[position % len(AVATAR_COLORS)],
        )
        self._customers[customer.id] = customer
        return customer

    def _free_id(self, name: str) -> str:
        words = "".join(char if char.isascii() and char.isalnum() else " " for char in name)
        base = "-".join(words.lower().split()) or "customer"
        candidate, number = base, 2
        while candidate in self._customers:
            candidate, number = f"{base}-{number}", number + 1
        return candidate


def demo_directory() -> CustomerDirectory:
    """Ana and Budi with their numbers, Citra with only a business-scoped id."""
    directory = CustomerDirectory()
    directory.join("Ana", hide_number=False)
    directory.join("Budi", hide_number=False)
    directory.join("Citra", hide_number=True)
    return directory
