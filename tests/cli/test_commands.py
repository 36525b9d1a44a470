"""The `voordeur` command as a person types it: files in, answers out, problems in words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.camt import Line, camt
from tests.actions.town import TODAY
from voordeur.core.money import decimal_string

TENANCIES = (
    "Contractnr;Naam;Straat;Huisnr;Postcode;Plaats;Wijk;Netto huur;Betaalwijze;Betalingskenmerk;IBAN\r\n"
    + ("104418;J. de Wit;Kade;9;1000 AB;Lindewaard;Havenkant;598,00;;5000056789012345;NL86INGB0002445588\r\n")
)
LEDGER = (
    "Contractnr;Boekdatum;Vervaldatum;Soort;Omschrijving;Bedrag;D/C\r\n"
    "104418;01-09-2026;01-09-2026;HUUR;Huur september;598,00;D\r\n"
    "104418;02-09-2026;;BETALING;huur sept;598,00;C\r\n"
    "104418;01-10-2026;01-10-2026;HUUR;Huur oktober;598,00;D\r\n"
)


def voordeur(environment: dict[str, str], *words: str, code: int = 0) -> str:
    """Run the command; its standard output. What it says on stderr is in the failure when the exit code differs."""
    done = subprocess.run(
        [sys.executable, "-m", "voordeur.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    paths = {
        "tenancies": tmp_path / "huurcontracten.csv",
        "ledger": tmp_path / "grootboek.csv",
        "bank": tmp_path / "bank.xml",
    }
    paths["tenancies"].write_bytes(TENANCIES.encode("cp1252"))
    paths["ledger"].write_bytes(LEDGER.encode("cp1252"))
    line = Line(200_00, "A1", reference="5000056789012345", text="deel okt")
    paths["bank"].write_bytes(camt([line], day=TODAY))
    return {name: str(path) for name, path in paths.items()}


def test_from_own_files_to_what_is_owed_in_one_command(
    fresh_database: dict[str, str], files: dict[str, str]
) -> None:
    """The bank first, the tenancies last: the command itself puts them in order."""
    outcomes = json.loads(
        voordeur(fresh_database, "import", files["bank"], files["ledger"], files["tenancies"], "--json")
    )
    assert [(one["kind"], one["new"], one["refused"]) for one in outcomes] == [
        ("tenancies", 1, False),
        ("ledger", 3, False),
        ("bank", 1, False),
    ]
    answer = json.loads(voordeur(fresh_database, "arrears", "--on", "2026-11-23", "--format", "json"))
    assert answer == [
        {
            "tenancy": "104418",
            "balance": "398.00",
            "overdue": "398.00",
            "oldest_unpaid_due": "2026-10-01",
            "days_overdue": 53,
            "open_charges": 1,
        }
    ]
    again = json.loads(voordeur(fresh_database, "import", *files.values(), "--json"))
    assert [one["new"] for one in again[1:]] == [0, 0]
    doctor = voordeur(fresh_database | {"VOORDEUR_LANGUAGE": "en"}, "doctor")
    assert "Log is whole" in doctor


def test_a_dry_run_needs_no_database_and_adds_up(files: dict[str, str], tmp_path: Path) -> None:
    nowhere = {
        "VOORDEUR_VAR": str(tmp_path / "var"),
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": "sqlite:////no/where",
    }
    ledger = json.loads(voordeur(nowhere, "import", files["ledger"], "--dry-run", "--json"))
    assert (ledger["kind"], ledger["rows_read"], ledger["rows_refused"]) == ("ledger", 3, [])
    assert ledger["balances"] == {"104418": "598.00"}
    bank = json.loads(voordeur(nowhere, "import", files["bank"], "--dry-run", "--json"))
    account = bank["accounts"][0]
    assert (account["opening"], account["closing"], account["difference"]) == ("100.00", "300.00", "0.00")
    assert [entry["amount"] for entry in bank["entries"]] == [decimal_string(200_00)]
    assert not (tmp_path / "var").exists()


def test_a_bad_file_books_nothing_and_says_everything(
    ready_database: dict[str, str], files: dict[str, str]
) -> None:
    path = Path(files["ledger"])
    path.write_bytes((LEDGER + "104418;31-11-2026;;BETALING;x;6O2,15;C\r\n").encode("cp1252"))
    voordeur(ready_database, "import", files["tenancies"])
    said = voordeur(ready_database, "import", files["ledger"], code=2)
    assert "rij 5" in said
    assert "602,15" in said
    assert json.loads(voordeur(ready_database, "arrears", "--on", "2026-11-23", "--format", "json")) == []
    voordeur(ready_database, "import", files["ledger"], "--good-rows-only")
    assert len(json.loads(voordeur(ready_database, "arrears", "--on", "2026-11-23", "--format", "json"))) == 1


def test_what_cannot_be_recognised_is_not_guessed(ready_database: dict[str, str], tmp_path: Path) -> None:
    unsigned = tmp_path / "raadsel.csv"
    unsigned.write_text("Contractnr;Boekdatum;Bedrag\r\n1;01-02-2026;10,00\r\n2;13-02-2026;12,00\r\n")
    voordeur(ready_database, "import", str(unsigned), "--dry-run", code=2)
    assert "rofiel" in voordeur(ready_database, "import", str(unsigned), code=2)
    profile = tmp_path / "ons.toml"
    profile.write_text(
        'name = "ons"\nkind = "ledger"\nevery_row = "rent"\n[columns]\n'
        'tenancy = "Contractnr"\ndate = "Boekdatum"\namount = "Bedrag"\n'
    )
    words = ("import", str(unsigned), "--profile", str(profile), "--dry-run", "--json")
    assert json.loads(voordeur(ready_database, *words))["balances"] == {"1": "10.00", "2": "12.00"}


def test_files_that_are_not_there_and_profiles_that_do_not_exist(ready_database: dict[str, str]) -> None:
    assert "er niet" in voordeur(ready_database, "import", "weg.csv", code=2)
    assert "profiel" in voordeur(ready_database, "import", __file__, "--profile", "nergens", code=2)


def test_the_first_account_and_the_work_list(ready_database: dict[str, str], files: dict[str, str]) -> None:
    voordeur(ready_database, "import", files["tenancies"], files["ledger"])
    made = voordeur(
        ready_database,
        "add-staff",
        "marit",
        "--role",
        "neighbourhood_manager",
        "--neighbourhood",
        "Havenkant",
    )
    assert made.startswith("marit\n")
    voordeur(ready_database, "nightly", "--on", "2026-11-23")
    rows = json.loads(voordeur(ready_database, "worklist", "--manager", "marit", "--format", "json"))
    assert all(row["neighbourhood"] == "Havenkant" for row in rows)
    assert "de Wit" not in json.dumps(rows)
    voordeur(ready_database, "worklist", "--manager", "niemand", code=2)


@pytest.mark.parametrize(
    "command",
    ["demo", "import", "nightly", "arrears", "worklist", "serve", "worker", "add-staff", "doctor"],
)
def test_help_has_an_example(command: str, ready_database: dict[str, str]) -> None:
    shown = voordeur(ready_database, command, "--help")
    assert f"voordeur {command}" in shown
