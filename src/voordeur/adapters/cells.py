"""One cell of text -> a day, a month, an amount in cents, a number. What cannot be read is a CellFault with a cure.

Readers are plain functions from text to value. `Remembered` keeps what a reader made of a text: in a column of a
ledger the same days, words and amounts come back thousands of times.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Generic, TypeVar

from voordeur.adapters.workbook import NumberCell
from voordeur.core.money import decimal_string, parse_euros
from voordeur.core.words import MONTHS_EN, MONTHS_NL, Words, month_in_words

T = TypeVar("T")


class CellFault(Exception):
    """A cell that cannot be read: what is wrong and how to mend it."""

    def __init__(self, code: str, message: Words, cure: Words) -> None:
        super().__init__(code)
        self.code, self.message, self.cure = code, message, cure


class Remembered(dict[str, T], Generic[T]):
    """Looks like a dict from text to value; reads a text that it has not seen. A fault is raised, not kept."""

    __slots__ = ("_read",)
    MOST = 100_000
    """Texts kept; then it starts again, so that a column with a million different cells costs no memory."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> T:
        value = self._read(text)
        if len(self) >= self.MOST:
            self.clear()
        self[text] = value
        return value


def optional(read: Callable[[str], T]) -> Callable[[str], T | None]:
    """The same reader, but an empty cell is None."""

    def read_or_none(text: str) -> T | None:
        return read(text) if text.strip() else None

    return read_or_none


def clean_text(text: str) -> str | None:
    """Text without spaces around it and without line ends inside; None when nothing is left."""
    return " ".join(text.split()) or None


_FORMULA_ERROR = re.compile(r"#[A-Z/0!]{2,12}[!?]?|#{3,}|Err:\d{3}", re.IGNORECASE)
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_FILL_IN = Words("Vul het bedrag in.", "Fill in the amount.")


def refuse_formula_error(text: str) -> None:
    """CellFault when the cell holds a spreadsheet's error code (`#N/B`, `#REF!`, `####`)."""
    if text[:1] in "#E" and _FORMULA_ERROR.fullmatch(text):
        raise CellFault(
            "formula-error",
            Words(
                "Hier staat een foutcode van het rekenblad.", "Here stands an error code of the spreadsheet."
            ),
            Words("Herstel de formule, of vul de waarde zelf in.", "Mend the formula, or fill in the value."),
        )


# Amounts


def amount_reader(decimal: str | None) -> Callable[[str], int]:
    """Reads euros as signed cents. `decimal` is the decimal sign of the file, None when no amount showed one.

    A NumberCell has a decimal point whatever the file writes. Faults: empty, not an amount, a letter for a digit,
    three decimals, the other decimal sign, a single separator that may be either.
    """
    other = {",": ".", ".": ",", None: None}[decimal]
    simple = re.compile(rf"(-?\d{{1,11}})[{decimal or ',.'}](\d\d)", re.ASCII)

    def read(text: str) -> int:
        match = simple.fullmatch(text)
        if match:
            return int(match[1] + match[2])
        stripped = text.strip()
        cents = parse_euros(stripped, decimal=decimal)
        if cents is not None and (decimal is not None or not _either(stripped)):
            return cents
        raise _amount_fault(stripped, decimal, other)

    return read


def number_cents(text: str) -> int:
    """Cents of a NumberCell."""
    cents = parse_euros(text, decimal=".")
    if cents is None:
        raise _amount_fault(text, ".", ",")
    return cents


def typed_amounts(decimal: str | None) -> Callable[[str], int]:
    """Reads amounts of a workbook, where number cells and text stand in one column."""
    texts, numbers = Remembered(amount_reader(decimal)), Remembered(number_cents)

    def read(cell: str) -> int:
        return numbers[cell] if isinstance(cell, NumberCell) else texts[cell]

    return read


def _either(text: str) -> bool:
    """`1.234` in a file that shows no decimals: a thousand, or one euro and a bit?"""
    return re.search(r"\d[.,]\d{3}$", text) is not None and len(re.findall(r"[.,]", text)) == 1


def _amount_fault(text: str, decimal: str | None, other: str | None) -> CellFault:
    if not text:
        return CellFault("empty-amount", Words("Het bedrag is leeg.", "The amount is empty."), _FILL_IN)
    refuse_formula_error(text)
    return (
        _letter_fault(text, decimal)
        or _decimals_fault(text, decimal)
        or _other_sign_fault(text, decimal, other)
        or CellFault("not-an-amount", _NOT_AN_AMOUNT, _FILL_IN)
    )


_NOT_AN_AMOUNT = Words("Dit is geen bedrag.", "This is not an amount.")


