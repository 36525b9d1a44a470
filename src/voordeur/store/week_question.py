"""Rows -> the question of one week: which doors ask for a visit by this colleague, and what is known of each."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from voordeur.core import home_times
from voordeur.core.calendar import DaySet
from voordeur.core.contacts import Channel, Contact, DayPart, Wish
from voordeur.core.doors import Appointment, Door
from voordeur.core.left_out import LeftOutCode
from voordeur.core.plan_rules import PlanRules
from voordeur.core.planning import DAY, Moment, Shift, Spot, Visit
from voordeur.core.words import Words
from voordeur.store import working_hours
from voordeur.store.convert_diary import wishes_of
from voordeur.store.models import Cover, PairVisit, PlannedContact, PlanStop, Standing, User, WaitingDoor
from voordeur.store.past_visits import past_visits
from voordeur.store.queries.worklist import VISITS, running
from voordeur.store.working_hours import Start

_DAY = timedelta(days=1)
_PAST_ALL_TIERS = 1_000
"""`actions.findings.urgency_number` counts tiers down from here."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is said about a door in the plan."""

    why: Words
    appointment: bool


@dataclass(frozen=True, slots=True)
class Week:
    """Everything the plan of one colleague's week is made of."""

    monday: date
    days: tuple[int, ...]
    """Days that can still be planned."""
    shifts: tuple[Shift, ...]
    later: tuple[Shift, ...]
    """Of the two weeks after it."""
    doors: Mapping[int, Door]
    """In the order of the work list; appointments first."""
    known: Mapping[int, Known]
    not_weighed: tuple[int, ...]
    """Households further down the list than what is weighed for one week."""
    along: tuple[Visit, ...]
    """Visits of colleagues with whom this one goes along; keys below nought."""
    colleagues: "Colleagues"


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who can come along, when: the shifts of each, less what is agreed already."""

    shifts: Mapping[int, Sequence[Shift]]
    busy: Mapping[int, Sequence[tuple[int, int]]]

    def stretches(self, spot: Spot) -> tuple[tuple[int, int], ...]:
        """When at least one of them can be at this place."""
        return tuple(sorted({one for who in self.shifts for one in self._of(who, spot)}))

    def who(self, spot: Spot, start: int, end: int) -> int | None:
        """The first colleague who can be there from `start` to `end`."""
        for who in self.shifts:
            if any(first <= start and end <= last for first, last in self._of(who, spot)):
                return who
        return None

    def _of(self, who: int, spot: Spot) -> list[tuple[int, int]]:
        found = []
        for shift in self.shifts[who]:
            way = shift.way.minutes(shift.start, spot)
            free = [(shift.first + way, shift.last - way)]
            for begin, end in self.busy.get(who, ()):
                free = [piece for first, last in free for piece in _less(first, last, begin - way, end + way)]
            found += free
        return found


def _less(first: int, last: int, begin: int, end: int) -> list[tuple[int, int]]:
    """What is left of a stretch without another."""
    if end <= first or last <= begin:
        return [(first, last)]
    return [(a, b) for a, b in ((first, begin), (end, last)) if a < b]


def week_of(
    user: User, monday: date, today: date, rules: PlanRules, holidays: DaySet, *, tiers: int, minute: int = 0
) -> Week:
    """Load the question. `tiers`: the steps of the policy's order; `minute`: nothing before this minute of today."""
    start = _start(user, monday, today, minute)
    every = working_hours.shifts_of(user, monday, rules, holidays, start)
    colleagues = _colleagues(user, monday, today, rules, holidays)
    doors, known, rest = _Loader(user, monday, today, rules, tiers, colleagues).load()
    return Week(
        monday,
        tuple(range(start.day, 7)),
        tuple(one for one in every if one.day < 7),
        tuple(one for one in every if one.day >= 7),
        doors,
        known,
        rest,
        tuple(_along(user, monday, today)),
        colleagues,
    )


def _start(user: User, monday: date, today: date, minute: int) -> Start:
    """After the last visit of today that is done, and not before `minute`."""
    if today < monday:
        return Start()
    rows = PlanStop.objects.filter(plan__user=user, plan__day=today, state=PlanStop.State.DONE)
    done = [start + minutes for start, minutes in rows.values_list("start", "minutes")]
    return Start((today - monday).days, max([minute, *done]))


