"""The only clock: what day it is for the people who work with Voordeur, and how late."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from voordeur.core.contacts import DayPart, day_part


def today() -> date:
    """The local date in the corporation's time zone, or the fixed day of VOORDEUR_TODAY."""
    if settings.TODAY:
        return date.fromisoformat(settings.TODAY)
    return timezone.localdate()


def part_now(on: date) -> DayPart | None:
    """The part of the day that it is, when `on` is the day of the clock; None on any other day."""
    now = timezone.localtime()
    return day_part(now.hour) if now.date() == on else None


def minute_of_today() -> int:
    """Minutes after midnight, local time; 0 on a fixed day: then the whole day is still to come."""
    if settings.TODAY:
        return 0
    now = timezone.localtime()
    return now.hour * 60 + now.minute
