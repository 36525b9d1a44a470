"""The best plan there is, for a few visits: every set of doors per shift is looked at once.

For one shift: per set of visited doors and last door the ways to stand there that no other beats in time and worth
(a label-setting search over subsets). Then the sets are divided over the shifts. The work grows with three to the
power of the number of visits, so this is for at most ten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voordeur.core.planning import FIRM, Plan, Question, Shift, Tour, Visit, answer, begins, possible, timed

MOST = 10
"""So many visits at most."""


@dataclass(frozen=True, slots=True)
class _Label:
    """Free from, worth after the travelling, and the order in which one went."""

    free: int
    worth: int
    order: tuple[int, ...]


def best_plan(question: Question) -> Plan:
    """The plan that is worth most. ValueError for more than `MOST` visits. The same question has the same answer."""
    if len(question.visits) > MOST:
        raise ValueError(f"at most {MOST} visits")
    chosen: dict[int, tuple[int, tuple[tuple[int, ...], ...]]] = {0: (0, ())}
    for shift in question.shifts:
        chosen = _with_shift(chosen, _sets(shift, question.visits))
    _worth, orders = max(chosen.values(), key=lambda one: one[0])
    tours = [
        _tour(shift, order, question.visits) for shift, order in zip(question.shifts, orders, strict=True)
    ]
    return answer(question, tours)


def best_tour(shift: Shift, visits: Sequence[Visit]) -> Tour:
    """The tour of one shift that is worth most; at most `MOST` visits."""
    return best_plan(Question((shift,), tuple(visits))).tours[0]


def _with_shift(
    before: Mapping[int, tuple[int, tuple[tuple[int, ...], ...]]], sets: Mapping[int, _Label]
) -> dict[int, tuple[int, tuple[tuple[int, ...], ...]]]:
    """The best way to do each set of doors in the shifts so far and this one."""
    found: dict[int, tuple[int, tuple[tuple[int, ...], ...]]] = {}
    for done, (worth, orders) in before.items():
        for mask, label in sets.items():
            if mask & done:
                continue
            now = found.get(done | mask)
            if now is None or worth + label.worth > now[0]:
                found[done | mask] = (worth + label.worth, (*orders, label.order))
    return found


def _sets(shift: Shift, visits: Sequence[Visit]) -> dict[int, _Label]:
    """Per set of doors, as bits, the best tour of this shift that does exactly those; the empty one included."""
    here = {at: fits for at, visit in enumerate(visits) if (fits := possible(visit, shift)) is not None}
    home = {at: shift.way.minutes(visit.spot, shift.start) for at, visit in here.items()}
    best = {0: _Label(shift.first, 0, ())}
    layer: dict[tuple[int, int], list[_Label]] = {(0, -1): [best[0]]}
    while layer:
        coming: dict[tuple[int, int], list[_Label]] = {}
        for (mask, last), labels in layer.items():
            for at, visit in here.items():
                if mask >> at & 1:
                    continue
                place = here[last].spot if last >= 0 else shift.start
                travel = shift.way.minutes(place, visit.spot)
                further = [
                    made
                    for label in labels
                    for made in _extended(label, at, visit, travel, shift.last - home[at])
                ]
                if further:
                    coming.setdefault((mask | 1 << at, at), []).extend(further)
        layer = {where: _undominated(labels) for where, labels in coming.items()}
        for (mask, last), labels in layer.items():
            for label in labels:
                closed = _Label(label.free, label.worth - home[last], label.order)
                if mask not in best or closed.worth > best[mask].worth:
                    best[mask] = closed
    return best


def _extended(label: _Label, at: int, visit: Visit, travel: int, until: int) -> list[_Label]:
    """One visit further, in each of its moments that still fits before `until`."""
    return [
        _Label(
            start + visit.minutes, label.worth - travel + moment.worth + FIRM * visit.firm, (*label.order, at)
        )
        for moment, start in begins(visit, label.free + travel)
        if start + visit.minutes <= until
    ]


def _undominated(labels: list[_Label]) -> list[_Label]:
    kept: list[_Label] = []
    for label in sorted(labels, key=lambda one: (one.free, -one.worth, one.order)):
        if not kept or label.worth > kept[-1].worth:
            kept.append(label)
    return kept


def _tour(shift: Shift, order: Sequence[int], visits: Sequence[Visit]) -> Tour:
    tour = timed(shift, [visits[at] for at in order])
    if tour is None:
        raise ValueError("an order that was found to fit does not fit")
    return tour
