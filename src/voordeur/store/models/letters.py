"""Letters and messages: who writes them, their texts, what was sent and what became of it."""

from django.db import models

from voordeur.store.encrypted import EncryptedText
from voordeur.store.models.cases import Case
from voordeur.store.models.diary import Contact
from voordeur.store.models.homes import Tenancy
from voordeur.store.models.staff import User


class LetterHead(models.Model):
    """What every letter says about the landlord, and where help is. The newest row counts; older ones stay."""

    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120)
    town = models.CharField(max_length=120)
    """Postcode and town."""
    iban = models.CharField(max_length=42)
    registration = models.CharField(max_length=40, blank=True)
    """Registration mark of a collection service (Wki art. 11)."""
    phone = models.CharField(max_length=24)
    hours_nl = models.CharField(max_length=160)
    hours_en = models.CharField(max_length=160)
    municipality = models.CharField(max_length=80)
    help_desk = models.CharField(max_length=80)
    help_phone = models.CharField(max_length=24)
    object_at = models.CharField(max_length=120)
    """Where a tenant can say no on the internet."""
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField()


class TextVersion(models.Model):
    """The text of a kind of letter as an administrator wrote it: a draft, or live from a day on."""

    kind = models.CharField(max_length=24)
    number = models.PositiveIntegerField()
    """Of this kind: 1, 2, 3, ... The text that comes with Voordeur is 0."""
    nl = models.TextField()
    en = models.TextField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField()
    changed = models.DateTimeField()
    live_from = models.DateField(null=True)
    """None: a draft."""
    live_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="text_version_once")]


class SentLetter(models.Model):
    """One letter: made, sent, arrived or returned. What it says never changes: the file itself is kept."""

    class State(models.TextChoices):
        """How far it came."""

        DRAFTED = "drafted"
        SENT = "sent"
        FAILED = "failed"
        """It could not be made or sent; `failure` says why."""
        DELIVERED = "delivered"
        RETURNED = "returned"
        """It came back, or came too late to count."""

    class Route(models.TextChoices):
        """By which way it goes."""

        POST = "post"
        PRINT = "print"
        """Printed here and brought by hand."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="letters")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=24)
    language = models.CharField(max_length=8)
    text = models.ForeignKey(TextVersion, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the text that comes with Voordeur."""
    code = models.CharField(max_length=8, blank=True)
    """With which the tenant says no on the internet."""
    contact = models.OneToOneField(Contact, null=True, on_delete=models.PROTECT, related_name="letter")
    """The line in the diary, from the day it was sent."""
    day = models.DateField()
    """The date on the letter; it goes out on this day or not at all."""
    total = models.BigIntegerField(default=0)
    """Cents that the letter says are open."""
    fee = models.BigIntegerField(default=0)
    """Cents of collection costs that it announces."""
    expected_on = models.DateField()
    """The day on which it presumably arrives."""
    free_until = models.DateField(null=True)
    """The last day to pay without costs, as the letter says it."""
    pdf = EncryptedText(blank=True, context="store.sentletter.pdf")
    """The file, in base64."""
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the file."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTED)
    made = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=8, choices=Route.choices, blank=True)
    delivered_on = models.DateField(null=True)
    proof = EncryptedText(blank=True, context="store.sentletter.proof")
    """How we know that it arrived: a receipt, a colleague who saw it."""
    failure = models.JSONField(default=list)
    """[{code, nl, en}]: why it failed, or why it does not count. No names, no amounts."""
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "made"]), models.Index(fields=["state", "day"])]


class SentMessage(models.Model):
    """One SMS or e-mail. It tells of no debt; to whom it went is encrypted."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="messages")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="messages")
    key = models.UUIDField(unique=True)
    """Made with the page: the same key again sends nothing again."""
    kind = models.CharField(max_length=16)
    route = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    to = EncryptedText(context="store.sentmessage.to")
    said = EncryptedText(context="store.sentmessage.said")
    sent = models.BooleanField(null=True)
    """None: given to the driver, and it is not known yet what became of it."""
    reference = models.CharField(max_length=100, blank=True)
    failure = models.CharField(max_length=40, blank=True)
    made = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["tenancy", "made"])]
