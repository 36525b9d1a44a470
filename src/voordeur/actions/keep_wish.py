"""A tenant says how, when and in which language to be spoken to, or to be left alone. The newest wish counts."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.reach_tenancy import check_reach
from voordeur.actions.settle_plans import settle_plans
from voordeur.core.access import Deed
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import User, Wish

LANGUAGES = ("nl", "en", "ar", "de", "es", "fa", "fr", "pl", "so", "ti", "tr", "uk")
LONGEST_REST_DAYS = 366


@transaction.atomic
def keep_wish(
    user: User,
    tenancy_id: int,
    today: date,
    *,
    channels: frozenset[Channel] = frozenset(),
    parts: frozenset[DayPart] = frozenset(),
    language: str = "nl",
    leave_alone_until: date | None = None,
) -> Wish:
    """Write down a wish; it replaces the one before as a whole. Nothing chosen: the tenant wishes nothing special."""
    check_reach(user, Deed.RECORD_CONTACT, tenancy_id, today)
    return put_down(
        user, tenancy_id, today, channels=channels, parts=parts, language=language, leave_alone_until=leave_alone_until
    )  # fmt: skip


@transaction.atomic
def put_down(
    user: User,
    tenancy_id: int,
    today: date,
    *,
    channels: frozenset[Channel],
    parts: frozenset[DayPart],
    language: str,
    leave_alone_until: date | None,
) -> Wish:
    """The same, for whoever had this household on a phone that day: that it was there is the leave to write."""
    if leave_alone_until is not None:
        _check_rest(leave_alone_until, today)
    row = Wish.objects.create(
        tenancy_id=tenancy_id,
        since=today,
        channels=sorted(channels),
        parts=sorted(parts),
        language=language if language in LANGUAGES else "nl",
        leave_alone_until=leave_alone_until,
        by=user,
        recorded=timezone.now(),
    )
    write_line(user, "keep_wish", subject=f"tenancy:{tenancy_id}")
    settle_plans([tenancy_id], today)
    return row


def _check_rest(until: date, today: date) -> None:
    if until < today:
        raise Refused(
            Problem(
                "day-passed",
                Words("Deze dag is al voorbij.", "That day has passed."),
                Words("Kies vandaag of een latere dag.", "Choose today or a later day."),
                column="leave_alone_until",
            )
        )
    if (until - today).days > LONGEST_REST_DAYS:
        raise Refused(
            Problem(
                "too-far",
                Words("Dit is langer dan een jaar.", "That is longer than a year."),
                Words("Kies een dag binnen een jaar, en vraag het dan opnieuw.",
                      "Choose a day within a year, and ask again then."),
                column="leave_alone_until",
            )
        )  # fmt: skip
