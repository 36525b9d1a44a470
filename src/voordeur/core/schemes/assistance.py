"""Social assistance (bijstand) and its form for pensioners (AIO): Participatiewet art. 19-23 and 34.

The amount is a screening: the norm less the net income. What counts as income, and which exemptions apply, is
for the municipality (or the SVB), so the words never promise an amount.
"""

from fractions import Fraction

from voordeur.core.money import euros
from voordeur.core.schemes.decision import NO_DATA, Decision, calculated, over, refused, surely_below, unknown
from voordeur.core.schemes.household import Fact, Scheme, Span
from voordeur.core.schemes.norms import SHARING, persons
from voordeur.core.schemes.rules import AssistanceRules
from voordeur.core.schemes.situation import Situation, not_said
from voordeur.core.schemes.trace import Operation, Step
from voordeur.core.words import Words


def decide(s: Situation, scheme: Scheme = Scheme.ASSISTANCE) -> Decision:
    """Assistance of the month: `ASSISTANCE` below pension age, `PENSION_SUPPLEMENT` from there on (of one of both)."""
    rules, home = s.rules.assistance, s.home
    if s.age is not None and s.age < 18:
        return refused("too-young")
    if s.pension is not None and (s.partner is False or s.partner_pension is not None):
        pension = s.pension or bool(s.partner and s.partner_pension)
        if pension is (scheme is Scheme.ASSISTANCE):
            return refused("pension-age" if pension else "below-pension-age")
    if rules is None:
        return NO_DATA
    highest = max(rules.couple, rules.pension_couple or 0, rules.pension_mixed or 0)
    if s.net is not None and s.net.low >= highest:
        return refused("income-high")
    family = rules.assets_family
    if home.assets is not None and family is not None and over(home.assets, family):
        return refused("assets")
    if s.unsaid or s.net is None or home.assets is None:
        own = (
            Fact.INCOME if home.income is None else Fact.NET_INCOME
        )  # one question about income serves every scheme
        return unknown(*s.unsaid, *not_said((own, s.net), (Fact.ASSETS, home.assets)))
    return _gap(s, s.net, home.assets)


def _gap(s: Situation, net: Span, assets: Span) -> Decision:
    level, limit = s.norm, s.asset_limit
    if level is None:
        return NO_DATA
    if limit is not None and over(assets, limit):
        return refused("assets")
    sure = surely_below(assets, limit)
    return calculated(max(0, level - net.high) if sure else 0, max(0, level - net.low), "income-high")


def steps(s: Situation, net: int) -> tuple[Step, ...]:
    """How the monthly gap comes about at this net income (cents a month)."""
    rules = s.rules.assistance
    assert rules is not None
    earned = euros(net)
    return (
        _norm_step(s, rules),
        Step(Operation.SUBTRACT, Fraction(net),
             Words(f"Het netto inkomen is {earned.nl} per maand, met vakantiegeld.",
                   f"The net income is {earned.en} a month, with holiday allowance."), rules.cited("norms")),
        Step(Operation.AT_LEAST, Fraction(0), Words("Niet minder dan niets.", "Not less than nothing."),
             rules.cited("norms")),
    )  # fmt: skip


def _norm_step(s: Situation, rules: AssistanceRules) -> Step:
    said = euros(s.norm or 0)
    if s.sharers and s.living in SHARING:
        together = s.sharers + persons(s.living)
        return Step(
            Operation.ADD, Fraction(s.norm or 0),
            Words(f"De norm is {said.nl}, omdat u met {together} volwassenen de kosten deelt.",
                  f"The norm is {said.en}, because {together} adults share the costs."),
            rules.cited("cost_sharing"))  # fmt: skip
    table = "pension" if "pension" in s.living else "youth" if "youth" in s.living else "norms"
    words = Words(f"De bijstandsnorm is {said.nl} per maand.", f"The norm is {said.en} a month.")
    return Step(Operation.ADD, Fraction(s.norm or 0), words, rules.cited(table))
