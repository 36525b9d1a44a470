"""A household on a day, seen through the rules of that day: ages, who counts, and what follows from what is known."""

from datetime import date
from typing import NamedTuple

from voordeur.core.schemes.household import CoResident, Fact, Household, Span
from voordeur.core.schemes.income import net_from_yearly, yearly_from_net
from voordeur.core.schemes.norms import count_sharers, living_of, norm
from voordeur.core.schemes.rules import DayRules, GeneralRules


class Situation(NamedTuple):
    """What the schemes read. None where the household did not say."""

    home: Household
    rules: DayRules
    month: date
    """First day of the month."""
    partner: bool | None
    children: tuple[date, ...] | None
    """Birthdays of those for whom child budget can be paid this month."""
    others: tuple[CoResident, ...] | None
    age: int | None
    """Of the tenant on the first of the month, in years."""
    pension: bool | None
    """The tenant has reached pension age."""
    partner_age: int | None
    partner_pension: bool | None
    income: Span | None
    net: Span | None
    unsaid: tuple[Fact, ...]
    """Which of partner, children, others and birthdays nobody told."""
    living: str
    """The way of living that decides the norm; empty while `unsaid` is not."""
    sharers: int
    """Co-residents who share costs."""
    norm: int | None
    """The norm of social assistance, cents a month."""

    @property
    def size(self) -> int:
        """Registered persons; call it when partner, children and others are known."""
        known = 1 + bool(self.partner) + len(self.home.children or ()) + len(self.others or ())
        return max(known, self.home.size or 0)

    @property
    def asset_limit(self) -> int | None:
        """Assets up to which there is assistance (art. 34 lid 3): alone, or with a partner or children."""
        rules = self.rules.assistance
        if rules is None:
            return None
        return rules.assets_family if self.partner or self.children else rules.assets_single


def situation(home: Household, rules: DayRules) -> Situation:
    """The situation of a household in the month of the rules' day (Awir art. 5: the first of the month counts)."""
    month, general = rules.on.replace(day=1), rules.general
    partner, children, others = _company(home)
    income, net = _incomes(home, rules, partner)
    age, pension = _age(home.born, month, general)
    partner_age, partner_pension = _age(home.partner_born, month, general)
    ages = None if partner and partner_age is None else age
    unsaid: tuple[Fact, ...] = ()
    if partner is None or children is None or others is None or ages is None:
        people = (
            (Fact.PARTNER, partner),
            (Fact.CHILDREN, children),
            (Fact.OTHERS, others),
            (Fact.BORN, ages),
        )
        unsaid = not_said(*people)
    living, sharers, level = "", 0, None
    if rules.assistance is not None and not unsaid:
        second = (partner_age or 0, bool(partner_pension)) if partner else None
        living = living_of(age or 0, bool(pension), second, child=bool(home.children))
        sharers = count_sharers(others, rules.assistance, rules.on) if others else 0
        level = norm(rules.assistance, living, sharers)
    mine = tuple(one for one in children if is_child(one, month)) if children else children
    return Situation(
        home, rules, month, partner, mine, others, age, pension, partner_age, partner_pension, income, net, unsaid,
        living, sharers, level,
    )  # fmt: skip


def _age(born: date | None, month: date, general: GeneralRules) -> tuple[int | None, bool | None]:
    """Years, and whether pension age is reached, on the first of the month."""
    return (None, None) if born is None else (years_on(born, month), at_pension_age(born, month, general))


def _incomes(home: Household, rules: DayRules, partner: bool | None) -> tuple[Span | None, Span | None]:
    """Yearly and net income; the one that nobody told is estimated from the other."""
    income, net = home.income, home.net_income
    if rules.tax is None or partner is None or (income is None) == (net is None):
        return income, net
    if income is None and net is not None:
        return yearly_from_net(net, partner, rules.tax, home.earning), net
    return income, net_from_yearly(income, partner, rules.tax) if income is not None else None


def _company(home: Household) -> tuple[bool | None, tuple[date, ...] | None, tuple[CoResident, ...] | None]:
    """Partner, children and others; what follows from the number of registered persons is not asked."""
    partner, children, others = home.partner, home.children, home.others
    if home.size == 1:
        return partner or False, children or (), others or ()
    if others is None and partner is not None and children is not None and home.size is not None:
        others = () if 1 + partner + len(children) >= home.size else None
    return partner, children, others


def years_on(born: date, day: date) -> int:
    """Completed years on a day; who is born on 29 February has a birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def years_by_month(born: date, month: date) -> int:
    """Completed years, where a birthday counts from the month after it (Wkgb art. 2 lid 3 and 5)."""
    return month.year - born.year - (month.month <= born.month)


def is_child(born: date, month: date) -> bool:
    """From the month after birth up to and including the month of the 18th birthday (Wkgb art. 2)."""
    return (born.year, born.month) < (month.year, month.month) and years_by_month(born, month) < 18


def at_pension_age(born: date, day: date, general: GeneralRules) -> bool:
    """Has somebody born then reached pension age on this day?"""
    needed = general.pension[-1].months
    for band in general.pension:
        if born >= band.born:
            needed = band.months
            break
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return months >= needed


def not_said(*facts: tuple[Fact, object]) -> tuple[Fact, ...]:
    """The facts whose value is None, in order."""
    return tuple(fact for fact, value in facts if value is None)
