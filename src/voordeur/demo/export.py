"""Writes the town as the files a corporation would have, to try `voordeur import` on an empty database.

The sheets look as Dutch office systems make them: semicolons, decimal commas, dd-mm-jjjj, Windows-1252. They have no
postcodes: those of this town do not exist, and the import would rightly say so of every row.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from voordeur.core.ledger import Component, Kind
from voordeur.core.money import decimal_string
from voordeur.demo.bank_files import bank_statement
from voordeur.demo.ledger_maker import COMPONENT_CODES, KIND_CODES, LedgerRow
from voordeur.demo.load import STAFF
from voordeur.demo.streets import NEIGHBOURHOODS, TOWN
from voordeur.demo.town import Town, make_town

_KIND_WORDS = {
    KIND_CODES[Kind.PAYMENT]: "Betaling",
    KIND_CODES[Kind.REVERSAL]: "Storno",
    KIND_CODES[Kind.REFUND]: "Terugbetaling",
    KIND_CODES[Kind.CORRECTION]: "Correctie",
    KIND_CODES[Kind.WRITE_OFF]: "Afboeking",
}
_CHARGE_WORDS = {
    COMPONENT_CODES[Component.RENT]: "Huur",
    COMPONENT_CODES[Component.SERVICE]: "Servicekosten",
    COMPONENT_CODES[Component.OTHER]: "Overig",
    COMPONENT_CODES[Component.COSTS]: "Incassokosten",
    COMPONENT_CODES[Component.INTEREST]: "Rente",
}
TENANCY_COLUMNS = (
    "Contractnr", "Naam", "Telefoon", "E-mail", "Taal", "Ingangsdatum", "Einddatum", "Huurprijs", "Betaalwijze",
    "Machtigingskenmerk", "IBAN", "Betalingskenmerk", "VHE", "Straat", "Huisnummer", "Toevoeging", "Plaats",
    "BAG-id", "RD x", "RD y", "Wijk", "Wijkbeheerder",
)  # fmt: skip
LEDGER_COLUMNS = (
    "Volgnr", "Contractnr", "Boekdatum", "Soort", "Omschrijving", "Bedrag", "Vervaldatum", "Periode", "Betaling voor",
    "Storno van", "Hoort bij", "Invoerdatum",
)  # fmt: skip


def export_town(folder: Path, today: date, seed: int) -> list[Path]:
    """Make the town of this seed and day and write it to `folder`, which is made when it is not there."""
    return write_town(make_town(seed, today), folder)


def write_town(town: Town, folder: Path) -> list[Path]:
    """Write `tenancies.csv`, `ledger.csv` and the bank statement of the last bank days."""
    folder.mkdir(parents=True, exist_ok=True)
    tenancies, ledger = folder / "tenancies.csv", folder / "ledger.csv"
    bank = folder / f"bank_{town.bank_days[-1]}.xml"
    _write(tenancies, TENANCY_COLUMNS, _tenancies(town))
    _write(ledger, LEDGER_COLUMNS, _ledger(town))
    bank.write_bytes(bank_statement(town))
    return [tenancies, ledger, bank]


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="cp1252", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _tenancies(town: Town) -> Iterator[tuple[object, ...]]:
    """One row per tenant: the second tenant of an agreement repeats what belongs to the agreement."""
    managers = {place: f"{first} {last}" for _, first, last, _, place in STAFF}
    for tenancy in town.tenancies:
        home = town.homes[tenancy.home]
        wijk = NEIGHBOURHOODS[home.neighbourhood].name
        for person in tenancy.tenants:
            yield (
                tenancy.key, person.name, person.phone, person.email, person.language, _day(tenancy.start),
                _day(tenancy.end), _euros(tenancy.rent), "Incasso" if tenancy.debit else "Overboeking", tenancy.mandate,
                tenancy.ibans[0], tenancy.reference, home.key, home.street, home.number, home.addition, TOWN,
                home.bag_id, _decimal(home.x), _decimal(home.y), wijk, managers[wijk],
            )  # fmt: skip


def _ledger(town: Town) -> Iterator[tuple[object, ...]]:
    """All rows with a number of their own; what a row refers to is named by that number."""
    before = 0
    for tenancy, rows in zip(town.tenancies, town.ledgers, strict=True):
        for number, row in enumerate(rows, before + 1):
            yield (
                number, tenancy.key, _day(row.day), _kind(row), row.description, _euros(row.amount), _day(row.due),
                f"{row.period:%m-%Y}" if row.period else "", _number(row.designates, before),
                _number(row.reverses, before), _number(row.claim, before), _day(row.known),
            )  # fmt: skip
        before += len(rows)


def _kind(row: LedgerRow) -> str:
    return _KIND_WORDS.get(row.kind) or _CHARGE_WORDS[row.component]


def _number(local: int, before: int) -> int | str:
    return local + before if local else ""


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _euros(cents: int) -> str:
    return decimal_string(cents).replace(".", ",")


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
