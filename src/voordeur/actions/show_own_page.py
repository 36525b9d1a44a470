"""What a tenant sees of the own tenancy: what is open and why, what was paid, what was asked. Reads only.

Reached by a `Visit` only: that the page was opened is written down then. No name and no address is in it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voordeur.actions import case_book
from voordeur.actions.audit import write_tenant_line
from voordeur.actions.letter_contents import charge_words
from voordeur.actions.tenant_link import Visit
from voordeur.adapters.qr import Payee, payment_code
from voordeur.core.arrangements.values import ArrangementState
from voordeur.core.calendar import add_months
from voordeur.core.ledger import Charge, Entry, Kind, Position, position
from voordeur.core.words import Words
from voordeur.store import convert
from voordeur.store.queries import arrangements, own_page
from voordeur.store.queries.arrangements import ArrangementView, InstalmentView
from voordeur.store.queries.holdings import count_of_holdings
from voordeur.store.queries.own_page import AskLine, Host, LookLine

PAID_MONTHS = 12
"""So many months back the page tells what was paid."""
_OVER = (ArrangementState.COMPLETED, ArrangementState.ENDED)
_MONEY = (Kind.PAYMENT, Kind.REVERSAL, Kind.REFUND)


@dataclass(frozen=True, slots=True)
class OpenPart:
    """One charge with what is still open of it."""

    what: Words
    cents: int
    """Open."""
    due: date
    part: bool
    """A part of it was paid."""


@dataclass(frozen=True, slots=True)
class PaidLine:
    """Money that came or went."""

    day: date
    cents: int
    """Negative: it went back."""
    kind: Kind
    covers: tuple[Words, ...]
    """What it paid."""
    undone: bool
    """The bank took it back later."""


@dataclass(frozen=True, slots=True)
class Pay:
    """How to pay."""

    cents: int
    payee: Payee
    reference: str
    code: str
    """QR code as SVG, for the bank app on another phone."""
    turn: InstalmentView | None = None
    """The instalment it is, when an arrangement runs."""


class PlanStage(StrEnum):
    """Who is to do something about a plan."""

    TENANT = "tenant"
    """A colleague proposed it: the tenant says yes or no."""
    LANDLORD = "landlord"
    """The tenant proposed it: a colleague decides."""
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """The arrangement of the household, or the newest proposal."""

    view: ArrangementView
    stage: PlanStage


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The first page."""

    host: Host
    open: tuple[OpenPart, ...]
    """What should have been paid by now, oldest first."""
    total: int
    coming: OpenPart | None
    """The first charge that falls due later."""
    credit: int
    pay: Pay | None
    """None when nothing has to be paid."""
    plan: OwnPlan | None
    asks: tuple[AskLine, ...]
    case: bool
    """A case is open: something could be passed on to the municipality."""
    said_no: bool
    who: str
    """First name of who looks after it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What we hold, in short."""

    counts: tuple[tuple[Words, int], ...]
    looks: tuple[LookLine, ...]


def show_own_page(here: Visit, today: date) -> OwnPage:
    """How it stands today."""
    host, at, plan = own_page.host(), _position(here, today), show_plan(here)
    total = at.overdue
    case = case_book.open_case_of(here.tenancy)
    return OwnPage(
        host=host,
        open=tuple(_part(one) for one in at.overdue_charges),
        total=total,
        coming=next((_part(one) for one in at.open_charges if one.due >= today), None),
        credit=at.credit,
        pay=_pay(here, host, total, plan),
        plan=plan,
        asks=own_page.asks_of(here.tenancy),
        case=case is not None,
        said_no=case is not None and case_book.read(case, today).case.objection is not None,
        who=own_page.looked_after_by(here.tenancy),
    )


def show_plan(here: Visit) -> OwnPlan | None:
    """The arrangement that runs, or the proposal that waits for somebody; None when there is neither."""
    view = arrangements.newest(here.tenancy)
    if view is None or view.state in _OVER:
        return None
    if view.agreed_on is not None:
        return OwnPlan(view, PlanStage.RUNS)
    return OwnPlan(view, PlanStage.LANDLORD if view.origin == "tenant" else PlanStage.TENANT)


def show_paid(here: Visit, today: date) -> tuple[PaidLine, ...]:
    """What came and went in the past year, newest first."""
    since = add_months(today, -PAID_MONTHS)
    entries = convert.core_entries(convert.ledger(here.tenancy))
    at = position(entries, today)
    covered: dict[str, list[Charge]] = {}
    for charge in at.charges:
        for one in charge.allocations:
            covered.setdefault(one.credit, []).append(charge)
    found = [one for one in entries if one.kind in _MONEY and since <= one.date <= today]
    found.sort(key=lambda one: one.order, reverse=True)
    undone = {one.reverses for one in entries if one.kind is Kind.REVERSAL}
    return tuple(_paid(one, covered.get(one.id, []), undone=one.id in undone) for one in found)


def show_known(here: Visit) -> Known:
    """What we hold and who looked at it last; that the tenant looked is a line in the log."""
    write_tenant_line(here.link, here.tenancy, "see_own_holdings")
    return Known(count_of_holdings(here.tenancy), own_page.last_looks(here.tenancy))


def _position(here: Visit, today: date) -> Position:
    return position(convert.core_entries(convert.ledger(here.tenancy)), today)


def _part(charge: Charge) -> OpenPart:
    return OpenPart(charge_words(charge), charge.outstanding, charge.due, charge.outstanding < charge.amount)


def _paid(entry: Entry, charges: list[Charge], *, undone: bool) -> PaidLine:
    covers = tuple(dict.fromkeys(charge_words(one) for one in charges))
    cents = entry.amount if entry.kind is Kind.PAYMENT else -entry.amount
    return PaidLine(entry.date, cents, entry.kind, covers, undone)


def _pay(here: Visit, host: Host, total: int, plan: OwnPlan | None) -> Pay | None:
    """The next instalment when an arrangement runs, else all that is open. None when nothing is, or to no account."""
    if not host.iban or not host.name:
        return None
    payee, turn = (
        Payee(host.name, host.iban),
        plan.view.next if plan and plan.stage is PlanStage.RUNS else None,
    )
    if plan is not None and turn is not None:
        cents, reference = turn.amount - turn.paid, plan.view.creditor_reference
        return Pay(cents, payee, reference, payment_code(payee, cents, reference=reference), turn)
    if total <= 0:
        return None
    reference = own_page.reference(here.tenancy)
    return Pay(total, payee, reference, payment_code(payee, total, reference))
