"""A code that cannot be guessed, read back however somebody types it; and when a link opens."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.tenant_link_rules import load_link_rules
from voordeur.core.personal_links import (
    LENGTH,
    SIGNS,
    Handed,
    Link,
    Revoked,
    asks_number,
    in_link,
    is_number,
    last_day,
    make_code,
    read_code,
    session_over,
    spell,
    why_not_open,
)

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RULES = load_link_rules()
codes = st.text(st.sampled_from(SIGNS), min_size=LENGTH, max_size=LENGTH)


@given(codes)
def test_a_code_is_read_back_from_a_link_in_groups_and_in_small_letters(code: str) -> None:
    for typed in (
        code,
        spell(code),
        in_link("https://huur.example/mijn/", code),
        f" {spell(code).lower()}\n",
    ):
        assert read_code(typed) == code


@given(codes)
def test_signs_that_look_alike_are_the_same(code: str) -> None:
    assert read_code(code.replace("0", "O").replace("1", "l")) == code


@given(st.text())
def test_anything_else_is_no_code(text: str) -> None:
    found = read_code(text)
    assert found == "" or (len(found) == LENGTH and set(found) <= set(SIGNS))


def test_a_code_that_is_cut_off_longer_or_endless_is_none() -> None:
    code = make_code(lambda signs: signs[7])
    assert code == "7" * LENGTH
    for wrong in (code[1:], code + "7", f"https://huur.example/mijn/#{code}x", "7" * 5_000, f"U{code[1:]}"):
        assert read_code(wrong) == ""


def test_every_sign_of_a_code_is_drawn() -> None:
    drawn: list[str] = []

    def choose(signs: str) -> str:
        drawn.append(signs)
        return signs[len(drawn) % 32]

    assert len(set(make_code(choose))) == LENGTH
    assert drawn == [SIGNS] * LENGTH


@pytest.mark.parametrize(
    ("link", "same_browser", "why"),
    [
        (Link(MONDAY), False, None),
        (Link(MONDAY - timedelta(days=1)), False, "link-expired"),
        (Link(MONDAY - timedelta(days=1), opened=True), True, "link-expired"),
        (Link(MONDAY, opened=True), True, None),
        (Link(MONDAY, opened=True), False, "link-used"),
        (Link(MONDAY, revoked=Revoked.STAFF), False, "link-revoked"),
        (Link(MONDAY, revoked=Revoked.NEWER, opened=True), True, "link-newer"),
        (Link(MONDAY, revoked=Revoked.TENANT, opened=True), True, "link-thrown-away"),
        (Link(MONDAY - timedelta(days=9), revoked=Revoked.GUESSED), False, "link-guessed"),
    ],
)
def test_when_a_link_opens_and_what_is_said_when_not(link: Link, same_browser: bool, why: str | None) -> None:
    problem = why_not_open(link, MONDAY, same_browser=same_browser)
    assert (problem.code if problem else None) == why


def test_the_last_day_counts() -> None:
    assert last_day(MONDAY, RULES) == MONDAY + timedelta(days=30)
    assert (
        why_not_open(Link(last_day(MONDAY, RULES)), MONDAY + timedelta(days=30), same_browser=False) is None
    )


@pytest.mark.parametrize(
    ("handed", "opened", "number", "asked"),
    [
        (Handed.SMS, False, 14, True),
        (Handed.EMAIL, False, 14, True),
        (Handed.IN_PERSON, False, 14, False),
        (Handed.SMS, True, 14, False),
        (Handed.SMS, False, None, False),
    ],
)
def test_the_house_number_is_asked_once_and_only_after_a_message(
    handed: Handed, opened: bool, number: int | None, asked: bool
) -> None:
    assert asks_number(Link(MONDAY, handed, opened), number) is asked


@pytest.mark.parametrize("given", ["14", " 14", "014", "14b", "14-B", "14 hs", "14/2"])
def test_a_house_number_with_what_people_add_to_it(given: str) -> None:
    assert is_number(given, 14)


@pytest.mark.parametrize("given", ["", "1", "4", "114", "141", "-14", "B14", "1 4", "14000000", "veertien"])
def test_another_number_is_another_number(given: str) -> None:
    assert not is_number(given, 14)


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_sitting_ends_idle_or_after_its_longest_whichever_comes_first(since: int, idle: int) -> None:
    seen = NOON + timedelta(minutes=since)
    over = session_over(NOON, seen, seen + timedelta(minutes=idle), RULES)
    assert over is (idle > 20 or since + idle > 120)
