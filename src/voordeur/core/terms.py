"""Terms: how long the law gives, from which event, and on which day such a term ends, with why that day.

The terms are dated data (`rules/law/terms.toml`). Statutory terms end by the Algemene termijnenwet
(`core/calendar.py`); terms that are counted back from an event, agreed, set by a court, long, or in working
days each have their own way. A term on days of which nobody looked up the holidays is refused, in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from voordeur.core.calendar import (
    Calendar,
    DaySet,
    NotCovered,
    SpecialDay,
    SpecialKind,
    Unit,
    add_months,
    add_working_days,
    is_extended,
    next_working_day,
    plain_term_end,
    statutory_term_end,
)
from voordeur.core.phrases import joined
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words, day_in_words


class Counted(StrEnum):
    """How the last day of a term is found."""

    STATUTORY = "statutory"
    """Set in an Act or decree: by the Algemene termijnenwet."""
    WORKING_DAYS = "working_days"
    """In working days; the length counts those only."""
    PLAIN = "plain"
    """By the calendar alone: set by a court, in a contract, or too long to be extended."""
    IN_FAVOUR = "in_favour"
    """Ours or agreed, and a last day that is no working day runs on, because that only helps the tenant."""
    BACKWARD = "backward"
    """Counted back from an event: the last day on which it can still be done; never extended (art. 1 lid 2)."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the law, an agreement or the landlord."""

    name: str
    words: Words
    starts: Words
    """The event it is counted from (for a term counted back: to)."""
    length: int
    unit: Unit
    counted: Counted
    first: date
    """It holds for events from this day on."""
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class TermEnd:
    """The last day of a term and how it came about."""

    term: Term
    start: date
    day: date
    plain: date
    """The last day by the calendar alone."""
    passed: tuple[SpecialDay, ...]
    """Holidays that the end was moved over."""
    provisional: bool
    """True when days equated by royal decision are not yet known for this day: look again later."""

    @property
    def moved(self) -> bool:
        """True when the last day is another than the calendar alone says."""
        return self.day != self.plain

    @property
    def words(self) -> Words:
        """The last day, and why it is not the plain one."""
        day = day_in_words(self.day, year=True)
        if not self.moved or self.term.counted is Counted.WORKING_DAYS:
            return Words(f"Tot en met {day.nl}.", f"Up to and including {day.en}.")
        plain = day_in_words(self.plain)
        names = joined([one.name for one in self.passed]) if self.passed else Words("weekend", "a weekend")
        return Words(
            f"Tot en met {day.nl}, niet {plain.nl}: {names.nl}.",
            f"Up to and including {day.en}, not {plain.en}: {names.en}.",
        )


def term_end(name: str, start: date, terms: Mapping[str, tuple[Term, ...]], calendar: Calendar) -> TermEnd:
    """The last day of the term `name` whose event was on `start`; the day of the event does not count.

    For a term counted back `start` is the event, and the answer is the last day before it on which the thing
    can be done. Raises Refused for a term or a day that the data do not cover.
    """
    known = [term for term in terms.get(name, ()) if term.first <= start]
    if not known:
        raise Refused(_no_term(name, start))
    term = max(known, key=lambda one: one.first)
    try:
        plain, day = _ends(term, start, calendar.terms)
    except NotCovered as gap:
        raise Refused(no_holidays(gap.day)) from gap
    moves = term.counted in (Counted.WORKING_DAYS, Counted.IN_FAVOUR) or (
        term.counted is Counted.STATUTORY and is_extended(term.length, term.unit)
    )
    until = calendar.equated_until
    return TermEnd(
        term, start, day, plain, _passed(plain, day, calendar), moves and until is not None and day > until
    )


def _ends(term: Term, start: date, holidays: DaySet) -> tuple[date, date]:
    """The last day by the calendar alone, and the last day."""
    if term.counted is Counted.BACKWARD:
        back = _back(start, term.length, term.unit)
        return back, back
    if term.counted is Counted.WORKING_DAYS:
        end = add_working_days(start, term.length, holidays)
        return end, end
    plain = plain_term_end(start, term.length, term.unit)
    if term.counted is Counted.STATUTORY:
        return plain, statutory_term_end(start, term.length, term.unit, holidays)
    if term.counted is Counted.IN_FAVOUR:
        return plain, next_working_day(plain, holidays)
    return plain, plain


def _back(event: date, length: int, unit: Unit) -> date:
    if unit is Unit.DAYS:
        return event - timedelta(days=length)
    if unit is Unit.WEEKS:
        return event - timedelta(weeks=length)
    return add_months(event, -length * (12 if unit is Unit.YEARS else 1))


def _passed(plain: date, day: date, calendar: Calendar) -> tuple[SpecialDay, ...]:
    """The holidays from the plain end up to the day before the end, each day once."""
    found = {
        one.day: one
        for one in calendar.special_days
        if plain <= one.day < day and one.kind is not SpecialKind.BANK_CLOSED
    }
    return tuple(found[when] for when in sorted(found))


def in_tenants_favour(start: date, days: int, holidays: DaySet) -> date:
    """`days` after `start`, or the next working day: a term that may always be longer, never shorter.

    Raises Refused where no holidays are known.
    """
    try:
        return next_working_day(start + timedelta(days=days), holidays)
    except NotCovered as gap:
        raise Refused(no_holidays(gap.day)) from gap


def no_holidays(day: date) -> Problem:
    """The Problem of a term that runs into days of which nobody looked up the holidays."""
    said = day_in_words(day, year=True)
    return Problem(
        "no-holidays-known",
        Words(
            f"Deze termijn is niet te berekenen: de feestdagen rond {said.nl} zijn niet bekend.",
            f"This term cannot be computed: the holidays around {said.en} are not known.",
        ),
        Words("Vul de feestdagen aan in holidays.toml.", "Add the holidays to holidays.toml."),
        value=day.isoformat(),
    )


def _no_term(name: str, start: date) -> Problem:
    said = day_in_words(start, year=True)
    return Problem(
        "no-such-term",
        Words(f"Op {said.nl} kennen we deze termijn niet.", f"On {said.en} this term is not known."),
        Words("Vul hem aan in terms.toml.", "Add it to terms.toml."),
        value=name,
    )


# --- lapse of rent claims ---


def lapse_day(due: date, interruptions: tuple[date, ...] = (), years: int = 5) -> date:
    """The last day on which a rent claim can still be demanded (BW 3:308, 317-319).

    The term of five years starts the day after the claim became due, so its last day is the due day five
    years on. A written demand, or a plan that the tenant signed, starts a new one the next day; interruptions
    after the claim lapsed change nothing. Not extended: terms in years are not (Algemene termijnenwet art. 4).
    """
    last = add_months(due, 12 * years)
    for day in sorted(interruptions):
        if due <= day <= last:
            last = max(last, add_months(day, 12 * years))
    return last
