"""The published cases of other systems, with the engine doing the arithmetic beside the core."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests.conformance import allocation, paused_account
from tests.conformance.published import Case
from tests.conformance.test_published_cases import CASES, CHECKS
from tests.engine.portfolios import charges_by_core, table
from tests.engine.test_conformance import assert_same
from voordeur.core.ageing import Ageing, Bucket, ageing
from voordeur.core.ledger import Entry, Position, position
from voordeur.engine.day import bucket_name
from voordeur.engine.sources import arrears_from_table

ARITHMETIC = [case for case in CASES if case.suite["suite"] in {
    "fineract_oldest_due_first_allocation",
    "fineract_ageing_buckets",
    "fineract_delinquency_pause_resume",
    "fineract_allocation_other_strategies",
}]  # fmt: skip


class Both:
    """Core and engine side by side: every position that a case asks of the core is asked of the engine too."""

    def __init__(self) -> None:
        self.asked = 0
        self._entries: dict[int, tuple[Position, list[Entry]]] = {}

    def position(self, entries: Sequence[Entry], on: date) -> Position:
        at, book = position(entries, on), list(entries)
        self.asked += 1
        self._entries[id(at)] = (at, book)
        assert_same({"t": book}, on)
        return at

    def book(self, at: Position) -> list[Entry]:
        """The entries that a position was made of."""
        return self._entries[id(at)][1]

    def ageing(self, at: Position, buckets: Sequence[Bucket]) -> Ageing:
        """The buckets of the engine, in the place of those of the core."""
        found = arrears_from_table(
            table({"t": self.book(at)}), at.on, buckets=tuple(buckets), per_charge=True
        )
        assert found.charges is not None
        assert found.charges.to_pylist() == charges_by_core("t", at)
        (row,) = found.tenancies.to_pylist()
        ours = tuple(row[bucket_name(bucket)] for bucket in buckets)
        aged = ageing(at, buckets)
        assert (aged.not_overdue, tuple(aged.by_bucket)) == (row["not_overdue"], ours)
        return aged


@pytest.mark.parametrize("case", ARITHMETIC, ids=[case.id for case in ARITHMETIC])
def test_published_case(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    both = Both()
    for module in (allocation, paused_account):
        monkeypatch.setattr(module, "position", both.position)
    monkeypatch.setattr(allocation, "ageing", both.ageing)
    monkeypatch.setattr(paused_account.Account, "at", _with_pauses(both))
    CHECKS[case.suite["suite"]](case)
    assert both.asked or not _expects_anything(case)


def _with_pauses(both: Both) -> Any:
    """`Account.at`, with the days of the engine counted under the pauses of the account."""
    plain = paused_account.Account.at

    def at(account: paused_account.Account, on: date) -> Position:
        found = plain(account, on)
        assert_same({"t": both.book(found)}, on, None, {"t": account.pauses()})
        return found

    return at


def _expects_anything(case: Case) -> bool:
    """False for a case of which no step is published as following the plain rule."""
    return any(step.get("plain_rule_agrees") is True for step in case.case.get("steps", [{}]))
