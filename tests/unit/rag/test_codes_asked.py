from __future__ import annotations

import pytest

from rag.codes import certain_codes, codes_asked


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("is sku-123 there", "SKU123"),
        ("price of SKU 123?", "SKU123"),
        ("apa itu SR 6001", "SR6001"),
        ("HPZ015 please", "HPZ015"),
        ("HP C355", "HPC355"),
    ],
)
def test_a_code_is_known_however_it_is_typed(question: str, code: str) -> None:
    assert code in codes_asked(question)


def test_amounts_are_no_codes_that_can_be_missing() -> None:
    assert certain_codes("is there a bottle of 500ml") == ()
    assert certain_codes("what is HP-X999") == ("HPX999",)
