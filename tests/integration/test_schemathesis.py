"""Requests made from the OpenAPI document itself, good and bad, against the running API."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error

from apidoc.__main__ import FILES
from local.stack import LocalStack
from tests.visitor import Visitor, some_address

schema = schemathesis.openapi.from_dict(json.loads(FILES[0].read_text()))
EVERY_CORNER = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""The explicit phase is schemathesis' own walk over each field's corners: a hundred requests."""
A_FEW = settings(EVERY_CORNER, phases=[Phase.generate])


@pytest.fixture(scope="session")
def person(stack: LocalStack) -> Visitor:
    """The owner of a workspace that may be ruined."""
    visitor = Visitor(stack, some_address("chaos"))
    visitor.sign_up()
    visitor.confirm()
    visitor.sign_in()
    visitor.ok("POST", "workspaces", {"name": "Chaos"})
    return visitor


@schema.parametrize()
@EVERY_CORNER
def test_no_request_of_a_person_breaks_it(case: Any, person: Visitor) -> None:
    answers(case, person.stack, person.token)


@schema.parametrize()
@A_FEW
def test_no_request_of_a_program_breaks_it(case: Any, stack: LocalStack) -> None:
    """The same code answers both: what differs comes before the body is read."""
    answers(case, stack, stack.addresses.api_key)


def answers(case: Any, stack: LocalStack, credential: str) -> None:
    headers = {**(case.headers or {}), "Authorization": f"Bearer {credential}"}
    response = case.call(base_url=stack.addresses.api_url, headers=headers, timeout=20)
    case.validate_response(response, checks=[not_a_server_error])
