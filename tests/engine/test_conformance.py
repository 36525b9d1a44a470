"""The compiled pass says what the core says: to the cent and to the day, on every kind of ledger."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.ledgers import DAYS, FIRST_DAY
from tests.engine.portfolios import (
    BUCKETS,
    Portfolio,
    charges_by_core,
    pauses,
    portfolios,
    positions_by_core,
    standing_by_core,
    table,
)
from voordeur.core.pauses import Pause
from voordeur.engine.columns import ledger
from voordeur.engine.day import Question, answer
from voordeur.engine.packing import pack

moments = st.integers(0, DAYS + 60).map(lambda offset: FIRST_DAY + timedelta(days=offset))


@settings(max_examples=320, deadline=None)  # 8 ledgers each: 2,560 ledgers
@given(
    portfolios(), moments, st.none() | moments, st.dictionaries(st.sampled_from(["t0", "t1", "t2"]), pauses())
)
def test_engine_and_core_agree(
    portfolio: Portfolio, on: date, known: date | None, stopped: dict[str, list[Pause]]
) -> None:
    entries = table(portfolio)
    packed = pack(entries)
    question = Question(on, known, BUCKETS, stopped, per_charge=True)
    found = answer(ledger(packed.table, with_known=True), question)
    expected = positions_by_core(portfolio, on, known)
    assert found.tenancies.to_pylist() == [
        standing_by_core(tenancy, at, stopped.get(tenancy, [])) for tenancy, at in expected.items()
    ]
    assert found.charges is not None
    ids = entries["id"].take(packed.came_from[found.charges["row"].to_numpy()]).to_pylist()
    listed = [
        (row["tenancy"], id_, *list(row.values())[2:])
        for row, id_ in zip(found.charges.to_pylist(), ids, strict=True)
    ]
    assert listed == [charge for tenancy, at in expected.items() for charge in charges_by_core(tenancy, at)]
