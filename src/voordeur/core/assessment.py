"""The assessment of one household on one day: what the nightly run and the imports call per tenancy."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from voordeur.core.ageing import STANDARD, Ageing, Bucket, ageing
from voordeur.core.arrears import NO_CODES, Standing, Undone, standing, undone_days, undone_payment
from voordeur.core.calendar import Calendar
from voordeur.core.facts import ANY_TENANCY, NOTHING_RECORDED, Contacts, Facts, Tenancy, gather
from voordeur.core.ledger import DayTotals, Entry, Kind, Position, Replay, known_by
from voordeur.core.pattern import Pattern, payment_pattern
from voordeur.core.pauses import Pause
from voordeur.core.policy import Policy, Recommendation, Urgency, recommend, urgency
from voordeur.core.signals import Signal, signals

Advise = Callable[[Policy, Facts], Recommendation]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything a work list or a tenancy page needs to know about one household on one day."""

    on: date
    totals: DayTotals
    credit: int
    """Cents paid that no charge has taken yet."""
    ageing: Ageing
    pattern: Pattern
    standing: Standing
    signals: tuple[Signal, ...]
    """The leading signal first."""
    facts: Facts
    recommendation: Recommendation
    urgency: Urgency
    last_payment: Entry | None
    """The newest payment that was not undone."""


def assess(
    entries: Iterable[Entry],
    on: date,
    policy: Policy,
    calendar: Calendar,
    *,
    known: date | None = None,
    pauses: Sequence[Pause] = (),
    tenancy: Tenancy = ANY_TENANCY,
    contacts: Contacts = NOTHING_RECORDED,
    reversal_codes: Mapping[str, str] = NO_CODES,
    buckets: Sequence[Bucket] = STANDARD,
) -> Assessment:
    """Assess one household at the end of day `on`, with what was known by `known` (default: everything).

    `pauses` must be normalised; `reversal_codes` gives the bank's reason (AM04, ...) per id of a reversal.
    Raises NotCovered when the holiday data do not reach the days that are needed, ValueError when two entries
    share an id.
    """
    limits = policy.limits
    replay, counted, reversals = Replay(), known_by(entries, on, known), []
    for entry in counted:
        replay.add(entry)
        if entry.kind is Kind.REVERSAL:
            reversals.append(entry)
    at = replay.position(on)
    pattern = payment_pattern(
        at.charges,
        on,
        limits,
        method=tenancy.method,
        reversed_payments=undone_days(reversals, counted),
        contacts=contacts.contact_days,
    )
    open_ones = Position(on, tuple(at.open_charges), at.credits)  # paid ones add nothing
    read = Read(
        at,
        pattern,
        replay.totals(on),
        ageing(open_ones, buckets, pauses),
        undone_payment(counted, at, limits, reversal_codes) if reversals else None,
    )
    return assess_read(read, policy, calendar, pauses=pauses, tenancy=tenancy, contacts=contacts)


class Read(NamedTuple):
    """What was read of a ledger on a day."""

    at: Position
    pattern: Pattern
    totals: DayTotals
    ageing: Ageing
    undone: Undone | None = None


def assess_read(
    read: Read,
    policy: Policy,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    tenancy: Tenancy = ANY_TENANCY,
    contacts: Contacts = NOTHING_RECORDED,
    advise: Advise = recommend,
) -> Assessment:
    """The assessment that follows from what was read; the arguments are those of `assess`.

    Of the position it is enough to hold the charges that are open; those that were paid late in the uninterrupted time
    before, or in the last three months; all rent that fell due in the months in which some is overdue; the money that
    is left, the newest two payments, and those since a week before the first of these charges was due. Nothing else is
    looked at. `advise` may remember what it advised on the same facts.
    """
    at, pattern, undone, limits = read.at, read.pattern, read.undone, policy.limits
    stand = standing(at, pattern, limits, calendar, pauses=pauses, undone=undone)
    found = signals(at, pattern, stand, limits, undone)
    facts = gather(at, pattern, stand, found, limits, tenancy, contacts, undone)
    return Assessment(
        on=at.on,
        totals=read.totals,
        credit=at.credit,
        ageing=read.ageing,
        pattern=pattern,
        standing=stand,
        signals=tuple(found),
        facts=facts,
        recommendation=advise(policy, facts),
        urgency=urgency(policy, facts),
        last_payment=at.last_payment,
    )