def planned_stops(user: User, monday: date, today: date) -> "list[PlanStop]":
    """The stops of this week that are still to come."""
    rows = PlanStop.objects.filter(
        plan__user=user, plan__day__gte=max(monday, today), plan__day__lt=monday + 7 * _DAY,
        state=PlanStop.State.PLANNED,
    )  # fmt: skip
    return list(rows.select_related("plan").order_by("plan__day", "start", "pk"))


def _along(user: User, monday: date, today: date) -> list[Visit]:
    """Visits of others at which this colleague is the second."""
    rows = PlanStop.objects.filter(
        companion=user, state=PlanStop.State.PLANNED,
        plan__day__gte=max(monday, today), plan__day__lt=monday + 7 * _DAY,
    ).select_related("plan", "tenancy__home").order_by("plan__day", "start", "pk")  # fmt: skip
    found = []
    for row in rows:
        at = (row.plan.day - monday).days * DAY + row.start
        spot = working_hours.spot_of(row.tenancy.home, None, working_hours.start_spot(user))
        found.append(Visit(-row.pk, spot, row.minutes, (Moment(at, at, 1),), firm=True))
    return found


def _colleagues(user: User, monday: date, today: date, rules: PlanRules, holidays: DaySet) -> Colleagues:
    """Only loaded when there is a door for two."""
    if not PairVisit.objects.filter(until__gte=max(monday, today)).exists():
        return Colleagues({}, {})
    others = [one for one in working_hours.visitors() if one.pk != user.pk]
    start = Start(max(0, (today - monday).days))
    shifts = {one.pk: working_hours.shifts_of(one, monday, rules, holidays, start) for one in others}
    busy: dict[int, list[tuple[int, int]]] = defaultdict(list)
    firm = Q(pinned=True) | Q(appointment=True) | Q(companion__isnull=False)
    rows = PlanStop.objects.filter(firm, plan__day__gte=monday, state=PlanStop.State.PLANNED)
    for row in rows.exclude(plan__user=user).select_related("plan").order_by("pk"):
        at = (row.plan.day - monday).days * DAY + row.start
        for who in (row.plan.user_id, row.companion_id):
            if who is not None:
                busy[who].append((at, at + row.minutes))
    return Colleagues(shifts, busy)


