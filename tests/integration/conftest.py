from collections import Counter

import pytest
from _pytest.nodeid import coerce_node_id

from local.stack import LocalStack
from tests.deployed import Deployed
from tests.running import api, meta, stack

__all__ = ["api", "deployed", "meta", "stack"]


@pytest.fixture
def deployed(stack: LocalStack) -> Deployed:
    return Deployed(stack)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Numbers the tests of one name, as those made from the API's description are: workers side by
    side know tests by their names, and would run only one of them."""
    seen = Counter[str]()
    for item in items:
        number = seen[item.nodeid]
        seen[item.nodeid] += 1
        if number:
            item._id = coerce_node_id(f"{item.nodeid}[{number}]")
