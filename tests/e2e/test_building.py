"""The canvas by keys alone, with fingers, in two windows, across flows, and only looked at."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Browser, Page, Route, expect

from local.stack import LocalStack
from tests.e2e.browser import Window, open_window
from tests.e2e.builder_page import BuilderPage
from tests.e2e.pages import Dashboard

CHANGES = {"flows:edit", "flows:publish"}


def signed_in(stack: LocalStack, window: Window) -> BuilderPage:
    dashboard = Dashboard(window, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    return BuilderPage(dashboard.page)


def test_a_flow_is_built_by_keys_alone(stack: LocalStack, window: Callable[[], Window]) -> None:
    builder = signed_in(stack, window())
    keys = builder.page.keyboard
    builder.new_flow("Tanpa tetikus")
    builder.page.evaluate("document.activeElement.blur()")
    builder.add_by_keys("message")
    builder.add_by_keys("question")
    builder.add_by_keys("message")
    expect(builder.edges).to_have_count(3)

    chosen = builder.page.locator(".react-flow__node.selected")
    keys.press("Alt+ArrowLeft")
    expect(chosen).to_contain_text("Question")
    keys.press("Enter")
    expect(builder.panel.get_by_label("Kind", exact=True)).to_be_focused()
    keys.press("Tab")
    keys.type("Siapa namamu?")
    keys.press("Escape")
    expect(chosen).to_be_focused()
    expect(chosen).to_contain_text("Siapa namamu?")

    keys.press("c")  # where its ways lead: the second message is where the first one is
    expect(builder.panel.get_by_label("answered", exact=True)).to_be_focused()
    keys.press("Home")
    expect(builder.edges).to_have_count(2)
    keys.press("Escape")

    before = chosen.bounding_box()
    keys.press("ArrowDown")
    keys.press("Shift+ArrowDown")
    after = chosen.bounding_box()
    assert before is not None and after is not None
    assert after["y"] > before["y"]

    keys.press("Delete")
    expect(builder.steps).to_have_count(2)
    keys.press("Control+z")
    expect(builder.steps).to_have_count(3)
    keys.press("Control+Shift+z")
    expect(builder.steps).to_have_count(2)


def test_steps_are_carried_into_another_flow(
    stack: LocalStack, window: Callable[[], Window]
) -> None:
    builder = signed_in(stack, window())
    keys = builder.page.keyboard
    builder.install("Welcome menu")
    keys.press("Control+a")
    expect(builder.panel).to_contain_text("things chosen")
    count, ways = builder.steps.count(), builder.edges.count()
    keys.press("Control+c")
    expect(builder.page.get_by_text("Copied. Paste it here or in another flow.")).to_be_visible()

    builder.new_flow("Salinan")
    builder.page.evaluate("document.activeElement.blur()")
    keys.press("Control+v")
    expect(builder.steps).to_have_count(count)
    expect(builder.edges).to_have_count(ways)
    builder.is_saved()
    keys.press("Control+z")
    expect(builder.steps).to_have_count(0)


def test_who_changes_what_another_has_changed_is_asked(
    stack: LocalStack, window: Callable[[], Window]
) -> None:
    first = window()
    builder = signed_in(stack, first)
    builder.new_flow("Berdua")
    builder.add("Message")
    builder.is_saved()
    other_window = window()
    other_window.expected.append("412")
    other = signed_in(stack, other_window)
    other.open("Berdua")

    builder.fill("Text", "Punyaku")
    builder.is_saved()
    other.choose("Message")
    other.fill("Text", "Punyamu")
    notice = other.page.get_by_role("alert").filter(has_text="Somebody else changed this flow")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Open theirs").click()
    expect(notice).to_be_hidden()
    expect(other.steps.first).to_contain_text("Punyaku")
    other.choose("Punyaku")
    other.fill("Text", "Punya kita")
    other.is_saved()


def test_who_may_only_look_changes_nothing(stack: LocalStack, window: Callable[[], Window]) -> None:
    seen = window()
    seen.page.route("**/v1/me", _as_viewer)
    builder = signed_in(stack, seen)
    builder.open("Apa kabar")
    expect(builder.page.get_by_text("You may look, not change")).to_be_visible()
    before = _places(builder.page)

    builder.steps.first.click()
    expect(builder.panel.get_by_label("Text", exact=True)).not_to_be_editable()
    for key in ("Delete", "a", "n", "t", "Control+d", "ArrowDown"):
        builder.page.keyboard.press(key)
    builder.page.keyboard.press("Escape")
    builder.steps.first.drag_to(
        builder.page.locator(".react-flow__pane"), target_position={"x": 300, "y": 60}
    )
    assert _places(builder.page) == before
    for name in ("Publish", "Try it", "Undo"):
        expect(builder.page.get_by_role("button", name=name, exact=True)).to_have_count(0)


def _as_viewer(route: Route) -> None:
    answer = route.fetch()
    me = answer.json()
    me["permissions"] = [one for one in me["permissions"] if one not in CHANGES]
    route.fulfill(response=answer, body=json.dumps(me))


def test_fingers_build_as_well(stack: LocalStack, browser: Browser) -> None:
    window = open_window(browser, width=390, height=844, touch=True)
    page = window.page
    builder = signed_in(stack, window)
    builder.new_flow("Dengan jari")
    for _ in range(2):
        page.get_by_role("button", name="Add a step").tap()
        palette = page.get_by_role("region", name="Add a step")
        palette.get_by_role("button", name="Message", exact=True).tap()
    expect(builder.edges).to_have_count(2)

    page.wait_for_timeout(500)  # the canvas glides to what was added
    canvas = page.locator(".react-flow__viewport")
    before = canvas.get_attribute("style")
    _drag(page, (60, 720), (60, 680))
    expect(canvas).not_to_have_attribute("style", before or "")
    builder.is_saved()

    places = _places(page)
    box = builder.steps.last.bounding_box()
    assert box is not None
    start = (box["x"] + box["width"] / 2, box["y"] + 12)
    _drag(page, start, (start[0], start[1] + 120))
    assert _places(page) != places

    handle = builder.steps.last.locator(".react-flow__handle.source")
    box = handle.bounding_box()
    assert box is not None
    _drag(page, (box["x"] + 4, box["y"] + 4), (box["x"] - 40, box["y"] + 120))
    page.get_by_role("dialog", name="Add a step").get_by_role("option", name="Wait").tap()
    expect(builder.steps).to_have_count(3)
    expect(builder.edges).to_have_count(3)
    page.context.close()
    assert window.complaints() == []


def test_fingers_connect_by_two_taps(stack: LocalStack, browser: Browser) -> None:
    window = open_window(browser, width=1100, height=800, touch=True)
    page = window.page
    builder = signed_in(stack, window)
    builder.new_flow("Dua ketukan")
    for _ in range(2):
        builder.add("Message")
    expect(builder.edges).to_have_count(2)
    builder.show_all()
    page.wait_for_timeout(500)  # the canvas glides

    hint = page.get_by_role("status").filter(has_text="Choose the step that it leads to")
    exit_ = builder.steps.last.locator(".react-flow__handle.source")
    exit_.tap()
    expect(hint).to_be_visible()
    builder.steps.first.locator("strong").tap()  # back to the first
    expect(hint).to_be_hidden()
    expect(builder.edges).to_have_count(3)

    page.get_by_role("button", name="Undo").tap()
    expect(builder.edges).to_have_count(2)
    exit_.tap()
    expect(hint).to_be_visible()
    hint.get_by_role("button", name="Close").tap()
    expect(hint).to_be_hidden()
    page.context.close()
    assert window.complaints() == []


def test_two_clicks_connect(stack: LocalStack, window: Callable[[], Window]) -> None:
    builder = signed_in(stack, window())
    page = builder.page
    builder.new_flow("Dua klik")
    for _ in range(2):
        builder.add("Message")
    builder.show_all()
    page.wait_for_timeout(500)
    exit_ = builder.steps.last.locator(".react-flow__handle.source")
    exit_.click()
    builder.steps.first.locator(".react-flow__handle.target").click()
    expect(builder.edges).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(builder.edges).to_have_count(2)

    exit_.click()
    hint = page.get_by_role("status").filter(has_text="Choose the step that it leads to")
    expect(hint).to_be_visible()
    page.keyboard.press("Escape")
    expect(hint).to_be_hidden()
    builder.steps.first.click()  # chooses it, and no more
    expect(builder.edges).to_have_count(2)


def _drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """With one finger."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", start)
    for step in range(1, 11):
        part = step / 10
        x, y = (a + (b - a) * part for a, b in zip(start, end, strict=True))
        touch("touchMove", (x, y))
    touch("touchEnd")
    session.detach()
    page.wait_for_timeout(400)  # what comes sooner is the second half of a double tap


def _places(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.react-flow__node')].map((node) => node.style.transform)"
    )
    return found
