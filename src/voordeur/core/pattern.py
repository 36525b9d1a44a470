"""How a household pays: its own payment day, learned from its own rent months.

Someone who pays on the 12th because the benefit comes on the 12th is on time on the 12th. What is learned
here is only ever used in the household's favour (when do we expect the money, how often did it come in by
itself) and has a limit set by policy. A plain function of the ledger: when money arrives, what it said before
is gone.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from voordeur.core.ledger import Charge, Component, Kind
from voordeur.core.limits import Limits

_WEEKEND = 2
_MONTH = 31


class Method(StrEnum):
    """How the rent is paid, as far as we know."""

    DIRECT_DEBIT = "direct_debit"
    TRANSFER = "transfer"
    UNKNOWN = "unknown"


class RentMonth(NamedTuple):
    """The rent (with service costs) that fell due in one calendar month, and when it came in."""

    due: date
    amount: int
    open: int
    complete_on: date | None
    """The day of the money with which all but a small rest was in; None while it is not."""
    first_paid_on: date | None
    days: int | None
    """Days from due to complete, negative when early; None while it is not complete."""
    reversed: bool = False


class Episode(NamedTuple):
    """An earlier stretch in which rent was late, and that came to an end."""

    start: date
    """The due day of its first late month."""
    days: int
    """From that day until everything was in."""
    by_itself: bool
    """True when nobody had contact with the household in that time, as far as is recorded."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How this household pays. Counts are over the last `Limits.window_months` rent months."""

    on: date
    method: Method
    months: tuple[RentMonth, ...]
    """The last `Limits.chart_months` rent months, oldest first; the newest may still be open."""
    rent: int
    """Cents of rent a month at present; 0 when no rent was ever charged."""
    usual_days: int | None
    """Days after due on which rent is usually complete (weighted median); None with too few observations."""
    expected_days: int
    """Days after due by which we expect it: 0 without a habit, never more than `Limits.grace_limit_days`."""
    spread: int | None
    """Days between the early and the late half of the months learned from (quartiles)."""
    observed: int
    """Paid months counted."""
    late: int
    """Of these, how many were complete later than `late_after`."""
    missed: int
    """Months that were not complete within a month, the open ones included."""
    partial: int
    """Months paid in parts, the last of them late, the open ones included."""
    reversed: int
    """Months of which a payment was undone."""
    sliding: tuple[int, ...]
    """Days late of the newest paid months that came later and later; empty when they did not."""
    behind: int
    """Newest months in a row that came in more than `Limits.grace_limit_days` late, or not at all."""
    on_time: int
    """Newest months in a row in time, the one that is being waited for left out."""
    known: int
    """Paid rent months in the whole ledger."""
    episodes: tuple[Episode, ...]
    late_after: int
    """A month counts as late when it was complete more than this many days after due."""

    @property
    def late_share(self) -> float:
        """Share of the paid months that came late."""
        return self.late / self.observed if self.observed else 0.0

    @property
    def self_cure_share(self) -> float:
        """Share of the earlier late episodes that ended by themselves; 0 when there were none."""
        return sum(e.by_itself for e in self.episodes) / len(self.episodes) if self.episodes else 0.0

    @property
    def usual_cure_days(self) -> int | None:
        """Days after due within which three quarters of the earlier late episodes were over."""
        lengths = sorted(episode.days for episode in self.episodes)
        return lengths[-(-3 * len(lengths) // 4) - 1] if lengths else None


def payment_pattern(
    charges: Iterable[Charge],
    on: date,
    limits: Limits,
    *,
    method: Method = Method.UNKNOWN,
    reversed_payments: Sequence[date] = (),
    contacts: Sequence[date] = (),
) -> Pattern:
    """Learn how a household pays from the charges of its `Position` on day `on`.

    `reversed_payments` are the days of payments that were undone; `contacts` the days of personal contact, so
    that arrears that ended after a talk are not booked as ended by themselves.
    """
    every = _mark_reversed(rent_months(charges, on, limits.small_amount), reversed_payments)
    months = every[-limits.chart_months :]
    learned = _learned_days([m for m in months[-limits.window_months :] if m.due < on], limits)
    weights = [(limits.recency_percent / 100) ** age for age in range(len(learned))]
    habit = len(learned) >= limits.min_observations
    expected = max(0, weighted_quantile(learned, weights, limits.habit_percent / 100)) if habit else 0
    late_after = expected + limits.bank_margin_days + _WEEKEND
    ripe = [m for m in every if m.complete_on is not None or _days_late(m, on) > late_after]
    paid = [m for m in ripe if m.complete_on is not None]
    counted = paid[-limits.window_months :]
    quartiles = [weighted_quantile(learned, weights, q) for q in (0.25, 0.5, 0.75)] if habit else None
    return Pattern(
        on=on,
        method=method,
        months=tuple(months),
        rent=_present_rent(months),
        usual_days=quartiles[1] if quartiles else None,
        expected_days=expected,
        spread=quartiles[2] - quartiles[0] if quartiles else None,
        observed=len(counted),
        late=sum(_days_late(m, on) > late_after for m in counted),
        missed=sum(_days_late(m, on) > _MONTH for m in ripe[-limits.window_months :]),
        partial=sum(_in_parts(m, on, late_after) for m in ripe[-limits.window_months :]),
        reversed=sum(m.reversed for m in months[-limits.window_months :]),
        sliding=_sliding(counted, limits),
        behind=_run(
            [m for m in every if m.complete_on is not None or _days_late(m, on) > limits.grace_limit_days],
            lambda m: _days_late(m, on) > limits.grace_limit_days,
        ),
        on_time=_run(paid, lambda m: _days_late(m, on) <= late_after),
        known=len(paid),
        episodes=tuple(
            episodes_of([m for m in ripe[-limits.chart_months :] if _days_late(m, on) > late_after], contacts)
        ),
        late_after=late_after,
    )


def rent_months(charges: Iterable[Charge], on: date, small_amount: int = 0) -> list[RentMonth]:
    """Rent and service costs due by `on`, per calendar month in which they fell due, oldest first."""
    by_month: dict[tuple[int, int], list[Charge]] = {}
    for charge in charges:
        entry, due = charge.entry, charge.due
        if due <= on and entry.amount and is_rent(charge):
            by_month.setdefault((due.year, due.month), []).append(charge)
    rent = [parts for parts in by_month.values() if any(p.entry.component is Component.RENT for p in parts)]
    found = [_rent_month(parts, small_amount) for parts in rent]
    found.sort(key=lambda month: month.due)
    return found


def is_rent(charge: Charge) -> bool:
    """True for a charge of rent or service costs."""
    component = charge.entry.component
    return charge.entry.kind is Kind.CHARGE and (
        component is Component.RENT or component is Component.SERVICE
    )


def _rent_month(parts: Sequence[Charge], small_amount: int) -> RentMonth:
    first = parts[0]
    if len(parts) == 1 and not first.outstanding and len(first.covering) == 1:
        (paid,) = first.covering.values()  # nearly always: one charge, paid in one go
        if paid.kind is not Kind.WRITE_OFF:
            day = paid.money_date
            return RentMonth(first.due, first.amount, 0, day, day, (day - first.due).days)
    amount = sum(part.amount for part in parts)
    money = sorted(
        (a.money_date, a.amount) for p in parts for a in p.covering.values() if a.kind is not Kind.WRITE_OFF
    )
    due = min(part.due for part in parts)
    came_in, complete_on = 0, None
    for day, cents in money:
        came_in += cents
        if complete_on is None and came_in >= amount - small_amount:
            complete_on = day
    days = None if complete_on is None else (complete_on - due).days
    still_open = sum(part.outstanding for part in parts)
    return RentMonth(due, amount, still_open, complete_on, money[0][0] if money else None, days)


def _mark_reversed(months: list[RentMonth], payments: Sequence[date]) -> list[RentMonth]:
    """A payment that was undone belongs to the month that was due at the time, a few days early included."""
    dues = [month.due for month in months]
    for day in payments:
        at = bisect_right(dues, day + timedelta(days=7)) - 1
        if at >= 0:
            months[at] = months[at]._replace(reversed=True)
    return months


def _present_rent(months: Sequence[RentMonth]) -> int:
    """The middle of the last three, so that one odd bill does not pass for the rent."""
    last = sorted(month.amount for month in months[-3:])
    return last[len(last) // 2] if last else 0


def _learned_days(months: Sequence[RentMonth], limits: Limits) -> list[int]:
    """Days late of the months that can teach a habit, newest first; none when fewer than half of them can.

    A month paid later than the limit is trouble, not habit: it must not stretch what we accept.
    """
    days = [m.days for m in reversed(months)]
    within = [d for d in days if d is not None and d <= limits.grace_limit_days]
    return within if 2 * len(within) >= len(days) else []


def weighted_quantile(values: Sequence[int], weights: Sequence[float], share: float) -> int:
    """The smallest value at or below which at least `share` of the weight lies. ValueError without values."""
    if not values:
        raise ValueError("a quantile needs values")
    needed = share * sum(weights) - 1e-9
    reached = 0.0
    pairs = sorted(zip(values, weights, strict=True))
    for value, weight in pairs:
        reached += weight
        if reached >= needed:
            return value
    return pairs[-1][0]


def _days_late(month: RentMonth, on: date) -> int:
    """Days from due to complete; for a month that is still open the days until now."""
    return (on - month.due).days if month.days is None else month.days


def _in_parts(month: RentMonth, on: date, late_after: int) -> bool:
    """Paid in parts, the last of them late: someone who always pays in two terms in time is not meant."""
    return month.first_paid_on not in (None, month.complete_on) and _days_late(month, on) > late_after


def _run(months: Sequence[RentMonth], holds: Callable[[RentMonth], bool]) -> int:
    """How many of the newest months in a row `holds` is true for."""
    count = 0
    for month in reversed(months):
        if not holds(month):
            break
        count += 1
    return count


def _sliding(months: Sequence[RentMonth], limits: Limits) -> tuple[int, ...]:
    """The newest paid months that each came later than the one before, if that is a slide by the limits.

    The last must also be the latest of all months looked at, or an irregular payer would slide now and then;
    and within the limit for a usual payment day: what comes later than that is arrears, not a slide.
    """
    days = [month.days for month in months if month.days is not None]
    start = len(days) - 1
    while start > 0 and days[start - 1] < days[start]:
        start -= 1
    slide = days[start:] if days else []
    if len(slide) <= limits.slide_months or slide[-1] - slide[0] < limits.slide_days or slide[-1] < max(days):
        return ()
    return tuple(slide) if 0 < slide[-1] <= limits.grace_limit_days else ()


def episodes_of(late: Sequence[RentMonth], contacts: Sequence[date]) -> Iterable[Episode]:
    """Late months, joined where the next was due before the one before was in; only those that are over."""
    start: date | None = None
    end: date | None = None
    for month in late:
        if start is not None and end is not None and month.due > end:
            yield _episode(start, end, contacts)
            start = None
        if start is None:
            start, end = month.due, month.complete_on
        elif end is not None:
            end = None if month.complete_on is None else max(end, month.complete_on)
    if start is not None and end is not None:
        yield _episode(start, end, contacts)


def _episode(start: date, end: date, contacts: Sequence[date]) -> Episode:
    return Episode(start, (end - start).days, not any(start < day <= end for day in contacts))
