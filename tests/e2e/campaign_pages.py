"""The pages of campaigns as a person uses them: by what is written on them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

Rows = Sequence[Sequence[str]]


class CampaignWizard:
    """Opened by the button of the list. Each step ends on the next one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.get_by_role("link", name="Campaigns", exact=True).click()
        page.get_by_role("button", name="New campaign").click()

    def message(self, name: str, template: str, *, column: str) -> None:
        """A template whose one variable is filled from a column of the file."""
        self._begin(name)
        self.page.get_by_label("Template", exact=True).select_option(label=f"{template} (id)")
        self._fill(column)

    def text(self, name: str, body: str, *, column: str) -> None:
        """A text with one place, likewise."""
        self._begin(name)
        self.page.get_by_role("radio", name="A text of its own").check()
        self.page.get_by_role("textbox", name="Text", exact=True).fill(body)
        self._fill(column)

    def _begin(self, name: str) -> None:
        page = self.page
        page.get_by_label("Name", exact=True).fill(name)
        number = page.get_by_label("Sent from").locator("option").nth(1)
        page.get_by_label("Sent from").select_option(number.get_attribute("value"))

    def _fill(self, column: str) -> None:
        self.page.get_by_label("Comes from").select_option(label="A column of the file")
        self.page.get_by_label("Column", exact=True).fill(column)
        self.go_on("People")

    def people(self, rows: Rows, *, column: str) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        file = FilePayload(name="panen.csv", mimeType="text/csv", buffer=text.getvalue().encode())
        self.page.get_by_label("Choose a file of people").set_input_files(file)
        expect(self.page.get_by_text(f"{len(rows) - 1} rows.")).to_be_visible()
        expect(self.page.get_by_role("cell", name=rows[1][0])).to_be_visible()
        self.page.get_by_label("Phone numbers are in").select_option(column)
        self.go_on("Limits")

    def limits(self) -> None:
        """None: the test may run at any hour."""
        self.page.get_by_role("checkbox", name="Quiet hours").uncheck()
        self.go_on("Check and start")

    def test(self, phone: str) -> None:
        self.page.get_by_role("textbox", name="Test on phones").fill(phone)
        self.page.get_by_role("button", name="Send the test").click()
        expect(self.page.get_by_text(f"{phone}: sent")).to_be_visible()

    def start(self) -> None:
        self.page.get_by_role("button", name="Start now").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Start now").click()

    def fact(self, name: str) -> Locator:
        facts = self.page.get_by_role("region", name="Estimate").locator("dl > div")
        return facts.filter(has_text=name).locator("dd")

    @property
    def preview(self) -> Locator:
        return self.page.get_by_role("region", name="Preview")

    def go_on(self, step: str) -> None:
        self.page.get_by_role("button", name="Save and continue").click()
        steps = self.page.get_by_role("list", name="Steps")
        expect(steps.locator("[aria-current=step]")).to_contain_text(step)


class CampaignReport:
    def __init__(self, page: Page) -> None:
        self.page = page

    def watch_progress(self, people: int) -> list[int]:
        """How far the bar was each time it was looked at, until it is full."""
        bar = self.page.get_by_role("progressbar", name="Progress")
        expect(bar).to_have_attribute("aria-valuemax", str(people))
        seen: list[int] = []
        while not seen or seen[-1] < people:
            seen.append(int(bar.get_attribute("aria-valuenow") or 0))
            self.page.wait_for_timeout(100)
        return seen

    def bar(self, table: str, name: str) -> Locator:
        """The number beside a bar, with its share."""
        row = self.page.get_by_role("table", name=table).get_by_role("row", name=name)
        return row.get_by_role("cell").last

    def rows(self, section: str) -> Locator:
        """Of a section's table, without its head."""
        return self.page.get_by_role("region", name=section, exact=True).locator("tbody tr")

    def exported(self) -> list[list[str]]:
        """The lines of the file of people, with its head."""
        self.page.get_by_role("button", name="Export people").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Start").click()
        with self.page.expect_download() as download:
            dialog.get_by_role("link", name="Download").click()
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        return list(csv.reader(io.StringIO(text)))
