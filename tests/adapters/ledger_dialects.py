"""Writes the same ledger in the ways in which different systems would: a Dialect is one way."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st

from voordeur.adapters.mapping import Direction, LedgerRecord, Meaning, Profile
from voordeur.core.ledger import Component, Kind
from voordeur.core.money import decimal_string
from voordeur.core.words import MONTHS_NL

WORDS = {
    (Kind.CHARGE, Component.RENT): "HUUR",
    (Kind.CHARGE, Component.SERVICE): "SERVICEKOSTEN",
    (Kind.CHARGE, Component.OTHER): "OVERIG",
    (Kind.CHARGE, Component.COSTS): "INCASSOKOSTEN",
    (Kind.CHARGE, Component.INTEREST): "RENTE",
    (Kind.PAYMENT, Component.RENT): "ONTVANGST",
    (Kind.REVERSAL, Component.RENT): "STORNO",
    (Kind.REFUND, Component.RENT): "TERUGBETALING",
    (Kind.CORRECTION, Component.RENT): "CORRECTIE",
    (Kind.WRITE_OFF, Component.RENT): "AFBOEKING",
}
TAKES = (Kind.PAYMENT, Kind.WRITE_OFF)
HEADERS = [
    "Contractnr",
    "Boekdatum",
    "Soort",
    "Verv.dat",
    "Periode",
    "Mutatienr",
    "Storno van",
    "Omschrijving",
]
AMOUNT_HEADERS = {
    Direction.KIND: ["Bedrag"],
    Direction.SIGNED: ["Bedrag"],
    Direction.SIGNED_REVERSED: ["Bedrag"],
    Direction.SIDE: ["Bedrag", "D/C"],
    Direction.COLUMNS: ["Debet", "Credit"],
    Direction.COLUMNS_SIGNED: ["Debet", "Credit"],
}
TITLES = {
    "none": [],
    "title": [["Stichting Wonen aan de Rivier"], ["Huurdersmutaties"], ["Export 20-11-2026"], []],
    "filters": [["Periode:", "2026"], ["Wijk:", "Noord"], []],
}
DATE_SHAPES = (
    "dd-mm-jjjj",
    "d-m-jjjj",
    "d-m-jj",
    "dd/mm/jjjj",
    "jjjj-mm-dd",
    "jjjjmmdd",
    "d mmm jjjj",
    "mm/dd/jjjj",
)


@dataclass(frozen=True)
class Dialect:
    """Delimiter, decimal sign and thousands, shape of dates, encoding, direction, lines above and below."""

    delimiter: str
    decimal: str
    thousands: bool
    dates: str
    encoding: str
    direction: Direction
    titles: str
    total_line: bool
    swapped_columns: bool

    def day(self, day: date | None) -> str:
        if day is None:
            return ""
        month_name = MONTHS_NL[day.month - 1][:3].replace("maa", "mrt")
        return {
            "dd-mm-jjjj": f"{day:%d-%m-%Y}",
            "d-m-jjjj": f"{day.day}-{day.month}-{day.year}",
            "d-m-jj": f"{day.day}-{day.month}-{day:%y}",
            "dd/mm/jjjj": f"{day:%d/%m/%Y}",
            "jjjj-mm-dd": day.isoformat(),
            "jjjjmmdd": f"{day:%Y%m%d}",
            "d mmm jjjj": f"{day.day} {month_name} {day.year}",
            "mm/dd/jjjj": f"{day:%m/%d/%Y}",
        }[self.dates]

    def amount(self, cents: int) -> str:
        whole, part = decimal_string(cents).split(".")
        if self.thousands:
            whole = f"{int(whole):,}".replace(",", "." if self.decimal == "," else ",")
            whole = f"-{whole}" if cents < 0 and not whole.startswith("-") else whole
        return f"{whole}{self.decimal}{part}"

    def amounts(self, record: LedgerRecord) -> list[int | str | None]:
        """Cells for the amount, in cents, and the side."""
        owed = -record.amount if record.kind in TAKES else record.amount
        if self.direction is Direction.KIND:
            return [record.amount]
        if self.direction in (Direction.SIGNED, Direction.SIGNED_REVERSED):
            return [owed if self.direction is Direction.SIGNED else -owed]
        debit = owed > 0 if owed else record.kind not in TAKES
        if self.direction is Direction.SIDE:
            return [abs(owed), "D" if debit else "C"]
        paid = abs(owed) if self.direction is Direction.COLUMNS else owed
        return [owed, None] if debit else [None, paid]

    def cells(self, record: LedgerRecord) -> list[int | str | date | None]:
        period = f"{record.period:%Y-%m}" if record.period else None
        cells: list[int | str | date | None] = [
            record.tenancy, record.date, WORDS[record.kind, record.component], record.due, period, record.id,
            record.reverses, record.description, *self.amounts(record),
        ]  # fmt: skip
        return cells[::-1] if self.swapped_columns else cells

    @property
    def header(self) -> list[str]:
        names = HEADERS + AMOUNT_HEADERS[self.direction]
        return names[::-1] if self.swapped_columns else names

    def write(self, path: Path, records: list[LedgerRecord]) -> Path:
        """Write a CSV."""
        rows = [*TITLES[self.titles], self.header]
        rows += [[self._text(cell) for cell in self.cells(record)] for record in records]
        if self.total_line:
            rows.append(["Totaal", *[""] * (len(self.header) - 2), self.amount(123456)])
        text = "".join(self.delimiter.join(map(self._quoted, row)) + "\r\n" for row in rows)
        path.write_bytes(text.encode(self.encoding))
        return path

    def write_workbook(self, path: Path, records: list[LedgerRecord]) -> Path:
        """The same as a workbook, with days as days and amounts as numbers."""
        book = xlsxwriter.Workbook(path)
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet()
        above = [*TITLES[self.titles], self.header]
        for at, row in enumerate(above):
            sheet.write_row(at, 0, row)
        for at, record in enumerate(records, len(above)):
            for column, cell in enumerate(self.cells(record)):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(at, column, float(decimal_string(cell)))
                elif cell is not None:
                    sheet.write_string(at, column, cell)
        book.close()
        return path

    def _text(self, cell: int | str | date | None) -> str:
        if isinstance(cell, int):
            return self.amount(cell)
        return self.day(cell) if isinstance(cell, date) else cell or ""

    def _quoted(self, text: str) -> str:
        needs = any(sign in text for sign in (self.delimiter, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if needs else text

    @property
    def profile(self) -> Profile:
        """What a person would settle once, so that nothing in the file has to prove itself."""
        names = dict(zip(
            ("tenancy", "date", "kind", "due", "period", "id", "reverses", "description"), HEADERS, strict=True
        ))  # fmt: skip
        ours = {
            Direction.SIDE: ("amount", "side"),
            Direction.COLUMNS: ("debit", "credit"),
            Direction.COLUMNS_SIGNED: ("debit", "credit"),
        }.get(self.direction, ("amount",))
        names |= dict(zip(ours, AMOUNT_HEADERS[self.direction], strict=True))
        return Profile(
            name="afgesproken",
            kind="ledger",
            columns={name: (header,) for name, header in names.items()},
            words={word: _meaning(kind, component) for (kind, component), word in WORDS.items()},
            sides={"D": "debit", "C": "credit"},
            decimal=self.decimal,
            dates="mdy" if self.dates == "mm/dd/jjjj" else "dmy",
            direction=self.direction,
            exact=True,
        )


def _meaning(kind: Kind, component: Component) -> Meaning:
    return Meaning(component.value) if kind is Kind.CHARGE else Meaning(kind.value)


dialects = st.builds(
    Dialect,
    delimiter=st.sampled_from([";", "\t", "|", ","]),
    decimal=st.sampled_from([",", "."]),
    thousands=st.booleans(),
    dates=st.sampled_from(DATE_SHAPES),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "windows-1252"]),
    direction=st.sampled_from(list(Direction)),
    titles=st.sampled_from(list(TITLES)),
    total_line=st.booleans(),
    swapped_columns=st.booleans(),
)

_days = st.dates(date(2019, 1, 1), date(2027, 12, 31))
_cents = st.integers(1, 1_000_000_00)


@st.composite
def _records(draw: st.DrawFn, number: int) -> LedgerRecord:
    kind, component = draw(st.sampled_from(list(WORDS)))
    sign = draw(st.sampled_from([1, -1])) if kind is Kind.CORRECTION else 1
    charge = kind is Kind.CHARGE
    return LedgerRecord(
        row=0,
        tenancy=draw(st.sampled_from(["104417", "104418", "00771", "H-2019/0123"])),
        date=draw(_days),
        kind=kind,
        amount=sign * draw(_cents),
        due=draw(st.none() | _days) if charge else None,
        component=component,
        period=draw(st.none() | _days.map(lambda day: day.replace(day=1))),
        id=f"M{number}",
        reverses="M1" if kind is Kind.REVERSAL else None,
        description=draw(st.sampled_from(["", "Huur café", 'zei "ja"', "a;b|c\td, e", "twee\nregels"])),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerRecord]:
    """Ledgers of a few rows with every kind of entry."""
    return [draw(_records(number)) for number in range(1, draw(st.integers(1, 12)) + 1)]
