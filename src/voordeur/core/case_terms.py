"""When things in a case are due: terms that its events started, and the deadlines of its present state.

Terms that only bind us may always be longer, so a last day that is no working day runs on; what the
Algemene termijnenwet governs goes by `core/calendar.py`. Every function raises Refused, or NotCovered, where
no holidays are known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from voordeur.core.calendar import Unit, add_months, statutory_term_end
from voordeur.core.case_values import Case, CaseLaw, Duty, HoldReason, State
from voordeur.core.terms import in_tenants_favour
from voordeur.core.words import Words


def reaction_until(case: Case, law: CaseLaw) -> date | None:
    """The last day on which the tenant can still react to the first offer; None while none was sent."""
    offers = (one for one in case.proofs if one.duty is Duty.OFFER)
    arrived = min((max(one.delivered or one.day, one.promised or one.day) for one in offers), default=None)
    return in_tenants_favour(arrived, law.reaction_days, law.calendar.terms) if arrived else None


def costs_from(case: Case, law: CaseLaw) -> date | None:
    """The first day on which costs may be added: the day after the free term; None without a letter."""
    if case.letter_delivered is None:
        return None
    free = in_tenants_favour(case.letter_delivered, law.letter_days, law.calendar.terms)
    return free + timedelta(days=1)


def summons_from(case: Case, law: CaseLaw) -> date | None:
    """The first day on which the signal is old enough for a summons; None without a signal."""
    return case.first_signal.day + timedelta(days=law.summons_days) if case.first_signal else None


def comply_until(day: date, law: CaseLaw) -> date:
    """The last day to leave by the writ of `day`: three days (Rv 555), by the Algemene termijnenwet."""
    return statutory_term_end(day, law.eviction_notice_days, Unit.DAYS, law.calendar.terms)


def longest_hold(reason: HoldReason, since: date, law: CaseLaw) -> date:
    """The last day that a hold for this reason can have."""
    if reason in law.hold_months:
        return add_months(since, law.hold_months[reason])
    return since + timedelta(days=law.hold_days[reason])


class TermKind(StrEnum):
    """Whose term it is: that says what a day that has passed means."""

    DEADLINE = "deadline"
    """We have to do something by then; while nobody did, it stays."""
    TARGET = "target"
    """Our own aim; once it has passed the work lists say what to do."""
    THEIRS = "theirs"
    """The tenant has until then, or we may from then on; once it has passed there is nothing to keep."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something must have happened, or from which something may."""

    day: date
    words: Words
    basis: str
    statutory: bool = False
    """True when an Act or decree sets it; otherwise it is an agreement or our own target."""
    kind: TermKind = TermKind.DEADLINE


def deadlines(case: Case, law: CaseLaw) -> list[Deadline]:
    """The days that matter in the present state, soonest first."""
    found = _DEADLINES.get(case.state)
    return sorted(found(case, law), key=lambda one: one.day) if found else []


def _overdue(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    if case.overdue_since is not None:
        yield Deadline(
            case.overdue_since + timedelta(days=law.contact_by_days),
            Words("Eerste poging om contact te krijgen", "First attempt to get in touch"),
            "eigen keuze",
            kind=TermKind.TARGET,
        )


def _contacting(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    if case.overdue_since is not None:
        yield Deadline(
            case.overdue_since + timedelta(days=law.visit_by_days), Words("Langsgaan", "Visit"), "eigen keuze",
            kind=TermKind.TARGET,
        )  # fmt: skip
    yield from _unanswered(case, law)


def _reminded(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    until = reaction_until(case, law)
    if until is not None:
        yield Deadline(
            until,
            Words("Tot en met deze dag kan de huurder reageren", "The tenant can react up to and including"),
            "Bgs art. 2 onder d",
            kind=TermKind.THEIRS,
        )
    yield from _unanswered(case, law)


def _planned(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    if case.plan_until is not None:
        yield Deadline(case.plan_until, Words("Einde van de regeling", "End of the plan"), "afspraak")


def _paid(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    if case.since is not None and any(one.open for one in case.signals):
        yield Deadline(
            case.since,
            Words("Alles is betaald: trek de melding in", "All is paid: withdraw the signal"),
            "AVG art. 5 lid 1 onder d",
        )


def _unanswered(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    """A signal waits for its answer, whatever the household and we do meanwhile."""
    sent = case.signal
    if sent is not None and sent.answer is None:
        yield Deadline(
            sent.day + timedelta(days=law.chase_days),
            Words("Vraag de gemeente hoe het staat", "Ask the municipality how it stands"),
            "Landelijk Convenant Vroegsignalering",
        )


def _waiting(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    yield from _unanswered(case, law)
    first = summons_from(case, law)
    if first is not None:
        yield Deadline(
            first, Words("Dagvaarden kan vanaf", "A summons is possible from"), "rechtspraak over Bgs art. 2",
            kind=TermKind.THEIRS,
        )  # fmt: skip


def _paused(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    if case.pause_until is not None:
        yield Deadline(
            case.pause_until,
            Words("Einde van de pauze: kijk opnieuw", "End of the pause: look again"),
            "Landelijk Convenant Vroegsignalering",
        )


def _lettered(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    yield from _waiting(case, law)
    first = costs_from(case, law)
    if first is not None:
        yield Deadline(
            first - timedelta(days=1),
            Words(
                "Tot en met deze dag betaalt de huurder zonder kosten", "The tenant pays without costs until"
            ),
            "BW 6:96 lid 6",
            statutory=True,
            kind=TermKind.THEIRS,
        )


def _in_court(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    if case.respite_until is not None:
        yield Deadline(
            case.respite_until,
            Words("Tot en met deze dag kan de huurder nog betalen", "The tenant can still pay until"),
            "BW 7:280",
            statutory=True,
            kind=TermKind.THEIRS,
        )


def _evicting(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    if case.eviction_day is not None:
        yield Deadline(case.eviction_day, Words("Ontruiming", "Eviction"), "Rv 555", statutory=True)


def _held(case: Case, law: CaseLaw) -> Iterator[Deadline]:
    for hold in case.holds:
        if hold.released is None:
            yield Deadline(
                hold.until,
                Words("Einde van de onderbreking", "End of the hold"),
                "Fw 287b; Wgs art. 5; eigen keuze",
                statutory=hold.reason in law.hold_months,
            )


_DEADLINES = {
    State.CURRENT: _paid,
    State.OVERDUE: _overdue,
    State.CONTACTING: _contacting,
    State.IN_TALK: _unanswered,
    State.REMINDED: _reminded,
    State.SIGNAL_ELIGIBLE: _unanswered,
    State.BLOCKED_OBJECTION: _unanswered,
    State.PLAN_ACTIVE: _planned,
    State.SIGNALLED: _waiting,
    State.PAUSED: _paused,
    State.FOURTEEN_DAY_LETTER: _lettered,
    State.PRE_COURT: _waiting,
    State.IN_COURT: _in_court,
    State.EVICTION_PLANNED: _evicting,
    State.ON_HOLD: _held,
}
