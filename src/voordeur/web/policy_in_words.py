"""The policy as a page to read: numbers, steps from heavy to light, order of the list, each with its source. Pure."""

import re
from dataclasses import dataclass, fields

from voordeur.core.conditions import Condition, Op
from voordeur.core.fact_catalogue import comparisons, fact_catalogue
from voordeur.core.limits import MONEY_LIMITS, Limits
from voordeur.core.money import euros
from voordeur.core.policy import Policy, Rule
from voordeur.core.words import Words, day_in_words

_TRUST = {
    "verified": Words("nagelezen", "verified"),
    "secondary": Words("uit een tweede bron", "from a second source"),
    "choice": Words("eigen keuze", "own choice"),
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
    return [steps, order, numbers]


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
class RuleLine:
    """One rule to read and to choose."""

    at: int
    name: str
    action: Words
    reason: Words
    when: tuple[Words, ...]


def rule_lines(policy: Policy) -> list[RuleLine]:
    """The rules with their conditions in words."""
    return [
        RuleLine(at, rule.name, rule.action.words, _when(rule), tuple(map(condition_words, rule.when)))
        for at, rule in enumerate(policy.rules)
    ]


def condition_words(condition: Condition) -> Words:
    """A condition as a person reads it; the text of the policy when nobody wrote words for its fact."""
    entry = next((one for one in fact_catalogue() if one.name == condition.fact), None)
    if entry is None:
        return Words(str(condition), str(condition))
    how = dict(comparisons(entry))[condition.op]
    value = "" if condition.op in (Op.IS, Op.IS_NOT) else f" {condition.value:g}"
    nl, en = entry.words.nl.rstrip("."), entry.words.en.rstrip(".")
    return Words(
        f"{nl}: {how.nl}{value} {entry.unit.nl}".strip(), f"{en}: {how.en}{value} {entry.unit.en}".strip()
    )
