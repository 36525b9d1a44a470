"""What is different between two policies, in sentences: what somebody reads before a new one goes live."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from voordeur.core.limits import MONEY_LIMITS, Limits
from voordeur.core.money import euros
from voordeur.core.policy import Block, Note, Policy, Rule, Tier
from voordeur.core.words import Words


class ChangeKind(StrEnum):
    """What happened to a part of a policy."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    NUMBER = "number"

    @property
    def words(self) -> Words:
        """The change in a word."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    ChangeKind.ADDED: Words("nieuw", "new"),
    ChangeKind.REMOVED: Words("weg", "removed"),
    ChangeKind.CHANGED: Words("veranderd", "changed"),
    ChangeKind.MOVED: Words("op een andere plaats", "in another place"),
    ChangeKind.NUMBER: Words("ander getal", "another number"),
}


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One difference: what kind, the short name of the part, and the part in words."""

    kind: ChangeKind
    name: str
    words: Words


Part = Rule | Block | Tier


def policy_changes(before: Policy, after: Policy) -> list[PolicyChange]:
    """Every difference between two policies: rules, blocks, the order of the list, then numbers.

    A part counts as moved when it changed places with others that are in both; words and sources of a part count as
    a change of it.
    """
    lists: tuple[tuple[Sequence[Part], Sequence[Part]], ...] = (
        (before.rules, after.rules),
        (before.blocks, after.blocks),
        (before.order, after.order),
    )
    found = [change for old, new in lists for change in _of_parts(old, new)]
    return [*found, *_of_numbers(before, after)]


def _of_parts(before: Sequence[Part], after: Sequence[Part]) -> Iterator[PolicyChange]:
    old, new = {one.name: one for one in before}, {one.name: one for one in after}
    moved = _moved([name for name in old if name in new], [name for name in new if name in old])
    for name, part in new.items():
        if name not in old:
            yield PolicyChange(ChangeKind.ADDED, name, _said(part))
        elif old[name] != part:
            yield PolicyChange(ChangeKind.CHANGED, name, _said(part))
        elif name in moved:
            yield PolicyChange(ChangeKind.MOVED, name, _said(part))
    yield from (
        PolicyChange(ChangeKind.REMOVED, name, _said(part)) for name, part in old.items() if name not in new
    )


def _moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest names that must change places to get from one order to the other."""
    place = {name: at for at, name in enumerate(before)}
    best: list[list[str]] = []
    for name in after:
        rows = [row for row in best if place[row[-1]] < place[name]]
        best.append([*_longest(rows), name])
    return frozenset(after) - frozenset(_longest(best))


def _longest(rows: Sequence[list[str]]) -> list[str]:
    return max(rows, key=len) if rows else []


def _said(part: Part) -> Words:
    return part.words if isinstance(part, Tier) else part.reason


def _of_numbers(before: Policy, after: Policy) -> Iterator[PolicyChange]:
    old, new = _numbers(before), _numbers(after)
    for name in [*new, *(one for one in old if one not in new)]:
        was, now = old.get(name), new.get(name)
        note = now or was
        if note is not None and (was is None or now is None or was[0] != now[0]):
            shown = [_shown(name, one[0]) if one else Words("–", "–") for one in (was, now)]
            yield PolicyChange(
                ChangeKind.NUMBER,
                name,
                Words(
                    f"{note[1].words.nl} {shown[0].nl} → {shown[1].nl}",
                    f"{note[1].words.en} {shown[0].en} → {shown[1].en}",
                ),
            )


def _numbers(policy: Policy) -> dict[str, tuple[int, Note]]:
    limits = {one.name: getattr(policy.limits, one.name) for one in fields(Limits)}
    found = {name: (value, policy.notes[name]) for name, value in limits.items() if name in policy.notes}
    if policy.contact_window is not None:
        found["contact_window"] = (policy.contact_window.value, policy.contact_window.note)
    found |= {f"minutes {action.value}": (one.value, one.note) for action, one in policy.minutes.items()}
    return found | {f"hours {place}": (one.value, one.note) for place, one in policy.hours.items()}


def _shown(name: str, value: int) -> Words:
    return euros(value) if name in MONEY_LIMITS else Words(str(value), str(value))
