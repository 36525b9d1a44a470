"""docs/security.md names tests as evidence: each of them exists."""

import re

from tests.architecture.source import ROOT, kept_under

LIST = ROOT / "docs" / "security.md"
_EVIDENCE = re.compile(r"`(test_\w+\.py)(?:::(\w+))?`")


def test_every_piece_of_evidence_exists() -> None:
    named = _EVIDENCE.findall(LIST.read_text(encoding="utf-8"))
    files: dict[str, str] = {}
    for path in kept_under(ROOT / "tests", ".py"):  # two folders may have a file of the same name
        files[path.name] = files.get(path.name, "") + path.read_text(encoding="utf-8")
    missing = [
        f"{file}::{test}" for file, test in named if f"def {test}(" not in files.get(file, "") and test
    ]
    missing += [file for file, test in named if file not in files]
    assert len(named) > 60
    assert missing == []


def test_what_is_done_has_evidence() -> None:
    rows = [line for line in LIST.read_text(encoding="utf-8").splitlines() if "| Yes |" in line]
    assert len(rows) > 35
    assert [row for row in rows if not _EVIDENCE.search(row)] == []
