"""The standings as they are kept now, in columns; and the new ones of households of which nothing is overdue.

Nothing is said about such a household that the policy does not say about all of them, so its standing can be compared
and made a few thousand at a time. What the policy says comes from `core/policy.py` (`findings.quiet`).
"""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from voordeur.actions.findings import NO_STEP, STANDING_COLUMNS, Before, Quiet, quiet
from voordeur.core.facts import Tenancy as Contract
from voordeur.core.pattern import Method
from voordeur.core.policy import Policy
from voordeur.store.arrow import DAY, NUMBER, TEXT, columns

_NOTHING = -(1 << 62)
"""In a column of numbers or days: empty."""
_FIGURES = {
    "balance": "balance", "credit": "credit", "not_overdue": "not_overdue", "open_charges": "open_charges",
    "current_rent": "rent", "usual_day": "usual_days", "last_payment_on": "last_payment_on",
    "last_payment": "last_payment",
}  # fmt: skip
"""Columns of a standing that differ from one quiet household to another, and what the engine calls them."""
_RUNNING, _ENDED = 1, 2
"""Which of the two a quiet standing says the words of."""
_STEP = STANDING_COLUMNS[STANDING_COLUMNS.index("action") : STANDING_COLUMNS.index("signalled_since")]


class QuietRows(NamedTuple):
    """What is to be written about some quiet households."""

    changed: list[tuple[object, ...]]
    """Rows of STANDING_COLUMNS."""
    changed_ids: list[int]
    same_ids: list[int]
    """Of these only the day of the standing is another."""


NO_ROWS = QuietRows([], [], [])


class Town:
    """Contracts and standings of all tenancies, at the beginning of a run; both in order of tenancy."""

    def __init__(self, today: date, policy: Policy) -> None:
        self._today = today
        self._running, self._ended = (quiet(policy, today, ended=over) for over in (False, True))
        self._contracts = columns(_CONTRACTS, _CONTRACT_TYPES)
        self._tenancies = self._contracts["id"].to_numpy()
        ids, places, ends, methods = (self._contracts[name].to_pylist() for name in _CONTRACT_TYPES)
        kinds = {how: Contract(Method(how[0]), how[1]) for how in set(zip(methods, ends, strict=True))}
        hows = zip(ids, methods, ends, places, strict=True)
        self._contract = {tenancy: (kinds[method, end], place) for tenancy, method, end, place in hows}
        self._before = columns(_standings(self._running, self._ended), _STANDING_TYPES)
        self._of = self._before["tenancy_id"].to_numpy()
        known = zip(*(self._before[name].to_pylist() for name in Before._fields), strict=True)
        self._standing = dict(zip(self._of.tolist(), map(Before._make, known), strict=True))
        self._numbers = {name: _plain(self._before[name]) for name in (*_FIGURES, "neighbourhood_id", "says")}
        self._off = _plain(self._before["paid_off_on"])
        self._listed = pc.invert(pc.is_in(self._before["action"], pa.array(sorted(NO_STEP)))).to_numpy()

    def contract(self, tenancy: int) -> tuple[Contract, int | None]:
        """What the core wants to know of a contract, and its neighbourhood."""
        return self._contract[tenancy]

    def before(self, tenancy: int) -> Before | None:
        """The standing of a tenancy as it is kept; None when there is none."""
        return self._standing.get(tenancy)

    def quiet(self, found: pa.Table) -> QuietRows:
        """The standings of these tenancies, of which nothing is overdue; `found` as `engine/day.py` answers."""
        tenancies = found["tenancy"].to_numpy()
        contract = self._contracts.take(np.searchsorted(self._tenancies, tenancies))
        at = np.searchsorted(self._of, tenancies)
        at = np.minimum(at, max(len(self._of) - 1, 0))
        known = self._of[at] == tenancies if len(self._of) else np.zeros(len(tenancies), bool)
        figures = {name: _plain(found[theirs]) for name, theirs in _FIGURES.items()}
        figures["last_payment"] = np.where(figures["last_payment"] == _NOTHING, 0, figures["last_payment"])
        figures["neighbourhood_id"] = _plain(contract["neighbourhood_id"])
        ended = pc.fill_null(pc.less(contract["end"], pa.scalar(self._today, DAY)), False).to_numpy()
        figures["says"] = np.where(ended & (self._ended != self._running), _ENDED, _RUNNING)
        off, moved = self._paid_off(figures["last_payment_on"], at, known)
        same = known & ~moved
        for name, values in figures.items():
            if len(self._of):
                same &= self._numbers[name][at] == values
        return self._rows(tenancies, figures, ended, off, same)

    def _paid_off(self, paid: Any, at: Any, known: Any) -> tuple[Any, Any]:
        """`findings.paid_off_on` of each, and whether that is news."""
        if not len(self._of):
            return np.full(len(paid), _NOTHING), np.zeros(len(paid), bool)
        earned = (
            known & self._listed[at] & (paid != _NOTHING) & (paid != self._numbers["last_payment_on"][at])
        )
        was = np.where(known, self._off[at], _NOTHING)
        off = np.where(earned, _number(self._today), was)
        return off, off != was

    def _rows(self, tenancies: Any, figures: dict[str, Any], ended: Any, off: Any, same: Any) -> QuietRows:
        new = ~same
        values: dict[str, list[Any]] = {name: _listed(name, of[new]) for name, of in figures.items()}
        values["paid_off_on"] = _listed("paid_off_on", off[new])
        ids = tenancies[new].tolist()
        rows = [
            self._row(self._ended if over else self._running, one)
            for over, *one in zip(
                ended[new].tolist(), ids, *(values[name] for name in (*_FIGURES, "neighbourhood_id", "paid_off_on")),
                strict=True,
            )
        ]  # fmt: skip
        return QuietRows(rows, ids, tenancies[same].tolist())

    def _row(self, said: Quiet, one: list[Any]) -> tuple[object, ...]:
        """One row of STANDING_COLUMNS."""
        tenancy, balance, credit, not_overdue, open_charges, rent, usual, paid_on, paid, place, off = one
        return (
            self._today, balance, 0, credit, not_overdue, said.buckets, None, 0, open_charges, rent, None,
            False, "", "", usual, paid_on, paid, *said.step, None, tenancy, place, off,
        )  # fmt: skip


