"""Five rings, one direction: the contracts hold, and they bite."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT

FORBIDDEN = [
    ("core/money.py", "from django.db import models", "The core knows only the standard library"),
    ("core/ledger.py", "import pathlib", "The core knows only the standard library"),
    ("core/words.py", "from voordeur.actions import today", "Five rings, one direction"),
    ("store/convert.py", "from voordeur.actions import today", "Five rings, one direction"),
    ("actions/today.py", "from voordeur.web import urls", "Five rings, one direction"),
]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of pyproject.toml on the package in `folder`/src."""
    program = (
        f"import sys; sys.path.insert(0, {str(folder / 'src')!r})\n"
        "from importlinter.cli import lint_imports_command\n"
        "lint_imports_command(['--no-cache'])"
    )
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and the contracts, to break."""
    shutil.copytree(
        PACKAGE, tmp_path / "src" / "voordeur", ignore=shutil.ignore_patterns("__pycache__", "static")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    checked = lint_imports(copy)
    assert checked.returncode == 0, checked.stdout
    assert "0 broken" in checked.stdout


@pytest.mark.parametrize(("module", "line", "contract"), FORBIDDEN)
def test_a_planted_import_breaks_its_contract(copy: Path, module: str, line: str, contract: str) -> None:
    path = copy / "src" / "voordeur" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{line}\n", encoding="utf-8")
    checked = lint_imports(copy)
    assert checked.returncode == 1, checked.stdout
    assert f"{contract} BROKEN" in checked.stdout


def test_the_core_works_where_nothing_is_installed() -> None:
    """A bare interpreter: no site-packages, only the standard library and our own source."""
    names = [f"voordeur.core.{path.stem}" for path in sorted((PACKAGE / "core").glob("[a-z]*.py"))]
    program = (
        f"import sys, importlib; sys.path.insert(0, {str(ROOT / 'src')!r})\n"
        f"for name in {names}: importlib.import_module(name)"
    )
    said = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
