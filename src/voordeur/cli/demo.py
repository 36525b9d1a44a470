"""`voordeur demo`: the made-up town, ready to walk around in."""

from pathlib import Path

import typer
from rich.console import Console


def demo_command(
    seed: int = typer.Option(1, help="Ander getal, andere stad. / Another number, another town."),
    port: int = typer.Option(8000, help="Poort. / Port."),
    serve: bool = typer.Option(True, help="Start daarna de schermen. / Serve the screens afterwards."),
    export: Path | None = typer.Option(
        None, help="Schrijf de stad als bestanden. / Write the town as files instead."
    ),
) -> None:
    """Maak de verzonnen stad Lindewaard en open de schermen. / Make the made-up town and serve it.

    6,350 homes, 7 neighbourhood managers, seven years of ledger up to today. Everything is made up.

    Examples:
      voordeur demo
      voordeur demo --no-serve
      voordeur demo --export lindewaard/     files as a corporation has them, to try `voordeur import`
    """
    from voordeur.cli.start import refusals_in_words, start

    start()
    from voordeur.actions.today import today

    console = Console(stderr=True)
    if export is not None:
        from voordeur.demo.export import export_town

        for path in export_town(export, today(), seed):
            console.print(str(path))
        return
    from voordeur.demo.load import prepare

    with refusals_in_words(), console.status("Lindewaard…") as status:
        report = prepare(today(), seed, status.update)
    console.print(report.in_words())
    from voordeur.demo.own_page import give_link

    code = give_link(today())
    if code:
        console.print(
            "Pagina van een verzonnen huurder, opent één keer / page of a made-up tenant, opens once:"
        )
        console.print(f"  http://127.0.0.1:{port}/mijn/#{code.lower()}", soft_wrap=True)
    if serve:
        from voordeur.cli.serve import run_server

        console.print(f"\n  http://127.0.0.1:{port}/\n")
        run_server("127.0.0.1", port)
