"""What must be said about a case before somebody takes a step: it is allowed, and yet take care."""

from collections.abc import Iterator
from datetime import date, timedelta

from voordeur.core.case_table import Caution
from voordeur.core.case_values import Case, CaseLaw, Circumstances, EventKind, HoldReason, State
from voordeur.core.case_words import CAUTION_WORDS
from voordeur.core.terms import lapse_day
from voordeur.core.words import Words


def warnings(case: Case, at: Circumstances, law: CaseLaw) -> list[Words]:
    """Everything to take care of on `at.on`, as sentences."""
    found = cautions(case, at, law)
    return [CAUTION_WORDS[one] for one in Caution if one in found]


def cautions(case: Case, at: Circumstances, law: CaseLaw) -> frozenset[Caution]:
    """Everything to take care of on `at.on`."""
    return frozenset((*_about_money(case, at, law), *_about_signals(case, at, law), *_about_holds(case, at)))


def _about_money(case: Case, at: Circumstances, law: CaseLaw) -> Iterator[Caution]:
    if at.oldest_due is not None and lapse_day(at.oldest_due, _interrupted(case), law.lapse_years) < at.on:
        yield Caution.LAPSED
    if case.disputed > 0:
        yield Caution.DISPUTED
    if case.clause_doubted:
        yield Caution.CLAUSE
    if case.administrator:
        yield Caution.ADMINISTRATOR
    if at.agreement is not None and 0 < at.amount < at.agreement.floor:
        yield Caution.BELOW_FLOOR


def _interrupted(case: Case) -> tuple[date, ...]:
    """The days on which this case began the term of lapse anew: a written demand that arrived, a plan agreed on."""
    letters = (EventKind.REMINDER_SENT, EventKind.LETTER_SENT)
    return tuple(
        one.delivered or one.day
        for one in case.history
        if one.kind is EventKind.PLAN_AGREED
        or (one.kind in letters and case.letter_named(one.evidence) is not None)
    )


def _about_signals(case: Case, at: Circumstances, law: CaseLaw) -> Iterator[Caution]:
    sent = case.signal
    if sent is None and case.objection is not None:
        yield Caution.NO_SIGNAL
    if sent is not None and sent.day + timedelta(days=law.stale_days) < at.on:
        yield Caution.STALE_SIGNAL
    if sent is not None and at.amount < sent.amount:
        yield Caution.LOWER_SIGNAL
    if sent is not None and sent.answer is None and sent.day + timedelta(days=law.chase_days) < at.on:
        yield Caution.UNANSWERED
    if sent is not None and sent.open and case.objection is not None:
        yield Caution.LATE_OBJECTION
    if case.eviction_set is not None and not _crisis_told(case):
        yield Caution.CRISIS


def _crisis_told(case: Case) -> bool:
    """True when a crisis signal followed the newest announcement of an eviction."""
    for event in reversed(case.history):
        if event.kind is EventKind.CRISIS_SIGNAL:
            return True
        if event.kind is EventKind.EVICTION_DATED:
            return False
    return True


def _about_holds(case: Case, at: Circumstances) -> Iterator[Caution]:
    running = {one.reason for one in case.holds_on(at.on)}
    if case.state is State.ON_HOLD and not running:
        yield Caution.HOLD_OVER
    if HoldReason.COOLING_OFF in running:
        yield Caution.COOLING_OFF
    if running & {HoldReason.MORATORIUM, HoldReason.DEBT_SCHEME} and not at.current_rent_paid:
        yield Caution.RENT_IN_MORATORIUM
