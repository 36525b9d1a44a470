"""The tenant's own page: the links that open it, and what a tenant asked there."""

from django.db import models
from django.db.models import Q

from voordeur.core.personal_links import Handed, Revoked
from voordeur.core.tenant_asks import AskKind, AskState
from voordeur.store.encrypted import EncryptedText
from voordeur.store.models.diary import PlannedContact
from voordeur.store.models.homes import Tenancy
from voordeur.store.models.staff import User


class TenantLink(models.Model):
    """One personal link. The code itself is not kept: only its keyed hash."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="links")
    code_hash = models.CharField(max_length=64, unique=True)
    handed = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Handed])
    made = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    last = models.DateField()
    """The last day on which it opens."""
    opened = models.DateTimeField(null=True)
    """When it was opened for the first time; from then on only in that browser."""
    browser_hash = models.CharField(max_length=64, null=True, unique=True)
    """Keyed hash of the cookie of that browser; another one at every opening."""
    began = models.DateTimeField(null=True)
    """The last opening."""
    seen = models.DateTimeField(null=True)
    """The last click, to the minute."""
    wrong = models.PositiveSmallIntegerField(default=0)
    """Wrong house numbers."""
    revoked = models.DateTimeField(null=True)
    revoked_why = models.CharField(
        max_length=8, blank=True, choices=[(one.value, one.value) for one in Revoked]
    )
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy"], condition=Q(revoked=None), name="one_link_per_tenancy"
            )
        ]


class TenantAsk(models.Model):
    """Something that a tenant asked on the own page, until a person did something about it."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="asks")
    link = models.ForeignKey(TenantLink, null=True, on_delete=models.SET_NULL, related_name="asks")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in AskKind])
    made = models.DateTimeField()
    day = models.DateField(null=True)
    """When the tenant would like it; null: it does not matter."""
    part = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=8, default="nl")
    """In which the tenant read the page."""
    words = EncryptedText(blank=True, context="store.tenantask.words")
    """What the tenant added."""
    state = models.CharField(
        max_length=8, default=AskState.OPEN.value, choices=[(one.value, one.value) for one in AskState]
    )
    planned = models.ForeignKey(PlannedContact, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = EncryptedText(blank=True, context="store.tenantask.answer")
    """What the tenant reads about it."""
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy", "kind"], condition=Q(decided=None), name="one_open_ask_of_a_kind"
            )
        ]
        indexes = [models.Index(fields=["state", "made"])]
