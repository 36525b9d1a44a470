"""Advice that was given before: what a policy advises on the same facts it need not find out again.

A policy reads some facts, one after the other, and which one it reads next depends on what it read before. So what was
read is a path, and at its end stands the advice: the same path always leads to the same advice, whatever the other
facts are. The night after rent fell due tens of thousands of households walk a few hundred paths.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast

from voordeur.core.facts import Facts
from voordeur.core.policy import Policy, Recommendation, recommend

_MOST = 20_000
"""Advices that are remembered: a portfolio in which nobody is like another fills no memory."""


@dataclass(slots=True)
class _Fork:
    """The fact that is read here, and where each value leads."""

    fact: str
    ways: dict[Any, "_Fork | Recommendation"] = field(default_factory=dict)


class AdviceBook:
    """`recommend` of one policy, remembered."""

    def __init__(self, policy: Policy, most: int = _MOST) -> None:
        self.policy = policy
        self._most = most
        self._first: _Fork | Recommendation | None = None
        self._known = 0

    def advise(self, policy: Policy, facts: Facts) -> Recommendation:
        """The advice of `policy`, which must be the one of this book."""
        at = self._first
        while type(at) is _Fork:
            at = at.ways.get(getattr(facts, at.fact))
        if at is not None:
            return cast(Recommendation, at)
        if self._known == self._most:
            return recommend(policy, facts)
        reader = _Reader(facts)
        found = recommend(policy, cast(Facts, reader))
        self._write(list(reader.read.items()), found)
        return found

    def _write(self, path: list[tuple[str, Any]], advice: Recommendation) -> None:
        self._known += 1
        if not path:
            self._first = advice
            return
        fork = self._first = cast(_Fork, self._first or _Fork(path[0][0]))
        for (_, value), (fact, _) in pairwise(path):
            fork = cast(_Fork, fork.ways.setdefault(value, _Fork(fact)))
        fork.ways[path[-1][1]] = advice


class _Reader:
    """Facts that remember which of them were read, in order."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.read: dict[str, Any] = {}

    def __getattr__(self, fact: str) -> Any:
        value = self.read[fact] = getattr(self._facts, fact)
        return value
