"""`voordeur check-schemes` as somebody types it: counts, sums, and problems in words."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from voordeur.cli.check_schemes import check_schemes_command

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(check_schemes_command)

PLAIN = {
    "rent": 600, "size": 1, "born": "1990-04-02", "income": 22000, "net_income": 1600, "assets": 0, "insured": "all",
    "childcare": False, "long_low_income": False, "special_costs": False, "study": False, "seizure": False,
}  # fmt: skip
"""361 a month of housing benefit and 129 of care allowance."""


def run(folder: Path, *rows: dict[str, object] | str, options: tuple[str, ...] = ("--json",)) -> Result:
    path = folder / "list.jsonl"
    path.write_text(
        "\n".join(one if isinstance(one, str) else json.dumps(one) for one in rows), encoding="utf-8"
    )
    return CliRunner().invoke(
        app, [str(path), "--on", "2026-11-01", *options], env={"VOORDEUR_LANGUAGE": "en", "COLUMNS": "200"}
    )


def test_what_is_missed_is_counted_and_summed(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        PLAIN | {"receives": []},
        PLAIN | {"receives": ["zorgtoeslag"]},
        PLAIN | {"receives": ["zorgtoeslag", "huurtoeslag"]},
        PLAIN,
        {"receives": [], "rent": 600},
    )
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert (said["households"], said["misses_something"], said["receives_unknown"]) == (5, 2, 1)
    housing, care = said["schemes"]["huurtoeslag"], said["schemes"]["zorgtoeslag"]
    assert (housing["misses"], housing["received"], housing["missing"]) == (2, 1, 1)
    assert housing["per_year_low"] == housing["per_year_high"] == f"{2 * 361 * 12}.00"
    assert (care["misses"], care["received"]) == (1, 2)
    assert said["per_year_high"] == f"{(2 * 361 + 129) * 12}.00"
    assert said["missing_facts"]["income"] == 1


def test_a_range_gives_a_range(tmp_path: Path) -> None:
    row = {name: value for name, value in PLAIN.items() if name != "income"}
    done = run(tmp_path, row | {"income_low": 22_000, "income_high": 26_000, "receives": ["zorgtoeslag"]})
    said = json.loads(done.stdout)
    assert (said["per_year_low"], said["per_year_high"]) == (f"{303 * 12}.00", f"{361 * 12}.00")


def test_each_household_can_be_told(tmp_path: Path) -> None:
    done = run(tmp_path, PLAIN | {"id": "x", "receives": ["zorgtoeslag"]}, options=("--each",))
    said = json.loads(done.stdout)
    assert said["id"] == "x"
    assert said["huurtoeslag"] == {
        "outcome": "calculated", "low": "361.00", "high": "361.00", "reason": "", "missing": [], "received": False,
    }  # fmt: skip
    assert said["zorgtoeslag"]["received"] is True


def test_the_table_is_for_people(tmp_path: Path) -> None:
    done = run(tmp_path, PLAIN | {"receives": []}, options=())
    assert "Housing benefit" in done.stdout
    assert "1 households; 1 miss something" in done.stdout
    assert "4,332.00" in done.stdout


def test_a_line_that_cannot_be_read_is_left_out_and_told(tmp_path: Path) -> None:
    done = run(tmp_path, PLAIN | {"receives": [], "hond": 1}, "{", {"rent": "veel"})
    assert done.exit_code == 1
    assert json.loads(done.stdout)["households"] == 1
    assert json.loads(done.stdout)["left_out"] == 2
    assert "list.jsonl, row 2" in done.stderr
    assert "list.jsonl, row 3, rent" in done.stderr
    assert "hond" in done.stderr


def test_many_problems_are_cut_short(tmp_path: Path) -> None:
    done = run(tmp_path, *["{"] * 25)
    assert done.stderr.count("list.jsonl, row") == 20
    assert "And 5 more." in done.stderr


@pytest.mark.parametrize("day", ["2022-12-31", "2028-01-01"])
def test_a_day_without_rules_is_refused_before_anything_is_read(tmp_path: Path, day: str) -> None:
    done = run(tmp_path, "{", options=("--on", day))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert day[:4] in done.stderr


def test_own_rules_count_for_their_municipality(tmp_path: Path) -> None:
    (tmp_path / "municipal").mkdir()
    (tmp_path / "municipal" / "town.toml").write_text(
        'municipality = "Lindewaard"\nstart = 2026-01-01\nend = 2026-12-31\n'
        '[income_supplement]\nsupplement_single = "600"\nsource = "made up"\ntrust = "choice"\n'
        '[special_assistance]\nsource = "made up"\ntrust = "choice"\n'
        '[remission]\nsource = "made up"\ntrust = "choice"\n',
        encoding="utf-8",
    )
    row = PLAIN | {"long_low_income": True, "receives": []}
    done = run(
        tmp_path, row | {"municipality": "Lindewaard"}, row, options=("--each", "--rules", str(tmp_path))
    )
    said = [json.loads(line)["individuele_inkomenstoeslag"]["high"] for line in done.stdout.splitlines()]
    assert said == ["50.00", "0.00"]
