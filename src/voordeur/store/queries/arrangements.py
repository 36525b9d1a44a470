"""Payment arrangements as screens read them: one, those of a household, all by state, and promised against received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from voordeur.core.arrangements.plain import plan_in
from voordeur.core.arrangements.schedule import in_words
from voordeur.core.arrangements.values import ArrangementEventKind, ArrangementState, Instalment
from voordeur.core.arrangements.watching import InstalmentState
from voordeur.core.calendar import add_months
from voordeur.core.remittance import creditor_reference
from voordeur.core.words import Words
from voordeur.store.models import Arrangement as Row
from voordeur.store.models import ArrangementAgreement, ArrangementPart, Collection, CollectionRun, Tenancy
from voordeur.store.models import ArrangementEvent as EventRow
from voordeur.store.models import Instalment as InstalmentRow

PAGE = 50
RUNNING = (ArrangementState.AGREED, ArrangementState.LIVE, ArrangementState.AT_RISK, ArrangementState.BREACHED,
           ArrangementState.RECOVERED)  # fmt: skip
TROUBLE = (ArrangementState.BREACHED, ArrangementState.AT_RISK)


@dataclass(frozen=True, slots=True)
class InstalmentView:
    """One instalment."""

    number: int
    due: date
    amount: int
    paid: int
    paid_on: date | None
    state: InstalmentState


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened."""

    kind: str
    day: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArrangementView:
    """One arrangement, with all that a page on it shows. Amounts are cents."""

    id: int
    tenancy: int
    address: str
    state: ArrangementState
    since: date
    why: Words
    origin: str
    made_on: date
    agreed_on: date | None
    agreed_by: str
    how: str
    """`signature`, `link`, `spoken`, or empty while nothing is agreed."""
    language: str
    reference: str
    total: int
    received: int
    behind: int
    plan: tuple[Instalment, ...]
    """As proposed or agreed, in words by `plan_words`."""
    instalments: tuple[InstalmentView, ...]
    events: tuple[EventView, ...]
    owner: str
    has_page: bool
    mandate: str
    """The reference of the running direct debit mandate; empty when there is none."""
    costs_waived: bool
    terms: dict[str, Any]

    @property
    def left(self) -> int:
        """What is still to be paid."""
        return max(0, self.total - self.received)

    @property
    def creditor_reference(self) -> str:
        """The reference as ISO 11649 wants it, for the payment code."""
        return creditor_reference(self.reference)

    @property
    def next(self) -> InstalmentView | None:
        """What is to be paid next."""
        return next((one for one in self.instalments if one.state is not InstalmentState.PAID), None)

    @property
    def plan_words(self) -> Words:
        """`11 keer € 80,00 en dan € 56,80`."""
        return in_words(self.plan)


def running(tenancy_id: int) -> ArrangementView | None:
    """The arrangement of a household that is agreed and not over."""
    row = _full().filter(tenancy=tenancy_id, agreed_on__isnull=False, state__in=RUNNING).first()
    return _view(row) if row else None


def newest(tenancy_id: int) -> ArrangementView | None:
    """The running arrangement, else the newest proposal or one that is over; None when there never was one."""
    rows = list(_full().filter(tenancy=tenancy_id).order_by("-pk")[:10])
    row = next((one for one in rows if one.state in RUNNING), next(iter(rows), None))
    return _view(row) if row else None


def arrangement(arrangement_id: int) -> ArrangementView | None:
    """One arrangement. Who asks has looked whether the household may be seen."""
    row = _full().filter(pk=arrangement_id).first()
    return _view(row) if row else None


def tenancy_of(arrangement_id: int) -> int | None:
    """The household of an arrangement: asked before the check whether somebody may see it."""
    return Row.objects.filter(pk=arrangement_id).values_list("tenancy_id", flat=True).first()


def _full() -> QuerySet[Row]:
    return Row.objects.select_related("tenancy__home", "owner", "agreed_by", "agreement")


