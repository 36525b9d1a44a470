"""What goes wrong in a household and how it goes on from there, month by month.

A `Trouble` says for each month how the rent is paid (`Turn`) until it ends by itself or in one of the ways out of the
past. The amounts follow from the ledger in `ledger_maker`; the odds stand in `assumptions`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import NamedTuple

from voordeur.demo import assumptions as odds
from voordeur.demo.assumptions import Odds
from voordeur.demo.households import Habit, Income, Manner
from voordeur.demo.truth import Cause

OLD_RENT = -1.0


class Turn(NamedTuple):
    """How one month's rent is paid."""

    share: float = 1.0
    """The part that is paid on the usual day, or on `day`; OLD_RENT for the rent of before the last rise."""
    day: int | None = None
    """Days after due when not as usual."""
    bounced: bool = False
    """The direct debit is drawn and comes back; `share` does not count."""
    rest_on: int | None = None
    """Days after due on which what is missing of this month is paid after all."""


class Phase(StrEnum):
    """How the open amount goes away after the last turn."""

    NONE = "none"
    """The turns themselves made it good."""
    LUMP = "lump"
    SPREAD = "spread"
    PLAN = "plan"
    HELP = "help"
    LEFT = "left"


@dataclass(slots=True)
class Trouble:
    """One episode as it is lived: the turns to come, then the phase that ends it."""

    cause: Cause
    cures_itself: bool
    turns: list[Turn]
    phase: Phase = Phase.NONE
    instalment: float = 0.0
    """Months of rent a month, in the phases SPREAD and PLAN."""
    at: int = field(default=0)


def monthly_odds(habit: Habit) -> list[tuple[Cause, Odds]]:
    """What can befall this household, apart from the month of July."""
    found = [
        (Cause.INCOME_DROP, odds.INCOME_DROP),
        (Cause.LIFE_EVENT, odds.LIFE_EVENT),
        (Cause.DISPUTE, odds.DISPUTE),
        (Cause.DEBT_SPIRAL, odds.DEBT_SPIRAL),
    ]
    if habit.manner is Manner.DEBIT:
        found.append((Cause.FAILED_DEBIT, odds.FAILED_DEBIT))
    else:
        by_hand = habit.manner is Manner.BY_HAND
        found.append((Cause.FORGOTTEN, odds.FORGOTTEN_BY_HAND if by_hand else odds.FORGOTTEN_STANDING))
    if habit.income in (Income.WELFARE, Income.INSURANCE, Income.INSURANCE_FOUR_WEEKLY):
        found.append((Cause.LATE_BENEFIT, odds.LATE_BENEFIT))
    return found


def begin(rnd: Random, cause: Cause, cures: float, habit: Habit, debit: bool) -> Trouble:
    """A new episode of this cause. `cures`: chance that it cures by itself; `debit`: direct debit is in force."""
    cures_itself = rnd.random() < cures
    if cause in (Cause.FORGOTTEN, Cause.FAILED_DEBIT, Cause.LATE_BENEFIT):
        return _slip(rnd, cause, cures_itself, habit, debit)
    if cause is Cause.OLD_AMOUNT:
        months = rnd.randint(1, 6) if cures_itself else _months_until_help(rnd)
        return Trouble(cause, cures_itself, [Turn(OLD_RENT)] * months, Phase.LUMP)
    lead = _lead(rnd, cause)
    if cures_itself:
        worse = _misses(rnd, cause, debit, rnd.choices((1, 2, 3, 4), (45, 30, 17, 8))[0])
        phase = Phase.LUMP if rnd.random() < 0.45 else Phase.SPREAD
        return Trouble(cause, True, lead + worse, phase, rnd.uniform(0.25, 0.8))
    return _stays(rnd, cause, lead, debit)


