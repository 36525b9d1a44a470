"""Planning visits: against every possibility, against OR-Tools, and the weeks of sixty colleagues.

    python -m bench.planning            all three
    python -m bench.planning few        few doors: agreement with an exhaustive search, PyVRP alone beside it
    python -m bench.planning ortools    200 addresses at equal time (the extra `bench`, or ORTOOLS=/path/to/python)
    python -m bench.planning team       60 colleagues x 5 days

Measured in seconds of processor time where that is possible: other work on the machine then matters little.
"""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import voordeur
from voordeur.adapters import routing
from voordeur.core.planning import DAY, Moment, Plan, Question, Shift, Spot, Visit, Way, possible

CASES = int(os.environ.get("CASES", "500"))
SEEDS = (1, 2, 3)
BUDGET = float(os.environ.get("BUDGET", "10"))
"""Seconds of search that each has for the 200 addresses."""
WAY = Way(kmh=15, walking_kmh=5, detour_percent=130, extra_minutes=1)
BASE = Spot(52.5, 5.3)
COLLEAGUES, DOORS_EACH = 60, 60


def main() -> None:
    asked = sys.argv[1:] or ["few", "ortools", "team"]
    for name in asked:
        {"few": few, "ortools": against_ortools, "team": team}[name]()


# --- few doors: is it the best? ---


def few() -> None:
    """Up to ten doors with windows and prizes, in one to four half days."""
    agreed = alone = 0
    seconds = searching = 0.0
    for seed in range(CASES):
        rng = Random(seed)
        question = few_doors(rng, rng.randint(4, 10), rng.choice([1, 2, 2, 4]))
        best = exhaustive(question)
        begun = time.process_time()
        ours = routing.plan(question).worth
        seconds += time.process_time() - begun
        begun = time.process_time()
        pyvrp_alone = _pyvrp_alone(question)
        searching += time.process_time() - begun
        agreed += ours == best
        alone += pyvrp_alone == best
    share, share_alone = 100 * agreed / CASES, 100 * alone / CASES
    each, each_alone = seconds / CASES * 1000, searching / CASES * 1000
    print(f"few doors: {CASES} cases of 4 to 10 visits with windows and prizes")
    print(f"  ours and an exhaustive search agree in {agreed} ({share:.1f} %), {each:.1f} ms each")
    print(
        f"  PyVRP alone ({routing.ROUNDS} rounds) in {alone} ({share_alone:.1f} %), {each_alone:.0f} ms each"
    )


def _pyvrp_alone(question: Question) -> int:
    fitting = tuple(one for one in question.visits if any(possible(one, shift) for shift in question.shifts))
    tours = routing._searched(Question(question.shifts, fitting), routing.ROUNDS) if fitting else []
    return sum(tour.worth for tour in tours)


def exhaustive(question: Question) -> int:
    """Every order of every set of visits in every shift, depth first, nothing pruned but what does not fit.

    Written apart from `core.exact_plan`: orders are walked one by one and no state is ever compared with another.
    """
    best = {0: 0}
    for shift in question.shifts:
        tours = {0: 0}
        _walk(shift, question.visits, shift.start, shift.first, 0, 0, tours)
        joined: dict[int, int] = {}
        for done, worth in best.items():
            for mask, more in tours.items():
                if not mask & done and worth + more > joined.get(mask | done, -1):
                    joined[mask | done] = worth + more
        best = joined
    return max(best.values())


def _walk(
    shift: Shift,
    visits: tuple[Visit, ...],
    place: Spot,
    now: int,
    worth: int,
    mask: int,
    tours: dict[int, int],
) -> None:
    for at, visit in enumerate(visits):
        if mask >> at & 1:
            continue
        arrival = now + shift.way.minutes(place, visit.spot)
        travelled = worth - shift.way.minutes(place, visit.spot)
        home = shift.way.minutes(visit.spot, shift.start)
        for moment in visit.moments:
            end = max(arrival, moment.first) + visit.minutes
            if arrival > moment.last or end + home > shift.last:
                continue
            here = mask | 1 << at
            closed = travelled + moment.worth - home
            if closed > tours.get(here, -(10**9)):
                tours[here] = closed
            _walk(shift, visits, visit.spot, end, travelled + moment.worth, here, tours)


