"""Short ways to a recognised table, for tests."""

from pathlib import Path

from voordeur.adapters.mapping import (
    LedgerRecord,
    Profile,
    Recognition,
    Record,
    parse_profile,
    read_records,
    recognise,
    shipped_profiles,
)
from voordeur.adapters.spreadsheet import Table, open_table
from voordeur.core.problems import Problem


def table_of(folder: Path, text: str) -> Table:
    """A CSV with this text, opened."""
    path = folder / "bestand.csv"
    path.write_text(text)
    return open_table(path)


def recognised(folder: Path, text: str, *own: Profile, kind: str | None = None) -> Recognition:
    """What the shipped profiles, after those of one's own, make of it."""
    return recognise(table_of(folder, text), (*own, *shipped_profiles()), kind=kind)


def profile(text: str) -> Profile:
    """A profile from its TOML."""
    found = parse_profile(text)
    assert isinstance(found, Profile), found
    return found


def doubts(found: Recognition) -> list[str]:
    """The codes of the doubts; a recognition is certain when it has none."""
    assert found.certain == (not found.doubts)
    return [doubt.code for doubt in found.doubts]


def read(folder: Path, text: str, *own: Profile) -> list[Record | Problem]:
    """Records and Problems of a text that is recognised with certainty."""
    table = table_of(folder, text)
    found = recognise(table, (*own, *shipped_profiles()))
    assert found.certain, found.doubts
    return list(read_records(table, found))


def ledger(folder: Path, text: str, *own: Profile) -> list[LedgerRecord]:
    """The records of a ledger, in which nothing may be wrong."""
    records = read(folder, text, *own)
    assert [record for record in records if not isinstance(record, LedgerRecord)] == []
    return [record for record in records if isinstance(record, LedgerRecord)]


def owed(folder: Path, text: str, *own: Profile) -> list[tuple[str, int]]:
    """Kind and amount of every row of a ledger."""
    return [(record.kind.value, record.amount) for record in ledger(folder, text, *own)]
