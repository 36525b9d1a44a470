"""The only clock: what day it is for the people who work with Voordeur."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The local date in the corporation's time zone, or the fixed day of VOORDEUR_TODAY."""
    if settings.TODAY:
        return date.fromisoformat(settings.TODAY)
    return timezone.localdate()
