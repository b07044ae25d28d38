"""The example in a real browser: a customer's phone on one side, the dashboard on the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Locator, expect

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests import builders
from tests.e2e.browser import Window
from tests.e2e.pages import Dashboard, PhonePage
from tests.meta_side import Meta
from tests.people import newcomer

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"
GLAD = "Syukurlah, senang mendengarnya! 😊"
SORRY = "Semoga harimu segera membaik. 🙏"


def expect_texts(bubbles: Locator, *texts: str) -> None:
    expect(bubbles).to_have_count(len(texts))
    for place, text in enumerate(texts):
        expect(bubbles.nth(place)).to_contain_text(text)


def expect_statuses(bubbles: Locator, *statuses: str) -> None:
    expect(bubbles).to_have_count(len(statuses))
    for place, status in enumerate(statuses):
        expect(bubbles.nth(place)).to_have_attribute("data-status", status)


def test_the_example_on_the_phone_page(stack: LocalStack, window: Callable[[], Window]) -> None:
    shown = window()
    phone = PhonePage(shown, stack.addresses.phone_url)

    phone.hold("Ana")
    phone.say("halo")
    expect_texts(phone.answers, GREETING, QUESTION)
    expect_statuses(phone.said, "read")
    phone.say("baik")
    expect_texts(phone.answers, GREETING, QUESTION, GLAD)
    expect_statuses(phone.said, "read", "read")
    # The chat is open, so that what arrives is read.
    expect_statuses(phone.answers, "read", "read", "read")
    shown.picture("phone")

    phone.hold("Budi")
    expect(phone.answers).to_have_count(0)
    phone.say("halo")
    expect_texts(phone.answers, GREETING, QUESTION)
    phone.say("kurang baik")
    expect_texts(phone.answers, GREETING, QUESTION, SORRY)
    expect_statuses(phone.said, "read", "read")
    shown.picture("phone-other-branch")

    phone.hold("Ana")
    expect_texts(phone.said, "halo", "baik")


def test_a_new_customer_who_hides_the_number(
    stack: LocalStack, window: Callable[[], Window]
) -> None:
    phone = PhonePage(window(), stack.addresses.phone_url)

    phone.add("Dewi", hide_number=True)
    phone.say("halo")
    expect_texts(phone.answers, GREETING, QUESTION)
    phone.say("baik")
    expect_texts(phone.answers, GREETING, QUESTION, GLAD)
    expect_statuses(phone.said, "read", "read")

    dashboard_window = window()
    dashboard = Dashboard(dashboard_window, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    dashboard.open("Dewi")
    expect(dashboard.page.get_by_text("Hidden number").first).to_be_visible()
    expect(dashboard.page.get_by_text("@dewi.kabar")).to_be_visible()
    expect_statuses(dashboard.bubbles("out"), "read", "read", "read")


def test_signing_in_and_out(stack: LocalStack, window: Callable[[], Window]) -> None:
    shown = window()
    dashboard = Dashboard(shown, stack.addresses.dashboard_url)

    # The browser itself logs that the answer was 400.
    shown.expected.append("status of 400")
    dashboard.sign_in(replace(stack.addresses.demo_user, password="Not-the-1-password"))
    expect(dashboard.page.get_by_role("alert")).to_have_text(
        "The e-mail or the password is not right. Check both and try again."
    )
    shown.picture("dashboard-wrong-password")

    dashboard.sign_in(stack.addresses.demo_user)
    expect(dashboard.page.get_by_test_id("workspace-name")).to_have_text("Toko Kabar")
    dashboard.page.reload()
    expect(dashboard.page.get_by_test_id("workspace-name")).to_have_text("Toko Kabar")

    dashboard.page.get_by_role("button", name="Account").click()
    expect(dashboard.page.get_by_text(stack.addresses.demo_user.email)).to_be_visible()
    dashboard.page.get_by_role("button", name="Sign out").click()
    expect(dashboard.page.get_by_role("heading", name="Sign in to Kabar")).to_be_visible()
    dashboard.page.reload()
    expect(dashboard.page.get_by_role("heading", name="Sign in to Kabar")).to_be_visible()


def test_a_conversation_as_it_happens(stack: LocalStack, window: Callable[[], Window]) -> None:
    """Nothing is reloaded: the dashboard is open before the customer writes."""
    seen, held = window(), window()
    dashboard = Dashboard(seen, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    expect(dashboard.page.get_by_role("heading", name="Inbox")).to_be_visible()
    expect(dashboard.row("Eko")).to_have_count(0)

    phone = PhonePage(held, stack.addresses.phone_url)
    phone.add("Eko", hide_number=False)
    phone.say("halo")

    expect(dashboard.row("Eko")).to_have_count(1)
    dashboard.open("Eko")
    expect_texts(dashboard.bubbles("in"), "halo")
    expect_texts(dashboard.bubbles("out"), GREETING, QUESTION)
    phone.say("baik")
    expect_texts(dashboard.bubbles("in"), "halo", "baik")
    expect_texts(dashboard.bubbles("out"), GREETING, QUESTION, GLAD)
    expect_statuses(dashboard.bubbles("out"), "read", "read", "read")
    seen.picture("dashboard")


def test_a_failed_message_says_why(
    stack: LocalStack, meta: Meta, window: Callable[[], Window]
) -> None:
    person = newcomer()
    meta.misbehaves({"mode": "error", "code": 131047, "times": 1})
    meta.hears(person, "halo")
    shown = window()
    dashboard = Dashboard(shown, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)

    dashboard.open(person.name)

    expect_statuses(dashboard.bubbles("out"), "failed", "delivered")
    reason = dashboard.page.get_by_text("Not delivered: More than 24 hours")
    expect(reason).to_be_visible()
    red, green, blue = (
        int(part)
        for part in reason.evaluate("node => getComputedStyle(node).color.match(/\\d+/g)")[:3]
    )
    assert red > 2 * max(green, blue), "the reason is not red"
    shown.picture("dashboard-failed")


def test_things_kept_for_inspection(
    stack: LocalStack, meta: Meta, window: Callable[[], Window]
) -> None:
    person = newcomer()
    poem: JsonObject = {**person.message(""), "type": "poem", "poem": {"lines": ["kabar angin"]}}
    assert meta.post(person.sends(meta.number, poem)).status_code == 200
    moods = {**builders.value(phone_number_id=meta.number), "moods": [{"id": poem["id"]}]}
    assert meta.post(builders.webhook_body(moods, field="moods")).status_code == 200
    shown = window()
    dashboard = Dashboard(shown, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)

    dashboard.page.get_by_role("link", name="Kept for inspection").click()
    dashboard.page.get_by_role("link", name="Unknown message type").first.click()

    expect(dashboard.page.get_by_role("article")).to_contain_text("kabar angin")
    expect(dashboard.page.get_by_role("link", name="Unknown field").first).to_be_visible()
    shown.picture("dashboard-inspection")


def test_a_quick_exchange_is_shown_in_its_order(
    stack: LocalStack, meta: Meta, window: Callable[[], Window]
) -> None:
    """Meta stamps whole seconds, Kabar milliseconds: the clocks do not tell the order."""
    person = newcomer()
    body = person.sends(meta.number, person.message("halo"), person.message("baik"))
    assert meta.post(body).status_code == 200
    dashboard = Dashboard(window(), stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)

    dashboard.open(person.name)

    expect_texts(dashboard.all_bubbles, "halo", GREETING, QUESTION, "baik", GLAD)
