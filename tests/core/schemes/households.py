"""Made-up households for the tests of the schemes: some by hand, and as many as hypothesis wants."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.core.schemes.check import check_household
from voordeur.core.schemes.decision import Decision
from voordeur.core.schemes.household import CoResident, Household, Insured, Scheme, Span, exactly
from voordeur.core.schemes.rules import DayRules

NOVEMBER = date(2026, 11, 22)
BOOK = load_rule_book()
DAYS = [date(2023, 1, 1), date(2024, 5, 31), date(2025, 1, 1), date(2025, 7, 1), date(2026, 6, 30), NOVEMBER]


def on(day: date = NOVEMBER) -> DayRules:
    return BOOK.on(day)


def single(**said: Any) -> Household:
    """Somebody of 36 who lives alone, said everything, has little, and gets nothing yet."""
    home = Household(
        rent=600_00, size=1, born=date(1990, 4, 2), receives=frozenset(), income=exactly(22_000_00),
        net_income=exactly(1_600_00), assets=exactly(0), insured=Insured.ALL, childcare=False,
        long_low_income=False, special_costs=False, study=False, seizure=False,
    )  # fmt: skip
    return replace(home, **said)


def single_parent(*born: date, **said: Any) -> Household:
    """The same with children."""
    children = born or (date(2018, 5, 15),)
    return single(**{"size": 1 + len(children), "partner": False, "children": children, "others": ()} | said)


def couple(**said: Any) -> Household:
    """The same with a partner of the same age and without children."""
    return single(**{"size": 2, "partner": True, "partner_born": date(1990, 4, 2), "children": ()} | said)


def decide(home: Household, scheme: Scheme, day: date = NOVEMBER) -> Decision:
    return check_household(home, on(day))[scheme]


def month(home: Household, scheme: Scheme, day: date = NOVEMBER) -> int:
    """The amount in whole euros; it must be certain."""
    decision = decide(home, scheme, day)
    assert decision.low == decision.high, decision
    return decision.high // 100


cents = st.integers(0, 90_000_00)


def spans(most: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, most), st.integers(0, most)).map(lambda two: Span(min(two), max(two)))


def incomes(most: int) -> st.SearchStrategy[Span]:
    """Half of them exact."""
    return st.one_of(st.integers(0, most).map(exactly), spans(most))


adults = st.dates(date(1930, 1, 1), date(2005, 1, 1))
minors = st.dates(date(2006, 1, 1), NOVEMBER)
co_residents = st.builds(
    CoResident, born=adults, income=incomes(40_000_00), child=st.booleans(), student=st.booleans(),
    commercial=st.booleans(), rich=st.booleans(),
)  # fmt: skip


@st.composite
def told(draw: st.DrawFn) -> Household:
    """A household that said everything."""
    partner = draw(st.booleans())
    children = tuple(draw(st.lists(minors, max_size=4)))
    others = tuple(draw(st.lists(co_residents, max_size=2)))
    return Household(
        rent=draw(st.integers(100_00, 1_300_00)), size=1 + partner + len(children) + len(others),
        service_costs=draw(st.sampled_from([0, 20_00, 60_00])), adapted_home=draw(st.booleans()),
        receives=frozenset(), partner=partner, born=draw(adults), partner_born=draw(adults) if partner else None,
        children=children, others=others, income=draw(incomes(90_000_00)), net_income=draw(incomes(5_000_00)),
        assets=draw(incomes(250_000_00)), insured=draw(st.sampled_from(Insured)), childcare=draw(st.booleans()),
        long_low_income=draw(st.booleans()), special_costs=draw(st.booleans()), study=draw(st.booleans()),
        seizure=draw(st.booleans()), after_seizure=draw(st.none() | st.integers(0, 2_500_00)),
    )  # fmt: skip


_SAID = ("receives", "partner", "children", "others", "born", "partner_born", "income", "net_income", "assets",
         "insured", "childcare", "long_low_income", "special_costs", "study", "seizure", "size")  # fmt: skip


@st.composite
def half_told(draw: st.DrawFn) -> Household:
    """A household that said some of it."""
    home = draw(told())
    silent = draw(st.sets(st.sampled_from(_SAID)))
    return replace(home, **dict.fromkeys(silent))
