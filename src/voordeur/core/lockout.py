"""When an account is closed for a while because somebody keeps guessing: how often, within how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class LockoutStep:
    """So many failures within so long close the account for as long again, counted from the last failure."""

    failures: int
    within: timedelta


LOCKOUT = (LockoutStep(5, timedelta(minutes=15)), LockoutStep(20, timedelta(hours=24)))
"""At most 20 guesses a day on one account: OWASP ASVS 4.0.3, 2.2.1, allows 100 an hour. Our own choice."""


def closed_until(failures: Sequence[datetime], steps: Sequence[LockoutStep] = LOCKOUT) -> datetime | None:
    """The moment until which these failures keep the account closed; None when they never do.

    `failures`: moments since the last success or pardon, in any order. What is tried while the account is closed is no
    failure: it is not even looked at, so knocking on does not keep somebody out for longer.
    """
    newest = sorted(failures, reverse=True)
    until = [
        newest[0] + step.within
        for step in steps
        if len(newest) >= step.failures and newest[0] - newest[step.failures - 1] <= step.within
    ]
    return max(until, default=None)
