"""The shape of a ledger that the compiled passes read: a few columns of 32 bits, whole tenancies in replay order.

| column | type | meaning |
| --- | --- | --- |
| tenancy | any Arrow type that can be ordered | ascending; all rows of a tenancy stand together |
| date | date32 | the day it counts; within a tenancy rows stand in replay order (date, sequence, kind, ..., id) |
| due | date32 | charges: the day it must be paid; all other kinds: the same as `date` |
| kind | int32 | 1 charge, 2 payment, 3 reversal, 4 refund, 5 correction, 6 write-off |
| amount | int32 | cents, positive; a correction is signed |
| refers | int32 | 0, or how many rows further (negative: back) the entry stands that this one names: a payment the charge it designates, a reversal the payment it undoes, a charge its claim. Beyond the tenancy: something that is not in this ledger |
| component | int32, may be left out | 1 rent, 2 service, 3 other, 4 costs, 5 interest; left out: all rent |
| known | date32, may be left out | the day we knew it; left out: `date` |

No column may hold an empty value. Distances instead of row numbers keep rows right when a file is cut up or joined
between two tenancies. `packing.py` makes this shape of a ledger with ids.
"""  # noqa: E501

from collections.abc import Collection
from typing import Any, NamedTuple, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy import uint64

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.engine.compiled import compiled, frozen, inlined
from voordeur.engine.memory import CHARGE, CORRECTION, INTEREST, WRITE_OFF, Rows

DAY = pa.date32()
CODE = pa.int32()
NEEDED = {"date": DAY, "due": DAY, "kind": CODE, "amount": CODE, "refers": CODE}
OPTIONAL = {"component": CODE, "known": DAY}
MOST = (1 << 31) - 1
"""The largest amount of one entry in cents: over 21 million euro is a slip of the pen."""
_NOTHING = frozen([], np.int32)
_AT_ONCE = 32
"""Keys that are compared at once."""


class Ledger(NamedTuple):
    """A batch of whole tenancies, of which the values are still to be checked: a pass does that while it is there."""

    tenancies: pa.Array
    """The key of each tenancy."""
    keys: pa.Array
    """The key of the tenancy of each row."""
    starts: Any
    """The row with which each tenancy begins, and the number of rows: int64."""
    rows: Rows
    source: str
    """What the batch is called in a Problem."""

    @property
    def longest(self) -> int:
        """The number of entries of the tenancy that has most."""
        return int(np.diff(self.starts).max(initial=0))


def schema(tenancy: pa.DataType, *, component: bool = True, known: bool = True) -> pa.Schema:
    """The schema above, with this type of tenancy key."""
    fields = [pa.field("tenancy", tenancy, nullable=False)]
    wanted = NEEDED | {
        name: type_ for name, type_ in OPTIONAL.items() if {"component": component, "known": known}[name]
    }
    return pa.schema(fields + [pa.field(name, type_, nullable=False) for name, type_ in wanted.items()])


def is_packed(columns: Collection[str]) -> bool:
    """True when a table with these columns has the shape above, whatever the types: `ledger` checks those."""
    return "refers" in columns


def ledger(batch: "pa.RecordBatch | pa.Table", *, with_known: bool = False, source: str = "") -> Ledger:
    """The columns of a batch of whole tenancies. Nothing is copied.

    Refused when a column is missing or of another type, or when tenancies are not in order. Impossible values, and
    rows that go back in time, are found by the pass: it calls `is_faulty` just before it replays a tenancy, and then
    `refuse_faults` says what is wrong. A wrong order would give wrong answers without anybody noticing.
    """
    if batch.num_rows == 0:
        empty = Rows(*[_NOTHING] * 7)
        none = _one_array(batch.column("tenancy"))
        return Ledger(none, none, np.zeros(1, np.int64), empty, source)
    wanted = [*NEEDED, "component", *(["known"] if with_known else [])]
    rows = Rows(
        **dict.fromkeys(OPTIONAL, _NOTHING), **{name: _column(batch, name, source) for name in NEEDED}
    )
    extra = {
        name: _column(batch, name, source)
        for name in wanted
        if name in OPTIONAL and name in batch.schema.names
    }
    rows = rows._replace(**extra)
    if with_known and len(rows.known) == 0:
        rows = rows._replace(known=rows.date)
    keys = _one_array(batch.column("tenancy"))
    tenancies, starts = _runs(keys, source)
    return Ledger(tenancies, keys, starts, rows, source)


def _one_array(column: "pa.Array | pa.ChunkedArray") -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column


def _column(batch: "pa.RecordBatch | pa.Table", name: str, source: str) -> Any:
    wanted = (NEEDED | OPTIONAL)[name]
    if name not in batch.schema.names:
        raise Refused(_shape_problem(name, source, str(wanted)))
    column = _one_array(batch.column(name))
    if column.type != wanted or column.null_count:
        raise Refused(_shape_problem(name, source, str(wanted)))
    return frozen(column.view(CODE).to_numpy(), np.int32)


