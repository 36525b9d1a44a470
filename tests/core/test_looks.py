"""Looks that stand out: few reasons, each in words, and never a conclusion."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.looks import MANY_FILES, STRETCH, Background, Look, Oddity, standouts


def moment(month: int, day: int, hour: int, minute: int) -> datetime:
    """Of 2026, in local time."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Amsterdam"))


TUESDAY = moment(11, 10, 10, 0)
NOTHING = Background()


def look(
    at: datetime = TUESDAY, household: int = 1, *, id: int = 1, member: int = 7, writes: bool = False,
    urgent: bool = False,
) -> Look:  # fmt: skip
    return Look(id, member, household, at, writes, urgent)


def many(count: int, apart: timedelta, first: int = 1) -> list[Look]:
    """A household each, one after the other."""
    return [look(TUESDAY + apart * at, 100 + at, id=first + at) for at in range(count)]


def test_a_look_by_day_is_nothing() -> None:
    assert standouts([look()], NOTHING) == []


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (moment(11, 10, 6, 59), "Om 06:59, buiten de gewone uren."),
        (moment(11, 10, 21, 0), "Om 21:00, buiten de gewone uren."),
        (moment(11, 8, 14, 5), "Op zondag om 14:05."),
    ],
)
def test_at_night_and_on_a_sunday(at: datetime, words: str) -> None:
    [found] = standouts([look(at)], NOTHING)
    assert (found.oddity, found.why.nl) == (Oddity.ODD_HOUR, words)
    assert standouts([look(at, urgent=True)], NOTHING) == [], "an emergency keeps no hours"


@pytest.mark.parametrize("hour", [7, 20])
def test_the_hours_at_which_people_are_at_home_are_ordinary(hour: int) -> None:
    assert standouts([look(moment(11, 10, hour, 30))], NOTHING) == []


def test_the_same_family_name_stands_out_even_in_an_emergency() -> None:
    known = Background(same_name=frozenset({(7, 1)}))
    [found] = standouts([look(urgent=True), look(id=2, household=2)], known)
    assert (found.oddity, found.look.id) == (Oddity.SAME_NAME, 1)


def test_an_old_case_stands_out_unless_something_was_written_that_day() -> None:
    known = Background(closed={1: date(2025, 9, 10)})
    [found] = standouts([look()], known)
    assert found.why.nl == "De zaak is al 14 maanden gesloten en er staat niets open."
    assert standouts([look(), look(id=2, writes=True)], known) == []
    assert standouts([look()], Background(closed={1: date(2025, 11, 10)})) == [], "a year is not long"


def test_many_files_without_a_word_are_one_line_and_their_looks_no_other() -> None:
    looks = many(MANY_FILES + 6, timedelta(seconds=42))
    [found] = standouts(looks, Background(closed={101: date(2020, 1, 1)}))
    assert found.why.nl == "26 dossiers in 18 minuten, zonder iets op te schrijven."
    assert found.look == looks[0]
    assert standouts(looks[: MANY_FILES - 1], NOTHING) == []


def test_somebody_who_writes_in_between_is_at_work() -> None:
    looks = many(MANY_FILES, timedelta(seconds=42))
    half = MANY_FILES // 2
    looks.insert(half, look(looks[half].at, 100, id=1000, writes=True))
    assert standouts(looks, NOTHING) == []


def test_the_same_file_again_and_again_is_one_household() -> None:
    looks = [look(TUESDAY + timedelta(seconds=at), id=at) for at in range(60)]
    assert standouts(looks, NOTHING) == []


def test_looks_of_two_people_are_not_added_up() -> None:
    looks = many(MANY_FILES, timedelta(seconds=42))
    others = [Look(one.id, 7 + one.id % 2, one.household, one.at) for one in looks]
    assert standouts(others, NOTHING) == []


def test_a_day_and_a_household_are_named_once_and_the_newest_first() -> None:
    night = moment(11, 10, 23, 0)
    found = standouts([look(night), look(night, id=2), look(night + timedelta(days=1), id=3)], NOTHING)
    assert [one.look.id for one in found] == [3, 1]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 90), st.booleans()), max_size=120))
def test_a_stretch_is_found_exactly_when_there_is_one(deeds: list[tuple[int, int, bool]]) -> None:
    """Slowly, by looking at every window of every look."""
    moments = sorted(TUESDAY + timedelta(minutes=minutes) for _, minutes, _ in deeds)
    looks = [
        Look(at, 7, household, moment, writes)
        for at, (moment, (household, _, writes)) in enumerate(zip(moments, deeds, strict=True))
    ]
    windows = []
    for first, one in enumerate(looks):
        seen: set[int] = set()
        for other in looks[first:]:
            if other.writes or other.at - one.at > STRETCH:
                break
            seen.add(other.household)
        windows.append(len(seen))
    found = any(one.oddity is Oddity.MANY for one in standouts(looks, NOTHING))
    assert found == any(count >= MANY_FILES for count in windows)
