"""`voordeur doctor`: is everything here as it should be?"""

import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import typer
from rich.console import Console


class Finding(NamedTuple):
    """One check: fine or not, what was seen, and what to do when it is not fine."""

    fine: bool
    seen: str
    cure: str = ""


def doctor_command() -> None:
    """Controleer de installatie. / Check the installation. Exit code 1 when something needs attention.

    Example:  voordeur doctor
    """
    from voordeur.cli.start import start

    start(migrate=False)
    console, bad = Console(), 0
    for finding in findings():
        console.print(f"{'[green]✓[/]' if finding.fine else '[yellow]![/]'} {finding.seen}", highlight=False)
        if not finding.fine:
            bad += 1
            console.print(f"    {finding.cure}", highlight=False)
    if bad:
        raise typer.Exit(1)


def findings() -> Iterator[Finding]:
    """All checks in order. A check that cannot be carried out is a finding too."""
    checks: list[Callable[[], Finding]] = [_python, _folder, _database, _migrations, _rules, _audit, _nightly]
    for check in checks:
        try:
            yield check()
        except Exception as error:  # a check must never hide the checks after it
            yield Finding(
                False, f"{check.__name__.strip('_')}: {type(error).__name__}", "See the manual, or ask."
            )


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(sys.version_info >= (3, 11), f"Python {version}", "Install Python 3.11 or newer.")


def _folder() -> Finding:
    import shutil

    from django.conf import settings

    settings.VAR.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.VAR).free / 1e9
    return Finding(free > 2, f"Folder for data: {free:.0f} GB free", "Make room: an import needs up to 2 GB.")


def _database() -> Finding:
    from django.db import connection

    connection.ensure_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
            return Finding(mode == "wal", f"SQLite, journal {mode}", "Put the database on a local disk.")
        cursor.execute("SHOW server_version")
        version = str(cursor.fetchone()[0])
    return Finding(int(version.split(".")[0]) >= 15, f"PostgreSQL {version}", "Use PostgreSQL 15 or newer.")


def _migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding(
        not waiting, f"Tables: {len(waiting)} changes waiting", "Any command that writes makes them."
    )


def _rules() -> Finding:
    from voordeur.adapters.rules import load_calendar, load_policy

    load_calendar()
    policy = load_policy()
    return Finding(True, f"Rules and policy can be read ({policy.name})")


def _audit() -> Finding:
    from voordeur.actions.audit import first_break

    broken = first_break()
    seen = "Log is whole" if broken is None else f"Log is broken at line {broken}"
    return Finding(broken is None, seen, "Restore a backup and find out who changed the log.")


def _nightly() -> Finding:
    from voordeur.actions.today import today
    from voordeur.store.queries import newest_assessment, tenancy_numbers

    newest = newest_assessment()
    if newest is None:
        return Finding(not tenancy_numbers(), "Nothing assessed yet", "Run: voordeur nightly")
    return Finding(
        (today() - newest).days <= 1, f"Assessed for {newest}", "Run every night: voordeur nightly"
    )
