"""Rules of the schemes from TOML: what comes with the program, own files over it, and everything that can be wrong."""

from datetime import date
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from voordeur.adapters.scheme_rules import KINDS, _texts, load_rule_book, read_rule_book, read_scheme_rules
from voordeur.core.problems import Refused
from voordeur.core.schemes.rules import ChildBudgetRules, HousingRules, MunicipalRules

FOLDER = Path(__file__).parents[2] / "src" / "voordeur" / "rules" / "schemes"
SHIPPED = dict(_texts(FOLDER))
TOWN = """
municipality = "Lindewaard"
start = 2026-01-01
end = 2026-12-31
[income_supplement]
supplement_single = "600,00"
supplement_share = "110"
source = "Verordening Lindewaard (verzonnen)"
trust = "choice"
[special_assistance]
source = "Niet gevonden"
trust = "unverified"
[remission]
yearly_taxes = "480,00"
source = "Tarieventabel Lindewaard (verzonnen)"
trust = "choice"
"""


def codes(kind: str, text: str) -> set[str]:
    rules, problems = read_scheme_rules(kind, text, "made up")
    assert rules is None
    assert all(problem.fatal and problem.source == "made up" for problem in problems)
    return {problem.code for problem in problems}


# --- what comes with the program -------------------------------------------------------------------------------


def test_every_shipped_file_is_read() -> None:
    book = load_rule_book()
    assert {kind: len(periods) for kind, periods in book.periods.items() if periods} == {
        kind: sum(1 for name in SHIPPED if name.startswith(f"{kind}/"))
        for kind in KINDS
        if kind != "municipal"
    }


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
@pytest.mark.parametrize("kind", ["housing", "care", "child_budget"])
def test_the_allowances_cover_every_day_of_a_year(kind: str, year: int) -> None:
    for on in (date(year, 1, 1), date(year, 12, 31)):
        found = getattr(load_rule_book().on(on), kind)
        assert (found.start, found.end) == (date(year, 1, 1), date(year, 12, 31))


def test_a_new_year_has_only_a_provisional_child_budget() -> None:
    rules = load_rule_book().on(date(2027, 1, 1))
    assert isinstance(rules.child_budget, ChildBudgetRules)
    assert rules.child_budget.provisional
    assert (rules.housing, rules.care, rules.assistance) == (None, None, None)


@pytest.mark.parametrize("on", [date(2022, 12, 31), date(2028, 1, 1)])
def test_a_day_without_rules_is_refused_in_words(on: date) -> None:
    with pytest.raises(Refused) as refused:
        load_rule_book().on(on)
    (problem,) = refused.value.problems
    assert problem.code == "no-rules-for-day"
    assert str(on.year) in problem.message.nl


def test_amounts_are_cents_and_shares_thousandths_of_a_percent() -> None:
    housing = load_rule_book().on(date(2026, 1, 1)).housing
    assert isinstance(housing, HousingRules)
    assert (housing.maximum, housing.task, housing.share_quality) == (932_93, -48_15, 65_000)
    assert housing.lowest_basic_rent == 200_71
    assert housing.cited("shares").trust == "secondary"


def test_the_basic_rent_is_that_of_the_act_less_the_lowering_of_the_year() -> None:
    """252.49 - 1.82 (3.63) - 48.15; the lowering of 2024 and 2025 too stands in BWBR0049106."""
    for year, lowering in ((2024, -37_72), (2025, -37_14), (2026, -48_15)):
        housing = load_rule_book().on(date(year, 1, 1)).housing
        assert housing is not None
        assert housing.task == lowering


@pytest.mark.parametrize(
    ("year", "name", "point", "rent"),
    [
        (2024, "single", 30_550_00, 458_92), (2024, "multi", 39_700_00, 457_11),
        (2025, "single", 32_625_00, 481_51), (2025, "multi", 42_475_00, 479_24),
    ],
)  # fmt: skip
def test_the_factors_give_the_reference_rent_of_the_act(year: int, name: str, point: int, rent: int) -> None:
    """Put the reference income in and the standard rent of the Act comes out, within two cents."""
    housing = load_rule_book().on(date(year, 1, 1)).housing
    assert housing is not None
    effect = housing.effects[name]
    euros = point // 100
    found = (effect.square * euros * euros + effect.linear * euros) / 10**13
    assert found == pytest.approx(rent, abs=2)


