"""From a document to what a customer is answered, on the pages that people use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from local.stack import LocalStack
from tests.e2e.browser import Window
from tests.e2e.builder_page import BuilderPage
from tests.e2e.pages import Dashboard, PhonePage

BASE = "Aturan toko"
WORD = "tanya toko"
ASKS = "Apa yang ingin ditanyakan?"
UNKNOWN = "Saya tanyakan dulu ke tim kami."
POLICIES = """# Pengembalian

Barang dapat dikembalikan dalam 14 hari setelah diterima, dengan kuitansi.

# Garansi

Garansi mesin kopi berlaku dua tahun sejak tanggal pembelian.

# Pengiriman

Pengiriman ke luar Jawa memakan waktu lima sampai tujuh hari kerja.
"""


class KnowledgePage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def new_base(self, name: str) -> None:
        self.page.get_by_role("link", name="Knowledge", exact=True).click()
        self.page.get_by_role("button", name="Add a knowledge base").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name").fill(name)
        dialog.get_by_role("button", name="Add a knowledge base").click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    def upload(self, file: Path) -> None:
        self.page.get_by_label("Upload a document").set_input_files(file)

    def ask(self, question: str) -> None:
        self.page.get_by_role("tab", name="Try it").click()
        self.page.get_by_label("A customer's question").fill(question)
        self.page.get_by_role("button", name="Ask", exact=True).click()

    def ask_in_a_better_order(self) -> None:
        self.page.get_by_text("How answers are written").click()
        self.page.get_by_label("Put the best passages in a better order").check()
        self.page.get_by_role("button", name="Keep these settings").click()
        expect(self.page.get_by_role("button", name="Keep these settings")).to_have_count(0)
        self.page.get_by_role("button", name="Ask", exact=True).click()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "aturan.md"
    path.write_text(POLICIES, encoding="utf-8")
    return path


def test_from_an_upload_to_a_cited_answer(
    stack: LocalStack, window: Callable[[], Window], file: Path
) -> None:
    seen = window()
    dashboard = Dashboard(seen, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)
    knowledge = KnowledgePage(dashboard.page)
    knowledge.new_base(BASE)
    knowledge.upload(file)
    expect(dashboard.page.get_by_role("progressbar").first).to_be_visible()
    expect(dashboard.page.get_by_text("Ready: 3 passages")).to_be_visible()
    knowledge.ask("Berapa lama garansi mesin kopi?")
    expect(dashboard.page.get_by_label("Answer", exact=True)).to_contain_text("dua tahun")
    knowledge.ask_in_a_better_order()
    answer = dashboard.page.get_by_label("Answer", exact=True)
    expect(answer).to_contain_text("1 reordering")
    expect(answer).to_contain_text("dua tahun")
    expect(dashboard.page.get_by_text("· reordered").first).to_be_visible()

    builder = BuilderPage(dashboard.page)
    ask_for_real(builder)
    builder.new_flow("Tanya toko")
    builder.add("Question")
    builder.fill("Text", ASKS)
    builder.fill("Keep it as", "pertanyaan")
    builder.add("Answer from knowledge")
    builder.panel.get_by_label("Knowledge base", exact=True).select_option(label=BASE)
    builder.add("End")
    builder.show_all()
    builder.choose("Answer from knowledge")
    builder.add("Message")
    builder.fill("Text", UNKNOWN)
    builder.begin_with(WORD)
    builder.publish("Menjawab dari aturan toko")

    phone = PhonePage(window(), stack.addresses.phone_url)
    phone.add("Kinanti", hide_number=False)
    phone.say(WORD)
    expect(phone.answers).to_have_count(1)
    expect(phone.answers.nth(0)).to_contain_text(ASKS)
    phone.say("Berapa lama garansi mesin kopi?")
    expect(phone.answers).to_have_count(2)
    expect(phone.answers.nth(1)).to_contain_text("berlaku dua tahun")
    expect(phone.answers.nth(1)).to_contain_text("[1] aturan.md > Garansi")
    phone.say(WORD)
    expect(phone.answers).to_have_count(3)
    phone.say("Siapa presiden pertama Prancis?")
    expect(phone.answers).to_have_count(4)
    expect(phone.answers.nth(3)).to_contain_text(UNKNOWN)


def ask_for_real(builder: BuilderPage) -> None:
    """The ready flow, tried beside the canvas: the answer is the knowledge's own."""
    page = builder.page
    builder.install("Questions and answers", answers_from=BASE)
    page.get_by_role("button", name="Try it").click()
    box = page.get_by_role("textbox", name="Message")
    box.fill("Berapa hari barang dapat dikembalikan?")
    box.press("Enter")
    page.get_by_role("button", name="Ask for real").click()
    chat = page.get_by_role("log", name="Conversation")
    expect(chat).to_contain_text("dalam 14 hari")
    expect(chat).to_contain_text("aturan.md > Pengembalian")
    expect(chat).to_contain_text("Apakah ini membantu?")
