"""Where everything is: what `local.json` tells to outside programs."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "local.json"


@dataclass(frozen=True)
class DemoUser:
    email: str
    password: str


@dataclass(frozen=True)
class Addresses:
    """The fields are the keys of `local.json`, in its order; `graph_url` is what the sender
    calls."""

    webhook_url: str
    api_url: str
    dashboard_url: str
    phone_url: str
    graph_url: str
    shop_url: str
    linked_phones_url: str
    aws_endpoint_url: str
    region: str
    app_secret: str
    verify_token: str
    phone_number_id: str
    waba_id: str
    demo_user: DemoUser
    workspace_id: str
    api_key: str

    def write(self, state_dir: Path) -> None:
        """Atomically, so that a reader finds the whole file or none, and readable by the owner
        alone, since it holds keys."""
        making = state_dir / f".{FILE_NAME}.{os.getpid()}"
        making.touch(mode=0o600)
        making.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        making.replace(state_dir / FILE_NAME)


def forget(state_dir: Path) -> None:
    (state_dir / FILE_NAME).unlink(missing_ok=True)
