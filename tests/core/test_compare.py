"""Two policies beside each other: every household is counted once, and the hours are those of its steps."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_policy import OPEN, facts_of_any_kind
from voordeur.adapters.rules import load_policy
from voordeur.core.compare import DESK, DOOR, Household, compare, place_of
from voordeur.core.facts import Facts
from voordeur.core.policy import Action, recommend

NOW, LETTER_FIRST = load_policy(), load_policy("brief-eerst")
AT_THE_DOOR = replace(OPEN, days_past_expected=8)
NOTHING = Facts()


def test_visit_at_one_month_against_letter_first() -> None:
    found = compare(
        NOW,
        LETTER_FIRST,
        [Household(7, 1, AT_THE_DOOR), Household(9, 2, AT_THE_DOOR), Household(8, 1, NOTHING)],
    )
    assert found.matrix == {(Action.VISIT, Action.CALL): 2, (Action.NOTHING, Action.NOTHING): 1}
    assert [(move.id, move.neighbourhood) for move in found.moves] == [(7, 1), (9, 2)]
    assert [(one.place, one.before, one.after) for one in found.total] == [(DOOR, 80, 0), (DESK, 0, 20)]
    assert [(one.neighbourhood, one.place, one.before, one.after) for one in found.hours] == [
        (1, DOOR, 40, 0),
        (1, DESK, 0, 10),
        (2, DOOR, 40, 0),
        (2, DESK, 0, 10),
    ]


def test_a_list_that_is_longer_than_the_hours_is_short() -> None:
    homes = [Household(nr, "Noord", AT_THE_DOOR if nr < 20 else NOTHING) for nr in range(1000)]
    door, desk = compare(LETTER_FIRST, NOW, homes).total
    assert (door.after, door.available, door.short) == (20 * 40, 12 * 60, True)
    assert (desk.before, desk.after, desk.available, desk.short) == (20 * 10, 0, 8 * 60, False)


def test_without_hours_nothing_is_short_and_without_minutes_nothing_is_needed() -> None:
    bare = replace(NOW, minutes={}, hours={})
    found = compare(NOW, bare, [Household(1, None, AT_THE_DOOR)])
    assert [(one.before, one.after, one.available, one.short) for one in found.total] == [
        (40, 0, None, False),
        (0, 0, None, False),
    ]


def test_other_limits_give_the_second_policy_facts_of_its_own() -> None:
    found = compare(NOW, NOW, [Household(1, 1, AT_THE_DOOR, NOTHING)])
    assert found.matrix == {(Action.VISIT, Action.NOTHING): 1}


def test_every_step_takes_time_somewhere_or_nowhere() -> None:
    places = {action: place_of(action) for action in Action}
    assert {action for action, place in places.items() if place == DOOR} == {
        Action.VISIT,
        Action.SECOND_VISIT,
    }
    assert {action for action, place in places.items() if place is None} == {Action.NOTHING, Action.WAIT}
    assert set(NOW.minutes) == {action for action in Action if action.acts}


@given(st.lists(facts_of_any_kind, max_size=8))
def test_everybody_is_counted_once_and_moves_are_what_is_off_the_diagonal(some: list[Facts]) -> None:
    homes = [Household(nr, nr % 3 or None, facts) for nr, facts in enumerate(some)]
    found = compare(NOW, LETTER_FIRST, homes)
    assert sum(found.matrix.values()) == found.households == len(homes)
    assert len(found.moves) == sum(n for (one, other), n in found.matrix.items() if one is not other)
    for move in found.moves:
        facts = some[int(str(move.id))]
        assert move.before is recommend(NOW, facts).action
        assert move.after is recommend(LETTER_FIRST, facts).action
    for place, whole in zip((DOOR, DESK), found.total, strict=True):
        parts = [one for one in found.hours if one.place == place]
        assert sum(one.before for one in parts) == whole.before
        assert sum(one.after for one in parts) == whole.after


@given(st.lists(facts_of_any_kind, max_size=5))
def test_a_policy_beside_itself_moves_nobody(some: list[Facts]) -> None:
    found = compare(NOW, NOW, [Household(nr, 1, facts) for nr, facts in enumerate(some)])
    assert found.moves == ()
    assert all(one.before == one.after for one in found.total)