@dataclass(frozen=True, slots=True)
class _Loader:
    """The doors of one colleague, with everything that is known of them."""

    user: User
    monday: date
    today: date
    rules: PlanRules
    tiers: int
    colleagues: Colleagues

    def load(self) -> tuple[dict[int, Door], dict[int, Known], tuple[int, ...]]:
        """Doors in the order of the work list, what is said of each, and who was not weighed."""
        places = working_hours.places_of(self.user, self.monday)
        agreed, pinned = self._appointments(places), self._pinned()
        rows, rest = self._rows(places, agreed, pinned)
        keys = [row.pk for row in rows]
        wishes, pairs = wishes_of(keys, self.today), self._pairs(keys)
        counts = self._counts(places, keys)
        chances = {place: home_times.place_chances(some, self.rules) for place, some in counts.places.items()}
        middles, fallback = working_hours.middles(places), working_hours.start_spot(self.user)
        doors, known = {}, {}
        for row in rows:
            place = row.neighbourhood_id or 0
            spot = working_hours.spot_of(row.tenancy.home, middles.get(place), fallback)
            planned = agreed.get(row.pk)
            doors[row.pk] = Door(
                key=row.pk, spot=spot, days=places[place],
                places_below=max(0, self.tiers - 1 - (_PAST_ALL_TIERS - row.urgency // 10**13)),
                days_late=row.urgency // 10**9 % 10**4,
                again=row.action == "second_visit" or any(one.tried for one in counts.own[row.pk].values()),
                wish=_wish_for(wishes.get(row.pk), planned), own=counts.own[row.pk], place=chances[place],
                appointment=self._appointment(planned), pinned=None if planned else pinned.get(row.pk),
                pairs=self.colleagues.stretches(spot) if row.pk in pairs else None,
            )  # fmt: skip
            known[row.pk] = Known(_why(row, home_times.advice(counts.own[row.pk])), planned is not None)
        return doors, known, rest

    def _rows(
        self, places: Collection[int], agreed: Collection[int], pinned: Collection[int]
    ) -> tuple[list[Standing], tuple[int, ...]]:
        """Standings that ask for a visit by this colleague, and the keys of those too far down the list."""
        taken = self._taken()
        asking = Standing.objects.filter(
            running(self.today), neighbourhood__in=list(places), action__in=VISITS
        ).exclude(pk__in=agreed)
        order = [
            one for one in asking.order_by("-urgency", "pk").values_list("pk", flat=True) if one not in taken
        ]
        weighed = [
            *order[: self.rules.most_doors],
            *(one for one in order[self.rules.most_doors :] if one in pinned),
        ]
        found = Standing.objects.filter(pk__in=[*weighed, *agreed]).select_related("tenancy__home")
        known = {row.pk: row for row in found}
        rest = tuple(one for one in order if one not in known)
        return [known[one] for one in [*sorted(agreed), *weighed] if one in known], rest

    def _taken(self) -> set[int]:
        """Left out by this colleague for this week, or on somebody else's list."""
        dropped = WaitingDoor.objects.filter(user=self.user, week=self.monday, code=LeftOutCode.DROPPED)
        others = PlanStop.objects.filter(state=PlanStop.State.PLANNED, plan__day__gte=self.today).exclude(
            plan__user=self.user
        )
        taken = {pk for rows in (dropped, others) for pk in rows.values_list("tenancy_id", flat=True)}
        elsewhere = _visits_agreed().filter(day__gte=self.today).exclude(who=self.user)
        return taken | {row.tenancy_id for row in elsewhere if not self._stands_in(row)}

    def _appointments(self, places: Collection[int]) -> dict[int, PlannedContact]:
        rows = _visits_agreed().filter(
            day__gte=max(self.monday, self.today), day__lt=self.monday + 7 * _DAY,
            tenancy__neighbourhood__in=list(places),
        )  # fmt: skip
        mine = (row for row in rows.order_by("pk") if row.who_id == self.user.pk or self._stands_in(row))
        return {row.tenancy_id: row for row in mine}

    def _stands_in(self, row: PlannedContact) -> bool:
        """What a colleague agreed on for a day on which this one stands in."""
        covers = Cover.objects.filter(cover=self.user, absent=row.who_id)
        return covers.filter(first__lte=row.day, last__gte=row.day).exists()

    def _appointment(self, row: PlannedContact | None) -> Appointment | None:
        if row is None:
            return None
        return Appointment((row.day - self.monday).days, row.at, DayPart(row.part) if row.part else None)

    def _pinned(self) -> dict[int, int]:
        return {
            row.tenancy_id: (row.plan.day - self.monday).days * DAY + row.start
            for row in planned_stops(self.user, self.monday, self.today)
            if row.pinned
        }

    def _pairs(self, keys: Sequence[int]) -> set[int]:
        rows = PairVisit.objects.filter(tenancy__in=keys, until__gte=max(self.monday, self.today))
        return set(rows.values_list("tenancy_id", flat=True))

    def _counts(self, places: Collection[int], keys: Sequence[int]) -> "_Counts":
        by_place: dict[int, list[Contact]] = {place: [] for place in places}
        by_door: dict[int, list[Contact]] = {key: [] for key in keys}
        for tenancy, place, one in past_visits(places, self.today, self.rules):
            by_place[place].append(one)
            if tenancy in by_door:
                by_door[tenancy].append(one)
        count = home_times.counted
        return _Counts(
            {key: count(some, self.today, self.rules) for key, some in by_door.items()},
            {place: count(some, self.today, self.rules) for place, some in by_place.items()},
        )


@dataclass(frozen=True, slots=True)
class _Counts:
    """Earlier visits, per household and per neighbourhood."""

    own: Mapping[int, home_times.Counts]
    places: Mapping[int, home_times.Counts]


def _visits_agreed() -> QuerySet[PlannedContact]:
    return PlannedContact.objects.filter(channel=Channel.VISIT, done=None, dropped=None)


def _wish_for(wish: Wish | None, planned: PlannedContact | None) -> Wish | None:
    """An appointment was laid beside the wish of its day: only what was asked later, or an objection, counts now."""
    if wish is None or planned is None or wish.since > planned.set_on:
        return wish
    return (
        replace(wish, channels=frozenset(), parts=frozenset(), leave_alone_until=None)
        if wish.objection
        else None
    )


def _why(row: Standing, said: Words | None) -> Words:
    """Why this door: what stands out, and what earlier attempts say about when."""
    nl, en = row.reason_nl or row.advice_nl, row.reason_en or row.advice_en
    if row.action not in VISITS and row.overdue <= 0:
        nl, en = (
            "Heeft betaald. De afspraak blijft staan, niet voor geld.",
            "Has paid. The appointment stands, not for money.",
        )
    tail = said if said is not None else Words("", "")
    return Words(f"{nl} {tail.nl}".strip()[:400], f"{en} {tail.en}".strip()[:400])
