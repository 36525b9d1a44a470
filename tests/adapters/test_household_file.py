"""Lists of households: JSON lines and CSV say the same, and what cannot be read is told with its place."""

from datetime import date
from pathlib import Path

import pytest

from voordeur.adapters.household_file import HouseholdFile
from voordeur.core.schemes.household import CareHours, CoResident, Household, Insured, Scheme, Span, exactly

JSON = (
    '{"id": "a", "rent": 712.5, "size": 3, "partner": false, "born": "1990-04-02", "receives": ["zorgtoeslag"],'
    ' "children": ["2014-12-05", "2019-03-01"], "others": [], "income": 24000, "assets_low": 0,'
    ' "assets_high": "8.000,00", "insured": "all", "seizure": null, "childcare": true}'
)
CSV = (
    "id;rent;size;partner;born;receives;children;others;income;assets_low;assets_high;insured;seizure;childcare\n"
    "a;712,50;3;nee;1990-04-02;zorgtoeslag;2014-12-05 2019-03-01;geen;24.000;0;8000;all;;ja\n"
)
HOME = Household(
    rent=712_50, size=3, partner=False, born=date(1990, 4, 2), receives=frozenset({Scheme.CARE}),
    children=(date(2014, 12, 5), date(2019, 3, 1)), others=(), income=exactly(24_000_00),
    assets=Span(0, 8_000_00), insured=Insured.ALL, childcare=True,
)  # fmt: skip


def read(folder: Path, name: str, text: str) -> tuple[list[tuple[str, Household]], HouseholdFile]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    reading = HouseholdFile(path)
    return list(reading.households()), reading


@pytest.mark.parametrize(
    ("name", "text"), [("list.jsonl", JSON), ("list.csv", CSV), ("list.csv", "\ufeff" + CSV)]
)
def test_both_forms_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    found, reading = read(tmp_path, name, text)
    assert found == [("a", HOME)]
    assert (reading.problems, reading.unknown) == ([], set())


def test_what_is_empty_or_absent_is_unknown(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "list.csv", "rent,partner,children,receives\n600,,,\n600,ja,geen,-\n")
    assert [home for _, home in found] == [
        Household(rent=600_00),
        Household(rent=600_00, partner=True, children=(), receives=frozenset()),
    ]


def test_adults_and_childcare_are_told_in_json(tmp_path: Path) -> None:
    text = (
        '{"others": [{"born": "2004-05-06", "income": 7000, "child": true}, {}],'
        ' "care_hours": [{"kind": "bso", "hours": 60.5, "rate": 9.98}], "net_income_low": 1500}'
    )
    ((number, home),), _ = read(tmp_path, "list.jsonl", text)
    assert number == "1"
    assert home.others == (
        CoResident(born=date(2004, 5, 6), income=exactly(7_000_00), child=True),
        CoResident(),
    )
    assert home.care_hours == (CareHours(kind="bso", hours=60_50, rate=9_98),)
    assert home.net_income is not None
    assert home.net_income.low == 1_500_00


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ('{"rent": "veel"}', "rent", "veel"), ('{"rent": -5}', "rent", "-5"), ('{"rent": 0.125}', "rent", "0.125"),
        ('{"partner": "misschien"}', "partner", "misschien"), ('{"born": "2-4-1990"}', "born", "2-4-1990"),
        ('{"children": ["2019"]}', "children", "2019"), ('{"receives": ["bonus"]}', "receives", "['bonus']"),
        ('{"size": 0}', "size", "0"), ('{"size": "drie"}', "size", "drie"), ('{"insured": "half"}', "insured", "half"),
        ('{"others": [5]}', "others", "[5]"), ('{"care_hours": [{"kind": "oma"}]}', "care_hours", "[{'kind': 'oma'}]"),
        ("[1, 2]", "", ""), ("{", "", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_left_out(tmp_path: Path, text: str, column: str, value: str) -> None:
    found, reading = read(tmp_path, "list.jsonl", f'{{"id": "first"}}\n{text}\n{{"id": "last"}}\n')
    assert [name for name, _ in found] == ["first", "last"]
    (problem,) = reading.problems
    assert (problem.source, problem.row, problem.column, problem.value) == ("list.jsonl", 2, column, value)


def test_fields_that_nobody_knows_are_named(tmp_path: Path) -> None:
    _, reading = read(tmp_path, "list.csv", "rent;hond;inkomen\n600;ja;5\n")
    assert reading.unknown == {"hond", "inkomen"}
