"""A schedule is named with its group: `schedule/<group>/<name>`, where a role is allowed a group.

The emulator takes every schedule for one of the group "default", and refuses roles that name
their own group.
"""

from __future__ import annotations

import json
from typing import Any

from ministack.core import iam_actions

_SERVICE = "scheduler"
_DEFAULT = "default"


def apply() -> None:
    extract = iam_actions.extract_resource_arn

    def extract_with_group(
        service: str, method: str, path: str, headers: Any, body: bytes, *rest: Any
    ) -> str:
        arn: str = extract(service, method, path, headers, body, *rest)
        if service != _SERVICE:
            return arn
        return arn.replace(f":schedule/{_DEFAULT}/", f":schedule/{_group(body)}/")

    iam_actions.extract_resource_arn = extract_with_group


def _group(body: bytes) -> str:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return _DEFAULT
    return str(request.get("GroupName", _DEFAULT)) if isinstance(request, dict) else _DEFAULT
