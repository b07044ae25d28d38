"""Every kind of file, whole and broken."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.reading import Limits, read
from rag.sources.blocks import Block, UnreadableError
from rag.splitting import split
from tests.unit.rag.made_files import bomb, docx, pdf
from tests.unit.rag.rag_world import parsed_here

MARKDOWN = """---
title: Not read
---
# Prices

All with *tax*.

| Drink  | Price  |
|--------|--------|
| Coffee | 20,000 |
| Tea    | 15,000 |

## Delivery

Free from 100,000 on.
"""
HTML = """<html><head><title>x</title><style>p{}</style></head><body><nav>Home</nav>
<h1>Prices</h1><p>All with <b>tax</b>.<!-- not this --></p><script>alert(1)</script>
<div>Loose text<h2>Delivery</h2>Free from<br>100,000 on.</div><footer>2026</footer></body></html>"""


def found(kind: str, content: bytes | str) -> list[tuple[tuple[str, ...], str]]:
    raw = content.encode() if isinstance(content, str) else content
    return [(block.headings, block.text) for block in parsed_here(kind, raw).blocks]


def test_markdown_is_read_with_its_headings_and_tables() -> None:
    assert found("markdown", MARKDOWN) == [
        (("Prices",), "All with tax."),
        (("Prices",), "Drink: Coffee; Price: 20,000"),
        (("Prices",), "Drink: Tea; Price: 15,000"),
        (("Prices", "Delivery"), "Free from 100,000 on."),
    ]


def test_of_a_page_is_read_what_a_reader_reads() -> None:
    assert found("html", HTML) == [
        (("Prices",), "All with tax."),
        (("Prices",), "Loose text"),
        (("Prices", "Delivery"), "Free from 100,000 on."),
    ]


def test_a_page_that_is_one_form_from_end_to_end_is_read() -> None:
    page = (
        "<form><h1>Prices</h1><p>With tax.</p><textarea>Write</textarea><button>Go</button></form>"
    )
    assert found("html", page) == [(("Prices",), "With tax.")]


def test_a_word_document_is_read_in_its_order() -> None:
    assert found("docx", docx()) == [
        (("Prices",), "All with tax."),
        (("Prices", "Drinks"), "Hot ones."),
        (("Prices", "Drinks"), "Drink: Coffee; Price: 20,000"),
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_rows_of_a_table_say_what_their_cells_are(sign: str) -> None:
    table = f"\ufeffName{sign}Price\nKopi{sign}20000\n\nTeh{sign}\n"
    assert found("csv", table) == [((), "Name: Kopi; Price: 20000"), ((), "Name: Teh")]


def test_questions_are_what_answers_stand_under() -> None:
    assert found("faq", json.dumps([["When?", "Now."]])) == [(("When?",), "Now.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_of_programs(encoding: str) -> None:
    text = "Café au lait, crème brûlée et déjà vu: très français.\r\n\r\nThé"
    assert found("text", text.encode(encoding))[0][1].startswith("Café au lait, crème")


def test_pages_of_a_pdf_are_told_with_their_outline() -> None:
    parsed = parsed_here(
        "pdf", pdf(["Coffee costs 20,000.", "Free delivery."], [("Prices", 1), ("Delivery", 2)])
    )
    assert parsed.pages == 2
    assert parsed.blocks == (
        Block("Coffee costs 20,000.", ("Prices",), 1),
        Block("Free delivery.", ("Delivery",), 2),
    )


def test_pages_that_are_pictures_are_told() -> None:
    parsed = parsed_here("pdf", pdf(["Coffee costs 20,000 in all shops.", None, None]))
    assert parsed.scanned_pages == (2, 3)
    assert len(parsed.blocks) == 1


BROKEN = {
    "no pdf": ("pdf", b"hello", "damaged"),
    "half a pdf": ("pdf", pdf(["Coffee"] * 3)[:300], "damaged"),
    "a scanned pdf": ("pdf", pdf([None, None]), "OCR"),
    "no docx": ("docx", b"hello", "damaged"),
    "half a docx": ("docx", docx()[:-200], "damaged"),
    "another zip": ("docx", bomb(0).replace(b"document.xml", b"elsewhere.xm"), "damaged"),
    "a zip bomb": ("docx", bomb(64), "unpacks to far more"),
    "bytes": ("text", bytes(range(256)) * 10, "no text"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_files_fail_with_words(what: str) -> None:
    kind, content, words = BROKEN[what]
    with pytest.raises(UnreadableError, match=words):
        parsed_here(kind, content)


def test_a_long_pdf_is_read_in_its_own_process_in_seconds() -> None:
    pages = [
        f"Article {number}\n" + "\n".join(["It says a lot of things."] * 12)
        for number in (range(1, 501))
    ]
    parsed = read("pdf", pdf(pages))
    assert parsed.pages == len(parsed.blocks) == 500
    assert parsed.blocks[499].page == 500
    assert parsed.blocks[499].text.startswith("Article 500\n")


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(UnreadableError, match="takes longer"):
        read("pdf", pdf(["Coffee costs 20,000."]), Limits(seconds=0))


def test_a_reader_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(UnreadableError):
        read("text", b"Coffee " * 3_000_000, Limits(megabytes=60))


def test_what_is_refused_in_the_other_process_is_told_here() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        read("docx", b"hello")


WORDS = st.text("abc .\n", max_size=400)
BLOCKS = st.lists(
    st.builds(
        Block,
        WORDS,
        st.sampled_from([(), ("A",), ("A", "B")]),
        st.integers(1, 3),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=40)
@given(BLOCKS)
def test_passages_are_short_and_lose_no_word(blocks: list[Block]) -> None:
    passages = split(blocks, size=100, overlap=20)
    assert all(0 < len(one.text) <= 100 for one in passages)
    for headings in {block.headings for block in blocks}:
        kept = " ".join(one.text for one in passages if one.headings == headings)
        said = (word for one in blocks if one.headings == headings for word in one.text.split())
        assert [word for word in said if len(word) <= 20 and word not in kept] == []


def test_a_passage_knows_the_page_it_begins_on() -> None:
    blocks = [Block(f"Page {n} " + "word " * 60, (), n) for n in (1, 2, 3)]
    pages = [one.page for one in split(blocks, size=300, overlap=0)]
    assert pages[0] == 1
    assert pages[-1] == 3
    assert all(later >= earlier for earlier, later in pairwise(page or 0 for page in pages))


def test_rows_stay_whole() -> None:
    rows = [Block(f"Name: {n}; Price: {n}000", (), is_row=True) for n in range(100)]
    passages = split(rows, size=200, overlap=50)
    assert [line for one in passages for line in one.text.split("\n")] == [row.text for row in rows]
