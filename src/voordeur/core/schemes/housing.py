"""Housing benefit (huurtoeslag): Wet op de huurtoeslag, two formulas: until 2025 and from 2026."""

from fractions import Fraction
from typing import NamedTuple

from voordeur.core.money import euros
from voordeur.core.schemes.decision import (
    NO_DATA,
    Decision,
    ask,
    calculated,
    over,
    refused,
    surely_below,
    unknown,
)
from voordeur.core.schemes.granting import monthly_granting
from voordeur.core.schemes.household import Fact, Span
from voordeur.core.schemes.rounding import EURO, PERCENT, half_up, rounded_up
from voordeur.core.schemes.rules import DECIMALS, HousingRules
from voordeur.core.schemes.situation import Situation, at_pension_age, not_said, years_on
from voordeur.core.schemes.trace import Cited, Operation, Step
from voordeur.core.words import Words

_SCALE = 12 * PERCENT
"""The exact amount is kept in cents x this, so that nothing is rounded on the way."""


class Tenancy(NamedTuple):
    """What the formula asks of a household. Money is cents."""

    size: int
    rent: int
    """Bare rent a month."""
    service: int
    """Accepted service costs a month; they count until 2025."""
    youth: bool
    """Everybody is younger than the youth age, without a child or a handicap."""
    older: bool
    """Somebody has reached pension age."""
    adapted: bool


class Parts(NamedTuple):
    """The parts of the amount a month, before their shares; cents."""

    counted: int
    """The rent that counts (rekenhuur)."""
    basic: int
    """What the household pays itself (basishuur)."""
    full: int
    quality: int
    above: int
    taper: int
    """Taken off for income, in cents a year x 100,000."""
    exact: int
    """The month amount in cents x 12 x 100,000; never below zero."""

    @property
    def year(self) -> int:
        """Cents a year, to the nearest euro (Awir art. 14 lid 4)."""
        return half_up(self.exact, PERCENT * EURO) * EURO

    def month(self, least_year: int) -> int:
        """Cents a month, down to whole euros; nothing when the year is below `least_year` (Awir art. 14 lid 5)."""
        return self.exact // (_SCALE * EURO) * EURO if self.year >= least_year else 0


def rent_parts(rules: HousingRules, tenancy: Tenancy, income: int) -> Parts | None:
    """The amount for a household with this joint yearly income (cents); None when the rent is too high for a right."""
    maximum = rules.youth_maximum if tenancy.youth else rules.maximum
    counted = tenancy.rent + min(tenancy.service, rules.service_maximum)
    if counted > maximum:
        if not rules.over_maximum:
            return None
        counted = maximum
    cap = _cap(rules, tenancy)
    basic, taper = _own_part(rules, tenancy, income)
    full = max(0, min(counted, rules.quality_limit) - basic)
    quality = max(0, min(counted, cap) - max(rules.quality_limit, basic))
    above = max(0, counted - max(cap, basic)) if _above_counts(rules, tenancy) else 0
    parts = full * PERCENT + quality * rules.share_quality + above * rules.share_cap
    return Parts(counted, basic, full, quality, above, taper, max(0, parts * 12 - taper))


def _own_part(rules: HousingRules, tenancy: Tenancy, income: int) -> tuple[int, int]:
    """The basic rent in cents and what is taken off for income (cents a year x 100,000)."""
    single = "single" if tenancy.size == 1 else "multi"
    effect = rules.effects.get(f"{single}_older") if tenancy.older else None
    effect = effect or rules.effects[single]
    extra = max(0, income - effect.point)
    if not extra or effect.rate:
        return effect.basic_rent + rules.task, extra * effect.rate
    standard = rounded_up(effect.square * income * income + 100 * effect.linear * income, 100 * DECIMALS)
    return standard + rules.task, 0


def _above_counts(rules: HousingRules, tenancy: Tenancy) -> bool:
    """Does the part above the cap count (art. 21)? Until 2024 for some households only."""
    return rules.cap_for_all or tenancy.size == 1 or tenancy.older or tenancy.adapted


def decide(s: Situation) -> Decision:
    """Housing benefit of the month."""
    rules, home = s.rules.housing, s.home
    if rules is None:
        return NO_DATA
    if not home.independent_home:
        return ask("shared-home")
    if home.rent is None:
        return unknown(Fact.RENT)
    if (never := _never(s, rules, home.rent)) is not None:
        return never
    if s.unsaid or s.income is None or home.assets is None:
        if _never_enough(s, rules, home.rent):
            return refused("income-high")
        return unknown(*s.unsaid, *not_said((Fact.INCOME, s.income), (Fact.ASSETS, home.assets)))
    tenancy, income = tenancy_of(s), counted_income(s)
    least = s.rules.general.least_year
    high = rent_parts(rules, tenancy, income.low)
    low = high if income.low == income.high else rent_parts(rules, tenancy, income.high)
    if high is None or low is None:
        return refused("rent-high")
    sure = surely_below(home.assets, rules.assets * (1 + bool(s.partner)))
    return calculated(low.month(least) if sure else 0, high.month(least), "income-high")


def _never(s: Situation, rules: HousingRules, rent: int) -> Decision | None:
    """Refused whatever else the household says."""
    counted = rent + min(s.home.service_costs, rules.service_maximum)
    if s.age is not None and s.age < 18:
        return refused("too-young")
    if counted > rules.maximum and not rules.over_maximum:
        return refused("rent-high")
    if counted <= rules.lowest_basic_rent:
        return refused("rent-low")
    if any(one.rich for one in s.others or ()):
        return refused("assets-others")
    limit = rules.assets * (1 if s.partner is False else 2)
    if s.home.assets is not None and over(s.home.assets, limit):
        return refused("assets")
    return None