def _letter_fault(text: str, decimal: str | None) -> CellFault | None:
    fixed = text.translate(_LETTERS)
    if (
        fixed == text
        or not any(sign.isdigit() for sign in text)
        or parse_euros(fixed, decimal=decimal) is None
    ):
        return None
    wrong = {fixed[at] for at, sign in enumerate(text) if sign != fixed[at]}
    which = {
        "0": Words("De nul is een letter.", "The zero is a letter."),
        "1": Words("De één is een letter.", "The one is a letter."),
    }
    said = [which[digit] for digit in sorted(wrong)]
    cure = Words(f"Maak er {fixed} van.", f"Make it {fixed}.")
    for words in said:
        cure = cure + words
    return CellFault("not-an-amount", _NOT_AN_AMOUNT, cure)


def _decimals_fault(text: str, decimal: str | None) -> CellFault | None:
    if decimal is None and _either(text):
        whole = re.sub(r"[.,]", "", text)
        return CellFault(
            "ambiguous-amount",
            Words(
                f"Dit kan {whole} euro zijn of een bedrag met drie cijfers achter de komma.",
                "Euros or decimals?",
            ),
            Words(f"Schrijf {whole},00 als je euro's bedoelt.", f"Write {whole},00 if you mean euros."),
        )
    match = re.fullmatch(rf"[-+€\s]*[\d.,\s]*[{decimal or ',.'}]\d{{3,}}[-+]?", text)
    if match is None:
        return None
    return CellFault(
        "three-decimals",
        Words("Dit bedrag is geen heel aantal centen.", "This amount is not a whole number of cents."),
        Words("Rond het af op twee cijfers achter de komma.", "Round it to two decimals."),
    )


def _other_sign_fault(text: str, decimal: str | None, other: str | None) -> CellFault | None:
    cents = parse_euros(text)
    if cents is None or decimal is None:
        return None
    meant = decimal_string(cents).replace(".", decimal)
    name_nl, name_en = ("komma", "comma") if decimal == "," else ("punt", "point")
    return CellFault(
        "other-decimal-sign",
        Words(
            f"In dit bestand staat een {name_nl} voor de centen, hier niet.",
            f"Cents follow a {name_en} here.",
        ),
        Words(f"Bedoel je {meant}? Maak er dat van.", f"Do you mean {meant}? Make it that."),
    )


# Days and months

_MONTHS = {"mrt": 3, "sept": 9}
for _names in (MONTHS_NL, MONTHS_EN):
    for _number, _name in enumerate(_names, 1):
        _MONTHS[_name.lower()] = _MONTHS[_name[:3].lower()] = _number
