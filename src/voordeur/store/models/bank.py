"""What the bank said, and what we learned about who pays for whom."""

from django.db import models

from voordeur.store.models.homes import Tenancy
from voordeur.store.models.ledger import Entry


class BankStatement(models.Model):
    """One statement of one account; opening + entries = closing, or it was taken in on purpose."""

    account = models.CharField(max_length=34)
    reference = models.CharField(max_length=64)
    opening = models.BigIntegerField()
    closing = models.BigIntegerField()
    closing_day = models.DateField()
    forced = models.BooleanField(default=False)
    run = models.ForeignKey(
        "store.ImportRun", null=True, on_delete=models.SET_NULL, related_name="statements"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "reference", "closing_day"], name="bank_statement_once"
            ),
        ]


class BankLine(models.Model):
    """One bank entry, and where it went."""

    class State(models.TextChoices):
        """What became of it."""

        BOOKED = "booked"
        """On a tenancy, by a certain sign or by a person."""
        PROPOSED = "proposed"
        """We think we know; a person decides."""
        UNKNOWN = "unknown"
        """No idea whose it is."""
        NOT_RENT = "not_rent"
        """A person said that it is no rent."""

    statement = models.ForeignKey(
        BankStatement, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    ref = models.CharField(max_length=80)
    booked = models.DateField()
    amount = models.BigIntegerField()
    """Cents, positive when money came in."""
    iban = models.CharField(max_length=34, blank=True)
    name = models.CharField(max_length=120, blank=True)
    remittance = models.CharField(max_length=280, blank=True)
    reference = models.CharField(max_length=35, blank=True)
    end_to_end = models.CharField(max_length=35, blank=True)
    mandate = models.CharField(max_length=35, blank=True)
    reversal = models.BooleanField(default=False)
    reason = models.CharField(max_length=4, blank=True)
    state = models.CharField(max_length=12, choices=State.choices)
    tenancy = models.ForeignKey(Tenancy, null=True, on_delete=models.PROTECT, related_name="+")
    """Booked on, or proposed."""
    why = models.CharField(max_length=24, blank=True)
    """By which sign: `core.matching.Sign`."""
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="bank_line")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "ref"], name="bank_line_once"),
        ]
        indexes = [models.Index(fields=["state", "booked"]), models.Index(fields=["end_to_end"])]


class KnownPayer(models.Model):
    """An account that pays for a tenancy: from the tenancy file, or because a person said so."""

    iban = models.CharField(max_length=34)
    tenancy = models.ForeignKey(Tenancy, null=True, on_delete=models.CASCADE, related_name="payers")
    """None: a person said that this account never pays rent."""
    decided_by = models.ForeignKey("store.User", null=True, on_delete=models.SET_NULL, related_name="+")
    seen_on = models.DateField(null=True)
    """Of an account that never pays rent: the day it was said, or of the last payment from it when that is later."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["iban", "tenancy"], name="known_payer_once")]
        indexes = [models.Index(fields=["iban"])]