def _never_enough(s: Situation, rules: HousingRules, rent: int) -> bool:
    """With this income no household gets anything for this rent, whoever lives there."""
    if s.income is None:
        return False
    best = Tenancy(3, rent, s.home.service_costs, False, False, True)
    kinds = (best, best._replace(older=True), best._replace(size=1))
    parts = [rent_parts(rules, kind, s.income.low) for kind in kinds]
    return not any(part is None or part.exact for part in parts)


def tenancy_of(s: Situation) -> Tenancy:
    """What the formula asks, from a situation in which everything is known."""
    rules, home, others = s.rules.housing, s.home, s.others or ()
    assert rules is not None
    assert home.rent is not None
    born = [one.born for one in others if one.born is not None]
    ages = [
        s.age or 0,
        *([s.partner_age or 0] if s.partner else []),
        *(years_on(one, s.month) for one in born),
    ]
    youth = not home.children and not home.adapted_home and all(age < rules.youth_age for age in ages)
    older = bool(s.pension or (s.partner and s.partner_pension))
    older = older or any(at_pension_age(one, s.month, s.rules.general) for one in born)
    return Tenancy(s.size, home.rent, home.service_costs, youth, older, home.adapted_home)


def counted_income(s: Situation) -> Span:
    """Joint yearly income of tenant, partner and co-residents (rekeninkomen), in cents.

    Of a child below 23 on 1 January only what lies above its exemption counts (Awir art. 7 lid 6); in a year
    whose exemption we do not know, the span runs from without to with that income.
    """
    rules, income = s.rules.housing, s.income or Span(0, 0)
    assert rules is not None
    low, high = income
    new_year = s.month.replace(month=1)
    for one in s.others or ():
        theirs = one.income or Span(0, 0)
        exempt = (
            one.child and one.born is not None and years_on(one.born, new_year) < s.rules.general.child_age
        )
        if exempt and rules.child_exemption is None:
            high += theirs.high
        else:
            off = rules.child_exemption or 0 if exempt else 0
            low, high = low + max(0, theirs.low - off), high + max(0, theirs.high - off)
    return Span(low, high)


def steps(s: Situation, income: int) -> tuple[Step, ...]:
    """How the month amount comes about at this joint yearly income (cents); empty when there is no right at all."""
    rules = s.rules.housing
    assert rules is not None
    tenancy = tenancy_of(s)
    parts = rent_parts(rules, tenancy, income)
    if parts is None:
        return ()
    shares, rent = rules.cited("shares"), rules.cited("rent")
    first, second = euros(rules.quality_limit), euros(_cap(rules, tenancy))
    rows = [
        Step(Operation.COMPARE, Fraction(parts.counted), _counted_words(tenancy, parts), rent),
        Step(Operation.COMPARE, Fraction(parts.basic), _basic_words(parts), rules.cited("effect")),
        *_share(parts.full, PERCENT, Words(f"Eerste deel van de huur, tot {first.nl}",
                                           f"First part of the rent, up to {first.en}"), rent),
        *_share(parts.quality, rules.share_quality, Words(f"Tweede deel van de huur, tot {second.nl}",
                                                          f"Second part of the rent, up to {second.en}"), shares),
        *_share(parts.above, rules.share_cap, Words(f"Derde deel van de huur, boven {second.nl}",
                                                    f"Third part of the rent, above {second.en}"), shares),
    ]  # fmt: skip
    if parts.taper:
        cut = Fraction(parts.taper, _SCALE)
        rows.append(Step(Operation.SUBTRACT, cut, _taper_words(income, cut), rules.cited("effect")))
    return (*rows, *monthly_granting(s.rules.general))


def _cap(rules: HousingRules, tenancy: Tenancy) -> int:
    return rules.cap_small if tenancy.size <= 2 else rules.cap_large


def _share(cents: int, share: int, part: Words, cited: Cited) -> tuple[Step, ...]:
    """One part of the rent with its share; no step for a part that is empty."""
    if not cents:
        return ()
    of = euros(cents)
    nl = "alles" if share == PERCENT else f"{share / 1000:g}%".replace(".", ",")
    en = "all" if share == PERCENT else f"{share / 1000:g}%"
    words = Words(f"{part.nl}: {nl} van {of.nl}.", f"{part.en}: {en} of {of.en}.")
    return (Step(Operation.ADD, Fraction(cents * share, PERCENT), words, cited),)


def _counted_words(tenancy: Tenancy, parts: Parts) -> Words:
    asked, counts = euros(tenancy.rent + tenancy.service), euros(parts.counted)
    if asked == counts:
        return Words(f"De hele huur telt mee: {counts.nl}.", f"The whole rent counts: {counts.en}.")
    return Words(f"Van de huur van {asked.nl} telt {counts.nl} mee.",
                 f"Of the rent of {asked.en}, {counts.en} counts.")  # fmt: skip


def _basic_words(parts: Parts) -> Words:
    own = euros(parts.basic)
    return Words(f"De eerste {own.nl} betaalt u zelf (basishuur).",
                 f"The first {own.en} you pay yourself (basishuur).")  # fmt: skip


def _taper_words(income: int, cut: Fraction) -> Words:
    year, off = euros(income), euros(half_up(cut.numerator, cut.denominator))
    return Words(f"Er gaat {off.nl} af, omdat het inkomen {year.nl} per jaar is.",
                 f"{off.en} is taken off, because the income is {year.en} a year.")  # fmt: skip
