"""What a household can miss: a short budget, living money that stays, and what the law protects. A range, in words.

Three amounts are estimates and are treated so: low income with high costs gives what can be missed also in an
expensive month, high income with low costs what can be missed in an ordinary one. Below the floor of the protected
income (beslagvrije voet, Rv art. 475da) nothing is asked; for a landlord that is policy, for a municipality the law.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from voordeur.core.arrangements.schedule import A_YEAR, a_month
from voordeur.core.arrangements.values import ArrangementRules, Rhythm
from voordeur.core.money import euros
from voordeur.core.schemes.household import Span, exactly
from voordeur.core.schemes.income import about_net, yearly_from_net
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.seizure import protected_income
from voordeur.core.words import Words

NOTHING = exactly(0)


class IncomeKind(StrEnum):
    """Where money comes from."""

    WAGE = "wage"
    BENEFIT = "benefit"
    PENSION = "pension"
    ALLOWANCE = "allowance"
    CHILD = "child"
    OTHER = "other"

    @property
    def words(self) -> Words:
        """The source in words."""
        return _INCOME_WORDS[self]

    @property
    def can_be_seized(self) -> bool:
        """Allowances and child benefit stay outside the protected income."""
        return self not in (IncomeKind.ALLOWANCE, IncomeKind.CHILD)


_INCOME_WORDS = {
    IncomeKind.WAGE: Words("Loon", "Wages"),
    IncomeKind.BENEFIT: Words("Uitkering", "Benefit"),
    IncomeKind.PENSION: Words("AOW of pensioen", "Pension"),
    IncomeKind.ALLOWANCE: Words("Toeslagen", "Allowances"),
    IncomeKind.CHILD: Words("Kinderbijslag of alimentatie", "Child benefit or maintenance"),
    IncomeKind.OTHER: Words("Ander inkomen", "Other income"),
}


class CostKind(StrEnum):
    """What money goes to every month."""

    HOUSING = "housing"
    ENERGY = "energy"
    INSURANCE = "insurance"
    CHILDREN = "children"
    TRANSPORT = "transport"
    OTHER = "other"
    DEBTS = "debts"
    SEIZURE = "seizure"

    @property
    def words(self) -> Words:
        """What it is for, in words."""
        return _COST_WORDS[self]


_COST_WORDS = {
    CostKind.HOUSING: Words("Huur", "Rent"),
    CostKind.ENERGY: Words("Energie en water", "Energy and water"),
    CostKind.INSURANCE: Words("Verzekeringen", "Insurance"),
    CostKind.CHILDREN: Words("Kinderen: opvang en school", "Children: care and school"),
    CostKind.TRANSPORT: Words("Vervoer en telefoon", "Transport and telephone"),
    CostKind.OTHER: Words("Andere vaste lasten", "Other fixed costs"),
    CostKind.DEBTS: Words("Andere schulden", "Other debts"),
    CostKind.SEIZURE: Words("Beslag op inkomen", "Seizure of income"),
}


@dataclass(frozen=True, slots=True)
class Income:
    """One source of income, net, in cents per turn of its rhythm."""

    kind: IncomeKind
    amount: Span
    rhythm: Rhythm = Rhythm.MONTHLY
    pay_day: int | None = None
    """Day of the month on which it comes in; None when nobody said, or when it does not come by the month."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What goes out, in cents per turn of its rhythm."""

    kind: CostKind
    amount: Span
    rhythm: Rhythm = Rhythm.MONTHLY


@dataclass(frozen=True, slots=True)
class HouseholdBudget:
    """What was said at the table. Every amount may be an estimate: then low and high differ."""

    incomes: tuple[Income, ...] = ()
    costs: tuple[Cost, ...] = ()
    partner: bool = False
    children: int = 0
    living: Span | None = None
    """Living money a month as the household says it; None: the amount of the policy."""

    @property
    def pay_day(self) -> int | None:
        """The day on which the largest income of which the day is known comes in."""
        known = [one for one in self.incomes if one.pay_day is not None]
        return max(known, key=lambda one: one.amount.low, default=Income(IncomeKind.OTHER, NOTHING)).pay_day


class Verdict(StrEnum):
    """What the budget says about an arrangement."""

    FITS = "fits"
    TIGHT = "tight"
    """Only in an ordinary month."""
    HELP_FIRST = "help_first"
    """There is nothing left, or too little: the next step is help, not an arrangement."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a household can miss a month, with all that it was made of. Cents a month."""

    income: Span
    costs: Span
    living: Span
    protected: Span | None
    """The protected income; None when there are no rules for the day or no income that can be seized."""
    left: Span
    """Never below zero: `low` also in an expensive month, `high` in an ordinary one."""
    short: int
    """What is lacking in an expensive month; 0 when nothing is."""
    by_law: bool
    """The protected income, not the costs, is what limits the highest amount."""
    verdict: Verdict

    @property
    def words(self) -> Words:
        """What it means for the talk at the table."""
        low, high = whole(self.left.low), whole(self.left.high)
        if self.verdict is Verdict.FITS and low == high:
            return Words(f"Ongeveer {low.nl} per maand", f"About {low.en} a month")
        if self.verdict is Verdict.FITS:
            return Words(f"{low.nl} tot {high.nl} per maand", f"{low.en} to {high.en} a month")
        if self.verdict is Verdict.TIGHT:
            return Words(f"Hooguit {high.nl} per maand", f"At most {high.en} a month")
        if self.left.high:
            return Words("Te weinig voor een regeling", "Too little for an arrangement")
        return Words("Er blijft niets over", "There is nothing left")

    @property
    def next_step(self) -> Words:
        """What to do with it."""
        return _NEXT[self.verdict]


