"""The outbox shows what would have been mailed, and nothing in it is taken for HTML."""

from __future__ import annotations

from typing import Any

from local.outbox import newest_first, page


def kept(**changed: Any) -> dict[str, Any]:
    mail = {
        "MessageId": "1",
        "To": ["ana@kabar.test"],
        "Subject": "Hi",
        "BodyText": "Hello",
        "BodyHtml": None,
        "Timestamp": 1.5,
    }
    return {**mail, **changed}


def test_newest_come_first_across_accounts() -> None:
    answer = {
        "messages": {"a": [kept(), kept(MessageId="2", Timestamp=3)], "b": [kept(Timestamp=2)]}
    }
    assert [(mail.id, mail.at) for mail in newest_first(answer)] == [
        ("2", 3000),
        ("1", 2000),
        ("1", 1500),
    ]


def test_texts_are_texts_and_addresses_are_links() -> None:
    mails = newest_first({"messages": {"a": [kept(BodyText="<script>\nhttp://x.test/?a=1&b=2")]}})
    shown = page(mails)
    assert "<script>" not in shown
    assert '<a href="http://x.test/?a=1&amp;b=2">' in shown


def test_without_mail_it_says_so() -> None:
    assert "No mail yet" in page([])
