"""`voordeur import`: a corporation's own spreadsheets and bank statements."""

import json
import sys
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from voordeur.core.problems import Problem
from voordeur.core.words import Words

FILES = typer.Argument(metavar="FILE...", help="Bestanden: CSV, XLSX, camt.053 of MT940. / Files.")


def import_command(
    files: list[Path] = FILES,
    profile: str = typer.Option(
        "", help="Naam of TOML-bestand van een kolomprofiel. / Mapping profile: name or file."
    ),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Alleen lezen en zeggen wat erin staat. / Read only."
    ),
    as_json: bool = typer.Option(False, "--json", help="Uitkomst als JSON. / Outcome as JSON."),
    good_rows_only: bool = typer.Option(
        False,
        "--good-rows-only",
        help="Lees de goede regels in, bewaar de rest als klus. / Import the good rows.",
    ),
    force: bool = typer.Option(
        False, "--force", help="Ook een afschrift dat niet optelt. / Also a statement that does not add up."
    ),
    new_tenancies: bool = typer.Option(
        False,
        "--new-tenancies",
        help="Maak onbekende huurcontracten aan. / Make tenancies that are not known yet.",
    ),
) -> None:
    """Lees huurcontracten, grootboek en bankafschriften in. / Import tenancies, rent ledger and bank statements.

    Files may come in any order: homes and tenancies are read before ledgers, and those before the bank. Importing a
    file twice changes nothing. A file that cannot be read with certainty is not guessed at: name a profile.

    Examples:
      voordeur import huurcontracten.xlsx grootboek.csv bank.xml
      voordeur import grootboek.csv --dry-run --json
      voordeur import grootboek.csv --profile ons-grootboek.toml --good-rows-only
    """
    missing = [file for file in files if not file.is_file()]
    if missing:
        _say([_no_file(file) for file in missing])
        raise typer.Exit(2)
    if dry_run:
        _dry_run(files, profile, as_json)
    else:
        _import(
            files, profile, as_json, good_rows_only=good_rows_only, force=force, new_tenancies=new_tenancies
        )


def _dry_run(files: list[Path], profile: str, as_json: bool) -> None:
    """Works without a database. Exit code 2 when a file cannot be read, or not with certainty.

    A statement that was read but does not add up is reported with its difference, and is no failure here.
    """
    from voordeur.adapters.inspect_file import inspect_file, profile_named
    from voordeur.cli.start import language, refusals_in_words

    with refusals_in_words():
        profiles = [profile_named(profile)] if profile else []
    reports = [inspect_file(file, profiles, language=language()) for file in files]
    if as_json:
        print(json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _print_report(report)
    if any(report["refused"] and not report.get("forcible") for report in reports):
        raise typer.Exit(2)


_LISTS = ("file", "kind", "refused", "problems", "rows_refused", "entries", "balances", "statements")


def _print_report(report: dict[str, Any]) -> None:
    console = Console()
    console.print(f"[bold]{report['file']}[/]: {report['kind'] or '?'}", highlight=False)
    for key, value in report.items():
        if key not in _LISTS:
            console.print(f"  {key}: {json.dumps(value, ensure_ascii=False)}", highlight=False, markup=False)
    for problem in [*report["problems"], *report.get("rows_refused", ())]:
        console.print(f"  ! {_problem_line(problem)}", highlight=False, markup=False)


def _problem_line(problem: dict[str, Any]) -> str:
    """Place, what is wrong and the cure of a problem as a report tells it."""
    place = [
        str(problem.get("line") or problem.get("row") or ""),
        problem["column"] or "",
        problem["value"] or "",
    ]
    said = [problem.get("reason") or problem["message"]["nl"], problem["cure"]]
    told = [part if isinstance(part, str) else part["nl"] for part in said]
    return " · ".join([*(part for part in place if part), " ".join(told)])


def _import(files: list[Path], profile: str, as_json: bool, **choices: bool) -> None:
    from voordeur.cli.start import language, refusals_in_words, start

    start()
    from voordeur.actions.import_all import import_all
    from voordeur.actions.today import today

    console = Console(stderr=True)
    with refusals_in_words(), console.status("…") as status:
        outcomes = import_all(files, profile, today(), status.update, **choices)
    if as_json:
        print(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=2))
    else:
        for outcome in outcomes:
            console.print(outcome.sentence(language()), highlight=False)
            _say(outcome.problems)
    if any(outcome.refused for outcome in outcomes):
        raise typer.Exit(2)


def _say(problems: list[Problem]) -> None:
    from voordeur.cli.start import language

    for problem in problems:
        print(f"  {problem.line(language())}", file=sys.stderr)


def _no_file(file: Path) -> Problem:
    return Problem(
        code="no-such-file",
        message=Words("Dit bestand is er niet.", "There is no such file."),
        cure=Words("Controleer de naam en de map.", "Check the name and the folder."),
        source=file.name,
        fatal=True,
    )