_NEXT = {
    Verdict.FITS: Words("Kies samen een bedrag dat ook in een dure maand lukt.",
                        "Choose together an amount that works in an expensive month too."),
    Verdict.TIGHT: Words("In een dure maand lukt dit niet. Kijk eerst of er inkomen bij kan.",
                         "In an expensive month this does not work. First see whether income can be added."),
    Verdict.HELP_FIRST: Words(
        "Maak geen regeling. Doe eerst de regelingen-check en vraag of de gemeente mag bellen.",
        "Make no arrangement. First do the check on schemes and ask whether the municipality may ring.",
    ),
}  # fmt: skip


def room(budget: HouseholdBudget, rules: ArrangementRules, day: DayRules | None) -> Room:
    """What this household can miss a month. `day`: the rules of the schemes on the day; None: none are known."""
    income = _sum((one.amount, one.rhythm) for one in budget.incomes)
    costs = _sum((one.amount, one.rhythm) for one in budget.costs)
    living = budget.living or exactly(_living(budget, rules))
    by_budget = Span(
        income.low - costs.high - living.high,
        income.high - costs.low - living.low,
    )
    protected, by_floor = _floor(budget, day)
    left = by_budget
    if by_floor is not None:
        left = Span(min(by_budget.low, by_floor.low), min(by_budget.high, by_floor.high))
    return Room(
        income=income,
        costs=costs,
        living=living,
        protected=protected,
        left=Span(max(0, left.low), max(0, left.high)),
        short=max(0, -left.low),
        by_law=by_floor is not None and by_floor.high < by_budget.high,
        verdict=_verdict(left, rules),
    )


def _verdict(left: Span, rules: ArrangementRules) -> Verdict:
    if left.high <= 0 or left.high < rules.minimum_month:
        return Verdict.HELP_FIRST
    return Verdict.FITS if left.low >= rules.minimum_month else Verdict.TIGHT


def _living(budget: HouseholdBudget, rules: ArrangementRules) -> int:
    partner = rules.living_partner if budget.partner else 0
    return rules.living_first + partner + budget.children * rules.living_child


def _sum(amounts: Iterable[tuple[Span, Rhythm]]) -> Span:
    low = high = 0
    for amount, rhythm in amounts:
        low += a_month(amount.low, rhythm)
        high += a_month(amount.high, rhythm)
    return Span(low, high)


def _floor(budget: HouseholdBudget, day: DayRules | None) -> tuple[Span | None, Span | None]:
    """The protected income, and what lies above it once what is seized already is taken off. Rv art. 475da-475dc."""
    seizable = [one for one in budget.incomes if one.kind.can_be_seized]
    net = _sum((one.amount, one.rhythm) for one in seizable)
    if day is None or day.tax is None or day.general is None or net.high <= 0:
        return None, None
    living = ("family" if budget.children else "couple") if budget.partner else (
        "single_parent" if budget.children else "single")  # fmt: skip
    seized = _sum((one.amount, one.rhythm) for one in budget.costs if one.kind is CostKind.SEIZURE)
    low, high = _protected(net.low, budget, living, day), _protected(net.high, budget, living, day)
    if low is None or high is None:
        return None, None
    return (
        Span(min(low, high), max(low, high)),
        Span(net.low - max(low, high) - seized.high, net.high - min(low, high) - seized.low),
    )


def _protected(net: int, budget: HouseholdBudget, living: str, day: DayRules) -> int | None:
    """The highest protected income that can go with this net amount: what is not known counts for the household."""
    assert day.tax is not None
    with_holiday = about_net(net, day)
    yearly = yearly_from_net(with_holiday, budget.partner, day.tax)
    found = [protected_income(day, living, one, net) for one in yearly]
    return None if None in found else max(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One amount to choose from at the table."""

    amount: int
    """Cents per turn."""
    turns: int


def choices(
    total: int, found: Room, rules: ArrangementRules, rhythm: Rhythm = Rhythm.MONTHLY
) -> tuple[Choice, ...]:
    """Up to three amounts from what is sure to what is usual, whole euros, lowest first.

    None comes down to less than the minimum a month, or to more than can be missed. No choice at all when the verdict
    is help first.
    """
    if found.verdict is Verdict.HELP_FIRST or total <= 0:
        return ()
    low, least = max(found.left.low, rules.minimum_month), _least_per_turn(rules.minimum_month, rhythm)
    offered: dict[int, Choice] = {}
    for monthly in (low, (low + found.left.high) // 2, found.left.high):
        turn = max(_per_turn(monthly, rhythm), least)
        if a_month(turn, rhythm) <= found.left.high:
            amount = min(turn, total)
            offered.setdefault(amount, Choice(amount, -(-total // amount)))
    return tuple(sorted(offered.values(), key=lambda one: one.amount))


def _per_turn(monthly: int, rhythm: Rhythm) -> int:
    """What a monthly amount is per turn, down to five euros (or to one when that would be nothing)."""
    exact = monthly * 12 // A_YEAR[rhythm]
    return exact // 500 * 500 or exact // 100 * 100


def _least_per_turn(monthly: int, rhythm: Rhythm) -> int:
    """The smallest amount in whole euros that comes down to at least so much a month."""
    return -(-monthly * 12 // (A_YEAR[rhythm] * 100)) * 100


def whole(cents: int) -> Words:
    """An estimate is said in whole euros, rounded down: `€ 80`."""
    said = euros(cents // 100 * 100)
    return Words(said.nl[:-3], said.en[:-3])
