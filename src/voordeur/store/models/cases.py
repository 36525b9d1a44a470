"""Cases: what happened, as events; and what they add up to, kept beside them for lists."""

from django.db import models
from django.db.models import Q

from voordeur.store.encrypted import EncryptedText
from voordeur.store.models.homes import Tenancy
from voordeur.store.models.staff import User


class Case(models.Model):
    """One tenancy in one arrears episode. The events are the truth; every other column is made from them."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="cases")
    number = models.CharField(max_length=16, unique=True)
    """What people call it: `2026-0417`."""
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    """The case of the earlier episode: this one is a relapse."""
    opened_on = models.DateField()
    overdue_since = models.DateField()
    """The oldest unpaid due day when it began."""
    state = models.CharField(max_length=24)
    since = models.DateField()
    """The day the present state began."""
    held_until = models.DateField(null=True)
    """Last day of the longest hold that counts now."""
    gate_open = models.BooleanField(default=False)
    """Every duty of Bgs art. 2 and every condition of the agreement with the municipality is met."""
    plan_until = models.DateField(null=True)
    """Last day of the payment plan that is being kept."""
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="cases")
    """The consultant who looks after it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenancy"], condition=Q(closed_on=None), name="one_open_case"),
        ]
        indexes = [models.Index(fields=["state"]), models.Index(fields=["closed_on"])]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """One thing that happened in a case. Only ever added: a mistake is put right by a new event."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    day = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the program itself."""
    second = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedText(blank=True, context="store.caseevent.reason")
    details = models.JSONField(default=dict)
    """The event as `core.cases.as_dict` writes it, without the reason. Codes, days and cents, no names."""
    recorded = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="one_event_per_place")]


class CaseTerm(models.Model):
    """A day on which something of a case ends or is due. Made again from the events after each of them."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=16)
    """`hold`, `promise`, or one of `core.case_terms.TermKind`."""
    day = models.DateField()
    nl = models.CharField(max_length=240)
    en = models.CharField(max_length=240)
    basis = models.CharField(max_length=160, blank=True)
    statutory = models.BooleanField(default=False)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["day", "kind"])]


class Proposal(models.Model):
    """A decision that needs a second person: proposed by one, waiting for another."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    details = models.JSONField(default=dict)
    """The event that would follow, as `core.cases.as_dict` writes it, without the reason."""
    reason = EncryptedText(context="store.proposal.reason")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        indexes = [models.Index(fields=["decided"])]


class Agreement(models.Model):
    """What the corporation agreed with a municipality about signals. Without a valid one no signal is sent."""

    municipality = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField(null=True)
    floor = models.BigIntegerField(default=0)
    """Cents: below it the municipality rather gets no signal."""


class PolicyVersion(models.Model):
    """A policy as an administrator wrote it: a draft, or live from a day on."""

    name = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    """Of this name: 1, 2, 3, ..."""
    text = models.TextField()
    """TOML, as the files in `rules/policy`."""
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField()
    changed = models.DateTimeField()
    note = models.CharField(max_length=400, blank=True)
    """Why it was changed."""
    live_from = models.DateField(null=True)
    """None: a draft."""
    live_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="policy_version_once")]


class Cover(models.Model):
    """Somebody works for somebody else, from the first up to and including the last day."""

    absent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    cover = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers")
    first = models.DateField()
    last = models.DateField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["cover", "last"])]
