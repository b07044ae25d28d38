"""The canvas as a person uses it: by what is written on it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class BuilderPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def new_flow(self, name: str) -> None:
        self._open_list()
        self.page.get_by_role("button", name="New flow").click()
        self.page.get_by_role("textbox", name="Name").fill(name)
        self.page.get_by_role("button", name="Create").click()
        expect(self.page.get_by_text("Nothing here yet.")).to_be_visible()

    def open(self, name: str) -> None:
        self._open_list()
        self.page.get_by_role("link", name=name, exact=True).first.click()
        expect(self.steps.first).to_be_visible()

    def install(self, title: str, answers_from: str | None = None) -> None:
        self._open_list()
        self.page.get_by_role("button", name="New flow").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_text(title, exact=True).click()
        if answers_from is not None:
            dialog.get_by_label("Answers from", exact=True).select_option(label=answers_from)
        dialog.get_by_role("button", name="Create").click()
        expect(self.steps.first).to_be_visible()

    def _open_list(self) -> None:
        self.page.get_by_role("link", name="Flows", exact=True).click()
        expect(self.page.get_by_role("heading", name="Flows", exact=True)).to_be_visible()

    def add(self, kind: str) -> None:
        """After the chosen step, by its first free exit."""
        before = self.steps.count()
        palette = self.page.get_by_role("region", name="Add a step")
        palette.get_by_role("button", name=kind, exact=True).click()
        expect(self.steps).to_have_count(before + 1)

    def show_all(self) -> None:
        """Brings every step in sight."""
        self.page.get_by_role("button", name="Show all").first.click()

    def choose(self, text: str) -> None:
        """The step that says this."""
        self.steps.filter(has_text=text).first.click()

    def fill(self, field: str, text: str) -> None:
        self.panel.get_by_label(field, exact=True).fill(text)

    def is_saved(self) -> None:
        expect(self.page.get_by_role("status").filter(has_text="All changes saved")).to_be_visible()

    def add_by_keys(self, name: str) -> None:
        """After the chosen step; the new one is chosen, and has the keyboard."""
        before = self.steps.count()
        self.page.keyboard.press("a")
        expect(self.page.get_by_role("combobox", name="Find a step")).to_be_focused()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        expect(self.steps).to_have_count(before + 1)
        expect(self.page.locator(".react-flow__node.selected")).to_be_focused()

    def begin_with(self, word: str) -> None:
        self.leave()
        self.panel.get_by_label("Add a beginning").select_option(label="A keyword")
        self.fill("Words 1", word)

    def leave(self) -> None:
        """From a field to the canvas, and from there to the flow itself."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Escape")

    def publish(self, note: str) -> None:
        self.is_saved()
        self.page.get_by_role("button", name="Publish").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("What is new").fill(note)
        dialog.get_by_role("button", name="Publish").click()
        expect(self.page.get_by_text("Version 1 is live.")).to_be_visible()

    @property
    def steps(self) -> Locator:
        return self.page.get_by_test_id("step")

    @property
    def edges(self) -> Locator:
        return self.page.locator(".react-flow__edge")

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("complementary", name="Step", exact=True)
