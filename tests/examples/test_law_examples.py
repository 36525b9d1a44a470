"""The examples of the law: cases in `zaken/`, and tables of terms, costs and interest. The program says the same."""

from datetime import date
from pathlib import Path

import pytest

from tests.examples.cases import day
from tests.examples.law_cases import read, said
from voordeur.adapters.law_rules import load_fees, load_rates, load_terms
from voordeur.adapters.rules import load_calendar
from voordeur.core.costs import collection_fee
from voordeur.core.interest import statutory_interest
from voordeur.core.money import parse_euros
from voordeur.core.problems import Refused
from voordeur.core.terms import term_end

FILES = sorted((Path(__file__).parent / "zaken").glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_an_example_expects_is_what_the_program_says(path: Path) -> None:
    example = read(path)
    found = said(example)
    assert example.expected, "an example without expectations proves nothing"
    missing = [line for line in example.expected if line not in found]
    assert not missing, "\n".join(f"{name:10}{text}" for name, text in found)
    needed = [line for line in example.expected if line[0] == "nodig"]
    assert not needed or needed == [line for line in found if line[0] == "nodig"], (
        "all that is needed, in order"
    )


def test_there_are_enough_examples_and_each_names_its_ground() -> None:
    examples = [read(path) for path in FILES]
    assert len(examples) >= 25
    assert len({one.title for one in examples}) == len(examples)
    assert all(one.ground for one in examples)


# --- tables: terms, collection costs, interest ---


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table file, cell by cell; lines that start with # are remarks."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [
        tuple(cell.strip() for cell in line.split("|"))
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    ]


TERMS, COSTS = rows("termijnen/termijnen.txt"), rows("kosten/incassokosten.txt")
INTEREST = rows("kosten/rente.txt")


@pytest.mark.parametrize("row", TERMS, ids=" ".join)
def test_terms_end_on_the_day_that_the_table_says(row: tuple[str, ...]) -> None:
    name, start, last, why = row
    if last == "geweigerd":
        with pytest.raises(Refused):
            term_end(name, day(start), load_terms(), load_calendar())
        return
    found = term_end(name, day(start), load_terms(), load_calendar())
    assert found.day == day(last), found.words.nl
    assert found.provisional == ("voorlopig" in why)


@pytest.mark.parametrize("row", COSTS, ids=" ".join)
def test_collection_costs_are_what_the_table_says(row: tuple[str, ...]) -> None:
    principal, fee, _ = row
    assert collection_fee(cents(principal), date(2026, 11, 22), load_fees()).total == cents(fee)


@pytest.mark.parametrize("row", INTEREST, ids=" ".join)
def test_interest_is_what_the_table_says(row: tuple[str, ...]) -> None:
    principal, first, until, interest, _ = row
    if interest == "geweigerd":
        with pytest.raises(Refused, match="rate-missing"):
            statutory_interest(cents(principal), day(first), day(until), load_rates())
        return
    found = statutory_interest(cents(principal), day(first), day(until), load_rates())
    assert found.cents == cents(interest)


def cents(text: str) -> int:
    found = parse_euros(text)
    assert found is not None
    return found


def test_every_term_has_examples() -> None:
    assert {row[0] for row in TERMS} == set(load_terms())
    assert len(TERMS) >= 40
