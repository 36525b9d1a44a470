"""`voordeur worklist`: who to visit today, per neighbourhood manager, and why."""

import csv
import json
import sys

import typer
from rich.console import Console
from rich.table import Table


def worklist_command(
    manager: str = typer.Option(
        "", "--manager", help="Gebruikersnaam van een wijkbeheerder. / User name of a manager."
    ),
    format: str = typer.Option("table", "--format", help="table, csv of json."),
) -> None:
    """Toon de lijst van vandaag: bij wie langsgaan, en waarom. / Show today's list: who to visit, and why.

    Names of tenants are not shown: a terminal keeps what it prints.

    Example:  voordeur worklist --manager marit
    """
    from voordeur.cli.start import language, refusals_in_words, start

    start()
    from voordeur.actions.show_worklist import show_worklist

    with refusals_in_words():
        rows = show_worklist(manager, language())
    if format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif format == "csv":
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else ["tenancy"])
        writer.writeheader()
        writer.writerows(rows)
    else:
        _print_table(rows)


def _print_table(rows: list[dict[str, object]]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("Wijk", "Adres", "Stap", "Open", "Waarom"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "Open" else "left")
    for row in rows:
        table.add_row(*(str(row[key]) for key in ("neighbourhood", "address", "action", "overdue", "reason")))
    console = Console()
    console.print(table)
    console.print(f"{len(rows)} adressen. Dat is alles.")
