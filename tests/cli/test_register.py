"""`voordeur register` writes the papers for outside, or shows the register."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from voordeur.cli import app
from voordeur.store.personal_data import privacy_papers


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voordeur.cli.start._started", True)


def test_both_papers_are_written_as_they_are_in_the_docs(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["register", "--out", str(tmp_path / "privacy")])
    assert done.exit_code == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "privacy").iterdir()}
    assert written == privacy_papers()


def test_without_a_folder_the_register_is_shown() -> None:
    shown = CliRunner().invoke(app, ["register"]).stdout
    assert shown.startswith("# Verwerkingsregister (AVG art. 30)")
    assert "# Register of processing (GDPR art. 30)" in shown
