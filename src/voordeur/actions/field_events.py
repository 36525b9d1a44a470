"""What each kind of event from a phone does here. Another kind is one function and one line in HANDLERS."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from voordeur.actions import agree_arrangement, keep_scheme_check, keep_wish, plan_contact, record_contact
from voordeur.core.contacts import Channel, blocked, day_part
from voordeur.core.problems import Problem, Refused
from voordeur.core.visit_card import VisitCard, read_visit
from voordeur.core.visits import SAFETY_NOTE_DAYS, EventState, Record, VisitResult, contradicted, put_right_by
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import Consent, FieldEvent, SafetyNote, Tenancy, User, VisitConflict
from voordeur.store.queries.field import visits_of_day

Handler = Callable[[User, Tenancy, Mapping[str, Any], FieldEvent], None]
"""(who recorded it, about whom, what was recorded, the event as it is kept). It runs inside the transaction of that
event. Raise Refused when it cannot be done: the event is then kept with why, and a person looks at it. It may set
`event.state`, `event.contact` and add to `event.problems`; it is saved afterwards."""


def take_visit(user: User, tenancy: Tenancy, payload: Mapping[str, Any], event: FieldEvent) -> None:
    """A visit: into the diary and the case, unless it contradicts what somebody else recorded of the same visit."""
    card = read_visit(payload)
    if not isinstance(card, VisitCard):
        raise Refused(card)
    Tenancy.objects.select_for_update().get(pk=tenancy.pk)  # of two phones at once the last sees the first
    mine = record_of(event, card)
    before = [one for one in visits_of_day(tenancy.pk, event.day) if one[0].pk != event.pk]
    if any(row.phone_id == event.phone_id and known == card for row, known in before):
        return  # the same card of the same phone, saved twice: kept, and nothing else
    earlier = [record_of(row, known) for row, known in before]
    same_phone = [one for one in earlier if one.phone == mine.phone]
    if put_right_by(mine, same_phone) is not None:
        return  # the card was put right before this arrived: kept, and nothing else
    found = contradicted(mine, earlier)
    if found is not None:
        _keep_conflict(tenancy, event, *found)
        return
    carry_through(user, tenancy, card, event)


def carry_through(user: User, tenancy: Tenancy, card: VisitCard, event: FieldEvent) -> None:
    """All that follows from a visit. Also called when a person chose this one of two."""
    event.contact = record_contact.put_down(user, tenancy.pk, _said(tenancy.pk, card, event), event.day)
    event.state = EventState.TAKEN
    if card.result is VisitResult.MOVED:
        event.problems = [problem_row(_MOVED)]
    _keep_safety(user, tenancy, card, event)
    _keep_consent(user, tenancy, card, event)
    for follow in (_keep_wish, _plan_next):
        try:
            with transaction.atomic():
                follow(user, tenancy, card, event)
        except Refused as refusal:  # the visit itself counts; this part of it is for a person
            event.problems = [*event.problems, *(problem_row(one) for one in refusal.problems)]


def take_draft(user: User, tenancy: Tenancy, payload: Mapping[str, Any], event: FieldEvent) -> None:
    """A card that was begun and not finished when the day of the phone ended: somebody looks at it."""
    event.state = EventState.UNFINISHED


def take_scheme_check(user: User, tenancy: Tenancy, payload: Mapping[str, Any], event: FieldEvent) -> None:
    """A check on schemes that the tenant lets us keep. Its answers are kept with the check and nowhere else."""
    if payload.get("consent") is not True:
        event.content = "{}"
    keep_scheme_check.from_phone(user, tenancy, payload, event.pk, event.day)
    event.content = "{}"


def take_arrangement(user: User, tenancy: Tenancy, payload: Mapping[str, Any], event: FieldEvent) -> None:
    """An arrangement that was agreed at the table: signed there, or spoken with who recorded it as the witness."""
    agree_arrangement.from_phone(user, tenancy.pk, payload, event.pk, event.day)


HANDLERS: dict[str, Handler] = {
    "visit": take_visit,
    "visit_draft": take_draft,
    "scheme_check": take_scheme_check,
    "arrangement_agreed": take_arrangement,
}
"""Kind of event -> what it does."""


def problem_row(one: Problem) -> list[str]:
    """A problem as it is kept with an event."""
    return [one.code, one.message.nl, one.message.en, one.cure.nl, one.cure.en]


def record_of(event: FieldEvent, card: VisitCard) -> Record:
    """What has to be known of a visit to lay it beside another."""
    promise = (card.promise_cents, card.promise_until) if card.promise_until else None
    return Record(
        id=str(event.pk), phone=str(event.phone_id), order=event.order, card=card.card, happened=event.happened,
        result=card.result, promise=promise, consent=card.consent.given if card.consent else None,
    )  # fmt: skip


def _keep_conflict(tenancy: Tenancy, event: FieldEvent, other: Record, why: Words) -> None:
    event.state = EventState.CONTRADICTS
    event.save()
    VisitConflict.objects.create(
        tenancy=tenancy,
        first_id=other.id,
        second=event,
        nl=why.nl,
        en=why.en,
        found=timezone.now(),
    )


def _said(tenancy_id: int, card: VisitCard, event: FieldEvent) -> record_contact.Said:
    part = day_part(timezone.localtime(event.happened).hour)
    against = blocked(wish_of(tenancy_id, event.day), event.day, Channel.VISIT, part) is not None
    return record_contact.Said(
        id=event.pk,
        day=event.day,
        channel=Channel.VISIT,
        outcome=card.outcome,
        part=part,
        reached=card.result.spoken,
        help_told=card.help_told,
        agreed=card.told(),
        objects=card.objects,
        promise_until=card.promise_until if card.result.spoken else None,
        promise_amount=card.promise_cents,
        against_wish=against,
    )


def _keep_safety(user: User, tenancy: Tenancy, card: VisitCard, event: FieldEvent) -> None:
    if card.danger is None:
        return
    SafetyNote.objects.create(
        tenancy=tenancy, kind=card.danger, set_on=event.day, until=event.day + timedelta(days=SAFETY_NOTE_DAYS),
        by=user, event=event,
    )  # fmt: skip


def _keep_consent(user: User, tenancy: Tenancy, card: VisitCard, event: FieldEvent) -> None:
    asked = card.consent
    if asked is None:
        return
    Consent.objects.create(
        tenancy=tenancy, purpose=asked.purpose, given=asked.given, way=asked.way, day=event.day, text=asked.text,
        signature=asked.signature, by=user, event=event,
    )  # fmt: skip


def _keep_wish(user: User, tenancy: Tenancy, card: VisitCard, event: FieldEvent) -> None:
    wish = card.wish
    if wish is None:
        return
    known = wish_of(tenancy.pk, event.day)
    keep_wish.put_down(
        user, tenancy.pk, event.day, channels=wish.channels, parts=wish.parts,
        language=known.language if known else "nl", leave_alone_until=wish.leave_alone_until,
    )  # fmt: skip


def _plan_next(user: User, tenancy: Tenancy, card: VisitCard, event: FieldEvent) -> None:
    if card.next_day is None:
        return
    plan_contact.plan_contact(
        user,
        tenancy.pk,
        event.day,
        channel=Channel.VISIT,
        day=card.next_day,
        who=user.pk,
        part=card.next_part,
    )


_MOVED = Problem(
    "moved",
    Words("Volgens wie er woont is de huurder verhuisd.", "Who lives there says that the tenant has moved."),
    Words("Kijk het huurcontract na.", "Check the tenancy agreement."),
)
