"""From a ledger with ids to the packed shape of `columns.py`: checked, sorted, ids made distances between rows.

| column | meaning |
| --- | --- |
| tenancy | key of the tenancy; any text or whole number |
| id | unique within its tenancy; any text or whole number |
| date | the day it counts |
| kind | charge, payment, reversal, refund, correction, write_off, or 1 to 6 in that order |
| amount | positive, a correction is signed. Whole numbers are cents; decimals and text (with a point) are euros |
| due | charges: the day it must be paid; empty: `date` |
| component | rent, service, other, costs, interest, or 1 to 5 in that order; empty: rent |
| designates, reverses, claim | id of the entry that is meant; empty: none |
| known | the day we knew it; empty: `date` |
| sequence | order within one day; without this column the order of the rows |
| period | payments: a day in the rent month that is meant; charges: a day in the month it is for |
| same_as | id of the entry that is the same money, seen before; such a row does not count |

From `due` on a column may be left out. Days are dates or text as 2026-03-31. A tenancy must be in one table.
"""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from voordeur.core.ledger import Component, Kind
from voordeur.engine.cells import Cells
from voordeur.engine.columns import DAY, find_runs, schema
from voordeur.engine.compiled import frozen
from voordeur.engine.memory import NO_DAY
from voordeur.engine.resolve import IN_ORDER, NONE, Named, replay_order, resolve

KIND_CODES = {kind.value: code for code, kind in enumerate(Kind, start=1)}
COMPONENT_CODES = {component.value: code for code, component in enumerate(Component, start=1)}
_IDS = ("id", "designates", "reverses", "claim", "same_as")


class Packed(NamedTuple):
    """A packed ledger, and of each of its rows the row of the table that it came from."""

    table: pa.Table
    came_from: Any


def pack(table: pa.Table, *, source: str = "", first_row: int = 2, unique_ids: bool = False) -> Packed:
    """Pack a ledger with ids. Refused, with all that is wrong, when a cell cannot be read or an id comes twice.

    `first_row` is the number of the first row in the source, as a spreadsheet shows it. With `unique_ids` (they are a
    primary key) it is not looked for ids that come twice.
    """
    cells = Cells(table, source, first_row)
    keys = cells.needed("tenancy")
    rows, text = _read(cells, keys)
    cells.check()
    came_from = np.arange(cells.length)
    state = replay_order(_frozen(rows), not text)
    if state != IN_ORDER and text:
        rows = rows._replace(**{name: cells.in_order_of_text(getattr(rows, name)) for name in _IDS})
        state = replay_order(_frozen(rows), True)
    if state != IN_ORDER:
        came_from = np.lexsort(
            (rows.id, rows.claim != NONE, rows.kind, rows.sequence, rows.date, rows.tenancy)
        )
        rows = Named(*(column[came_from] for column in rows))
    rows = _frozen(rows)
    if not unique_ids:
        _refuse_doubles(rows, came_from, cells)
    counts, refers = np.zeros(len(came_from), bool), np.zeros(len(came_from), np.int32)
    resolve(rows, _starts(rows.tenancy), counts, refers)
    came_from = came_from[counts]
    columns = [rows.date, rows.due, rows.kind, rows.amount, refers, rows.component, rows.known]
    tenancies = keys if len(came_from) == len(keys) and state == IN_ORDER else keys.take(pa.array(came_from))
    days = {"date", "due", "known"}
    shape = schema(keys.type)
    arrays = [
        pa.array(column[counts]).view(DAY) if field.name in days else pa.array(column[counts])
        for field, column in zip(list(shape)[1:], columns, strict=True)
    ]
    return Packed(pa.table([tenancies, *arrays], schema=shape), came_from)


def _read(cells: Cells, keys: pa.Array) -> tuple[Named, bool]:
    """The columns as numbers; and whether the ids are text."""
    kind = cells.codes("kind", KIND_CODES)
    date, due, known = cells.days("date", needed=True), cells.days("due"), cells.days("known")
    is_charge = kind == KIND_CODES["charge"]
    numbers, text = cells.ids(_IDS)
    by_row = np.arange(cells.length, dtype=np.int64)
    sequence = (
        pc.fill_null(cells.column("sequence"), 0).cast(pa.int64()).to_numpy()
        if cells.has("sequence")
        else by_row
    )
    rows = Named(
        _key_codes(keys),
        date,
        np.where(is_charge & (due != NO_DAY), due, date),
        kind,
        cells.amounts("amount", kind == KIND_CODES["correction"]),
        cells.codes("component", COMPONENT_CODES, COMPONENT_CODES["rent"]),
        np.where(known != NO_DAY, known, date),
        sequence,
        cells.days("period"),
        *numbers,
    )
    return rows, text


def _frozen(rows: Named) -> Named:
    wide = ("tenancy", "sequence", *_IDS)
    types = (np.int64 if name in wide else np.int32 for name in Named._fields)
    return Named(*(frozen(column, dtype) for column, dtype in zip(rows, types, strict=True)))


def _key_codes(keys: pa.Array) -> Any:
    """Numbers for the keys of tenancies, in the order of the keys."""
    if pa.types.is_integer(keys.type):
        return pc.fill_null(keys.cast(pa.int64()), 0).to_numpy()
    encoded = pc.dictionary_encode(keys)
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    codes = pc.fill_null(encoded.indices, 0).to_numpy()
    return rank[codes] if len(rank) else np.zeros(len(codes), np.int64)


def _starts(keys: Any) -> Any:
    if len(keys) == 0:
        return np.zeros(1, np.int64)
    room = np.empty(len(keys) + 1, np.int64)
    return room[: find_runs(keys, room) + 1]


def _refuse_doubles(rows: Named, came_from: Any, cells: Cells) -> None:
    if pc.count_distinct(pa.array(rows.id)).as_py() == len(rows.id):
        return
    order = np.lexsort((rows.id, rows.tenancy))
    key, id_ = rows.tenancy[order], rows.id[order]
    for at in np.flatnonzero((key[1:] == key[:-1]) & (id_[1:] == id_[:-1])):
        cells.note_double(int(came_from[order[at + 1]]))
    cells.check()
