"""Templates written in a real browser, judged by Meta, and seen as they change."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from playwright.sync_api import Page, expect

from local.stack import LocalStack
from tests.e2e.browser import Window
from tests.e2e.pages import Dashboard
from tests.meta_side import Meta


def hand_in(page: Page, name: str) -> None:
    page.get_by_role("link", name="Templates", exact=True).click()
    page.get_by_role("button", name="New template").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("textbox", name="Text", exact=True).fill("Halo ")
    page.get_by_role("button", name="Add a variable").click()
    page.get_by_role("textbox", name="Text", exact=True).press("End")
    page.keyboard.type(", pesanan Anda sudah dikemas.")
    page.get_by_label("Example of {{1}}").fill("Ana")
    expect(page.get_by_role("region", name="Preview")).to_contain_text("Halo Ana, pesanan")
    page.get_by_label("Add a button").select_option(label="Quick reply")
    page.get_by_label("Label").fill("Terima kasih")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_a_template_is_made_and_its_review_seen(
    stack: LocalStack, meta: Meta, window: Callable[[], Window]
) -> None:
    dashboard = Dashboard(window(), stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    page, mark = dashboard.page, uuid.uuid4().hex[:8]

    hand_in(page, f"dikemas_{mark}")
    expect(page.get_by_text("Approved", exact=True)).to_be_visible()

    meta.judges_next(event="REJECTED", reason="SCAM", recommendation="Say who you are.")
    hand_in(page, f"penipu_{mark}")
    expect(page.get_by_text("Rejected", exact=True)).to_be_visible()
    expect(page.get_by_text("WhatsApp takes it for a scam.")).to_contain_text("Say who you are.")

    page.get_by_role("link", name="All templates").click()
    page.get_by_label("Search names and texts").fill(mark)
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_label("Status", exact=True).select_option(label="Rejected")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name=f"penipu_{mark}").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The template is deleted.")).to_be_visible()
