"""An import of 100,000 contacts on the running stack, with its time; exports; the upload form."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests.running import eventually
from tests.visitor import Visitor, some_address

ROWS = 100_000
MOST_SECONDS = 600  # on two cores that nobody else uses it takes about a quarter of this
MOST_SECONDS_OF_A_SEARCH = 10  # of a blink, and a machine that does other things
_BAD_EVERY = 10_000
_FIRST_NAMES = ("Siti", "Budi", "Dewi", "Agus", "Rina", "Joko", "Ayu", "Eko")
_LAST_NAMES = ("Wijaya", "Santoso", "Lestari", "Pratama", "Nurhaliza", "Siregar", "Halim")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """One of its own, since other tests look at every item of the tables."""
    with LocalStack(state_dir=tmp_path_factory.mktemp("kabar")) as running:
        yield running


@pytest.fixture(scope="module")
def owner(stack: LocalStack) -> Visitor:
    visitor = Visitor(stack, some_address("import"))
    visitor.sign_up()
    visitor.confirm()
    visitor.sign_in()
    visitor.ok("POST", "workspaces", {"name": "Import"})
    visitor.sign_in()
    return visitor


def people(count: int) -> str:
    """Every so many rows one that is no contact."""
    lines = ["Nama;No HP;Surel"]
    for n in range(count):
        name = f"{_FIRST_NAMES[n % 8]} {_LAST_NAMES[n % 7]}"
        number = "12" if n % _BAD_EVERY == 0 else f"0812{20_000_000 + n}"
        lines.append(f"{name};{number};{f'p{n}@toko.id' if n % 4 == 0 else ''}")
    return "\n".join(lines)


def upload(owner: Visitor, content: str) -> str:
    made = owner.ok("POST", "contact-imports", {"file_name": "people.csv"})
    form = made["upload"]
    answer = httpx.post(
        form["url"],
        data=form["fields"],
        files={"file": content.encode()},
        trust_env=False,
        timeout=60,
    )
    assert answer.is_success, answer.text
    return str(made["id"])


def state(owner: Visitor, import_id: str) -> JsonObject:
    answer: JsonObject = owner.ok("GET", f"contact-imports/{import_id}")
    return answer


def test_contacts_are_exported(owner: Visitor) -> None:
    owner.ok("POST", "contacts", {"name": "=1+1", "phone": "+6281390000001", "tags": ["odd"]})
    filter_ = {"match": "all", "conditions": [{"on": "tag", "op": "has", "value": "odd"}]}
    assert owner.ok("POST", "segments/count", {"filter": filter_}) == {"count": 1, "exact": True}
    made = owner.ok("POST", "contact-exports", {"filter": filter_})
    done = eventually(
        lambda: owner.ok("GET", f"contact-exports/{made['id']}"),
        lambda seen: seen["status"] == "done",
        seconds=120,
    )
    head, line = csv_of(done["url"])
    assert head[:2] == ["name", "phone"]
    assert line[:2] == ["'=1+1", "+6281390000001"]


def test_a_form_takes_no_other_file(owner: Visitor) -> None:
    made = owner.ok("POST", "contact-imports", {"file_name": "people.csv"})
    form = made["upload"]
    elsewhere = {**form["fields"], "key": form["fields"]["key"].replace("source", "other")}
    answer = httpx.post(
        form["url"], data=elsewhere, files={"file": b"x"}, trust_env=False, timeout=20
    )
    assert answer.status_code in (400, 403)


def test_a_hundred_thousand_contacts(owner: Visitor, measured: Callable[[str], None]) -> None:
    import_id = upload(owner, people(ROWS))
    began = time.monotonic()
    ready = eventually(
        lambda: state(owner, import_id), lambda seen: seen["status"] == "ready", seconds=60
    )
    assert ready["total"] == ROWS
    suggested = ready["preview"]["suggested"]
    assert suggested == {"Nama": "name", "No HP": "phone", "Surel": "email"}
    started = {
        "mapping": suggested,
        "default_country": "ID",
        "tags": ["imported"],
        "opt_in": {"kind": "marketing", "state": "in", "source": "import"},
    }
    owner.ok("POST", f"contact-imports/{import_id}/start", started)
    progress = []
    while (seen := state(owner, import_id))["status"] == "running":
        progress.append((seen["done"], seen["seconds_left"]))
        assert time.monotonic() - began < MOST_SECONDS, seen
        time.sleep(1)
    took = time.monotonic() - began
    measured(f"{ROWS:,} contacts imported in {took:.0f} s ({ROWS / took:,.0f} a second)")
    bad = ROWS // _BAD_EVERY
    assert (seen["status"], seen["created"], seen["rejected"]) == ("done", ROWS - bad, bad)
    assert len({done for done, _ in progress}) > 3
    assert any(left for _, left in progress)

    report = csv_of(owner.ok("GET", f"contact-imports/{import_id}/report")["url"])
    assert len(report) == bad + 1
    assert report[1][0] == "2" and "no phone number" in report[1][1]
    began = time.monotonic()
    (found,) = owner.ok("GET", "contacts?search=0812 2009-9999")["items"]
    by_number = time.monotonic() - began
    by_name = owner.ok("GET", "contacts?search=nurhal eko&limit=20")["items"]
    took = time.monotonic() - began - by_number
    measured(f"Found among them by number in {by_number:.1f} s, by name in {took:.1f} s")
    assert max(by_number, took) < MOST_SECONDS_OF_A_SEARCH
    assert {one["name"] for one in by_name} == {"Eko Nurhaliza"}
    assert found["name"] == "Eko Nurhaliza"
    assert found["tags"] == ["imported"]
    assert found["opt_ins"]["marketing"]["state"] == "in"

    imported = {"match": "all", "conditions": [{"on": "tag", "op": "has", "value": "imported"}]}
    began = time.monotonic()
    counted = owner.ok("POST", "segments/count", {"filter": imported})
    took = time.monotonic() - began
    measured(f"A segment counted among them in {took:.1f} s, exact: {counted['exact']}")
    assert abs(counted["count"] - seen["created"]) <= (0 if counted["exact"] else ROWS // 20)


def csv_of(url: str) -> list[list[str]]:
    answer = httpx.get(url, trust_env=False, timeout=60)
    assert answer.is_success, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
