"""Who works with Voordeur, and the line that is written for everything they do or look at."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from voordeur.core.access import Role
from voordeur.store.encrypted import EncryptedText


class User(AbstractUser):
    """A member of staff. The role says what, the neighbourhoods say where."""

    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    neighbourhoods = models.ManyToManyField("store.Neighbourhood", blank=True, related_name="managers")
    weekly_visits = models.PositiveSmallIntegerField(default=10)
    """Visits this person can make in a week: the hours there are, in doors."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class AuditLine(models.Model):
    """One deed or one look at a file on a person. Never holds a name or an amount; chained by hash."""

    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the system itself (nightly run, command line)."""
    action = models.CharField(max_length=40)
    purpose = models.CharField(max_length=24, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    """What it was done to, as `tenancy:12`."""
    data = models.JSONField(default=dict)
    payload_hash = models.CharField(max_length=64, blank=True)
    """Keyed hash of the details in AuditPayload; stays when those are erased. Empty: there were none."""
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"]), models.Index(fields=["at"])]


class AuditPayload(models.Model):
    """Personal details of one audit line, kept apart: erasing them leaves the chain of the log whole."""

    line = models.OneToOneField(AuditLine, primary_key=True, on_delete=models.PROTECT, related_name="payload")
    salt = models.CharField(max_length=64)
    """Key of the hash in the line, random and erased with the details: the hash left behind says nothing."""
    content = EncryptedText(context="audit_payload.content")
    """JSON."""


class AuditCheck(models.Model):
    """The log as it was found on one night: as it was written, or what was wrong. Kept: it holds nothing personal."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    count = models.PositiveBigIntegerField()
    """Lines the log held."""
    head = models.CharField(max_length=64)
    """Hash of the last of them."""
    problems = models.PositiveIntegerField()
    """0: every line is as it was written."""
    first_nl = models.TextField(blank=True)
    first_en = models.TextField(blank=True)
    """The first thing that was wrong, in words."""
