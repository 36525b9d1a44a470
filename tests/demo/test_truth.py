"""The truth and the ledger tell the same story."""

import json
from datetime import date
from pathlib import Path

from tests.demo.ledgers import runs, stand
from voordeur.demo.town import Town
from voordeur.demo.truth import Cause, Ending, Episode, write_truth

SMALL = 25_00


def test_who_owes_something_at_a_month_end_has_a_reason(town: Town) -> None:
    reasons: dict[str, list[Episode]] = {}
    for episode in town.episodes:
        reasons.setdefault(episode.tenancy, []).append(episode)
    unexplained = [
        (tenancy.key, on)
        for place, tenancy in enumerate(town.tenancies)
        for on in (date(2021, 4, 30), date(2023, 10, 31), date(2026, 9, 30))
        if runs(town, place, on)
        and stand(town, place, on).overdue > SMALL
        and not any(one.running(on) for one in reasons.get(tenancy.key, []))
        and not tenancy.habit.two_parts
    ]
    assert unexplained == []


def test_when_an_episode_is_over_nothing_old_is_open(town: Town) -> None:
    places = {tenancy.key: place for place, tenancy in enumerate(town.tenancies)}
    left_open = []
    for episode in town.episodes:
        if episode.ended is None or episode.ended >= town.bank_days[0] or episode.ending is Ending.LEFT:
            continue
        at = stand(town, places[episode.tenancy], episode.ended)
        if any(charge.due < episode.ended.replace(day=1) for charge in at.overdue_charges):
            left_open.append(episode)
    assert left_open == []


def test_a_reversal_undoes_the_payment_it_names(town: Town) -> None:
    for ledger in town.ledgers:
        for row in ledger:
            if row.reverses:
                undone = ledger[row.reverses - 1]
                assert (undone.kind, undone.amount) == (2, row.amount)
                assert undone.day <= row.day
            if row.designates:
                named = ledger[row.designates - 1]
                assert (named.kind, named.component, named.period) == (1, 1, row.period)


def episode(**changes: object) -> Episode:
    values: dict[str, object] = {
        "tenancy": "100001",
        "neighbourhood": "Molenkwartier",
        "cause": Cause.INCOME_DROP,
        "started": date(2026, 3, 1),
        "cures_itself": False,
    }
    return Episode(**(values | changes))  # type: ignore[arg-type]


def test_somebody_who_cures_by_itself_needs_nobody() -> None:
    assert not episode(cures_itself=True).needs_somebody(date(2026, 3, 20))
    assert episode().needs_somebody(date(2026, 3, 20))


def test_before_it_began_and_after_it_ended_nobody_is_needed() -> None:
    over = episode(ended=date(2026, 8, 15))
    assert not over.needs_somebody(date(2026, 2, 28))
    assert over.needs_somebody(date(2026, 8, 15))
    assert not over.needs_somebody(date(2026, 8, 16))


def test_from_the_first_instalment_of_a_plan_on_nobody_is_needed() -> None:
    planned = episode(plan_from=date(2026, 6, 1))
    assert planned.needs_somebody(date(2026, 5, 31))
    assert not planned.needs_somebody(date(2026, 6, 1))


def test_the_truth_is_one_line_per_episode(tmp_path: Path) -> None:
    write_truth(tmp_path / "truth.jsonl", [episode(), episode(ended=date(2026, 4, 2), ending=Ending.LUMP)])
    lines = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["ending"] for line in lines] == ["open", "lump"]
    assert lines[1]["ended"] == "2026-04-02"
