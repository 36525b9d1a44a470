"""What is really going on in the town: why a household fell behind and whether it would have caught up by itself.

Nobody has this in real life, so it never enters the database and no product code may read it; the import contract of
the project sees to that. It is written beside the town's other files and read by `evaluate` only.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path


class Cause(StrEnum):
    """Why a household did not pay as it should. Never anything on health."""

    FORGOTTEN = "forgotten"
    FAILED_DEBIT = "failed_debit"
    LATE_BENEFIT = "late_benefit"
    OLD_AMOUNT = "old_amount"
    """Went on paying the rent of before the yearly rise."""
    INCOME_DROP = "income_drop"
    LIFE_EVENT = "life_event"
    """Separation, a move in the family, a death: something that is nobody's business here."""
    DISPUTE = "dispute"
    DEBT_SPIRAL = "debt_spiral"


class Ending(StrEnum):
    """How an episode of arrears came to its end."""

    SELF = "self"
    """Paid without anybody's visit, call or plan."""
    LUMP = "lump"
    """Paid at once after the landlord of the past got a grip on it."""
    PLAN = "plan"
    """Paid in instalments by a payment plan."""
    HELP = "help"
    """Partly paid and partly written off, with help from the municipality."""
    LEFT = "left"
    """The tenancy ended with a debt."""
    OPEN = "open"
    """Not over when the story of the town stops."""


@dataclass(slots=True)
class Episode:
    """One stretch of trouble of one tenancy."""

    tenancy: str
    neighbourhood: str
    cause: Cause
    started: date
    """Due day of the first month that was not paid as usual."""
    cures_itself: bool
    """Whether it would have been made good without any visit."""
    ending: Ending = Ending.OPEN
    plan_from: date | None = None
    """Due day of the first month with an instalment by plan."""
    ended: date | None = None
    """Day on which nothing of it was open any more, also when that day is yet to come."""

    def running(self, day: date) -> bool:
        """True when it had started and was not over at the start of `day`."""
        return self.started <= day and (self.ended is None or day <= self.ended)

    def needs_somebody(self, day: date) -> bool:
        """True when, left alone from `day` on, it would not have been made good: not self-curing and without a plan."""
        return (
            self.running(day) and not self.cures_itself and (self.plan_from is None or day < self.plan_from)
        )


def write_truth(path: Path, episodes: Iterable[Episode]) -> None:
    """One JSON object per line and episode."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for episode in episodes:
            out.write(json.dumps(asdict(episode), default=date.isoformat, sort_keys=True) + "\n")
