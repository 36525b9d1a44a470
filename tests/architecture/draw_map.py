"""Draws the tables of modules in docs/map.md from the first line of each module's docstring.

    .venv/bin/python -m tests.architecture.draw_map

What stands above the marker in docs/map.md is written by people; what stands below it is drawn here.
"""

import ast
from itertools import groupby
from pathlib import Path

from tests.architecture.source import PACKAGE, ROOT, modules, tree

MAP = ROOT / "docs" / "map.md"
MARKER = "<!-- Drawn from the modules themselves: python -m tests.architecture.draw_map -->"


def drawn() -> str:
    """One table per folder of the package: its modules, with what each says it is for."""
    parts = [MARKER]
    for folder, paths in groupby(sorted(modules(), key=_place), key=lambda path: path.parent):
        parts += [
            "",
            f"### `{folder.relative_to(ROOT).as_posix()}/`",
            "",
            "| module | what it is for |",
            "|---|---|",
        ]
        parts += [f"| `{path.name}` | {_says(path)} |" for path in paths]
    return "\n".join(parts) + "\n"


def _place(path: Path) -> tuple[str, str]:
    return path.parent.relative_to(PACKAGE).as_posix(), path.name


def _says(path: Path) -> str:
    first = (ast.get_docstring(tree(path)) or "").partition("\n")[0]
    return first.replace("|", "\\|")


def written() -> str:
    """The part of the map that people write."""
    return MAP.read_text(encoding="utf-8").partition(MARKER)[0]


if __name__ == "__main__":
    MAP.write_text(written() + drawn(), encoding="utf-8")
