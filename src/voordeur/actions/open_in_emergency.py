"""Danger now: open a file that one's own work does not open, for an hour, with a reason; judged afterwards.

There is no way in by a link or a number: only by the exact address. Who has no business there learns nothing: an
address without a tenant, and one tried too vaguely, get the same answer. Every try is a line in the log.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core import emergency as rules
from voordeur.core.access import Deed, Purpose, Role, may_open_in_emergency
from voordeur.core.emergency import Judgement
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import AuditLine, EmergencyAccess, User
from voordeur.store.queries.privacy import (
    EmergencyFile,
    EmergencyLine,
    emergency,
    emergency_file,
    tenancies_at,
)
from voordeur.store.queries.reach import sees

_TRY = "emergency_try"
_AFTERWARDS = ("see_emergency", "judge_emergency")


@dataclass(frozen=True, slots=True)
class Opened:
    """What the address led to."""

    tenancy: int
    access: int | None
    """None: the own work opens this file; nothing special was needed or written down."""


def open_in_emergency(
    user: User, *, postcode: str, number: int, addition: str, reason: str, today: date, now: datetime
) -> Opened:
    """Open the file of who rents at this address today. The try is written down whatever comes of it.

    Refused without a reason, after too many tries, and when not exactly one tenancy is there.
    """
    check(user, Deed.OPEN_IN_EMERGENCY)
    if len(reason.strip()) < rules.SHORTEST_REASON:
        raise Refused(rules.NO_REASON)
    write_line(user, _TRY, subject=_tries_of(user), purpose=Purpose.EMERGENCY.value)
    tries = AuditLine.objects.filter(
        subject=_tries_of(user), action=_TRY, at__gt=rules.counted_from(now)
    ).count()
    if tries > rules.TRIES_AN_HOUR:
        raise Refused(rules.TOO_OFTEN)
    found = tenancies_at(postcode, number, addition, today)
    if len(found) != 1:
        raise Refused(rules.NOTHING_THERE)
    tenancy = found[0]
    if not may_open_in_emergency(Role(user.role), sees(user, tenancy, today)):
        return Opened(tenancy, None)
    return Opened(tenancy, _open(user, tenancy, reason.strip(), now).pk)


@transaction.atomic
def _open(user: User, tenancy: int, reason: str, now: datetime) -> EmergencyAccess:
    row = EmergencyAccess.objects.create(
        tenancy_id=tenancy, user=user, reason=reason, opened=now, until=rules.closes(now)
    )
    _log(user, "emergency_open", row)
    return row


@transaction.atomic
def look(user: User, access_id: int, now: datetime) -> EmergencyFile:
    """Who lives there and how to reach them. Refused after the hour, and for what somebody else opened."""
    check(user, Deed.OPEN_IN_EMERGENCY)
    row = EmergencyAccess.objects.filter(pk=access_id, user=user).first()
    if row is None:
        raise Refused(NOT_FOUND)
    if now >= row.until:
        raise Refused(_OVER)
    EmergencyAccess.objects.filter(pk=row.pk).update(looks=F("looks") + 1)
    _log(user, "emergency_look", row)
    return emergency_file(row)


@transaction.atomic
def read_reason(user: User, access_id: int) -> EmergencyLine:
    """What the privacy officer reads to judge it. A reason tells of people: who reads it is written down."""
    check(user, Deed.SEE_PRIVACY)
    row = EmergencyAccess.objects.filter(pk=access_id).first()
    line = emergency(access_id)
    if row is None or line is None:
        raise Refused(NOT_FOUND)
    _log(user, "see_emergency", row)
    return line


@transaction.atomic
def judge(user: User, access_id: int, judgement: Judgement, remark: str, now: datetime) -> None:
    """The privacy officer looked at it. Once: what was judged stays so. What was not allowed closes at once.

    Refused for what somebody opened before becoming privacy officer: nobody judges the own deed.
    """
    check(user, Deed.SEE_PRIVACY)
    row = EmergencyAccess.objects.select_for_update().filter(pk=access_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    if row.judgement:
        raise Refused(_JUDGED)
    if row.user_id == user.pk:
        raise Refused(_OWN)
    if judgement is Judgement.NOT_JUSTIFIED:
        row.until = min(row.until, now)
    row.judgement, row.judged, row.judged_by, row.remark = judgement.value, now, user, remark.strip()
    row.save(update_fields=["judgement", "judged", "judged_by", "remark", "until"])
    _log(user, "judge_emergency", row, judgement=judgement.value)


def _log(user: User, action: str, row: EmergencyAccess, **data: str) -> None:
    purpose = Purpose.RIGHTS if action in _AFTERWARDS else Purpose.EMERGENCY
    write_line(
        user, action, subject=f"tenancy:{row.tenancy_id}", purpose=purpose.value,
        data={"emergency": row.pk, **data},
    )  # fmt: skip


def _tries_of(user: User) -> str:
    return f"user:{user.pk}"


_OVER = Problem(
    "emergency-over",
    Words("Het uur is voorbij. Dit dossier is weer dicht.", "The hour is over. This file is closed again."),
    Words("Is er nog gevaar? Open het opnieuw, met de reden van nu.",
          "Still danger? Open it again, with the reason of now."),
)  # fmt: skip
_OWN = Problem(
    "own-emergency",
    Words("Dit heb je zelf geopend.", "You opened this yourself."),
    Words("Laat een andere privacy officer hiernaar kijken.", "Have another privacy officer look at it."),
)
_JUDGED = Problem(
    "judged-before",
    Words("Hier is al naar gekeken.", "This was looked at before."),
    Words("Er is niets meer te doen.", "There is nothing left to do."),
)
