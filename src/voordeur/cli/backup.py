"""`voordeur backup`: the whole database and what waits to be booked in one encrypted file, while everybody works on."""

from pathlib import Path

import typer


def backup_command(
    to: Path | None = typer.Option(
        None, "--to", metavar="DIR", help="Map; anders backups/ in VOORDEUR_VAR. / Folder."
    ),
) -> None:
    """Maak een back-up, versleuteld en in één bestand, terwijl iedereen doorwerkt.

    Make a backup of the whole database and of uploaded files that wait to be booked, encrypted and in one file, while
    everybody works on. Whoever restores it on another machine needs three things: the file, the
    backup key (VOORDEUR_BACKUP_KEYS) and the keys of encrypted notes (VOORDEUR_FIELD_KEYS). Keep the keys and a
    copy of the file away from this machine, and try it now and then:  voordeur restore --check FILE

    Example:  voordeur backup --to back-ups
    """
    from voordeur.cli.start import language, refusals_in_words, start

    start()
    from django.conf import settings
    from django.utils import timezone

    from voordeur.actions.backup import backup

    with refusals_in_words():
        report = backup(to or settings.VAR / "backups", timezone.now())
    rows, megabytes = sum(report.manifest.rows.values()), report.size / 1e6
    print(report.path)
    if language() == "en":
        print(f"{rows} rows, {megabytes:.1f} MB, audit log {report.manifest.audit.head}")
    else:
        print(f"{rows} rijen, {megabytes:.1f} MB, logboek {report.manifest.audit.head}")
