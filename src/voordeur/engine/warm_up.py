"""Compile everything once, so that nobody has to wait for it later: `python -m voordeur.engine.warm_up`.

The demo and the worker that starts with the screens do this in a process of their own; it takes about half a
minute the first time on a machine (or after a change in this package) and about a second after that. See `compiled.py`
for where the result is kept.
"""

import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any

import pyarrow as pa

from voordeur.core.pauses import Pause
from voordeur.engine.behind import look_behind
from voordeur.engine.columns import ledger
from voordeur.engine.compiled import cache_folder
from voordeur.engine.day import ANY_LIMITS, Question, answer
from voordeur.engine.months import Portfolio, TimeMachine
from voordeur.engine.packing import pack

_DAY = date(2026, 1, 1)


def warm_up() -> None:
    """Run every compiled function on every type of column that it is used with."""
    question = Question(_DAY, _DAY, pauses={0: [Pause(_DAY)]}, per_charge=True)
    for key in (pa.int32(), pa.int64()):  # all other types of key take the way of the second
        packed = pack(_example(key)).table
        answer(ledger(packed, with_known=True), question)
        look_behind(ledger(packed), _DAY, ANY_LIMITS)
        TimeMachine(Portfolio(_DAY, 1)).take_in(packed)


def warming_up() -> AbstractContextManager[Any]:
    """The same beside what is done in the `with`, in another process, where nothing was compiled yet; waits for it."""
    if any(cache_folder().rglob("*.nbi")):
        return nullcontext()
    return subprocess.Popen([sys.executable, "-m", "voordeur.engine.warm_up"])


def _example(key: pa.DataType) -> pa.Table:
    return pa.table(
        {
            "tenancy": pa.array([0, 0, 1], key),
            "id": pa.array([1, 2, 3], pa.int64()),
            "date": pa.array([_DAY] * 3, pa.date32()),
            "kind": ["charge", "payment", "charge"],
            "amount": pa.array([100, 100, 100], pa.int64()),
        }
    )


if __name__ == "__main__":
    warm_up()
