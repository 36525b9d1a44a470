"""A person decides on what a phone recorded: which of two records counts, and what to do with what did not fit."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.field_events import carry_through
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.reach_tenancy import check_reach, purpose_in_log
from voordeur.actions.take_field_events import take_again
from voordeur.core.access import Deed, Role
from voordeur.core.problems import Problem, Refused
from voordeur.core.visit_card import VisitCard, read_visit
from voordeur.core.visits import EventState
from voordeur.core.words import Words
from voordeur.store.field_content import payload_of
from voordeur.store.models import Consent, FieldEvent, Promise, SafetyNote, User, VisitConflict
from voordeur.store.queries.to_settle import VisitToSettle, one_to_settle


class Choice(StrEnum):
    """What a person may decide."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    AGAIN = "again"
    """Try once more to take it in."""
    DONE = "done"
    """Seen, and done by hand what had to be done; what was recorded stays as it is."""


CHOICES = {
    EventState.CONTRADICTS: (Choice.FIRST, Choice.SECOND, Choice.BOTH),
    EventState.REFUSED: (Choice.AGAIN, Choice.DONE),
    EventState.UNFINISHED: (Choice.DONE,),
    EventState.TAKEN: (Choice.DONE,),
}


@transaction.atomic
def look_at_visit(user: User, visit_id: UUID, today: date) -> VisitToSettle:
    """What was recorded, both versions when there are two. Who looks, for what, is written down first."""
    event = _reachable(user, visit_id, today)
    subject = f"tenancy:{event.tenancy_id}" if event.tenancy_id else f"phone:{event.phone_id}"
    write_line(user, "look_at_visit", subject=subject, purpose=purpose_in_log(user))
    return one_to_settle(event)


@transaction.atomic
def settle_visit(user: User, visit_id: UUID, choice: str, today: date) -> None:
    """Carry out what a person chose. Nothing that was recorded is changed or removed; refused when it was settled."""
    # Of two who decide at the same moment the last one is refused.
    FieldEvent.objects.select_for_update().filter(pk=visit_id).first()
    event = _reachable(user, visit_id, today)
    allowed = CHOICES.get(EventState(event.state), ())
    if event.settled is not None or choice not in set(allowed):
        raise Refused(_SETTLED)
    before = event.state
    if before == EventState.CONTRADICTS:
        _choose(user, event, Choice(choice), today)
    if choice == Choice.AGAIN:
        take_again(event)
    if choice != Choice.AGAIN or (event.state == EventState.TAKEN and not event.problems):
        event.settled, event.settled_by = timezone.now(), user
    event.save()
    subject = f"tenancy:{event.tenancy_id}" if event.tenancy_id else f"phone:{event.phone_id}"
    data = {"event": str(event.pk), "was": before, "choice": choice, "state": event.state}
    write_line(user, "settle_visit", subject=subject, data=data)
    if event.tenancy_id:
        follow([event.tenancy_id], today)


@transaction.atomic
def pass_on(user: User, consent_id: int, today: date) -> int:
    """A tenant who said yes was handed over to the municipality; the tenancy. Only while the yes stands."""
    check(user, Deed.DECIDE_CASE)
    row = Consent.objects.filter(pk=consent_id, given=True, withdrawn=None, passed_on=None).first()
    if row is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.DECIDE_CASE, row.tenancy_id, today)
    row.passed_on, row.passed_on_by = today, user
    row.save(update_fields=["passed_on", "passed_on_by"])
    write_line(user, "pass_on", subject=f"tenancy:{row.tenancy_id}", data={"consent": row.pk})
    return row.tenancy_id


@transaction.atomic
def withdraw_safety_note(user: User, note_id: int, today: date) -> int:
    """A safety note is no longer so; the tenancy."""
    check(user, Deed.SETTLE_VISIT)
    row = SafetyNote.objects.filter(pk=note_id, withdrawn=None).first()
    if row is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.SETTLE_VISIT, row.tenancy_id, today)
    row.withdrawn = today
    row.save(update_fields=["withdrawn"])
    write_line(user, "withdraw_safety_note", subject=f"tenancy:{row.tenancy_id}", data={"note": row.pk})
    return row.tenancy_id


def _reachable(user: User, visit_id: UUID, today: date) -> FieldEvent:
    """The event, for who may see its household; what belongs to no household is for the office."""
    check(user, Deed.SETTLE_VISIT)
    rows = FieldEvent.objects.select_related("tenancy__home", "phone__user")
    event = rows.filter(pk=visit_id).first()
    if event is None or (event.tenancy_id is None and user.role != Role.CONSULTANT):
        raise Refused(NOT_FOUND)
    if event.tenancy_id is not None:
        check_reach(user, Deed.SETTLE_VISIT, event.tenancy_id, today)
    return event


def _choose(user: User, event: FieldEvent, choice: Choice, today: date) -> None:
    """Which of the two counts. What the other one set going stops; the record itself stays."""
    conflict = VisitConflict.objects.select_related("first").get(second=event, choice="")
    conflict.choice = choice
    conflict.save(update_fields=["choice"])
    if choice is Choice.FIRST:
        event.state = EventState.SET_ASIDE
        return
    if choice is Choice.SECOND:
        _set_aside(conflict.first, user, today)
    card = read_visit(payload_of(event))
    if isinstance(card, VisitCard) and event.tenancy is not None:
        carry_through(event.phone.user, event.tenancy, card, event)


def _set_aside(event: FieldEvent, user: User, today: date) -> None:
    """It no longer counts: not in the diary's facts, and what was promised or allowed in it lapses."""
    event.state, event.settled, event.settled_by = EventState.SET_ASIDE, timezone.now(), user
    event.save()
    Promise.objects.filter(contact=event.contact_id, withdrawn=None).exclude(contact=None).update(
        withdrawn=today
    )
    Consent.objects.filter(event=event, withdrawn=None).update(withdrawn=today)
    SafetyNote.objects.filter(event=event, withdrawn=None).update(withdrawn=today)


_SETTLED = Problem(
    "visit-settled",
    Words(
        "Hierover is al besloten, of dit kan hier niet.", "This was decided already, or cannot be done here."
    ),
    Words("Kijk in de lijst wat er nog ligt.", "Look in the list what still waits."),
)