def few_doors(rng: Random, visits: int, shifts: int) -> Question:
    """Half days of one and a half to three and a half hours; one to three moments per door."""
    days = []
    for at in range(shifts):
        first = at // 2 * DAY + (540 if at % 2 == 0 else 780)
        days.append(Shift(first, first + rng.choice([90, 120, 150, 210]), BASE, WAY))
    return Question(tuple(days), tuple(_door(rng, key, days, 0.008) for key in range(visits)))


def _door(rng: Random, key: int, shifts: list[Shift], far: float) -> Visit:
    moments = []
    for shift in rng.sample(shifts, rng.randint(1, min(3, len(shifts)))):
        first = shift.first + rng.choice([0, 0, 30, 60])
        moments.append(Moment(first, first + rng.choice([30, 60, 200]), rng.randint(5, 150)))
    spot = Spot(52.5 + rng.uniform(-far, far), 5.3 + rng.uniform(-far, far) * 1.6)
    return Visit(key, spot, rng.choice([15, 20, 30]), tuple(sorted(moments, key=lambda one: one.first)))


# --- 200 addresses, at equal time ---


def many_doors(seed: int) -> Question:
    """200 addresses, 15 appointments, half-day windows, six colleagues of eight hours by bicycle from one office."""
    rng = Random(seed)
    shifts = tuple(Shift(at * DAY + 540, at * DAY + 1_020, BASE, WAY) for at in range(6))
    visits = []
    for key in range(200):
        spot = Spot(52.5 + rng.uniform(-0.02, 0.02), 5.3 + rng.uniform(-0.03, 0.03))
        firm = key < 15
        if firm:
            begin = rng.randrange(6) * DAY + rng.choice([540, 780])
            moments: tuple[Moment, ...] = (Moment(begin + 30, begin + 200, 60),)
        else:
            half = rng.choice([(0, 6 * DAY), (0, 6 * DAY), None])
            day = rng.randrange(6) * DAY
            first, last = half or (day + 540, day + rng.choice([760, 1_000]))
            moments = (Moment(first, last, rng.randint(10, 90)),)
        visits.append(Visit(key, spot, 20, moments, firm))
    return Question(shifts, tuple(visits))


@dataclass(frozen=True, slots=True)
class Compared:
    """What one candidate made of one question."""

    worth: int
    visits: int
    seconds: float


def against_ortools() -> None:
    """Both search for BUDGET seconds of processor time; ours counts its rounds out beforehand."""
    python = os.environ.get("ORTOOLS") or (sys.executable if find_spec("ortools") else "")
    if not python:
        print("200 addresses: OR-Tools is not installed; pip install '.[bench]' or set ORTOOLS")
        return
    print(f"200 addresses, 6 x 8 hours, about {BUDGET:.0f} s of processor time each (more worth is better)")
    for seed in SEEDS:
        question = many_doors(seed)
        ours = _ours(question)
        theirs = Compared(**json.loads(_in_process(python, seed, ours.seconds)))
        print(
            f"  {seed}: ours {ours.worth} ({ours.visits} visits, {ours.seconds:.1f} s),"
            f" OR-Tools {theirs.worth} ({theirs.visits} visits, {theirs.seconds:.1f} s)"
        )


def _ours(question: Question) -> Compared:
    begun = time.process_time()
    routing.plan(question, rounds=200)
    each = (time.process_time() - begun) / 200
    begun = time.process_time()
    plan = routing.plan(question, rounds=max(200, int(BUDGET / each)))
    return Compared(plan.worth, len(plan.calls), time.process_time() - begun)


def _in_process(python: str, seed: int, seconds: float) -> str:
    deed = f"from bench.planning import ortools_on; ortools_on({seed}, {seconds})"
    environment = {**os.environ, "PYTHONPATH": str(Path(voordeur.__file__).parent.parent)}
    done = subprocess.run([python, "-c", deed], check=True, capture_output=True, text=True, env=environment)
    return done.stdout.strip().splitlines()[-1]


