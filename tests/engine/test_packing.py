"""A ledger with ids is read, checked and sorted; what cannot be read is told with its row, column and cure."""

from datetime import date

import pyarrow as pa
import pytest

from voordeur.core.problems import Problem, Refused
from voordeur.engine.packing import pack

DAY = date(2026, 1, 5)


def entries(**columns: list[object]) -> pa.Table:
    """A ledger of as many rows as the columns given have; what is not given is a charge of one euro."""
    rows = len(next(iter(columns.values())))
    usual: dict[str, list[object]] = {
        "tenancy": ["A"] * rows,
        "id": [f"e{number}" for number in range(rows)],
        "date": [DAY] * rows,
        "kind": ["charge"] * rows,
        "amount": [100] * rows,
    }
    return pa.table(usual | columns)


def problems(table: pa.Table) -> list[Problem]:
    """What is wrong with a ledger."""
    with pytest.raises(Refused) as refused:
        pack(table, source="boek.csv")
    return refused.value.problems


def where(table: pa.Table) -> list[tuple[str, int | None, str, str]]:
    """Code, row, column and cell of each problem."""
    return [(one.code, one.row, one.column, one.value) for one in problems(table)]


def test_names_become_distances_between_rows() -> None:
    packed = pack(
        entries(
            kind=["charge", "payment", "reversal", "charge", "payment", "charge"],
            component=["rent", "rent", "rent", "costs", "rent", "rent"],
            designates=[None, "e0", None, None, "e9", None],
            reverses=[None, None, "e1", None, None, None],
            claim=[None, None, None, "e0", None, None],
        )
    )
    assert packed.table["refers"].to_pylist() == [0, -1, -1, -3, -(1 << 30), 0]


def test_rows_are_put_in_replay_order_and_say_where_they_came_from() -> None:
    table = entries(
        tenancy=["B", "A", "A"],
        date=[DAY, date(2026, 2, 1), DAY],
        id=["x", "late", "early"],
        designates=[None, "early", None],
        kind=["charge", "payment", "charge"],
    )
    packed = pack(table)
    assert packed.came_from.tolist() == [2, 1, 0]
    assert packed.table["tenancy"].to_pylist() == ["A", "A", "B"]
    assert packed.table["refers"].to_pylist() == [0, -1, 0]


def test_within_a_day_sequence_then_kind_then_id_decide() -> None:
    table = entries(
        id=["e10", "e9", "e1", "e2"],
        kind=["charge", "charge", "payment", "charge"],
        sequence=[1, 1, 1, 0],
    )
    assert pack(table).came_from.tolist() == [3, 0, 1, 2]  # as texts: e10 before e9


def test_without_a_sequence_the_order_of_the_file_decides() -> None:
    table = entries(id=["z", "a"], kind=["payment", "charge"])
    assert pack(table).came_from.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("amounts", "cents"),
    [
        (["512.75", "12", "3.5"], [51275, 1200, 350]),
        ([512.75, 12.0, 0.1], [51275, 1200, 10]),
        ([51275, 1200, 10], [51275, 1200, 10]),
    ],
)
def test_text_and_decimals_are_euros_and_whole_numbers_are_cents(
    amounts: list[object], cents: list[int]
) -> None:
    assert pack(entries(amount=amounts)).table["amount"].to_pylist() == cents


def test_every_cell_that_cannot_be_read_is_told() -> None:
    table = entries(
        date=["2026-01-05", "5-1-2026", "2026-02-30", ""],
        kind=["charge", "huur", "payment", ""],
        amount=["1.00", "1,00", "-5", "99999999999"],
    )
    assert where(table) == [
        ("unknown-word", 3, "kind", "huur"),
        ("unknown-word", 5, "kind", ""),
        ("empty-cell", 5, "date", ""),
        ("not-a-day", 3, "date", "5-1-2026"),
        ("not-a-day", 4, "date", "2026-02-30"),
        ("not-an-amount", 3, "amount", "1,00"),
        ("negative-amount", 4, "amount", "-5"),
        ("amount-too-large", 5, "amount", "99999999999"),
    ]


@pytest.mark.parametrize("missing", ["tenancy", "id", "date", "kind", "amount"])
def test_a_missing_column_is_named(missing: str) -> None:
    (problem,) = problems(entries(kind=["charge"]).drop_columns([missing]))
    assert (problem.code, problem.column, problem.fatal) == ("column-missing", missing, True)


def test_an_id_may_come_back_in_another_tenancy_but_not_in_the_same() -> None:
    assert pack(entries(id=["x", "x"], tenancy=["A", "B"])).table.num_rows == 2
    assert where(entries(id=["x", "y", "x"])) == [("double-id", 4, "id", "x")]


def test_a_second_sighting_does_not_count_and_stands_for_the_first_when_it_is_reversed() -> None:
    table = entries(
        id=[1, 2, 3, 4],
        kind=["charge", "payment", "payment", "reversal"],
        same_as=[None, None, 2, None],
        reverses=[None, None, None, 3],
    )
    packed = pack(table)
    assert packed.came_from.tolist() == [0, 1, 3]
    assert packed.table["refers"].to_pylist() == [0, 0, -1]


def test_a_payer_may_name_a_month_instead_of_a_charge() -> None:
    months = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 1), date(2026, 3, 1), date(2025, 6, 1)]
    packed = pack(
        entries(
            kind=["charge", "charge", "payment", "payment", "payment"],
            due=[date(2026, 1, 1), date(2026, 1, 30), None, None, None],  # the second is for February
            period=[None, None, *months[2:]],
        )
    )
    assert packed.table["refers"].to_pylist() == [0, 0, -1, -(1 << 30), 0]
