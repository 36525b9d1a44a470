"""docs/map.md names every folder and every module that exists, and nothing that does not."""

import re
from pathlib import Path

from tests.architecture.draw_map import MAP, drawn, written
from tests.architecture.source import PACKAGE, ROOT, kept_files

_FOLDER_ROW = re.compile(r"^\| `([^`]+/)` \|", re.MULTILINE)
_PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)+/?|[\w-]+\.(?:py|md|toml|yml|lock))`")
_TWO_DEEP, _THREE_DEEP = 2, 4  # folders that need a row: tests/core, src/voordeur/store/models


def named_folders() -> set[Path]:
    """Folders that have a row of their own in the part that people write."""
    return {ROOT / name for name in _FOLDER_ROW.findall(written())}


def existing_folders() -> set[Path]:
    """Folders that hold something that is kept."""
    found = set()
    for path in kept_files():
        inside = path.relative_to(ROOT).parts[:-1]
        deep = _THREE_DEEP if inside[:1] == ("src",) else _TWO_DEEP
        found |= {ROOT.joinpath(*inside[:level]) for level in range(1, min(len(inside), deep) + 1)}
    return found - {ROOT / "src", PACKAGE}


def shown(paths: set[Path]) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def test_every_folder_is_on_the_map() -> None:
    assert shown(existing_folders() - named_folders()) == [], "add a row to docs/map.md"


def test_the_map_shows_no_folder_that_does_not_exist() -> None:
    assert shown({path for path in named_folders() if not path.is_dir()}) == [], "take it out of docs/map.md"


def test_every_module_is_on_the_map_with_what_it_is_for() -> None:
    below = MAP.read_text(encoding="utf-8").removeprefix(written())
    assert below == drawn(), "run: .venv/bin/python -m tests.architecture.draw_map"


def test_every_file_that_the_map_speaks_of_exists() -> None:
    """The walk from a missed payment to a visit names files: in the package, or from the top."""
    named = _PATH.findall(written())
    assert len(named) > 20
    gone = [name for name in named if not (PACKAGE / name).exists() and not (ROOT / name).exists()]
    assert gone == []
