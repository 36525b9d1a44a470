"""docs/glossary.md explains every domain word that the code uses, and no word that the code does not use.

A domain word is a word in the name of a public class, a member of an enumeration or a public function of
`core` and of the models. Words that mean here what they mean in any English text are in plain_words.txt.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.architecture.source import ROOT, modules, shown, tree

GLOSSARY = ROOT / "docs" / "glossary.md"
PLAIN = set((Path(__file__).parent / "plain_words.txt").read_text(encoding="utf-8").split())


class Row(NamedTuple):
    """One row of the glossary."""

    dutch: str
    english: str
    identifiers: tuple[str, ...]
    meaning: str


def glossary() -> list[Row]:
    rows = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and "`" in cells[2]:
            rows.append(Row(cells[0], cells[1], tuple(re.findall(r"`([^`]+)`", cells[2])), cells[3]))
    return rows


def words(identifier: str) -> list[str]:
    """`NotOverdue`, `not_overdue` and `NOT_OVERDUE` are `not` and `overdue`; plurals count as singular."""
    found = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", identifier)
    return [singular(word.lower()) for word in found]


def singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def members(node: ast.ClassDef) -> Iterator[str]:
    """Names of the members when the class is an enumeration."""
    bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
    if bases & {"StrEnum", "IntEnum", "Enum", "TextChoices", "IntegerChoices"}:
        for inner in node.body:
            if isinstance(inner, ast.Assign) and isinstance(inner.targets[0], ast.Name):
                yield inner.targets[0].id


def domain_names() -> Iterator[tuple[str, str]]:
    """Names whose words must be explained, with the file they stand in."""
    for path in [*modules("core"), *modules("store/models")]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Meta":
                yield from ((name, shown(path)) for name in (node.name, *members(node)))
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node.name, shown(path)


def test_every_domain_word_is_explained() -> None:
    explained = {word for row in glossary() for name in row.identifiers for word in words(name)}
    unexplained = {
        word: f"{name} in {where}"
        for name, where in domain_names()
        for word in words(name)
        if word not in explained and word not in PLAIN
    }
    assert unexplained == {}, "add a row to docs/glossary.md"


def test_every_explained_identifier_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in modules())
    used = set(re.findall(r"\w+", text))
    unused = [name for row in glossary() for name in row.identifiers if not set(name.split(".")) <= used]
    assert unused == [], "take this row out of docs/glossary.md, or name what the code calls it now"


def test_every_row_is_complete() -> None:
    rows = glossary()
    assert len(rows) > 40
    assert [row for row in rows if not (row.dutch and row.english and row.meaning)] == []


def test_no_word_is_both_plain_and_explained_as_a_whole_name() -> None:
    """A word that has a row of its own is no plain word."""
    alone = {words(name)[0] for row in glossary() for name in row.identifiers if len(words(name)) == 1}
    assert alone & PLAIN == set()


def test_plain_words_are_used() -> None:
    """The list of plain words stays small: what no name needs any more goes."""
    used = {word for name, _ in domain_names() for word in words(name)}
    assert PLAIN - used == set()


def test_the_dutch_word_stands_once() -> None:
    dutch = [row.dutch for row in glossary()]
    assert sorted({word for word in dutch if dutch.count(word) > 1}) == []
