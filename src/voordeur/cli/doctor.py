"""`voordeur doctor`: is everything here as it should be? And with --deploy: is it safe to let colleagues in?"""

import sys
from collections.abc import Iterator

import typer
from rich.console import Console

from voordeur.cli.finding import Check, Finding, carried_out
from voordeur.core.words import Words


def doctor_command(
    deploy: bool = typer.Option(
        False, "--deploy", help="Kijk ook of elke instelling veilig is. / Name every weak setting too."
    ),
) -> None:
    """Controleer de installatie. / Check the installation. Exit code 1 when something needs attention.

    Examples:

    voordeur doctor

    voordeur doctor --deploy
    """
    from voordeur.cli.start import language, start

    start(migrate=False)
    console, bad = Console(soft_wrap=True), 0
    for finding in findings(deploy=deploy):
        mark = "[green]✓[/]" if finding.fine else "[yellow]![/]"
        console.print(f"{mark} {finding.seen.in_language(language())}", highlight=False)
        if not finding.fine:
            bad += 1
            console.print(f"    {finding.cure.in_language(language())}", highlight=False)
    if bad:
        raise typer.Exit(1)


def findings(*, deploy: bool = False) -> Iterator[Finding]:
    """All checks in order."""
    yield from carried_out(CHECKS)
    if deploy:
        from voordeur.cli.deploy_checks import DEPLOY_CHECKS

        yield from carried_out(DEPLOY_CHECKS)


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    cure = Words("Installeer Python 3.11 of nieuwer.", "Install Python 3.11 or newer.")
    return Finding(sys.version_info >= (3, 11), Words(f"Python {version}", f"Python {version}"), cure)


def _folder() -> Finding:
    import shutil

    from django.conf import settings

    settings.VAR.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.VAR).free / 1e9
    seen = Words(f"Map voor gegevens: {free:.0f} GB vrij", f"Folder for data: {free:.0f} GB free")
    cure = Words("Maak ruimte: inlezen kan 2 GB nodig hebben.", "Make room: an import needs up to 2 GB.")
    return Finding(free > 2, seen, cure)


def _database() -> Finding:
    from django.db import connection

    connection.ensure_connection()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
            cure = Words("Zet de database op een eigen schijf.", "Put the database on a local disk.")
            return Finding(mode == "wal", Words(f"SQLite, journal {mode}", f"SQLite, journal {mode}"), cure)
        cursor.execute("SHOW server_version")
        version = str(cursor.fetchone()[0])
    cure = Words("Gebruik PostgreSQL 15 of nieuwer.", "Use PostgreSQL 15 or newer.")
    seen = Words(f"PostgreSQL {version}", f"PostgreSQL {version}")
    return Finding(int(version.split(".")[0]) >= 15, seen, cure)


def _migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    seen = Words(f"Tabellen: {waiting} wijzigingen wachten", f"Tables: {waiting} changes waiting")
    cure = Words("Elke opdracht die schrijft voert ze door.", "Any command that writes makes them.")
    return Finding(not waiting, seen, cure)


def _rules() -> Finding:
    from voordeur.adapters.rules import load_calendar, load_policy

    load_calendar()
    name = load_policy().name
    return Finding(
        True, Words(f"Regels en beleid zijn leesbaar ({name})", f"Rules and policy can be read ({name})")
    )


def _audit() -> Finding:
    from voordeur.actions.audit import first_break

    broken = first_break()
    if broken is None:
        return Finding(True, Words("Logboek is heel", "Log is whole"))
    cure = Words(
        "Zet een back-up terug en zoek uit wie het logboek heeft veranderd.",
        "Restore a backup and find out who changed the log.",
    )
    return Finding(
        False, Words(f"Logboek is kapot bij regel {broken}", f"Log is broken at line {broken}"), cure
    )


def _lock() -> Finding:
    from django.db import connection

    from voordeur.store.append_only import is_locked

    seen = Words("Slot op het logboek", "Lock on the log")
    if is_locked(connection):
        return Finding(True, seen)
    cure = Words(
        "Zoek uit wie het slot eraf haalde en doe: voordeur verify-audit --lock",
        "Find out who took the lock off and run: voordeur verify-audit --lock",
    )
    return Finding(False, Words("Het slot op het logboek is weg", "The lock on the log is gone"), cure)


def _nightly() -> Finding:
    from voordeur.actions.today import today
    from voordeur.store.queries import newest_assessment, tenancy_numbers

    newest = newest_assessment()
    if newest is None:
        cure = Words("Doe: voordeur nightly", "Run: voordeur nightly")
        return Finding(not tenancy_numbers(), Words("Nog niets beoordeeld", "Nothing assessed yet"), cure)
    cure = Words("Doe elke nacht: voordeur nightly", "Run every night: voordeur nightly")
    seen = Words(f"Beoordeeld voor {newest}", f"Assessed for {newest}")
    return Finding((today() - newest).days <= 1, seen, cure)


CHECKS: tuple[Check, ...] = (_python, _folder, _database, _migrations, _rules, _audit, _lock, _nightly)
