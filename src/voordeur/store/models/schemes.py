"""Checks on schemes that a household let us keep, and what came of asking."""

import uuid

from django.db import models

from voordeur.core.schemes.household import Scheme
from voordeur.store.encrypted import EncryptedText
from voordeur.store.models.homes import Tenancy
from voordeur.store.models.staff import User


class SchemeCheck(models.Model):
    """One talk through the check, kept because the tenant said yes to that; without a yes there is no row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Made where the talk was, so that sending it twice keeps it once."""
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="scheme_checks")
    day = models.DateField()
    """Of the talk: by the rules of this day it was calculated."""
    consent_on = models.DateField()
    language = models.CharField(max_length=8, default="nl")
    known = models.JSONField(default=dict)
    """What the landlord knew then: rent and the like."""
    answers = EncryptedText(blank=True, context="store.scheme_check.answers")
    """JSON; emptied long before the rest goes."""
    low = models.BigIntegerField(default=0)
    """What asking was worth, cents a month, at least and at most."""
    high = models.BigIntegerField(default=0)
    until = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenancy", "day"])]


class SchemeTask(models.Model):
    """One scheme to follow up: asked for, granted, refused."""

    check_of = models.ForeignKey(SchemeCheck, on_delete=models.CASCADE, related_name="tasks")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="scheme_tasks")
    scheme = models.CharField(max_length=32, choices=[(one.value, one.value) for one in Scheme])
    state = models.CharField(max_length=12, default="advised")
    """As `core.schemes.follow_up.TaskState`."""
    state_on = models.DateField()
    low = models.BigIntegerField(default=0)
    """About this much a month, cents; zero where we name no amount."""
    high = models.BigIntegerField(default=0)
    apply_by = models.DateField(null=True)
    granted = models.BigIntegerField(null=True)
    """Cents a month, as the decision says."""
    since = models.DateField(null=True)
    """First month for which it is paid."""
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "scheme"], name="scheme_once_per_check")]
        indexes = [models.Index(fields=["state", "state_on"])]
