"""What may be touched where: the clock, the rows on persons, the network, the secrets."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import PACKAGE, ROOT, kept_files, kept_under, modules, shown, tree

NO_CLOCK = ("core", "adapters", "engine")
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}
NO_ROWS = ("core", "adapters", "engine", "web", "cli")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
WITHOUT_PERSONS = {"Neighbourhood", "MappingProfile", "PortfolioPoint", "StagedEntry", "ImportRun"}

BINARY = {".woff2", ".ttf", ".png", ".mo", ".parquet", ".xlsx", ".ico", ".zip", ".wasm"}
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w./}-])/(?:work|root|home|Users)/\w"),
    "a private key": re.compile(r"BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY"),
    "an access token": re.compile(r"\b(?:gh[pousr]_\w{20}|AKIA[A-Z0-9]{16}|xox[bap]-\w{10}|pypi-\w{40})"),
    "a password in an address": re.compile(r"://[^/\s:@'\"{<]+:[^/\s:@'\"{<]+@(?!host\b)"),
    "a package index": re.compile(r"--(?:extra-)?index-url\b|--find-links\b|--trusted-host\b"),
    "an address in a private network": re.compile(
        r"\b(?:10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+)\b"
    ),
    "a host inside somebody's network": re.compile(r"https?://[\w.-]+\.(?:internal|corp|lan|intranet)\b"),
}


def uses(path: Path, names: set[str]) -> Iterator[tuple[int, ast.Attribute]]:
    """Attributes with one of these names, with their line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield node.lineno, node


def owner(node: ast.Attribute) -> str:
    """`Tenancy` of `Tenancy.objects`."""
    return ast.unparse(node.value).rpartition(".")[2]


def test_the_calculating_rings_have_no_clock() -> None:
    """A day is an argument, so that every answer can be asked again for any day."""
    clocks = [
        f"{shown(path)}:{line} {ast.unparse(node)}"
        for path in modules(*NO_CLOCK)
        for line, node in uses(path, CLOCKS)
        if owner(node) in ("date", "datetime", "timezone", "time", "dt")
    ]
    assert clocks == []


def test_only_store_and_actions_reach_for_rows_on_persons() -> None:
    """A screen asks `store.queries`, which knows for whom and for which purpose."""
    reached = [
        f"{shown(path)}:{line} {ast.unparse(node)}"
        for path in modules(*NO_ROWS)
        for line, node in uses(path, MANAGERS)
        if owner(node) not in WITHOUT_PERSONS
    ]
    assert reached == []


def rule_files() -> list[Path]:
    return kept_under(PACKAGE / "rules", ".toml")


def without_source(table: dict[str, Any], where: str, given: bool) -> Iterator[str]:
    """Tables that hold a value while neither they nor a table around them name a source and a trust mark.

    What says how the file is to be read is no value: plain text, and the days from and to which it holds.
    """
    given = given or ("source" in table and "trust" in table)
    for name, value in table.items():
        place = f"{where}.{name}" if where else name
        if isinstance(value, dict):
            yield from without_source(value, place, given)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, entry in enumerate(value, start=1):
                yield from without_source(entry, f"{place}[{number}]", given)
        elif isinstance(value, int | float) and not given:
            yield place


@pytest.mark.parametrize("path", rule_files(), ids=shown)
def test_every_value_of_the_rules_has_its_source(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert list(without_source(table, "", given=False)) == []


@pytest.mark.parametrize("path", [p for p in rule_files() if "profiles" not in p.parts], ids=shown)
def test_rules_name_their_sources_and_how_far_they_can_be_trusted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^\s*source\s*=", text, re.MULTILINE), "no source"
    assert re.search(r"^\s*trust\s*=", text, re.MULTILINE), "no trust mark"


def test_the_check_on_sources_bites() -> None:
    table = {
        "title": "x",
        "fee": {"most": 4000},
        "rent": {"source": "BW 7:269", "trust": "verified", "months": 3},
    }
    assert list(without_source(table, "", given=False)) == ["fee.most"]


def findings(text: str) -> list[str]:
    """Which forbidden things a text holds."""
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_nothing_kept_holds_a_secret_or_a_place_of_one_machine() -> None:
    held = {
        path.relative_to(ROOT).as_posix(): found
        for path in kept_files()
        if path.suffix not in BINARY
        and path != Path(__file__)
        and (found := findings(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert held == {}


@pytest.mark.parametrize(
    "text",
    [
        "see /home/someone/notes",
        "-----BEGIN PRIVATE KEY-----",
        "ghp_" + "a" * 36,
        "postgresql://user:secret@db/voordeur",
        "--index-url https://example.org/simple",
        "ALLOWED_HOSTS = 10.1.2.3",
        "http://build.corp/x",
    ],
)
def test_the_check_on_secrets_bites(text: str) -> None:
    assert len(findings(text)) == 1
