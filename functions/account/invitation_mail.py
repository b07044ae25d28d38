"""The letter that brings an invitation, in both languages: nobody knows yet which one is theirs."""

from __future__ import annotations

import re
from urllib.parse import quote

from shared.mail import Message

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def invitation(to: str, workspace: str, invited_by: str, dashboard_url: str, token: str) -> Message:
    """`workspace` is a name that somebody chose: it stays on one line."""
    name = _CONTROL.sub(" ", workspace)
    link = f"{dashboard_url.rstrip('/')}/invite?token={quote(token)}"
    return Message(
        to=to,
        subject=f"{name}: Kabar",
        text=(
            f'{invited_by} invites you to the workspace "{name}" on Kabar.\n'
            f"Accept within seven days with this address:\n{link}\n\n"
            f'{invited_by} mengundang Anda ke ruang kerja "{name}" di Kabar.\n'
            f"Terima dalam tujuh hari dengan alamat ini:\n{link}\n"
        ),
    )
