"""Arrears: since when, how much, and whether they are real or only look like it.

Technical arrears are no reason to contact anyone: within the household's own habit, a direct debit that still
runs, a closed bank, a small amount, credit that covers it, a pause. A plain function of the ledger: when
money arrives, what it said before is gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from voordeur.core.calendar import Calendar, add_months, add_working_days, is_working_day, next_working_day
from voordeur.core.ledger import Charge, Entry, Kind, Position
from voordeur.core.limits import Limits
from voordeur.core.money import euros
from voordeur.core.pattern import Method, Pattern, is_rent
from voordeur.core.pauses import Pause, days_counted
from voordeur.core.phrases import ordinal
from voordeur.core.words import Words, day_in_words

_EARLY_DAYS = 7
"""Money that comes this long before the due day is for that month."""
_FEW_DAYS = 5
"""Expected no more than this after due, the money is late because of a bank, not of a habit."""

NO_CODES: Mapping[str, str] = {}


class Technical(StrEnum):
    """Why something open is no arrears to act on."""

    PAUSE = "pause"
    CREDIT = "credit"
    HABIT = "habit"
    DEBIT_RUNNING = "debit_running"
    BANK_CLOSED = "bank_closed"
    TRANSFER = "transfer"
    SMALL = "small"


class Awaited(NamedTuple):
    """An overdue charge with the day we expect its money and the last day on which that still is in time."""

    charge: Charge
    expected_on: date
    allowed_until: date
    ripe: bool
    """True when the last day is over, days in a pause not counted."""


class Undone(NamedTuple):
    """A payment that was undone (storno) and that no later money has made good yet."""

    on: date
    """The day of the reversal."""
    paid_on: date
    """The day of the payment that was undone; the day of the reversal when that payment is not known."""
    amount: int
    code: str = ""
    """The bank's reason, such as AM04; empty when not given."""

    def reopened(self, due: date) -> bool:
        """True for the charge the undone payment was for: due in the month before it, or a week after."""
        return timedelta(days=-_EARLY_DAYS) <= self.paid_on - due <= timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a household stands on a day: what is open, since when, and whether that means anything yet."""

    on: date
    overdue: int
    """Cents overdue."""
    credit: int
    """Cents paid that wait for another charge."""
    since: date | None
    """Due day with which the uninterrupted time in arrears began; None when nothing is overdue. Can lie before
    `oldest_due`: who pays on while an old month is open has newer months open all the time."""
    oldest_due: date | None
    days_overdue: int
    """Days since the oldest unpaid due day, days in a pause not counted."""
    expected_on: date | None
    """The day on which we expected the money with which the arrears began (or the newest that may still come)."""
    allowed_until: date | None
    """The last day on which that is in time for this household."""
    days_past_expected: int
    """Days since `expected_on`, days in a pause not counted; the day count of the contact ladder."""
    rent: int
    """Cents of rent a month, to measure the arrears by."""
    ripe: tuple[Awaited, ...]
    """The overdue charges whose time is over, oldest first."""
    technical: Technical | None
    reason: Words | None
    """Why it is technical; None when it is not."""
    ever_late: tuple[Charge, ...] = ()
    """The charges that ever were overdue, as the ledger is known now; empty when nothing is overdue."""

    @property
    def in_arrears(self) -> bool:
        """True when something is overdue, technical or not."""
        return self.overdue > 0

    @property
    def real(self) -> bool:
        """True when something is overdue and it is not technical."""
        return self.overdue > 0 and self.technical is None

    @property
    def due_now(self) -> int:
        """Cents overdue whose time is over, credit taken off; 0 when all of it may still come."""
        return max(0, sum(one.charge.outstanding for one in self.ripe) - self.credit)

    @property
    def months_owed(self) -> float:
        """`due_now` in months of rent, cut off at two decimals; 0 without a rent. Only to compare with."""
        return self.due_now * 100 // self.rent / 100 if self.rent else 0.0


def standing(
    at: Position,
    pattern: Pattern,
    limits: Limits,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    undone: Undone | None = None,
) -> Standing:
    """How the household stands on day `at.on`. `pauses` must be normalised.

    For the charge that an undone payment was for, the days count from the reversal: until then the money was
    in. Raises NotCovered when the holiday data do not reach the days that are needed.
    """
    overdue = at.overdue_charges
    if not overdue:
        return Standing(at.on, 0, at.credit, None, None, 0, None, None, 0, pattern.rent, (), None, None)
    ever_late = tuple(charge for charge in at.charges if _was_late(charge))
    since = in_arrears_since(ever_late, limits.small_amount) or in_arrears_since(ever_late) or overdue[0].due
    carried = _pays_on_behind(at, overdue, since, pattern, limits)
    awaited = [
        _await(charge, at.on, pattern, limits, calendar, pauses, undone, carried) for charge in overdue
    ]
    ripe = tuple(one for one in awaited if one.ripe)
    leading = ripe[0] if ripe else awaited[-1]
    expected = leading.expected_on
    if ripe and since < add_months(leading.charge.due, -1):
        expected = expected_day(since, pattern.expected_days, calendar)
    technical = _technical(at, awaited, pattern, limits, calendar, pauses)
    return Standing(
        on=at.on,
        overdue=sum(charge.outstanding for charge in overdue),
        credit=at.credit,
        since=since,
        oldest_due=overdue[0].due,
        days_overdue=days_counted(overdue[0].due, at.on, pauses),
        expected_on=expected,
        allowed_until=leading.allowed_until,
        days_past_expected=days_counted(expected, at.on, pauses),
        rent=pattern.rent,
        ripe=ripe,
        technical=technical[0] if technical else None,
        reason=technical[1] if technical else None,
        ever_late=ever_late,
    )


def _pays_on_behind(
    at: Position, overdue: Sequence[Charge], since: date, pattern: Pattern, limits: Limits
) -> bool:
    """True when this month's rent was paid, but went to an earlier month that was open (BW 6:43 lid 2).

    What is open then is not the rent of this month that may still come: it is the old debt, moved on. Only when the
    arrears began more than a month before this month's due day; earlier it cannot be told from money that is late.
    """
    newest = max((charge.due for charge in overdue if is_rent(charge)), default=None)
    if newest is None or since >= add_months(newest, -1):
        return False
    start = newest - timedelta(days=_EARLY_DAYS)
    money = sum(c.entry.amount for c in at.credits if c.entry.kind is Kind.PAYMENT and c.entry.date >= start)
    return money >= pattern.rent - limits.small_amount


def expected_day(due: date, days_after: int, calendar: Calendar) -> date:
    """The bank day on or after `due` plus the days this household usually takes.

    Before the holiday data begin every day counts as a bank day: so long ago a day or two decide nothing.
    """
    day = due + timedelta(days=days_after)
    return day if day < calendar.banks.first else next_working_day(day, calendar.banks)


def _allowed_day(expected: date, limits: Limits, calendar: Calendar) -> date:
    """The last day on which money that was expected on `expected` may still be on its way."""
    if expected < calendar.banks.first:
        return expected + timedelta(days=limits.bank_margin_days)
    return add_working_days(expected, limits.bank_margin_days, calendar.banks)


def undone_payment(
    entries: Sequence[Entry], at: Position, limits: Limits, codes: Mapping[str, str] = NO_CODES
) -> Undone | None:
    """The newest reversal of the last `reversal_days`, unless later payments already made it good.

    `entries` are those of the position, in replay order; `codes` gives the bank's reason per reversal id.
    """
    newest = next((e for e in reversed(entries) if e.kind is Kind.REVERSAL), None)
    if newest is None or not at.overdue or (at.on - newest.date).days > limits.reversal_days:
        return None
    later = sum(
        c.entry.amount for c in at.credits if c.entry.kind is Kind.PAYMENT and c.entry.order > newest.order
    )
    if later >= newest.amount - limits.small_amount:
        return None
    paid_on = undone_days([newest], entries)[0]
    return Undone(newest.date, paid_on, newest.amount, codes.get(newest.id, ""))


def undone_days(reversals: Sequence[Entry], entries: Iterable[Entry]) -> list[date]:
    """Per reversal the day of the payment it undid; its own day when that payment is not in the ledger."""
    if not reversals:
        return []
    payments = {entry.id: entry.date for entry in entries if entry.kind is Kind.PAYMENT}
    return [payments.get(reversal.reverses or "", reversal.date) for reversal in reversals]


def _await(
    charge: Charge,
    on: date,
    pattern: Pattern,
    limits: Limits,
    calendar: Calendar,
    pauses: Sequence[Pause],
    undone: Undone | None,
    carried: bool,
) -> Awaited:
    """When we expect the money of one charge. Habit counts for rent only, and the limit caps what it adds."""
    without_habit = _allowed_day(expected_day(charge.due, 0, calendar), limits, calendar)
    habit = pattern.expected_days if is_rent(charge) else 0
    expected = expected_day(charge.due, habit, calendar)
    allowed = _allowed_day(expected, limits, calendar)
    allowed = max(without_habit, min(allowed, charge.due + timedelta(days=limits.grace_limit_days)))
    ripe = days_counted(allowed, on, pauses) > 0 or (carried and is_rent(charge))
    if undone is not None and undone.reopened(charge.due):
        expected, ripe = max(expected, undone.on), True
    return Awaited(charge, expected, allowed, ripe)


def in_arrears_since(charges: Iterable[Charge], tolerance: int = 0) -> date | None:
    """The due day with which the present, uninterrupted time in arrears began; None when nothing is open.

    Works back from what is open through charges that were paid late; a day on which nothing that was due stayed
    open ends the search. A charge counts as paid once no more than `tolerance` cents of it are missing, or a small
    rest that moves from month to month would make arrears of it. A payment that was undone was never made.
    """
    late = ((_paid_on(charge, tolerance), charge.due) for charge in charges if charge.amount > tolerance)
    since: date | None = None
    for end, due in sorted(
        ((end or date.max, due) for end, due in late if end is None or end > due), reverse=True
    ):
        if since is None and end < date.max:
            return None
        if since is not None and end < since:
            break
        since = due if since is None else min(since, due)
    return since


def _paid_on(charge: Charge, tolerance: int) -> date | None:
    """The day of the money with which no more than `tolerance` was missing; None while more is missing."""
    missing = charge.amount - tolerance
    if len(charge.covering) == 1:
        (part,) = charge.covering.values()
        return part.money_date if part.amount >= missing else None
    for part in sorted(charge.covering.values(), key=lambda part: part.money_date):
        missing -= part.amount
        if missing <= 0:
            return part.money_date
    return None


def _was_late(charge: Charge) -> bool:
    """True when a part is open, or was paid after the due day."""
    if charge.outstanding:
        return True
    return any(part.money_date > charge.due for part in charge.covering.values())


def overdue_at(charges: Iterable[Charge], day: date) -> int:
    """Cents overdue on an earlier day, by the allocation as it is known now (later money taken off again)."""
    overdue = 0
    for charge in charges:
        if charge.due < day:
            overdue += charge.amount
            for part in charge.covering.values():
                if part.money_date <= day:
                    overdue -= part.amount
    return overdue


def _technical(
    at: Position,
    awaited: Sequence[Awaited],
    pattern: Pattern,
    limits: Limits,
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> tuple[Technical, Words] | None:
    """The first reason for which the arrears are technical, or None when they are real."""
    for pause in pauses:
        if pause.active(at.on):
            return Technical.PAUSE, _pause_words(pause)
    amount = sum(one.charge.outstanding for one in awaited)
    if at.credit >= amount:
        held = euros(at.credit)
        return Technical.CREDIT, Words(
            f"Er staat {held.nl} klaar van deze huurder. Dat dekt wat open staat.",
            f"{held.en} from this tenant is waiting. It covers what is open.",
        )
    due_now = sum(one.charge.outstanding for one in awaited if one.ripe) - at.credit
    if due_now > limits.small_amount:
        return None
    if amount - at.credit > limits.small_amount:
        coming = max((one for one in awaited if not one.ripe), key=lambda one: one.allowed_until)
        return _waiting_words(coming, pattern, calendar)
    open_amount, limit = euros(amount), euros(limits.small_amount)
    return Technical.SMALL, Words(
        f"Er staat {open_amount.nl} open. Onder de {limit.nl} ondernemen we niets.",
        f"{open_amount.en} is open. Below {limit.en} we do nothing.",
    )


def _pause_words(pause: Pause) -> Words:
    if pause.end is None:
        return Words("Deze zaak staat stil tot nader bericht.", "This case is on hold until further notice.")
    until = day_in_words(pause.end, year=True)
    return Words(f"Deze zaak staat stil tot en met {until.nl}.", f"This case is on hold until {until.en}.")


def _waiting_words(coming: Awaited, pattern: Pattern, calendar: Calendar) -> tuple[Technical, Words]:
    """Why the money of this charge may still come, and until when."""
    due = coming.charge.due
    until, due_said = day_in_words(coming.allowed_until), day_in_words(due)
    wait = Words(f"We wachten tot en met {until.nl}.", f"We wait until {until.en}.")
    prompt = (coming.expected_on - due).days <= _FEW_DAYS
    if prompt and pattern.method is Method.DIRECT_DEBIT:
        running = Words(
            f"De incasso van {due_said.nl} loopt nog.", f"The direct debit of {due_said.en} is still running."
        )
        return Technical.DEBIT_RUNNING, running + wait
    if prompt and not is_working_day(due, calendar.banks):
        closed = Words(f"Op {due_said.nl} waren de banken dicht.", f"Banks were closed on {due_said.en}.")
        return Technical.BANK_CLOSED, closed + wait
    if pattern.expected_days > 0 and is_rent(coming.charge):
        usual, by = max(pattern.usual_days or 0, 0), pattern.expected_days
        often = by - usual > _FEW_DAYS  # a new habit, or one of several: the median day says too little
        said = ordinal((due + timedelta(days=by if often else usual)).day)
        habit = Words(
            f"De huur komt hier {'vaak pas' if often else 'meestal'} rond de {said.nl} binnen.",
            f"Rent {'often' if often else 'usually'} comes in around the {said.en} here.",
        )
        return Technical.HABIT, habit + wait
    moving = Words("Geld overmaken duurt soms een paar dagen.", "A transfer can take a few days.")
    return Technical.TRANSFER, moving + wait
