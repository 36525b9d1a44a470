"""Rows <-> core values of the contact diary and of cases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from voordeur.core import contacts as diary
from voordeur.core.arrangements.values import ArrangementState
from voordeur.core.calendar import DaySet
from voordeur.core.cases import Case, Event, fold, from_dict
from voordeur.core.facts import Contacts
from voordeur.core.rights import Request, RequestKind, RequestState
from voordeur.core.visits import EventState
from voordeur.store import convert_arrangements
from voordeur.store.benefits_pending import pending_benefits
from voordeur.store.models import Arrangement, Entry, FieldEvent, PlannedContact, RightsRequest, SentLetter
from voordeur.store.models import Case as CaseRow
from voordeur.store.models import CaseEvent as EventRow
from voordeur.store.models import Contact as ContactRow
from voordeur.store.models import Promise as PromiseRow
from voordeur.store.models import Wish as WishRow


def contact(row: ContactRow) -> diary.Contact:
    """One line of the diary."""
    return diary.Contact(
        day=row.day,
        channel=diary.Channel(row.channel),
        part=diary.DayPart(row.part) if row.part else None,
        reached=row.reached,
        outcome=diary.ContactOutcome(row.outcome),
        by=str(row.by_id or ""),
        agreed=row.agreed,
        incoming=row.incoming,
    )


def promise(row: PromiseRow) -> diary.Promise:
    """One promise; the amount in cents."""
    return diary.Promise(row.made_on, row.until, row.amount, str(row.by_id or ""), row.withdrawn)


def wish(row: WishRow) -> diary.Wish:
    """One wish."""
    return diary.Wish(
        since=row.since,
        channels=frozenset(diary.Channel(one) for one in row.channels),
        parts=frozenset(diary.DayPart(one) for one in row.parts),
        language=row.language,
        leave_alone_until=row.leave_alone_until,
        withdrawn=row.withdrawn,
    )


def wish_of(tenancy: int, on: date, asked: Iterable[Request] | None = None) -> diary.Wish | None:
    """The wish that counts on a day. `asked`: all that was asked about the own data, if read already."""
    rows = WishRow.objects.filter(tenancy=tenancy, since__lte=on).order_by("since", "recorded")
    found = diary.wish_on([wish(row) for row in rows], on)
    return _with_objection(found, objection_in(requests_of(tenancy) if asked is None else asked, on), on)


def requests_of(tenancy: int) -> tuple[Request, ...]:
    """All that somebody asked about the own data, in the order in which it came. One query."""
    rows = RightsRequest.objects.filter(tenancy=tenancy).order_by("received", "pk")
    return tuple(request(row) for row in rows.only(*REQUEST_COLUMNS))


def objection_in(asked: Iterable[Request], on: date) -> diary.Objection | None:
    """The newest objection among these that stands in the way of contact on a day."""
    found = None
    for one in asked:
        if one.kind is RequestKind.OBJECTION and one.received <= on and one.stops_contact(on):
            decided = one.closed is not None and one.closed <= on
            found = diary.Objection.GRANTED if decided else diary.Objection.RUNS
    return found


def wishes_of(tenancies: Sequence[int], on: date) -> dict[int, diary.Wish]:
    """The same for several tenancies, those that have one. Two queries."""
    rows: dict[int, list[diary.Wish]] = defaultdict(list)
    for row in WishRow.objects.filter(tenancy__in=tenancies, since__lte=on).order_by("since", "recorded"):
        rows[row.tenancy_id].append(wish(row))
    standing = {tenancy: diary.wish_on(some, on) for tenancy, some in rows.items()}
    found = {tenancy: one for tenancy, one in standing.items() if one is not None}
    for tenancy, objection in objections(tenancies, on).items():
        stopped = _with_objection(found.get(tenancy), objection, on)
        if stopped is not None:
            found[tenancy] = stopped
    return found


REQUEST_COLUMNS = ("kind", "received", "extended_on", "state", "closed_on", "ground_on")
"""What `request` reads; the words of a request stay sealed."""


def request(row: RightsRequest) -> Request:
    """One request about what is kept, with its terms."""
    return Request(
        RequestKind(row.kind),
        row.received,
        row.extended_on,
        RequestState(row.state),
        row.closed_on,
        row.ground_on,
    )


def objections(tenancies: Sequence[int] | None, on: date) -> dict[int, diary.Objection]:
    """Households whose objection stands in the way of contact on a day. One query."""
    asked: dict[int, list[Request]] = defaultdict(list)
    rows = _of(RightsRequest, tenancies).filter(kind=RequestKind.OBJECTION, received__lte=on)
    for row in rows.only("tenancy", *REQUEST_COLUMNS).order_by("received", "pk"):
        asked[row.tenancy_id].append(request(row))
    found = {tenancy: objection_in(some, on) for tenancy, some in asked.items()}
    return {tenancy: one for tenancy, one in found.items() if one is not None}


def _with_objection(
    found: diary.Wish | None, objection: diary.Objection | None, on: date
) -> diary.Wish | None:
    """An objection goes before every wish; how somebody wants to be spoken to stays."""
    return found if objection is None else replace(found or diary.Wish(on), objection=objection)


def event_of(details: dict[str, Any], reason: str) -> Event:
    """An event from its codes and its reason, which is kept apart and encrypted."""
    return from_dict({**details, "reason": reason})


def event(row: EventRow) -> Event:
    """One event; the reason is read from its own, encrypted column."""
    return event_of(row.details, row.reason)


def folded(rows: Iterable[EventRow]) -> Case:
    """The case that these events, in order, add up to."""
    return fold([event(row) for row in rows])


def credited(tenancies: Iterable[int]) -> dict[int, list[diary.Credited]]:
    """Money that came in and stayed, per tenancy. What the bank and the ledger both tell counts once."""
    found: dict[int, list[diary.Credited]] = defaultdict(list)
    rows = Entry.objects.filter(tenancy_id__in=list(tenancies), same_as=None)
    undone = set(rows.exclude(reverses=None).values_list("reverses", flat=True))
    paid = rows.filter(kind=Entry.Kind.PAYMENT).order_by("date", "id")
    for tenancy, pk, day, amount in paid.values_list("tenancy_id", "id", "date", "amount"):
        if pk not in undone:
            found[tenancy].append(diary.Credited(day, abs(amount)))
    return found


@dataclass(slots=True)
class _Recorded:
    contacts: list[diary.Contact] = field(default_factory=list)
    promises: list[diary.Promise] = field(default_factory=list)
    wishes: list[diary.Wish] = field(default_factory=list)
    since: date | None = None
    planned: date | None = None
    held_until: date | None = None
    gate_open: bool = False
    plan: bool = False
    benefit_pending: bool = False
    arrangement: Arrangement | None = None


def contacts_of(
    tenancies: Sequence[int] | None, on: date, banks: DaySet | None = None, window_days: int = 0
) -> dict[int, Contacts]:
    """The contact facts on `on` of these tenancies (None: of all), for those of whom anything is recorded.

    Eight queries. `banks`: the days on which money moves, for a promise that ends on a Sunday. `window_days`: the
    stretch of the contact budget.
    """
    found: dict[int, _Recorded] = defaultdict(_Recorded)
    _add_cases(found, tenancies)
    for tenancy, row in convert_arrangements.running(tenancies).items():
        found[tenancy].arrangement = row
    returned = SentLetter.objects.filter(state=SentLetter.State.RETURNED).values("contact")
    aside = FieldEvent.objects.filter(state=EventState.SET_ASIDE, contact__isnull=False).values("contact")
    written = (
        _of(ContactRow, tenancies)
        .filter(day__lte=on)
        .exclude(pk__in=returned.filter(contact__isnull=False))
        .exclude(pk__in=aside)
    )
    for row in written.defer("agreed").order_by("day", "recorded"):
        found[row.tenancy_id].contacts.append(_without_words(row))
    for one in _of(PromiseRow, tenancies).filter(made_on__lte=on).order_by("made_on", "pk"):
        found[one.tenancy_id].promises.append(promise(one))
    for asked in _of(WishRow, tenancies).filter(since__lte=on).order_by("since", "recorded"):
        found[asked.tenancy_id].wishes.append(wish(asked))
    for tenancy, objection in objections(tenancies, on).items():
        asked_last = _with_objection(diary.wish_on(found[tenancy].wishes, on), objection, on)
        found[tenancy].wishes = [asked_last] if asked_last else []
    waiting = _of(PlannedContact, tenancies).filter(done=None, dropped=None, channel=diary.Channel.VISIT)
    for tenancy, day in waiting.values_list("tenancy_id", "day"):
        found[tenancy].planned = day
    for tenancy in pending_benefits(tenancies):
        found[tenancy].benefit_pending = True
    paid = credited(tenancy for tenancy, one in found.items() if one.promises)
    return {
        tenancy: _summary(one, on, paid.get(tenancy, []), banks, window_days)
        for tenancy, one in found.items()
    }


def _of(model: Any, tenancies: Sequence[int] | None) -> Any:
    return model.objects.all() if tenancies is None else model.objects.filter(tenancy_id__in=tenancies)


def _without_words(row: ContactRow) -> diary.Contact:
    """A line of the diary without what was agreed: a policy may not ask it, and it stays sealed."""
    part = diary.DayPart(row.part) if row.part else None
    channel, outcome = diary.Channel(row.channel), diary.ContactOutcome(row.outcome)
    return diary.Contact(row.day, channel, part, row.reached, outcome, incoming=row.incoming)


def _add_cases(found: dict[int, _Recorded], tenancies: Sequence[int] | None) -> None:
    """The episode that counts: of the open case, or since the last one was closed."""
    rows = (
        _of(CaseRow, tenancies)
        .order_by("opened_on", "pk")
        .values_list("tenancy_id", "overdue_since", "closed_on", "held_until", "gate_open", "plan_until")
    )
    for tenancy, overdue_since, closed_on, held_until, gate_open, plan_until in rows:
        one = found[tenancy]
        one.since = closed_on or overdue_since
        one.held_until = None if closed_on else held_until
        one.gate_open = gate_open and not closed_on
        one.plan = plan_until is not None and not closed_on


def _summary(
    one: _Recorded, on: date, paid: Sequence[diary.Credited], banks: DaySet | None, window_days: int
) -> Contacts:
    held = [diary.Held(one.since or on, one.held_until)] if one.held_until else []
    found = diary.summarise(
        one.contacts, one.promises, held, on, paid, since=one.since, visit_planned=one.planned,
        arrangement=one.plan, benefit_pending=one.benefit_pending, gate_open=one.gate_open, banks=banks,
        wishes=one.wishes, window_days=window_days,
    )  # fmt: skip
    return found if one.arrangement is None else _with_arrangement(found, one.arrangement)


def _with_arrangement(found: Contacts, row: Arrangement) -> Contacts:
    """An arrangement that we watch says more than the plan that the case heard of."""
    state = ArrangementState(row.state)
    return replace(
        found,
        arrangement=state.kept,
        arrangement_at_risk=state is ArrangementState.AT_RISK,
        arrangement_broken=state is ArrangementState.BREACHED,
        arrangement_contacted=row.contacted,
    )


def events_of(case: CaseRow) -> list[EventRow]:
    """The events of a case, oldest first."""
    return list(case.events.order_by("sequence"))
