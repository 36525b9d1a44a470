"""`voordeur serve` and `voordeur worker`: the screens, and the process that reads files behind them."""

import subprocess
import sys
import time

import typer

HOST = typer.Option("127.0.0.1", help="Adres waarop geluisterd wordt. / Address to listen on.")
PORT = typer.Option(8000, help="Poort. / Port.")


def serve_command(
    host: str = HOST, port: int = PORT, workers: int = typer.Option(2, help="Web processes.")
) -> None:
    """Start de schermen, met een werker die bestanden inleest. / Serve the screens, with a worker beside them.

    Example:  voordeur serve --port 8000
    """
    from voordeur.cli.start import start

    start()
    run_server(host, port, workers)


def run_server(host: str, port: int, workers: int = 2) -> None:
    """Web server in this process, import worker in a second one; both end together.

    The web processes are forks: a connection of SQLite that is open here would leave them believing that they hold its
    locks, which no fork does, and the worker could take the write-ahead log away under them.
    """
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    connections.close_all()
    worker = subprocess.Popen([sys.executable, "-m", "voordeur.cli", "worker"])
    try:
        Granian(
            "voordeur.web.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_access=False,
        ).serve()
    finally:
        worker.terminate()
        worker.wait(timeout=10)


def worker_command(
    once: bool = typer.Option(False, help="Stop als er niets meer wacht. / Stop when nothing waits."),
    every: float = typer.Option(0.5, help="Seconden tussen twee blikken. / Seconds between two looks."),
) -> None:
    """Lees ingestuurde bestanden in. / Read and book the files that were uploaded.

    Example:  voordeur worker --once
    """
    from voordeur.cli.start import start

    start()
    from django.db import close_old_connections

    from voordeur.actions.import_file import carry_out, next_run
    from voordeur.actions.today import today

    if not once:
        subprocess.Popen(
            [sys.executable, "-m", "voordeur.engine.warm_up"]
        )  # compiles what is not compiled yet
    while True:
        close_old_connections()
        run = next_run()
        if run is not None:
            carry_out(run, today())
        elif once:
            return
        else:
            time.sleep(every)
