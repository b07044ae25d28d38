"""A message that WhatsApp refuses is found among the dead letters, looked into, and put back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from local.stack import LocalStack
from tests.e2e.browser import Window
from tests.e2e.pages import Dashboard
from tests.meta_side import Meta
from tests.people import newcomer
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"


def test_a_refused_message_is_put_back(
    stack: LocalStack, meta: Meta, window: Callable[[], Window]
) -> None:
    person = newcomer()
    meta.misbehaves({"mode": "error", "code": 131047, "times": 1})
    meta.hears(person, "halo")
    eventually(lambda: meta.texts(person), lambda texts: texts == [QUESTION])

    seen = window()
    page = seen.page
    Dashboard(seen, f"{stack.addresses.dashboard_url}/settings/dead-letters").sign_in(
        stack.addresses.demo_user
    )
    letter = page.get_by_role("listitem", name="Message to a customer").first
    expect(letter).to_contain_text("Refused for good")
    expect(letter).to_contain_text("More than 24 hours since the person's last message")
    letter.get_by_role("button", name="Show what it holds").click()
    expect(letter).to_contain_text(GREETING)
    seen.picture("dead-letters")

    letter.get_by_role("checkbox").check()
    page.get_by_role("button", name="Put back", exact=True).click()
    dialog = page.get_by_role("dialog", name="Put 1 letter back?")
    dialog.get_by_label("How fast").select_option("1 a second")
    dialog.get_by_role("button", name="Put back").click()

    expect(page.get_by_text("1 letter was put back.")).to_be_visible()
    eventually(lambda: meta.texts(person), lambda texts: texts == [QUESTION, GREETING])
    seen.picture("dead-letters-put-back")
