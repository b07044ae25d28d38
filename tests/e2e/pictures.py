"""Makes the README's pictures from a stack of its own:

`PYTHONPATH=layers .venv/bin/python -m tests.e2e.pictures`
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

import httpx
from playwright.sync_api import Browser, expect

from local.stack import LocalStack
from tests.e2e.browser import PATIENCE_MS, ROOT, chromium, open_window
from tests.e2e.pages import Dashboard, PhonePage
from tests.running import eventually

FOLDER = ROOT / "docs" / "images"
WIDTH, HEIGHT, SCALE = 1200, 750, 2

# Everybody answers the flow's question, or is about to.
CHATS: dict[str, list[str]] = {
    "Rizky Pratama": ["Permisi", "kurang baik, lagi flu 🤧"],
    "Bu Ratna": ["Assalamualaikum"],
    "Citra": ["Halo 👋", "baik baik saja"],
    "Dewi Lestari": ["Selamat pagi kak", "baik"],
    "Budi": ["Pagi!", "capek sekali hari ini"],
    "Ana": ["Halo kak 👋", "kabar baik"],
}
BEST = "Ana"
ANSWERS_BY_TURN = (2, 3)


class Customers:
    """What happens on the phones, by the phone page's own API."""

    def __init__(self, phone_url: str) -> None:
        self._http = httpx.Client(base_url=f"{phone_url}api/", trust_env=False)
        found = self._http.get("state").raise_for_status().json()["customers"]
        self._ids = {customer["name"]: customer["id"] for customer in found}

    def chat(self, name: str, texts: list[str]) -> None:
        if name not in self._ids:
            joined = self._http.post("customers", json={"name": name}).raise_for_status()
            self._ids[name] = joined.json()["id"]
        for turn, text in enumerate(texts):
            self._post(name, "messages", {"text": text})
            eventually(partial(self._has_read, name, ANSWERS_BY_TURN[turn]))

    def _has_read(self, name: str, answers: int) -> bool:
        self._post(name, "seen", {})
        messages = self._messages(name)
        answered = sum(message["from"] == "business" for message in messages) == answers
        return answered and all(message["status"] == "read" for message in messages)

    def _messages(self, name: str) -> list[dict[str, str]]:
        answer = self._http.get(f"customers/{self._ids[name]}/messages").raise_for_status()
        items: list[dict[str, str]] = answer.json()["items"]
        return items

    def _post(self, name: str, what: str, body: dict[str, str]) -> None:
        self._http.post(f"customers/{self._ids[name]}/{what}", json=body).raise_for_status()


def draw(stack: LocalStack, browser: Browser) -> None:
    customers = Customers(stack.addresses.phone_url)
    for name, texts in CHATS.items():
        customers.chat(name, texts)
    phone_window = open_window(browser, width=WIDTH, height=HEIGHT, scale=SCALE)
    phone = PhonePage(phone_window, stack.addresses.phone_url)
    phone.hold(BEST)
    expect(phone.answers).to_have_count(3)
    phone.page.screenshot(path=FOLDER / "phone.png")

    seen = open_window(browser, width=WIDTH, height=HEIGHT, scale=SCALE)
    dashboard = Dashboard(seen, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    dashboard.open(BEST)
    expect(dashboard.bubbles("out")).to_have_count(3)
    expect(dashboard.bubbles("out").last).to_have_attribute("data-status", "read")
    expect(dashboard.page.get_by_role("heading", name="Tags")).to_be_visible(timeout=PATIENCE_MS)
    expect(dashboard.page.get_by_role("link", name="Open on Toko Kabar")).to_be_attached()
    dashboard.page.mouse.move(WIDTH / 2, HEIGHT / 3)
    dashboard.page.screenshot(path=FOLDER / "dashboard.png")


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as state,
        LocalStack(state_dir=Path(state)) as stack,
        chromium() as browser,
    ):
        draw(stack, browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())
