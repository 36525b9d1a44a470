"""Reads the columns of a table with a ledger in it, of whatever Arrow type, and gathers what cannot be read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.engine.columns import MOST
from voordeur.engine.memory import NO_DAY
from voordeur.engine.resolve import NONE

LISTED = 100
"""So many problems are listed one by one; more do not make a file clearer."""
_DAY_TEXT = r"^\d{4}-\d{2}-\d{2}$"
_EUROS_TEXT = r"^[+-]?\d{1,13}(\.\d{1,2})?$"
_EUROS = pa.decimal128(18, 2)


class Cells:
    """The columns of one table. Values that cannot be read become Problems; `check` refuses the table for them."""

    def __init__(self, table: pa.Table, source: str, first_row: int) -> None:
        self._table, self._source, self._first_row = table, source, first_row
        self._problems: list[Problem] = []
        self.length = table.num_rows

    def has(self, name: str) -> bool:
        """True when the table has this column."""
        return name in self._table.schema.names

    def column(self, name: str) -> pa.Array:
        """One column as it is. Refused when it is not there."""
        if not self.has(name):
            raise Refused(_missing(name, self._source))
        column = self._table[name]
        column = (
            column.chunk(0)
            if column.num_chunks == 1
            else pa.concat_arrays([*column.chunks, pa.array([], column.type)])
        )
        return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column

    def check(self) -> None:
        """Refused when anything could not be read."""
        if self._problems:
            raise Refused(self._problems[:LISTED])

    def needed(self, name: str) -> pa.Array:
        """A column in which every cell must be filled."""
        column = self.column(name)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            self._note(name, column, pc.equal(pc.fill_null(column, ""), ""), _EMPTY)
        else:
            self._note(name, column, pc.is_null(column), _EMPTY)
        return column

    def days(self, name: str, *, needed: bool = False) -> Any:
        """Days since 1970 as int32, NO_DAY where empty (or everywhere when the column is not there)."""
        if not needed and not self.has(name):
            return np.full(self.length, NO_DAY, np.int32)
        column = self.needed(name) if needed else self.column(name)
        if column.null_count == self.length:
            return np.full(self.length, NO_DAY, np.int32)
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = self._days_of_text(name, column)
        elif not pa.types.is_date32(column.type):
            try:
                column = column.cast(pa.date32(), safe=False)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
                self._note(name, column, pa.array(np.ones(self.length, bool)), _DAY)
                return np.full(self.length, NO_DAY, np.int32)
        return pc.fill_null(column.view(pa.int32()), NO_DAY).to_numpy()

    def _days_of_text(self, name: str, column: pa.Array) -> pa.Array:
        empty = pc.equal(column, "")
        shaped = pc.match_substring_regex(column, _DAY_TEXT)
        self._note(name, column, pc.and_not(pc.invert(shaped), empty), _DAY)
        column = pc.if_else(shaped, column, pa.scalar(None, column.type))
        try:
            return column.cast(pa.date32())
        except pa.ArrowInvalid:  # a day such as 31 February: find out which
            real = np.array([_is_day(text) for text in column.to_pylist()])
            self._note(name, column, pa.array(~real), _DAY)
            return pa.nulls(len(column), pa.date32())

    def codes(self, name: str, mapping: Mapping[str, int], default: int | None = None) -> Any:
        """Codes as int32, from their names or as numbers. Empty cells get `default`, or are a problem without one."""
        if default is not None and not self.has(name):
            return np.full(self.length, default, np.int32)
        column = self.column(name)
        if pa.types.is_integer(column.type):
            codes = pc.fill_null(column, 0).cast(pa.int64()).to_numpy()
            codes = np.where((codes < 0) | (codes > len(mapping)), -1, codes)
        else:
            encoded = pc.dictionary_encode(pc.fill_null(column.cast(pa.string()), ""))
            meaning = [0 if text == "" else mapping.get(text, -1) for text in encoded.dictionary.to_pylist()]
            codes = (
                np.array(meaning, np.int64)[encoded.indices.to_numpy()]
                if len(column)
                else np.zeros(0, np.int64)
            )
        wrong = codes < 0 if default is not None else codes <= 0
        self._note(name, column, pa.array(wrong), _code_problem(mapping))
        return np.where(codes == 0, default or 0, codes).astype(np.int32)

    def amounts(self, name: str, may_be_negative: Any) -> Any:
        """Cents as int32: whole numbers are cents, decimals and text are euros with a point."""
        column = self.needed(name)
        if pa.types.is_integer(column.type):
            cents = pc.fill_null(column, 0).cast(pa.int64()).to_numpy()
        else:
            cents = _cents(self._euros(name, column))
        self._note(name, column, pa.array((cents < 0) & ~may_be_negative), _SIGN)
        self._note(name, column, pa.array(np.abs(cents) > MOST), _TOO_LARGE)
        return np.clip(cents, -MOST, MOST).astype(np.int32)

    def _euros(self, name: str, column: pa.Array) -> pa.Array:
        """Decimals with two places; a cell that is no amount is noted and becomes 0."""
        if pa.types.is_floating(column.type):
            column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
            near = pc.less(pc.abs(pc.subtract(pc.round(column, 2), column)), 1e-6)
            self._note(name, column, pc.invert(pc.fill_null(near, False)), _AMOUNT)
            column = pc.round(column, 2).cast(_EUROS, safe=False)
        elif pa.types.is_decimal(column.type):
            near = pc.equal(pc.round(column, 2), column)
            self._note(name, column, pc.invert(pc.fill_null(near, True)), _AMOUNT)
            column = pc.round(column, 2).cast(_EUROS)
        else:
            text = column.cast(pa.string())
            shaped = pc.match_substring_regex(text, _EUROS_TEXT)
            empty = pc.equal(text, "")
            self._note(name, text, pc.and_not(pc.invert(shaped), empty), _AMOUNT)
            column = pc.if_else(shaped, text, pa.scalar(None, pa.string())).cast(_EUROS)
        return pc.fill_null(column, pa.scalar(Decimal(0), _EUROS))

    def ids(self, names: tuple[str, ...]) -> tuple[list[Any], bool]:
        """Ids as 64-bit numbers, NONE where empty, the same id the same number; and whether they were text.

        Numbers of text ids say nothing about their order; see `in_order_of_text`.
        """
        columns = {
            name: self.needed(name) if name == "id" else self.column(name) for name in names if self.has(name)
        }
        if "id" not in columns:
            raise Refused(_missing("id", self._source))
        text = not all(
            pa.types.is_integer(column.type) or pa.types.is_null(column.type) for column in columns.values()
        )
        if text:
            return [self._text_codes(name, columns) for name in names], True
        return [self._numbers(columns.get(name)) for name in names], False

    def _numbers(self, column: pa.Array | None) -> Any:
        if column is None or pa.types.is_null(column.type):
            return np.full(self.length, NONE)
        return pc.fill_null(column.cast(pa.int64()), NONE).to_numpy()

    def _text_codes(self, name: str, columns: dict[str, pa.Array]) -> Any:
        if name not in columns:
            return np.full(self.length, NONE)
        if not hasattr(self, "_id_texts"):
            texts = pa.concat_arrays([_as_text(column) for column in columns.values()])
            self._id_texts = pc.dictionary_encode(texts)
        at = list(columns).index(name) * self.length
        codes = self._id_texts.indices.slice(at, self.length)
        return pc.fill_null(codes.cast(pa.int64()), NONE).to_numpy()

    def in_order_of_text(self, codes: Any) -> Any:
        """Numbers for the codes of text ids that are in the order of the texts."""
        order = pc.sort_indices(self._id_texts.dictionary).to_numpy()
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return np.where(codes == NONE, NONE, rank[np.maximum(codes, 0)])

    def note_double(self, row: int) -> None:
        """An id that comes twice in one tenancy."""
        wrong = np.zeros(self.length, bool)
        wrong[row] = True
        self._note("id", self.column("id"), pa.array(wrong), _DOUBLE)

    def _note(self, name: str, column: pa.Array, wrong: pa.Array, said: "tuple[str, Words, Words]") -> None:
        if not pc.any(wrong).as_py():
            return
        for row in np.flatnonzero(pc.fill_null(wrong, False).to_numpy(zero_copy_only=False))[:LISTED]:
            value = column[int(row)].as_py()
            code, message, cure = said
            self._problems.append(
                Problem(
                    code,
                    message,
                    cure,
                    source=self._source,
                    row=self._first_row + int(row),
                    column=name,
                    value="" if value is None else str(value)[:80],
                )
            )


def _as_text(column: pa.Array) -> pa.Array:
    text = column.cast(pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _cents(euros: pa.Array) -> Any:
    """A decimal with two places is stored as its cents in 128 bits; the amounts here fit in the first 64."""
    words = np.frombuffer(euros.buffers()[1], np.int64)
    return words[2 * euros.offset : 2 * (euros.offset + len(euros)) : 2].copy()


def _is_day(text: str | None) -> bool:
    try:
        return text is None or bool(np.datetime64(text, "D"))
    except ValueError:
        return False


def _missing(name: str, source: str) -> Problem:
    return Problem(
        "column-missing",
        Words(f"De kolom {name} ontbreekt.", f"The column {name} is missing."),
        Words(
            "Een grootboek heeft minstens de kolommen id, tenancy, date, kind en amount.",
            "A ledger has at least the columns id, tenancy, date, kind and amount.",
        ),
        source=source,
        column=name,
        fatal=True,
    )


def _code_problem(mapping: Mapping[str, int]) -> tuple[str, Words, Words]:
    known = ", ".join(mapping)
    return (
        "unknown-word",
        Words("Dit woord kennen wij niet.", "This word is not known."),
        Words(f"Kies uit: {known}.", f"Choose from: {known}."),
    )


_EMPTY = (
    "empty-cell",
    Words("Deze cel is leeg.", "This cell is empty."),
    Words("Vul de cel.", "Fill the cell."),
)
_DAY = (
    "not-a-day",
    Words("Dit is geen datum.", "This is not a date."),
    Words("Schrijf een datum als 2026-03-31.", "Write a date as 2026-03-31."),
)
_AMOUNT = (
    "not-an-amount",
    Words("Dit is geen bedrag in hele centen.", "This is not an amount in whole cents."),
    Words(
        "Schrijf een bedrag in euro's met een punt, als 512.75.",
        "Write an amount in euros with a point, as 512.75.",
    ),
)
_SIGN = (
    "negative-amount",
    Words("Alleen een correctie mag een minteken hebben.", "Only a correction may have a minus sign."),
    Words(
        "Haal het minteken weg of maak er een correctie van.",
        "Remove the minus sign or make it a correction.",
    ),
)
_TOO_LARGE = (
    "amount-too-large",
    Words(
        "Een bedrag boven 21 miljoen euro in één regel kan niet.",
        "More than 21 million euro in one row cannot be.",
    ),
    Words("Kijk het bedrag na.", "Check the amount."),
)
_DOUBLE = (
    "double-id",
    Words("Dit id staat twee keer bij deze huurovereenkomst.", "This id stands twice in this tenancy."),
    Words("Geef elke regel een eigen id.", "Give each row an id of its own."),
)
