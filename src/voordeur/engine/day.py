"""How every tenancy stands on a day: the question, and the answer as Arrow tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from voordeur.core.ageing import STANDARD, Bucket, check_buckets
from voordeur.core.limits import Limits
from voordeur.core.pauses import Pause, normalised
from voordeur.engine.columns import DAY, Ledger, refuse_faults
from voordeur.engine.day_pass import FAULTY, Entries, Pauses, Standings, stand_on_day
from voordeur.engine.memory import NO_CHARGE, NO_DAY, make_work
from voordeur.engine.pattern_pass import Patterns, make_learning

CENTS = pa.int64()
COUNT = pa.int32()
_EPOCH = date(1970, 1, 1)
ENDLESS = (1 << 31) - 1
Key: TypeAlias = Any
"""The key of a tenancy: a number or a text, as in the ledger."""
ANY_LIMITS = Limits(**dict.fromkeys(Limits.__dataclass_fields__, 0))
"""For who asks nothing that a policy has a say in."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every tenancy."""

    on: date
    known: date | None = None
    """Only what was known at the end of this day; None: everything."""
    buckets: tuple[Bucket, ...] = STANDARD
    pauses: Mapping[Key, Sequence[Pause]] = field(default_factory=dict)
    """By tenancy, for those that have any; need not be normalised."""
    per_charge: bool = False
    """Also when every charge was paid."""
    limits: Limits | None = None
    """Also how every household pays, read with these limits of a policy."""

    def __post_init__(self) -> None:
        check_buckets(self.buckets)


class Answer(NamedTuple):
    """One row per tenancy, in order of the ledger; and, when charges were asked, one per entry: see `charges_of`."""

    tenancies: pa.Table
    entries: pa.Table | None


def bucket_name(bucket: Bucket) -> str:
    """The column of a bucket: `open_1_30`, `open_91`."""
    return f"open_{bucket.first}" if bucket.last is None else f"open_{bucket.first}_{bucket.last}"


def tenancies_schema(key: pa.DataType, buckets: Sequence[Bucket] = STANDARD) -> pa.Schema:
    """The columns of `Answer.tenancies`. Amounts in cents; what is not there is null."""
    return pa.schema(
        [
            pa.field("tenancy", key),
            pa.field("balance", CENTS),
            pa.field("overdue", CENTS),
            pa.field("not_overdue", CENTS),
            pa.field("credit", CENTS),
            pa.field("open_charges", COUNT),
            pa.field("oldest_unpaid_due", DAY),
            pa.field("days_overdue", COUNT),
            pa.field("days_counted", COUNT),
            pa.field("last_payment_on", DAY),
            pa.field("last_payment", CENTS),
            *(pa.field(bucket_name(bucket), CENTS) for bucket in buckets),
        ]
    )


def pattern_fields() -> list[pa.Field]:
    """The columns that `Question.limits` adds: how they pay, as in `core/pattern.Pattern`."""
    counts = [pa.field(name, COUNT) for name in Patterns._fields[1:]]
    return [pa.field("months_of_rent", pa.float64()), pa.field("rent", CENTS), *counts]


def charges_of(entries: pa.Table) -> pa.Table:
    """The charges among `Answer.entries`, in order of arrival; what other kinds of entry are leaves no row.

    Columns: tenancy, id (when the ledger has ids), due, amount, outstanding, paid_on, days_late.
    """
    charges = entries.filter(pc.is_valid(entries["outstanding"]))
    late = pc.subtract(charges["paid_on"].cast(COUNT), charges["due"].cast(COUNT))
    names = [
        "tenancy",
        *(["id"] if "id" in charges.schema.names else []),
        "due",
        "amount",
        "outstanding",
        "paid_on",
    ]
    return charges.select(names).append_column(pa.field("days_late", COUNT), late)


def days_since_epoch(day: date) -> int:
    """Days since 1 January 1970, as Arrow counts them."""
    return (day - _EPOCH).days


def answer(ledger: Ledger, question: Question) -> Answer:
    """Ask one batch of whole tenancies."""
    count, rows = len(ledger.tenancies), len(ledger.rows.date)
    found = _room_for_standings(count, len(question.buckets))
    patterns = room_for_patterns(count if question.limits else 0)
    entries = _room_for_entries(rows if question.per_charge else 0)
    owed = _run(ledger, question, found, patterns, entries)
    table = _tenancies(ledger.tenancies, found, question.buckets)
    if question.limits:
        table = _with_patterns(table, patterns)
    return Answer(table, _entries(ledger, entries, owed) if question.per_charge else None)


def _run(ledger: Ledger, question: Question, found: Standings, patterns: Patterns, entries: Entries) -> int:
    if len(ledger.tenancies) == 0:
        return 0
    owed = int(
        stand_on_day(
            ledger.rows,
            ledger.starts,
            np.int32(days_since_epoch(question.on)),
            np.int32(days_since_epoch(question.known) if question.known else 0),
            question.known is not None,
            bucket_ends(question.buckets),
            pause_columns(question.pauses, ledger.tenancies),
            question.per_charge,
            question.limits is not None,
            make_work(ledger.longest),
            make_learning(question.limits or ANY_LIMITS, ledger.longest if question.limits else 0),
            found,
            patterns,
            entries,
        )
    )
    if owed == FAULTY:
        refuse_faults(ledger)
    return owed


