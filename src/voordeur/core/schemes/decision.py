"""What the check decides about one scheme: one of four outcomes, with an amount from lowest to highest."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from voordeur.core.schemes.household import Fact, Span


class Outcome(StrEnum):
    """The four ways in which a question about a scheme can end."""

    CALCULATED = "calculated"
    NOT_ELIGIBLE = "not_eligible"
    MISSING = "missing"
    ASK_PERSON = "ask_person"


class Decision(NamedTuple):
    """Outcome with its amount in cents a month, from the least to the most that fits what is known."""

    outcome: Outcome
    low: int = 0
    high: int = 0
    reason: str = ""
    """Stable name of why not, or of what to ask; `sentences` says it in words."""
    missing: tuple[Fact, ...] = ()


NO_DATA = Decision(Outcome.ASK_PERSON, reason="no-data")
"""The program has no amounts for this scheme on this day."""


@cache
def refused(reason: str) -> Decision:
    """Not eligible, because."""
    return Decision(Outcome.NOT_ELIGIBLE, reason=reason)


def unknown(*facts: Fact) -> Decision:
    """These facts are missing."""
    return Decision(Outcome.MISSING, missing=facts)


def ask(reason: str, low: int = 0, high: int = 0) -> Decision:
    """A person must look at this; the amount is an indication, or zero when there is none."""
    return Decision(Outcome.ASK_PERSON, low, high, reason)


def calculated(low: int, high: int, nothing: str) -> Decision:
    """An amount from `low` to `high`; refused with the reason `nothing` when even the highest is zero."""
    if high <= 0:
        return refused(nothing)
    return Decision(Outcome.CALCULATED, low, high)


def surely_below(assets: Span, limit: int | None) -> bool:
    """Are the assets certainly not above the limit? Of a limit that we do not know only nothing at all is sure."""
    return assets.high <= (limit or 0)


def over(assets: Span, limit: int) -> bool:
    """Are the assets certainly above the limit?"""
    return assets.low > limit