def _plain(column: pa.ChunkedArray) -> Any:
    """A column as 64-bit numbers."""
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    return pc.fill_null(column.cast(pa.int64()), _NOTHING).to_numpy()


def _number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def _listed(name: str, numbers: Any) -> list[Any]:
    """The values of a column for the database."""
    column = pa.array(numbers, mask=numbers == _NOTHING)
    values: list[Any] = (column.cast(pa.int32()).cast(DAY) if name.endswith("_on") else column).to_pylist()
    return values


_CONTRACTS = 'SELECT id, neighbourhood_id, "end", method FROM store_tenancy ORDER BY id'
_CONTRACT_TYPES = {"id": NUMBER, "neighbourhood_id": NUMBER, "end": DAY, "method": TEXT}
_STANDING_TYPES = {
    "tenancy_id": NUMBER, "neighbourhood_id": NUMBER, "action": TEXT, "paid_off_on": DAY,
    **dict.fromkeys(_FIGURES, NUMBER), "last_payment_on": DAY, "says": NUMBER,
}  # fmt: skip


def _standings(running: Quiet, ended: Quiet) -> str:
    """The query for the standings; `says` is which of the two quiet ones it is word for word, or 0."""
    names = [name for name in _STANDING_TYPES if name != "says"]
    says = f"CASE WHEN {_words_of(running)} THEN {_RUNNING} WHEN {_words_of(ended)} THEN {_ENDED} ELSE 0 END AS says"
    return f"SELECT {', '.join([*names, says])} FROM store_standing ORDER BY tenancy_id"


def _words_of(said: Quiet) -> str:
    wanted = {
        "overdue": 0, "CAST(buckets AS text)": said.buckets, "oldest_unpaid_due": None, "days_overdue": 0,
        "in_arrears_since": None, "technical_reason_nl": "", "technical_reason_en": "", "signalled_since": None,
        **{f"CAST({name} AS text)" if name == "why_not" else name: value
           for name, value in zip(_STEP, said.step, strict=True)},
    }  # fmt: skip
    return " AND ".join(["NOT technical", *(_is(name, value) for name, value in wanted.items())])


def _is(name: str, value: Any) -> str:
    if value is None:
        return f"{name} IS NULL"
    return (
        f"{name} = {value}"
        if isinstance(value, int)
        else "{} = '{}'".format(name, str(value).replace("'", "''"))
    )
