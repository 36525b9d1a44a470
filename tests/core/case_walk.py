"""A random walk through the life of cases: somebody who tries everything, often well prepared, often not.

Every attempt is one step, accepted or refused; what is accepted goes past the monitor.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from tests.core.case_monitor import Monitor
from voordeur.adapters.law_rules import load_case_law
from voordeur.core.access import Role
from voordeur.core.case_letter_guards import highest_fee
from voordeur.core.case_table import TABLE
from voordeur.core.case_values import (
    Actor,
    Agreement,
    Answer,
    Case,
    CaseLaw,
    Circumstances,
    Event,
    EventKind,
    HoldReason,
    State,
)
from voordeur.core.cases import fold, step
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.costs import collection_fee
from voordeur.core.problems import Refused

T = TypeVar("T")
PEOPLE = (
    Actor("c1", Role.CONSULTANT),
    Actor("c2", Role.CONSULTANT),
    Actor("m1", Role.MANAGER),
    Actor("w1", Role.NEIGHBOURHOOD_MANAGER),
    Actor("a1", Role.ADMINISTRATOR),
)
GUARDS = tuple(sorted({guard.name for row in TABLE for guard in row.guards}))
KINDS = tuple(EventKind)
ROWS_FROM = {state: tuple(row.kind for row in TABLE if state in row.states) for state in State}
AGREEMENT = Agreement("Lindewaard", date(2021, 1, 1), floor=7500)
_PERSONAL = (Channel.PHONE, Channel.VISIT, Channel.APPOINTMENT)


@dataclass
class Walked:
    """What a walk did."""

    steps: int = 0
    accepted: int = 0
    refused: int = 0
    cases: int = 0
    seen: Counter[tuple[State, EventKind]] = field(default_factory=Counter)
    """How often each event was accepted in each state."""
    states: Counter[State] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    overruled: Counter[str] = field(default_factory=Counter)


def walk(steps: int, seed: int, law: CaseLaw | None = None, *, longest: int = 90) -> Walked:
    """Walk at least `steps` steps; the same seed walks the same way."""
    rng, rules, done = Random(seed), law or load_case_law(), Walked()
    while done.steps < steps:
        _one_case(rng, rules, done, longest)
    return done


def _one_case(rng: Random, law: CaseLaw, done: Walked, longest: int) -> None:
    going = _Going(Case(), Monitor(), _begin(rng), done, law)
    careful = rng.random() < 0.75
    done.cases += 1
    if rng.random() < 0.5:
        _along_the_road(rng, going)
    for _ in range(rng.randint(20, longest)):
        paid = going.at.amount == 0 and rng.random() < 0.4
        kind = EventKind.PAID_OFF if paid else _kind(rng, going.case, careful)
        event = proposal(rng, going.case, going.at, kind, law, careful)
        no = going.take(event)
        if no is not None and careful and set(no) <= HOUSE_CODES:
            no = going.take(replace(event, overrules=tuple(code.replace("-", "_") for code in no)))
        if no is None or (careful and rng.random() < 0.5):
            going.at = _later(rng, going.at, going.case)
        if going.case.state is State.CLOSED and rng.random() < 0.7:
            break
    if rng.random() < 0.05:
        assert fold(going.case.history) == going.case, "the history says it all"


@dataclass
class _Going:
    """One case on its way."""

    case: Case
    monitor: Monitor
    at: Circumstances
    done: Walked
    law: CaseLaw

    def take(self, event: Event) -> list[str] | None:
        """Try one step: None when it was accepted, otherwise the codes of the Problems."""
        self.done.steps += 1
        try:
            after = step(self.case, event, self.at, self.law)
        except Refused as no:
            self.done.refused += 1
            self.done.reasons[no.problems[0].code] += 1
            return [one.code for one in no.problems]
        self.monitor.accept(self.case.state, after.state, event, self.at)
        assert len(after.history) == self.monitor.count
        self.done.accepted += 1
        self.done.seen[self.case.state, event.kind] += 1
        self.done.states[after.state] += 1
        self.done.overruled.update(event.overrules)
        self.case = after
        return None


ROAD = (
    (0, EventKind.OPENED), (2, EventKind.ATTEMPTED), (3, EventKind.SPOKE), (1, EventKind.REMINDER_SENT),
    (35, EventKind.GATE_OPENED), (0, EventKind.SIGNAL_SENT), (61, EventKind.SPOKE), (0, EventKind.LETTER_SENT),
    (20, EventKind.BUNDLE_APPROVED), (0, EventKind.COURT_PROPOSED), (1, EventKind.SUMMONS_SERVED),
    (30, EventKind.TITLE_GIVEN), (32, EventKind.EVICTION_DATED), (0, EventKind.COLLEGE_INFORMED),
)  # fmt: skip
"""The long road from a missed rent to an announced eviction, every step in its time."""


def _along_the_road(rng: Random, going: _Going) -> None:
    """Follow the road a random way, now and then without the letter."""
    letter = rng.random() < 0.5
    for days, kind in ROAD[: rng.randint(1, len(ROAD))]:
        now = going.at
        overdue = now.days_overdue + days
        going.at = replace(now, on=now.on + timedelta(days=days), days_overdue=overdue, agreement=AGREEMENT)
        event = proposal(rng, going.case, going.at, kind, going.law, careful=True)
        if kind is not EventKind.LETTER_SENT or letter:
            going.take(replace(event, day=going.at.on, help_told=True, offer=True))


def _begin(rng: Random) -> Circumstances:
    day = date(2021, 2, 1) + timedelta(days=rng.randrange(2500))
    agreement = AGREEMENT if rng.random() < 0.9 else rng.choice((None, replace(AGREEMENT, last=day)))
    return Circumstances(day, rng.randrange(100, 400_000), rng.randrange(1, 60), agreement=agreement)


_DAYS = (0, 0, 1, 2, 3, 7, 15, 20, 31, 61)


def _later(rng: Random, at: Circumstances, case: Case) -> Circumstances:
    """Days pass, money comes and goes."""
    if case.eviction_day is not None and case.eviction_day >= at.on and rng.random() < 0.5:
        passed = (case.eviction_day - at.on).days
    else:
        passed = _one(rng, _DAYS)
    amount = at.amount
    turn = rng.random()
    if turn < 0.03:
        amount = 0
    elif turn < 0.1:
        amount = max(0, amount - rng.randrange(1, 80_000))
    elif turn < 0.3 or amount == 0:
        amount += rng.randrange(1, 80_000)
    return Circumstances(
        at.on + timedelta(days=passed),
        amount,
        at.days_overdue + passed if amount else 0,
        rng.random() < 0.8,
        rng.random() < 0.4,
        at.agreement,
        rng.random() < 0.05,
        at.tenancy_ended or rng.random() < 0.02,
        *_of_the_letter(rng, at.on + timedelta(days=passed), amount),
    )


def _of_the_letter(rng: Random, on: date, amount: int) -> tuple[int | None, date | None, bool, bool, bool]:
    """What is unpaid of a fourteen-day letter, a visit, a benefit that is waited for, a plan that is over, one kept."""
    unpaid = rng.choice((None, None, None, 0, amount // 2, amount))
    visit = on + timedelta(days=rng.randrange(5)) if rng.random() < 0.05 else None
    return unpaid, visit, rng.random() < 0.03, rng.random() < 0.5, rng.random() < 0.04


_FORWARD: dict[State, tuple[EventKind, ...]] = {
    State.CURRENT: (EventKind.OPENED, EventKind.FELL_BACK),
    State.OVERDUE: (EventKind.ATTEMPTED, EventKind.SPOKE),
    State.CONTACTING: (
        EventKind.SPOKE, EventKind.REMINDER_SENT, EventKind.EXECUTION_RESUMED, EventKind.PAUSE_STARTED
    ),
    State.IN_TALK: (EventKind.REMINDER_SENT, EventKind.SPOKE, EventKind.PAUSE_STARTED),
    State.REMINDED: (EventKind.GATE_OPENED, EventKind.SPOKE, EventKind.PAUSE_STARTED),
    State.PLAN_ACTIVE: (EventKind.PLAN_MISSED, EventKind.SPOKE, EventKind.PLAN_BROKEN, EventKind.PLAN_ENDED),
    State.SIGNAL_ELIGIBLE: (
        EventKind.SIGNAL_SENT, EventKind.SIGNAL_SENT, EventKind.SIGNAL_ANSWERED, EventKind.PAUSE_STARTED
    ),
    State.SIGNALLED: (
        EventKind.SPOKE, EventKind.SIGNAL_ANSWERED, EventKind.PAUSE_STARTED, EventKind.PAUSE_STARTED,
        EventKind.BUNDLE_APPROVED, EventKind.COURT_PROPOSED, EventKind.COURT_PROPOSED, EventKind.GATE_OPENED,
    ),
    State.BLOCKED_OBJECTION: (
        EventKind.BUNDLE_APPROVED, EventKind.COURT_PROPOSED, EventKind.CONSENTED, EventKind.PAUSE_STARTED
    ),
    State.PAUSED: (
        EventKind.SPOKE, EventKind.PAUSE_ENDED, EventKind.PAUSE_ENDED, EventKind.PAUSE_EXTENDED,
        EventKind.SIGNAL_WITHDRAWN, EventKind.TENANCY_ENDED,
    ),
    State.FOURTEEN_DAY_LETTER: (
        EventKind.COSTS_ADDED, EventKind.COSTS_ADDED, EventKind.SIGNAL_ANSWERED, EventKind.PAUSE_STARTED,
        EventKind.BUNDLE_APPROVED, EventKind.COURT_PROPOSED, EventKind.GATE_OPENED,
    ),
    State.PRE_COURT: (EventKind.SUMMONS_SERVED, EventKind.SPOKE),
    State.IN_COURT: (EventKind.TITLE_GIVEN, EventKind.EVICTION_DATED),
    State.EVICTION_PLANNED: (EventKind.COLLEGE_INFORMED, EventKind.EVICTED, EventKind.EVICTED),
    State.ON_HOLD: (EventKind.RELEASED,),
}  # fmt: skip


def _one(rng: Random, of: tuple[T, ...]) -> T:
    return of[int(rng.random() * len(of))]


def _kind(rng: Random, case: Case, careful: bool) -> EventKind:
    """Mostly what the state has a row for, and of that half the time what goes on; sometimes anything at all."""
    turn = rng.random()
    if turn < (0.05 if careful else 0.5) or not ROWS_FROM[case.state]:
        return _one(rng, KINDS)
    return _one(rng, _FORWARD[case.state] if turn < 0.6 else ROWS_FROM[case.state])


_ANSWERS = (*Answer, Answer.HELP_ACCEPTED, Answer.HELP_ACCEPTED, Answer.HELP_ACCEPTED, Answer.HELP_ACCEPTED)
_IMPERSONAL = (Channel.CARD, Channel.MESSAGE, Channel.EMAIL)
_REASONS, _PARTS = tuple(HoldReason), tuple(DayPart)
_ARRIVES = (0, 1, 3, 3, 4)
"""By hand, sooner than post travels, as post travels, later."""
_AHEAD, _EVICTION_AHEAD = (1, 10, 28, 30), (3, 4, 5, 8, 21)


def proposal(
    rng: Random, case: Case, at: Circumstances, kind: EventKind, law: CaseLaw, careful: bool
) -> Event:
    """An event as somebody would enter it: complete, or with things left out or wrong."""
    day = at.on if rng.random() < 0.9 else at.on - timedelta(days=int(rng.random() * 14) - 2)
    holding = kind is EventKind.HELD or (kind is EventKind.RELEASED and rng.random() < 0.5)
    whole = Event(
        kind,
        day,
        by=PEOPLE[int(rng.random() * 3)],
        second=PEOPLE[int(rng.random() * 3)],
        reason="omdat",
        evidence="stuk-1",
        channel=_one(rng, _IMPERSONAL if kind is EventKind.MESSAGED else _PERSONAL),
        part=_one(rng, _PARTS),
        help_told=rng.random() < 0.7,
        offer=rng.random() < 0.8,
        delivered=day + timedelta(days=0 if kind is EventKind.LETTER_DELIVERED else _one(rng, _ARRIVES)),
        amount=at.amount,
        fee=_fee(kind, case, at, day, law),
        all_claims=True,
        affordable=True,
        since=_since(rng, case, at, kind, day),
        objected=day - timedelta(days=20) if kind is EventKind.OPENED and rng.random() < 0.1 else None,
        doubted=rng.random() < 0.5,
        until=day + timedelta(days=_one(rng, _AHEAD)),
        owner="c1",
        hold=_one(rng, _REASONS) if holding else None,
        municipality="Lindewaard",
        answer=_one(rng, _ANSWERS),
        eviction_day=day + timedelta(days=_one(rng, _EVICTION_AHEAD)),
    )
    return whole if careful and rng.random() < 0.85 else _spoilt(rng, whole)


def _since(rng: Random, case: Case, at: Circumstances, kind: EventKind, day: date) -> date | None:
    """A new case began with its due day; after all was paid it is the same money again, or rent due since."""
    if kind is EventKind.OPENED:
        return day - timedelta(days=at.days_overdue)
    if kind is not EventKind.FELL_BACK or case.since is None:
        return None
    return _one(rng, (None, case.overdue_since, case.since, min(day, case.since + timedelta(days=1))))


def _fee(kind: EventKind, case: Case, at: Circumstances, day: date, law: CaseLaw) -> int:
    if kind is EventKind.COSTS_ADDED:
        return highest_fee(case, at, day, law) or case.letter_fee
    if kind is not EventKind.LETTER_SENT or law.fees is None:
        return 0
    return max(0, collection_fee(at.amount, day, law.fees).total - case.costs)


def _spoilt(rng: Random, event: Event) -> Event:
    """The same with something missing or wrong, or with an attempt to set guards aside."""
    turn = rng.randrange(12)
    if turn == 0:
        return replace(event, by=None, second=None)
    if turn == 1:
        return replace(event, second=event.by)
    if turn == 2:
        return replace(event, by=PEOPLE[rng.randrange(3, 5)])
    if turn == 3:
        return replace(event, reason="", evidence="")
    if turn == 4:
        return replace(event, municipality="Elders")
    if turn == 5:
        return replace(event, amount=event.amount + 1, fee=event.fee + 1)
    if turn == 6:
        return replace(event, until=event.day + timedelta(days=700), eviction_day=event.day)
    if turn == 7:
        return replace(event, delivered=None, until=None, eviction_day=None)
    if turn == 8:
        return replace(event, all_claims=False, affordable=False, owner="", answer=None)
    if turn == 9:
        return replace(event, day=event.day - timedelta(days=40))
    names = tuple(rng.sample(GUARDS, rng.randrange(1, 4))) if turn == 10 else (rng.choice(HOUSE),)
    return replace(event, overrules=names)


HOUSE = (
    "no_visit_planned", "no_benefit_pending", "personal_first",
    "effort_spread", "costs_not_waived", "talk_before_ending", "contact_after_miss",
    "signal_aged", "recent_contact", "no_plan_kept",
)  # fmt: skip
HOUSE_CODES = {name.replace("_", "-") for name in HOUSE}
