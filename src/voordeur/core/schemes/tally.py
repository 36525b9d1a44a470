"""Counts what a list of households misses: per scheme, per missing fact, and in euros a year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import Fact, Household, Scheme


@dataclass(slots=True)
class SchemeTally:
    """One scheme over all households."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    received: int = 0
    misses: int = 0
    """Households with an amount that do not get the scheme; only of those that said what they get."""
    year_low: int = 0
    year_high: int = 0
    """What these miss together, cents a year, from the least to the most."""


@dataclass(slots=True)
class Tally:
    """Everything that is counted over a list of households."""

    households: int = 0
    silent: int = 0
    """Households that did not say what they get already: nobody can say what those miss."""
    missing_something: int = 0
    schemes: dict[Scheme, SchemeTally] = field(default_factory=lambda: {one: SchemeTally() for one in Scheme})
    facts: Counter[Fact] = field(default_factory=Counter)
    """How often a fact was needed and not there."""

    def add(self, home: Household, decided: Mapping[Scheme, Decision]) -> None:
        """Count one household."""
        self.households += 1
        self.silent += home.receives is None
        found, needed, receives, schemes = 0, set[Fact](), home.receives, self.schemes
        for scheme, decision in decided.items():
            tally, outcome = schemes[scheme], decision.outcome
            tally.outcomes[outcome] += 1
            if outcome is Outcome.MISSING:
                needed.update(decision.missing)
            elif receives is None:
                continue
            elif scheme in receives:
                tally.received += 1
            elif outcome is Outcome.CALCULATED:
                tally.misses += 1
                tally.year_low += decision.low * 12
                tally.year_high += decision.high * 12
                found += 1
        self.missing_something += found > 0
        if needed:
            self.facts.update(needed)

    @property
    def year_low(self) -> int:
        """Missed by all households together, at least, in cents a year."""
        return sum(one.year_low for one in self.schemes.values())

    @property
    def year_high(self) -> int:
        """Missed by all households together, at most, in cents a year."""
        return sum(one.year_high for one in self.schemes.values())
