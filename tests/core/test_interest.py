"""Statutory interest: amounts stand in tests/examples/kosten/rente.txt; here its laws, stops and refusals."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.law_rules import load_rates
from voordeur.core.interest import Rate, Reduction, Stop, rate_on, statutory_interest
from voordeur.core.problems import Refused
from voordeur.core.words import Words

RATES = load_rates()
FLAT = (Rate(date(2000, 1, 1), date(2049, 12, 31), 1000, "made up", "verified"),)
HELPED = Words("Krijgt hulp", "Is being helped")
days = st.dates(date(2018, 1, 2), date(2026, 6, 1))


def test_no_interest_while_somebody_is_helped() -> None:
    """March is a stop: 31 of the 92 days bring nothing."""
    stop = Stop(date(2026, 3, 2), date(2026, 4, 1), HELPED)
    whole = statutory_interest(365_000, date(2026, 3, 2), date(2026, 6, 2), RATES)
    helped = statutory_interest(365_000, date(2026, 3, 2), date(2026, 6, 2), RATES, stops=[stop])
    assert (whole.cents, helped.cents) == (3680, 2440)


def test_from_a_debt_scheme_on_interest_stops_for_good() -> None:
    stop = Stop(date(2026, 4, 2), None, Words("Fw 303", "Fw 303"))
    found = statutory_interest(365_000, date(2026, 3, 2), date(2026, 6, 2), RATES, stops=[stop])
    assert found.cents == 31 * 40


def test_a_stop_needs_no_rate() -> None:
    """Nothing is computed for days that bring nothing, so a missing rate does not matter there."""
    stop = Stop(date(2026, 7, 1), None, HELPED)
    assert statutory_interest(365_000, date(2026, 6, 1), date(2026, 12, 1), RATES, stops=[stop]).cents == 1200


def test_after_a_payment_the_rest_runs_on() -> None:
    paid = Reduction(date(2026, 4, 2), 182_500)
    found = statutory_interest(365_000, date(2026, 3, 2), date(2026, 6, 2), RATES, reductions=[paid])
    assert found.cents == 31 * 40 + 61 * 20


def test_interest_of_a_full_year_stays_in_the_base_when_the_principal_is_paid() -> None:
    paid = Reduction(date(2021, 1, 1), 100_000)
    found = statutory_interest(100_000, date(2020, 1, 1), date(2022, 1, 1), FLAT, reductions=[paid])
    assert found.capitalised == ((date(2021, 1, 1), 10_000), (date(2022, 1, 1), 1_000))
    assert found.cents == 11_000


def test_default_that_began_on_29_february_has_years_too() -> None:
    found = statutory_interest(100_000, date(2020, 2, 29), date(2022, 2, 28), FLAT)
    assert [day for day, _ in found.capitalised] == [date(2021, 2, 28), date(2022, 2, 28)]
    assert found.cents == 21_000


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2026, 7, 1), date(2026, 11, 22)])
def test_a_missing_rate_stops_the_computation(day: date) -> None:
    with pytest.raises(Refused) as refused:
        rate_on(day, RATES)
    assert refused.value.problems[0].code == "rate-missing"
    assert "niet bekend" in refused.value.problems[0].message.nl


def test_what_was_not_read_in_the_decree_is_not_called_certain() -> None:
    assert not statutory_interest(1000, date(2026, 1, 2), date(2026, 2, 2), RATES).certain
    assert statutory_interest(1000, date(2026, 1, 2), date(2026, 2, 2), FLAT).certain


def test_negative_amounts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        statutory_interest(-1, date(2026, 1, 2), date(2026, 2, 2), RATES)


def slow(principal: int, first: date, until: date) -> int:
    """Day by day, with the same two choices: the year of default as it is long, half a cent up."""
    owed, year, start = 0, 0, first
    while start < until:
        year += 1
        try:
            end = first.replace(year=first.year + year)
        except ValueError:
            end = date(first.year + year, 2, 28)
        sum_of_year = Fraction()
        day = start
        while day < min(end, until):
            points = rate_on(day, RATES).basis_points
            sum_of_year += Fraction((principal + owed) * points, 10_000 * (end - start).days)
            day += timedelta(days=1)
        owed += int(sum_of_year + Fraction(1, 2))
        start = end
    return owed


@given(st.integers(0, 1_000_000), days, days)
def test_the_stretches_add_up_to_every_single_day(principal: int, one: date, other: date) -> None:
    first, until = sorted((one, other))
    assert statutory_interest(principal, first, until, RATES).cents == slow(principal, first, until)


@given(st.integers(0, 1_000_000), days, st.integers(0, 700))
def test_interest_never_shrinks_with_time(principal: int, first: date, more: int) -> None:
    last = date(2026, 6, 30)
    until = min(first + timedelta(days=more), last)
    earlier = statutory_interest(principal, first, max(first, until - timedelta(days=1)), RATES).cents
    assert earlier <= statutory_interest(principal, first, until, RATES).cents
