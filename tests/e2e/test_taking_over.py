"""A person steps in between a customer and the bot, and the bot goes on afterwards."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from local.stack import LocalStack
from tests.e2e.browser import Window
from tests.e2e.pages import Dashboard, PhonePage
from tests.e2e.test_browser import GLAD, GREETING, QUESTION, expect_statuses, expect_texts

MINE = "Saya bantu langsung ya, kak."


def test_a_person_takes_over_answers_and_hands_back(
    stack: LocalStack, window: Callable[[], Window]
) -> None:
    seen = window()
    phone = PhonePage(window(), stack.addresses.phone_url)
    phone.add("Tari", hide_number=False)
    phone.say("halo")
    expect_texts(phone.answers, GREETING, QUESTION)

    dashboard = Dashboard(seen, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    dashboard.open("Tari")
    page = dashboard.page
    who = page.get_by_role("group", name="Who answers")
    expect(who).to_contain_text("The bot answers")
    page.get_by_role("button", name="Take over").click()
    expect(who).to_contain_text("You answer since")

    phone.say("baik")
    expect_texts(dashboard.bubbles("in"), "halo", "baik")
    box = page.get_by_role("textbox", name="Write a message")
    box.fill(MINE)
    box.press("Enter")
    expect(box).to_have_value("")
    expect_texts(phone.answers, GREETING, QUESTION, MINE)  # and nothing of the bot's
    expect_texts(dashboard.bubbles("out"), GREETING, QUESTION, MINE)
    expect_statuses(dashboard.bubbles("out"), "read", "read", "read")
    seen.picture("dashboard-taken-over")

    page.get_by_role("button", name="Hand back to the bot").click()
    expect(who).to_contain_text("The bot answers")
    expect_texts(phone.answers, GREETING, QUESTION, MINE, QUESTION)
    phone.say("baik")
    expect_texts(phone.answers, GREETING, QUESTION, MINE, QUESTION, GLAD)


def test_a_blocked_contact_is_left_alone(stack: LocalStack, window: Callable[[], Window]) -> None:
    phone = PhonePage(window(), stack.addresses.phone_url)
    phone.add("Usman", hide_number=False)
    phone.say("halo")
    expect_texts(phone.answers, GREETING, QUESTION)

    seen = window()
    dashboard = Dashboard(seen, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    dashboard.open("Usman")
    page = dashboard.page
    panel = page.get_by_role("complementary", name="Contact")
    panel.get_by_role("button", name="More").click()
    panel.get_by_role("button", name="Block", exact=True).click()
    expect(page.get_by_role("note")).to_contain_text("You blocked this contact")
    phone.say("baik")
    expect_texts(dashboard.bubbles("in"), "halo", "baik")
    expect_texts(phone.answers, GREETING, QUESTION)
    seen.picture("dashboard-blocked")
