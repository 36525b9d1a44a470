"""What may never happen in a case, written down from the law and the process, not from the table.

The monitor keeps its own memory of the events that were accepted and knows nothing of guards, rows or the
fields of a case. It raises when something happened that cannot be lawful.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from voordeur.core.access import Role
from voordeur.core.case_values import Actor, Answer, Circumstances, Event, HoldReason, State
from voordeur.core.case_values import EventKind as E

NEVER = {
    (State.OVERDUE, State.SIGNALLED),
    (State.CONTACTING, State.SIGNALLED),
    (State.REMINDED, State.SIGNALLED),
    (State.BLOCKED_OBJECTION, State.SIGNALLED),
    (State.BLOCKED_OBJECTION, State.SIGNAL_ELIGIBLE),
    (State.PAUSED, State.IN_COURT),
    (State.PAUSED, State.PRE_COURT),
    (State.OVERDUE, State.PRE_COURT),
    (State.PLAN_ACTIVE, State.PRE_COURT),
    (State.PLAN_ACTIVE, State.SIGNALLED),
    (State.IN_TALK, State.EVICTION_PLANNED),
}
"""Moves that the process description forbids, or that would skip a whole stage."""
BY_THE_PROGRAM = {
    E.OPENED, E.FELL_BACK, E.PAID_OFF, E.PLAN_MISSED, E.GATE_OPENED, E.GATE_CLOSED, E.RELEASED, E.CLOSED_PAID,
    E.PLAN_ENDED,
}  # fmt: skip
"""All that may happen without a person: what a ledger or a calendar shows."""
MAY_BE_SET_ASIDE = {
    "no_visit_planned", "no_benefit_pending", "personal_first",
    "effort_spread", "costs_not_waived", "talk_before_ending", "contact_after_miss",
    "signal_aged", "recent_contact", "no_plan_kept",
}  # fmt: skip
PRESSING = {
    E.REMINDER_SENT, E.SIGNAL_SENT, E.LETTER_SENT, E.COSTS_ADDED, E.COURT_PROPOSED, E.SUMMONS_SERVED,
    E.EXECUTION_RESUMED, E.EVICTION_DATED, E.EVICTED,
}  # fmt: skip
"""What no hold lets through."""
HEARD_LATER = {
    E.ATTEMPTED, E.SPOKE, E.MESSAGED, E.HELP_POINTED, E.OBJECTED, E.CONSENTED, E.DISPUTE_NOTED, E.HELD,
    E.SIGNAL_ANSWERED, E.COLLEGE_INFORMED, E.TITLE_GIVEN, E.CLAIM_DISMISSED,
}  # fmt: skip

DONE_TODAY = {
    E.REMINDER_SENT, E.LETTER_SENT, E.COSTS_ADDED, E.SIGNAL_SENT, E.CRISIS_SIGNAL, E.PAUSE_STARTED, E.PAUSE_ENDED,
    E.PLAN_BROKEN, E.BUNDLE_APPROVED, E.COURT_PROPOSED, E.SUMMONS_SERVED, E.EVICTION_DATED, E.WRITTEN_OFF,
}  # fmt: skip
"""What begins a term against the tenant, or presses: never entered as if it had been done days ago."""


@dataclass
class Running:
    """A hold as the monitor remembers it."""

    reason: HoldReason
    since: date
    until: date
    ended: date | None = None

    def on(self, day: date) -> bool:
        return self.since <= day <= self.until and (self.ended is None or day < self.ended)


@dataclass
class Monitor:
    """The memory of one case."""

    count: int = 0
    newest: date = date.min
    tried: list[date] = field(default_factory=list)
    helped: list[date] = field(default_factory=list)
    reminders: list[date] = field(default_factory=list)
    offers: list[date] = field(default_factory=list)
    objections: list[tuple[date, int]] = field(default_factory=list)
    consents: list[tuple[date, int]] = field(default_factory=list)
    letter: tuple[date, int] | None = None
    posted: list[Event] = field(default_factory=list)
    """Reminders and costs letters that did not fail, with the arrival that counts now."""
    bundle: date | None = None
    signals: list[tuple[date, int]] = field(default_factory=list)
    answer: Answer | None = None
    accepted: bool = False
    """The municipality reported that help was accepted, and no pause for it has ended."""
    admitted: bool = False
    title: date | None = None
    respite: date | None = None
    eviction: date | None = None
    college: bool = False
    holds: list[Running] = field(default_factory=list)
    proposer: str = ""
    paid: date | None = None
    """The day on which all was paid last."""

    def accept(self, before: State, after: State, event: Event, at: Circumstances) -> None:
        """Check one accepted event, then remember it."""
        self.check(before, after, event, at)
        self.count += 1
        self.newest = max(self.newest, event.day)
        remember = _REMEMBER.get(event.kind)
        if remember is not None:
            remember(self, event)

    def check(self, before: State, after: State, event: Event, at: Circumstances) -> None:
        kind, day = event.kind, event.day
        assert before is not State.CLOSED, "nothing happens in a closed case"
        assert (before, after) not in NEVER, f"{before} to {after}"
        assert day <= at.on
        assert kind in HEARD_LATER or day >= self.newest, "a decision is not dated back"
        assert kind not in DONE_TODAY or day == at.on, "no term begins in the past"
        assert event.by is not None or kind in BY_THE_PROGRAM, "a person does this"
        self.check_overrules(event)
        for hold in self.holds:
            if hold.on(day) or hold.on(at.on):
                assert kind not in PRESSING, f"no {kind} during {hold.reason}"
                if hold.reason is HoldReason.BEREAVEMENT:
                    assert kind not in (E.ATTEMPTED, E.MESSAGED), f"no {kind} during {hold.reason}"
        check = _CHECKS.get(kind)
        if check is not None:
            check(self, event, at)

    def check_overrules(self, event: Event) -> None:
        if event.overrules:
            assert set(event.overrules) <= MAY_BE_SET_ASIDE, "nobody sets the law aside"
            assert two_people(event)
            assert event.reason

    def objected(self) -> bool:
        """An objection stands until written consent comes after it."""
        return any(not self.lifted(objection) for objection in self.objections)

    def lifted(self, objection: tuple[date, int]) -> bool:
        return any(consent > objection for consent in self.consents)

    def signal_lawful(self, event: Event, at: Circumstances) -> None:
        day = event.day
        assert any(one <= day for one in self.tried), "a: no personal effort"
        assert any(one <= day for one in self.helped), "b: not pointed to debt help"
        assert any(one <= day for one in self.reminders), "c: no written reminder"
        assert any(one <= day for one in self.offers), "d: no offer"
        assert not self.objected(), "no way round an objection"
        assert self.consents or day > min(self.offers) + timedelta(days=14), "time to react"
        assert at.agreement is not None
        assert at.agreement.first <= day
        assert at.agreement.last is None or day <= at.agreement.last
        assert event.municipality == at.agreement.municipality
        assert at.amount > 0
        assert event.amount == at.amount
        assert decider(event.by)
        assert event.evidence

    def signal_ordinary(self, event: Event, at: Circumstances) -> None:
        self.signal_lawful(event, at)
        self.no_plan_kept(event, at)
        assert at.days_overdue >= 30
        if self.signals:
            assert at.amount > self.signals[-1][1], "only when it grew"

    def after_contact(self, event: Event, at: Circumstances) -> None:
        if "no_visit_planned" not in event.overrules:
            assert at.visit_planned is None or at.visit_planned < event.day, (
                "no letter while a visit is planned"
            )
        if "no_benefit_pending" not in event.overrules:
            assert not at.benefit_pending, "no letter while a benefit is being decided on"
        assert event.delivered is not None
        assert (event.delivered - event.day).days >= 3 or event.delivered == event.day, (
            "sooner than post travels"
        )
        assert "personal_first" in event.overrules or any(one <= event.day for one in self.tried)

    def no_plan_kept(self, event: Event, at: Circumstances) -> None:
        assert "no_plan_kept" in event.overrules or not at.plan_kept, "a plan that is kept is no default"

    def letter_right(self, event: Event, at: Circumstances) -> None:
        self.no_plan_kept(event, at)
        self.after_contact(event, at)
        assert event.all_claims
        assert event.amount == at.amount > 0
        assert 0 < event.fee <= max(4000, at.amount * 15 // 100 + 1)

    def costs_lawful(self, event: Event, at: Circumstances) -> None:
        assert self.letter is not None, "no costs without a letter"
        delivered, fee = self.letter
        assert event.day >= delivered + timedelta(days=15), "no costs before day 15"
        assert 0 < event.fee <= fee
        assert at.amount > 0
        unpaid = at.amount if at.demand_open is None else at.demand_open
        assert unpaid > 0, "no costs when the letter was paid in time"
        assert event.fee <= max(4000, unpaid * 15 // 100 + 1), "costs fit what stayed unpaid"
        assert decider(event.by)

    def court_lawful(self, event: Event, at: Circumstances) -> None:
        self.no_plan_kept(event, at)
        assert self.bundle is not None, "no court without the evidence"
        assert self.tried
        assert self.helped
        assert self.reminders
        assert self.offers
        assert at.amount > 0
        assert decider(event.by)
        assert event.reason
        if "recent_contact" not in event.overrules:
            assert any(0 <= (event.day - one).days <= 30 for one in self.tried)
        if "signal_aged" not in event.overrules:
            old = any(event.day >= day + timedelta(days=60) for day, _ in self.signals)
            done = self.answer not in (None, Answer.TAKEN_UP, Answer.HELP_ACCEPTED, Answer.ALREADY_HELPED)
            assert old or (self.signals and done) or (not self.signals and self.objected())

    def summons_lawful(self, event: Event, at: Circumstances) -> None:
        self.court_lawful(event, at)
        assert two_people(event)
        assert event.second is not None
        assert event.second.id != self.proposer

    def eviction_announced(self, event: Event, at: Circumstances) -> None:
        assert self.title is not None, "only a court ends a lease"
        assert self.respite is None or event.day > self.respite
        assert event.eviction_day is not None
        assert event.eviction_day >= event.day + timedelta(days=3)
        assert two_people(event)
        assert event.reason

    def evicted(self, event: Event, at: Circumstances) -> None:
        assert self.title is not None
        assert self.eviction == event.day
        assert self.college, "the municipality knows"
        assert two_people(event)

    def written_off(self, event: Event, at: Circumstances) -> None:
        assert two_people(event)
        assert event.reason

    def pause(self, event: Event, at: Circumstances) -> None:
        assert self.accepted or self.admitted, "the municipality reported that help was accepted"
        assert at.current_rent_paid
        assert event.until is not None
        assert (event.until - event.day).days <= 30

    def plan(self, event: Event, at: Circumstances) -> None:
        assert event.affordable
        assert event.until is not None

    def held(self, event: Event, at: Circumstances) -> None:
        assert event.owner
        assert event.until is not None
        longest = 550 if event.hold is HoldReason.DEBT_SCHEME else 184
        assert (event.until - event.day).days <= longest

    def released(self, event: Event, at: Circumstances) -> None:
        by_court = (HoldReason.MORATORIUM, HoldReason.COOLING_OFF, HoldReason.DEBT_SCHEME)
        for hold in self.holds:
            if hold.on(event.day) and event.hold in (None, hold.reason):
                assert decider(event.by)
                assert event.reason
                assert event.evidence or hold.reason not in by_court, "only a court ends what a court gave"


def decider(actor: Actor | None) -> bool:
    return actor is not None and actor.role in (Role.CONSULTANT, Role.MANAGER)


def two_people(event: Event) -> bool:
    return decider(event.by) and decider(event.second) and event.by.id != event.second.id  # type: ignore[union-attr]


def _on_opened(self: Monitor, event: Event) -> None:
    if event.objected is not None:
        self.objections.append((event.objected, self.count))


def _on_try(self: Monitor, event: Event) -> None:
    self.tried.append(event.day)
    if event.help_told:
        self.helped.append(event.day)


def _on_reminder(self: Monitor, event: Event) -> None:
    arrived = event.delivered or event.day
    self.reminders.append(arrived)
    if event.offer:
        self.offers.append(arrived)
    if event.help_told:
        self.helped.append(arrived)


def _on_posted(self: Monitor, event: Event) -> None:
    self.posted.append(event)
    (_on_reminder if event.kind is E.REMINDER_SENT else _on_letter)(self, event)


def _on_fell_back(self: Monitor, event: Event) -> None:
    """Rent that fell due after all was paid: nothing that was done about what was paid counts for it."""
    if event.since is None or self.paid is None or event.since < self.paid:
        return
    self.objections = [one for one in self.objections if not self.lifted(one)]
    for one in (
        self.tried,
        self.helped,
        self.reminders,
        self.offers,
        self.consents,
        self.posted,
        self.signals,
    ):
        one.clear()
    self.title = None


def _take_back(self: Monitor, event: Event) -> Event:
    """Forget the newest letter with this proof; what it was."""
    known = [one for one in self.posted if one.evidence == event.evidence]
    assert known, "nothing is recorded of a letter that was never sent"
    letter = known[-1]
    self.posted.remove(letter)
    arrived = letter.delivered or letter.day
    if letter.kind is E.REMINDER_SENT:
        self.reminders.remove(arrived)
        if letter.offer:
            self.offers.remove(arrived)
        if letter.help_told:
            self.helped.remove(arrived)
    return letter


def _on_delivered(self: Monitor, event: Event) -> None:
    assert event.delivered is not None, "no arrival without a day"
    assert event.delivered <= event.day, "no arrival before it happened"
    if not self.posted and self.paid:
        return  # a letter about what was paid since
    asked = self.letter is None
    letter = _take_back(self, event)
    assert letter.day <= event.delivered, "no arrival before sending"
    _on_posted(self, replace(letter, delivered=event.delivered))
    if letter.kind is E.LETTER_SENT and asked:
        self.letter = None


def _on_failed(self: Monitor, event: Event) -> None:
    if not self.posted and self.paid:
        return
    if _take_back(self, event).kind is E.LETTER_SENT:
        self.letter = None


def _on_letter(self: Monitor, event: Event) -> None:
    self.letter = (event.delivered or event.day, event.fee)


def _on_costs(self: Monitor, event: Event) -> None:
    self.letter = None  # its costs can be asked once


def _on_all_paid(self: Monitor, event: Event) -> None:
    self.paid = event.day
    _on_paid(self, event)


def _on_paid(self: Monitor, event: Event) -> None:
    self.letter = self.bundle = self.eviction = None
    self.college = False


def _on_plan(self: Monitor, event: Event) -> None:
    _on_paid(self, event)


def _on_signal(self: Monitor, event: Event) -> None:
    self.signals.append((event.day, event.amount))
    self.answer = None if len(self.signals) == 1 else self.answer


def _on_withdrawn(self: Monitor, event: Event) -> None:
    self.signals.clear()


def _on_answer(self: Monitor, event: Event) -> None:
    if not (event.answer is Answer.TAKEN_UP and self.answer in (Answer.HELP_ACCEPTED, Answer.ALREADY_HELPED)):
        self.answer = event.answer
    if event.answer is Answer.ALREADY_HELPED:
        self.admitted = True
    elif event.answer is Answer.HELP_ACCEPTED:
        self.accepted = True
    elif event.answer is not Answer.TAKEN_UP:
        self.accepted = self.admitted = False


def _on_extended(self: Monitor, event: Event) -> None:
    self.admitted = True


def _on_pause_ended(self: Monitor, event: Event) -> None:
    self.accepted = False


def _on_bundle(self: Monitor, event: Event) -> None:
    self.bundle = event.day


def _on_proposal(self: Monitor, event: Event) -> None:
    self.proposer = event.by.id if event.by else ""


def _on_title(self: Monitor, event: Event) -> None:
    self.title, self.respite = event.day, event.until


def _on_lost(self: Monitor, event: Event) -> None:
    self.title = self.bundle = None


def _on_dated(self: Monitor, event: Event) -> None:
    self.eviction, self.college = event.eviction_day, False


def _on_told(self: Monitor, event: Event) -> None:
    self.college = True


def _on_called_off(self: Monitor, event: Event) -> None:
    self.eviction, self.college = None, False


def _on_held(self: Monitor, event: Event) -> None:
    assert event.hold is not None
    assert event.until is not None
    self.holds.append(Running(event.hold, event.day, event.until))
    self.eviction, self.college = None, False


def _on_released(self: Monitor, event: Event) -> None:
    for hold in self.holds:
        if hold.on(event.day) and event.hold in (None, hold.reason):
            hold.ended = event.day


_REMEMBER = {
    E.OPENED: _on_opened,
    E.ATTEMPTED: _on_try,
    E.SPOKE: _on_try,
    E.HELP_POINTED: lambda self, event: self.helped.append(event.day),
    E.REMINDER_SENT: _on_posted,
    E.OBJECTED: lambda self, event: self.objections.append((event.day, self.count)),
    E.CONSENTED: lambda self, event: self.consents.append((event.day, self.count)),
    E.LETTER_SENT: _on_posted,
    E.LETTER_DELIVERED: _on_delivered,
    E.LETTER_FAILED: _on_failed,
    E.COSTS_ADDED: _on_costs,
    E.PAID_OFF: _on_all_paid,
    E.FELL_BACK: _on_fell_back,
    E.PLAN_AGREED: _on_plan,
    E.SIGNAL_SENT: _on_signal,
    E.CRISIS_SIGNAL: _on_signal,
    E.SIGNAL_WITHDRAWN: _on_withdrawn,
    E.SIGNAL_ANSWERED: _on_answer,
    E.PAUSE_EXTENDED: _on_extended,
    E.PAUSE_ENDED: _on_pause_ended,
    E.BUNDLE_APPROVED: _on_bundle,
    E.COURT_PROPOSED: _on_proposal,
    E.COURT_DECLINED: _on_lost,
    E.CLAIM_DISMISSED: _on_lost,
    E.TITLE_GIVEN: _on_title,
    E.EVICTION_DATED: _on_dated,
    E.COLLEGE_INFORMED: _on_told,
    E.EVICTION_CALLED_OFF: _on_called_off,
    E.HELD: _on_held,
    E.RELEASED: _on_released,
}
_CHECKS = {
    E.SIGNAL_SENT: Monitor.signal_ordinary,
    E.CRISIS_SIGNAL: Monitor.signal_lawful,
    E.REMINDER_SENT: Monitor.after_contact,
    E.LETTER_SENT: Monitor.letter_right,
    E.COSTS_ADDED: Monitor.costs_lawful,
    E.COURT_PROPOSED: Monitor.court_lawful,
    E.SUMMONS_SERVED: Monitor.summons_lawful,
    E.EVICTION_DATED: Monitor.eviction_announced,
    E.EVICTED: Monitor.evicted,
    E.WRITTEN_OFF: Monitor.written_off,
    E.PAUSE_STARTED: Monitor.pause,
    E.PLAN_AGREED: Monitor.plan,
    E.HELD: Monitor.held,
    E.RELEASED: Monitor.released,
}
