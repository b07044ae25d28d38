import pytest

from local.graph.customers import UnknownCustomerError, UnusableNameError, demo_directory
from local.graph.recipient import Recipient


def test_the_demo_has_two_numbers_and_one_hidden() -> None:
    customers = {customer.name: customer for customer in demo_directory()}
    assert list(customers) == ["Ana", "Budi", "Citra"]
    assert customers["Ana"].wa_id is not None
    assert customers["Ana"].wa_id.startswith("628")
    assert customers["Citra"].wa_id is None
    assert customers["Citra"].username == "citra.kabar"
    assert all(customer.user_id.startswith("ID.") for customer in customers.values())


def test_nobody_shares_an_id_a_number_or_a_user_id() -> None:
    directory = demo_directory()
    for name in ("Ana", "Ana", "李", "李", "Dewi  Ayu"):
        directory.join(name, hide_number=False)
    customers = list(directory)
    assert len({customer.id for customer in customers}) == len(customers)
    assert len({customer.user_id for customer in customers}) == len(customers)
    assert [customer.id for customer in customers][3:] == [
        "ana-2",
        "ana-3",
        "customer",
        "customer-2",
        "dewi-ayu",
    ]


def test_customers_are_found_by_what_is_addressed() -> None:
    directory = demo_directory()
    ana, _, citra = directory
    assert directory.addressed_by(Recipient("x", phone=ana.wa_id)) == ana
    assert directory.addressed_by(Recipient("x", user_id=citra.user_id)) == citra
    assert directory.addressed_by(Recipient("x", phone="16505550123")) is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_name_has_a_length(name: str) -> None:
    with pytest.raises(UnusableNameError):
        demo_directory().join(name, hide_number=True)


def test_an_unknown_customer_is_an_error() -> None:
    with pytest.raises(UnknownCustomerError, match="zed"):
        demo_directory().get("zed")
