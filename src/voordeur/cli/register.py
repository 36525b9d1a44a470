"""`voordeur register`: the register of processing and the outline of a DPIA, from what is really kept."""

from pathlib import Path

import typer


def register_command(
    out: Path | None = typer.Option(
        None, metavar="FOLDER", help="Map voor register.md en dpia.md. / Folder for register.md and dpia.md."
    ),
) -> None:
    """Maak het verwerkingsregister (AVG art. 30) en een begin van de DPIA. / Make the register of processing.

    Both come from the retention table, the tables of the database and the roles, in Dutch and in English, as Markdown.
    Without --out the register is shown. What only the landlord knows stands in it to be filled in.

    Example:  voordeur register --out docs/privacy
    """
    from voordeur.cli.start import refusals_in_words, start

    start(migrate=False)
    from voordeur.store.personal_data import privacy_papers

    with refusals_in_words():
        papers = privacy_papers()
    if out is None:
        print(papers["register.md"])
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, text in papers.items():
        (out / name).write_text(text, encoding="utf-8")
        print(out / name)
