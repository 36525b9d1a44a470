"""`voordeur arrears` without a file: the same question, asked of the database."""

from collections.abc import Iterator
from datetime import date

from voordeur.core.ledger import Position, position


def positions(on: date, known: date | None) -> Iterator[tuple[str, Position]]:
    """(tenancy number, position) of every tenancy that has a ledger, in order of tenancy number."""
    from voordeur.cli.start import start

    start()
    from voordeur.store.convert import core_entries, ledgers
    from voordeur.store.queries import tenancy_numbers

    numbers = tenancy_numbers()
    found = ((numbers[tenancy], position(core_entries(rows), on, known)) for tenancy, rows in ledgers())
    yield from found
