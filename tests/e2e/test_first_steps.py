"""A newcomer in a real browser: an account, a workspace, a key, the first call; then contacts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from local.stack import LocalStack
from tests.e2e.browser import Window
from tests.visitor import Visitor, call, some_address

ROWS = """\
Nama,No HP,Kota
Sinta,0812 9000 0001,Bandung
Tono,0812-9000-0002,Jakarta
Umar,123,Medan
"""


def sign_up(stack: LocalStack, page: Page, name: str) -> Visitor:
    """By the pages alone, with the code from the outbox; in the end in a workspace "Toko"."""
    visitor = Visitor(stack, some_address(name))
    page.goto(f"{stack.addresses.dashboard_url}/sign-up")
    page.get_by_label("E-mail").fill(visitor.email)
    page.get_by_label("Password", exact=True).fill(visitor.password)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Enter the code from your e-mail")).to_be_visible()
    page.get_by_label("Code").fill(visitor.mailed_code())
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Workspace name").fill("Toko")
    page.get_by_role("button", name="Create workspace").click()
    expect(page.get_by_test_id("workspace-name")).to_have_text("Toko")
    return visitor


@pytest.fixture
def page(window: Callable[[], Window]) -> Page:
    return window().page


def test_from_sign_up_to_the_first_api_call(stack: LocalStack, page: Page) -> None:
    sign_up(stack, page, "ana")
    page.goto(f"{stack.addresses.dashboard_url}/settings/api-keys")
    page.get_by_role("button", name="New key").click()
    page.get_by_role("textbox", name="Name").fill("Order system")
    page.get_by_role("checkbox", name="Read the usage").check()
    page.get_by_role("button", name="Create key").click()
    expect(page.get_by_role("heading", name="Copy your key now")).to_be_visible()
    key = page.get_by_role("dialog").locator("code").inner_text()

    answer = call(stack, key, "GET", "usage")

    assert answer.status_code == 200, answer.text
    meters = {meter["meter"]: meter["used"] for meter in answer.json()["meters"]}
    assert meters["people"] == 1
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("cell", name="Order system").first).to_be_visible()


def test_contacts_from_a_file_to_a_segment(stack: LocalStack, page: Page) -> None:
    dashboard = stack.addresses.dashboard_url
    sign_up(stack, page, "budi")

    page.get_by_role("link", name="Contacts").click()
    expect(page.get_by_role("heading", name="No contacts yet")).to_be_visible()
    page.get_by_role("button", name="New contact").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Name").fill("Rani")
    page.get_by_role("dialog").get_by_label("Number").fill("+62 812 9000 0009")
    page.get_by_role("button", name="Create contact").click()
    expect(page.get_by_role("heading", name="Rani")).to_be_visible()
    tag = page.get_by_label("Add a tag")
    tag.fill("vip")
    tag.press("Enter")
    expect(page.get_by_text("Tags saved.")).to_be_visible()

    page.get_by_role("link", name="Imports").click()
    file = {"name": "pelanggan.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_label("Where No HP goes")).to_have_value("phone")
    expect(page.get_by_label("Where Nama goes")).to_have_value("name")
    add = page.get_by_label("Add a tag")
    add.fill("vip")
    add.press("Enter")
    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_text("Rows not imported: 1.", exact=False)).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download rejected rows").click()
    assert "Umar" in downloading.value.path().read_text()

    page.get_by_role("link", name="Segments").click()
    page.get_by_role("button", name="New segment").click()
    page.get_by_role("textbox", name="Name").fill("VIP")
    page.get_by_role("button", name="Add condition").click()
    page.get_by_label("Value").fill("vip")
    expect(page.get_by_text("3 people")).to_be_visible()
    page.get_by_role("button", name="Create segment").click()
    page.get_by_role("link", name="See who is in it").click()
    for name in ("Rani", "Sinta", "Tono"):
        expect(page.get_by_role("button", name=name, exact=False).first).to_be_visible()

    page.goto(f"{dashboard}/settings/usage")
    expect(page.get_by_text("Messages received").first).to_be_visible()
    expect(page.get_by_text("Unlimited")).to_be_visible()
