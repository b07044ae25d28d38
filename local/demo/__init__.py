"""The demo workspace: who is in it, on which number, and the flow that answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

WORKSPACE_ID: Final = "toko_kabar"
WORKSPACE_NAME: Final = "Toko Kabar"
USER_EMAIL: Final = "demo@kabar.test"
USER_NAME: Final = "Demo"
AGENT_EMAIL: Final = "agent@kabar.test"
OTHER_WORKSPACE_ID: Final = "warung_sebelah"
OTHER_WORKSPACE_NAME: Final = "Warung Sebelah"
OTHER_EMAIL: Final = "other@kabar.test"
PHONE_NUMBER_ID: Final = "106540352242922"
META_APP_ID: Final = "700700700700700"
WABA_ID: Final = "102290129340398"
DISPLAY_PHONE_NUMBER: Final = "+62 811 1000 200"
PLACE: Final = {"time_zone": "Asia/Jakarta", "country_code": "62"}
FLOW_ID: Final = "apa_kabar"


def flow() -> dict[str, Any]:
    text = Path(__file__).with_name(f"{FLOW_ID}.json").read_text(encoding="utf-8")
    definition: dict[str, Any] = json.loads(text)
    return definition
