"""Weighing: of the rules that hold, the first whose action is not closed; and what the others wanted."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Weighable(Protocol):
    """What is asked of a rule, whatever its facts and actions are."""

    @property
    def name(self) -> str:
        """Unique among the rules."""

    @property
    def action(self) -> str:
        """What it wants."""

    @property
    def priority(self) -> int | None:
        """Rules with the same priority are equals."""

    @property
    def always(self) -> bool:
        """True for the rule that comes last and asks nothing."""


R = TypeVar("R", bound=Weighable)

NO_RULE = "no rule of the policy holds: the last rule must have no conditions"


@dataclass(frozen=True, slots=True)
class Weighed(Generic[R]):
    """The rule that won, and what stood against it."""

    chosen: R
    also: tuple[str, ...]
    """Names of later rules that hold too and want another action."""
    clash: tuple[str, ...]
    """Those of them with the same priority as the rule that won."""
    blocked: tuple[R, ...]
    """Rules above the one that won that hold, but whose action is closed just now."""


def weigh(holding: Sequence[R], closed: Container[str]) -> Weighed[R]:
    """Weigh the rules that hold, in the order of the policy. ValueError when none of them is open."""
    at = next((at for at, rule in enumerate(holding) if rule.action not in closed), None)
    if at is None:
        raise ValueError(NO_RULE)
    chosen = holding[at]
    differ = [
        rule
        for rule in holding[at + 1 :]
        if rule.action != chosen.action and rule.action not in closed and not rule.always
    ]
    equals = [rule for rule in differ if chosen.priority is not None and rule.priority == chosen.priority]
    return Weighed(
        chosen,
        tuple(rule.name for rule in differ),
        tuple(rule.name for rule in equals),
        tuple(holding[:at]),
    )
