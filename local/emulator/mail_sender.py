"""AWS asks whether a role may send mail as the sender; the emulator asks for every resource, and so
refuses roles that name their one sender."""

from __future__ import annotations

import json
from typing import Any

from ministack.core import iam_actions

_SEND = "/v2/email/outbound-emails"


def apply() -> None:
    extract = iam_actions._ses_v2_resource_arn

    def extract_sender(method: str, path: str, body: bytes, region: str, account_id: str) -> Any:
        if method == "POST" and path.rstrip("/") == _SEND:
            sender = json.loads(body).get("FromEmailAddress", "")
            return f"arn:aws:ses:{region}:{account_id}:identity/{sender}"
        return extract(method, path, body, region, account_id)

    iam_actions._ses_v2_resource_arn = extract_sender
