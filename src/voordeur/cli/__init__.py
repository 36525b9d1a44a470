"""The `voordeur` command: the same actions as the screens, with the help text beside each command."""

import typer

from voordeur.cli.arrears import arrears_command
from voordeur.cli.demo import demo_command
from voordeur.cli.doctor import doctor_command
from voordeur.cli.import_files import import_command
from voordeur.cli.nightly import nightly_command
from voordeur.cli.serve import serve_command, worker_command
from voordeur.cli.staff import add_staff_command
from voordeur.cli.worklist import worklist_command

app = typer.Typer(
    name="voordeur",
    help="Van huurachterstand naar iemand aan de deur. / From rent arrears to a person at the door.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo_command)
app.command("import")(import_command)
app.command("nightly")(nightly_command)
app.command("arrears")(arrears_command)
app.command("worklist")(worklist_command)
app.command("serve")(serve_command)
app.command("worker")(worker_command)
app.command("add-staff")(add_staff_command)
app.command("doctor")(doctor_command)


def main() -> None:
    """Entry point of the `voordeur` command."""
    app()
