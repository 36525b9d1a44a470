"""Ledgers as small tables in a test, and what comes out of them in words that fit on one line.

    maart   1 mar   charge    650   due=5 mar
    betaald 3 mar   payment   650   for=maart
    storno  7 mar   reversal  650   undoes=betaald   known=9 mar

Amounts are euros, days are in 2026. The line number is the order within a day, as in a file.
"""

import re
from datetime import date

from voordeur.core.ledger import Charge, Component, Entry, Kind, Position, known_by, position
from voordeur.core.money import decimal_string, parse_euros

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LINE = re.compile(r"(\S+)\s+(\d+ \w+)\s+(\w+)\s+(\S+)((?:\s+\w+=\w+(?: [a-z]+)?)*)")


def day(text: str) -> date:
    """`3 mar` -> 3 March 2026."""
    number, month = text.split()
    return date(2026, _MONTHS.index(month) + 1, int(number))


def ledger(table: str) -> list[Entry]:
    """The entries of a table."""
    lines = [line.strip() for line in table.strip().splitlines()]
    return [_entry(number, line) for number, line in enumerate(lines) if line]


def _entry(number: int, line: str) -> Entry:
    match = _LINE.fullmatch(line)
    assert match, f"this line cannot be read: {line}"
    id_, on, kind, euros, rest = match.groups()
    options = dict(re.findall(r"(\w+)=(\w+(?: [a-z]+)?)", rest))
    amount = parse_euros(euros, decimal=".")
    assert amount is not None, f"no amount: {line}"
    claim = options.get("costs_of") or options.get("interest_of")
    part = Component.COSTS if "costs_of" in options else Component.INTEREST
    return Entry(
        id=id_,
        date=day(on),
        kind=Kind(kind),
        amount=amount,
        due=day(options["due"]) if "due" in options else None,
        known=day(options["known"]) if "known" in options else None,
        component=part if claim else Component.RENT,
        claim=claim,
        designates=options.get("for"),
        reverses=options.get("undoes"),
        sequence=number,
    )


def on(text: str, table: str, *, known: str | None = None) -> Position:
    """The position at the end of a day, as known on a day."""
    return position(ledger(table), day(text), day(known) if known else None)


def euros(cents: int) -> str:
    """`650` for whole euros, else `650.50`."""
    return decimal_string(cents).removesuffix(".00")


def still_open(at: Position) -> dict[str, str]:
    """Per charge with an unpaid part what is open, in the order in which money will be laid out."""
    return {charge.id: euros(charge.outstanding) for charge in at.open_charges}


def paid_by(at: Position) -> dict[str, str]:
    """Per charge what covers it: `p1 400 + p2 250`."""
    return {charge.id: _parts(charge) for charge in at.charges}


def _parts(charge: Charge) -> str:
    return " + ".join(f"{part.credit} {euros(part.amount)}" for part in charge.allocations)


def charge_of(at: Position, id_: str) -> Charge:
    """One charge of a position by its id."""
    return {charge.id: charge for charge in at.charges}[id_]


def days_of(entries: list[Entry]) -> list[date]:
    """Every day on which something counts, ascending."""
    return sorted({entry.date for entry in known_by(entries, date.max)})
