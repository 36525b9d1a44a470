"""Made-up questions of planning, the same for the same random numbers: few doors, worth something at some moments."""

from random import Random

from voordeur.core.planning import DAY, Moment, Question, Shift, Spot, Visit, Way

BASE = Spot(52.5, 5.3)
WAY = Way(kmh=15, walking_kmh=5, detour_percent=130, extra_minutes=1)


def a_spot(rng: Random) -> Spot:
    """Within about a kilometre of the base."""
    return Spot(52.5 + rng.uniform(-0.008, 0.008), 5.3 + rng.uniform(-0.012, 0.012))


def a_question(rng: Random, visits: int, shifts: int, *, firm: float = 0.0) -> Question:
    """Half days of two or three hours; each visit has one to three moments in some of them."""
    days = []
    for at in range(shifts):
        first = at // 2 * DAY + (540 if at % 2 == 0 else 780)
        days.append(Shift(first, first + rng.choice([90, 120, 150, 180]), BASE, WAY))
    return Question(tuple(days), tuple(a_visit(rng, key, days, firm) for key in range(visits)))


def a_visit(rng: Random, key: int, shifts: list[Shift], firm: float = 0.0) -> Visit:
    """One door."""
    moments = []
    for shift in rng.sample(shifts, rng.randint(1, min(3, len(shifts)))):
        first = shift.first + rng.choice([0, 0, 30, 60])
        moments.append(Moment(first, first + rng.choice([0, 30, 60, 200]), rng.randint(5, 200)))
    moments.sort(key=lambda one: one.first)
    return Visit(key, a_spot(rng), rng.choice([20, 30, 40]), tuple(moments), rng.random() < firm)
