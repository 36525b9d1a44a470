"""What comes after the check: per scheme what was done with it, and what that means for the money of a household."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voordeur.core.problems import Problem
from voordeur.core.words import Words


class TaskState(StrEnum):
    """What became of a scheme that was worth asking for."""

    ADVISED = "advised"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    DROPPED = "dropped"
    """The tenant does not want to ask, or it is no longer needed."""

    @property
    def words(self) -> Words:
        """What it is called on a screen."""
        return _STATE_WORDS[self]

    @property
    def open(self) -> bool:
        """Does somebody still have to do something?"""
        return self in (TaskState.ADVISED, TaskState.APPLIED)


_STATE_WORDS = {
    TaskState.ADVISED: Words("nog aanvragen", "still to apply for"),
    TaskState.APPLIED: Words("aangevraagd", "applied for"),
    TaskState.GRANTED: Words("toegekend", "granted"),
    TaskState.REFUSED: Words("afgewezen", "refused"),
    TaskState.DROPPED: Words("niet nodig", "not needed"),
}
LONGEST_ANSWER_DAYS = 91
"""Thirteen weeks, within which Dienst Toeslagen decides (Awir art. 19); eight weeks for a municipality (Awb 4:13)."""
MOST_A_MONTH = 500_000
"""Above this many cents a month an amount is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody writes down about a task."""

    state: TaskState
    on: date
    """The day on which it happened."""
    granted: int | None = None
    """Cents a month; only with GRANTED."""
    since: date | None = None
    """From which month it is paid; only with GRANTED."""


def problems_of(step: Step, advised_on: date, today: date) -> list[Problem]:
    """Everything that is wrong with a step, at once."""
    granted, told = step.state is TaskState.GRANTED, step.granted is not None
    wrong = {
        "day-of-step": not advised_on <= step.on <= today,
        "amount-missing": granted and not told,
        "amount-strange": told and not 0 < (step.granted or 0) <= MOST_A_MONTH,
        "since-missing": granted and step.since is None,
        "amount-too-soon": not granted and (told or step.since is not None),
    }
    return [_PROBLEMS[code] for code, is_wrong in wrong.items() if is_wrong]


_PROBLEMS = {
    one.code: one
    for one in (
        Problem("day-of-step", Words("Deze dag kan niet.", "That day cannot be."),
                Words("Kies een dag tussen de check en vandaag.", "Choose a day between the check and today."),
                column="state_on"),
        Problem("amount-missing", Words("Het bedrag ontbreekt.", "The amount is missing."),
                Words("Vul in hoeveel het per maand is.", "Fill in how much it is a month."), column="granted"),
        Problem("amount-strange", Words("Dit bedrag kan niet.", "That amount cannot be."),
                Words("Vul een bedrag per maand in.", "Fill in an amount a month."), column="granted"),
        Problem("since-missing", Words("Vanaf wanneer ontbreekt.", "From when is missing."),
                Words("Vul in vanaf welke maand het komt.", "Fill in from which month it is paid."), column="since"),
        Problem("amount-too-soon", Words("Een bedrag hoort bij toegekend.", "An amount goes with granted."),
                Words("Laat het bedrag leeg.", "Leave the amount empty."), column="granted"),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One scheme that is followed, as far as the money goes."""

    state: TaskState
    low: int
    high: int
    """Expected, cents a month."""
    granted: int | None
    since: date | None
    state_on: date


@dataclass(frozen=True, slots=True)
class Extra:
    """What a household gets more a month than when it was asked, cents; for how much it can pay."""

    low: int
    """Granted: sure."""
    high: int
    """Granted, and what was applied for and is not refused."""
    since: date | None
    """First month of what is granted; None while nothing is."""
    expected_from: date | None
    """Month from which what was applied for may come: the one after the application; None without any."""


def extra(tasks: Iterable[FollowUp], on: date) -> Extra | None:
    """What the tasks of a household add on a day; None when they add nothing. What was only advised does not count."""
    all_of_them = list(tasks)
    granted = [one for one in all_of_them if one.state is TaskState.GRANTED and one.granted and one.since]
    applied = [one for one in all_of_them if one.state is TaskState.APPLIED and one.high]
    if not granted and not applied:
        return None
    sure = sum(one.granted or 0 for one in granted)
    return Extra(
        low=sum(one.granted or 0 for one in granted if one.since and one.since <= on),
        high=sure + sum(one.high for one in applied),
        since=min((one.since for one in granted if one.since), default=None),
        expected_from=min((_next_month(one.state_on) for one in applied), default=None),
    )


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
