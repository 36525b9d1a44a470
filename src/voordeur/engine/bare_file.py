"""A bare ledger file as the engine wants it: the columns of `adapters/ledger_file.py`, with the same meaning.

Only what is entirely in order is read here, in bulk. Of anything else the answer is None: then the adapter, which reads
row by row and can say what is wrong where, has to look. Amounts are euros, also in a column of whole numbers.
"""

import mmap
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from voordeur.core.problems import Refused
from voordeur.engine.columns import is_packed
from voordeur.engine.day import Answer, Question
from voordeur.engine.memory import CHARGE, CORRECTION, PAYMENT, REFUND, REVERSAL, WRITE_OFF
from voordeur.engine.packing import Packed, pack
from voordeur.engine.resolve import NOWHERE
from voordeur.engine.sources import ask_packed, ask_table

NEEDED = ("id", "tenancy", "date", "kind", "amount")
COLUMNS = (*NEEDED, "due", "designates", "reverses", "known", "component", "claim")
_DAYS = ("date", "due", "known")
_TEXT = pa.string()
_PAYS = pa.array(["payment", "correction", "write_off"])
_CENTS = pa.decimal128(21, 2)


class Noted(NamedTuple):
    """What was read in another way than a person might think."""

    code: str
    """unknown-charge, unknown-payment, unknown-claim."""
    times: int
    row: int
    """The first row, counted from 0."""
    value: str


def read_bare_csv(path: Path) -> pa.Table | None:
    """A CSV file of which every row has all its cells, without quotes; None for any other."""
    with path.open("rb") as raw, mmap.mmap(raw.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b'"') >= 0 or content.find(b"\r\n\r\n") >= 0 or content.find(b"\n\n") >= 0:
            return None
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = file.readline().rstrip("\r\n")
    sign = max(",;", key=lambda one: len({*_plain(header.split(one))} & {*COLUMNS}))
    names = header.split(sign)
    try:
        return pyarrow.csv.read_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(column_names=names, skip_rows=1),
            parse_options=pyarrow.csv.ParseOptions(delimiter=sign, quote_char=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, _TEXT), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def unknown_columns(names: list[str]) -> list[str]:
    """The columns that are not read."""
    return [name for name in names if name.strip().lower() not in COLUMNS]


def in_order(table: pa.Table) -> pa.Table | None:
    """The columns of a bare file as those of `packing.py`; None when somebody has to look at it."""
    names = _plain(table.schema.names)
    known = [name for name in names if name in COLUMNS]
    if len(set(known)) < len(known) or not {*NEEDED} <= {*known}:
        return None
    columns = {}
    for name in known:
        column = _read(name, table.column(names.index(name)))
        if column is None:
            return None
        columns[name] = column
    pays = pc.is_in(columns["kind"], value_set=_PAYS)
    charge = pc.equal(columns["kind"], "charge")
    meant = {"designates": pays, "reverses": pc.equal(columns["kind"], "reversal"), "claim": charge,
             "due": charge, "component": charge}  # fmt: skip
    for name, rows in meant.items():
        if name in columns:
            columns[name] = pc.if_else(rows, columns[name], pa.scalar(None, columns[name].type))
    zero = pc.and_(pc.less_equal(columns["amount"], 0), pc.not_equal(columns["kind"], "correction"))
    if pc.any(zero).as_py() or _odd(columns):
        return None
    return pa.table(columns)


def _odd(columns: dict[str, pa.ChunkedArray]) -> bool:
    """True when a correction that adds names a charge: that means nothing, but whether it is there must be said."""
    if "designates" not in columns:
        return False
    adds = pc.and_(pc.equal(columns["kind"], "correction"), pc.greater(columns["amount"], 0))
    names = pc.not_equal(pc.fill_null(columns["designates"].cast(_TEXT), ""), "")
    return bool(pc.any(pc.and_(adds, names)).as_py())


def _plain(names: list[str]) -> list[str]:
    return [name.strip().lower() for name in names]


def _read(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """One column as text, days or cents; None for a type that needs a closer look."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        text = pc.utf8_trim_whitespace(column.cast(_TEXT))
        if name == "amount":
            return _euros(text)
        return pc.utf8_lower(text) if name in ("kind", "component") else text
    if name in _DAYS:
        return column if pa.types.is_date32(kind) else None
    if name == "amount":
        exact = pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.scale <= 2)
        return _euros(column) if exact else None
    return column.cast(_TEXT) if pa.types.is_integer(kind) or pa.types.is_null(kind) else None


def _euros(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Euros of two decimals; None when a cell is empty or is no amount."""
    if (
        pa.types.is_string(column.type)
        and not pc.all(pc.match_substring_regex(column, r"^[+-]?[0-9]{1,13}(\.[0-9]{1,2})?$")).as_py()
    ):
        return None
    try:
        return None if column.null_count else column.cast(_CENTS)
    except pa.ArrowInvalid:
        return None


def ask_bare(table: pa.Table, question: Question, *, source: str = "") -> tuple[Answer, list[Noted]] | None:
    """Ask whole tenancies of a bare file (or of a packed ledger). None when somebody has to look at it.

    A designation of what is no charge of the tenancy is left out: the money goes to the oldest.
    """
    if is_packed(table.schema.names):
        return ask_table(table, question, source=source), []
    named = in_order(table)
    if named is None:
        return None
    try:
        packed = pack(named, source=source)
    except Refused:
        return None
    free, notes = _free(packed, named)
    return ask_packed(free, named["id"], question, source=source), notes


def _free(packed: Packed, named: pa.Table) -> tuple[Packed, list[Noted]]:
    """Money that names no charge is free; and what is to be said of it, and of other names that mean nothing."""
    kind, amount, refers = (packed.table[name].to_numpy() for name in ("kind", "amount", "refers"))
    owes = np.isin(kind, (CHARGE, REVERSAL, REFUND)) | ((kind == CORRECTION) & (amount > 0))
    there = (refers != 0) & (refers != NOWHERE)
    target = np.where(there, np.arange(len(refers)) + refers, np.arange(len(refers)))
    names_charge = there & owes[target]
    money = np.isin(kind, (PAYMENT, CORRECTION, WRITE_OFF))
    wrong = {
        "unknown-charge": ("designates", money & _filled(named, "designates", packed) & ~names_charge),
        "unknown-payment": ("reverses", (kind == REVERSAL) & ~(there & ~owes[target])),
        "unknown-claim": ("claim", (kind == CHARGE) & (refers != 0) & ~names_charge),
    }
    refers = np.where(wrong["unknown-charge"][1], 0, refers).astype(np.int32)
    at = packed.table.schema.get_field_index("refers")
    table = packed.table.set_column(at, packed.table.schema.field(at), pa.array(refers))
    notes = [_note(code, column, rows, packed, named) for code, (column, rows) in wrong.items() if rows.any()]
    return Packed(table, packed.came_from), sorted(notes, key=lambda one: one.row)


def _filled(named: pa.Table, column: str, packed: Packed) -> Any:
    if column not in named.schema.names:
        return np.zeros(len(packed.came_from), bool)
    text = pc.fill_null(named[column], "")
    return pc.not_equal(text, "").to_numpy()[packed.came_from]


def _note(code: str, column: str, rows: Any, packed: Packed, named: pa.Table) -> Noted:
    came_from = packed.came_from[rows]
    first = int(came_from.min())
    value = named[column][first].as_py() if column in named.schema.names else None
    return Noted(code, len(came_from), first, value or "")
