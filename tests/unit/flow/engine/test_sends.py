"""What flows send is what WhatsApp takes, as far as the gateway knows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shared.channels.messages import validate
from tests.unit.flow.engine.golden_talk import FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_the_golden_flows_send(file: Path) -> None:
    for case in json.loads(file.read_text()):
        for turn in case["talk"]:
            for effect in turn["effects"]:
                if "send" in effect:
                    assert list(validate(effect["send"])) == [], case["about"]
