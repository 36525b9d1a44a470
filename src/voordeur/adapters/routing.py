"""PyVRP as the planner of many visits: our question in, our plan out. Nothing of PyVRP is seen outside this file.

PyVRP (0.14) knows vehicles, clients with a prize and one time window, and groups of clients of which at most one is
served. A shift is a vehicle; a visit with several moments is a group with a client per moment. It stops after a number
of rounds and not after a time, with a fixed seed, so that the same question always has the same answer. Few visits are
left to `core.exact_plan`, which finds the best there is. What PyVRP proposes is timed by our own `core.planning.timed`,
so that a window or an hour can never be violated by a difference between two ways of counting.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from voordeur.core import exact_plan
from voordeur.core.planning import (
    FIRM,
    Moment,
    Plan,
    Question,
    Shift,
    Spot,
    Tour,
    Visit,
    answer,
    possible,
    timed,
)

if TYPE_CHECKING:
    import pyvrp

ROUNDS = 1_000
"""Rounds of PyVRP's search. More is slower and seldom better: see docs/measurements.md."""
SEED = 1


def plan(question: Question, *, rounds: int = ROUNDS) -> Plan:
    """The plan that is worth most, as far as found: the best for at most ten visits that can be planned at all.

    Every moment, every shift and every travelling time is kept to. What is `firm` is only left out when it does not
    fit. The same question and the same `rounds` give the same plan.
    """
    fitting = [visit for visit in question.visits if any(possible(visit, one) for one in question.shifts)]
    if len(fitting) <= exact_plan.MOST:
        found = exact_plan.best_plan(Question(question.shifts, tuple(fitting)))
        return answer(question, found.tours)
    tours = _searched(Question(question.shifts, tuple(fitting)), rounds)
    return answer(question, _polished(tours, fitting))


def _searched(question: Question, rounds: int) -> list[Tour]:
    """What PyVRP finds, as tours of our own. It is loaded here: most screens never plan, and it brings numpy along."""
    import pyvrp
    from pyvrp.stop import MaxIterations

    model = pyvrp.Model()
    spots = _Spots(model)
    profiles = {way: model.add_profile() for way in dict.fromkeys(one.way for one in question.shifts)}
    for shift in question.shifts:
        depot = model.add_depot(spots.of(shift.start))
        model.add_vehicle_type(
            tw_early=shift.first, tw_late=shift.last, start_depot=depot, end_depot=depot,
            profile=profiles[shift.way], unit_distance_cost=1,
        )  # fmt: skip
    clients = [visit for visit in question.visits for _ in _add_clients(model, spots, visit, question.shifts)]
    for way, profile in profiles.items():
        for one, here in spots.known.items():
            for other, there in spots.known.items():
                minutes = way.minutes(one, other)
                model.add_edge(here, there, distance=minutes, duration=minutes, profile=profile)
    result = model.solve(MaxIterations(rounds), seed=SEED, collect_stats=False, display=False)
    orders: dict[int, list[Visit]] = {}
    for route in result.best.routes():
        orders[route.vehicle_type()] = [clients[at] for at in _clients_of(route)]
    return [_kept(shift, orders.get(at, ())) for at, shift in enumerate(question.shifts)]


class _Spots:
    """Each place once, however many doors there are."""

    def __init__(self, model: "pyvrp.Model") -> None:
        self._model = model
        self.known: dict[Spot, pyvrp.Location] = {}

    def of(self, spot: Spot) -> "pyvrp.Location":
        """PyVRP's location of a place."""
        if spot not in self.known:
            self.known[spot] = self._model.add_location(spot.longitude, spot.latitude)
        return self.known[spot]


def _add_clients(
    model: "pyvrp.Model", spots: _Spots, visit: Visit, shifts: Sequence[Shift]
) -> list["pyvrp.Client"]:
    """One client per moment; of several at most one is served."""
    moments = _joined(visit.moments, shifts)
    group = model.add_client_group(required=False) if len(moments) > 1 else None
    return [
        model.add_client(
            spots.of(visit.spot), service_duration=visit.minutes, tw_early=moment.first, tw_late=moment.last,
            prize=moment.worth + FIRM * visit.firm, required=False, group=group,
        )
        for moment in moments
    ]  # fmt: skip


def _joined(moments: Iterable[Moment], shifts: Sequence[Shift]) -> list[Moment]:
    """The moments in which somebody works; two that are worth the same are one when nobody works in between."""
    found: list[Moment] = []
    for moment in sorted(moments, key=lambda one: (one.first, one.last)):
        if not any(shift.first <= moment.last and moment.first <= shift.last for shift in shifts):
            continue
        last = found[-1] if found else None
        if last is not None and last.worth == moment.worth and _idle(last.last, moment.first, shifts):
            found[-1] = Moment(last.first, max(last.last, moment.last), last.worth)
        else:
            found.append(moment)
    return found


def _idle(last: int, first: int, shifts: Sequence[Shift]) -> bool:
    """Nobody works between two moments."""
    return not any(shift.first < first and last < shift.last and last + 1 < first for shift in shifts)


def _kept(shift: Shift, order: Sequence[Visit]) -> Tour:
    """The order with our own times; should one not fit by our counting, the last visit that is not firm goes."""
    visits = list(order)
    while (tour := timed(shift, visits)) is None:
        loose = [at for at, visit in enumerate(visits) if not visit.firm]
        del visits[loose[-1] if loose else -1]
    return tour


def _polished(tours: list[Tour], visits: Sequence[Visit]) -> list[Tour]:
    """Each tour in its best order, and whatever still fits put where it is worth most; again until nothing changes."""
    planned = {call.visit.key for tour in tours for call in tour.calls}
    waiting = [visit for visit in visits if visit.key not in planned]
    tours = [_in_best_order(tour) for tour in tours]
    while gains := [gain for visit in waiting if (gain := _best_place(visit, tours))[0] > 0]:
        _worth, at, better, visit = max(gains, key=lambda one: (one[0], -one[3].key))
        tours[at] = better
        waiting.remove(visit)
    return tours


def _in_best_order(tour: Tour) -> Tour:
    visits = [call.visit for call in tour.calls]
    if not 1 < len(visits) <= exact_plan.MOST:
        return tour
    better = exact_plan.best_tour(tour.shift, visits)
    return better if better.worth > tour.worth else tour


def _best_place(visit: Visit, tours: Sequence[Tour]) -> tuple[int, int, Tour, Visit]:
    """What putting this visit in gains, and in which tour; a gain of 0 where it fits nowhere."""
    best = (0, 0, tours[0], visit)
    for at, tour in enumerate(tours):
        if possible(visit, tour.shift) is None:
            continue
        order = [call.visit for call in tour.calls]
        for place in range(len(order) + 1):
            longer = timed(tour.shift, [*order[:place], visit, *order[place:]])
            if longer is not None and longer.worth - tour.worth > best[0]:
                best = (longer.worth - tour.worth, at, longer, visit)
    return best


def _clients_of(route: "pyvrp.Route") -> list[int]:
    """The places of a route's clients in the list of clients."""
    return [activity.idx for activity in route if activity.is_client()]
