import pytest

from local.stack import LocalStack
from tests.deployed import Deployed
from tests.running import api, meta, stack

__all__ = ["api", "deployed", "meta", "stack"]


@pytest.fixture
def deployed(stack: LocalStack) -> Deployed:
    return Deployed(stack)
