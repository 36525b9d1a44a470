"""A policy pack: a policy with facts and actions of its own, for who works with other ones than ours.

The same conditions, exceptions, blocks and weighing as `core/policy.py`, without its gates: those belong to the
actions of this program, and a pack has none of them. A pack therefore advises and nothing else: it cannot be the
policy of an installation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from voordeur.core.conditions import Condition, FactKind, OnADay, Vocabulary, all_hold
from voordeur.core.weighing import weigh
from voordeur.core.words import Words

NO_WORDS = Words("", "")


@dataclass(frozen=True, slots=True)
class FactEntry:
    """What a fact is: its kind, and what it says in words."""

    name: str
    kind: FactKind
    words: Words
    unit: Words = NO_WORDS
    """What a number counts; empty for a flag."""
    group: Words = NO_WORDS
    """The heading in a list of facts."""


@dataclass(frozen=True, slots=True)
class PackRule:
    """When all conditions hold and no exception does, this is the advice."""

    name: str
    action: str
    when: tuple[Condition, ...]
    unless: tuple[tuple[Condition, ...], ...]
    reason: Words
    source: str
    trust: str
    priority: int | None = None

    def holds(self, facts: OnADay) -> bool:
        """True when every condition is met and no exception is."""
        return all_hold(self.when, facts) and not any(all_hold(group, facts) for group in self.unless)

    @property
    def always(self) -> bool:
        """True for the rule that comes last and asks nothing."""
        return not self.when and not self.unless


@dataclass(frozen=True, slots=True)
class PackBlock:
    """While all conditions hold, these actions are closed."""

    name: str
    actions: tuple[str, ...]
    when: tuple[Condition, ...]
    reason: Words
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A policy with its own facts and actions, as it was read."""

    name: str
    title: Words
    start: date
    facts: Mapping[str, FactEntry]
    actions: Mapping[str, Words]
    rules: tuple[PackRule, ...]
    blocks: tuple[PackBlock, ...] = ()

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts that its conditions may name."""
        return {name: entry.kind for name, entry in self.facts.items()}


class Situation:
    """The facts of one case on a day, by name; a fact of the pack that is not given is not known (None)."""

    __slots__ = ("_values", "on")

    def __init__(self, on: date, values: Mapping[str, Any]) -> None:
        self.on = on
        self._values = values

    def __getattr__(self, name: str) -> Any:
        return self._values.get(name)


@dataclass(frozen=True, slots=True)
class Choice:
    """One action, why, and why not the others: as `core.policy.Recommendation`, for a pack."""

    action: str
    rule: str
    reason: Words
    not_now: tuple[tuple[str, Words], ...]
    also: tuple[str, ...]
    clash: tuple[str, ...]
    blocked: tuple[tuple[str, str], ...]


def choose(pack: Pack, facts: Situation) -> Choice:
    """The advice of a pack on these facts. ValueError when no rule holds: a pack without a last rule is refused."""
    closed: dict[str, PackBlock] = {}
    for block in pack.blocks:
        if all_hold(block.when, facts):
            closed |= {action: block for action in block.actions if action not in closed}
    holding = [rule for rule in pack.rules if rule.holds(facts)]
    found = weigh(holding, closed)
    chosen, barred = found.chosen, found.blocked
    return Choice(
        action=chosen.action,
        rule=chosen.name,
        reason=closed[barred[0].action].reason if barred and chosen.always else chosen.reason,
        not_now=tuple(
            (action, _why_not(pack, action, holding, closed, facts))
            for action in pack.actions
            if action != chosen.action
        ),
        also=found.also,
        clash=found.clash,
        blocked=tuple((rule.name, closed[rule.action].name) for rule in barred),
    )


def _why_not(
    pack: Pack, action: str, holding: list[PackRule], closed: Mapping[str, PackBlock], facts: Situation
) -> Words:
    if action in closed:
        return closed[action].reason
    if any(rule.action == action and not rule.always for rule in holding):
        return Words("Een regel hoger gaat voor.", "A rule above it comes first.")
    lacking = [found for rule in pack.rules if rule.action == action and (found := _lacking(rule, facts))]
    if not lacking:
        return Words("Geen regel vraagt hierom.", "No rule asks for this.")
    return min(lacking, key=len)[0]


def _lacking(rule: PackRule, facts: Situation) -> list[Words]:
    said = [condition.unmet_words(facts) for condition in rule.when if not condition.holds(facts)]
    for group in rule.unless:
        if all_hold(group, facts):
            text = " and ".join(str(condition) for condition in group)
            said.append(Words(f"Uitzondering: {text}.", f"Exception: {text}."))
    return said
