"""Any ledger, written in any of the ways of other systems, reads back the same; and what is called certain is right."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.adapters.ledger_dialects import DATE_SHAPES, Dialect, dialects, ledgers
from voordeur.adapters.mapping import (
    Direction,
    LedgerRecord,
    Profile,
    names_of,
    read_records,
    recognise,
    shipped_profiles,
)
from voordeur.adapters.records import is_note
from voordeur.adapters.spreadsheet import open_table
from voordeur.core.ledger import Component, Kind
from voordeur.core.problems import Problem

calm = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, profiles: tuple[Profile, ...]) -> list[LedgerRecord] | None:
    """The records of a file, row numbers left out and text on one line; None when it is not certain how to read it."""
    table = open_table(path, names=names_of((*profiles, *shipped_profiles())))
    found = recognise(table, profiles)
    if not found.certain:
        assert found.doubts
        assert all(doubt.cure.nl and doubt.cure.en for doubt in found.doubts)
        return None
    records = list(read_records(table, found))
    assert [r for r in records if isinstance(r, Problem) and not is_note(r)] == []
    return [r._replace(row=0) for r in records if isinstance(r, LedgerRecord)]


def on_one_line(records: list[LedgerRecord]) -> list[LedgerRecord]:
    return [record._replace(description=" ".join(record.description.split())) for record in records]


@calm
@given(records=ledgers(), dialect=dialects)
def test_with_a_profile_every_dialect_reads_back_the_same(
    tmp_path: Path, records: list[LedgerRecord], dialect: Dialect
) -> None:
    path = dialect.write(tmp_path / "mutaties.csv", records)
    assert read(path, (dialect.profile,)) == on_one_line(records)


@calm
@given(records=ledgers(), dialect=dialects)
def test_without_a_profile_what_is_certain_is_right(
    tmp_path: Path, records: list[LedgerRecord], dialect: Dialect
) -> None:
    # Days with a year of four digits at the end are read the Dutch way unless they show otherwise: see test_mapping.
    assume(dialect.dates != "mm/dd/jjjj")
    path = dialect.write(tmp_path / "mutaties.csv", records)
    found = read(path, shipped_profiles())
    assert found is None or found == on_one_line(records)


@settings(calm, max_examples=20)
@given(records=ledgers(), dialect=dialects)
def test_a_workbook_reads_back_the_same_too(
    tmp_path: Path, records: list[LedgerRecord], dialect: Dialect
) -> None:
    path = dialect.write_workbook(tmp_path / "mutaties.xlsx", records)
    assert read(path, (dialect.profile,)) == on_one_line(records)


def a_year() -> list[LedgerRecord]:
    """Rent and service costs on the first, a payment some days later; one storno, one credit note."""
    records = []
    for month in range(1, 13):
        first = date(2026, month, 1)
        for component, cents in ((Component.RENT, 61840), (Component.SERVICE, 103725)):
            records.append(
                LedgerRecord(
                    0, "104417", first, Kind.CHARGE, cents, first, component, first, f"C{month}{component}"
                )
            )
        paid = date(2026, month, 2 * month + 1)
        records.append(LedgerRecord(0, "104417", paid, Kind.PAYMENT, 61840, id=f"P{month}", period=first))
    records.append(LedgerRecord(0, "104417", date(2026, 5, 20), Kind.REVERSAL, 61840, id="S5", reverses="P5"))
    records.append(
        LedgerRecord(0, "104417", date(2026, 6, 20), Kind.CORRECTION, -1250, id="K6", description="Lekkage")
    )
    return records


@pytest.mark.parametrize("dates", DATE_SHAPES)
@pytest.mark.parametrize("direction", list(Direction))
def test_an_ordinary_year_needs_no_profile_at_all(tmp_path: Path, direction: Direction, dates: str) -> None:
    dialect = Dialect(";", ",", True, dates, "windows-1252", direction, "title", True, False)
    assert read(dialect.write(tmp_path / "jaar.csv", a_year()), shipped_profiles()) == a_year()


def test_nor_does_it_as_a_workbook(tmp_path: Path) -> None:
    dialect = Dialect(";", ",", True, "dd-mm-jjjj", "utf-8", Direction.SIDE, "title", False, False)
    assert read(dialect.write_workbook(tmp_path / "jaar.xlsx", a_year()), shipped_profiles()) == a_year()