def _slip(rnd: Random, cause: Cause, cures_itself: bool, habit: Habit, debit: bool) -> Trouble:
    """One month goes wrong and nothing is the matter: it is made good in days or weeks, or never noticed at all."""
    bounced = debit
    if cures_itself:
        middle = {Cause.FORGOTTEN: 10.0, Cause.FAILED_DEBIT: 13.0, Cause.LATE_BENEFIT: 15.0}[cause]
        day = round(middle * habit.patience * rnd.lognormvariate(0.0, 0.45)) + max(habit.day, 0)
        return Trouble(cause, True, [Turn(0.0, bounced=bounced, rest_on=min(max(day, 4), 75))])
    turns = [Turn(0.0, bounced=bounced)] + [Turn()] * _months_until_help(rnd)
    phase = Phase.LUMP if rnd.random() < 0.7 else Phase.PLAN
    return Trouble(cause, False, turns, phase, rnd.uniform(0.15, 0.35))


def _lead(rnd: Random, cause: Cause) -> list[Turn]:
    """What can be seen coming: months paid later and later, or in part."""
    if cause is Cause.DEBT_SPIRAL:
        days, turns = rnd.randint(3, 7), []
        for _ in range(rnd.randint(1, 4)):
            turns.append(Turn(day=days))
            days += rnd.randint(3, 8)
        return turns
    if cause is Cause.INCOME_DROP and rnd.random() < 0.4:
        return [Turn(rnd.uniform(0.3, 0.8))]
    return []


def _misses(rnd: Random, cause: Cause, debit: bool, months: int) -> list[Turn]:
    """Months that are not paid, or in part. A debit bounces twice at most: then the mandate is stopped."""
    turns = []
    for month in range(months):
        if debit and month < 2 and cause is not Cause.DISPUTE:
            turns.append(Turn(0.0, bounced=True))
        elif cause is Cause.DISPUTE:
            turns.append(Turn(rnd.choice((0.0, 0.5, 0.75, 0.85))))
        elif rnd.random() < 0.4:
            turns.append(Turn(round(rnd.uniform(0.25, 0.85), 2), day=rnd.randint(0, 20)))
        else:
            turns.append(Turn(0.0))
    return turns


def _stays(rnd: Random, cause: Cause, lead: list[Turn], debit: bool) -> Trouble:
    """Arrears that stay: a gap that is never filled, a rent that is too high every month, or no payment at all."""
    months = _months_until_help(rnd)
    shape = rnd.random()
    if shape < 0.45:
        gap = _misses(rnd, cause, debit, rnd.choices((1, 2, 3), (50, 35, 15))[0])
        turns = gap + [Turn(day=_restless(rnd)) for _ in range(months)]
    elif shape < 0.78:
        short = rnd.uniform(0.55, 0.95)
        turns = _misses(rnd, cause, debit, 1)
        for _ in range(months):
            turns.append(Turn(min(1.0, max(0.0, rnd.gauss(short, 0.2))), day=_restless(rnd)))
    else:
        turns = _misses(rnd, cause, debit, 2)
        for _ in range(max(1, months // 2)):
            turns.append(Turn(0.0) if rnd.random() < 0.72 else Turn(1.0, day=_restless(rnd)))
    trouble = Trouble(cause, False, lead + turns)
    return _way_out(rnd, trouble, more_leave=shape >= 0.78)


def _restless(rnd: Random) -> int | None:
    """The usual day, or any day of the month."""
    return None if rnd.random() < 0.5 else rnd.randint(-3, 24)


def _way_out(rnd: Random, trouble: Trouble, *, more_leave: bool = False) -> Trouble:
    ways = {**odds.WAYS_OUT, "left": odds.WAYS_OUT["left"] * (2.5 if more_leave else 1.0)}
    trouble.phase = Phase(rnd.choices(list(ways), list(ways.values()))[0])
    trouble.instalment = rnd.uniform(0.10, 0.30)
    return trouble


def _months_until_help(rnd: Random) -> int:
    months = odds.MONTHS_UNTIL_HELP.value * rnd.lognormvariate(0.0, odds.HELP_SIGMA.value)
    return min(max(round(months), 1), 36)