def _view(row: Row) -> ArrangementView:
    agreement: ArrangementAgreement | None = getattr(row, "agreement", None)
    events = list(row.events.select_related("by").order_by("sequence"))
    plan = next((plan_in(one.instalments) for one in reversed(events) if one.instalments), ())
    return ArrangementView(
        id=row.pk, tenancy=row.tenancy_id,
        address=row.tenancy.home.address if row.tenancy.home else row.tenancy.key,
        state=ArrangementState(row.state), since=row.since, why=Words(row.why_nl, row.why_en), origin=row.origin,
        made_on=row.made_on, agreed_on=row.agreed_on, agreed_by=str(row.agreed_by or ""),
        how=agreement.how if agreement else "", language=row.language, reference=row.reference, total=row.total,
        received=row.received, behind=row.behind, plan=plan,
        instalments=tuple(_instalment(one) for one in row.instalments.order_by("number")),
        events=tuple(EventView(one.kind, one.day, str(one.by or ""), one.reason) for one in events),
        owner=str(row.owner or ""), has_page=bool(agreement and agreement.sha256),
        mandate=row.mandates.filter(ended_on=None).values_list("reference", flat=True).first() or "",
        costs_waived=row.costs_waived, terms=row.terms,
    )  # fmt: skip


def _instalment(row: InstalmentRow) -> InstalmentView:
    return InstalmentView(row.number, row.due, row.amount, row.paid, row.paid_on, InstalmentState(row.state))


# --- for the office ---


