"""Published cases of income support: how a case becomes a household, and what of our answer is compared.

A file of this shape is `{"meta": ..., "vectors": [...]}`. An amount with cents a year is compared before it is
rounded and granted, because that is what was published; a whole amount with what would be granted.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.core.schemes import care, child_budget, childcare, housing, norms, seizure
from voordeur.core.schemes.check import check_household
from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import CareHours, CoResident, Household, Insured, Scheme, exactly
from voordeur.core.schemes.rounding import PERCENT, half_up
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.situation import situation

Vector = dict[str, Any]
Said = dict[str, Decimal | bool]
"""What we say: `month`, `year` (granted), `exact` (a year, before rounding), `eligible`, or a name of the case."""


def vectors(folder: Path) -> list[Vector]:
    """Every usable case in the files of this shape in a folder, in order of file name."""
    return [
        one for path in sorted(folder.glob("*.json")) for one in _of(path) if one.get("usable") is not False
    ]


def _of(path: Path) -> Iterator[Vector]:
    content = json.loads(path.read_text("utf-8"))
    found = content.get("vectors") if isinstance(content, dict) else None
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict))


def check(vector: Vector) -> None:
    """Compare everything that the case expects. A scheme that we do not know fails."""
    assert vector["scheme"] in SCHEMES, f"no such scheme: {vector['scheme']}"
    expected = _expected(vector)
    assert expected, "this case expects nothing"
    said = SCHEMES[vector["scheme"]](vector["inputs"], _rules(vector))
    tolerance = Decimal(str(vector["tolerance_eur"]))
    for name, value in expected.items():
        ours = said[name]
        if isinstance(value, bool):
            assert ours is value, name
        else:
            assert abs(Decimal(ours) - value) <= tolerance, f"{name}: {ours} for {value}"


def _expected(vector: Vector) -> dict[str, Decimal | bool]:
    found: dict[str, Decimal | bool] = {}
    if "expected_monthly_eur" in vector:
        found["month"] = Decimal(str(vector["expected_monthly_eur"]))
    if "expected_yearly_eur" in vector:
        year = Decimal(str(vector["expected_yearly_eur"]))
        before_granting = year % 1 or (vector["source_kind"] == "oracle" and year < 24)
        found["exact" if before_granting else "year"] = year
    if "expected_eligible" in vector:
        found["eligible"] = vector["expected_eligible"]
    return found | {name: Decimal(str(value)) for name, value in vector.get("expected_other", {}).items()}


def _rules(vector: Vector) -> DayRules:
    on = vector["inputs"].get("date")
    return load_rule_book().on(date.fromisoformat(on) if on else date(vector["year"], 1, 1))


def _cents(euros: float | int | None) -> int:
    exact = Decimal(str(euros or 0)) * 100
    assert exact == int(exact), f"{euros} is not a whole number of cents"
    return int(exact)


def _euros(cents: int, parts: int = 1) -> Decimal:
    return Decimal(cents) / (100 * parts)


def _said(decision: Decision) -> Said:
    assert decision.outcome in (Outcome.CALCULATED, Outcome.NOT_ELIGIBLE), decision
    assert decision.low == decision.high, decision
    return {"month": _euros(decision.high), "eligible": decision.outcome is Outcome.CALCULATED}


# --- the allowances --------------------------------------------------------------------------------------------


def _housing(given: Vector, rules: DayRules) -> Said:
    assert rules.housing is not None
    limit, year = rules.housing.assets, rules.on.year
    age = 70 if given.get("someone_aow_age") else 19 if given.get("all_members_under_youth_age") else 40
    own = [_cents(value) for name, value in given.items() if _own_assets(name)]
    assets = sum(own) if own else 0 if given.get("vermogen_ok", True) else limit * 2 + 1
    partner = bool(given.get("partner")) and given["household_size"] > 1
    home = Household(
        size=given["household_size"], partner=partner, children=(), others=(), born=date(year - age, 1, 1),
        partner_born=date(year - age, 1, 1) if partner else None, rent=_cents(given["kale_huur"]),
        service_costs=_cents(given.get("subsidiabele_servicekosten")), assets=exactly(assets),
        adapted_home=bool(given.get("adapted_home_disability")),
        income=exactly(_cents(given.get("rekeninkomen", given.get("applicant_income")))),
    )  # fmt: skip
    if _cents(given.get("vermogen_medebewoner")) > limit:
        home = replace(home, others=(CoResident(born=home.born, rich=True),))
    if given.get("medebewoners"):
        home = replace(home, others=tuple(_co_resident(one, year) for one in given["medebewoners"]))
    return _housing_said(home, rules)


def _own_assets(name: str) -> bool:
    return name.startswith("vermogen_") and name not in ("vermogen_ok", "vermogen_medebewoner")


def _co_resident(one: Vector, year: int) -> CoResident:
    born = date(year - one["age"], 1, 1)
    return CoResident(born=born, income=exactly(_cents(one["income"])), child=bool(one["child"]))


def _housing_said(home: Household, rules: DayRules) -> Said:
    decision = check_household(home, rules)[Scheme.HOUSING]
    s = situation(home, rules)
    income = housing.counted_income(s)
    said: Said = _said(decision) | {"year": _euros(decision.high) * 12, "rekeninkomen": _euros(income.high)}
    parts = housing.rent_parts(rules.housing, housing.tenancy_of(s), income.high) if rules.housing else None
    if parts is not None and rules.housing is not None:
        said |= {
            "exact": _euros(parts.exact, PERCENT),
            "part_a": _euros(parts.full),
            "part_b": _euros(half_up(parts.quality * rules.housing.share_quality, PERCENT)),
            "part_c": _euros(half_up(parts.above * rules.housing.share_cap, PERCENT)),
            "income_correction": _euros(half_up(parts.taper, 12 * PERCENT)),
        }
    return said


def _care(given: Vector, rules: DayRules) -> Said:
    partner = bool(given["partner"])
    half = partner and given.get("partner_verzekerd") is False
    home = Household(
        rent=0, partner=partner, children=(), others=(), born=date(1980, 1, 1), partner_born=date(1980, 1, 1),
        income=exactly(_cents(given["toetsingsinkomen"])), assets=exactly(_cents(given.get("vermogen"))),
        insured=Insured.TENANT if half else Insured.ALL,
    )  # fmt: skip
    decision = check_household(home, rules)[Scheme.CARE]
    assert rules.care is not None
    year = care.care_year(rules.care, partner, home.income.low if home.income else 0, half=half)
    granted = year.year(rules.general.least_year) if decision.outcome is Outcome.CALCULATED else 0
    return _said(decision) | {"year": _euros(granted), "exact": _euros(year.exact, 2 * PERCENT)}


def _child_budget(given: Vector, rules: DayRules) -> Said:
    partner, income = bool(given["partner"]), _cents(given["toetsingsinkomen"])
    born = tuple(date(rules.on.year - 1 - age, 7, 1) for age in given["children_ages"])
    home = Household(
        rent=0, partner=partner, children=born, others=(), born=date(1980, 1, 1), partner_born=date(1980, 1, 1),
        income=exactly(income), assets=exactly(_cents(given.get("vermogen"))), insured=Insured.ALL,
    )  # fmt: skip
    decision = check_household(home, rules)[Scheme.CHILD_BUDGET]
    assert rules.child_budget is not None
    exact = child_budget.budget_exact(rules.child_budget, given["children_ages"], partner, income)
    granted = child_budget.budget_year(exact, rules.general.least_year)
    granted = granted if decision.outcome is Outcome.CALCULATED else 0
    return _said(decision) | {"year": _euros(granted), "exact": _euros(exact, PERCENT)}


_CARE_KINDS = {"dag": "dagopvang", "bso": "bso", "bui": "bso", "gas": "gastouder"}


def _childcare(given: Vector, rules: DayRules) -> Said:
    assert rules.childcare is not None
    hours = tuple(
        CareHours(kind=_CARE_KINDS[one["type"][:3]], hours=_cents(one["hours"]), rate=_cents(one["rate"]))
        for one in given["children"]
    )
    month = childcare.care_month(rules.childcare, _cents(given["toetsingsinkomen"]), hours)
    return {"month": _euros(month), "eligible": month > 0}


# --- norms and limits ------------------------------------------------------------------------------------------

_LIVING = {
    "aow_single": "pension_single", "aow_couple": "pension_couple", "aow_mixed": "pension_mixed",
    "y18_single": "youth_single", "y18_couple": "youth_couple", "y18_mixed": "youth_mixed",
    "y18_mixed_child": "youth_mixed_child", "y18_couple_child": "youth_couple_child",
    "inst_single": "institution_single", "inst_couple": "institution_couple", "single_parent": "single",
}  # fmt: skip


def _norm(given: Vector, rules: DayRules) -> Said:
    assert rules.assistance is not None
    living = _LIVING.get(given["type"], given["type"])
    norm = norms.norm(rules.assistance, living, given.get("kostendelers") or 0)
    assert norm is not None, "no such norm in our data"
    if not given["including_holiday_allowance"]:
        norm = norms.without_holiday(rules.assistance, norm)
    return {"month": _euros(norm)}


def _remission_norm(given: Vector, rules: DayRules) -> Said:
    assert rules.remission is not None
    living = _LIVING.get(given["type"], given["type"])
    norm = getattr(rules.remission, f"full_{living}")
    assert norm is not None, "no such norm in our data"
    return {"month": _euros(norm)}


def _assets(given: Vector, rules: DayRules) -> Said:
    assert rules.assistance is not None
    single, family = rules.assistance.assets_single, rules.assistance.assets_family
    limits = {
        "single": single,
        "home": rules.assistance.home_equity,
        "home_equity": rules.assistance.home_equity,
    }
    limit = limits.get(given["type"], family)
    assert limit is not None, "no such limit in our data"
    return {"limit_eur": _euros(limit)}


def _energy(given: Vector, rules: DayRules) -> Said:
    assert rules.energy is not None
    limit = rules.energy.income_single if given["type"] == "single" else rules.energy.income_couple
    return {"gross_monthly_income_limit_eur": _euros(limit)}


_SEIZED = {"alone": "single", "couple_with_children": "family", "couple_children": "family"}


def _protected(given: Vector, rules: DayRules) -> Said:
    assert rules.seizure is not None
    if "rule" in given:
        single = given["household"] in ("single", "alone")
        return {
            "limit_eur": _euros(
                rules.seizure.correction_single if single else rules.seizure.correction_others
            )
        }
    living = _SEIZED.get(given["living_situation"], given["living_situation"])
    net, other = _cents(given["net_monthly_income_incl_holiday"]), _cents(given.get("partner_income_monthly"))
    amount = seizure.protected_income(rules, living, _cents(given["belastbaar_jaarinkomen"]), net, other)
    assert amount is not None
    return {"month": _euros(amount)}


SCHEMES: dict[str, Callable[[Vector, DayRules], Said]] = {
    "huurtoeslag": _housing,
    "zorgtoeslag": _care,
    "kindgebonden_budget": _child_budget,
    "kinderopvangtoeslag": _childcare,
    "bijstandsnorm": _norm,
    "kwijtschelding_norm": _remission_norm,
    "vermogensgrens_pw": _assets,
    "noodfonds_energie": _energy,
    "beslagvrije_voet": _protected,
}
