"""No window and no hour is violated, what is firm stays, nobody is lost, and the best is the best."""

from itertools import combinations, permutations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.plan_cases import BASE, WAY, a_question
from voordeur.core.exact_plan import MOST, best_plan, best_tour
from voordeur.core.planning import (
    DAY,
    FIRM,
    Moment,
    Plan,
    Question,
    Shift,
    Spot,
    Visit,
    Way,
    possible,
    straight_metres,
    timed,
)

NEAR, FAR = Spot(52.501, 5.3), Spot(52.52, 5.3)


def violations(question: Question, plan: Plan) -> list[str]:
    """Everything about a plan that cannot be."""
    found = []
    seen = [call.visit.key for call in plan.calls]
    if sorted([*seen, *plan.left_out]) != sorted(one.key for one in question.visits):
        found.append("a visit is lost or doubled")
    for tour in plan.tours:
        free, place = tour.shift.first, tour.shift.start
        for call in tour.calls:
            travel = tour.shift.way.minutes(place, call.visit.spot)
            if call.start < free + travel:
                found.append(f"{call.visit.key} begins before one is there")
            if not any(
                one.first <= call.start <= one.last and one.worth == call.worth for one in call.visit.moments
            ):
                found.append(f"{call.visit.key} begins outside its moments")
            free, place = call.end, call.visit.spot
        if tour.calls and free + tour.shift.way.minutes(place, tour.shift.start) > tour.shift.last:
            found.append("one is back too late")
    return found


def exhaustive(question: Question) -> int:
    """The worth of the best plan, by trying every set, every order and every moment. For a handful of visits."""
    best: dict[frozenset[int], int] = {frozenset(): 0}
    for shift in question.shifts:
        tours: dict[frozenset[int], int] = {}
        for many in range(len(question.visits) + 1):
            for order in (o for some in combinations(question.visits, many) for o in permutations(some)):
                for moments in product(*(one.moments for one in order)):
                    worth = worth_of(shift, order, moments)
                    keys = frozenset(one.key for one in order)
                    if worth is not None and worth > tours.get(keys, -1):
                        tours[keys] = worth
        best = joined(best, tours)
    return max(best.values())


def joined(before: dict[frozenset[int], int], tours: dict[frozenset[int], int]) -> dict[frozenset[int], int]:
    found: dict[frozenset[int], int] = {}
    for done, worth in before.items():
        for keys, more in tours.items():
            if not keys & done:
                found[done | keys] = max(found.get(done | keys, -1), worth + more)
    return found


def worth_of(shift: Shift, order: tuple[Visit, ...], moments: tuple[Moment, ...]) -> int | None:
    """Said again, as simply as can be: each visit in the moment chosen for it, as early as possible."""
    now, place, worth = shift.first, shift.start, 0
    for visit, moment in zip(order, moments, strict=True):
        travel = shift.way.minutes(place, visit.spot)
        now = max(now + travel, moment.first)
        if now > moment.last:
            return None
        worth += moment.worth + FIRM * visit.firm - travel
        now, place = now + visit.minutes, visit.spot
    home = shift.way.minutes(place, shift.start)
    return worth - home if now + home <= shift.last else None


@given(seed=st.integers(0, 10**9), visits=st.integers(0, MOST), shifts=st.integers(0, 4))
def test_no_window_and_no_hour_is_violated_and_nobody_is_lost(seed: int, visits: int, shifts: int) -> None:
    question = a_question(Random(seed), visits if shifts else 0, shifts, firm=0.2)
    assert violations(question, best_plan(question)) == []


@given(seed=st.integers(0, 10**9), visits=st.integers(1, 5), shifts=st.integers(1, 2))
def test_the_best_plan_is_the_best_there_is(seed: int, visits: int, shifts: int) -> None:
    question = a_question(Random(seed), visits, shifts, firm=0.1)
    assert best_plan(question).worth == exhaustive(question)


def test_the_same_question_has_the_same_answer() -> None:
    question = a_question(Random(7), 9, 4)
    assert best_plan(question) == best_plan(question)


def test_more_than_ten_is_not_for_looking_at_every_set() -> None:
    with pytest.raises(ValueError, match="at most 10"):
        best_plan(a_question(Random(1), MOST + 1, 2))


def test_what_is_firm_goes_before_whatever_is_worth_more() -> None:
    agreed = Visit(1, NEAR, 60, (Moment(540, 540, 1),), firm=True)
    other = Visit(2, NEAR, 60, (Moment(500, 560, 500),))
    plan = best_plan(Question((Shift(530, 620, BASE, WAY),), (other, agreed)))
    assert [call.visit.key for call in plan.calls] == [1]
    assert plan.left_out == (2,)


def test_a_visit_that_costs_more_travel_than_it_is_worth_is_left_out() -> None:
    far = Visit(1, FAR, 30, (Moment(540, 700, 5),))
    assert best_plan(Question((Shift(540, 900, BASE, WAY),), (far,))).left_out == (1,)


def test_of_two_moments_the_one_that_is_worth_more_is_waited_for() -> None:
    visit = Visit(1, NEAR, 30, (Moment(540, 600, 20), Moment(700, 720, 60)))
    [call] = best_tour(Shift(540, 900, BASE, WAY), [visit]).calls
    assert (call.start, call.worth) == (700, 60)


def test_an_order_that_does_not_fit_has_no_times() -> None:
    early = Visit(1, NEAR, 30, (Moment(545, 550, 9),))
    late = Visit(2, NEAR, 30, (Moment(600, 610, 9),))
    shift = Shift(540, 700, BASE, WAY)
    assert timed(shift, [late, early]) is None
    tour = timed(shift, [early, late])
    assert tour is not None
    assert [call.start for call in tour.calls] == [545, 600]
    assert tour.back == 630 + WAY.minutes(NEAR, BASE)


def test_a_short_stretch_goes_on_foot_and_nothing_takes_no_time() -> None:
    near = Spot(52.5003, 5.3)
    assert WAY.minutes(BASE, BASE) == 0
    assert WAY.minutes(BASE, near) == 1
    assert (
        Way(15, 5, 130, 1).minutes(BASE, FAR) == 13
    )  # 2.2 km is 2.9 km of road: 12 minutes, and one for the lock
    assert round(straight_metres(BASE, FAR)) == 2226


def test_who_cannot_be_there_and_back_in_a_shift_cannot_be_visited_in_it() -> None:
    visit = Visit(1, FAR, 30, (Moment(0, DAY, 9),))
    assert possible(visit, Shift(540, 590, BASE, WAY)) is None
    found = possible(visit, Shift(540, 600, BASE, WAY))
    assert found is not None
    assert [(one.first, one.last) for one in found.moments] == [(553, 557)]
