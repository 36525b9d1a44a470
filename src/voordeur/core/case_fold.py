"""What each event changes in a case. Nothing here asks whether it may: that is `core/cases.py`.

The history decides: the same events in the same order always make the same case.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from voordeur.core.case_table import Where, row_of
from voordeur.core.case_values import (
    CLOSING_ANSWERS,
    Answer,
    Attempt,
    Case,
    Duty,
    Event,
    EventKind,
    Help,
    Hold,
    HoldReason,
    Outcome,
    Proof,
    SentSignal,
    State,
)
from voordeur.core.contacts import Channel
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

Changes = dict[str, Any]
_NO_EVICTION: Changes = {"eviction_day": None, "eviction_set": None, "college_informed": None}
_NO_LETTER: Changes = {"letter_delivered": None, "letter_fee": 0, "letter_charged": False}
_NO_PLAN: Changes = {"plan_until": None, "plan_missed": None}


def fold(events: Iterable[Event], case: Case | None = None) -> Case:
    """The case that a history adds up to. Raises Refused when the history holds what cannot have happened."""
    made = Case() if case is None else case
    for event in events:
        made = apply(made, event)
    return made


def apply(case: Case, event: Event) -> Case:
    """The case after one event, without asking whether it was allowed. Raises Refused when no row leads on."""
    row = row_of(case.state, event.kind)
    if row is None:
        raise Refused(_broken(case, event))
    change = _CHANGES.get(event.kind)
    changes: Changes = {} if change is None else change(case, event)
    last = event.day if case.last_day is None else max(case.last_day, event.day)
    changed = replace(case, history=(*case.history, event), last_day=last, **changes)
    to = _target(case, changed, row.to, event)
    if to is case.state and event.kind not in _NEW_STRETCH:
        return changed
    return replace(changed, state=to, since=event.day)


_NEW_STRETCH = frozenset({EventKind.EVICTION_DATED, EventKind.LETTER_SENT})


def _target(before: Case, after: Case, to: State | Where, event: Event) -> State:
    """The state a row leads to, with the three rows whose end depends on what the event changed."""
    if event.kind is EventKind.OBJECTED and after.objection is None:
        return before.state
    if event.kind is EventKind.CONSENTED and after.objection is not None:
        return before.state
    if to is Where.BEFORE_HOLD:
        return _back(after, event.day)
    return before.state if to is Where.SAME else State(to)


_EARLY = frozenset({State.OVERDUE, State.CONTACTING, State.IN_TALK, State.REMINDED, State.SIGNAL_ELIGIBLE})


def _back(case: Case, on: date) -> State:
    """Where a case goes after a hold: where it was, looked at anew."""
    if case.holds_on(on):
        return State.ON_HOLD
    was = case.before_hold or State.OVERDUE
    if was in _EARLY and case.objection is not None:
        return State.BLOCKED_OBJECTION
    if was is State.SIGNAL_ELIGIBLE:
        return State.REMINDED
    return State.IN_COURT if was is State.EVICTION_PLANNED else was


def _opened(case: Case, event: Event) -> Changes:
    """The same arrears in another case are no way round an objection, nor round the limit on costs."""
    carried: Changes = {"objection": event.objected, "costs": event.fee}
    return carried | {"overdue_since": event.since or event.day, "previous": event.previous}


def _fell_back(case: Case, event: Event) -> Changes:
    """Money that was taken back opens the same arrears. Rent that fell due after all was paid is other arrears:
    nobody was reminded of those, spoken to or judged for them, so what was done before counts no more.
    """
    if event.since is None or case.since is None or event.since < case.since:
        return {}
    court: Changes = {"title": None, "respite_until": None, "proposed_by": ""}
    done: Changes = {"attempts": (), "proofs": (), "consent": None}
    return {"overdue_since": event.since} | done | court


def _paid_off(case: Case, event: Event) -> Changes:
    rest: Changes = {"pause_until": None, "before_hold": None, "bundle": None, "disputed": 0, "costs": 0}
    return rest | _NO_EVICTION | _NO_LETTER | _NO_PLAN


def _attempted(case: Case, event: Event) -> Changes:
    reached = event.kind is EventKind.SPOKE
    tried = Attempt(event.day, event.channel or Channel.OTHER, event.part, reached)
    changes: Changes = {"attempts": (*case.attempts, tried)}
    if event.help_told:
        changes["proofs"] = (*case.proofs, Proof(Duty.HELP, event.day, event.evidence))
    return changes


def _help_pointed(case: Case, event: Event) -> Changes:
    return {"proofs": (*case.proofs, Proof(Duty.HELP, event.day, event.evidence))}


def _reminded(case: Case, event: Event) -> Changes:
    duties = [Duty.REMINDER]
    duties += [Duty.OFFER] if event.offer else []
    duties += [Duty.HELP] if event.help_told else []
    promised = event.delivered if event.presumed else None
    found = [
        Proof(duty, event.day, event.evidence, event.delivered, event.presumed, promised) for duty in duties
    ]
    return {"proofs": (*case.proofs, *found)}


def _arrived(case: Case, event: Event) -> Changes:
    """From now on the recorded day counts, but no term ends before the day that the letter itself names."""
    letter = case.letter_named(event.evidence)
    if letter is None:
        return {}
    if letter.kind is EventKind.LETTER_SENT:
        counted = max(
            filter(None, (event.delivered, letter.delivered if letter.presumed else None)), default=None
        )
        return {"letter_delivered": counted} if _counts(case, letter) else {}
    proofs = (
        replace(one, delivered=event.delivered, presumed=False) if _rests_on(one, letter) else one
        for one in case.proofs
    )
    return {"proofs": tuple(proofs)}


def _failed(case: Case, event: Event) -> Changes:
    """What rested on the letter falls away, and the evidence that was approved with it."""
    letter = case.letter_named(event.evidence)
    if letter is None:
        return {}
    if letter.kind is EventKind.LETTER_SENT:
        return {"letter_delivered": None, "letter_fee": 0} if _counts(case, letter) else {}
    return {"proofs": tuple(one for one in case.proofs if not _rests_on(one, letter)), "bundle": None}


def _counts(case: Case, letter: Event) -> bool:
    """True for the newest costs letter, as long as it was not undone by payment or a plan."""
    newest = next(one for one in reversed(case.history) if one.kind is EventKind.LETTER_SENT)
    return newest is letter and case.letter_delivered is not None


def _rests_on(proof: Proof, letter: Event) -> bool:
    return proof.delivered is not None and (proof.day, proof.evidence) == (letter.day, letter.evidence)


def _objected(case: Case, event: Event) -> Changes:
    """An objection stands unless written consent came on a later day."""
    if case.consent is not None and case.consent > event.day:
        return {}
    return {"objection": max(event.day, case.objection or event.day), "consent": None}


def _consented(case: Case, event: Event) -> Changes:
    """Consent lifts an objection of the same day or before; a later objection stands."""
    if case.objection is not None and case.objection > event.day:
        return {}
    return {"objection": None, "consent": event.day}


def _disputed(case: Case, event: Event) -> Changes:
    return {"disputed": event.amount}


def _clause_judged(case: Case, event: Event) -> Changes:
    return {"clause_doubted": event.doubted}


def _plan_agreed(case: Case, event: Event) -> Changes:
    rest: Changes = {"plan_until": event.until, "plan_missed": None, "pause_until": None, "bundle": None}
    return rest | _NO_EVICTION | _NO_LETTER


def _plan_missed(case: Case, event: Event) -> Changes:
    return {"plan_missed": case.plan_missed or event.day}


def _plan_broken(case: Case, event: Event) -> Changes:
    return dict(_NO_PLAN)


def _signalled(case: Case, event: Event) -> Changes:
    sent = SentSignal(event.day, event.municipality, event.amount, event.evidence)
    return {"signals": (*case.signals, sent)}


def _answered(case: Case, event: Event) -> Changes:
    signals = tuple(
        one if one.withdrawn else replace(one, answer=event.answer, answered=event.day)
        for one in case.signals
    )
    return {"signals": signals, "help": _help_after(case.help, event.answer)}


def _help_after(help: Help, answer: Answer | None) -> Help:
    if answer is Answer.ALREADY_HELPED:
        return Help.ADMITTED
    if answer is Answer.HELP_ACCEPTED:
        return help if help is Help.ADMITTED else Help.ACCEPTED
    if answer in CLOSING_ANSWERS and help is not Help.NONE:
        return Help.ENDED
    return help


def _withdrawn(case: Case, event: Event) -> Changes:
    return {
        "signals": tuple(one if one.withdrawn else replace(one, withdrawn=event.day) for one in case.signals)
    }


def _pause_started(case: Case, event: Event) -> Changes:
    return {"pause_until": event.until, "bundle": None}


def _pause_extended(case: Case, event: Event) -> Changes:
    return {"pause_until": event.until, "help": Help.ADMITTED}


def _pause_ended(case: Case, event: Event) -> Changes:
    return {"pause_until": None, "help": case.help if case.help is Help.ADMITTED else Help.ENDED}


def _letter(case: Case, event: Event) -> Changes:
    return {"letter_delivered": event.delivered, "letter_fee": event.fee, "letter_charged": False}


def _charged(case: Case, event: Event) -> Changes:
    return {"costs": case.costs + event.fee, "letter_charged": True}


def _bundled(case: Case, event: Event) -> Changes:
    return {"bundle": event.day}


def _proposed(case: Case, event: Event) -> Changes:
    return {"proposed_by": event.by.id if event.by else ""}


def _no_court(case: Case, event: Event) -> Changes:
    return {"proposed_by": "", "bundle": None, "title": None, "respite_until": None}


def _title(case: Case, event: Event) -> Changes:
    return {"title": event.day, "respite_until": event.until}


def _dated(case: Case, event: Event) -> Changes:
    return {"eviction_day": event.eviction_day, "eviction_set": event.day, "college_informed": None}


def _informed(case: Case, event: Event) -> Changes:
    return {"college_informed": event.day}


def _called_off(case: Case, event: Event) -> Changes:
    return {"eviction_day": None, "college_informed": None}


def _held(case: Case, event: Event) -> Changes:
    reason = event.hold or HoldReason.DISPUTE
    hold = Hold(reason, event.day, event.until or event.day, event.owner)
    before = case.before_hold if case.state is State.ON_HOLD else case.state
    return {
        "holds": (*case.holds, hold),
        "before_hold": before,
        "administrator": case.administrator or reason is HoldReason.ADMINISTRATOR,
        "eviction_day": None,
        "college_informed": None,
    }


def _released(case: Case, event: Event) -> Changes:
    return {
        "holds": tuple(
            replace(one, released=event.day)
            if one.active(event.day) and event.hold in (None, one.reason)
            else one
            for one in case.holds
        )
    }


def _ended(outcome: Outcome) -> Callable[[Case, Event], Changes]:
    return lambda case, event: {"outcome": outcome}


_CHANGES: dict[EventKind, Callable[[Case, Event], Changes]] = {
    EventKind.OPENED: _opened,
    EventKind.FELL_BACK: _fell_back,
    EventKind.PAID_OFF: _paid_off,
    EventKind.ATTEMPTED: _attempted,
    EventKind.SPOKE: _attempted,
    EventKind.HELP_POINTED: _help_pointed,
    EventKind.REMINDER_SENT: _reminded,
    EventKind.OBJECTED: _objected,
    EventKind.CONSENTED: _consented,
    EventKind.DISPUTE_NOTED: _disputed,
    EventKind.CLAUSE_JUDGED: _clause_judged,
    EventKind.PLAN_AGREED: _plan_agreed,
    EventKind.PLAN_MISSED: _plan_missed,
    EventKind.PLAN_BROKEN: _plan_broken,
    EventKind.PLAN_ENDED: _plan_broken,
    EventKind.SIGNAL_SENT: _signalled,
    EventKind.CRISIS_SIGNAL: _signalled,
    EventKind.SIGNAL_ANSWERED: _answered,
    EventKind.SIGNAL_WITHDRAWN: _withdrawn,
    EventKind.PAUSE_STARTED: _pause_started,
    EventKind.PAUSE_EXTENDED: _pause_extended,
    EventKind.PAUSE_ENDED: _pause_ended,
    EventKind.LETTER_SENT: _letter,
    EventKind.LETTER_DELIVERED: _arrived,
    EventKind.LETTER_FAILED: _failed,
    EventKind.COSTS_ADDED: _charged,
    EventKind.BUNDLE_APPROVED: _bundled,
    EventKind.COURT_PROPOSED: _proposed,
    EventKind.COURT_DECLINED: _no_court,
    EventKind.TITLE_GIVEN: _title,
    EventKind.CLAIM_DISMISSED: _no_court,
    EventKind.EVICTION_DATED: _dated,
    EventKind.COLLEGE_INFORMED: _informed,
    EventKind.EVICTION_CALLED_OFF: _called_off,
    EventKind.HELD: _held,
    EventKind.RELEASED: _released,
    EventKind.CLOSED_PAID: _ended(Outcome.PAID),
    EventKind.WRITTEN_OFF: _ended(Outcome.WRITTEN_OFF),
    EventKind.SETTLED: _ended(Outcome.SETTLED),
    EventKind.EVICTED: _ended(Outcome.EVICTED),
    EventKind.TENANCY_ENDED: _ended(Outcome.LEFT),
    EventKind.OPENED_IN_ERROR: _ended(Outcome.ERROR),
}


def _broken(case: Case, event: Event) -> Problem:
    return Problem(
        "history-broken",
        Words(
            "De geschiedenis van deze zaak klopt niet: dit kan hier niet gebeurd zijn.",
            "The history of this case is not right: this cannot have happened here.",
        ),
        Words("Laat een beheerder ernaar kijken.", "Have an administrator look at it."),
        value=f"{case.state} {event.kind}",
    )
