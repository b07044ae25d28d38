"""The two pages as a person uses them: by what is written on them."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from local.addresses import DemoUser
from tests.e2e.browser import Window


class PhonePage:
    def __init__(self, window: Window, url: str) -> None:
        self.page = window.page
        self.page.goto(url)

    def hold(self, customer: str) -> None:
        """Takes that customer's phone in the hand."""
        self.page.get_by_role("button", name=customer, exact=True).click()
        expect(self.page).to_have_title(f"{customer}'s phone · Toko Kabar")

    def add(self, customer: str, *, hide_number: bool) -> None:
        self.page.get_by_role("button", name="New customer").click()
        self.page.get_by_role("textbox", name="Name").fill(customer)
        if hide_number:
            self.page.get_by_role("checkbox", name="Hide number").check()
        self.page.get_by_role("button", name="Create").click()
        expect(self.page).to_have_title(f"{customer}'s phone · Toko Kabar")

    def say(self, text: str) -> None:
        box = self.page.get_by_role("textbox", name="Message")
        box.fill(text)
        box.press("Enter")

    @property
    def said(self) -> Locator:
        return self.page.locator('[data-testid="bubble"][data-direction="out"]')

    @property
    def answers(self) -> Locator:
        return self.page.locator('[data-testid="bubble"][data-direction="in"]')


class Dashboard:
    def __init__(self, window: Window, url: str) -> None:
        self.page = window.page
        self.page.goto(url)

    def sign_in(self, user: DemoUser) -> None:
        self.page.get_by_label("E-mail").fill(user.email)
        self.page.get_by_label("Password", exact=True).fill(user.password)
        self.page.get_by_role("button", name="Sign in").click()

    def open(self, customer: str) -> None:
        self.row(customer).click()
        expect(self.page.get_by_role("heading", name=customer, level=2).first).to_be_visible()

    def row(self, customer: str) -> Locator:
        return self.page.get_by_role("link", name=customer, exact=True)

    def bubbles(self, direction: str) -> Locator:
        return self.page.locator(f'[data-testid="bubble"][data-direction="{direction}"]')

    @property
    def all_bubbles(self) -> Locator:
        return self.page.get_by_test_id("bubble")
