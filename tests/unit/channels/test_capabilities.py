"""What channels that can send less send instead, and how typed answers are understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.capabilities import (
    KINDS,
    SENDS,
    CannotSendError,
    Option,
    chosen,
    fallback,
    numbered,
    options_of,
)
from shared.channels.kinds import BAILEYS, CLOUD_API
from shared.channels.messages import kind_of, validate
from shared.channels.messages.choices import buttons, list_of, row, section
from shared.channels.messages.parts import header, media
from shared.channels.messages.products import carousel, reply_card
from shared.channels.messages.simple import location
from shared.channels.messages.union import in_reply_to
from tests.unit.channels.outbound_builders import BUILT

SENDABLE = [message for message in BUILT if "type" in message]
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "Nd", "P", "Zs"]), min_size=1)
OPTIONS = st.lists(
    st.builds(Option, st.uuids().map(str), WORDS, WORDS), min_size=1, max_size=13
).map(tuple)
UNSAYABLE = {"sticker", "template", "interactive.flow"} | {
    f"interactive.{kind}" for kind in ("product", "product_list", "catalog_message")
}


@pytest.mark.parametrize("message", SENDABLE, ids=kind_of)
@pytest.mark.parametrize("channel_kind", [CLOUD_API, BAILEYS])
def test_each_kind_is_sent_said_in_text_or_refused(message: object, channel_kind: str) -> None:
    assert isinstance(message, dict)
    kind = kind_of(message)
    is_link = "link" in message.get(kind, ())
    if kind in SENDS[channel_kind] and not (is_link and channel_kind == BAILEYS):
        assert fallback(message, channel_kind) is message
    elif kind in UNSAYABLE:
        with pytest.raises(CannotSendError, match=f"{channel_kind} cannot send {kind}"):
            fallback(message, channel_kind)
    else:
        instead = fallback(message, channel_kind)
        assert (instead["type"] in {"text", *SENDS[BAILEYS]}, validate(instead)) == (True, [])


def test_the_cloud_api_sends_everything_and_no_channel_more() -> None:
    assert SENDS[CLOUD_API] == KINDS
    assert all(sends <= KINDS for sends in SENDS.values())


def test_buttons_become_numbered_lines_between_body_and_footer() -> None:
    message = buttons("Confirm?", [("y", "Yes"), ("n", "No")], header=header("Booking"), footer="f")
    body = fallback(message, BAILEYS)["text"]["body"]
    assert body == "Booking\n\nConfirm?\n\n1. Yes\n2. No\n\nf"


def test_a_long_list_keeps_every_option_and_cuts_its_body() -> None:
    rows = [row(str(n), f"{n}" * 24, "d" * 72) for n in range(10)]
    instead = fallback(list_of("b" * 4096, "Open", [section(rows)]), BAILEYS)
    assert validate(instead) == []
    assert numbered(options_of(list_of("b", "Open", [section(rows)]))) in instead["text"]["body"]


def test_replies_on_cards_are_numbered_through() -> None:
    cards = [reply_card(header(media(id="1")), [(f"r{n}", "More")], f"Idea {n}") for n in (1, 2)]
    message = carousel("Ideas", cards)
    assert "2. More - Idea 2" in fallback(message, BAILEYS)["text"]["body"]
    option = chosen("2", options_of(message))
    assert option is not None
    assert option.id == "r2"


@pytest.mark.parametrize("caption", ["Menu", None, "m" * 1024])
def test_a_file_at_an_address_is_told_as_the_address(caption: str | None) -> None:
    content = media(link=f"https://shop.test/{'a' * 3900}.jpg")
    message = {"type": "image", "image": content | ({"caption": caption} if caption else {})}
    instead = fallback(message, BAILEYS)
    assert validate(instead) == []
    assert instead["text"]["body"].endswith(content["link"])


def test_options_below_a_file_are_its_caption() -> None:
    message = buttons("Confirm?", [("y", "Yes")], header=header(media(id="media_1")))
    instead = fallback(message, BAILEYS)
    assert instead == {"type": "image", "image": {"id": "media_1", "caption": "Confirm?\n\n1. Yes"}}


def test_a_place_and_a_quotation_survive() -> None:
    instead = fallback(in_reply_to(location(-6.2, 106.8, name="Shop"), "wamid.A"), BAILEYS)
    assert instead["context"] == {"message_id": "wamid.A"}
    assert instead["text"]["body"] == "Shop\nhttps://maps.google.com/?q=-6.2,106.8"


@given(OPTIONS, st.data())
def test_every_number_that_is_shown_is_understood_when_typed_back(
    options: tuple[Option, ...], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(options) - 1))
    style = data.draw(st.sampled_from(["{}", " {} ", "{}.", "{})", "({})", "#{}", "{} ."]))
    line = numbered([options[place]]).removeprefix("1")
    assert chosen(style.format(place + 1), options) == options[place]
    assert f"{place + 1}{line}" in numbered(options)


@given(OPTIONS, st.integers(0, 10**9))
def test_a_number_that_is_not_shown_means_nothing(options: tuple[Option, ...], number: int) -> None:
    found = chosen(str(number), options)
    if 1 <= number <= len(options):
        assert found == options[number - 1]
    else:
        titles = [option.title.strip() for option in options]
        assert found is None or titles.count(str(number)) == 1


@given(OPTIONS)
def test_a_title_is_understood_whatever_its_case(options: tuple[Option, ...]) -> None:
    for option in options:
        found = chosen(f" {option.title.upper()} ", options)
        assert found is None or found in options
    assert chosen("yes PLEASE", (Option("y", "Yes  please"), Option("n", "No"))) == Option(
        "y", "Yes  please"
    )
    assert chosen("yes", (Option("a", "Yes"), Option("b", "yes"))) is None


@pytest.mark.parametrize("said", ["", "maybe", "1 or 2", "0", "-1", "1,5", "99999999999"])
def test_what_is_no_answer_is_none(said: str) -> None:
    assert chosen(said, (Option("a", "A"), Option("b", "B"))) is None


@pytest.mark.parametrize("said", ["٢", "２"])  # noqa: RUF001
def test_digits_of_other_scripts_count(said: str) -> None:
    assert chosen(said, (Option("a", "A"), Option("b", "B"))) == Option("b", "B")
