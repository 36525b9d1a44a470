"""How long something may be kept: which records are due on a day, and why the others are not (GDPR art. 5(1)(e))."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from voordeur.core.calendar import add_months
from voordeur.core.words import Words


class Fate(StrEnum):
    """What happens to a record when its term is over."""

    ERASE = "erase"
    ANONYMISE = "anonymise"
    """What points to a person goes; amounts, days and codes stay."""
    BY_HAND = "by_hand"
    """It is not in the database: somebody throws it away."""
    KEEP = "keep"
    """It stays, and the table says why."""


class Moment(StrEnum):
    """From which moment a term is counted."""

    CASE_CLOSED = "case_closed"
    """The end of the case it belongs to; of what belongs to no case, the day it is about."""
    TENANCY_ENDED = "tenancy_ended"
    LAST_ENTRY = "last_entry"
    """The end of the tenancy, or the last booking when that is later."""
    WRITTEN = "written"
    """The day it came in or was written down."""
    REPLACED = "replaced"
    """The day something newer took its place, or that it was withdrawn; at the latest the end of the tenancy."""
    LAST_SEEN = "last_seen"
    """The last time that it was seen or needed."""
    EXPIRED = "expired"
    """The day on which it ended."""
    ANSWERED = "answered"
    """The day on which the answer was given."""
    ALWAYS = "always"
    """No term: it is kept."""


class Holdback(StrEnum):
    """Why a record stays although its term is over; the weightiest first."""

    COURT_FILE = "court_file"
    """The household has a case before the court: nobody destroys what a judge may ask for."""
    RUNNING_CASE = "running_case"
    OPEN_REQUEST = "open_request"
    """Somebody of the household asked what is kept, or asked to correct or erase it: first the answer."""
    FORMER_DEBT = "former_debt"
    """A former tenant still owes something, or it is not known how the ledger stands."""
    UNDECIDED = "undecided"
    """It waits for somebody to decide."""
    NEEDED = "needed"
    """Something that is still kept cannot do without it."""


STRUCTURAL = frozenset({Holdback.UNDECIDED, Holdback.NEEDED})
"""These hold whatever the table says; the others hold where a rule names them."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One row of the retention table."""

    name: str
    what: Words
    """Which data."""
    whose: Words
    """Of whom."""
    tables: tuple[str, ...]
    """Models that it is about; none when it is about files."""
    fate: Fate
    months: int
    days: int
    """The term is in months or in days; both 0 when it is kept."""
    moment: Moment
    holds: frozenset[Holdback]
    """What keeps it although the term is over."""
    basis: Words
    """On which ground it may be kept so long (GDPR art. 6), and why not longer."""
    source: str
    trust: str

    @property
    def is_carried_out(self) -> bool:
        """True when the program itself erases what is due, or makes it anonymous."""
        return self.fate in (Fate.ERASE, Fate.ANONYMISE)

    @property
    def term(self) -> Words:
        """The term in words."""
        if not self.months and not self.days:
            return Words("geen", "none")
        if self.days:
            return _many(self.days, Words("dag", "day"), Words("dagen", "days"))
        if self.months % 12:
            return _many(self.months, Words("maand", "month"), Words("maanden", "months"))
        return _many(self.months // 12, Words("jaar", "year"), Words("jaar", "years"))


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that is kept: what a rule needs to know of it."""

    id: str
    since: date | None
    """The day its term is counted from; None when that day has not come."""
    held: frozenset[Holdback] = frozenset()
    """Everything that is so of it, whether the rule names it or not."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The records of one rule on one day."""

    due: tuple[Record, ...]
    held: tuple[tuple[Holdback, int], ...]
    """Records whose term is over and that stay: how many for which reason, each under its weightiest."""

    @property
    def oldest(self) -> date | None:
        """The day that the oldest due record is counted from."""
        return min((one.since for one in self.due if one.since), default=None)


def last_day(rule: RetentionRule, since: date) -> date | None:
    """The last day on which something counted from `since` may be kept; None when it has no end."""
    if rule.fate is Fate.KEEP:
        return None
    return add_months(since, rule.months) + timedelta(days=rule.days)


def newest_due(rule: RetentionRule, day: date) -> date | None:
    """The newest day from which something may be counted to be due on `day`: its term ended the day before or earlier.

    None when the rule keeps what it is about. Months have different lengths: several days can end on the same one.
    """
    if rule.fate is Fate.KEEP:
        return None
    newest = add_months(day - timedelta(days=1 + rule.days), -rule.months)
    while add_months(newest + timedelta(days=1), rule.months) + timedelta(days=rule.days) < day:
        newest += timedelta(days=1)
    return newest


def is_over(rule: RetentionRule, since: date | None, day: date) -> bool:
    """Is the term of something counted from `since` over on `day`? On its last day it is not."""
    end = last_day(rule, since) if since else None
    return end is not None and end < day


def why_kept(rule: RetentionRule, record: Record) -> Holdback | None:
    """The weightiest reason why this record stays although its term is over; None when nothing keeps it."""
    counting = record.held & (rule.holds | STRUCTURAL)
    return next((reason for reason in Holdback if reason in counting), None)


def sift(rule: RetentionRule, records: Iterable[Record], day: date) -> Sifted:
    """Which of these records are due on `day`, and what keeps the others whose term is over."""
    due, held = [], Counter[Holdback]()
    for record in records:
        if not is_over(rule, record.since, day):
            continue
        reason = why_kept(rule, record)
        if reason is None:
            due.append(record)
        else:
            held[reason] += 1
    return Sifted(tuple(due), tuple((reason, held[reason]) for reason in Holdback if held[reason]))


def _many(count: int, one: Words, more: Words) -> Words:
    said = one if count == 1 else more
    return Words(f"{count} {said.nl}", f"{count} {said.en}")


# --- in words ---------------------------------------------------------------------------------------------------

FATE_WORDS = {
    Fate.ERASE: Words("gewist", "erased"),
    Fate.ANONYMISE: Words("anoniem gemaakt", "made anonymous"),
    Fate.BY_HAND: Words("weggegooid door de beheerder", "thrown away by the administrator"),
    Fate.KEEP: Words("bewaard", "kept"),
}
MOMENT_WORDS = {
    Moment.CASE_CLOSED: Words(
        "het einde van de zaak; zonder zaak de dag waar het over gaat",
        "the end of the case; without a case the day it is about",
    ),
    Moment.TENANCY_ENDED: Words("het einde van de huur", "the end of the tenancy"),
    Moment.LAST_ENTRY: Words(
        "het einde van de huur, of de laatste boeking als die later is",
        "the end of the tenancy, or the last booking when that is later",
    ),
    Moment.WRITTEN: Words("de dag waarop het binnenkwam", "the day it came in"),
    Moment.REPLACED: Words(
        "de dag waarop iets nieuwers ervoor in de plaats kwam, of het einde van de huur",
        "the day something newer took its place, or the end of the tenancy",
    ),
    Moment.LAST_SEEN: Words(
        "de dag waarop het voor het laatst voorkwam", "the day on which it last occurred"
    ),
    Moment.EXPIRED: Words("de dag waarop het afliep", "the day it ended"),
    Moment.ANSWERED: Words("de dag van het antwoord", "the day of the answer"),
    Moment.ALWAYS: Words("geen termijn", "no term"),
}
HOLDBACK_WORDS = {
    Holdback.COURT_FILE: Words("De zaak ligt bij de rechter.", "The case is before the court."),
    Holdback.RUNNING_CASE: Words("Er loopt een zaak.", "A case is running."),
    Holdback.OPEN_REQUEST: Words(
        "De bewoner heeft iets over de eigen gegevens gevraagd; eerst komt het antwoord.",
        "The tenant asked something about the own data; the answer comes first.",
    ),
    Holdback.FORMER_DEBT: Words(
        "Een vertrokken huurder heeft nog een schuld, of de stand is niet bekend.",
        "A former tenant still owes something, or the standing is not known.",
    ),
    Holdback.UNDECIDED: Words("Iemand moet er nog over beslissen.", "Somebody still has to decide on it."),
    Holdback.NEEDED: Words(
        "Iets anders dat nog bewaard wordt, heeft het nodig.", "Something else that is still kept needs it."
    ),
}
