"""Statutory interest: from default to payment, rate by period, capitalised after every full year of default.

BW 6:119 and 6:120 lid 1. Within a year of default interest is simple, day by day, at the rate of that day; a
year of default counts 365 or 366 days as it has them, so a full year at one rate brings exactly that rate.
Amounts are integer cents: worked out exactly, rounded half up at the end of every year of default (when it is
added to the base) and at the end. While somebody is being helped, and from a debt-scheme ruling on, no
interest runs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from voordeur.core.calendar import add_months
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words, day_in_words

_DAY = timedelta(days=1)
_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """The statutory rate from `first` up to and including `last`, in basis points a year."""

    first: date
    last: date
    basis_points: int
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class Stop:
    """No interest from `first` up to and including `last` (None: until further notice), and why."""

    first: date
    last: date | None
    why: Words


@dataclass(frozen=True, slots=True)
class Reduction:
    """Principal that was paid: on the day of crediting the rest goes on without it, cents."""

    day: date
    cents: int


@dataclass(frozen=True, slots=True)
class InterestLine:
    """A stretch with one base and one rate: from, up to but not including, days, and what it brought."""

    first: date
    until: date
    base: int
    basis_points: int
    exact: Fraction
    """Cents, before rounding."""
    trust: str

    @property
    def days(self) -> int:
        """Days of the stretch."""
        return (self.until - self.first).days


@dataclass(frozen=True, slots=True)
class Interest:
    """What was owed on a day: cents, the lines that made it, and what was added to the base on the way."""

    cents: int
    lines: tuple[InterestLine, ...]
    capitalised: tuple[tuple[date, int], ...]

    @property
    def certain(self) -> bool:
        """True when every rate in it was read in the decree itself or verified."""
        return all(line.trust == "verified" for line in self.lines)


def statutory_interest(
    principal: int,
    default_from: date,
    until: date,
    rates: Sequence[Rate],
    *,
    reductions: Sequence[Reduction] = (),
    stops: Sequence[Stop] = (),
) -> Interest:
    """Interest on one claim from `default_from` (the day after a fixed due day) up to, not including, `until`.

    `until` is the day of payment or the day that is asked about. `reductions` are payments on the principal
    in between; interest that ran before stays owed. A year of default runs from `default_from`, stops do not
    lengthen it. Raises Refused for a day whose rate is not known: no rate is ever guessed.
    """
    if principal < 0 or any(one.cents < 0 for one in reductions):
        raise ValueError("principal and payments are not negative")
    lines: list[InterestLine] = []
    capitalised: list[tuple[date, int]] = []
    owed, start, year = 0, default_from, 0
    while start < until:
        year += 1
        end = add_months(default_from, 12 * year)
        of_the_year = list(
            _year(principal, owed, start, min(end, until), (end - start).days, rates, reductions, stops)
        )
        lines += of_the_year
        brought = _half_up(sum((line.exact for line in of_the_year), Fraction()))
        owed += brought
        if end <= until:
            capitalised.append((end, brought))
        start = end
    return Interest(owed, tuple(lines), tuple(capitalised))


def _year(
    principal: int,
    added: int,
    first: date,
    until: date,
    days_in_year: int,
    rates: Sequence[Rate],
    reductions: Sequence[Reduction],
    stops: Sequence[Stop],
) -> Iterator[InterestLine]:
    """The stretches of one year of default (or of the part of it that was asked)."""
    edges = {first, until}
    edges |= {day for rate in rates for day in (rate.first, rate.last + _DAY)}
    edges |= {one.day for one in reductions}
    edges |= {day for stop in stops for day in (stop.first, stop.last + _DAY if stop.last else until)}
    days = sorted(day for day in edges if first <= day <= until)
    for start, end in pairwise(days):
        if _stopped(start, stops):
            continue
        paid = sum(one.cents for one in reductions if one.day <= start)
        base = max(0, principal - paid) + added
        if base == 0:
            continue
        rate = rate_on(start, rates)
        exact = Fraction(base * rate.basis_points * (end - start).days, _WHOLE * days_in_year)
        yield InterestLine(start, end, base, rate.basis_points, exact, rate.trust)


def rate_on(day: date, rates: Sequence[Rate]) -> Rate:
    """The rate of a day. Raises Refused when the data do not cover it."""
    for rate in rates:
        if rate.first <= day <= rate.last:
            return rate
    said = day_in_words(day, year=True)
    raise Refused(
        Problem(
            "rate-missing",
            Words(
                f"De wettelijke rente op {said.nl} is niet bekend, dus er wordt niets berekend.",
                f"The statutory interest on {said.en} is not known, so nothing is computed.",
            ),
            Words("Vul het percentage aan in interest.toml, met de bron.",
                  "Add the percentage to interest.toml, with its source."),
            value=day.isoformat(),
        )
    )  # fmt: skip


def _stopped(day: date, stops: Sequence[Stop]) -> bool:
    return any(stop.first <= day and (stop.last is None or day <= stop.last) for stop in stops)


def _half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))
