"""Rows of a recognised list of tenancies, homes or neighbourhoods -> records and Problems.

Essential cells (the number of the tenancy, its days and rent) keep a row out when they are wrong: half a tenancy is
worse than none. Other cells (IBAN, e-mail, postcode, BAG number, coordinates, way of paying) are emptied with a note,
because somebody with a mistyped postcode must not fall out of sight.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from stdnum import iban as iban_number

from voordeur.adapters import geo
from voordeur.adapters.cells import (
    CellFault,
    amount_reader,
    clean_text,
    date_reader,
    optional,
    read_number,
    typed_amounts,
)
from voordeur.adapters.ledger_records import read_tenancy
from voordeur.adapters.profiles import plain_words
from voordeur.adapters.recognition import Recognition
from voordeur.adapters.records import HomeRecord, NeighbourhoodRecord, Place, TenancyRecord
from voordeur.adapters.row_stream import Rows
from voordeur.adapters.spreadsheet import Table
from voordeur.core.problems import Problem
from voordeur.core.words import Words

T = TypeVar("T")

_DIRECT_DEBIT = frozenset(
    {
        "incasso", "inc", "automatische incasso", "auto incasso", "ai", "sepa", "sepa incasso", "machtiging",
        "direct debit", "ja", "j", "yes", "y", "true", "waar", "1",
    }
)  # fmt: skip
_TRANSFER = frozenset(
    {
        "overboeking", "ovb", "overschrijving", "periodieke overboeking", "acceptgiro", "acc", "zelf", "zelfbetaler",
        "betaalt zelf", "ideal", "online", "onl", "pin", "contant", "con", "handmatig", "hnd", "mail", "mai", "bank",
        "transfer", "nee", "n", "no", "false", "onwaar", "0",
    }
)  # fmt: skip
_POSTCODE = re.compile(r"([1-9]\d{3})\s*([A-Za-z]{2})", re.ASCII)
_NUMBER = re.compile(r"(\d{1,5})\s*[-/ ]?\s*(.{0,12})", re.ASCII)
_HOUSE = r"\s+(?P<number>\d{1,5})(?:\s*[-/]?\s*(?P<rest>[A-Za-z0-9][A-Za-z0-9 /-]{0,11}))?"
_ADDRESS = re.compile(rf"(?P<street>.*?\D){_HOUSE}")
_YEAR_IN_STREET = re.compile(rf"(?P<street>.*\b1[89]\d\d(?:\s*-\s*1[89]\d\d)?){_HOUSE}")  # Plein 1940-1945 12
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_BAG_KINDS = frozenset({"01", "02", "03", "20"})  # verblijfsobject, ligplaats, standplaats, nummeraanduiding
_EMPTIED = Words("Verbeter de cel en lees opnieuw in.", "Correct the cell and import again.")


def read_tenancies(table: Table, found: Recognition) -> Iterator[TenancyRecord | Problem]:
    """The tenancies and the Problems, in the order of the rows."""
    amounts = typed_amounts(found.decimal) if table.format != "csv" else amount_reader(found.decimal)

    def make(cells: _Cells) -> TenancyRecord:
        day = {name: date_reader(found.dates, serial=name in found.serial) for name in ("start", "end")}
        record = TenancyRecord(
            cells.row,
            cells.must("tenancy", read_tenancy, ""),
            name=_name(cells),
            start=cells.must("start", optional(day["start"]), None),
            end=cells.must("end", optional(day["end"]), None),
            rent=cells.must("rent", optional(amounts), None),
            method=cells.may("method", _read_method, "unknown"),
            mandate=cells.text("mandate"),
            iban=cells.may("iban", _read_iban, ""),
            reference="".join(cells.text("reference").split()),
            email=cells.may("email", _read_email, "", quote=False),
            phone=_phone(cells.text("phone")),
            language=cells.text("language"),
            home=cells.text("home"),
            place=_place(cells),
        )
        if record.start and record.end and record.end < record.start:
            cells.refuse("end", _ends_before_start())
        return record

    return _records(table, found, "tenancy", make)


def read_homes(table: Table, found: Recognition) -> Iterator[HomeRecord | Problem]:
    """The homes and the Problems, in the order of the rows."""

    def make(cells: _Cells) -> HomeRecord:
        record = HomeRecord(cells.row, cells.text("home"), _place(cells))
        place = record.place
        if (
            not record.home
            and not place.bag_id
            and (place.number is None or not (place.street or place.postcode))
        ):
            cells.refuse("home" if found.at("home") is not None else "street", _no_home())
        return record

    return _records(table, found, "home" if found.at("home") is not None else "street", make)


def read_neighbourhoods(table: Table, found: Recognition) -> Iterator[NeighbourhoodRecord | Problem]:
    """The neighbourhoods and the Problems, in the order of the rows."""

    def make(cells: _Cells) -> NeighbourhoodRecord:
        return NeighbourhoodRecord(
            cells.row,
            cells.must("neighbourhood", _filled_in, ""),
            cells.text("manager"),
            cells.may("email", _read_email, "", quote=False),
            _phone(cells.text("phone")),
        )

    return _records(table, found, "neighbourhood", make)


R = TypeVar("R", TenancyRecord, HomeRecord, NeighbourhoodRecord)


def _records(
    table: Table, found: Recognition, key: str, make: "Callable[[_Cells], R]"
) -> Iterator[R | Problem]:
    rows = Rows(table, found)
    for row, as_it_stands in rows:
        if not any(as_it_stands):
            continue
        try:
            cells = _Cells(rows, row, rows.fitted(as_it_stands))
        except CellFault as fault:
            yield rows.problem(row, "", as_it_stands, fault)
            continue
        apart = rows.set_apart(row, as_it_stands, key, footers=key != "neighbourhood")
        if apart is not None:
            yield from apart
            continue
        record = make(cells)
        yield from cells.problems
        if not cells.refused:
            yield record


class _Cells:
    """The cells of one row by the names of our fields; gathers what is wrong with them."""

    def __init__(self, rows: Rows, row: int, cells: list[str]) -> None:
        self.rows, self.row, self.cells = rows, row, cells
        self.problems: list[Problem] = []
        self.refused = False

    def raw(self, name: str) -> str:
        return self.cells[self.rows.position(name)]

    def text(self, name: str) -> str:
        return clean_text(self.raw(name)) or ""

    def must(self, name: str, read: Callable[[str], T], instead: T) -> T:
        """Read an essential cell; a fault keeps the row out."""
        try:
            return read(self.raw(name))
        except CellFault as fault:
            self.refuse(name, fault)
            return instead

    def may(self, name: str, read: Callable[[str], T], instead: T, *, quote: bool = True) -> T:
        """Read another cell; empty or with a fault it is `instead`."""
        text = self.raw(name).strip()
        try:
            return read(text) if text else instead
        except CellFault as fault:
            self.problems.append(self.rows.problem(self.row, name, self.cells, fault, quote=quote))
            return instead

    def refuse(self, name: str, fault: CellFault) -> None:
        self.refused = True
        self.problems.append(self.rows.problem(self.row, name, self.cells, fault))


def _name(cells: _Cells) -> str:
    whole = cells.text("name")
    return whole or " ".join(filter(None, (cells.text(part) for part in ("initials", "prefix", "surname"))))


def _place(cells: _Cells) -> Place:
    street, number, addition = cells.text("street"), None, ""
    if not street and cells.text("address"):
        street, number, addition = split_address(cells.text("address"))
    own = cells.may("number", _read_house_number, None)
    if own is not None:
        number, addition = own
    parts = (addition, cells.text("letter"), cells.text("addition"))
    rd_x, rd_y = _pair(cells, "rd_x", "rd_y", geo.rd_problem)
    latitude, longitude = _pair(cells, "latitude", "longitude", geo.wgs84_problem)
    return Place(
        street=street,
        number=number,
        addition="-".join(part for part in parts if part),
        postcode=cells.may("postcode", _read_postcode, ""),
        town=cells.text("town"),
        bag_id=cells.may("bag_id", _read_bag_id, ""),
        rd_x=rd_x,
        rd_y=rd_y,
        latitude=latitude,
        longitude=longitude,
        neighbourhood=cells.text("neighbourhood"),
        manager=cells.text("manager"),
    )


def _pair(
    cells: _Cells, first: str, second: str, check: Callable[[float, float], Problem | None]
) -> tuple[float | None, float | None]:
    """Two coordinates that belong together; both None with a note when they cannot be right."""
    before = len(cells.problems)
    one, other = cells.may(first, read_number, None), cells.may(second, read_number, None)
    if one is None or other is None:
        if (one is None) != (other is None) and len(cells.problems) == before:
            half = Words(
                "Er is maar één van de twee coördinaten.", "There is only one of the two coordinates."
            )
            cells.problems.append(
                cells.rows.problem(
                    cells.row, first, cells.cells, CellFault("half-coordinate", half, _EMPTIED)
                )
            )
        return None, None
    problem = check(one, other)
    if problem is None:
        return one, other
    fault = CellFault(problem.code, problem.message, problem.cure)
    cells.problems.append(
        replace(cells.rows.problem(cells.row, first, cells.cells, fault), value=f"{one:g} {other:g}")
    )
    return None, None


def split_address(address: str) -> tuple[str, int | None, str]:
    """Street, house number and addition: `Kade 9-2` is (`Kade`, 9, `2`). Without a number all of it is street."""
    match = _YEAR_IN_STREET.fullmatch(address) or _ADDRESS.fullmatch(address)
    if match is None:
        return address, None, ""
    return match["street"].strip(), int(match["number"]), (match["rest"] or "").strip()


def _phone(text: str) -> str:
    """A Dutch number as a spreadsheet leaves it (612345678) gets its zero back."""
    return f"0{text}" if len(text) == 9 and text.isdecimal() and text[0] != "0" else text


def _read_house_number(text: str) -> tuple[int, str] | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise CellFault(
            "bad-house-number", Words("Dit is geen huisnummer.", "This is no house number."), _EMPTIED
        )
    return int(match[1]), match[2].strip()


def _read_postcode(text: str) -> str:
    match = _POSTCODE.fullmatch(text)
    if match is None:
        raise CellFault("bad-postcode", Words("Dit is geen postcode.", "This is no postcode."), _EMPTIED)
    return f"{match[1]} {match[2].upper()}"


def _read_bag_id(text: str) -> str:
    digits = text.zfill(16)  # a spreadsheet drops the zero in front
    if len(digits) != 16 or not digits.isdecimal() or digits[4:6] not in _BAG_KINDS:
        raise CellFault("bad-bag-id", Words("Dit is geen BAG-nummer.", "This is no BAG number."), _EMPTIED)
    return digits


def _read_iban(text: str) -> str:
    if not iban_number.is_valid(text):
        raise CellFault(
            "bad-iban", Words("Dit rekeningnummer klopt niet.", "This IBAN is not right."), _EMPTIED
        )
    return str(iban_number.compact(text))


def _read_email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise CellFault(
            "bad-email", Words("Dit is geen e-mailadres.", "This is no e-mail address."), _EMPTIED
        )
    return text


def _read_method(text: str) -> str:
    plain = plain_words(text)
    if plain in _DIRECT_DEBIT:
        return "direct_debit"
    if plain in _TRANSFER:
        return "transfer"
    raise CellFault(
        "unknown-method",
        Words("Deze betaalwijze kennen wij niet.", "We do not know this way of paying."),
        Words("Schrijf incasso of overboeking.", "Write incasso or overboeking."),
    )


def _filled_in(text: str) -> str:
    cleaned = clean_text(text)
    if cleaned is None:
        said = Words("De naam van de wijk is leeg.", "The name of the neighbourhood is empty.")
        raise CellFault("empty-name", said, Words("Vul de naam in.", "Fill in the name."))
    return cleaned


def _ends_before_start() -> CellFault:
    return CellFault(
        "ends-before-start",
        Words("De huur eindigt voor het begin.", "The tenancy ends before it starts."),
        Words("Kijk begin en einde na.", "Check start and end."),
    )


def _no_home() -> CellFault:
    return CellFault(
        "empty-home",
        Words("Wij zien niet welke woning dit is.", "We cannot see which home this is."),
        Words(
            "Vul het nummer van de woning of het adres in.", "Fill in the number of the home or the address."
        ),
    )
