"""What a phone carries on a day, what was recorded on it, and what follows that has no other place."""

import uuid

from django.db import models

from voordeur.core.visits import ConsentFor, ConsentWay, DangerKind, EventState
from voordeur.store.encrypted import EncryptedText
from voordeur.store.models.diary import Contact
from voordeur.store.models.homes import Tenancy
from voordeur.store.models.staff import User


class PhoneDay(models.Model):
    """One sign-in of one phone: whose, until when it can be read, and whether the phone has wiped itself since."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    device = models.UUIDField()
    """Made by the phone and kept there: the same phone comes back with the same number."""
    label = models.CharField(max_length=60, blank=True)
    """What the phone calls itself: `Android`, `iPhone`."""
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="phone_days")
    day = models.DateField()
    secret = EncryptedText(context="store.phoneday.secret")
    """Its key. The phone loses it at the end of the day; here it opens what is delivered later."""
    session = models.CharField(max_length=40, blank=True)
    """The sign-in it came from: revoking the phone ends that too."""
    begun = models.DateTimeField()
    until = models.DateTimeField()
    """From this moment on the phone can read nothing any more."""
    last_contact = models.DateTimeField()
    waiting = models.PositiveIntegerField(default=0)
    """Events that the phone still had to send, as it said at its last contact."""
    ended = models.DateTimeField(null=True)
    """Signed out on the phone itself."""
    revoked = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    wiped = models.DateTimeField(null=True)
    """When the phone said that nothing is on it any more but what it still has to send, sealed."""

    class Meta:
        indexes = [models.Index(fields=["user", "day"]), models.Index(fields=["until"])]


class PacketStop(models.Model):
    """A household whose data were on a phone. What a phone records is about one of these, or is refused."""

    phone = models.ForeignKey(PhoneDay, on_delete=models.CASCADE, related_name="stops")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    by_hand = models.BooleanField(default=False)
    """Looked up and added by the person with the phone."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phone", "tenancy"], name="stop_once_per_phone")]


class FieldEvent(models.Model):
    """One thing that was recorded on a phone, as it came. Only ever added; its id was made on the phone."""

    id = models.UUIDField(primary_key=True, editable=False)
    phone = models.ForeignKey(PhoneDay, on_delete=models.PROTECT, related_name="events")
    tenancy = models.ForeignKey(Tenancy, null=True, on_delete=models.PROTECT, related_name="field_events")
    """None: the phone named a household that was not in its packet."""
    kind = models.CharField(max_length=32)
    schema = models.PositiveSmallIntegerField()
    """Version of its shape, as the app that made it knew it."""
    order = models.PositiveIntegerField()
    """Which event of its phone it is, counted from 1."""
    said_at = models.DateTimeField()
    """By the clock of the phone."""
    offset_ms = models.BigIntegerField(null=True)
    """How far that clock was ahead at its last contact; None: never measured."""
    happened = models.DateTimeField()
    """When it must have been, by the clock of the server."""
    clock = models.CharField(max_length=8, blank=True)
    """Why `happened` is not simply what the phone said (`core.visits.Clock`)."""
    received = models.DateTimeField()
    day = models.DateField()
    """The working day of the corporation on which it happened."""
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in EventState])
    content = EncryptedText(context="store.fieldevent.content")
    """What was recorded, as JSON."""
    problems = models.JSONField(default=list)
    """What stood in the way, as [code, Dutch, English, cure in Dutch, cure in English]; never a name."""
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="field_events")
    """The line of the diary that came of it."""
    settled = models.DateTimeField(null=True)
    """When a person had looked at what was the matter with it."""
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["tenancy", "day"]),
            models.Index(fields=["state"]),
            models.Index(fields=["phone", "order"]),
        ]


class VisitConflict(models.Model):
    """Two records of one visit that cannot both be so: both are kept, a person chooses."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="visit_conflicts")
    first = models.ForeignKey(FieldEvent, on_delete=models.PROTECT, related_name="+")
    """The one that counts until somebody chooses."""
    second = models.ForeignKey(FieldEvent, on_delete=models.PROTECT, related_name="+")
    nl = models.CharField(max_length=240)
    en = models.CharField(max_length=240)
    """What contradicts what."""
    found = models.DateTimeField()
    choice = models.CharField(max_length=8, blank=True)
    """`first`, `second` or `both`; empty: nobody has chosen yet."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="conflict_once")]
        indexes = [models.Index(fields=["choice"])]


class SafetyNote(models.Model):
    """Why not to go there alone: one of a few kinds, with a day on which it ends. Only for who goes to that door."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="safety_notes")
    kind = models.CharField(max_length=16, choices=[(one.value, one.value) for one in DangerKind])
    set_on = models.DateField()
    until = models.DateField()
    """The last day on which it is shown."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(FieldEvent, null=True, on_delete=models.PROTECT, related_name="safety_note")
    withdrawn = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tenancy", "until"])]


class Consent(models.Model):
    """A tenant said yes or no to sharing data that the law does not let us share by itself."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=16, choices=[(one.value, one.value) for one in ConsentFor])
    given = models.BooleanField()
    way = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ConsentWay])
    day = models.DateField()
    text = models.TextField()
    """The sentence that was read aloud."""
    signature = EncryptedText(blank=True, context="store.consent.signature")
    """The strokes as an SVG path; empty for a spoken answer."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    """Who asked, and heard the answer."""
    event = models.OneToOneField(FieldEvent, null=True, on_delete=models.PROTECT, related_name="consent")
    withdrawn = models.DateField(null=True)
    passed_on = models.DateField(null=True)
    """The day on which a colleague rang the municipality together with, or about, this tenant."""
    passed_on_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["tenancy", "day"])]
