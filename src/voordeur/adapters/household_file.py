"""A list of households, one per line (JSON lines) or per row (CSV), as core values and Problems.

Names of fields are those of `core.schemes.household.Household`; amounts are euros. What is empty or absent is
unknown. A line that cannot be read is left out and told; the others go on.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from voordeur.adapters.nested import load_json
from voordeur.core.money import parse_euros
from voordeur.core.problems import Problem
from voordeur.core.schemes.household import CareHours, CoResident, Household, Insured, Scheme, Span, exactly
from voordeur.core.words import Words

Row = Mapping[str, Any]


@dataclass(slots=True)
class HouseholdFile:
    """What is read along the way: rows that were left out, and columns that nobody knows."""

    path: Path
    problems: list[Problem] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    def households(self) -> Iterator[tuple[str, Household]]:
        """Every readable household with its id (else its row number), in order of the file."""
        lines = _json_lines if self.path.suffix.lower() in (".jsonl", ".ndjson", ".json") else _csv_rows
        with self.path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            for number, row in lines(file):
                home = self._read(number, row)
                if home is not None and row is not None:
                    yield str(row.get("id") or number), home

    def _read(self, number: int, row: Row | None) -> Household | None:
        if row is None:
            self.problems.append(_problem("line-unreadable", self.path.name, number, "", ""))
            return None
        try:
            values = {}
            for name, value in row.items():
                if name not in _READ:
                    self.unknown.add(name)
                elif value is not None and value != "":
                    values[name] = _READ[name](value)
            return household_of(values)
        except _Unreadable as bad:
            self.problems.append(_problem("value-unreadable", self.path.name, number, bad.column, bad.value))
        return None


class _Unreadable(ValueError):
    """A value that does not fit its field."""

    def __init__(self, column: str, value: object) -> None:
        super().__init__(column)
        self.column, self.value = column, str(value)


def household_of(values: dict[str, Any]) -> Household:
    """A household from read values; `income_low` and `income_high` and the like become one span."""
    values.pop("id", None)
    for name in _SPANS:
        if f"{name}_low" in values or f"{name}_high" in values:
            low, high = values.pop(f"{name}_low", 0), values.pop(f"{name}_high", 10**12)
            values[name] = Span(low, high)
    return Household(**values)


def _json_lines(file: Any) -> Iterator[tuple[int, Row | None]]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            row = load_json(line)
        except ValueError:
            row = None
        yield number, row if isinstance(row, dict) else None


def _csv_rows(file: Any) -> Iterator[tuple[int, Row | None]]:
    head = file.readline()
    separator = max(",;\t", key=head.count)
    names = next(csv.reader([head], delimiter=separator), [])
    reader = csv.reader(file, delimiter=separator)
    for number, cells in enumerate(reader, start=2):
        if cells:
            yield number, dict(zip((name.strip() for name in names), cells, strict=False))


def _said(value: object) -> bool:
    return value is not None and value != ""


# --- one value -------------------------------------------------------------------------------------------------

_DIGITS = 14
"""Of an amount in cents; nobody's income has more, and a number of thousands of digits fits in no sum."""
_YES, _NO = ("ja", "j", "yes", "y", "true", "1"), ("nee", "n", "no", "false", "0")


def _amount(name: str) -> Callable[[object], int]:
    def read(value: object) -> int:
        cents: int | None = None
        if type(value) is int:
            cents = value * 100
        elif isinstance(value, Decimal) and value.adjusted() < _DIGITS:
            cents = int(value * 100) if value * 100 == int(value * 100) else None
        elif isinstance(value, str):
            cents = parse_euros(value)
        if cents is None or not 0 <= cents < 10**_DIGITS:
            raise _Unreadable(name, value)
        return cents

    return read


def _span(name: str) -> Callable[[object], Span]:
    amount = _amount(name)
    return lambda value: exactly(amount(value))


