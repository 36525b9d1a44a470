"""How an amount came about: steps that can be read one by one, and that add up to the amount again."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from voordeur.core.words import Words


class Operation(StrEnum):
    """What a step does to the running amount."""

    ADD = "add"
    SUBTRACT = "subtract"
    DIVIDE = "divide"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    CLEAR_BELOW = "clear_below"
    """Below the amount of the step nothing is left."""
    ROUND_DOWN = "round_down"
    """Down to a multiple of the amount of the step."""
    ROUND_UP = "round_up"
    ROUND_HALF_UP = "round_half_up"
    """To the nearest multiple of the amount of the step, a half upwards."""
    COMPARE = "compare"
    """Only says what was compared; the running amount stays as it is."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a value stands, and how far it can be trusted."""

    source: str
    trust: str
    """`verified`, `secondary`, `unverified` or `choice`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done, with how much, in words, and by which article."""

    operation: Operation
    amount: Fraction
    """Cents, exact; of DIVIDE the divisor."""
    words: Words
    cited: Cited


def running(steps: Iterable[Step]) -> list[Fraction]:
    """The amount in cents after each step, from zero."""
    amount, amounts = Fraction(0), []
    for step in steps:
        amount = _after(amount, step.operation, step.amount)
        amounts.append(amount)
    return amounts


def total(steps: Iterable[Step]) -> Fraction:
    """What the steps add up to, in cents; zero without steps."""
    amounts = running(steps)
    return amounts[-1] if amounts else Fraction(0)


def _after(amount: Fraction, operation: Operation, by: Fraction) -> Fraction:
    match operation:
        case Operation.ADD:
            return amount + by
        case Operation.SUBTRACT:
            return amount - by
        case Operation.DIVIDE:
            return amount / by
        case Operation.AT_LEAST:
            return max(amount, by)
        case Operation.AT_MOST:
            return min(amount, by)
        case Operation.CLEAR_BELOW:
            return amount if amount >= by else Fraction(0)
        case Operation.ROUND_DOWN:
            return floor(amount / by) * by
        case Operation.ROUND_UP:
            return ceil(amount / by) * by
        case Operation.ROUND_HALF_UP:
            return floor(amount / by + Fraction(1, 2)) * by
        case Operation.COMPARE:
            return amount
