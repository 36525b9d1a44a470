"""What was erased because its term was over: the proof, without what was erased."""

from django.db import models

from voordeur.store.models.staff import User


class RetentionRun(models.Model):
    """One rule of the retention table carried out on one day. Kept: it holds nothing personal."""

    rule = models.CharField(max_length=40)
    """Name of the rule in the retention table."""
    fate = models.CharField(max_length=12)
    months = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    """The term as it was that day: in months or in days."""
    day = models.DateField()
    """The day for which it was worked out what is due."""
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    """Rows per table, with what went along."""
    held = models.JSONField(default=dict)
    """How many stayed although their term was over, per reason."""
    oldest = models.DateField(null=True)
    """The day that the oldest of them was counted from."""
    digest = models.CharField(max_length=64)
    """SHA-256 over the numbers of what is gone: with an older backup it can be checked, without it says nothing."""
    wiped = models.DateTimeField(null=True)
    """When the database files were written anew without it; None: that still has to be done."""

    class Meta:
        indexes = [models.Index(fields=["-at"])]
