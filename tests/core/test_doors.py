"""When one may go to a door and what that is worth; why an address is not in the week, and when it can be instead."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.core.plan_cases import BASE, WAY
from voordeur.adapters.plan_rules import load_plan_rules
from voordeur.core.contacts import Channel, DayPart, Objection, Wish
from voordeur.core.doors import Appointment, Door, against, parts_of, visit_of
from voordeur.core.exact_plan import best_plan
from voordeur.core.home_times import Tries
from voordeur.core.left_out import Diversion, LeftOutCode, day_of, left_out
from voordeur.core.planning import DAY, Plan, Question, Shift, Spot

MONDAY = date(2026, 11, 23)
RULES = load_plan_rules()
ALWAYS = frozenset(range(21))
NEAR = Spot(52.501, 5.3)
DOOR = Door(1, NEAR, ALWAYS, places_below=3, days_late=10)
WISHES = {"since": MONDAY - timedelta(days=9)}
NOBODY = dict.fromkeys(DayPart, Tries())


def starts(door: Door, days: range | list[int] = range(7)) -> set[tuple[int, int]]:
    """(day, hour) at which a visit could begin."""
    moments = visit_of(door, MONDAY, days, RULES).moments
    return {(at // DAY, at % DAY // 60) for one in moments for at in range(one.first, one.last + 1, 60)}


def test_without_a_wish_every_part_of_every_day_will_do() -> None:
    assert starts(DOOR) == {(day, hour) for day in range(7) for hour in range(24)}


def test_what_is_higher_on_the_list_or_later_is_worth_more_and_another_day_less() -> None:
    worth = {
        place: visit_of(replace(DOOR, places_below=place), MONDAY, [0], RULES).moments[0].worth
        for place in range(5)
    }
    assert sorted(worth, key=worth.__getitem__) == list(range(5))
    monday, friday = (visit_of(DOOR, MONDAY, [day], RULES).moments[0].worth for day in (0, 4))
    assert monday - friday == 4 * RULES.later_day
    assert RULES.worth(0, 10_000) == RULES.asked + RULES.late_most


def test_the_chance_that_somebody_opens_counts() -> None:
    likely = replace(DOOR, own={**NOBODY, DayPart.EVENING: Tries(4, 4)}, place=dict.fromkeys(DayPart, 0.3))
    by_part = {one.first % DAY: one.worth for one in visit_of(likely, MONDAY, [0], RULES).moments}
    assert by_part[1_080] > 2 * by_part[0]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(**WISHES, leave_alone_until=MONDAY + timedelta(days=30)), "met rust gelaten"),
        (Wish(**WISHES, channels=frozenset({Channel.PHONE})), "alleen contact per telefoon"),
        (Wish(**WISHES, objection=Objection.RUNS), "bezwaar"),
    ],
)
def test_a_wish_really_blocks_and_says_so(wish: Wish, said: str) -> None:
    door = replace(DOOR, wish=wish)
    assert visit_of(door, MONDAY, range(7), RULES).moments == ()
    words = against(door, MONDAY, range(7))
    assert words is not None
    assert said in words.nl


def test_a_wish_for_a_part_of_the_day_leaves_only_that() -> None:
    door = replace(DOOR, wish=Wish(**WISHES, parts=frozenset({DayPart.EVENING})))
    assert {hour for _day, hour in starts(door)} == set(range(18, 24))
    assert against(door, MONDAY, range(7)) is None


def test_rest_until_wednesday_leaves_the_days_after_it() -> None:
    door = replace(DOOR, wish=Wish(**WISHES, leave_alone_until=MONDAY + timedelta(days=2)))
    assert {day for day, _hour in starts(door)} == {3, 4, 5, 6}


def test_a_language_never_blocks() -> None:
    assert starts(replace(DOOR, wish=Wish(**WISHES, language="ar"))) == starts(DOOR)


def test_who_is_only_in_in_the_evening_is_visited_then_unless_it_was_agreed_otherwise() -> None:
    own = {**NOBODY, DayPart.MORNING: Tries(2, 0), DayPart.EVENING: Tries(1, 1)}
    door = replace(DOOR, own=own, place=dict.fromkeys(DayPart, 0.3))
    assert parts_of(door, RULES) == {DayPart.EVENING}
    agreed = replace(door, appointment=Appointment(1, 600, DayPart.MORNING))
    assert [(one.first, one.last) for one in visit_of(agreed, MONDAY, range(7), RULES).moments] == [
        (DAY + 600, DAY + 600)
    ]


def test_an_appointment_and_a_pin_have_only_their_own_moment_and_go_first() -> None:
    for door in (replace(DOOR, appointment=Appointment(2, 605)), replace(DOOR, pinned=2 * DAY + 605)):
        visit = visit_of(door, MONDAY, range(7), RULES)
        assert visit.firm
        assert [(one.first, one.last) for one in visit.moments] == [(2 * DAY + 605, 2 * DAY + 605)]
    some_time = visit_of(
        replace(DOOR, appointment=Appointment(2, None, DayPart.MORNING)), MONDAY, range(7), RULES
    )
    assert [(one.first, one.last) for one in some_time.moments] == [(2 * DAY, 2 * DAY + 719)]


def test_a_door_for_two_only_while_somebody_can_come_along() -> None:
    door = replace(DOOR, pairs=((DAY + 600, DAY + 660),))
    moments = visit_of(door, MONDAY, range(7), RULES).moments
    assert [(one.first, one.last) for one in moments] == [(DAY + 600, DAY + 660 - RULES.visit_minutes)]


# --- what is left out ---


def reason(
    door: Door, shifts: list[Shift], *others: Door, later: list[Shift] | None = None
) -> tuple[LeftOutCode, str, date | None]:
    """Plan these doors; what is said of the first, which must be left out."""
    doors = {one.key: one for one in (door, *others)}
    visits = [visit_of(one, MONDAY, range(7), RULES) for one in doors.values()]
    plan: Plan = best_plan(Question(tuple(shifts), tuple(visits)))
    found = left_out(plan, doors, shifts, Diversion(MONDAY, later or [], RULES), list(range(7)))
    one = next(each for each in found if each.key == door.key)
    return one.code, one.why.nl, day_of(MONDAY, one.new_day)


MORNING = Shift(DAY + 540, DAY + 600, BASE, WAY)


def test_full_hours_say_how_much_is_left_and_when_it_can_be_instead() -> None:
    urgent = replace(DOOR, key=2, places_below=9)
    later = [Shift(8 * DAY + 540, 8 * DAY + 600, BASE, WAY)]
    code, why, new_day = reason(DOOR, [MORNING], urgent, later=later)
    assert (code, new_day) == (LeftOutCode.FULL, date(2026, 12, 1))
    assert why == "Er blijft 26 minuten over en dit bezoek duurt 30 minuten. Wat er staat is dringender."


def test_without_hours_without_an_evening_or_without_a_companion_it_says_so() -> None:
    assert reason(DOOR, [])[0] is LeftOutCode.NO_HOURS
    evening = replace(DOOR, wish=Wish(**WISHES, parts=frozenset({DayPart.EVENING})))
    code, why, _new = reason(evening, [MORNING])
    assert (code, why) == (
        LeftOutCode.NO_PART, "Alleen in de avond. Dan werk je deze week niet, of niet lang genoeg.",
    )  # fmt: skip
    assert reason(replace(DOOR, pairs=()), [MORNING])[0] is LeftOutCode.NO_PAIR


def test_a_wish_is_the_reason_and_the_new_day_comes_after_it() -> None:
    rest = replace(DOOR, wish=Wish(**WISHES, leave_alone_until=MONDAY + timedelta(days=8)))
    later = [Shift(day * DAY + 540, day * DAY + 600, BASE, WAY) for day in (8, 9)]
    code, why, new_day = reason(rest, [MORNING], later=later)
    assert (code, new_day) == (LeftOutCode.WISH, date(2026, 12, 2))
    assert why.startswith("De huurder wil met rust gelaten worden tot en met 1 december")


def test_a_door_that_fits_and_is_not_worth_the_way_says_so() -> None:
    far = replace(DOOR, spot=Spot(52.6, 5.3), places_below=0, days_late=0)
    code, why, _new = reason(far, [Shift(DAY + 540, DAY + 800, BASE, WAY)])
    assert code is LeftOutCode.FAR
    assert why == "De weg erheen kost 1 uur en 58 minuten. Dat is nu meer dan dit bezoek waard is."


def test_who_waits_takes_its_place_in_a_later_week() -> None:
    later = [Shift(8 * DAY + 540, 8 * DAY + 580, BASE, WAY), Shift(9 * DAY + 540, 9 * DAY + 580, BASE, WAY)]
    diversion = Diversion(MONDAY, later, RULES)
    assert [diversion.day_for(replace(DOOR, key=key)) for key in (1, 2, 3)] == [8, 9, None]
