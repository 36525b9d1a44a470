"""The installation as a whole: numbers of agreements and how fresh the findings are. Nothing about persons."""

from datetime import date

from voordeur.store.models import Standing, Tenancy


def tenancy_numbers() -> dict[int, str]:
    """The corporation's own number of every agreement, by our id."""
    return dict(Tenancy.objects.values_list("pk", "key"))


def newest_assessment() -> date | None:
    """The day of the newest assessment; None when nothing was ever assessed."""
    return Standing.objects.order_by("-on").values_list("on", flat=True).first()
