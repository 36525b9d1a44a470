"""The numbers a policy sets for reading a ledger: how much grace, how small is small, how long is silence.

The values, with their source and trust mark, stand in `rules/policy/*.toml`; there are no defaults here, so
that nothing is decided by a number that nobody can see.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Days are calendar days unless it says bank days; amounts are cents; percentages run from 0 to 100."""

    chart_months: int
    """Rent months kept for the chart and for counting how often it was late."""
    window_months: int
    """Rent months from which the usual payment day is learned."""
    min_observations: int
    """Fewer months paid within the limit than this: no usual day is learned."""
    recency_percent: int
    """What a month weighs against the month after it, when the usual day is learned."""
    habit_percent: int
    """By the expected day this share of the (weighted) months was paid."""
    grace_limit_days: int
    """A learned payment day is never accepted later than this many days after due."""
    bank_margin_days: int
    """Bank days that money may take after the expected day before it counts as not arrived."""
    small_amount: int
    """Open amounts up to this are no reason to contact anyone; a month counts as paid when no more is missing."""
    cure_episodes: int
    """So many earlier late episodes are needed before the household's own recovery time counts."""
    cure_percent: int
    """This share of them must have come in by itself within `cure_limit_days`."""
    cure_limit_days: int
    """No longer than this after due do we wait because it usually comes in after all."""
    slide_months: int
    """So many months in a row, each later than the one before, are a slide."""
    slide_days: int
    """And it must have become at least this many days later in all."""
    growing_months: int
    """From so many months of rent on, arrears that still grow are a signal of their own."""
    silence_days: int
    """Without any payment for so long, the silence is a signal of its own."""
    reversal_days: int
    """A reversal that was not made good is news for so long."""
    steady_months: int
    """So many months in a row paid far too late, without growing, are a standing debt."""
    clean_months: int
    """So many months paid in time are needed to say that it never happened before."""


MONEY_LIMITS = frozenset({"small_amount"})
"""The limits that are amounts: written in euros, kept in cents."""
PERCENT_LIMITS = frozenset({"recency_percent", "habit_percent", "cure_percent"})
"""The limits that are percentages, from 0 to 100."""