_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.ASCII)
_NUMBERS = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH_NAME = re.compile(r"(\d{1,2})[-\s.]*([A-Za-z]{3,10})\.?[-\s]*(\d{4}|\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30)
SERIALS = range(18264, 73051)
"""Excel day numbers of 1950 to 2099."""
YEARS = range(1900, 2100)
_NOT_A_DAY = Words("Dit is geen datum.", "This is not a date.")


def date_reader(order: str = "dmy", *, serial: bool = False) -> Callable[[str], date]:
    """Reads a day: dd-mm-jjjj, d-m-jj, dd/mm/jjjj, jjjj-mm-dd, jjjjmmdd, `1 mrt 2026`, each with or without a time.

    `order` (dmy, mdy, ymd) is for days that do not show it themselves; years of two digits are 1950 to 2049.
    `serial`: the column holds Excel day numbers. Faults: empty, not a date, a day that does not exist.
    """

    def read(text: str) -> date:
        text = text.strip()
        for pattern in (_NUMBERS, _YEAR_FIRST, _COMPACT):
            match = pattern.fullmatch(text)
            if match:
                first, second, third = match[1], match[2], match[3]
                if pattern is not _NUMBERS:
                    return _day(first, second, third)
                return _day(*_sorted_out(order, first, second, third))
        match = _MONTH_NAME.fullmatch(text)
        if match and match[2].lower() in _MONTHS:
            return _day(match[3], str(_MONTHS[match[2].lower()]), match[1])
        if serial and _SERIAL.fullmatch(text) and int(text) in SERIALS:
            return _SERIAL_ZERO + timedelta(int(text))
        raise _date_fault(text, read)

    return read


def _sorted_out(order: str, first: str, second: str, third: str) -> tuple[str, str, str]:
    """Three numbers as year, month, day. A year of four digits at the end cannot be a day, whatever the order."""
    if order == "ymd" and len(third) == 2:
        return first, second, third
    return (third, first, second) if order == "mdy" else (third, second, first)


def _day(year: str, month: str, day: str) -> date:
    full = int(year)
    if len(year) == 2:
        full += 2000 if full < 50 else 1900
    if full not in YEARS:
        raise CellFault(
            "unlikely-year",
            Words(f"Het jaar {full} kan niet goed zijn.", f"The year {full} cannot be right."),
            Words("Kijk het jaartal na.", "Check the year."),
        )
    try:
        return date(full, int(month), int(day))
    except ValueError:
        raise _impossible(full, int(month), int(day)) from None


def _impossible(year: int, month: int, day: int) -> CellFault:
    said = Words("Deze dag bestaat niet.", "This day does not exist.")
    if 1 <= month <= 12 and day >= 1:
        after = date(year + month // 12, month % 12 + 1, 1)
        last = after - timedelta(1)
        if day > 31:
            return CellFault("impossible-date", said, Words("Kijk de dag na.", "Check the day."))
        name = month_in_words(last)
        cure = Words(
            f"{name.nl.capitalize()} heeft {last.day} dagen. Maak er {last:%d-%m-%Y} of {after:%d-%m-%Y} van.",
            f"{name.en} has {last.day} days. Make it {last:%d-%m-%Y} or {after:%d-%m-%Y}.",
        )
        return CellFault("impossible-date", said, cure)
    if 12 < month <= 31 and 1 <= day <= 12:
        cure = Words(
            f"Staan dag en maand omgewisseld? Maak er {month:02d}-{day:02d}-{year} van.",
            f"Are day and month swapped? Make it {month:02d}-{day:02d}-{year}.",
        )
        return CellFault("impossible-date", said, cure)
    return CellFault("impossible-date", said, Words("Kijk dag en maand na.", "Check day and month."))


def _date_fault(text: str, read: Callable[[str], date]) -> CellFault:
    if not text:
        fill_in = Words("Vul de datum in.", "Fill in the date.")
        return CellFault("empty-date", Words("De datum is leeg.", "The date is empty."), fill_in)
    refuse_formula_error(text)
    fixed = text.translate(_LETTERS)
    if fixed != text and any(sign.isdigit() for sign in text) and _reads(fixed, read):
        cure = Words(
            f"Maak er {fixed} van. Er staat een letter in.", f"Make it {fixed}. There is a letter in it."
        )
        return CellFault("not-a-date", _NOT_A_DAY, cure)
    if _SERIAL.fullmatch(text) and int(text) in SERIALS:
        day = _SERIAL_ZERO + timedelta(int(text))
        cure = Words(f"Is dit {day:%d-%m-%Y}? Maak er dat van.", f"Is this {day:%d-%m-%Y}? Make it that.")
        return CellFault("not-a-date", _NOT_A_DAY, cure)
    return CellFault(
        "not-a-date", _NOT_A_DAY, Words("Schrijf de datum als 01-12-2026.", "Write it as 01-12-2026.")
    )


def _reads(text: str, read: Callable[[str], object]) -> bool:
    try:
        read(text)
    except CellFault:
        return False
    return True


_YEAR_MONTH = re.compile(r"(\d{4})[-/. ]?[MmPp]?(\d{1,2})(?:-\d{1,2})?", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})", re.ASCII)
_NAME_YEAR = re.compile(r"([A-Za-z]{3,10})\.?[-\s]*(\d{4}|\d{2})", re.ASCII)


def read_month(text: str) -> date | None:
    """First day of the month: `2026-12`, `202612`, `2026P12`, `12-2026`, `dec 2026`; None for anything else."""
    text = text.strip()
    year_first, month_first, named = (p.fullmatch(text) for p in (_YEAR_MONTH, _MONTH_YEAR, _NAME_YEAR))
    if year_first:
        year, month = int(year_first[1]), int(year_first[2])
    elif month_first:
        year, month = int(month_first[2]), int(month_first[1])
    elif named and named[1].lower() in _MONTHS:
        year, month = int(named[2]), _MONTHS[named[1].lower()]
        year += 2000 if year < 100 else 0
    else:
        return _month_of_day(text)
    return date(year, month, 1) if year in YEARS and 1 <= month <= 12 else None


def _month_of_day(text: str) -> date | None:
    try:
        return date_reader()(text).replace(day=1)
    except CellFault:
        return None


# Numbers


def read_number(text: str) -> float:
    """A coordinate: `120700,723`, `120.700,723`, `52.1551`. A CellFault when it is no number."""
    text = "".join(text.split())
    if "," in text and "." in text:
        thousands = "." if text.rindex(",") > text.rindex(".") else ","
        text = text.replace(thousands, "")
    if re.fullmatch(r"-?\d+([.,]\d+)?", text, re.ASCII):
        return float(text.replace(",", "."))
    refuse_formula_error(text)
    raise CellFault(
        "not-a-number",
        Words("Dit is geen getal.", "This is not a number."),
        Words("Vul een getal in of maak de cel leeg.", "Fill in a number or empty the cell."),
    )
