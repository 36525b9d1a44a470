"""What people asked about what is kept of them, what was corrected, and files that were opened in an emergency."""

from django.db import models

from voordeur.core.emergency import Judgement
from voordeur.core.rights import IdentityCheck, ProcessingGround, RequestKind, RequestState
from voordeur.store.encrypted import EncryptedText
from voordeur.store.models.homes import Tenancy, Tenant
from voordeur.store.models.staff import User


class RightsRequest(models.Model):
    """One request for access, correction or erasure, or an objection, as `core.rights.Request`."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="rights_requests")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in RequestKind])
    way = models.CharField(max_length=8)
    """How it came in: letter, email, phone or desk."""
    received = models.DateField()
    person = EncryptedText(context="store.rightsrequest.person")
    """Who asks, as that person said it."""
    said = EncryptedText(blank=True, context="store.rightsrequest.said")
    """What is asked, in the words of whoever wrote it down."""
    recorded = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    identity = models.CharField(
        max_length=12, blank=True, choices=[(one.value, one.value) for one in IdentityCheck]
    )
    """How we know who asks; empty: not yet."""
    asker = models.ForeignKey(Tenant, null=True, on_delete=models.SET_NULL, related_name="+")
    """Which of the tenants asks. None: all of them together, or nobody established it yet."""
    identified_on = models.DateField(null=True)
    identified_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    extended_on = models.DateField(null=True)
    """The day the person heard that it takes longer."""
    extension_reason = EncryptedText(blank=True, context="store.rightsrequest.extension_reason")
    state = models.CharField(
        max_length=8,
        default=RequestState.RUNNING.value,
        choices=[(one.value, one.value) for one in RequestState],
    )
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer = EncryptedText(blank=True, context="store.rightsrequest.answer")
    ground = models.CharField(
        max_length=12, blank=True, choices=[(one.value, one.value) for one in ProcessingGround]
    )
    """Of an objection: on which ground contact goes on."""
    ground_reason = EncryptedText(blank=True, context="store.rightsrequest.ground_reason")
    ground_on = models.DateField(null=True)
    ground_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "received"])]


class TenantCorrection(models.Model):
    """Somebody said that a datum is wrong and we put it right: a file that is read in does not put it back."""

    class Datum(models.TextChoices):
        """What was corrected: a column of `Tenant`."""

        NAME = "name"
        PHONE = "phone"
        EMAIL = "email"
        LANGUAGE = "language"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="corrections")
    request = models.ForeignKey(
        RightsRequest, null=True, on_delete=models.SET_NULL, related_name="corrections"
    )
    datum = models.CharField(max_length=8, choices=Datum.choices)
    before = EncryptedText(blank=True, context="store.tenantcorrection.before")
    """Of a name only: what it was, so that the same person in an older file is known again."""
    day = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")


class EmergencyAccess(models.Model):
    """A file that somebody opened because there was danger: for how long, why, and what was thought of it later."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="emergencies")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergencies")
    reason = EncryptedText(context="store.emergencyaccess.reason")
    opened = models.DateTimeField()
    until = models.DateTimeField()
    looks = models.PositiveIntegerField(default=0)
    """How often the page was opened."""
    judgement = models.CharField(
        max_length=16, blank=True, choices=[(one.value, one.value) for one in Judgement]
    )
    """Empty: the privacy officer has not looked at it yet."""
    judged = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    remark = EncryptedText(blank=True, context="store.emergencyaccess.remark")

    class Meta:
        indexes = [
            models.Index(fields=["judgement", "-opened"]),
            models.Index(fields=["user", "-until"]),
        ]