def bucket_ends(buckets: Sequence[Bucket]) -> Any:
    """The last day of each bucket."""
    return np.array([ENDLESS if bucket.last is None else bucket.last for bucket in buckets], np.int32)


def pause_columns(pauses: Mapping[Key, Sequence[Pause]], keys: pa.Array) -> Pauses:
    """The pauses of the tenancies with these keys, normalised."""
    at, starts, ends = np.zeros(0, np.int64), [], []
    paused = [key for key in pauses if pauses[key]]
    if paused:
        counts = np.zeros(len(keys) + 1, np.int64)
        found = pc.index_in(keys, value_set=pa.array(paused, keys.type)).to_numpy(zero_copy_only=False)
        for tenancy in np.flatnonzero(~np.isnan(found)):
            for pause in normalised(pauses[paused[int(found[tenancy])]]):
                counts[tenancy + 1] += 1
                starts.append(days_since_epoch(pause.start))
                ends.append(ENDLESS if pause.end is None else days_since_epoch(pause.end))
        at = np.cumsum(counts)
    return Pauses(at, np.array(starts, np.int32), np.array(ends, np.int32))


def _room_for_standings(count: int, buckets: int) -> Standings:
    def wide() -> Any:
        return _room(count, np.int64)

    def narrow() -> Any:
        return _room(count, np.int32)

    return Standings(
        wide(), wide(), wide(), wide(), narrow(), narrow(), narrow(), narrow(), narrow(), wide(),
        _room(buckets * count, np.int64).reshape(buckets, count),
    )  # fmt: skip


def room_for_patterns(count: int) -> Patterns:
    """Where the patterns of so many tenancies are written."""
    return Patterns(np.empty(count, np.int64), *(np.empty(count, np.int32) for _ in Patterns._fields[1:]))


def _room_for_entries(count: int) -> Entries:
    seldom = (np.empty(count, np.int32) for _ in range(2))  # costs nothing until something is written to it
    return Entries(_room(count, np.int32), _room(count, np.int32), *seldom)


def _room(count: int, type_: Any) -> Any:
    """An array in the memory of Arrow, which is used again without asking the operating system for it each time."""
    size = np.dtype(type_).itemsize
    return np.frombuffer(pa.allocate_buffer(size * max(1, count)), type_)[:count]


def _tenancies(keys: pa.Array, found: Standings, buckets: Sequence[Bucket]) -> pa.Table:
    never_paid = found.last_payment_on == NO_DAY
    columns = [
        keys,
        pa.array(found.balance),
        pa.array(found.overdue),
        pa.array(found.not_overdue),
        pa.array(found.credit),
        pa.array(found.open_charges),
        _days(found.oldest_unpaid_due),
        pa.array(found.days_overdue),
        pa.array(found.days_counted),
        _days(found.last_payment_on),
        pa.array(found.last_payment, mask=never_paid),
        *(pa.array(cents) for cents in found.buckets),
    ]
    return pa.table(columns, schema=tenancies_schema(keys.type, buckets))


def _with_patterns(table: pa.Table, patterns: Patterns) -> pa.Table:
    """Add how they pay; `months_of_rent` is what is overdue in months of the present rent."""
    no_rent = patterns.rent == 0
    overdue = table["overdue"].to_numpy()
    columns = {"months_of_rent": pa.array(overdue / np.where(no_rent, 1, patterns.rent), mask=no_rent)}
    for name, values in patterns._asdict().items():
        may_miss = name in ("usual_days", "spread")
        columns[name] = pa.array(values, mask=values == NO_DAY) if may_miss else pa.array(values)
    for one in pattern_fields():
        table = table.append_column(one, columns[one.name])
    return table


def _days(days: Any) -> pa.Array:
    return pa.array(days, mask=days == NO_DAY).view(DAY)


def _entries(ledger: Ledger, entries: Entries, owed: int) -> pa.Table:
    """The rows of the batch with what is open of them and when they were paid; empty for what is no charge."""
    count = len(ledger.rows.date)
    outstanding, paid_on = entries.outstanding[:count], entries.paid_on[:count]
    amount = ledger.rows.amount
    if owed:
        amount = amount.copy()
        amount[entries.reversal[:owed]] = entries.owed[:owed]
    columns = {
        "tenancy": ledger.keys,
        "due": pa.array(ledger.rows.due).view(DAY),
        "amount": pa.array(amount),
        "outstanding": _where(outstanding, outstanding != NO_CHARGE, COUNT),
        "paid_on": _where(paid_on, paid_on != NO_DAY, DAY),
    }
    return pa.table(columns)


def _where(values: Any, valid: Any, type_: pa.DataType) -> pa.Array:
    """A column of 32 bits with values only where `valid`; nothing is copied."""
    bits = pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(type_, len(values), [bits, pa.py_buffer(values)])