def _runs(keys: pa.Array, source: str) -> tuple[pa.Array, Any]:
    """The distinct keys in order, and where each begins. Refused when keys do not ascend."""
    if keys.null_count:
        raise Refused(_shape_problem("tenancy", source, str(keys.type)))
    if keys.type in (pa.int32(), pa.int64()):
        values = frozen(keys.to_numpy(), np.int32 if keys.type == pa.int32() else np.int64)
        room = np.empty(len(values) + 1, np.int64)
        count = find_runs(values, room)
        if count < 0:
            raise Refused(unsorted_problem(source))
        starts = room[: count + 1].copy()
        return keys.take(pa.array(starts[:-1])), starts
    if pa.types.is_dictionary(keys.type):
        keys = keys.dictionary_decode()
    runs = pc.run_end_encode(keys, run_end_type=pa.int64())
    values = runs.values
    if len(values) > 1 and not pc.all(pc.less(values[:-1], values[1:])).as_py():
        raise Refused(unsorted_problem(source))
    return values, np.concatenate([np.zeros(1, np.int64), runs.run_ends.to_numpy()])


@compiled
def find_runs(keys: Any, starts: Any) -> Any:
    """Write where each run of equal keys begins, and the length; the number of runs. -1 when a key is too small."""
    count, before = 1, keys[0]
    starts[0] = 0
    i = uint64(0)
    while i < len(keys):
        end = min(i + uint64(_AT_ONCE), uint64(len(keys)))
        another = before ^ before
        for at in range(i, end):
            another |= keys[at] ^ before
        if another != 0:
            for at in range(i, end):
                if keys[at] < before:
                    return -1
                if keys[at] > before:
                    before = keys[at]
                    starts[count] = at
                    count += 1
        i = end
    starts[count] = len(keys)
    return count


@inlined
def is_faulty(rows: Rows, start: Any, end: Any) -> Any:
    """True when something in the rows of one tenancy cannot be, so that it must not be replayed."""
    faults = np.int32(0)
    for i in range(start, end):
        kind, amount = rows.kind[i], rows.amount[i]
        faults |= np.int32((kind < CHARGE) | (kind > WRITE_OFF))
        faults |= np.int32((amount < 0) & ((kind != CORRECTION) | (amount < -MOST)))
        faults |= np.int32((kind != CHARGE) & (rows.due[i] != rows.date[i]))
    for i in range(start + uint64(1), end):
        faults |= np.int32(rows.date[i] < rows.date[i - uint64(1)])
    if len(rows.component) > 0:
        for i in range(start, end):
            faults |= np.int32((rows.component[i] < 1) | (rows.component[i] > INTEREST))
    return faults != 0


@compiled
def find_faults(rows: Rows, starts: Any) -> Any:
    """(rows that go back in time within a tenancy, bad kinds, bad amounts, due days that are not charges')."""
    back, kinds, amounts, dues = np.int32(0), np.int32(0), np.int32(0), np.int32(0)
    before = rows.date[0]
    for i in range(len(rows.date)):
        kind, amount, day = rows.kind[i], rows.amount[i], rows.date[i]
        back = np.int32(back + np.int32(day < before))
        kinds = np.int32(kinds + np.int32((kind < CHARGE) | (kind > WRITE_OFF)))
        amounts = np.int32(amounts + np.int32((amount < 0) & ((kind != CORRECTION) | (amount < -MOST))))
        dues = np.int32(dues + np.int32((kind != CHARGE) & (rows.due[i] != day)))
        before = day
    for tenancy in range(1, len(starts) - 1):
        back -= rows.date[starts[tenancy]] < rows.date[starts[tenancy] - 1]
    for component in rows.component:
        kinds = np.int32(kinds + np.int32((component < 1) | (component > INTEREST)))
    return back, kinds, amounts, dues


def refuse_faults(batch: Ledger) -> NoReturn:
    """Say what is wrong with a batch in which a pass found something wrong. Always Refused."""
    back, kinds, amounts, dues = find_faults(batch.rows, batch.starts)
    if back:
        raise Refused(unsorted_problem(batch.source))
    column, count = next(one for one in (("kind", kinds), ("amount", amounts), ("due", dues)) if one[1])
    raise Refused(_value_problem(column, int(count), batch.source))


def unsorted_problem(source: str) -> Problem:
    """The rows are not in the order that a pass needs."""
    return Problem(
        "ledger-not-sorted",
        Words(
            "De regels staan niet op volgorde van huurovereenkomst en datum.",
            "The rows are not in order of tenancy and date.",
        ),
        Words(
            "Sorteer het bestand op tenancy, date, sequence en kind, of geef het met de kolom id.",
            "Sort the file by tenancy, date, sequence and kind, or give it with the column id.",
        ),
        source=source,
        fatal=True,
    )


def _shape_problem(column: str, source: str, type_: str) -> Problem:
    return Problem(
        "ledger-shape",
        Words(
            f"De kolom {column} ontbreekt, heeft een ander type dan {type_} of heeft lege cellen.",
            f"The column {column} is missing, is of another type than {type_} or has empty cells.",
        ),
        Words(
            "Maak het bestand opnieuw, of geef een grootboek met de kolommen id, tenancy, date, kind en amount.",
            "Make the file again, or give a ledger with the columns id, tenancy, date, kind and amount.",
        ),
        source=source,
        column=column,
        fatal=True,
    )


def _value_problem(column: str, count: int, source: str) -> Problem:
    return Problem(
        "ledger-value",
        Words(
            f"In {count} rijen kan de waarde in {column} niet bestaan.",
            f"In {count} rows the value in {column} cannot exist.",
        ),
        Words(
            "Een soort is 1 tot en met 6, een bedrag is positief (behalve een correctie), alleen een huurregel heeft een eigen vervaldag.",  # noqa: E501
            "A kind is 1 to 6, an amount is positive (except a correction), only a charge has a due day of its own.",
        ),
        source=source,
        column=column,
        fatal=True,
    )
