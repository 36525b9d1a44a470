"""How an arrangement stands: a fold over its events and the money for it, whatever the order in which they came in.

An instalment is missed when it is not there `tolerance_days` after its due day, or when its money was taken back. One
that is missed puts the arrangement at risk: that is a conversation. More than one, or a current rent that is not
paid, is a breach, but never before somebody tried to speak with the household. Who catches up has recovered.
Rescheduling spreads what is left anew; nothing that happened is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter

from voordeur.core.arrangements.division import Received, RentGap
from voordeur.core.arrangements.values import (
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementRules,
    ArrangementState,
    Instalment,
)
from voordeur.core.money import euros
from voordeur.core.words import Words, day_in_words

S, K = ArrangementState, ArrangementEventKind


class InstalmentState(StrEnum):
    """How one instalment stands."""

    COMING = "coming"
    PARTLY = "partly"
    PAID = "paid"
    WAITING = "waiting"
    """Due, and still within the tolerance."""
    MISSED = "missed"

    @property
    def words(self) -> Words:
        """The state in words."""
        return _INSTALMENT_WORDS[self]


_INSTALMENT_WORDS = {
    InstalmentState.COMING: Words("komt nog", "to come"),
    InstalmentState.PARTLY: Words("deels betaald", "partly paid"),
    InstalmentState.PAID: Words("betaald", "paid"),
    InstalmentState.WAITING: Words("nog niet binnen", "not in yet"),
    InstalmentState.MISSED: Words("niet gekomen", "did not come"),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """One instalment on a day."""

    instalment: Instalment
    paid: int
    """Cents."""
    paid_on: date | None
    """The day on which it was complete."""
    state: InstalmentState


@dataclass(frozen=True, slots=True)
class Change:
    """The arrangement came into a state."""

    day: date
    state: ArrangementState
    why: Words


@dataclass(frozen=True, slots=True)
class Watched:
    """How an arrangement stands on a day. Amounts are cents."""

    on: date
    state: ArrangementState
    since: date
    why: Words
    history: tuple[Change, ...]
    """Every state it came into, oldest first."""
    instalments: tuple[Looked, ...]
    """Of the plan that counts now."""
    total: int
    received: int
    expected: int
    """What should have been received, up to the tolerance."""
    contact_first: bool = False
    """It would be a breach, but nobody tried to speak with the household yet."""
    contacted: bool = False
    """Somebody tried to speak with the household since the trouble began."""
    rent_missed: bool = False

    @property
    def left(self) -> int:
        """What is still to be paid."""
        return max(0, self.total - self.received)

    @property
    def behind(self) -> int:
        """What is lacking now."""
        return max(0, self.expected - self.received)

    @property
    def missed(self) -> tuple[Looked, ...]:
        """Instalments that did not come."""
        return tuple(one for one in self.instalments if one.state is InstalmentState.MISSED)

    @property
    def next(self) -> Looked | None:
        """The instalment that is to be paid next."""
        return next((one for one in self.instalments if one.state is not InstalmentState.PAID), None)

    @property
    def last_day(self) -> date | None:
        """The day of the last instalment."""
        return self.instalments[-1].instalment.due if self.instalments else None


@dataclass(frozen=True, slots=True)
class _Plan:
    """The instalments that count, and what had been taken off the total when they were made."""

    since: date
    instalments: tuple[Instalment, ...]
    carried: int


def watch(
    events: Iterable[ArrangementEvent],
    received: Iterable[Received],
    gaps: Iterable[RentGap],
    on: date,
    rules: ArrangementRules,
) -> Watched | None:
    """How the arrangement of these events stands on `on`; None before it was even proposed.

    The order of the arguments' items does not matter: each has its own day.
    """
    happened = sorted((one for one in events if one.day <= on), key=attrgetter("order"))
    if not happened:
        return None
    money = sorted(one for one in received if one.day <= on)
    rent = sorted((one for one in gaps if one.since <= on), key=lambda one: (one.since, one.charge))
    plans = _plans(happened)
    watcher = _Watcher(happened, money, rent, plans, rules)
    for day in _days(happened, money, rent, plans, on, rules):
        watcher.look(day)
    return watcher.answer(on)


def _plans(events: Sequence[ArrangementEvent]) -> list[_Plan]:
    plans: list[_Plan] = []
    for event in events:
        if event.kind in (K.AGREED, K.RESCHEDULED):
            total = sum(one.amount for one in event.instalments)
            first = plans[0].carried + sum(one.amount for one in plans[0].instalments) if plans else total
            plans.append(_Plan(event.day, event.instalments, max(0, first - total)))
    return plans


def _days(
    events: Sequence[ArrangementEvent],
    money: Sequence[Received],
    rent: Sequence[RentGap],
    plans: Sequence[_Plan],
    on: date,
    rules: ArrangementRules,
) -> list[date]:
    """The days on which something can have changed."""
    days = {event.day for event in events} | {one.day for one in money} | {on}
    for plan in plans:
        for one in plan.instalments:
            days |= {one.due, one.due + timedelta(days=rules.tolerance_days)}
    for gap in rent:
        days |= {_rent_late_from(gap, rules), *([gap.until] if gap.until else [])}
    return sorted(day for day in days if events[0].day <= day <= on)


def _rent_late_from(gap: RentGap, rules: ArrangementRules) -> date:
    """The day from which a current rent is missed: the tolerance after its due day, or after the household's own day.

    The own day counts only where it lies beyond the tolerance: who pays within it needs no more.
    """
    late = timedelta(days=rules.rent_tolerance_days)
    ordinary = gap.since + late
    return gap.own_day + late if gap.own_day and gap.own_day >= ordinary else ordinary


@dataclass(slots=True)
class _Watcher:
    events: Sequence[ArrangementEvent]
    money: Sequence[Received]
    rent: Sequence[RentGap]
    plans: Sequence[_Plan]
    rules: ArrangementRules
    history: tuple[Change, ...] = ()
    trouble_since: date | None = None
    contact_first: bool = False
    contacted: bool = False

    def look(self, day: date) -> None:
        """The state at the end of a day, given those of the days before."""
        state, why = self._state(day)
        if not self.history or self.history[-1].state is not state or self._fresh(day):
            self.history = (*self.history, Change(day, state, why))

    def answer(self, on: date) -> Watched:
        """What the walk found."""
        last, plan = self.history[-1], self._plan(on)
        looked = self._looked(plan, on) if plan else ()
        return Watched(
            on, last.state, last.day, last.why, self.history, looked,
            total=self._total(), received=self._received(on), expected=self._expected(plan, on),
            contact_first=self.contact_first and last.state is S.AT_RISK, contacted=self.contacted,
            rent_missed=self._rent_missed(on),
        )  # fmt: skip

    def _fresh(self, day: date) -> bool:
        """A new plan is a new beginning, also when the state has the same name."""
        return any(plan.since == day for plan in self.plans[1:]) and self.history[-1].day < day

    def _plan(self, day: date) -> _Plan | None:
        return next((plan for plan in reversed(self.plans) if plan.since <= day), None)

    def _total(self) -> int:
        return sum(one.amount for one in self.plans[0].instalments) if self.plans else 0

    def _received(self, day: date) -> int:
        return sum(one.amount for one in self.money if one.day <= day)

    def _expected(self, plan: _Plan | None, day: date) -> int:
        if plan is None:
            return 0
        late = timedelta(days=self.rules.tolerance_days)
        return plan.carried + sum(one.amount for one in plan.instalments if one.due + late <= day)

    def _state(self, day: date) -> tuple[ArrangementState, Words]:
        over = self._over(day)
        if over is not None:
            return over
        plan = self._plan(day)
        if plan is None:
            return S.PROPOSED, Words("Er is nog niets afgesproken.", "Nothing has been agreed yet.")
        if self._all_paid(day):
            self.trouble_since = None
            return S.COMPLETED, Words("Alles is betaald.", "All is paid.")
        missed = [one for one in self._looked(plan, day) if one.state is InstalmentState.MISSED]
        weight = len(missed) + (self.rules.breach_misses if self._rent_missed(day) else 0)
        if weight:
            return self._in_trouble(missed, weight, day)
        return self._well(plan, day)

    def _all_paid(self, day: date) -> bool:
        """A shortage up to `small_cents` is none, but something has come in."""
        received, total = self._received(day), self._total()
        return received >= total or 0 < total - self.rules.small_cents <= received

    def _over(self, day: date) -> tuple[ArrangementState, Words] | None:
        for event in self.events:
            if event.day <= day and event.kind in (K.ENDED, K.DECLINED):
                said = event.reason.words if event.reason else Words("niet aangenomen", "not accepted")
                return S.ENDED, Words(f"Gestopt: {said.nl}.", f"Ended: {said.en}.")
        return None

    def _in_trouble(self, missed: Sequence[Looked], weight: int, day: date) -> tuple[ArrangementState, Words]:
        self.trouble_since = self.trouble_since or day
        before = self.history[-1].state if self.history else None
        self.contacted = any(
            event.kind is K.CONTACTED and self.trouble_since <= event.day <= day for event in self.events
        )
        breach = weight >= self.rules.breach_misses or before is S.BREACHED
        self.contact_first = (
            breach and self.rules.contact_first and not self.contacted and before is not S.BREACHED
        )
        if breach and not self.contact_first:
            return S.BREACHED, self._why(missed, day)
        return S.AT_RISK, self._why(missed, day)

    def _why(self, missed: Sequence[Looked], day: date) -> Words:
        if self._rent_missed(day):
            return Words("De gewone huur is niet betaald.", "The current rent has not been paid.")
        first, short = missed[0].instalment, sum(one.instalment.amount - one.paid for one in missed)
        due, sum_ = day_in_words(first.due), euros(short)
        if len(missed) > 1:
            return Words(
                f"{len(missed)} termijnen kwamen niet: {sum_.nl} sinds {due.nl}.",
                f"{len(missed)} instalments did not come: {sum_.en} since {due.en}.",
            )
        if missed[0].paid:
            return Words(
                f"Van de termijn van {due.nl} ontbreekt {sum_.nl}.",
                f"Of the instalment of {due.en} {sum_.en} is lacking.",
            )
        return Words(f"De termijn van {due.nl} kwam niet.", f"The instalment of {due.en} did not come.")

    def _well(self, plan: _Plan, day: date) -> tuple[ArrangementState, Words]:
        self.trouble_since, self.contact_first, self.contacted = None, False, False
        before = self.history[-1] if self.history else None
        if before is not None and self._recovers(before, plan, day):
            return S.RECOVERED, Words("Wat ontbrak is alsnog betaald.", "What was lacking has been paid.")
        if day < plan.instalments[0].due and self._received(day) <= plan.carried:
            first = day_in_words(plan.instalments[0].due)
            return S.AGREED, Words(
                f"De eerste termijn is op {first.nl}.", f"The first instalment is on {first.en}."
            )
        return S.LIVE, Words("Alles kwam op tijd.", "All came in time.")

    def _recovers(self, before: Change, plan: _Plan, day: date) -> bool:
        """Trouble is over; until the next instalment has come in it has only just recovered."""
        if before.day < plan.since or (before.day == day == plan.since):
            return False
        if before.state is not S.RECOVERED:
            return before.state in (S.AT_RISK, S.BREACHED)
        looked = self._looked(plan, day)
        return not any(one.instalment.due > before.day and one.paid_on for one in looked)

    def _rent_missed(self, day: date) -> bool:
        return any(
            _rent_late_from(gap, self.rules) <= day and (gap.until is None or day < gap.until)
            for gap in self.rent
        )

    def _looked(self, plan: _Plan, day: date) -> tuple[Looked, ...]:
        """Each instalment with what has been paid of it by `day`: money goes to the oldest that is open."""
        left = self._received(day) - plan.carried
        back = max((one.day for one in self.money if one.amount < 0 and one.day <= day), default=None)
        highest, received = self._highest(day) if back else 0, self._received(day)
        found = []
        reached = plan.carried - self.rules.small_cents
        for one in plan.instalments:
            paid = min(max(0, left), one.amount)
            left -= paid
            reached += one.amount
            complete = received >= reached
            paid_on = self._complete_on(reached, day) if complete else None
            taken_back = back is not None and one.due <= back and highest >= reached
            state = InstalmentState.PAID if complete else self._lacking(one, paid, taken_back, day)
            found.append(Looked(one, paid, paid_on, state))
        return tuple(found)

    def _highest(self, day: date) -> int:
        """The most that was there at the end of a day: what was complete then and is not now, was taken back."""
        sums = {one.day: self._received(one.day) for one in self.money if one.day <= day}
        return max(sums.values(), default=0)

    def _lacking(self, one: Instalment, paid: int, taken_back: bool, day: date) -> InstalmentState:
        """How an instalment stands that is not complete. `taken_back`: it was, and the bank took the money back."""
        if one.due + timedelta(days=self.rules.tolerance_days) <= day or taken_back:
            return InstalmentState.MISSED
        if paid:
            return InstalmentState.PARTLY
        return InstalmentState.WAITING if one.due <= day else InstalmentState.COMING

    def _complete_on(self, amount: int, day: date) -> date | None:
        """The day since which so much has been there."""
        sum_, since = 0, None
        for one in self.money:
            if one.day > day:
                break
            before, sum_ = sum_, sum_ + one.amount
            if sum_ >= amount and (before < amount or since is None):
                since = one.day
            elif sum_ < amount:
                since = None
        return since


def with_kept_contact(
    events: Sequence[ArrangementEvent], days: Iterable[date]
) -> tuple[ArrangementEvent, ...]:
    """The events with days of personal contact from the diary among them, each day once."""
    known = {event.day for event in events if event.kind is K.CONTACTED}
    new = (ArrangementEvent(K.CONTACTED, day) for day in sorted(set(days) - known))
    return tuple(sorted((*events, *new), key=attrgetter("order")))
