"""`voordeur verify-audit`: is the log as it was written, and an anchor of it for outside."""

import sys
from pathlib import Path

import typer

from voordeur.core.audit import Anchor, anchor_line, anchors_in


def verify_audit_command(
    anchor: Path | None = typer.Option(
        None, metavar="FILE", help="Bestand met ankers van buiten. / File with anchors kept outside."
    ),
    expect: str = typer.Option("", metavar="HASH", help="Deze hash moet er zijn. / This hash must be there."),
    write_anchor: Path | None = typer.Option(
        None,
        metavar="FILE",
        help="Zet het log van nu als anker in dit bestand. / Add an anchor to this file.",
    ),
    lock: bool = typer.Option(False, "--lock", help="Zet het slot terug. / Put the lock back on."),
) -> None:
    """Controleer of het logboek is zoals het geschreven werd. / Check that the audit log is as it was written.

    Finds every edit, removal, insertion and change of order. That lines were taken from the end, or that
    everything from some line on was written anew, only shows against an anchor: the hash and the count of an
    earlier day, kept where nobody who can reach the database can reach. Each --write-anchor adds a line to FILE;
    keep it on another machine. Exit code 1 when something is wrong.

    Examples:

    voordeur verify-audit --write-anchor ankers.jsonl
    voordeur verify-audit --anchor ankers.jsonl
    """
    from voordeur.cli.start import language, refusals_in_words, start

    start(migrate=False)
    from voordeur.actions.verify_audit import make_anchor, put_lock_back, verify

    anchors = _read(anchor) if anchor else []
    if lock:
        put_lock_back()
    with refusals_in_words():
        verdict = verify(anchors, expect.strip().lower())
    english = language() == "en"
    for problem in verdict.problems:
        print(problem.line(language()), file=sys.stderr)
    if verdict.problems:
        raise typer.Exit(1)
    print(
        f"{verdict.count} {'lines, all as written' if english else 'regels, alle zoals geschreven'}: {verdict.head}"
    )
    if write_anchor:
        with write_anchor.open("a", encoding="utf-8") as file:
            file.write(anchor_line(make_anchor()))


def _read(path: Path) -> list[Anchor]:
    """The anchors of a file; ends the command when it cannot be read."""
    try:
        return anchors_in(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        print(f"{path.name}: geen leesbare ankers. / no readable anchors.", file=sys.stderr)
        raise typer.Exit(2) from None
