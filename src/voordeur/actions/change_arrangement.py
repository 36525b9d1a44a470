"""Change a running arrangement: spread what is left anew, or end it. What happened stays; ending is a decision."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from voordeur.actions import case_book
from voordeur.actions.arrangement_book import look, write_event
from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.reach_tenancy import check_reach
from voordeur.adapters import arrangement_table
from voordeur.core.access import Deed
from voordeur.core.arrangements import plain
from voordeur.core.arrangements.schedule import end_day
from voordeur.core.arrangements.values import (
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementState,
    EndReason,
    Terms,
)
from voordeur.core.cases import Event, EventKind, State
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Arrangement, User

LONGEST_REASON = 400


@transaction.atomic
def reschedule(user: User, arrangement_id: int, terms: Terms, today: date) -> Arrangement:
    """Spread what is left anew, on these terms; `terms.total` is replaced by what is left today.

    Refused with every limit that these terms go beyond, and for an arrangement that does not run.
    """
    row = _running(user, arrangement_id, today)
    look(row, today)
    left = row.total - row.received
    if left <= 0:
        raise Refused(_NOTHING_LEFT)
    terms = replace(terms, total=left, lump=min(terms.lump, left))
    asked = {"today": today.isoformat(), "rent": row.tenancy.rent or 0}
    problems = arrangement_table.limits_of(terms, asked, None)
    if problems:
        raise Refused(problems)
    plan = arrangement_table.plan_of(terms)
    row.terms = plain.terms_out(terms)
    row.save(update_fields=["terms"])
    write_event(row, ArrangementEvent(ArrangementEventKind.RESCHEDULED, today, plan), user)
    look(row, today)
    _plan_again(row, user, end_day(plan), today)
    write_line(
        user, "reschedule_arrangement", subject=f"tenancy:{row.tenancy_id}", data={"arrangement": row.pk}
    )
    follow([row.tenancy_id], today)
    return row


@transaction.atomic
def end(user: User, arrangement_id: int, reason: EndReason, said: str, today: date) -> Arrangement:
    """End an arrangement. For `not_kept` the case asks for a consultant, a reason, and contact that came first."""
    row = _running(user, arrangement_id, today)
    if not said.strip() or len(said) > LONGEST_REASON:
        raise Refused(_NO_REASON)
    look(row, today)
    if reason is EndReason.NOT_KEPT and row.state != ArrangementState.BREACHED:
        raise Refused(_IS_KEPT)
    _tell_case(row, user, said, today)
    write_event(row, ArrangementEvent(ArrangementEventKind.ENDED, today, reason=reason), user)
    row.mandates.filter(ended_on=None).update(ended_on=today)
    look(row, today)
    write_line(
        user, "end_arrangement", subject=f"tenancy:{row.tenancy_id}",
        data={"arrangement": row.pk, "reason": reason.value}, payload={"said": said.strip()},
    )  # fmt: skip
    follow([row.tenancy_id], today)
    return row


@transaction.atomic
def decline(user: User, arrangement_id: int, today: date) -> Arrangement:
    """Say no to a proposal; the talk goes on without it."""
    row = _mine(user, arrangement_id, today)
    if row.state != ArrangementState.PROPOSED:
        raise Refused(_NOT_RUNNING)
    write_event(row, ArrangementEvent(ArrangementEventKind.DECLINED, today), user)
    look(row, today)
    write_line(user, "decline_arrangement", subject=f"tenancy:{row.tenancy_id}", data={"arrangement": row.pk})
    return row


def _mine(user: User, arrangement_id: int, today: date) -> Arrangement:
    row = Arrangement.objects.select_for_update().select_related("tenancy").filter(pk=arrangement_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.MAKE_ARRANGEMENT, row.tenancy_id, today)
    return row


def _running(user: User, arrangement_id: int, today: date) -> Arrangement:
    row = _mine(user, arrangement_id, today)
    if not ArrangementState(row.state).runs:
        raise Refused(_NOT_RUNNING)
    return row


def _plan_again(row: Arrangement, user: User, last: date, today: date) -> None:
    """The case hears of the new last day; a miss of before is a matter of the past."""
    case = case_book.open_case_of(row.tenancy_id)
    if case is None or case.state != State.PLAN_ACTIVE:
        return
    event = Event(
        EventKind.PLAN_AGREED, today, case_book.actor(user), until=last, affordable=True,
        evidence=f"arrangement:{row.pk}",
    )  # fmt: skip
    case_book.add(case_book.read(case, today), event)


def _tell_case(row: Arrangement, user: User, said: str, today: date) -> None:
    """A plan that was broken ends in the case too, by its own guards; other ends leave the case to its next step."""
    case = case_book.open_case_of(row.tenancy_id)
    if case is None or case.state != State.PLAN_ACTIVE or row.state != ArrangementState.BREACHED:
        return
    event = Event(EventKind.PLAN_BROKEN, today, case_book.actor(user), reason=said.strip())
    case_book.add(case_book.read(case, today), event)


_NOT_RUNNING = Problem(
    "arrangement-over",
    Words("Deze regeling loopt niet.", "This arrangement does not run."),
    Words("Maak zo nodig een nieuwe.", "Make a new one if needed."),
)
_NOTHING_LEFT = Problem(
    "nothing-left",
    Words("Alles is betaald.", "All is paid."),
    Words("Er is niets meer te spreiden.", "There is nothing left to spread."),
)
_NO_REASON = Problem(
    "no-reason",
    Words("De reden ontbreekt, of is te lang.", "The reason is missing, or too long."),
    Words(f"Schrijf in hooguit {LONGEST_REASON} tekens op waarom.",
          f"Write down why, in at most {LONGEST_REASON} signs."),
    column="said",
)  # fmt: skip
_IS_KEPT = Problem(
    "arrangement-is-kept",
    Words("Deze regeling is niet gebroken.", "This arrangement is not broken."),
    Words("Zoek eerst contact. Eén gemiste termijn is een gesprek, geen einde.",
          "Get in touch first. One missed instalment is a conversation, not an end."),
)  # fmt: skip
