"""A strict reader of TOML: every key is asked for by name, and what nobody asked for is a Problem.

A misspelt key would otherwise switch a rule off without anybody noticing. Problems name the line of the
table.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from voordeur.adapters.nested import load_toml
from voordeur.core.money import parse_euros
from voordeur.core.policy import placeholders
from voordeur.core.problems import Problem
from voordeur.core.words import Words

TRUST = ("verified", "secondary", "unverified", "choice")
"""Trust marks: read in the source itself, in a source that cites it, from memory, or chosen by us."""


@dataclass(slots=True)
class Reading:
    """The problems found so far in one file, and where its tables start."""

    source: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: Words,
        cure: Words,
        row: int | None = None,
        column: str = "",
        value: str = "",
    ) -> None:
        """Note one problem; the file as a whole cannot be used."""
        self.problems.append(Problem(code, message, cure, self.source, row, column, value[:80], fatal=True))

    def line(self, header: str, at: int) -> int | None:
        """The line of the `at`-th table with this header, from 1; None when it is not written as a table."""
        wanted = (f"[[{header}]]", f"[{header}]")
        lines = [n for n, line in enumerate(self.text.splitlines(), 1) if line.strip() in wanted]
        return lines[at] if at < len(lines) else None


def open_toml(text: str, source: str) -> tuple[Reading, "Table | None"]:
    """The top table of a TOML text, with the reading that gathers its problems; None when it is no TOML."""
    reading = Reading(source, text)
    try:
        return reading, Table(reading, load_toml(text), None, "")
    except tomllib.TOMLDecodeError as error:
        reading.add(
            "not-toml",
            Words("Het bestand is geen geldige TOML.", "The file is not valid TOML."),
            Words(f"De lezer zegt: {error}.", f"The reader says: {error}."),
        )
        return reading, None


class Table:
    """One TOML table, asked for its keys one by one; `close` makes a Problem of every key not asked for."""

    def __init__(self, reading: Reading, values: Mapping[str, object], row: int | None, place: str) -> None:
        self._reading, self._values, self._row, self._place = reading, values, row, place
        self._asked: set[str] = set()

    def problem(self, code: str, message: Words, cure: Words, key: str = "", value: object = "") -> None:
        """Note a problem of this table, at `key`."""
        place = " ".join(part for part in (self._place, key) if part)
        self._reading.add(code, message, cure, self._row, place, str(value))

    def close(self) -> None:
        """Every key that was not asked for is unknown."""
        for key in sorted(set(self._values) - self._asked):
            self.problem(
                "unknown-key",
                Words("Deze sleutel kennen we niet.", "We do not know this key."),
                Words("Verbeter de naam of haal de regel weg.", "Correct the name or take the line out."),
                key,
            )

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self._get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._wrong(key, value, Words("een tekst", "a text"))
        return ""

    def texts(self, key: str) -> list[str]:
        """A list of texts that must be there; it may be empty."""
        value = self._get(key)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return value
        self._wrong(key, value, Words("een lijst met teksten", "a list of texts"))
        return []

    def number(self, key: str, *, optional: bool = False) -> int | None:
        """A whole number."""
        value = self._get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if value is not None or not optional:
            self._wrong(key, value, Words("een heel getal", "a whole number"))
        return None

    def has(self, key: str) -> bool:
        """Is there a value under this key? Asking does not make it a known key."""
        return key in self._values

    def decimal(self, key: str, places: int) -> int | None:
        """A number written as text (`"13,73"`), in units of 10 to the power -`places`; more decimals are refused."""
        value = self._get(key)
        try:
            exact = Decimal(value.replace(",", ".")).scaleb(places) if isinstance(value, str) else None
        except InvalidOperation:
            exact = None
        if exact is not None and exact.is_finite() and exact == exact.to_integral_value():
            return int(exact)
        self._wrong(
            key, value, Words('een getal als tekst, zoals "13,73"', 'a number as text, such as "13,73"')
        )
        return None

    def flag(self, key: str) -> bool:
        """True or false; false when the key is not there."""
        value = self._get(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, value, Words("true of false", "true or false"))
        return value is True

    def euros(self, key: str) -> int | None:
        """An amount in euros, written as text; the answer is cents."""
        value = self._get(key)
        cents = parse_euros(value) if isinstance(value, str) else None
        if cents is None:
            self._wrong(key, value, Words('een bedrag, zoals "50,00"', 'an amount, such as "50,00"'))
        return cents

    def day(self, key: str, *, optional: bool = False) -> date | None:
        """A date without a time."""
        value = self._get(key)
        if type(value) is date:
            return value
        if value is not None or not optional:
            self._wrong(key, value, Words("een datum, zoals 2026-01-31", "a date, such as 2026-01-31"))
        return None

    def days(self, key: str) -> list[date]:
        """A list of dates; empty when the key is not there."""
        value = self._get(key)
        if isinstance(value, list) and all(type(one) is date for one in value):
            return value
        if value is not None:
            self._wrong(key, value, Words("een lijst met datums", "a list of dates"))
        return []

    def month_day(self, key: str) -> tuple[int, int] | None:
        """A day of the year as `"04-27"`; None when the key is not there. 29 February is refused."""
        value = self._get(key)
        if value is None:
            return None
        try:
            day = date.fromisoformat(f"2001-{value}")
        except ValueError:
            self._wrong(key, value, Words('een dag, zoals "04-27"', 'a day, such as "04-27"'))
            return None
        return day.month, day.day

    def choice(self, key: str, allowed: Sequence[str]) -> str | None:
        """One of a closed list of texts."""
        value = self._get(key)
        if isinstance(value, str) and value in allowed:
            return value
        said = ", ".join(allowed)
        self._wrong(key, value, Words(f"een van: {said}", f"one of: {said}"))
        return None

    def words(self, known: Sequence[str] = ()) -> Words:
        """The sentences under `nl` and `en`; what stands between braces must be in `known`."""
        said = Words(self.text("nl"), self.text("en"))
        for key, text in (("nl", said.nl), ("en", said.en)):
            unknown = [name for name in placeholders(text) if name not in known]
            if unknown or text.count("{") != len(placeholders(text)) or text.count("}") != text.count("{"):
                names = ", ".join(known)
                self._wrong(
                    key, text, Words(f"tussen accolades een van: {names}", f"in braces one of: {names}")
                )
        return said

    def source(self) -> tuple[str, str]:
        """Source and trust mark, which every table with a value must have."""
        return self.text("source"), self.choice("trust", TRUST) or ""

    def table(self, key: str) -> "Table":
        """The table under `key`; an empty one, with a Problem, when it is not there."""
        value = self._get(key)
        place = f"{self._place}.{key}" if self._place else key
        if not isinstance(value, dict):
            self._wrong(key, value, Words("een tabel", "a table"))
            return Table(Reading("", ""), {}, None, place)  # its own problems would only repeat this one
        return Table(self._reading, value, self._reading.line(place, 0), place)

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables under `[[key]]`, in order; at least one must be there."""
        value = self._get(key)
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
            self._wrong(key, value, Words(f"een of meer tabellen [[{key}]]", f"one or more tables [[{key}]]"))
            return
        for at, one in enumerate(value):
            named = one.get("name")
            place = f"{key} {named if isinstance(named, str) else at + 1}"
            yield Table(self._reading, one, self._reading.line(key, at), place)

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)

    def _wrong(self, key: str, value: object, wanted: Words) -> None:
        missing = value is None
        self.problem(
            "missing-key" if missing else "wrong-value",
            Words("Dit ontbreekt.", "This is missing.") if missing
            else Words("Deze waarde past hier niet.", "This value does not fit here."),
            Words(f"Vul in: {wanted.nl}.", f"Fill in: {wanted.en}."),
            key,
            "" if missing else value,
        )  # fmt: skip