def _count(name: str) -> Callable[[object], int]:
    def read(value: object) -> int:
        try:
            number = int(str(value))
        except ValueError:
            raise _Unreadable(name, value) from None
        if number < 1:
            raise _Unreadable(name, value)
        return number

    return read


def _flag(name: str) -> Callable[[object], bool]:
    def read(value: object) -> bool:
        if isinstance(value, bool):
            return value
        said = str(value).strip().lower()
        if said not in _YES + _NO:
            raise _Unreadable(name, value)
        return said in _YES

    return read


def _day(name: str) -> Callable[[object], date]:
    def read(value: object) -> date:
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise _Unreadable(name, value) from None

    return read


def _parts(value: object) -> list[Any]:
    """A list as JSON writes it, or a cell with parts between spaces; `-` and `geen` are an empty list."""
    if isinstance(value, list):
        return value
    return [] if str(value).strip() in ("-", "0", "geen", "none") else str(value).split()


def _days(name: str) -> Callable[[object], tuple[date, ...]]:
    day = _day(name)
    return lambda value: tuple(day(one) for one in _parts(value))


def _receives(value: object) -> frozenset[Scheme]:
    try:
        return frozenset(Scheme(str(one)) for one in _parts(value))
    except ValueError:
        raise _Unreadable("receives", value) from None


def _insured(value: object) -> Insured:
    try:
        return Insured(str(value))
    except ValueError:
        raise _Unreadable("insured", value) from None


def _others(value: object) -> tuple[CoResident, ...]:
    found = _parts(value)
    if not all(isinstance(one, dict) for one in found):
        raise _Unreadable("others", value)
    return tuple(_co_resident(one) for one in found)


def _co_resident(one: Row) -> CoResident:
    flags = {name: _flag(name)(one.get(name, False)) for name in ("child", "student", "commercial", "rich")}
    born = _day("born")(one["born"]) if _said(one.get("born")) else None
    income = exactly(_amount("income")(one["income"])) if _said(one.get("income")) else None
    return CoResident(born=born, income=income, **flags)


def _care_hours(value: object) -> tuple[CareHours, ...]:
    kinds = ("dagopvang", "bso", "gastouder")
    found = _parts(value)
    if not all(isinstance(one, dict) and one.get("kind") in kinds for one in found):
        raise _Unreadable("care_hours", value)
    try:
        return tuple(
            CareHours(kind=one["kind"], hours=_hundredths(one["hours"]), rate=_amount("rate")(one["rate"]))
            for one in found
        )
    except (KeyError, InvalidOperation):
        raise _Unreadable("care_hours", value) from None


def _hundredths(value: object) -> int:
    return int(Decimal(str(value)) * 100)


_SPANS = ("income", "net_income", "assets")
_READ: Mapping[str, Callable[[Any], Any]] = {
    "id": str,
    **{name: _amount(name) for name in ("rent", "service_costs", "after_seizure", "energy_bill")},
    **{f"{name}_{end}": _amount(f"{name}_{end}") for name in _SPANS for end in ("low", "high")},
    **{name: _span(name) for name in _SPANS},
    **{
        name: _flag(name)
        for name in (
            "independent_home", "adapted_home", "partner", "childcare", "long_low_income", "special_costs", "study",
            "seizure",
        )
    },
    "size": _count("size"),
    "municipality": str,
    "receives": _receives,
    "born": _day("born"),
    "partner_born": _day("partner_born"),
    "children": _days("children"),
    "others": _others,
    "insured": _insured,
    "care_hours": _care_hours,
}  # fmt: skip


def _problem(code: str, source: str, row: int, column: str, value: str) -> Problem:
    return Problem(
        code,
        Words("Dit is niet te lezen; dit huishouden telt niet mee.",
              "This cannot be read; this household is left out."),
        Words("Kijk in de hulptekst hoe dit veld wordt geschreven.", "See in the help text how this field is written."),
        source, row, column, value[:80],
    )  # fmt: skip
