"""The case of a tenancy: what happened, what was promised, wished and planned. Reached through an action only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from voordeur.core.access import Role
from voordeur.core.calendar import DaySet
from voordeur.core.cases import Case, Event, fold
from voordeur.core.contacts import (
    Channel,
    ContactOutcome,
    DayPart,
    Promise,
    PromiseState,
    Wish,
    promise_state,
)
from voordeur.core.rights import Request
from voordeur.store import convert_arrangements, convert_diary
from voordeur.store.benefits_pending import waiting_benefits
from voordeur.store.models import Agreement, CaseEvent, Contact, PlannedContact, Proposal, Tenancy, User
from voordeur.store.models import Case as CaseRow
from voordeur.store.models import Promise as PromiseRow


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with the names of who did it."""

    event: Event
    by: str
    second: str
    recorded: datetime


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One contact with the name of who made it."""

    day: date
    channel: Channel
    part: DayPart | None
    reached: bool
    outcome: ContactOutcome
    incoming: bool
    help_told: bool
    agreed: str
    by: str
    exception: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise and how it stands."""

    promise: Promise
    state: PromiseState
    by: str


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that somebody will do."""

    id: int
    channel: Channel
    day: date
    part: DayPart | None
    at: int | None
    """Minutes after midnight, when a moment was agreed on."""
    who: str
    who_id: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that waits for a second person."""

    id: int
    event: Event
    by: str
    by_id: int
    made: datetime


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that is recorded beside the ledger: of the open case, or else of the newest."""

    id: int | None
    number: str
    opened_on: date | None
    closed_on: date | None
    previous: str
    """Number of the case before it: this one is a relapse."""
    owner: str
    owner_id: int | None
    case: Case
    history: tuple[Happening, ...]
    diary: tuple[DiaryLine, ...]
    """All contacts of the tenancy, newest first."""
    promises: tuple[PromiseLine, ...]
    wish: Wish | None
    planned: tuple[Planned, ...]
    waiting: Waiting | None
    benefit_pending: bool = False
    """The household waits for a decision about a benefit; only told of a case."""
    plans: convert_arrangements.PlansNow = convert_arrangements.NO_PLANS
    """Its arrangements; only told of a case."""
    deciders: tuple[tuple[int, str], ...] = ()
    """Who can look after a case: the consultants, by name."""
    row: CaseRow | None = None
    """As it is kept, for an action that goes on with it."""


def case_file(
    tenancy_id: int, on: date, banks: DaySet | None = None, asked: Sequence[Request] | None = None
) -> CaseFile:
    """The case of a tenancy as it is on a day. Eight queries at most. `asked` as in `convert_diary.wish_of`."""
    row = (
        CaseRow.objects.filter(tenancy=tenancy_id, opened_on__lte=on)
        .select_related("previous", "tenancy__standing")
        .annotate(
            waits_for_benefit=Exists(waiting_benefits(OuterRef("tenancy"))),
            plan_runs=Exists(convert_arrangements.running_plans(OuterRef("tenancy"))),
            plan_missed=Exists(convert_arrangements.missed_plans(OuterRef("tenancy"))),
        )
        .order_by("-pk")
        .first()
    )
    names, deciders = _colleagues()
    history = _history(row, on, names)
    return CaseFile(
        id=row.pk if row else None,
        number=row.number if row else "",
        opened_on=row.opened_on if row else None,
        closed_on=row.closed_on if row else None,
        previous=row.previous.number if row and row.previous else "",
        owner=names[row.owner_id] if row else "",
        owner_id=row.owner_id if row else None,
        case=fold([one.event for one in history]),
        history=history,
        diary=_diary(tenancy_id, on, names),
        promises=_promises(tenancy_id, on, banks, names),
        wish=convert_diary.wish_of(tenancy_id, on, asked),
        planned=_planned(tenancy_id, names),
        waiting=_waiting(row, names),
        benefit_pending=bool(row and row.waits_for_benefit),
        plans=convert_arrangements.PlansNow(bool(row and row.plan_runs), bool(row and row.plan_missed)),
        deciders=deciders,
        row=row,
    )


Names = Mapping[int | None, str]
"""What each colleague is called; nobody is called nothing."""


def _colleagues() -> tuple[Names, tuple[tuple[int, str], ...]]:
    """Everybody's name, and who can look after a case: asked once, as an account beside each line costs more."""
    columns = ("pk", "first_name", "last_name", "username", "role", "is_active")
    names: dict[int | None, str] = {None: ""}
    deciders = []
    for pk, first, last, username, role, active in User.objects.order_by(*columns[1:4]).values_list(*columns):
        names[pk] = f"{first} {last}".strip() or username
        if active and role == Role.CONSULTANT:
            deciders.append((pk, names[pk]))
    return names, tuple(deciders)


