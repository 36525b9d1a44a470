"""`voordeur restore`: check a backup, or put it back."""

import sys
from pathlib import Path

import typer


def restore_command(
    file: Path = typer.Argument(metavar="FILE", help="De back-up. / The backup."),
    check: bool = typer.Option(False, "--check", help="Alleen controleren. / Only check, touch nothing."),
    replace: bool = typer.Option(
        False, "--replace", help="Wat er nu in de database staat, mag weg. / What is there now may go."
    ),
) -> None:
    """Zet een back-up terug in een lege database, of controleer hem met --check.

    Restore a backup, or check it. The check decrypts all of it, counts the rows and follows the audit log. A restore
    does the same first; then the database is replaced in one transaction, so that it is the old one or the new one
    whatever happens meanwhile. Exit code 2 when something is wrong.

    Examples:

    voordeur restore --check back-ups/voordeur-20261123T030000Z-1f2e3d.voordeur-backup
    voordeur restore back-ups/voordeur-20261123T030000Z-1f2e3d.voordeur-backup --replace
    """
    from voordeur.cli.start import language, refusals_in_words, start

    start(migrate=False)
    from voordeur.actions import restore as action

    english = language() == "en"
    with refusals_in_words():
        if check:
            checked = action.check(file)
            for problem in checked.problems:
                print(problem.line(language()), file=sys.stderr)
            if checked.problems:
                raise typer.Exit(2)
            manifest, said = checked.manifest, "is whole" if english else "is heel"
        else:
            manifest = action.restore(file, replace_all=replace)
            said = "is restored" if english else "is teruggezet"
    rows = f"{sum(manifest.rows.values())} {'rows' if english else 'rijen'}"
    print(
        f"{file.name} {said}: {rows}, {manifest.audit.count} {'lines in the log' if english else 'regels in het log'}"
    )
