"""How far an answer is from another one: which change of income, rent, age or assets would change it, by how much.

Found by asking the same rules again with one thing changed, so that a margin can never contradict an answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from voordeur.core.schemes.check import decide_one
from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import Fact, Household, Scheme, Span, exactly
from voordeur.core.schemes.rounding import EURO
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.sentences import whole
from voordeur.core.schemes.situation import Situation, at_pension_age, situation
from voordeur.core.words import Words, month_in_words

TESTED = (
    Scheme.HOUSING, Scheme.CARE, Scheme.CHILD_BUDGET, Scheme.ASSISTANCE, Scheme.PENSION_SUPPLEMENT,
)  # fmt: skip
"""The schemes whose amount we calculate."""
_STEP = {Fact.INCOME: 1_000 * EURO, Fact.NET_INCOME: 100 * EURO, Fact.RENT: 10 * EURO}
_MOST = {Fact.INCOME: 250_000, Fact.NET_INCOME: 20_000}
_MONTHS_AHEAD = 24
_BIRTHDAYS = (18, 21, 23, 27)


@dataclass(frozen=True, slots=True)
class Margin:
    """One change that would change the answer."""

    fact: Fact
    at: int | date
    """The amount in cents that the fact would have, or the first of the month."""
    amount: int
    """What the most would be then, cents a month."""
    words: Words


Most = Callable[[Situation], int]


def margins(home: Household, rules: DayRules, scheme: Scheme) -> tuple[Margin, ...]:
    """The margins of one scheme that we calculate; empty while something is missing."""
    if scheme not in TESTED:
        return ()
    s = situation(home, rules)
    now = decide_one(s, scheme)
    if now.outcome not in (Outcome.CALCULATED, Outcome.NOT_ELIGIBLE):
        return ()

    net = scheme in (Scheme.ASSISTANCE, Scheme.PENSION_SUPPLEMENT)
    fact = Fact.NET_INCOME if net else Fact.INCOME

    def most(other: Situation) -> int:
        return decide_one(other, scheme).high

    found = [*_more(s, fact, now, most), *_limit(s, fact, now, most), *_asset_limit(s, now, most)]
    if scheme is Scheme.HOUSING:
        found += _more(s, Fact.RENT, now, most)
    return (*found, *_ages(home, rules, scheme, now))


def _value(s: Situation, fact: Fact) -> Span | None:
    match fact:
        case Fact.INCOME:
            return s.income
        case Fact.NET_INCOME:
            return s.net
        case _:
            return None if s.home.rent is None else exactly(s.home.rent)


def _with(s: Situation, fact: Fact, value: Span) -> Situation:
    match fact:
        case Fact.INCOME:
            return s._replace(income=value)
        case Fact.NET_INCOME:
            return s._replace(net=value)
        case _:
            return s._replace(home=replace(s.home, rent=value.low))


def _more(s: Situation, fact: Fact, now: Decision, most: Most) -> Iterator[Margin]:
    """A little more of it: what does that do to the amount?"""
    value, step = _value(s, fact), _STEP[fact]
    if value is None or now.high <= 0:
        return
    after = most(_with(s, fact, Span(value.low + step, value.high + step)))
    if after != now.high:
        yield Margin(fact, value.low + step, after, _more_words(fact, after - now.high))


def _limit(s: Situation, fact: Fact, now: Decision, most: Most) -> Iterator[Margin]:
    """The most of it with which there is still an amount; only told when the answer depends on it."""
    if _value(s, fact) is None:
        return

    def amount(euro: int) -> int:
        return most(_with(s, fact, exactly(euro * EURO)))

    low, high = 0, _MOST[fact]
    if amount(low) <= 0 or amount(high) > 0:
        return
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if amount(middle) > 0 else (low, middle)
    yield Margin(fact, low * EURO, amount(low), _limit_words(fact, low * EURO, now))


def _asset_limit(s: Situation, now: Decision, most: Most) -> Iterator[Margin]:
    """The limit of assets on which this answer depends."""
    for limit in asset_limits(s.rules):
        at, above = (
            most(s._replace(home=replace(s.home, assets=exactly(cents)))) for cents in (limit, limit + EURO)
        )
        if at > 0 and above <= 0:
            yield Margin(Fact.ASSETS, limit, at, _limit_words(Fact.ASSETS, limit, now))


def asset_limits(rules: DayRules) -> list[int]:
    """Every limit of assets that counts somewhere, cents, from low to high; for partners housing counts it twice."""
    found: list[int | None] = []
    if rules.housing:
        found += [rules.housing.assets, 2 * rules.housing.assets]
    for allowance in (rules.care, rules.child_budget):
        found += [allowance.assets_single, allowance.assets_couple] if allowance else []
    if rules.assistance:
        found += [rules.assistance.assets_single, rules.assistance.assets_family]
    return sorted({limit for limit in found if limit is not None})


def _ages(home: Household, rules: DayRules, scheme: Scheme, now: Decision) -> Iterator[Margin]:
    """Birthdays in the coming two years that change the amount, with the same amounts and income."""
    for month in sorted(set(_birthday_months(home, rules))):
        later = decide_one(situation(home, replace(rules, on=month)), scheme)
        if later.high != now.high:
            yield Margin(Fact.BORN, month, later.high, _age_words(month, later.high))
            now = later


def _birthday_months(home: Household, rules: DayRules) -> Iterator[date]:
    start = rules.on.replace(day=1)
    for ahead in range(1, _MONTHS_AHEAD + 1):
        years, month = divmod(start.month - 1 + ahead, 12)
        first = date(start.year + years, month + 1, 1)
        last = date(start.year + (start.month - 2 + ahead) // 12, (start.month - 2 + ahead) % 12 + 1, 1)
        children = (one for one in home.children or () if one.month == last.month)
        if any(last.year - one.year in (0, 12, 16, 18) for one in children):
            yield first
        for born in filter(None, (home.born, home.partner_born)):
            age = first.year - born.year
            if born.month in (first.month, last.month) and {age, age - 1} & set(_BIRTHDAYS):
                yield first
            if at_pension_age(born, first, rules.general) != at_pension_age(born, last, rules.general):
                yield first


def _more_words(fact: Fact, change: int) -> Words:
    by, size = whole(_STEP[fact]), whole(abs(change))
    nl, en = ("meer", "more") if change > 0 else ("minder", "less")
    match fact:
        case Fact.INCOME:
            return Words(f"Bij {by.nl} meer inkomen per jaar is het {size.nl} per maand {nl}.",
                         f"With {by.en} more income a year it is {size.en} a month {en}.")  # fmt: skip
        case Fact.NET_INCOME:
            return Words(f"Bij {by.nl} meer netto inkomen per maand is het {size.nl} {nl}.",
                         f"With {by.en} more net income a month it is {size.en} {en}.")  # fmt: skip
        case _:
            return Words(f"Bij {by.nl} meer huur is het {size.nl} per maand {nl}.",
                         f"With {by.en} more rent it is {size.en} a month {en}.")  # fmt: skip


def _limit_words(fact: Fact, limit: int, now: Decision) -> Words:
    most = whole(limit)
    nl = "Er is iets te krijgen" if now.high <= 0 else "Er blijft iets te krijgen"
    en = "There is something to get" if now.high <= 0 else "There remains something to get"
    match fact:
        case Fact.INCOME:
            return Words(
                f"{nl} tot en met een inkomen van {most.nl} per jaar.",
                f"{en} up to an income of {most.en} a year.",
            )
        case Fact.NET_INCOME:
            return Words(f"{nl} tot en met een netto inkomen van {most.nl} per maand.",
                         f"{en} up to a net income of {most.en} a month.")  # fmt: skip
        case _:
            return Words(f"{nl} tot en met een vermogen van {most.nl} op 1 januari.",
                         f"{en} up to assets of {most.en} on 1 January.")  # fmt: skip


def _age_words(month: date, amount: int) -> Words:
    when, most = month_in_words(month, year=True), whole(amount)
    return Words(f"Vanaf {when.nl} wordt het door een verjaardag {most.nl} per maand.",
                 f"From {when.en} a birthday makes it {most.en} a month.")  # fmt: skip
