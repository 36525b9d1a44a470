"""The installation as a whole: numbers of agreements and how fresh the findings are. Nothing about persons."""

from datetime import date, timedelta

from django.db.models import Max

from voordeur.store.models import Standing, Tenancy


def tenancy_numbers() -> dict[int, str]:
    """The corporation's own number of every agreement, by our id."""
    return dict(Tenancy.objects.values_list("pk", "key"))


def newest_assessment() -> date | None:
    """The day of the newest assessment; None when nothing was ever assessed."""
    return Standing.objects.order_by("-on").values_list("on", flat=True).first()


FRESH = timedelta(days=4)
"""A weekend and a day: older money data than this, and a list made of it may send somebody to who has paid."""


def money_is_old(today: date) -> date | None:
    """The day of the newest payment we know of, when that is too long ago to trust a list; else None."""
    newest: date | None = Standing.objects.aggregate(newest=Max("last_payment_on"))["newest"]
    return newest if newest is not None and today - newest > FRESH else None