def _history(row: CaseRow | None, on: date, names: Names) -> tuple[Happening, ...]:
    if row is None:
        return ()
    events = CaseEvent.objects.filter(case=row, day__lte=on).order_by("sequence")
    return tuple(
        Happening(convert_diary.event(one), names[one.by_id], names[one.second_id], one.recorded)
        for one in events
    )


def _diary(tenancy_id: int, on: date, names: Names) -> tuple[DiaryLine, ...]:
    rows = Contact.objects.filter(tenancy=tenancy_id, day__lte=on).order_by("-day", "-recorded")
    return tuple(
        DiaryLine(
            core.day, core.channel, core.part, core.reached, core.outcome, core.incoming, row.help_told,
            core.agreed, names[row.by_id], row.exception,
        )
        for row in rows
        for core in [convert_diary.contact(row)]
    )  # fmt: skip


def _promises(tenancy_id: int, on: date, banks: DaySet | None, names: Names) -> tuple[PromiseLine, ...]:
    rows = list(PromiseRow.objects.filter(tenancy=tenancy_id, made_on__lte=on).order_by("-made_on", "-pk"))
    if not rows:
        return ()
    paid = convert_diary.credited([tenancy_id]).get(tenancy_id, [])
    return tuple(
        PromiseLine(one, promise_state(one, paid, on, banks), names[row.by_id])
        for row in rows
        for one in [convert_diary.promise(row)]
        if one.withdrawn is None or one.withdrawn > on
    )


def _planned(tenancy_id: int, names: Names) -> tuple[Planned, ...]:
    rows = PlannedContact.objects.filter(tenancy=tenancy_id, done=None, dropped=None)
    return tuple(
        Planned(
            row.pk,
            Channel(row.channel),
            row.day,
            DayPart(row.part) if row.part else None,
            row.at,
            names[row.who_id],
            row.who_id,
        )
        for row in rows.order_by("day", "pk")
    )


def _waiting(row: CaseRow | None, names: Names) -> Waiting | None:
    found = Proposal.objects.filter(case=row, decided=None).first() if row else None
    if found is None:
        return None
    event = convert_diary.event_of(found.details, found.reason)
    return Waiting(found.pk, event, names[found.by_id], found.by_id, found.made)


def wish(tenancy_id: int, on: date) -> Wish | None:
    """The wish that counts on a day."""
    return convert_diary.wish_of(tenancy_id, on)


def has_wish(tenancy_id: int, on: date) -> bool:
    """True when the tenant asked something of us that counts on a day."""
    return wish(tenancy_id, on) is not None


def place(tenancy_id: int) -> str:
    """The address of a tenancy, for the head of a page."""
    row = Tenancy.objects.select_related("home").get(pk=tenancy_id)
    return row.home.address if row.home else row.key


def people_near(tenancy_id: int, today: date) -> list[tuple[int, str]]:
    """Who can take on something for this household: its neighbourhood manager, who stands in, the consultants."""
    place = Tenancy.objects.filter(pk=tenancy_id).values("neighbourhood")
    managers = User.objects.filter(neighbourhoods__in=place, role=Role.NEIGHBOURHOOD_MANAGER)
    stand_ins = User.objects.filter(
        covers__absent__in=managers.values("pk"), covers__first__lte=today, covers__last__gte=today
    )
    office = User.objects.filter(role=Role.CONSULTANT)
    found: dict[int, str] = {}
    for group in (managers, stand_ins, office):
        found |= {one.pk: str(one) for one in group.filter(is_active=True).distinct().order_by("pk")}
    return list(found.items())


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement with a municipality."""

    id: int
    municipality: str
    first: date
    last: date | None
    floor: int

    def counts(self, on: date) -> bool:
        """True while signals can be sent under it."""
        return self.first <= on and (self.last is None or on <= self.last)

    def coming(self, on: date) -> bool:
        """True while it still has to begin."""
        return on < self.first


def agreements() -> tuple[AgreementLine, ...]:
    """All agreements, newest first."""
    return tuple(map(_agreement, Agreement.objects.order_by("-first", "-pk")))


def agreement(agreement_id: int) -> AgreementLine | None:
    """One agreement."""
    row = Agreement.objects.filter(pk=agreement_id).first()
    return _agreement(row) if row else None


def _agreement(row: Agreement) -> AgreementLine:
    return AgreementLine(row.pk, row.municipality, row.first, row.last, row.floor)
