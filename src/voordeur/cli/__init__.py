"""The `voordeur` command: the same actions as the screens, with the help text beside each command."""

import typer

from voordeur.cli.arrears import arrears_command
from voordeur.cli.backup import backup_command
from voordeur.cli.check_schemes import check_schemes_command
from voordeur.cli.demo import demo_command
from voordeur.cli.doctor import doctor_command
from voordeur.cli.import_files import import_command
from voordeur.cli.next_action import next_action_command
from voordeur.cli.nightly import nightly_command
from voordeur.cli.policy import app as policy_app
from voordeur.cli.register import register_command
from voordeur.cli.restore import restore_command
from voordeur.cli.retention import retention_command
from voordeur.cli.rotate_keys import rotate_keys_command
from voordeur.cli.serve import serve_command, worker_command
from voordeur.cli.staff import add_staff_command
from voordeur.cli.verify_audit import verify_audit_command
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
app.command("check-schemes")(check_schemes_command)
app.command("worklist")(worklist_command)
app.command("serve")(serve_command)
app.command("worker")(worker_command)
app.command("add-staff")(add_staff_command)
app.command("next-action")(next_action_command)
app.add_typer(policy_app, name="policy")
app.command("doctor")(doctor_command)
app.command("verify-audit")(verify_audit_command)
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.command("rotate-keys")(rotate_keys_command)
app.command("retention")(retention_command)
app.command("register")(register_command)


def main() -> None:
    """Entry point of the `voordeur` command."""
    app()
