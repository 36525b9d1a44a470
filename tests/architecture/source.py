"""Reads the source of Voordeur for the tests in this folder: files, syntax trees, functions."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "voordeur"


class Function(NamedTuple):
    """One function or method, wherever it is defined."""

    where: str
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def lines(self) -> int:
        """Lines from `def` to the end, without the docstring."""
        length = (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1
        first = self.node.body[0]
        if ast.get_docstring(self.node, clean=False) is not None:
            length -= (first.end_lineno or first.lineno) - first.lineno + 1
        return length


@cache
def kept_files() -> tuple[Path, ...]:
    """Everything that belongs to the project: what git keeps, or would keep when it is added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(sorted(path for name in names if name and (path := ROOT / name).is_file()))


def kept_under(folder: Path, ending: str = "") -> list[Path]:
    """Kept files in a folder, at any depth."""
    return [path for path in kept_files() if folder in path.parents and path.name.endswith(ending)]


def modules(*rooms: str) -> list[Path]:
    """The Python files of the package (of these rooms only); migrations are made by a tool and left out."""
    folders = [PACKAGE / room for room in rooms] or [PACKAGE]
    return [
        path for folder in folders for path in kept_under(folder, ".py") if "migrations" not in path.parts
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def shown(path: Path) -> str:
    """`core/ledger.py`, or `tests/conftest.py` for what is outside the package."""
    return path.relative_to(PACKAGE if PACKAGE in path.parents else ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    """All functions and methods of a file, also those inside others."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(f"{shown(path)}:{node.lineno} {node.name}", node)


def public_definitions(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Public classes and functions of a module, and the public methods of its public classes."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner
