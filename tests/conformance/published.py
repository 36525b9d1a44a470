"""The published cases: where they are, and amounts and days as they are written there."""

import json
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

OWN_FOLDER = Path(__file__).parents[1] / "vectors"


class Case(NamedTuple):
    """One case with the suite it stands in."""

    suite: dict[str, Any]
    case: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.case["id"])


def folder() -> Path:
    """The folder in VOORDEUR_VECTORS, else our own."""
    return Path(os.environ.get("VOORDEUR_VECTORS") or OWN_FOLDER)


def cases(where: Path, known_suites: set[str]) -> list[Case]:
    """Every usable case of the known suites in the JSON files of a folder, in order of file name."""
    return [
        Case(suite, case)
        for suite in _suites(where)
        if suite.get("suite") in known_suites and suite.get("usable") is not False
        for case in suite["cases"]
        if case.get("usable") is not False
    ]


def extra_cases(where: Path, known_suites: set[str]) -> list[Case]:
    """The cases that stand beside those of the known suites: told in words."""
    return [
        Case(suite, case)
        for suite in _suites(where)
        if suite.get("suite") in known_suites and suite.get("usable") is not False
        for case in suite.get("extra_cases", [])
        if isinstance(case, dict) and case.get("usable") is not False
    ]


def _suites(where: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(where.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        suites = content.get("suites") if isinstance(content, dict) else None
        if isinstance(suites, list):
            yield from (suite for suite in suites if isinstance(suite, dict))


def cents(euros: float) -> int:
    """`167.4` -> 16740. ValueError when it is not a whole number of cents."""
    exact = Decimal(str(euros)) * 100
    if exact != int(exact):
        raise ValueError(f"{euros} is not a whole number of cents")
    return int(exact)


def day(text: str | None) -> date | None:
    """`2023-09-01`; None stays None."""
    return None if text is None else date.fromisoformat(text)


def a_day(text: str) -> date:
    """`2023-09-01`."""
    return date.fromisoformat(text)
