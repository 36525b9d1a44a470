"""What the rows of a table become: one frozen record per kind of table, and which Problems keep no row out."""

from datetime import date
from typing import NamedTuple, TypeAlias

from voordeur.core.ledger import Component, Kind
from voordeur.core.problems import Problem

Day: TypeAlias = date


class LedgerRecord(NamedTuple):
    """One row of a ledger. Amounts in cents: positive, a correction signed (above zero is owed more)."""

    row: int
    tenancy: str
    date: Day
    kind: Kind
    amount: int
    due: Day | None = None
    """Charges only; None when the file does not say."""
    component: Component = Component.RENT
    period: Day | None = None
    """First day of the month it is for, when the file says so."""
    id: str | None = None
    """The file's own number of the row."""
    designates: str | None = None
    reverses: str | None = None
    claim: str | None = None
    known: Day | None = None
    description: str = ""
    """At most 140 signs."""


class Place(NamedTuple):
    """Where a home is, in the parts that the file gives. Coordinates as given: RD in metres, WGS84 in degrees."""

    street: str = ""
    number: int | None = None
    addition: str = ""
    """Letter and addition together: `B`, `2`, `A-2`."""
    postcode: str = ""
    """`1234 AB`."""
    town: str = ""
    bag_id: str = ""
    """16 digits."""
    rd_x: float | None = None
    rd_y: float | None = None
    latitude: float | None = None
    longitude: float | None = None
    neighbourhood: str = ""
    manager: str = ""


class TenancyRecord(NamedTuple):
    """One row of a list of tenancies. Several rows may have one number: people who signed together."""

    row: int
    tenancy: str
    name: str = ""
    """`J. de Wit`, put together from its parts when the file gives parts."""
    start: Day | None = None
    end: Day | None = None
    """As the file says: the last day or the day after it."""
    rent: int | None = None
    """Cents a month."""
    method: str = "unknown"
    """`direct_debit`, `transfer` or `unknown`."""
    mandate: str = ""
    iban: str = ""
    """Without spaces; checked."""
    reference: str = ""
    """Betalingskenmerk, without spaces; not checked here."""
    email: str = ""
    phone: str = ""
    language: str = ""
    home: str = ""
    """The corporation's own number of the home."""
    place: Place = Place()


class HomeRecord(NamedTuple):
    """One row of a list of homes."""

    row: int
    home: str
    """The corporation's own number; empty when the file has none."""
    place: Place = Place()


class NeighbourhoodRecord(NamedTuple):
    """One row of a list of neighbourhoods."""

    row: int
    name: str
    manager: str = ""
    email: str = ""
    phone: str = ""


Record: TypeAlias = LedgerRecord | TenancyRecord | HomeRecord | NeighbourhoodRecord

NOTES = frozenset(
    {
        "total-line", "footer-line", "repeated-header", "bsn-column", "other-sheets", "mixed-encoding",
        "bad-iban", "bad-email", "bad-postcode", "bad-bag-id", "bad-house-number", "unknown-method", "not-a-number",
        "half-coordinate", "swapped-coordinates", "outside-netherlands", "degrees-as-rd", "rd-as-degrees",
    }
)  # fmt: skip
"""Codes of Problems that keep no row out: a line that is no row, or a cell that was emptied."""


def is_note(problem: Problem) -> bool:
    """True when the Problem keeps no row out."""
    return problem.code in NOTES
