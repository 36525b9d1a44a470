"""Payment arrangements: what was agreed, what happened to it, how each instalment stands, and collecting by mandate."""

import uuid

from django.db import models
from django.db.models import Q

from voordeur.store.encrypted import EncryptedText
from voordeur.store.models.homes import Tenancy
from voordeur.store.models.ledger import Entry
from voordeur.store.models.staff import User

OVER = ("completed", "ended")


class Arrangement(models.Model):
    """One arrangement. Its events and the ledger are the truth; every other column is made from them for lists."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    """Made where it was made up (a phone, a page): sending it twice makes one."""
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="arrangements")
    made_on = models.DateField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the tenant proposed it."""
    origin = models.CharField(max_length=8)
    """`office`, `table` (at the kitchen table) or `tenant`."""
    agreed_on = models.DateField(null=True)
    agreed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    terms = models.JSONField(default=dict)
    """The terms as proposed, as `core.arrangements.plain.terms_out` writes them: cents and days."""
    debts = models.JSONField(default=dict)
    """Cents per ledger entry that was open when it was agreed, oldest first."""
    reference = models.CharField(max_length=16, unique=True)
    """Betalingskenmerk of this arrangement alone; the ISO 11649 reference is made from it."""
    costs_waived = models.BooleanField(default=True)
    """No collection costs are asked while it is kept."""
    interest_waived = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="nl")
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """The colleague to ring."""
    # made from events and ledger
    state = models.CharField(max_length=12)
    since = models.DateField()
    why_nl = models.CharField(max_length=240, blank=True)
    why_en = models.CharField(max_length=240, blank=True)
    total = models.BigIntegerField()
    """Cents."""
    received = models.BigIntegerField(default=0)
    behind = models.BigIntegerField(default=0)
    next_due = models.DateField(null=True)
    next_amount = models.BigIntegerField(default=0)
    last_due = models.DateField(null=True)
    contact_first = models.BooleanField(default=False)
    """It would be a breach, but nobody tried to speak with the household yet."""
    contacted = models.BooleanField(default=False)
    """Somebody tried to speak with the household since the trouble began."""
    watched_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy"],
                condition=Q(agreed_on__isnull=False) & ~Q(state__in=OVER),
                name="one_running_arrangement",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_due"])]


class ArrangementEvent(models.Model):
    """One thing that happened to an arrangement. Only ever added."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    day = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the tenant, or the program itself."""
    reason = models.CharField(max_length=16, blank=True)
    instalments = models.JSONField(default=list)
    """[[number, due, amount, planned or null]]: the plan that counts from this day."""
    recorded = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement", "sequence"], name="one_arrangement_event_per_place"
            )
        ]


class Instalment(models.Model):
    """How each instalment of the plan that counts stands. Made again by every look."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveIntegerField()
    due = models.DateField()
    amount = models.BigIntegerField()
    """Cents."""
    paid = models.BigIntegerField(default=0)
    paid_on = models.DateField(null=True)
    state = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arrangement", "number"], name="instalment_once")]
        indexes = [models.Index(fields=["due"])]


class ArrangementPart(models.Model):
    """What a payment was for while an arrangement runs. Made again by every look."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="parts")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="arrangement_parts")
    amount = models.BigIntegerField()
    """Cents."""
    purpose = models.CharField(max_length=12)
    """`arrangement`, `rent` or `ahead`."""
    derived = models.BooleanField(default=False)
    """The payer named nothing: what the entry designates follows from the arrangement, and can be derived anew."""


class Budget(models.Model):
    """What a household said about its money when an arrangement was made up. Encrypted as a whole."""

    arrangement = models.OneToOneField(Arrangement, on_delete=models.CASCADE, related_name="budget")
    day = models.DateField()
    content = EncryptedText(context="store.budget.content")
    """JSON of `core.arrangements.plain.budget_out`, and what it came to."""


class ArrangementAgreement(models.Model):
    """How the tenant agreed, to which text: the proof."""

    class How(models.TextChoices):
        """In which way."""

        SIGNATURE = "signature"
        LINK = "link"
        SPOKEN = "spoken"

    arrangement = models.OneToOneField(Arrangement, on_delete=models.PROTECT, related_name="agreement")
    how = models.CharField(max_length=12, choices=How.choices)
    day = models.DateField()
    signature = EncryptedText(blank=True, context="store.arrangementagreement.signature")
    """The strokes of a signature on a phone, as SVG path data."""
    name = EncryptedText(blank=True, context="store.arrangementagreement.name")
    """Who agreed."""
    witness = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """The colleague who heard it or who was there."""
    language = models.CharField(max_length=8, default="nl")
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the page that was agreed on."""
    pdf = EncryptedText(blank=True, context="store.arrangementagreement.pdf")
    """The page itself, in base64."""
    recorded = models.DateTimeField()


class Mandate(models.Model):
    """Leave to collect the instalments of one arrangement by direct debit (SEPA Core)."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, related_name="mandates")
    reference = models.CharField(max_length=35, unique=True)
    iban = EncryptedText(context="store.mandate.iban")
    holder = EncryptedText(context="store.mandate.holder")
    signed_on = models.DateField()
    ended_on = models.DateField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement"], condition=Q(ended_on=None), name="one_mandate_at_a_time"
            )
        ]


class CollectionRun(models.Model):
    """One direct debit file for the bank (pain.008)."""

    message = models.CharField(max_length=35, unique=True)
    collect_on = models.DateField()
    made_on = models.DateField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()
    """Cents."""
    content = EncryptedText(context="store.collectionrun.content")
    """The file itself."""


class Collection(models.Model):
    """One instalment in a direct debit file, and what the bank said of it."""

    class State(models.TextChoices):
        """How far it came."""

        SENT = "sent"
        RECEIVED = "received"
        RETURNED = "returned"

    run = models.ForeignKey(CollectionRun, on_delete=models.PROTECT, related_name="items")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="collections")
    number = models.PositiveIntegerField()
    """Of the instalment."""
    amount = models.BigIntegerField()
    end_to_end = models.CharField(max_length=35, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    reason = models.CharField(max_length=4, blank=True)
    """The bank's reason code of a return."""
    settled_on = models.DateField(null=True)
