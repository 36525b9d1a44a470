"""The policy as a page to read: numbers, steps from heavy to light, order of the list, each with its source. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from voordeur.core.conditions import Condition, Op, plain
from voordeur.core.fact_catalogue import comparisons, fact_catalogue
from voordeur.core.limits import MONEY_LIMITS, Limits
from voordeur.core.money import euros
from voordeur.core.policy import Block, Policy, Rule, Tier
from voordeur.core.words import Words, day_in_words
from voordeur.web.policy_part_forms import MODES

_TRUST = {
    "verified": Words("nagelezen", "verified"),
    "secondary": Words("uit een tweede bron", "from a second source"),
    "choice": Words("eigen keuze", "own choice"),
    "unverified": Words("niet nagekeken", "not checked"),
}
_BLANK = re.compile(r"\{\w+\}")
"""What is filled in per household: here three dots."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the policy says."""

    name: Words
    value: Words
    source: Words


@dataclass(frozen=True, slots=True)
class Table:
    """One part of the policy."""

    title: Words
    note: Words
    lines: tuple[Line, ...]


def tables(policy: Policy) -> list[Table]:
    """Steps first: that is what somebody comes to read."""
    since = day_in_words(policy.start, year=True)
    steps = Table(
        policy.title,
        Words(
            f"geldt sinds {since.nl} · de eerste regel die past, telt",
            f"since {since.en} · the first that fits counts",
        ),
        tuple(
            Line(_when(rule), rule.action.words, _source(rule.source, rule.trust)) for rule in policy.rules
        ),
    )
    order = Table(
        Words("Wie komt eerst op de lijst", "Who comes first on the list"),
        Words("van boven naar beneden", "from top to bottom"),
        tuple(
            Line(tier.words, Words(str(at), str(at)), _source(tier.source, tier.trust))
            for at, tier in enumerate(policy.order, 1)
        ),
    )
    numbers = Table(
        Words("De getallen", "The numbers"),
        Words("waarmee we een grootboek lezen", "with which we read a ledger"),
        tuple(_limit(policy, field.name) for field in fields(Limits) if field.name in policy.notes),
    )
    blocks = Table(
        Words("Wanneer een stap niet kan", "When a step is closed"),
        Words("welke regel er ook om vraagt", "whatever rule asks for it"),
        tuple(_closed(block) for block in policy.blocks),
    )
    return [steps, *([blocks] if blocks.lines else []), order, numbers]


def _closed(block: Block) -> Line:
    title = _block_line(0, block).title
    return Line(block.reason, title, _source(block.source, block.trust))


def _when(rule: Rule) -> Words:
    """The reason with dots for what differs per household; the rule's name when nothing else is left."""
    said = Words(_BLANK.sub("…", rule.reason.nl), _BLANK.sub("…", rule.reason.en))
    if said.nl != "…":
        return Words(said.nl.replace("….", "…"), said.en.replace("….", "…"))
    name = rule.name.replace("-", " ").capitalize()
    return Words(f"{name}.", f"{name}.")


def _limit(policy: Policy, name: str) -> Line:
    note, value = policy.notes[name], getattr(policy.limits, name)
    shown = euros(value) if name in MONEY_LIMITS else Words(str(value), str(value))
    return Line(note.words, shown, _source(note.source, note.trust))


def _source(source: str, trust: str) -> Words:
    """Source and trust mark. Sources are Dutch titles; they stay Dutch."""
    mark = _TRUST.get(trust, Words(trust, trust))
    if source.casefold().startswith("eigen keuze"):
        return Words(source, source)
    return Words(f"{source} ({mark.nl})", f"{source} ({mark.en})")


@dataclass(frozen=True, slots=True)
class PartLine:
    """One rule, block or place in the order, to read and to choose."""

    at: int
    name: str
    title: Words
    """What it advises or closes; empty for a place in the order."""
    reason: Words
    when: tuple[Words, ...]
    unless: tuple[tuple[Words, ...], ...] = ()
    level: Words | None = None
    """The level of a ladder that it waits for."""
    source: Words | None = None


def whole(policy: Policy) -> dict[str, Any]:
    """Everything a policy is made of, in words: for the page on which it is written."""
    return {
        "policy": policy,
        "rules": [_rule_line(at, rule) for at, rule in enumerate(policy.rules)],
        "blocks": [_block_line(at, block) for at, block in enumerate(policy.blocks)],
        "order": [_tier_line(at, tier) for at, tier in enumerate(policy.order)],
    }


def _rule_line(at: int, rule: Rule) -> PartLine:
    unless = tuple(tuple(map(condition_words, group)) for group in rule.unless)
    source = _source(rule.source, rule.trust)
    return PartLine(
        at, rule.name, rule.action.words, _when(rule), _all(rule.when), unless, _level(rule), source
    )  # fmt: skip


def _block_line(at: int, block: Block) -> PartLine:
    closed = [action.words for action in block.actions]
    title = Words(" · ".join(one.nl for one in closed), " · ".join(one.en for one in closed))
    return PartLine(
        at, block.name, title, block.reason, _all(block.when), source=_source(block.source, block.trust)
    )  # fmt: skip


def _tier_line(at: int, tier: Tier) -> PartLine:
    return PartLine(
        at, tier.name, Words("", ""), tier.words, _all(tier.when), source=_source(tier.source, tier.trust)
    )  # fmt: skip


def _all(conditions: Sequence[Condition]) -> tuple[Words, ...]:
    return tuple(map(condition_words, conditions))


def _level(rule: Rule) -> Words | None:
    """`trede 2 van "brieven": 14 dagen na de vorige trede, vanaf € 50,00`."""
    level = rule.level
    if level is None:
        return None
    mode, amount = MODES[level.mode], euros(level.from_amount)
    floor = Words(f", vanaf {amount.nl}", f", from {amount.en}") if level.from_amount else Words("", "")
    return Words(
        f"trede {level.number} van “{rule.ladder}”: {level.days} {mode.nl}{floor.nl}",
        f"level {level.number} of “{rule.ladder}”: {level.days} {mode.en}{floor.en}",
    )


def condition_words(condition: Condition) -> Words:
    """A condition as a person reads it; the text of the policy when nobody wrote words for its fact."""
    entry = next((one for one in fact_catalogue() if one.name == condition.fact), None)
    if entry is None:
        return Words(str(condition), str(condition))
    how = dict(comparisons(entry))[condition.op]
    number = plain(condition.value)
    bare = condition.op in (Op.IS, Op.IS_NOT)
    value = Words("", "") if bare else Words(f" {number.nl}", f" {number.en}")
    nl, en = entry.words.nl.rstrip("."), entry.words.en.rstrip(".")
    return Words(
        f"{nl}: {how.nl}{value.nl} {entry.unit.nl}".strip(),
        f"{en}: {how.en}{value.en} {entry.unit.en}".strip(),
    )