def ortools_on(seed: int, seconds: float) -> None:
    """OR-Tools (guided local search) on the same question for as much processor time; counted by our own counting."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    question = many_doors(seed)
    count, shifts = len(question.visits), question.shifts
    spots = [*(one.spot for one in question.visits), *(one.start for one in shifts)]
    way = [[WAY.minutes(a, b) for b in spots] for a in spots]
    ends = list(range(count, count + len(shifts)))
    manager = pywrapcp.RoutingIndexManager(len(spots), len(shifts), ends, ends)
    model = pywrapcp.RoutingModel(manager)
    travel = model.RegisterTransitMatrix(way)
    model.SetArcCostEvaluatorOfAllVehicles(travel)
    service = [*(one.minutes for one in question.visits), *(0 for _ in shifts)]
    lasting = [[service[at] + minutes for minutes in row] for at, row in enumerate(way)]
    lasts = model.RegisterTransitMatrix(lasting)
    model.AddDimension(lasts, 6 * DAY, 6 * DAY, False, "time")
    clock = model.GetDimensionOrDie("time")
    for vehicle, shift in enumerate(shifts):
        clock.CumulVar(model.Start(vehicle)).SetRange(shift.first, shift.last)
        clock.CumulVar(model.End(vehicle)).SetRange(shift.first, shift.last)
    for at, visit in enumerate(question.visits):
        [moment] = visit.moments
        index = manager.NodeToIndex(at)
        clock.CumulVar(index).SetRange(max(0, moment.first), min(6 * DAY, moment.last))
        model.AddDisjunction([index], moment.worth + (100_000 if visit.firm else 0))
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    begun = time.process_time()
    model.AddSearchMonitor(model.solver().CustomLimit(lambda: time.process_time() - begun > seconds))
    solution = model.SolveWithParameters(parameters)
    worth, visits = _value(question, model, manager, solution, way)
    print(json.dumps(asdict(Compared(worth, visits, time.process_time() - begun))))


def _value(
    question: Question, model: Any, manager: Any, solution: Any, way: list[list[int]]
) -> tuple[int, int]:
    worth = visits = 0
    for vehicle in range(len(question.shifts)):
        index = model.Start(vehicle)
        while not model.IsEnd(index):
            here, index = manager.IndexToNode(index), solution.Value(model.NextVar(index))
            worth -= way[here][manager.IndexToNode(index)]
            if here < len(question.visits):
                worth += question.visits[here].moments[0].worth + 100_000 * question.visits[here].firm
                visits += 1
    return worth, visits


# --- the whole team ---


def a_week(seed: int) -> Question:
    """Five days with a break, each door with a chance per part of the day that differs: some fifteen moments each."""
    rng = Random(seed)
    shifts = []
    for day in range(5):
        for first, last in ((570, 735), (765, 900)):
            shifts.append(Shift(day * DAY + first, day * DAY + last, BASE, WAY))
    visits = []
    for key in range(DOORS_EACH):
        worth = rng.randint(120, 480)
        chances = [rng.randint(15, 70) for _ in range(3)]
        moments = tuple(
            Moment(day * DAY + first, day * DAY + last, worth * chance // 100 - 2 * day)
            for day in range(5)
            for (first, last), chance in zip(((0, 719), (720, 1_079), (1_080, 1_439)), chances, strict=True)
        )
        spot = Spot(52.5 + rng.uniform(-0.008, 0.008), 5.3 + rng.uniform(-0.012, 0.012))
        visits.append(Visit(key, spot, 30, moments))
    return Question(tuple(shifts), tuple(visits))


def _one_week(seed: int) -> tuple[float, int]:
    begun = time.process_time()
    plan: Plan = routing.plan(a_week(seed))
    return time.process_time() - begun, len(plan.calls)


def team() -> None:
    """Two processes, as on two cores."""
    begun = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        done = list(pool.map(_one_week, range(COLLEAGUES)))
    wall = time.perf_counter() - begun
    cpu, visits = sum(one for one, _ in done), sum(count for _, count in done)
    print(f"team: {COLLEAGUES} colleagues x 5 days, {DOORS_EACH} doors each, 2 processes")
    print(f"  {visits} visits planned; {cpu:.1f} s of processor time, {wall:.1f} s on the clock")


if __name__ == "__main__":
    main()