# --- own files -------------------------------------------------------------------------------------------------


def test_a_municipality_is_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "municipal").mkdir()
    (tmp_path / "municipal" / "lindewaard.toml").write_text(TOWN, encoding="utf-8")
    book = load_rule_book(tmp_path)
    local = book.on(date(2026, 5, 1), "lindewaard").municipal
    assert isinstance(local, MunicipalRules)
    assert (local.supplement_single, local.supplement_share, local.special_share) == (600_00, 110_000, None)
    assert book.on(date(2026, 5, 1), "Elders").municipal is None
    assert book.on(date(2025, 5, 1), "Lindewaard").municipal is None


def test_an_own_file_replaces_the_shipped_one_and_a_new_one_adds_a_year(tmp_path: Path) -> None:
    (tmp_path / "energy").mkdir()
    text = SHIPPED["energy/2025.toml"].replace(
        "[window]", "[window]\nopens = 2025-04-23\ncloses = 2025-04-30"
    )
    (tmp_path / "energy" / "2025.toml").write_text(text, encoding="utf-8")
    (tmp_path / "housing").mkdir()
    next_year = SHIPPED["housing/2026.toml"].replace("= 2026-", "= 2027-")
    (tmp_path / "housing" / "2027.toml").write_text(next_year, encoding="utf-8")
    book = load_rule_book(tmp_path)
    energy = book.on(date(2025, 4, 24)).energy
    assert energy is not None
    assert energy.opens == date(2025, 4, 23)
    assert book.on(date(2027, 4, 24)).housing is not None


# --- what can be wrong -----------------------------------------------------------------------------------------

CARE = SHIPPED["care/2026.toml"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('premium = "2.119,00"', 'premum = "2.119,00"', "unknown-key"),
        ('premium = "2.119,00"', "", "missing-key"),
        ('premium = "2.119,00"', 'premium = "veel"', "wrong-value"),
        ('taper = "13,730"', 'taper = "13,7301"', "wrong-value"),
        ('taper = "13,730"', "taper = 13.73", "wrong-value"),
        ('trust = "verified"', 'trust = "sure"', "wrong-value"),
        ("end = 2026-12-31", "end = 2025-12-31", "period-backwards"),
        ("start = 2026-01-01", "start = ", "not-toml"),
        ("[threshold]", "[treshold]", "missing-key"),
    ],
)
def test_a_mistake_in_a_file_is_told(old: str, new: str, code: str) -> None:
    assert old in CARE
    assert code in codes("care", CARE.replace(old, new, 1))


def test_housing_needs_both_types_of_household() -> None:
    text = SHIPPED["housing/2026.toml"].replace('name = "multi"', 'name = "many"')
    assert codes("housing", text) == {"missing-effect"}


def test_two_files_may_not_claim_the_same_day() -> None:
    book, problems = read_rule_book(SHIPPED | {"care/again.toml": CARE})
    assert book is None
    assert [(problem.code, problem.source) for problem in problems] == [
        ("periods-overlap", "care/again.toml")
    ]


def test_all_files_are_told_of_at_once() -> None:
    wrong = {
        name: SHIPPED[name].replace("source =", "sorce =", 1)
        for name in ("care/2025.toml", "energy/2023.toml")
    }
    _, problems = read_rule_book(SHIPPED | wrong)
    assert {problem.source for problem in problems} == set(wrong)


def test_the_example_of_a_municipality_can_be_read() -> None:
    text = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    rules, problems = read_scheme_rules("municipal", example, "municipal/lindewaard-2026.toml")
    assert problems == []
    assert isinstance(rules, MunicipalRules)
    assert rules.municipality == "Lindewaard"
