"""`voordeur nightly`: look at every tenancy anew."""

import time

import typer
from rich.console import Console


def nightly_command(
    on: str = typer.Option(
        "", help="Dag waarvoor gerekend wordt (JJJJ-MM-DD), anders vandaag. / Day to assess for."
    ),
) -> None:
    """Kijk elk huurcontract opnieuw na: stand, signalen, volgende stap en portefeuille.

    Assess every tenancy anew: standing, signals, next step and portfolio. Run it every night, after the imports
    (systemd timer or cron); running it twice changes nothing.

    Example:  voordeur nightly
    """
    from voordeur.cli.start import start

    start()
    from datetime import date

    from voordeur.actions.nightly import nightly
    from voordeur.actions.today import today

    console = Console(stderr=True)
    begun = time.monotonic()
    with console.status("…") as status:
        report = nightly(date.fromisoformat(on) if on else today(), status.update)
    console.print(
        f"{report.tenancies} huurcontracten nagekeken, {report.signals} signalen, {time.monotonic() - begun:.1f} s"
    )
