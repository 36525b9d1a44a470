"""Pauses of the day count (dispute, moratorium, administrator): normalised, however late they were entered.

A pause runs from `start` up to `end`: on its last day it is still active, and it counts `end - start` days.
Days are only taken off while something is overdue; money stays owed during a pause.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple


class Pause(NamedTuple):
    """A stretch in which days do not count. `end` None: until further notice."""

    start: date
    end: date | None = None

    def active(self, on: date) -> bool:
        """True from the first day up to and including the last."""
        return self.start <= on and (self.end is None or on <= self.end)


class PauseAction(NamedTuple):
    """What somebody did, in the order it was entered: `pause` from/to, or `resume` from a day."""

    action: str
    start: date
    end: date | None = None


def effective_pauses(actions: Iterable[PauseAction]) -> list[Pause]:
    """The pauses as they ran: a resume ends the pause that is active on its day.

    Raises ValueError for an unknown action, a pause that ends before it starts, and a resume without a pause.
    """
    periods: list[Pause] = []
    for action in actions:
        if action.action == "pause":
            if action.end is not None and action.end < action.start:
                raise ValueError("a pause ends on or after the day it starts")
            periods.append(Pause(action.start, action.end))
        elif action.action == "resume":
            _end_active(periods, action.start)
        else:
            raise ValueError("unknown action: a pause is started with 'pause' and ended with 'resume'")
    return periods


def _end_active(periods: list[Pause], on: date) -> None:
    active = [at for at, pause in enumerate(periods) if pause.active(on)]
    if not active:
        raise ValueError("there is no pause to end on that day")
    for at in active:
        periods[at] = periods[at]._replace(end=on)


def normalised(pauses: Iterable[Pause]) -> list[Pause]:
    """In order of time, overlapping pauses merged. Pauses that only touch stay apart: they count the same."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: (p.start, p.end or date.max)):
        last = merged[-1] if merged else None
        if last is not None and (last.end is None or pause.start < last.end):
            later = None if last.end is None or pause.end is None else max(last.end, pause.end)
            merged[-1] = Pause(last.start, later)
        else:
            merged.append(pause)
    return merged


def paused_days(pauses: Sequence[Pause], since: date, on: date) -> int:
    """Days between `since` (overdue since) and `on` that fall in a pause. `pauses` must be normalised."""
    days = 0
    for pause in pauses:
        end = on if pause.end is None else min(pause.end, on)
        days += max(0, (end - max(pause.start, since)).days)
    return days


def days_counted(due: date, on: date, pauses: Sequence[Pause] = ()) -> int:
    """Days that something due on `due` is overdue on `on`: calendar days less paused days, never negative."""
    if on <= due:
        return 0
    return (on - due).days - paused_days(pauses, due, on)
