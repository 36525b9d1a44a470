"""The contact diary of a tenancy: what was tried, promised, wished and planned."""

import uuid

from django.db import models
from django.db.models import Q

from voordeur.store.encrypted import EncryptedText
from voordeur.store.models.cases import Case
from voordeur.store.models.homes import Tenancy
from voordeur.store.models.staff import User


class Contact(models.Model):
    """One attempt, reached or not, as `core.contacts.Contact`. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Made where it was written down, so that sending it twice adds it once."""
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="contacts")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="contacts")
    day = models.DateField()
    channel = models.CharField(max_length=16)
    part = models.CharField(max_length=12, blank=True)
    reached = models.BooleanField(default=False)
    outcome = models.CharField(max_length=16)
    incoming = models.BooleanField(default=False)
    help_told = models.BooleanField(default=False)
    agreed = EncryptedText(blank=True, context="store.contact.agreed")
    """What was agreed, in the words of whoever was there."""
    exception = models.CharField(max_length=16, blank=True)
    """The lawful ground on which a wish of the tenant was passed over."""
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenancy", "day"])]


class Promise(models.Model):
    """ "I pay on Friday": how much and by when. Whether it was kept is read from the ledger."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="promises")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="promises")
    made_on = models.DateField()
    until = models.DateField()
    amount = models.BigIntegerField()
    """Cents."""
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tenancy", "made_on"]), models.Index(fields=["until"])]


class Wish(models.Model):
    """What a household asked of us about contact; the newest counts as a whole."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="wishes")
    since = models.DateField()
    channels = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    language = models.CharField(max_length=8, default="nl")
    leave_alone_until = models.DateField(null=True)
    withdrawn = models.DateField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenancy", "since"])]


class PlannedContact(models.Model):
    """Something that somebody will do: go there, ring, write. Done, or dropped with the day it was."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="planned")
    channel = models.CharField(max_length=16)
    day = models.DateField()
    part = models.CharField(max_length=12, blank=True)
    at = models.PositiveSmallIntegerField(null=True)
    """Minutes after midnight when a moment was agreed on."""
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="planned")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()
    done = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    dropped = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy", "channel"], condition=Q(done=None, dropped=None), name="planned_once"
            )
        ]
        indexes = [models.Index(fields=["who", "day"])]
