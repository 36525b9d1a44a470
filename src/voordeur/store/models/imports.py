"""Imports in progress and done: what was read, what was wrong, what waits for a person."""

import uuid

from django.db import models


class ImportRun(models.Model):
    """One file on its way in. Nothing counts until the one transaction that books it."""

    class State(models.TextChoices):
        """Read -> recognised -> booked, each able to wait for a person."""

        UPLOADED = "uploaded"
        READING = "reading"
        READ = "read"
        """Preview is ready; a person decides."""
        QUEUED = "queued"
        BOOKING = "booking"
        BOOKED = "booked"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey("store.User", null=True, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    file_name = models.CharField(max_length=160)
    path = models.CharField(max_length=400)
    """The file itself, kept until it is booked or cancelled under a name made by us. In the folder of uploads."""
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED)
    kind = models.CharField(max_length=16, blank=True)
    """`ledger`, `tenancies`, `homes`, `neighbourhoods` or `bank`."""
    mapping = models.JSONField(default=dict)
    """How the columns were read: the recognition as data."""
    preview = models.JSONField(default=dict)
    """Counts and sums that the preview shows; no rows on persons."""
    forced = models.BooleanField(default=False)
    rows_total = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created"]


class ImportProblem(models.Model):
    """One problem of one run, kept as a to-do until it is solved or let go."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    code = models.CharField(max_length=40)
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=80, blank=True)
    message_nl = models.CharField(max_length=240)
    message_en = models.CharField(max_length=240)
    cure_nl = models.CharField(max_length=240)
    cure_en = models.CharField(max_length=240)
    fatal = models.BooleanField(default=False)
    solved = models.BooleanField(default=False)
    row_cells = models.JSONField(default=list)
    """The refused row as it stood, so that it can be corrected and read again."""

    class Meta:
        indexes = [models.Index(fields=["run", "row"]), models.Index(fields=["solved", "run"])]


class StagedEntry(models.Model):
    """A ledger row on its way in, outside the ledger; the booking transaction moves all rows of a run at once."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()
    tenancy_key = models.CharField(max_length=64)
    date = models.DateField()
    known = models.DateField(null=True)
    """None: decided at booking."""
    due = models.DateField(null=True)
    kind = models.PositiveSmallIntegerField()
    component = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    period = models.DateField(null=True)
    designates_key = models.CharField(max_length=32, blank=True)
    reverses_key = models.CharField(max_length=32, blank=True)
    claim_key = models.CharField(max_length=32, blank=True)
    sequence = models.IntegerField(default=0)
    key = models.CharField(max_length=32)
    own_number = models.BooleanField(default=False)
    """The key was made from the row's own number: the same key twice is one row written twice."""
    description = models.CharField(max_length=140, blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "tenancy_key"])]


class MappingProfile(models.Model):
    """A way of reading a file that a person agreed to, kept for the next time."""

    name = models.CharField(max_length=80, unique=True)
    toml = models.TextField()
    saved_by = models.ForeignKey("store.User", null=True, on_delete=models.SET_NULL, related_name="+")
    saved = models.DateTimeField(auto_now=True)
