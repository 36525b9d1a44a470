"""Terms: the days themselves stand in tests/examples/termijnen; here the words, the refusals and the laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.law_rules import load_terms
from voordeur.adapters.rules import load_calendar
from voordeur.core.calendar import Unit, is_working_day
from voordeur.core.problems import Refused
from voordeur.core.terms import Counted, in_tenants_favour, lapse_day, term_end

TERMS, CALENDAR = load_terms(), load_calendar()
days = st.dates(date(2021, 1, 1), date(2026, 6, 30))


def test_a_term_that_moved_says_why() -> None:
    found = term_end("first_talk", date(2026, 3, 6), TERMS, CALENDAR)
    assert found.moved
    assert found.words.nl == "Tot en met 7 april 2026, niet 3 april: Goede Vrijdag en Tweede paasdag."
    assert term_end("first_talk", date(2026, 2, 7), TERMS, CALENDAR).words.nl == (
        "Tot en met 9 maart 2026, niet 7 maart: weekend."
    )
    assert term_end("first_talk", date(2026, 2, 2), TERMS, CALENDAR).words.en == (
        "Up to and including 2 March 2026."
    )


@pytest.mark.parametrize("name", ["first_talk", "first_talk_threat", "fourteen_days"])
def test_a_day_without_holiday_data_is_refused_in_words(name: str) -> None:
    with pytest.raises(Refused) as refused:
        term_end(name, date(2032, 12, 30), TERMS, CALENDAR)
    assert refused.value.problems[0].code == "no-holidays-known"
    assert "feestdagen" in refused.value.problems[0].message.nl
    with pytest.raises(Refused, match="no-holidays-known"):
        in_tenants_favour(date(2032, 12, 30), 14, CALENDAR.terms)


def test_a_term_that_nobody_wrote_down_is_refused() -> None:
    with pytest.raises(Refused, match="no-such-term"):
        term_end("made_up", date(2026, 1, 1), TERMS, CALENDAR)


@given(
    st.sampled_from([name for name, found in TERMS.items() if found[0].counted is not Counted.BACKWARD]), days
)
def test_no_term_is_ever_shorter_than_the_calendar_says(name: str, start: date) -> None:
    found = term_end(name, start, TERMS, CALENDAR)
    assert found.day >= found.plain
    if found.term.unit is Unit.DAYS:
        assert found.day >= start + timedelta(days=found.term.length)


@given(st.sampled_from(["first_talk", "help_decision", "fourteen_days", "comply_with_order"]), days)
def test_a_statutory_term_ends_on_an_ordinary_day(name: str, start: date) -> None:
    found = term_end(name, start, TERMS, CALENDAR)
    assert is_working_day(found.day, CALENDAR.terms)
    between = (found.plain + timedelta(days=n) for n in range((found.day - found.plain).days))
    ordinary = [day for day in between if is_working_day(day, CALENDAR.terms)]
    assert not ordinary or found.term.length == 3, "only art. 2 passes an ordinary day by"


@given(st.sampled_from(sorted(TERMS)), days, days)
def test_who_starts_later_ends_no_earlier(name: str, one: date, other: date) -> None:
    first, second = sorted((one, other))
    ends = [term_end(name, day, TERMS, CALENDAR).day for day in (first, second)]
    assert ends[0] <= ends[1]


@pytest.mark.parametrize(
    ("due", "interruptions", "last"),
    [
        (date(2021, 11, 1), (), date(2026, 11, 1)),
        (date(2021, 11, 1), (date(2025, 3, 1),), date(2030, 3, 1)),
        (date(2021, 11, 1), (date(2025, 3, 1), date(2029, 6, 1)), date(2034, 6, 1)),
        (date(2021, 11, 1), (date(2026, 11, 2),), date(2026, 11, 1)),
        (date(2021, 11, 1), (date(2026, 11, 1),), date(2031, 11, 1)),
        (date(2021, 11, 1), (date(2020, 1, 1),), date(2026, 11, 1)),
    ],
    ids=["none", "a demand", "two demands", "too late", "on the last day", "before it was due"],
)
def test_a_rent_claim_lapses_after_five_years_unless_interrupted(
    due: date, interruptions: tuple[date, ...], last: date
) -> None:
    """BW 3:308, 317-319."""
    assert lapse_day(due, interruptions) == last
