"""Flows drawn in a real browser, published, and met by a customer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from local.stack import LocalStack
from tests.e2e.browser import Window, chromium, open_window
from tests.e2e.builder_page import BuilderPage
from tests.e2e.pages import Dashboard, PhonePage
from tests.running import FAILED

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"
GLAD = "Syukurlah, senang mendengarnya! 😊"
SORRY = "Semoga harimu segera membaik. 🙏"
WORD = "gambar baru"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[[], Window]]:
    """Opens windows; no error may have been logged in any of them in the end."""
    opened: list[Window] = []

    def opening() -> Window:
        opened.append(open_window(browser, width=1440, height=900))
        return opened[-1]

    yield opening
    complaints = [complaint for one in opened for complaint in one.complaints()]
    for number, one in enumerate(opened, start=1):
        if complaints or FAILED in request.node.stash:
            one.picture(f"failed-{request.node.name}-{number}")
        one.page.context.close()
    assert complaints == []


@pytest.fixture
def builder(stack: LocalStack, window: Callable[[], Window]) -> BuilderPage:
    dashboard = Dashboard(window(), stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    return BuilderPage(dashboard.page)


def test_the_example_from_an_empty_canvas(
    stack: LocalStack, window: Callable[[], Window], builder: BuilderPage
) -> None:
    builder.new_flow("Dari kanvas kosong")
    builder.add("Message")
    builder.fill("Text", GREETING)
    builder.add("Question")
    builder.fill("Text", QUESTION)
    builder.fill("Keep it as", "kabar")
    builder.add("Condition")
    panel = builder.panel
    panel.get_by_role("button", name="+ Condition").click()
    panel.get_by_title("What").select_option(label="vars.kabar")
    panel.get_by_title("How").select_option(label="is one of")
    panel.get_by_label("Values, with commas between").fill("baik, Baik, baik baik")
    builder.add("Message")
    builder.fill("Text", GLAD)
    builder.choose("Condition")
    builder.add("Message")
    builder.fill("Text", SORRY)
    builder.begin_with(WORD)
    builder.publish("Contoh cetak biru")

    phone = PhonePage(window(), stack.addresses.phone_url)
    phone.add("Galuh", hide_number=False)
    phone.say(WORD)
    expect(phone.answers).to_have_count(2)
    phone.say("baik")
    expect(phone.answers).to_have_count(3)
    expect(phone.answers.nth(0)).to_contain_text(GREETING)
    expect(phone.answers.nth(1)).to_contain_text(QUESTION)
    expect(phone.answers.nth(2)).to_contain_text(GLAD)
    phone.say(WORD)
    expect(phone.answers).to_have_count(5)
    phone.say("kurang sehat")
    expect(phone.answers.nth(5)).to_contain_text(SORRY)


def test_a_ready_flow_is_installed_and_tried(builder: BuilderPage) -> None:
    builder.install("Welcome menu")
    assert builder.steps.count() >= 3

    builder.page.get_by_role("button", name="Try it").click()
    box = builder.page.get_by_role("textbox", name="Message")
    box.fill("halo")
    box.press("Enter")

    chat = builder.page.get_by_role("log", name="Conversation")
    expect(chat.locator('[data-direction="in"]').first).to_be_visible()
    expect(builder.page.locator('[data-testid="step"][data-lit="now"]')).to_have_count(1)
