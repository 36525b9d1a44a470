"""The time machine says of every month end what the core says of that day."""

from collections import defaultdict
from datetime import date, timedelta

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.ledgers import FIRST_DAY
from tests.engine.portfolios import BUCKETS, Portfolio, pauses, portfolios, table
from voordeur.core.ageing import ageing
from voordeur.core.ledger import Entry, Kind, position
from voordeur.core.pauses import Pause, normalised
from voordeur.engine import months
from voordeur.engine.months import TimeMachine, month_ends

LAST = date(2026, 4, 30)
SHOWN = 4
GROUPS = {f"t{number}": "noord" if number < 3 else "zuid" for number in range(7)}  # t7 is in no group
ENDED = {"t1": date(2026, 1, 20), "t4": date(2026, 3, 31)}


def group_table(ended: bool) -> pa.Table:
    columns = {"tenancy": list(GROUPS), "group": list(GROUPS.values())}
    found = pa.table(columns)
    if ended:
        found = found.append_column("ended", pa.array([ENDED.get(key) for key in GROUPS], pa.date32()))
    return found


def by_core(
    portfolio: Portfolio, ended: bool, at_least: int, stopped: dict[str, list[Pause]]
) -> dict[tuple[str | None, date], dict[str, int]]:
    """Every figure, day by day, from one position per tenancy and month."""
    days = month_ends(LAST, SHOWN + months.LOOK_BACK)
    found: dict[tuple[str | None, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for tenancy, entries in portfolio.items():
        if not entries:
            continue
        late: list[int] = []
        for number, on in enumerate(days):
            at = position(entries, on)
            in_arrears = at.overdue >= at_least
            if number >= months.LOOK_BACK:
                cell = found[GROUPS.get(tenancy), on]
                runs = _runs(tenancy, entries, days[number - 1], on, ended)
                cell["tenancies"] += runs
                cell["in_arrears"] += in_arrears
                cell["former_in_arrears"] += in_arrears and not runs
                cell["overdue"] += at.overdue
                cell["former_overdue"] += 0 if runs else at.overdue
                cell["credit"] += at.credit
                was = number - 1 in late
                cell["entered"] += in_arrears and not was
                cell["cured"] += was and not in_arrears
                cell["relapsed"] += (
                    in_arrears and not was and any(n >= number - months.LOOK_BACK for n in late)
                )
                aged = ageing(at, BUCKETS, normalised(stopped.get(tenancy, [])))
                for name, cents in zip(("open_1_7", "open_8_21", "open_22"), aged.by_bucket, strict=True):
                    cell[name] += cents
            if in_arrears:
                late.append(number)
    return found


def _runs(tenancy: str, entries: list[Entry], before: date, on: date, ended: bool) -> bool:
    if ended and tenancy in GROUPS:
        return min(entry.date for entry in entries) <= on <= ENDED.get(tenancy, date.max)
    if ended:
        return min(entry.date for entry in entries) <= on
    return any(entry.kind is Kind.CHARGE and before < entry.date <= on for entry in entries)


@settings(max_examples=60, deadline=None)
@given(
    portfolios(most=10),
    st.booleans(),
    st.sampled_from([1, 5]),
    st.dictionaries(st.sampled_from(["t0", "t5"]), pauses()),
)
def test_every_month_end_is_what_the_core_says_of_that_day(
    portfolio: Portfolio, ended: bool, at_least: int, stopped: dict[str, list[Pause]]
) -> None:
    stretched = {tenancy: [_stretch(entry) for entry in entries] for tenancy, entries in portfolio.items()}
    machine = TimeMachine(months.Portfolio(LAST, SHOWN, group_table(ended), at_least, BUCKETS, stopped))
    machine.take_in(table(stretched))
    expected = by_core(stretched, ended, at_least, stopped)
    points = machine.points().to_pylist()
    assert len(points) == 3 * SHOWN
    for point in points:
        cell = expected[point.pop("group"), point.pop("on")]
        assert point == {name: cell[name] for name in point}


def _stretch(entry: Entry) -> Entry:
    """The same entry on four times as many days, so that several month ends see something of it."""
    on = FIRST_DAY + 4 * (entry.date - FIRST_DAY) - timedelta(days=60)
    return Entry(
        entry.id, on, entry.kind, entry.amount,
        due=entry.due and on + (entry.due - entry.date),
        component=entry.component, claim=entry.claim, designates=entry.designates,
        reverses=entry.reverses, sequence=entry.sequence,
    )  # fmt: skip


def test_month_ends_are_the_last_days_of_months_in_a_row() -> None:
    assert month_ends(date(2024, 3, 5), 3) == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]
