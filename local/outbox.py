"""The mail that a local run has sent: a page for people, JSON for programs.

Nothing leaves the machine; the local AWS keeps what would have been delivered.
"""

from __future__ import annotations

import html
import re
from dataclasses import asdict, dataclass
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

_KEPT = "/_ministack/ses/messages"
_LINK = re.compile(r"https?://[^\s<]+")
_REFRESH_SECONDS = 5


@dataclass(frozen=True)
class Mail:
    """`at` in milliseconds."""

    id: str
    to: str
    subject: str
    text: str
    at: int


def newest_first(answer: dict[str, Any]) -> list[Mail]:
    """From what the local AWS tells of the mail it keeps, by account."""
    found = [
        Mail(
            id=str(one["MessageId"]),
            to=", ".join(one["To"]),
            subject=str(one["Subject"]),
            text=str(one["BodyText"] or one["BodyHtml"] or ""),
            at=round(one["Timestamp"] * 1000),
        )
        for account in answer["messages"].values()
        for one in account
    ]
    return sorted(found, key=lambda mail: mail.at, reverse=True)


def page(mails: list[Mail]) -> str:
    shown = "".join(_article(mail) for mail in mails) or "<p>No mail yet.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="{_REFRESH_SECONDS}">'
        '<meta name="viewport" content="width=device-width"><title>Outbox</title>'
        f"<h1>Outbox</h1>{shown}</html>"
    )


def _article(mail: Mail) -> str:
    return (
        f"<article><h2>{html.escape(mail.subject)}</h2><p>To {html.escape(mail.to)}</p>"
        f"<p>{_linked(mail.text)}</p><hr></article>"
    )


def _linked(text: str) -> str:
    """The text as HTML, its lines kept and its addresses made links."""
    escaped = html.escape(text).replace("\n", "<br>")
    return _LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escaped)


def routes(aws_url: str) -> list[Route]:
    async def mails() -> list[Mail]:
        async with httpx.AsyncClient() as client:
            answer = await client.get(aws_url + _KEPT)
        return newest_first(answer.raise_for_status().json())

    async def send_page(_request: Request) -> Response:
        return HTMLResponse(page(await mails()))

    async def send_json(_request: Request) -> Response:
        return JSONResponse({"items": [asdict(mail) for mail in await mails()]})

    return [Route("/outbox", send_page), Route("/outbox.json", send_json)]
