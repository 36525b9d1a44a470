"""What is due under each rule of the retention table, and what holds it back: read only, in the order of the table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import SET_NULL, BooleanField, ExpressionWrapper, F, ForeignObjectRel, Max, Model, Value

from voordeur.core.retention import Holdback, Record, RetentionRule, Sifted, newest_due, sift
from voordeur.store.bulk import chunks
from voordeur.store.models import Tenancy
from voordeur.store.retention_holds import HOLDS
from voordeur.store.retention_parts import PARTS, Part

AT_ONCE = 500

Gone = Mapping[type[Model], set[Any]]
"""Keys of rows that an earlier rule takes away."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One part of a rule on one day: the keys of the rows that are due."""

    part: Part
    keys: tuple[Any, ...]
    sifted: Sifted


@dataclass(frozen=True, slots=True)
class Plan:
    """One rule on one day."""

    rule: RetentionRule
    parts: tuple[PlannedPart, ...]
    households: frozenset[int]
    """Tenancies that something due belongs to."""

    @property
    def due(self) -> int:
        """Rows that are due, without what goes along."""
        return sum(len(one.keys) for one in self.parts)

    @property
    def oldest(self) -> date | None:
        """The day that the oldest due row is counted from."""
        return min((one.sifted.oldest for one in self.parts if one.sifted.oldest), default=None)

    @property
    def held(self) -> tuple[tuple[Holdback, int], ...]:
        """Rows whose term is over and that stay, per reason."""
        found: dict[Holdback, int] = defaultdict(int)
        for one in self.parts:
            for reason, count in one.sifted.held:
                found[reason] += count
        return tuple((reason, found[reason]) for reason in Holdback if found[reason])


@dataclass(slots=True)
class _Row:
    key: Any
    since: date
    household: int | None
    held: set[Holdback] = field(default_factory=set)


def plans(rules: Iterable[RetentionRule], day: date) -> Iterator[Plan]:
    """What is due on `day`, rule by rule, as if each were carried out before the next is looked at."""
    gone: dict[type[Model], set[Any]] = defaultdict(set)
    for rule in rules:
        one = plan(rule, day, gone)
        for planned in one.parts:
            if not planned.part.blank:
                gone[planned.part.model].update(planned.keys)
            for model, column in planned.part.along:
                for keys in chunks(planned.keys, AT_ONCE):
                    gone[model].update(_pointing(model, column, keys).values_list("pk", flat=True))
        yield one


def plan(rule: RetentionRule, day: date, gone: Gone | None = None) -> Plan:
    """What is due under one rule on `day`, when the rows in `gone` are away already."""
    newest = newest_due(rule, day)
    found, households = [], set[int]()
    for part in PARTS.get(rule.name, ()) if newest is not None else ():
        away = gone or {}
        rows = [row for row in _rows(part, newest) if row.key not in away.get(part.model, ())]
        _note_households(rule, rows, day)
        _note_needed(part, rows, away)
        records = {str(row.key): row for row in rows}
        one = sift(rule, (Record(name, row.since, frozenset(row.held)) for name, row in records.items()), day)
        due = [records[record.id] for record in one.due]
        found.append(PlannedPart(part, tuple(row.key for row in due), one))
        households |= {row.household for row in due if row.household is not None}
    return Plan(rule, tuple(found), frozenset(households))


def _rows(part: Part, newest: date | None) -> list[_Row]:
    """The rows whose term is over, by key."""
    undecided = ExpressionWrapper(part.undecided, BooleanField()) if part.undecided else Value(False)
    house = F(part.household) if part.household else Value("")
    found = part.model._default_manager.filter(part.only).annotate(house=house, waits=undecided)
    if part.since is None:
        days = _last_entries(newest)
        rows = [
            (key, days[household], household, waits)
            for some in chunks(days, AT_ONCE)
            for key, household, waits in found.filter(house__in=some)
            .order_by("pk")
            .values_list("pk", "house", "waits")
        ]
    else:
        counted = found.annotate(counted=part.since).filter(counted__lte=newest).order_by("pk")
        rows = list(counted.values_list("pk", "counted", "house", "waits"))
    return [
        _Row(key, since, _tenancy(household), {Holdback.UNDECIDED} if waits else set())
        for key, since, household, waits in rows
    ]


def _last_entries(newest: date | None) -> dict[int, date]:
    """Of tenancies that ended on `newest` or before: the end, or the last entry when that is later but not after it."""
    found = Tenancy.objects.filter(end__lte=newest).annotate(last=Max("entries__date")).order_by("pk")
    ended = [(pk, end, last) for pk, end, last in found.values_list("pk", "end", "last") if end]
    days = {pk: max(end, last or end) for pk, end, last in ended}
    return {pk: day for pk, day in days.items() if newest and day <= newest}


def _tenancy(household: Any) -> int | None:
    """The number of the tenancy, also from the subject of a line of the log (`tenancy:12`)."""
    if isinstance(household, int):
        return household
    kind, _, number = (household or "").partition(":")
    return int(number) if kind == "tenancy" and number.isdigit() else None


def _note_households(rule: RetentionRule, rows: Sequence[_Row], day: date) -> None:
    """What is so of the household, as far as the rule asks it."""
    houses = sorted({row.household for row in rows if row.household is not None})
    for reason in Holdback:
        if reason not in rule.holds:
            continue
        held = {house for some in chunks(houses, AT_ONCE) for house in HOLDS[reason](some, day)}
        for row in rows:
            if row.household in held:
                row.held.add(reason)


def _note_needed(part: Part, rows: Sequence[_Row], gone: Gone) -> None:
    """What still points to a row keeps it, unless it goes along or may lose it."""
    if part.blank:
        return
    needed = set()
    for model, column in _pointers(part):
        for keys in chunks([row.key for row in rows], AT_ONCE):
            away = gone.get(model, set())
            pairs = _pointing(model, column, keys).values_list("pk", column)
            needed |= {key for pk, key in pairs if pk not in away}
    for row in rows:
        if row.key in needed:
            row.held.add(Holdback.NEEDED)
    if part.whole:
        halves = {row.household for row in rows if row.held}
        for row in rows:
            if row.household in halves:
                row.held.add(Holdback.NEEDED)


def _pointers(part: Part) -> Iterator[tuple[type[Model], str]]:
    """(table, column) of everything that points to rows of this part and would be left without them."""
    for relation in part.model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        place = (relation.related_model, relation.field.name)
        may_lose = relation.on_delete is SET_NULL
        if place not in part.along and place not in part.freed and not may_lose:
            yield place


def _pointing(model: type[Model], column: str, keys: Sequence[Any]) -> Any:
    return model._default_manager.filter(**{f"{column}__in": keys})
