"""When this household usually pays, month by month, and which months were different. Pure: from a file to figures."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from voordeur.core.pattern import RentMonth, rent_months
from voordeur.core.words import month_in_words
from voordeur.store.queries import TenancyFile
from voordeur.web.templatetags.voordeur import language

MONTHS = 24
NAMED = 3
"""Departures named one by one; more of them are counted."""
_LATEST_HABIT = 21
"""Days: whoever pays later than this has no habit but trouble."""
_HIGHEST = 45
"""Days: later than this is drawn at this height; the words and the table say how late."""


class State(StrEnum):
    """How one month went."""

    USUAL = "usual"
    LATE = "late"
    PART = "part"
    NOTHING = "nothing"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Month:
    """The rent of one month."""

    due: date
    amount: int
    open: int
    days: int | None
    """Days from due to paid; of a part, to its first payment; None when nothing was paid."""
    height: int
    """Days as drawn: for what is still open, the days so far."""
    state: State

    @property
    def departs(self) -> bool:
        """True for a month that deserves words in the chart."""
        return self.state in (State.LATE, State.PART, State.NOTHING)

    @property
    def in_words(self) -> str:
        """`oktober: een deel, op dag 14`."""
        name = month_in_words(self.due).in_language(language())
        if self.state is State.NOTHING:
            return _("%(month)s: nog niets") % {"month": name}
        if self.state is State.PART:
            return _("%(month)s: een deel, op dag %(days)s") % {"month": name, "days": self.days}
        return _("%(month)s: op dag %(days)s") % {"month": name, "days": self.days}


@dataclass(frozen=True, slots=True)
class Pattern:
    """The last months together."""

    months: tuple[Month, ...]
    usual_to: int
    """Days after the due day within which this household usually has paid."""

    @property
    def departures(self) -> int:
        """How many months were late, paid in part or not paid."""
        return sum(1 for one in self.months if one.departs)

    @property
    def departures_in_words(self) -> str:
        """`18 maanden te laat, of nog niet alles`: when there are too many to name."""
        return ngettext(
            "%(n)s maand te laat, of nog niet alles",
            "%(n)s maanden te laat, of nog niet alles",
            self.departures,
        ) % {"n": self.departures}

    @property
    def usual_months(self) -> int:
        """How many months were paid as usual."""
        return sum(1 for one in self.months if one.state is State.USUAL)

    @property
    def usual_in_words(self) -> str:
        """`22 maanden: binnen 4 dagen betaald`."""
        if self.usual_to <= 0:
            return ngettext(
                "%(n)s maand: op tijd betaald", "%(n)s maanden: op tijd betaald", self.usual_months
            ) % {"n": self.usual_months}
        return ngettext(
            "%(n)s maand: binnen %(days)s dagen betaald",
            "%(n)s maanden: binnen %(days)s dagen betaald",
            self.usual_months,
        ) % {"n": self.usual_months, "days": self.usual_to}

    @property
    def in_words(self) -> str:
        """What the chart shows, for whoever cannot see it."""
        said = [self.usual_in_words] if self.usual_months else []
        if self.departures > NAMED:
            said.append(self.departures_in_words)
        else:
            said += [one.in_words for one in self.months if one.departs]
        return ". ".join(said) + "."


def payment_pattern(file: TenancyFile) -> Pattern:
    """The rent of the last months, as it stood on the day of the file."""
    months = rent_months(file.position.charges, file.on)[-MONTHS:]
    paid = sorted(month.days for month in months if month.days is not None)
    usual_to = min(_LATEST_HABIT, max(0, paid[(len(paid) - 1) * 3 // 4])) if paid else 0
    return Pattern(tuple(_month(month, usual_to, file.on) for month in months), usual_to)


def _month(rent: RentMonth, usual_to: int, on: date) -> Month:
    days = rent.days
    if days is not None:
        state = State.USUAL if days <= usual_to + 2 else State.LATE
    elif rent.due >= on:
        state = State.NOT_DUE
    elif rent.first_paid_on is not None:
        days = (rent.first_paid_on - rent.due).days
        state = State.PART
    else:
        state = State.NOTHING
    so_far = (on - rent.due).days if days is None else days
    return Month(rent.due, rent.amount, rent.open, days, max(-5, min(_HIGHEST, so_far)), state)
