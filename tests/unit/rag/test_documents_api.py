"""The API of knowledge bases and documents through its handler."""

from __future__ import annotations

import json
from typing import Any

from shared.clock import now_ms
from shared.store.transactions import commit
from shared.store.usage import added
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES
from shared.usage.months import month_of
from tests.unit.rag.knowledge_api import ask, queued

STARTED = {"file_name": "prices.txt"}


def test_a_file_is_read_when_it_has_come(aws: Any, base: str) -> None:
    status, made = ask("POST", f"{base}/documents", {"file_name": "prices.pdf"})
    assert (status, made["state"], made["kind"]) == (201, "waiting", "pdf")
    path = f"{base}/documents/{made['id']}"
    assert ask("GET", path)[1]["state"] == "waiting"
    assert queued(aws) == []
    key = made["upload"]["fields"]["key"]
    aws.s3.put_object(Bucket="knowledge-files", Key=key, Body=b"%PDF-1.7")
    assert ask("GET", path)[1]["state"] == "queued"
    (work,) = queued(aws)
    assert (work["work"], work["document"], work["version"]) == ("read", made["id"], 1)
    assert ask("GET", path)[1]["size"] == 8
    assert queued(aws) == []


def test_a_page_that_was_closed_after_the_upload_loses_nothing(aws: Any, base: str) -> None:
    """Nobody asks for the one document any more: looking at all of them begins it."""
    _, made = ask("POST", f"{base}/documents", STARTED)
    aws.s3.put_object(Bucket="knowledge-files", Key=made["upload"]["fields"]["key"], Body=b"Tea.")
    assert [one["state"] for one in ask("GET", f"{base}/documents")[1]["items"]] == ["queued"]
    assert [one["document"] for one in queued(aws)] == [made["id"]]
    assert [one["size"] for one in ask("GET", f"{base}/documents")[1]["items"]] == [4]
    assert queued(aws) == []


def test_kinds_that_are_not_read_are_refused_with_those_that_are(aws: Any, base: str) -> None:
    status, said = ask("POST", f"{base}/documents", {"file_name": "film.mp4"})
    assert status == 400
    assert ".docx" in json.dumps(said)


def test_pairs_are_read_at_once(aws: Any, base: str) -> None:
    body = {"name": "Questions", "pairs": [{"question": "When?", "answer": "Now."}]}
    status, made = ask("POST", f"{base}/faqs", body)
    assert (status, made["state"], made["upload"]) == (201, "queued", None)
    assert [one["work"] for one in queued(aws)] == ["read"]


def test_addresses_that_are_none_are_refused(aws: Any, base: str) -> None:
    assert ask("POST", f"{base}/web-pages", {"url": "ftp://shop.example/"})[0] == 400
    status, made = ask("POST", f"{base}/web-pages", {"url": "https://shop.example/faq"})
    assert (status, made["kind"], made["name"]) == (201, "web_page", "https://shop.example/faq")


def test_a_document_is_switched_off_and_renamed_by_who_has_read_it(aws: Any, base: str) -> None:
    _, made = ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    path = f"{base}/documents/{made['id']}"
    assert ask("PATCH", path, {"is_enabled": False})[0] == 428
    status, shown = ask("PATCH", path, {"is_enabled": False, "name": "Prices"}, revision=1)
    assert (status, shown["is_enabled"], shown["name"]) == (200, False, "Prices")
    assert ask("PATCH", path, {"name": "Late"}, revision=1)[0] == 412


def test_a_replacement_is_of_the_same_kind(aws: Any, base: str) -> None:
    _, made = ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    path = f"{base}/documents/{made['id']}/replace"
    assert ask("POST", path, {"file_name": "prices.pdf"})[0] == 400
    assert ask("POST", path, {})[0] == 400
    status, shown = ask("POST", path, {"file_name": "new.txt"})
    assert status == 200
    assert shown["upload"]["fields"]["key"] != made["upload"]["fields"]["key"]


def test_what_was_never_uploaded_cannot_be_indexed(aws: Any, base: str) -> None:
    _, made = ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    assert ask("POST", f"{base}/documents/{made['id']}/index")[0] == 409


def test_documents_are_listed_and_deleted(aws: Any, base: str) -> None:
    _, made = ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    assert [one["id"] for one in ask("GET", f"{base}/documents")[1]["items"]] == [made["id"]]
    assert ask("DELETE", f"{base}/documents/{made['id']}")[0] == 204
    assert ask("GET", f"{base}/documents/{made['id']}")[0] == 404
    assert ask("GET", f"{base}/documents")[1]["items"] == []


def test_nothing_is_added_to_a_base_that_is_gone(aws: Any, base: str) -> None:
    assert ask("DELETE", base)[0] == 204
    assert [one["work"] for one in queued(aws)] == ["forget_base"]
    assert ask("POST", f"{base}/documents", {"file_name": "prices.txt"})[0] == 404
    assert ask("GET", f"{base}/documents")[0] == 404


def test_a_full_storage_takes_no_more_and_says_why(aws: Any, base: str, starter: Tenant) -> None:
    path = f"{base}/documents/{ask('POST', f'{base}/documents', STARTED)[1]['id']}"
    used_up = {STORAGE_BYTES.id: 1_000_000_000}
    commit(aws.dynamodb, [added(starter, "usage", month_of(now_ms()), used_up)])
    for refused, body in (
        (f"{base}/documents", STARTED),
        (f"{path}/replace", STARTED),
        (f"{base}/faqs", {"name": "Q", "pairs": [{"question": "When?", "answer": "Now."}]}),
    ):
        status, said = ask("POST", refused, body)
        assert (status, said["type"]) == (403, "urn:kabar:problem:plan-limit-reached")
        assert "1,000,000,000 bytes of storage" in said["detail"]
