"""Remission of municipal and water-board taxes (kwijtschelding): Uitvoeringsregeling Invorderingswet 1990 art. 11-16.

A screening. The local taxes differ per municipality, so there is only an amount where the tariff is configured;
the health premium is left out, which makes the capacity higher than the tax office would find.
"""

from dataclasses import replace

from voordeur.core.schemes.child_budget import ages_of, most
from voordeur.core.schemes.decision import NO_DATA, Decision, Outcome, ask, over, refused, unknown
from voordeur.core.schemes.household import Fact
from voordeur.core.schemes.rounding import PERCENT
from voordeur.core.schemes.rules import RemissionRules
from voordeur.core.schemes.situation import Situation, not_said, situation


def living_costs(s: Situation) -> int | None:
    """What the tax office leaves for living, cents a month (art. 16): 90% of the norm, or the municipality's share."""
    rules, level = s.rules.remission, s.norm
    if rules is None or level is None:
        return None
    own = s.rules.municipal.remission_share if s.rules.municipal else None
    return level * (rules.norm_share if own is None else own) // PERCENT


def housing_costs(s: Situation, rules: RemissionRules, allowance: int) -> int:
    """Net rent above the part everybody pays, up to the maximum, after housing benefit (art. 15); cents a month."""
    if s.home.rent is None or rules.basic_rent is None or rules.rent_maximum is None:
        return 0
    return max(0, min(s.home.rent, rules.rent_maximum) - rules.basic_rent - allowance)


def yearly_capacity(s: Situation, net: int, allowance: int = 0) -> int | None:
    """The part of a year's payment capacity that must go to taxes (art. 11 and 13), cents; None without norms."""
    rules, costs = s.rules.remission, living_costs(s)
    if rules is None or costs is None:
        return None
    left = net - costs - housing_costs(s, rules, allowance)
    return max(0, left) * 12 * rules.capacity_share // PERCENT


def exempt_balance(s: Situation) -> int | None:
    """Money that does not count as assets (art. 12), cents: at most this; None without norms.

    Living costs, net housing costs and child budget of one month, without taking off allowances. Of the health
    premium we do not know the part that counts; the standard premium stands in for it, so the balance is rather
    too high than too low.
    """
    rules, costs = s.rules.remission, living_costs(s)
    if rules is None or costs is None:
        return None
    premium = s.rules.care.premium * (1 + bool(s.partner)) // 12 if s.rules.care else 0
    budget = s.rules.child_budget
    children = most(budget, ages_of(s), bool(s.partner)) // 12 if budget else 0
    return costs + housing_costs(s, rules, 0) + premium + children


def decide(s: Situation, allowance: int = 0) -> Decision:
    """Worth asking for? `allowance` is the housing benefit a month, cents."""
    rules, assets = s.rules.remission, s.home.assets
    if s.rules.assistance is None or rules is None:
        return NO_DATA
    either_way = _with_or_without_partner(s, allowance)
    if either_way is not None:
        return either_way
    if s.unsaid or s.net is None:
        return unknown(*s.unsaid, *not_said((Fact.INCOME, s.net), (Fact.ASSETS, assets)))
    least = yearly_capacity(s, s.net.low, allowance)
    most_left = least if s.net.low == s.net.high else yearly_capacity(s, s.net.high, allowance)
    if least is None or most_left is None:
        return NO_DATA
    taxes = s.rules.municipal.yearly_taxes if s.rules.municipal else None
    if least >= (rules.worth_asking if taxes is None else taxes):
        return refused("income-high")
    if assets is None:
        return unknown(Fact.ASSETS)
    limit = exempt_balance(s)
    if limit is not None and over(assets, limit):
        return refused("assets")
    return ask("remission") if taxes is None else ask("remission", *_remitted(taxes, least, most_left))


def _with_or_without_partner(s: Situation, allowance: int) -> Decision | None:
    """A refusal that holds with a partner and without one: then nobody needs to ask. None otherwise."""
    if s.home.partner is not None:
        return None
    born = s.home.partner_born or s.home.born
    found = {
        decide(situation(replace(s.home, partner=one, partner_born=born), s.rules), allowance)
        for one in (True, False)
    }
    only = found.pop()
    return only if not found and only.outcome is Outcome.NOT_ELIGIBLE else None


def _remitted(taxes: int, least: int, most_left: int) -> tuple[int, int]:
    """Cents a month of the year's taxes that the capacity does not pay."""
    return max(0, taxes - most_left) // 12, max(0, taxes - least) // 12
