"""Random steps through the table of cases: nothing unlawful gets through, everything lawful is reached.

`VOORDEUR_WALK_STEPS=1000000` walks longer; `python -m bench.walk` walks longest and shows figures.
"""

import os
from dataclasses import replace

import pytest

from tests.core.case_walk import HOUSE, Walked, walk
from voordeur.core import case_table, cases
from voordeur.core.case_guards import Binds, Guard
from voordeur.core.case_table import TABLE, Row
from voordeur.core.case_values import EventKind, HoldReason, State

STEPS = int(os.environ.get("VOORDEUR_WALK_STEPS", "100000"))


@pytest.fixture(scope="module")
def walked() -> Walked:
    return walk(STEPS, seed=13)


def test_nothing_unlawful_was_accepted_in_all_those_steps(walked: Walked) -> None:
    """The monitor raises at the first; and it had something to look at."""
    assert walked.steps >= STEPS
    assert walked.accepted > STEPS // 4
    assert walked.refused > STEPS // 4
    assert walked.cases > STEPS // 100


def test_every_state_is_reached(walked: Walked) -> None:
    assert set(State) - set(walked.states) == set()


def test_every_lawful_transition_is_reached(walked: Walked) -> None:
    lawful = {(state, row.kind) for row in TABLE for state in row.states}
    assert sorted(lawful - set(walked.seen)) == []
    assert set(walked.seen) - lawful == set()


def test_every_kind_of_event_has_a_row() -> None:
    assert {row.kind for row in TABLE} == set(EventKind)


def test_two_persons_set_aside_every_guard_of_the_house_and_no_other(walked: Walked) -> None:
    house = {g.name for row in TABLE for g in row.guards if g.binds is Binds.HOUSE}
    assert house == set(HOUSE)
    assert set(walked.overruled) == house


E = EventKind
GATE = (E.GATE_OPENED, E.SIGNAL_SENT)
BITES = [
    (GATE, "no_objection"),
    (GATE, "help_pointed"),
    (GATE, "reaction_over"),
    (GATE, "old_enough"),
    (GATE, "agreement_valid"),
    ((E.SIGNAL_SENT,), "same_municipality"),
    ((E.SIGNAL_SENT,), "decider"),
    ((E.CRISIS_SIGNAL,), "no_objection"),
    ((E.REMINDER_SENT,), "personal_first"),
    ((E.REMINDER_SENT, E.LETTER_SENT), "no_visit_planned"),
    ((E.REMINDER_SENT, E.LETTER_SENT), "no_benefit_pending"),
    ((E.REMINDER_SENT, E.LETTER_SENT), "arrival"),
    ((E.COSTS_ADDED,), "fee_of_letter"),
    ((E.COSTS_ADDED,), "free_term_over"),
    ((E.LETTER_DELIVERED,), "arrived_on"),
    ((E.LETTER_SENT,), "all_claims"),
    ((E.COURT_PROPOSED, E.SUMMONS_SERVED), "bundle_approved"),
    ((E.COURT_PROPOSED,), "signal_aged"),
    ((E.SUMMONS_SERVED,), "second"),
    ((E.SUMMONS_SERVED,), "second_fresh"),
    ((E.SUMMONS_SERVED,), "recent_contact"),
    ((E.EVICTION_DATED,), "title"),
    ((E.EVICTION_DATED,), "respite_over"),
    ((E.EVICTED,), "eviction_today"),
    ((E.EVICTED,), "college_knows"),
    ((E.WRITTEN_OFF,), "second"),
    ((E.PAUSE_STARTED,), "current_rent_paid"),
    ((E.PAUSE_STARTED,), "pause_length"),
    ((E.PLAN_AGREED,), "affordable"),
    ((E.RELEASED,), "may_release"),
    ((E.HELD,), "hold_length"),
]


@pytest.mark.parametrize(("kinds", "guard"), BITES, ids=lambda one: one if isinstance(one, str) else one[-1])
def test_the_monitor_sees_it_when_a_guard_is_taken_out(
    kinds: tuple[EventKind, ...], guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without this one guard the same walk meets something unlawful: so the guard is what prevents it."""

    def without(some: tuple[Guard, ...], row: Row) -> tuple[Guard, ...]:
        return tuple(one for one in some if row.kind not in kinds or one.name != guard)

    assert any(one.name == guard for row in TABLE if row.kind in kinds for one in (*row.guards, *row.asks))
    rows = {
        (state, row.kind): replace(row, guards=without(row.guards, row), asks=without(row.asks, row))
        for row in TABLE
        for state in row.states
    }
    monkeypatch.setattr(case_table, "_ROWS", rows)
    with pytest.raises(AssertionError):
        walk(150_000, seed=7)


def test_the_monitor_sees_it_when_holds_stop_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "HOLD_STOPS", dict.fromkeys(HoldReason, frozenset()))
    with pytest.raises(AssertionError, match="during"):
        walk(60_000, seed=7)
