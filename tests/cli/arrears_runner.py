"""Runs `voordeur arrears --ledger` on a file with a given text."""

import json
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

from voordeur.cli.arrears import arrears_command

HEADER = "id,tenancy,date,kind,amount,due,designates,reverses\n"

app = typer.Typer(pretty_exceptions_enable=False)
app.command()(arrears_command)


def arrears(*options: str) -> Result:
    """The command with these options, in English unless they say otherwise."""
    return CliRunner().invoke(app, list(options), env={"VOORDEUR_LANGUAGE": "en"})


class LedgerFile:
    """A file in a temporary folder, on which the command is run."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.csv"

    def run(self, text: str | bytes, on: str, *options: str) -> Result:
        """The header is put above the text unless it has its own."""
        if isinstance(text, str):
            text = (text if text.lower().startswith(("id,", "id;")) else HEADER + text).encode()
        self.path.write_bytes(text)
        return arrears("--on", on, "--ledger", str(self.path), *options)

    def told(self, text: str | bytes, on: str, *options: str) -> list[dict[str, Any]]:
        """What `--format json` prints."""
        result = self.run(text, on, "--format", "json", *options)
        assert result.exit_code == 0, result.output
        return list(json.loads(result.stdout))
