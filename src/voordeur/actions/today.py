"""The only clock: what day it is for the people who work with Voordeur, and how late."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The local date in the corporation's time zone, or the fixed day of VOORDEUR_TODAY."""
    if settings.TODAY:
        return date.fromisoformat(settings.TODAY)
    return timezone.localdate()


def minute_of_today() -> int:
    """Minutes after midnight, local time; 0 on a fixed day: then the whole day is still to come."""
    if settings.TODAY:
        return 0
    now = timezone.localtime()
    return now.hour * 60 + now.minute
