"""`voordeur arrears`: what is refused, with all reasons at once; and that the command stands on its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.cli.arrears_runner import HEADER, LedgerFile, app, arrears
from voordeur.cli import arrears_db
from voordeur.core.ledger import Entry, Kind, Position, position

Run = Callable[..., Result]
TWO = "c1,T2,2026-01-01,charge,1234.5,,,\np1,T1,2026-01-01,payment,1,,,\n"


@pytest.fixture(autouse=True, params=["core", "engine"])
def asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test twice: once as a small file, and once as if it were a large one."""
    if request.param == "engine":
        monkeypatch.setattr("voordeur.cli.arrears.SMALL", 0)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command on a file with this text; the header is put above it unless the text has its own."""
    return LedgerFile(tmp_path).run


# --- bad files -------------------------------------------------------------------------------------------------


def test_all_problems_come_at_once_and_nothing_goes_out(run: Run) -> None:
    file = (
        "c1,T1,2026-03-01,charge,10,,,\n"
        "c2,,01-03-2026,charge,12.50,2026-02-30,,\n"
        'c3,T1,2026-03-01,gift,"1,234.50",,,\n'
        "p1,T1,2026-03-01,payment,-5,,,\n"
        "c1,T1,2026-03-01,charge,0,,,\n"
    )
    result = run(file, "2026-03-01", "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    places = [line.split(": ")[0] for line in result.stderr.splitlines()]
    assert places == [
        "ledger.csv, row 3, tenancy",
        "ledger.csv, row 3, date",
        "ledger.csv, row 3, due",
        "ledger.csv, row 4, kind",
        "ledger.csv, row 4, amount",
        "ledger.csv, row 5, amount",
        "ledger.csv, row 6, amount",
    ]
    assert "'2026-02-30' is no date. Write the day as 2026-03-01." in result.stderr


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (",T1,2026-03-01,charge,1,,,", "id", "This cell is empty."),
        ("c,T1,,charge,1,,,", "date", "This cell is empty."),
        ("c,T1,2026-03-01,,1,,,", "kind", "'' is no kind of entry. Choose one of: charge, payment"),
        ("c,T1,2026-03-01,charge,,,,", "amount", "This cell is empty."),
        ("c,T1,20260301,charge,1,,,", "date", "'20260301' is no date."),
        ("c,T1,2026-03-01,charge,abc,,,", "amount", "'abc' is no amount."),
        ("c,T1,2026-03-01,charge,1.234,,,", "amount", "'1.234' is no amount."),
        ("c,T1,2026-03-01,charge,1e3,,,", "amount", "'1e3' is no amount."),
        ("c,T1,2026-03-01,charge,NaN,,,", "amount", "'NaN' is no amount."),
        ('c,T1,2026-03-01,charge,"12,50",,,', "amount", "Write euros with a point"),
        ("c,T1,2026-03-01,charge,-1,,,", "amount", "only a correction is signed"),
        ("c,T1,2026-03-01,refund,0,,,", "amount", "not above zero"),
        ("c,T1,2026-03-01,reversal,-1,,,p", "amount", "not above zero"),
        ("c,T1,2026-03-01,charge,\x1b[31mred,,,", "amount", "'·[31mred' is no amount."),
    ],
)
def test_a_bad_cell_is_named_with_its_cure(run: Run, line: str, column: str, said: str) -> None:
    result = run(line + "\n", "2026-03-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"row 2, {column}: " in result.stderr
    assert said in result.stderr


def test_an_id_that_comes_twice_in_a_tenancy_is_a_problem(run: Run) -> None:
    result = run("x,T1,2026-03-01,charge,1,,,\nx,T1,2026-03-02,payment,1,,,\n", "2026-03-01")
    assert result.exit_code == 2
    assert "row 3, id: Id 'x' is also on row 2" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (b"\n\n", "Column 'id' is missing."),
        (b"id,tenancy,date,amount\n", "Column 'kind' is missing."),
        (b"id,id,tenancy,date,kind,amount\n", "Column 'id' is there twice."),
        (HEADER.encode() + b"c1,T\xe9,2026-03-01,charge,1,,,\n", "The text of this file is not UTF-8."),
        (HEADER.encode() + b'c1,"T1,2026-03-01,charge,1,,,\n', "row 2: A quote is wrong here."),
        (HEADER.encode() + b'c1,"T"1,2026-03-01,charge,1,,,\n', "row 2: A quote is wrong here."),
        (HEADER.encode() + b"c1,T1,2026-03-01,charge,1,,,,x\n", "row 2: This row has more cells"),
        (b"PAR1 but no parquet", "This Parquet file is damaged."),
    ],
)
def test_a_file_that_cannot_be_used_says_why(run: Run, content: bytes, said: str) -> None:
    result = run(content, "2026-03-01", "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        result = arrears("--on", "2026-03-01", "--ledger", str(path))
        assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("options", [["--on", "1 maart"], ["--on", "2026-02-30"], ["--on", "20260301"], []])
def test_a_day_is_needed_and_must_be_one(options: list[str]) -> None:
    result = arrears(*options, "--ledger", "x.csv")
    assert (result.exit_code, result.stdout) == (2, "")


# --- on its own ------------------------------------------------------------------------------------------------


def test_it_needs_no_django_no_database_and_no_arrow_for_csv(tmp_path: Path) -> None:
    """In a process of its own, with a database that cannot be reached; and the same bytes twice."""
    path = tmp_path / "ledger.csv"
    path.write_text(HEADER + TWO, "utf-8")
    code = (
        "import sys; from typer.testing import CliRunner; from voordeur.cli import app\n"
        f"done = CliRunner().invoke(app, ['arrears', '--on', '2026-01-11', '--ledger', {str(path)!r}])\n"
        "loaded = {'django', 'pyarrow', 'numba'} & set(sys.modules)\n"
        "sys.stdout.buffer.write(done.stdout_bytes); sys.exit(f'{loaded} was loaded' if loaded else done.exit_code)"
    )
    env = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PYTHONIOENCODING": "ascii"}
    done = [
        subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
        for _ in range(2)
    ]
    assert [one.returncode for one in done] == [0, 0], done[0].stderr
    assert done[0].stdout == done[1].stdout
    assert "T1" in done[0].stdout.decode()


def test_without_a_file_the_database_is_asked_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[date, date | None]] = []

    def positions(on: date, known: date | None) -> list[tuple[str, Position]]:
        asked.append((on, known))
        return [("H-7", position([Entry("c1", date(2026, 3, 1), Kind.CHARGE, 650_00)], on, known))]

    monkeypatch.setattr(arrears_db, "positions", positions)
    result = arrears("--on", "2026-03-02", "--known", "2026-03-04", "--format", "csv")
    assert asked == [(date(2026, 3, 2), date(2026, 3, 4))]
    assert result.stdout.splitlines()[1] == "H-7,650.00,650.00,2026-03-01,1,1"


def test_a_dutch_terminal_is_spoken_to_in_dutch(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    options = ["--on", "2026-01-11", "--ledger", str(path)]
    for text, said in ((TWO, "2 contracten, 1 met achterstand."), ("x", "Deze cel is leeg.")):
        path.write_text(HEADER + text, "utf-8")
        assert said in CliRunner().invoke(app, options, env={"VOORDEUR_LANGUAGE": "nl"}).output


def test_the_help_is_dutch_first_and_has_examples() -> None:
    said = arrears("--help").stdout
    assert said.index("Toon hoe elk huurcontract") < said.index("Show how every tenancy")
    assert "voordeur arrears --on 2026-03-31 --ledger grootboek.csv" in said
