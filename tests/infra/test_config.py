"""A stage that contradicts itself does not exist."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from infra.config import DEV, LOCAL, PROD, STAGES, ConfigError, stage_named


def test_stages_are_found_by_name() -> None:
    assert [stage_named(name) for name in STAGES] == [LOCAL, DEV, PROD]


def test_an_unknown_stage_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="local, dev, prod"):
        stage_named("staging")


@pytest.mark.parametrize(
    "change",
    [
        {"enforce_tls": False},
        {"bundle_for_host": True},
        {"visibility_factor": 0},
        {"max_concurrency": 1},
        {"receipts_batch_size": 100, "receipts_window": 0},
        {"authorizer_cache": 3601},
        {"unsettled_window": 0},
        {"request_burst": 1},
        {"log_level": "LOUD"},
        {"log_retention_days": 15},
        {"rerank_model": "cohere.rerank-v3-5:0"},
        {"rerank_region": "ap-northeast-1"},
    ],
    ids=str,
)
def test_a_contradiction_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="prod"):
        replace(PROD, **change)


def test_every_problem_is_listed_at_once() -> None:
    with pytest.raises(ConfigError, match=r"visibility_factor.*log_level"):
        replace(DEV, visibility_factor=0, log_level="LOUD")
