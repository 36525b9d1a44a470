"""A phone takes the day along: it begins with a sign-in, and ends by itself, by signing out, or from the office."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.adapters.phone_seal import make_secret
from voordeur.core.access import Deed, Role, may
from voordeur.core.problems import Refused
from voordeur.store.models import PhoneDay, User


def secret_fits(phone: PhoneDay, secret: str) -> bool:
    """Does whoever asks hold the key of this phone's day?"""
    return compare_digest(phone.secret.encode(), secret.encode())


@transaction.atomic
def begin_day(user: User, device: UUID, label: str, session: str, today: date) -> PhoneDay:
    """Give a phone its key for today. What an earlier sign-in on the same phone could read, it can no longer."""
    check(user, Deed.CARRY_PHONE)
    now = timezone.now()
    PhoneDay.objects.filter(device=device, ended=None, revoked=None, until__gt=now).update(ended=now)
    phone = PhoneDay.objects.create(
        device=device, label=label[:60], user=user, day=today, secret=make_secret(), session=session, begun=now,
        until=end_of_day(now), last_contact=now,
    )  # fmt: skip
    write_line(user, "begin_phone_day", subject=f"phone:{phone.pk}")
    return phone


@transaction.atomic
def end_day(phone: PhoneDay) -> None:
    """Signed out on the phone: from now on this key opens nothing but what was sealed with it before."""
    if phone.ended is None:
        PhoneDay.objects.filter(pk=phone.pk).update(ended=timezone.now())
        write_line(phone.user, "end_phone_day", subject=f"phone:{phone.pk}")


def end_days_of(session: str) -> None:
    """The same for every phone that began with this sign-in: somebody signed out elsewhere in the same browser."""
    for phone in (
        PhoneDay.objects.select_related("user").filter(session=session, ended=None).exclude(session="")
    ):
        end_day(phone)


@transaction.atomic
def revoke_phone(user: User, phone_id: UUID) -> PhoneDay:
    """Take the day off a phone: its sign-in ends now, and it wipes itself at its next contact."""
    check(user, Deed.REVOKE_PHONE)
    phone = PhoneDay.objects.filter(pk=phone_id, revoked=None).first()
    if phone is None:
        raise Refused(NOT_FOUND)
    Session.objects.filter(pk=phone.session).delete()  # else the phone would ask for a new key at once
    phone.revoked, phone.revoked_by = timezone.now(), user
    phone.save(update_fields=["revoked", "revoked_by"])
    write_line(user, "revoke_phone", subject=f"phone:{phone.pk}", data={"of": phone.user_id})
    return phone


@transaction.atomic
def note_contact(phone: PhoneDay | None, waiting: int, wiped: Sequence[UUID]) -> None:
    """A phone was in contact: when, with how much still to send, and what it says it has wiped."""
    now = timezone.now()
    if phone is not None:
        PhoneDay.objects.filter(pk=phone.pk).update(last_contact=now, waiting=waiting)
    if wiped:
        PhoneDay.objects.filter(pk__in=wiped, wiped=None).update(
            wiped=now, ended=Coalesce("ended", Value(now)), waiting=waiting
        )


def state_of(phone: PhoneDay, now: datetime) -> str:
    """`active`, or why the phone may read nothing any more: `revoked`, `ended`, `over`."""
    if phone.revoked is not None or not phone.user.is_active:
        return "revoked"
    if phone.ended is not None:
        return "ended"
    if now >= phone.until or not may(Role(phone.user.role), Deed.CARRY_PHONE):
        return "over"
    return "active"


def end_of_day(now: datetime) -> datetime:
    """When a key given now stops: at the end of the day, and never later than the sign-in itself."""
    local = timezone.localtime(now)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(midnight, now + timedelta(seconds=settings.SESSION_ABSOLUTE))
