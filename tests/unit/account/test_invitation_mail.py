"""The letter that brings an invitation."""

from __future__ import annotations

from account.invitation_mail import invitation


def test_the_letter_leads_to_the_page_that_accepts() -> None:
    letter = invitation("b@x.test", "Toko", "ana@x.test", "https://kabar.test/", "to-ken_1")
    assert letter.to == "b@x.test"
    assert letter.text.count("https://kabar.test/invite?token=to-ken_1\n") == 2
    assert "Toko" in letter.text
    assert "ana@x.test" in letter.text


def test_a_name_cannot_add_lines_of_its_own() -> None:
    letter = invitation("b@x.test", "A\r\nBcc: c@x.test", "ana@x.test", "https://k.test", "t")
    assert "\n" not in letter.subject
    assert "\r" not in letter.text
    plain = invitation("b@x.test", "A", "ana@x.test", "https://k.test", "t")
    assert letter.text.count("\n") == plain.text.count("\n")
