"""Whoever adds a table or a bucket says how it forgets a person, a workspace, and what it tells."""

from __future__ import annotations

import ast
from dataclasses import fields
from typing import Final

from account.remover import BUCKETS, TABLES
from account.stores import STORES
from account.stores.place import StoreNames
from tests.architecture.source_tree import ROOT, tree

DATA_STACK: Final = ROOT / "infra" / "stacks" / "data_stack.py"
HOLDERS: Final = {"TenantTable", "PrivateBucket"}
# Neither has keys that begin with a tenant; both forget by themselves.
EXPIRES: Final = {"Overflow", "AccessLogs"}


def stores() -> set[str]:
    """Every table and bucket of the data stack, by its construct's id."""
    return {
        str(call.args[1].value)
        for call in ast.walk(tree(DATA_STACK))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in HOLDERS
        and isinstance(call.args[1], ast.Constant)
    }


def test_every_store_is_in_the_registry_once() -> None:
    names = [store.name for store in STORES]
    assert len(stores()) > 8
    assert sorted(names) == sorted(stores())


def test_a_store_that_forgets_or_tells_nothing_says_why() -> None:
    for store in STORES:
        does_all = store.forget and store.tell_person and store.tell_all
        assert does_all or len(store.why.split()) >= 3, store.name


def test_a_store_that_tells_of_a_person_forgets_them() -> None:
    assert [store.name for store in STORES if store.tell_person and not store.forget] == []


def test_removal_looks_into_every_store_with_tenants() -> None:
    assert {*TABLES, *BUCKETS} | {"overflow_bucket"} == {one.name for one in fields(StoreNames)}
    looked_into = {name.rpartition("_")[0].replace("_", "") for name in (*TABLES, *BUCKETS)}
    assert looked_into == {name.lower() for name in stores() - EXPIRES}
