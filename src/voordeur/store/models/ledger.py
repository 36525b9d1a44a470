"""The rent ledger as rows. `voordeur.core.ledger` says what they mean together."""

from django.db import models

from voordeur.store.models.homes import Tenancy


class Entry(models.Model):
    """One line of a ledger. Small integers for kinds, so that bulk work can read them as they are."""

    class Kind(models.IntegerChoices):
        """`core.ledger.Kind`, in the order in which entries of one day are replayed."""

        CHARGE = 1
        PAYMENT = 2
        REVERSAL = 3
        REFUND = 4
        CORRECTION = 5
        WRITE_OFF = 6

    class Component(models.IntegerChoices):
        """`core.ledger.Component`."""

        RENT = 1
        SERVICE = 2
        OTHER = 3
        COSTS = 4
        INTEREST = 5

    class Source(models.IntegerChoices):
        """Where the entry came from."""

        LEDGER = 1
        BANK = 2
        HAND = 3

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="entries", db_index=False)
    """Its index is entry_replay."""
    date = models.DateField()
    known = models.DateField()
    due = models.DateField(null=True)
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    component = models.PositiveSmallIntegerField(choices=Component.choices, default=Component.RENT)
    amount = models.BigIntegerField()
    """Cents: positive, except a correction, which is signed."""
    period = models.DateField(null=True)
    """First day of the month a charge is for, or of the month a payer names."""
    designates = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    claim = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    same_as = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """Second sighting of the same money (bank and ledger both tell of a payment): counted once, there."""
    sequence = models.IntegerField(default=0)
    source = models.PositiveSmallIntegerField(choices=Source.choices)
    key = models.CharField(max_length=40, unique=True)
    """Made from the row's own number or its content and ordinal: the same row gets the same key."""
    description = models.CharField(max_length=140, blank=True)
    reason = models.CharField(max_length=4, blank=True)
    """Reversals: the bank's reason code."""
    run = models.ForeignKey(
        "store.ImportRun", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            # In replay order, with all that a replay reads: bulk work never opens the table itself.
            models.Index(
                fields=[
                    "tenancy",
                    "date",
                    "sequence",
                    "kind",
                    "id",
                    "component",
                    "amount",
                    "due",
                    "period",
                    "designates",
                    "reverses",
                    "claim",
                    "same_as",
                ],
                name="entry_replay",
            ),
            # References are rare: an index of only those that are there keeps a million plain rows cheap to insert.
            *(
                models.Index(
                    fields=[name], name=f"entry_{name}", condition=models.Q(**{f"{name}__isnull": False})
                )
                for name in ("designates", "reverses", "claim", "same_as", "run")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=5) | models.Q(amount__gte=0), name="entry_amount_positive"
            ),
        ]
        verbose_name_plural = "entries"


class Pause(models.Model):
    """A stretch in which days overdue do not count (dispute, moratorium, administrator)."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="pauses")
    start = models.DateField()
    end = models.DateField(null=True)
    reason = models.CharField(max_length=40)
