"""A campaign as a newcomer sends it: from a file to its report, in a real browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from playwright.sync_api import expect

from local.stack import LocalStack
from tests.api_side import Api
from tests.approved import approved_template
from tests.e2e.browser import Window
from tests.e2e.campaign_pages import CampaignReport, CampaignWizard
from tests.e2e.pages import Dashboard
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

PEOPLE: Final = 12  # each brings three statuses at once: more would starve a small machine
_NOT_ON_WHATSAPP: Final = 131026


def test_from_a_file_to_the_report(
    stack: LocalStack, meta: Meta, api: Api, window: Callable[[], Window]
) -> None:
    template = approved_template(api)["name"]
    people = {f"Orang {number}": newcomer() for number in range(PEOPLE)}
    rows = [("Nomor", "Nama"), *((f"+{one.wa_id}", name) for name, one in people.items())]
    shown, tester = window(), newcomer()
    dashboard = Dashboard(shown, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)

    wizard = CampaignWizard(dashboard.page)
    wizard.message(f"Panen {template}", template, column="Nama")
    wizard.people(rows, column="Nomor")
    wizard.limits()
    expect(wizard.fact("People")).to_contain_text(str(PEOPLE))
    expect(wizard.fact("Takes")).to_have_text("1 min")
    expect(wizard.preview).to_contain_text("Halo Orang 0, ada promo.")
    wizard.test(f"+{tester.wa_id}")
    eventually(lambda: _sent(meta, template)[_phone(tester)], lambda sent: sent == 1)

    meta.misbehaves(
        {"mode": "error", "code": _NOT_ON_WHATSAPP, "times": 1},
        # Or all of them have gone before the first look.
        *({"mode": "slow", "seconds": seconds, "times": 1} for seconds in (2, 4, 6, 8)),
    )
    wizard.start()
    report = CampaignReport(dashboard.page)
    seen = report.watch_progress(PEOPLE)
    assert len(set(seen)) > 1, seen
    assert seen == sorted(seen)

    expect(report.bar("How far it got", "Delivered")).to_contain_text(str(PEOPLE - 1))
    expect(report.bar("The others", "Failed")).to_contain_text("1")
    expect(report.rows("Failures")).to_have_count(1)
    expect(report.rows("Failures")).to_contain_text("not on WhatsApp")
    sent = _sent(meta, template)
    reached = {name: one for name, one in people.items() if sent[_phone(one)]}
    assert len(reached) == PEOPLE - 1
    assert set(sent.values()) == {1}

    answering, person = next(iter(reached.items()))
    meta.hears(person, "mau pesan")
    expect(report.bar("How far it got", "Replied")).to_contain_text("1")
    expect(report.bar("How far it got", "Sent")).to_contain_text(str(PEOPLE - 1))
    expect(report.rows("People")).to_have_count(PEOPLE)
    dashboard.page.get_by_label("Outcome").select_option(label="Replied")
    expect(report.rows("People")).to_have_count(1)
    shown.picture("campaign-report")

    head, *lines = report.exported()
    exported = [dict(zip(head, line, strict=True)) for line in lines]
    outcomes = Counter(line["outcome"] for line in exported)
    assert outcomes == {"delivered": PEOPLE - 2, "replied": 1, "failed": 1}
    assert {line["phone"]: line["body_1"] for line in exported} == dict(rows[1:])
    assert [line["body_1"] for line in exported if line["outcome"] == "replied"] == [answering]


def test_a_text_reaches_those_whose_conversation_is_open(
    stack: LocalStack, meta: Meta, window: Callable[[], Window]
) -> None:
    writer, silent = newcomer(), newcomer()
    meta.hears(writer, "halo")
    eventually(lambda: meta.texts(writer), lambda texts: len(texts) > 1)
    rows = [("Nomor", "Nama"), (f"+{writer.wa_id}", "Sari"), (f"+{silent.wa_id}", "Tono")]
    shown = window()
    dashboard = Dashboard(shown, stack.addresses.dashboard_url)
    dashboard.sign_in(stack.addresses.demo_user)

    wizard = CampaignWizard(dashboard.page)
    wizard.text("Terima kasih", "Hai {{orang}}, toko buka lagi.", column="Nama")
    wizard.people(rows, column="Nomor")
    wizard.limits()
    expect(wizard.fact("People")).to_contain_text("1")
    expect(wizard.preview).to_contain_text("Hai Sari, toko buka lagi.")
    shown.picture("campaign-of-text")
    wizard.start()

    report = CampaignReport(dashboard.page)
    expect(report.bar("How far it got", "Delivered")).to_contain_text("1")
    expect(report.bar("The others", "Skipped")).to_contain_text("1")
    expect(report.rows("Skipped")).to_contain_text("has not written in the last 24 hours")
    assert "Hai Sari, toko buka lagi." in meta.texts(writer)
    assert meta.texts(silent) == []


def _phone(person: Person) -> str:
    assert person.wa_id is not None
    return person.wa_id


def _sent(meta: Meta, template: str) -> Counter[Any]:
    """How often Meta took the template, by phone."""
    return Counter(
        one["payload"]["to"]
        for one in meta.all_accepted()
        if one["payload"].get("template", {}).get("name") == template
    )
