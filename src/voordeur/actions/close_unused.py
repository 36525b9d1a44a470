"""Accounts that nobody used for a year are closed: who left and was forgotten has no way in, and its term begins."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce

from voordeur.actions.audit import write_line
from voordeur.core.access import Role
from voordeur.store.models import AuditLine, User

UNUSED_DAYS = 365
"""Setting, our choice: longer than a parental leave or a long illness usually takes."""


@transaction.atomic
def close_unused(today: date) -> int:
    """Close them; how many. An administrator may open one again, and one administrator always stays.

    An account was used when somebody signed in, or when an administrator made or changed it.
    """
    since = datetime.combine(today - timedelta(days=UNUSED_DAYS), time(), ZoneInfo(settings.TIME_ZONE))
    unused = User.objects.filter(is_active=True).annotate(used=Coalesce("last_login", "date_joined"))
    changed = set(
        AuditLine.objects.filter(action__in=("change_member", "new_password"), at__gte=since)
        .values_list("subject", flat=True)
    )  # fmt: skip
    closed = 0
    for user in unused.filter(used__lt=since).select_for_update(of=("self",)).order_by("pk"):
        if f"user:{user.pk}" in changed or _is_last_administrator(user):
            continue
        User.objects.filter(pk=user.pk).update(is_active=False)
        write_line(None, "close_unused", subject=f"user:{user.pk}")
        closed += 1
    return closed


def _is_last_administrator(user: User) -> bool:
    if user.role != Role.ADMINISTRATOR:
        return False
    return not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk).exists()
