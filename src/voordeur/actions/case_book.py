"""The book of one case: read its events, let the law decide about the next one, write it down.

Every deed on a case goes through `add`: the transition table of `core/cases.py` is asked first, and what it refuses
is never written.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from voordeur.actions.keep_agreement import valid_agreement
from voordeur.actions.policy_now import policy_now
from voordeur.adapters.law_rules import load_case_law
from voordeur.core import cases
from voordeur.core.access import Role
from voordeur.core.case_terms import Deadline, TermKind, costs_from, deadlines
from voordeur.core.case_words import HOLD_WORDS
from voordeur.core.cases import Actor, Case, CaseLaw, Circumstances, Event, EventKind, State
from voordeur.core.contacts import Channel
from voordeur.core.ledger import Component, Entry, position
from voordeur.store import convert
from voordeur.store.benefits_pending import pending_benefits
from voordeur.store.convert_arrangements import PlansNow, plans_of
from voordeur.store.convert_diary import events_of, folded
from voordeur.store.models import Case as CaseRow
from voordeur.store.models import CaseEvent, CaseTerm, PlannedContact, Standing, Unassessed, User


@dataclass(slots=True)
class Book:
    """A case, with what the ledger and the agreements say today."""

    row: CaseRow
    case: Case
    at: Circumstances
    law: CaseLaw


def open_case_of(tenancy_id: int) -> CaseRow | None:
    """The open case of a tenancy, locked until the end of the transaction where the database can."""
    return CaseRow.objects.select_for_update().filter(tenancy=tenancy_id, closed_on=None).first()


def read(row: CaseRow, today: date, at: Circumstances | None = None) -> Book:
    """The book of a case as it is today; `at`: what the ledger says, where whoever asks knows it already."""
    case = folded(events_of(row))
    return Book(row, case, at or circumstances(row, today, case), law())


def law() -> CaseLaw:
    """The numbers a case runs by, read once."""
    return load_case_law()


def tolerance(today: date) -> int:
    """Cents up to which something open is no arrears: the small amount of the policy."""
    return policy_now(today).limits.small_amount


def actor(user: User | None) -> Actor | None:
    """Who does it, as the case keeps it: the number of the account and the role. None: the program."""
    return None if user is None else Actor(str(user.pk), Role(user.role))


@dataclass(frozen=True, slots=True)
class AlreadyRead:
    """What whoever asks has read before, so that it is not read twice; None: not read."""

    entries: Sequence[Entry] | None = None
    """The ledger."""
    visit_days: Sequence[date] | None = None
    """Days on which somebody will visit, in order."""
    benefit_pending: bool | None = None
    plans: PlansNow | None = None


def circumstances(row: CaseRow, today: date, case: Case, read: AlreadyRead | None = None) -> Circumstances:
    """What the case has to know of the ledger, the tenancy, the agreements and what others planned."""
    read = read or AlreadyRead()
    standing: Standing | None = getattr(row.tenancy, "standing", None)
    overdue = standing.overdue if standing else 0
    since = behind_since(standing) if standing else None
    plans = read.plans or plans_of(row.tenancy_id)
    end = row.tenancy.end
    return Circumstances(
        on=today,
        amount=overdue if overdue > tolerance(today) else 0,
        days_overdue=min(standing.days_overdue, (today - since).days) if standing and since else 0,
        current_rent_paid=_nothing_overdue(standing, today)
        or rent_is_paid_since(row.tenancy_id, _began(row, case), today, read.entries),
        plan_term_missed=case.state is State.PLAN_ACTIVE and plans.missed,
        plan_over=_plan_over(case, plans, today),
        plan_kept=plans.kept,
        agreement=valid_agreement(today),
        tenancy_ended=end is not None and end < today,
        demand_open=demand_open(row.tenancy_id, case, today, read.entries),
        visit_planned=_next_visit(row.tenancy_id, today, read.visit_days),
        benefit_pending=row.tenancy_id in pending_benefits([row.tenancy_id])
        if read.benefit_pending is None
        else read.benefit_pending,
        oldest_due=standing.oldest_unpaid_due if standing else None,
    )


def behind_since(standing: Standing) -> date | None:
    """The due day with which what is open now became arrears: a small rest of an older month makes nothing older."""
    known = (standing.oldest_unpaid_due, standing.in_arrears_since)
    return max((day for day in known if day is not None), default=None)


def _plan_over(case: Case, plans: PlansNow, today: date) -> bool:
    """An arrangement of ours is over when none runs; one that was only written down in the case, after its last day."""
    agreed = next((one for one in reversed(case.history) if one.kind is EventKind.PLAN_AGREED), None)
    if case.plan_until is None or agreed is None or plans.runs:
        return False
    return agreed.evidence.startswith("arrangement:") or case.plan_until < today


def _began(row: CaseRow, case: Case) -> date:
    """The day on which these arrears began as a case, or began again as other arrears in the same case."""
    again = (
        one.day for one in case.history if one.kind is EventKind.FELL_BACK and one.since == case.overdue_since
    )
    newer = case.overdue_since is not None and case.overdue_since > row.opened_on
    return max(again, default=row.opened_on) if newer else row.opened_on


def _next_visit(tenancy_id: int, today: date, days: Sequence[date] | None) -> date | None:
    """The first day from today on which somebody will visit."""
    if days is not None:
        return next((day for day in days if day >= today), None)
    coming = PlannedContact.objects.filter(
        tenancy=tenancy_id, channel=Channel.VISIT, day__gte=today, done=None, dropped=None
    )
    day: date | None = coming.order_by("day").values_list("day", flat=True).first()
    return day


def demand_open(
    tenancy_id: int, case: Case, today: date, entries: Sequence[Entry] | None = None
) -> int | None:
    """Of what the newest fourteen-day letter asked: cents of principal unpaid when its term ended, or today.

    None when no letter counts. What fell due after the letter is another matter, for another letter.
    """
    first = costs_from(case, law())
    sent = next((one.day for one in reversed(case.history) if one.kind is EventKind.LETTER_SENT), None)
    if first is None or sent is None:
        return None
    at = position(entries or _entries(tenancy_id), min(today, first - timedelta(days=1)))
    return sum(one.outstanding for one in at.open_charges if one.due < sent and one.is_principal)


def _nothing_overdue(standing: Standing | None, today: date) -> bool:
    """True when the standing of today tells already that all rent is paid; else the ledger must."""
    if standing is None or standing.on != today or standing.overdue:
        return False
    return not Unassessed.objects.filter(pk=standing.pk).exists()


def no_circumstances(today: date) -> Circumstances:
    """For a case that has just begun: nothing but the day matters."""
    return Circumstances(on=today)


def _entries(tenancy_id: int) -> list[Entry]:
    return convert.core_entries(convert.ledger(tenancy_id))


def rent_is_paid_since(
    tenancy_id: int, since: date, today: date, entries: Sequence[Entry] | None = None
) -> bool:
    """True when all rent that fell due after `since` is paid."""
    at = position(entries or _entries(tenancy_id), today)
    return not any(
        one.entry.component is Component.RENT and since < one.due < today for one in at.open_charges
    )


def add(book: Book, event: Event) -> None:
    """Take one step, or raise Refused with all that is lacking; then keep the event and what follows from it."""
    write_event(book, event)
    keep(book)


def write_event(book: Book, event: Event) -> None:
    """The step and its row only: for several steps in a row, after which `keep` comes once."""
    book.case = cases.step(book.case, event, book.at, book.law)
    sequence = len(book.case.history)
    details = {key: value for key, value in cases.as_dict(event).items() if key != "reason"}
    CaseEvent.objects.create(
        case=book.row,
        sequence=sequence,
        kind=event.kind,
        day=event.day,
        by_id=int(event.by.id) if event.by else None,
        second_id=int(event.second.id) if event.second else None,
        reason=event.reason,
        details=details,
        recorded=timezone.now(),
    )


def keep(book: Book) -> None:
    """Bring the columns and the terms of the case up to date with its events."""
    row, case = book.row, book.case
    row.state, row.since = case.state, case.since or row.opened_on
    row.overdue_since = case.overdue_since or row.overdue_since
    row.held_until = max(_rests_until(book), default=None)
    row.gate_open = gate_open(book)
    row.plan_until = case.plan_until
    if case.outcome is not None:
        row.closed_on, row.outcome = case.since, case.outcome
        row.proposals.filter(decided=None).update(
            decided=timezone.now(), agreed=False
        )  # nothing left to decide
    row.save()
    row.terms.exclude(kind="promise").delete()
    keep_terms([book])


def _rests_until(book: Book) -> Iterator[date]:
    """The last days of what lets a household rest: holds, and the pause of who is helped and pays the current rent."""
    yield from (hold.until for hold in book.case.holds_on(book.at.on))
    pause = book.case.pause_until
    if book.case.state is State.PAUSED and pause is not None and book.at.current_rent_paid:
        yield pause


def gate_open(book: Book) -> bool:
    """Every condition of a signal to the municipality is met now."""
    return all(lack is None for _guard, lack in cases.gate(book.case, book.at, book.law))


def keep_terms(books: Iterable[Book]) -> None:
    """Write down what ends when, of cases of which nothing stands written down."""
    CaseTerm.objects.bulk_create(term for book in books for term in _terms(book))


def coming(case: Case, opened_on: date, law: CaseLaw) -> list[Deadline]:
    """The days that matter now. Our own targets that lay before the case began say nothing any more."""
    return [one for one in deadlines(case, law) if one.kind is not TermKind.TARGET or one.day >= opened_on]


def _terms(book: Book) -> list[CaseTerm]:
    if book.row.closed_on is not None:
        return []
    ends = [
        CaseTerm(
            case=book.row, kind=one.kind, day=one.day, nl=one.words.nl[:240], en=one.words.en[:240],
            basis=one.basis, statutory=one.statutory, owner_id=book.row.owner_id,
        )
        for one in coming(book.case, book.row.opened_on, book.law)
        if book.case.state is not State.ON_HOLD
    ]  # fmt: skip
    holds = [
        CaseTerm(
            case=book.row, kind="hold", day=hold.until, nl=HOLD_WORDS[hold.reason].nl, en=HOLD_WORDS[hold.reason].en,
            owner_id=int(hold.owner) if hold.owner.isdigit() else None,
        )
        for hold in book.case.holds_on(book.at.on)
    ]  # fmt: skip
    return ends + holds
