"""A policy is written as a draft, checked at every change, and live it can no longer change."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.actions.town import TODAY, SmallTown, small_town
from voordeur.actions import edit_policy
from voordeur.actions.edit_policy import Part
from voordeur.actions.policy_now import policy_now, policy_of
from voordeur.core.policy import Action
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, PolicyVersion

pytestmark = pytest.mark.django_db
RULE, BLOCK, ORDER = Part.RULE, Part.BLOCK, Part.ORDER


@pytest.fixture
def town() -> SmallTown:
    return small_town()


@pytest.fixture
def draft(town: SmallTown) -> PolicyVersion:
    return edit_policy.begin_draft(town.administrator, shipped="standaard")


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def test_a_draft_counts_for_nobody(town: SmallTown, draft: PolicyVersion) -> None:
    before = policy_now(TODAY)
    edit_policy.change_numbers(town.administrator, draft.pk, {"limits.small_amount": "99,00"})
    assert policy_now(TODAY) == before


def test_every_copy_has_the_next_number(town: SmallTown, draft: PolicyVersion) -> None:
    again = edit_policy.begin_draft(town.administrator, version=draft.pk)
    assert (draft.number, again.number) == (1, 2)
    assert policy_of(again.text) == policy_of(draft.text)


def test_a_new_rule_stands_on_top_and_decides(town: SmallTown, draft: PolicyVersion) -> None:
    rule = {
        "name": "eerst-bellen", "action": "call", "when": ["in_arrears", "calls = 0"], "nl": "Bel eerst.",
        "en": "Ring first.", "source": "Besluit van het bestuur.", "trust": "choice",
    }  # fmt: skip
    edit_policy.add_part(town.administrator, draft.pk, RULE, rule)
    draft.refresh_from_db()
    first = policy_of(draft.text).rules[0]
    assert (first.name, first.action, str(first.when[1])) == ("eerst-bellen", Action.CALL, "calls = 0")


@pytest.mark.parametrize(
    "changes",
    [
        {"when": ["no_such_fact"]},
        {"when": ["days_overdue >= "]},
        {"action": "evict"},
        {"nl": ""},
        {"source": ""},
    ],
)
def test_what_cannot_be_read_back_is_not_kept(
    changes: dict[str, object], town: SmallTown, draft: PolicyVersion
) -> None:
    before = draft.text
    with pytest.raises(Refused):
        edit_policy.change_part(town.administrator, draft.pk, RULE, 0, changes)
    draft.refresh_from_db()
    assert draft.text == before


def test_somebody_always_gets_an_advice(town: SmallTown, draft: PolicyVersion) -> None:
    last = len(policy_of(draft.text).rules) - 1
    with pytest.raises(Refused):
        edit_policy.remove_part(town.administrator, draft.pk, RULE, last)
    with pytest.raises(Refused):
        edit_policy.change_part(town.administrator, draft.pk, RULE, last, {"when": ["in_arrears"]})


@pytest.mark.parametrize(("at", "by"), [(0, -1), (999, 1), (-1, 1)])
def test_a_place_that_is_not_there_is_not_found(
    at: int, by: int, town: SmallTown, draft: PolicyVersion
) -> None:
    with pytest.raises(Refused) as refusal:
        edit_policy.move_part(town.administrator, draft.pk, RULE, at, by)
    assert codes(refusal) == {"not-found"}


def test_it_counts_from_its_day_and_the_newest_wins(town: SmallTown, draft: PolicyVersion) -> None:
    monday = TODAY + timedelta(days=7)
    edit_policy.change_numbers(town.administrator, draft.pk, {"limits.silence_days": 60})
    edit_policy.put_live(town.administrator, draft.pk, monday, "Vanaf maandag.", TODAY)
    assert policy_now(TODAY).limits.silence_days != 60
    assert policy_now(monday).limits.silence_days == 60
    newer = edit_policy.begin_draft(town.administrator, version=draft.pk)
    edit_policy.change_numbers(town.administrator, newer.pk, {"limits.silence_days": 30})
    edit_policy.put_live(town.administrator, newer.pk, monday, "Toch korter.", TODAY)
    assert policy_now(monday).limits.silence_days == 30


def test_live_it_is_closed(town: SmallTown, draft: PolicyVersion) -> None:
    edit_policy.put_live(town.administrator, draft.pk, TODAY, "Besluit.", TODAY)
    who, version = town.administrator, draft.pk
    deeds: list[Callable[[], object]] = [
        lambda: edit_policy.change_numbers(who, version, {"limits.silence_days": 1}),
        lambda: edit_policy.put_live(who, version, TODAY, "Nog eens.", TODAY),
        lambda: edit_policy.drop_draft(who, version),
    ]
    for deed in deeds:
        with pytest.raises(Refused) as refusal:
            deed()
        assert codes(refusal) == {"not-found"}


def test_a_past_day_is_refused(town: SmallTown, draft: PolicyVersion) -> None:
    with pytest.raises(Refused) as refusal:
        edit_policy.put_live(town.administrator, draft.pk, date(2026, 1, 1), "Te laat.", TODAY)
    assert codes(refusal) == {"day-passed"}


def test_others_may_not(town: SmallTown, draft: PolicyVersion) -> None:
    for user in (town.manager, town.consultant):
        with pytest.raises(Refused) as refusal:
            edit_policy.drop_draft(user, draft.pk)
        assert codes(refusal) == {"not-allowed"}


def test_every_change_leaves_a_line(town: SmallTown, draft: PolicyVersion) -> None:
    edit_policy.change_numbers(town.administrator, draft.pk, {"limits.silence_days": 60})
    edit_policy.put_live(town.administrator, draft.pk, TODAY, "Besluit.", TODAY)
    lines = AuditLine.objects.filter(subject=f"policy:{draft.pk}").order_by("id")
    assert [line.action for line in lines] == ["begin_policy", "change_policy", "put_policy_live"]