@dataclass(frozen=True, slots=True)
class ArrangementLine:
    """One arrangement on a list."""

    id: int
    tenancy: int
    address: str
    state: ArrangementState
    since: date
    why: Words
    total: int
    received: int
    behind: int
    next_due: date | None
    next_amount: int
    last_due: date | None
    contact_first: bool
    contacted: bool
    owner: str

    @property
    def percent(self) -> int:
        """How much of it is paid."""
        return min(100, 100 * self.received // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class ArrangementPage:
    """Arrangements, a page at a time."""

    lines: tuple[ArrangementLine, ...]
    in_all: int
    page: int
    pages: int


def arrangements(states: tuple[str, ...], page: int = 1) -> ArrangementPage:
    """Those in one of these states: longest in trouble first, then by next instalment."""
    found = Row.objects.filter(state__in=states)
    in_all = found.count()
    pages = max(1, -(-in_all // PAGE))
    page = min(max(1, page), pages)
    rows = found.select_related("tenancy__home", "owner").order_by("next_due", "since", "pk")
    return ArrangementPage(
        tuple(_line(one) for one in rows[(page - 1) * PAGE : page * PAGE]), in_all, page, pages
    )


def at_risk(most: int = PAGE) -> tuple[ArrangementLine, ...]:
    """Those that want somebody to ring, the longest in trouble first."""
    rows = Row.objects.filter(state__in=TROUBLE).select_related("tenancy__home", "owner")
    return tuple(_line(one) for one in rows.order_by("contacted", "since", "pk")[:most])


def counts() -> dict[str, int]:
    """How many there are in each state."""
    return dict(Row.objects.order_by().values_list("state").annotate(Count("pk")))


def _line(row: Row) -> ArrangementLine:
    return ArrangementLine(
        row.pk, row.tenancy_id, row.tenancy.home.address if row.tenancy.home else row.tenancy.key,
        ArrangementState(row.state), row.since, Words(row.why_nl, row.why_en), row.total, row.received, row.behind,
        row.next_due, row.next_amount, row.last_due, row.contact_first, row.contacted, str(row.owner or ""),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MonthOfInstalments:
    """What was promised for a month, and what came in that month. Cents."""

    month: date
    promised: int
    received: int


def promised_and_received(today: date, months: int = 12) -> tuple[MonthOfInstalments, ...]:
    """The last `months` months and this one, oldest first; of arrangements that were agreed."""
    first = add_months(today.replace(day=1), -months)
    agreed = Q(arrangement__agreed_on__isnull=False)
    promised = _promised(first, today)
    received = _by_month(
        ArrangementPart.objects.filter(agreed, purpose="arrangement", entry__date__gte=first),
        "entry__date",
        "amount",
    )
    days = [add_months(first, at) for at in range(months + 1)]
    return tuple(MonthOfInstalments(day, promised.get(day, 0), received.get(day, 0)) for day in days)


def _promised(first: date, last: date) -> dict[date, int]:
    """Cents per month of the instalments as they were promised then: each plan until it was spread anew or ended."""
    rows = EventRow.objects.filter(
        arrangement__agreed_on__isnull=False, arrangement__last_due__gte=first, kind__in=_CHANGES
    )
    found: dict[date, int] = {}
    later: tuple[int, date] | None = None
    for arrangement, day, plan in rows.order_by("arrangement", "-sequence").values_list(
        "arrangement", "day", "instalments"
    ):
        until = later[1] if later and later[0] == arrangement else date.max
        for one in plan_in(plan):
            if first <= one.due <= last and day <= one.due < until:
                month = one.due.replace(day=1)
                found[month] = found.get(month, 0) + one.amount
        later = (arrangement, day)
    return found


_CHANGES = (ArrangementEventKind.AGREED, ArrangementEventKind.RESCHEDULED, ArrangementEventKind.ENDED)


def _by_month(found: QuerySet[Any], day: str, amount: str) -> dict[date, int]:
    rows = found.annotate(month=TruncMonth(day)).order_by().values_list("month").annotate(Sum(amount))
    return dict(rows)


# --- for making one ---


@dataclass(frozen=True, slots=True)
class Table:
    """What somebody at the table has to know before anything is proposed. Amounts are cents."""

    tenancy: int
    address: str
    rent: int
    open: int
    """What is overdue, without collection costs and interest."""
    language: str
    earlier: tuple[date, ...]
    """Days on which earlier arrangements were agreed."""
    running: int | None
    """The arrangement that runs, if any."""
    pay_day: int | None
    """The usual payment day that was learned from the ledger."""


def tables(open_: Mapping[int, int]) -> dict[int, Table]:
    """The facts for a talk about an arrangement; `open_`: cents overdue per household. Four queries for all."""
    found = (
        Tenancy.objects.filter(pk__in=list(open_))
        .select_related("home", "standing")
        .prefetch_related("tenants")
    )
    agreed: dict[int, list[Row]] = {}
    for one in Row.objects.filter(tenancy__in=list(open_), agreed_on__isnull=False).order_by(
        "agreed_on", "pk"
    ):
        agreed.setdefault(one.tenancy_id, []).append(one)
    return {row.pk: _table(row, open_[row.pk], agreed.get(row.pk, [])) for row in found}


def _table(row: Tenancy, open_: int, earlier: list[Row]) -> Table:
    standing = getattr(row, "standing", None)
    return Table(
        row.pk, row.home.address if row.home else row.key, row.rent or 0, open_,
        next((one.language for one in row.tenants.all()), "nl"),
        tuple(one.agreed_on for one in earlier if one.agreed_on is not None),
        next((one.pk for one in earlier if one.state in RUNNING), None),
        standing.usual_day if standing else None,
    )  # fmt: skip


def payments_of(arrangement_id: int) -> tuple[tuple[date, int], ...]:
    """Day and cents of the money that came in for an arrangement, newest first."""
    rows = ArrangementPart.objects.filter(arrangement=arrangement_id, purpose="arrangement")
    found = rows.order_by("-entry__date", "-entry__pk").values_list("entry__date").annotate(Sum("amount"))
    return tuple(found)


# --- direct debit ---


@dataclass(frozen=True, slots=True)
class CollectionView:
    """One direct debit file, and what became of it. Cents."""

    id: int
    message: str
    collect_on: date
    count: int
    total: int
    returned: int


def collection_runs(most: int = 12) -> tuple[CollectionView, ...]:
    """The newest direct debit files."""
    back = Count("items", filter=Q(items__state=Collection.State.RETURNED))
    rows = CollectionRun.objects.defer("content").annotate(returned=back).order_by("-collect_on", "-pk")
    return tuple(
        CollectionView(one.pk, one.message, one.collect_on, one.count, one.total, one.returned)
        for one in rows[:most]
    )
