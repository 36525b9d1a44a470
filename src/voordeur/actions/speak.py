"""What the core says about some households, in a process of its own: all it needs comes with the question.

Nearly always the engine has read their ledgers already, and the core goes on from there; the ledger itself comes along
only for those with something that the engine leaves to the core.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from voordeur.actions.findings import Finding, finding
from voordeur.adapters.rules import load_calendar
from voordeur.core.advice_book import AdviceBook
from voordeur.core.ageing import Ageing
from voordeur.core.assessment import Advise, Read, assess_read
from voordeur.core.assessment import assess as assess_household
from voordeur.core.facts import NOTHING_RECORDED, Contacts
from voordeur.core.facts import Tenancy as Contract
from voordeur.core.ledger import DayTotals
from voordeur.core.pauses import Pause
from voordeur.core.policy import Policy, recommend
from voordeur.engine.behind import Behind, households
from voordeur.store.convert import Row, core_entries

_NONE = -(1 << 31)
"""In a column of ids or days that goes to another process: empty."""
_EPOCH = date(1970, 1, 1).toordinal()
_DAYS = ("date", "due", "period")
_COLUMNS = tuple(name for name in Row._fields if name != "known")


class About(NamedTuple):
    """What is known of some households beside their ledgers."""

    on: date
    policy: Policy
    contracts: Mapping[int, Contract]
    pauses: Mapping[int, Sequence[Pause]]
    codes: Mapping[int, Mapping[str, str]]
    contacts: Mapping[int, Contacts]


class Told(NamedTuple):
    """Households of which the engine read the ledger."""

    about: About
    behind: Behind
    sums: dict[str, Any]
    """Columns of `engine/day.Answer.tenancies`, a row per household."""


class Whole(NamedTuple):
    """Households with their whole ledger."""

    about: About
    columns: dict[str, Any]
    """Of their entries, in order of tenancy: numbers, days as days since 1970."""


def sums_of(found: pa.Table) -> dict[str, Any]:
    """The columns of an answer of the engine that `speak_of_told` needs, as lists of plain values."""
    return {name: found[name].to_pylist() for name in _SUMS}


_SUMS = (
    "balance", "overdue", "oldest_unpaid_due", "open_charges", "not_overdue", "credit", "open_1_30", "open_31_60",
    "open_61_90", "open_91",
)  # fmt: skip


def speak_of_told(job: Told) -> dict[int, Finding]:
    """What the core says, from what the engine read."""
    about, calendar, advise = job.about, load_calendar(), _adviser(job.about.policy)
    rows = zip(*(job.sums[name] for name in _SUMS), strict=True)
    sums = dict(zip(job.behind.tenancies.tolist(), rows, strict=True))

    def who(tenancy: int) -> tuple[Contract, Contacts]:
        return about.contracts[tenancy], about.contacts.get(tenancy, NOTHING_RECORDED)

    found = {}
    for one in households(job.behind, about.on, about.policy.limits, who):
        balance, overdue, oldest, open_charges, not_overdue, credit, *buckets = sums[one.tenancy]
        read = Read(
            one.at,
            one.pattern,
            DayTotals(about.on, balance, overdue, oldest, open_charges),
            Ageing(not_overdue, tuple(buckets), credit),
        )
        contract, contacts = who(one.tenancy)
        found[one.tenancy] = finding(
            assess_read(read, about.policy, calendar, tenancy=contract, contacts=contacts, advise=advise)
        )
    return found


_BOOKS: list[AdviceBook] = []
"""At most one: of the policy that was last spoken about in this process."""


def _adviser(policy: Policy) -> Advise:
    """Advice from memory while money may still come: then many households are alike. Other arrears differ too much."""
    if not _BOOKS or _BOOKS[0].policy != policy:
        _BOOKS[:] = [AdviceBook(policy)]
    book = _BOOKS[0]
    return lambda policy, facts: (book.advise if facts.technical else recommend)(policy, facts)


def speak_of_whole(job: Whole) -> dict[int, Finding]:
    """What the core says, from the ledger."""
    about, calendar = job.about, load_calendar()
    return {
        tenancy: finding(
            assess_household(
                core_entries(list(rows)),
                about.on,
                about.policy,
                calendar,
                pauses=about.pauses.get(tenancy, ()),
                tenancy=about.contracts[tenancy],
                contacts=about.contacts.get(tenancy, NOTHING_RECORDED),
                reversal_codes=about.codes.get(tenancy, {}),
            )
        )
        for tenancy, rows in groupby(_rows(job.columns), key=itemgetter(0))
    }


def columns_of(entries: pa.Table) -> dict[str, Any]:
    """The columns of a ledger with ids, as numbers; a column that is not there is empty."""
    return {name: _numbers(entries, name) for name in _COLUMNS}


def _numbers(table: pa.Table, name: str) -> Any:
    if name not in table.schema.names:
        return np.full(table.num_rows, _NONE, np.int64)
    column = table[name]
    column = column.cast(pa.int32()) if pa.types.is_date32(column.type) else column
    return pc.fill_null(column.cast(pa.int64()), _NONE).to_numpy()


def _rows(columns: dict[str, Any]) -> Iterator[Row]:
    """The rows of store_entry; when they were known does not matter to who asks what is known now."""
    lists = {name: values.tolist() for name, values in columns.items()}
    days = {
        number: date.fromordinal(number + _EPOCH) for name in _DAYS for number in set(lists[name]) - {_NONE}
    }
    for name in _DAYS:
        lists[name] = [days.get(number) for number in lists[name]]
    for name in ("designates", "reverses", "claim", "same_as"):
        lists[name] = [None if number == _NONE else number for number in lists[name]]
    lists["known"] = lists["date"]
    return map(Row._make, zip(*(lists[name] for name in Row._fields), strict=True))
