"""What the nightly run found. Everything here can be thrown away and made again from the ledger."""

from django.db import models

from voordeur.store.models.homes import Neighbourhood, Tenancy


class Standing(models.Model):
    """How one tenancy stands: sums, pattern and the recommended next action, in words."""

    tenancy = models.OneToOneField(
        Tenancy, primary_key=True, on_delete=models.CASCADE, related_name="standing"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    on = models.DateField()
    balance = models.BigIntegerField(default=0)
    overdue = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    not_overdue = models.BigIntegerField(default=0)
    buckets = models.JSONField(default=list)
    """Cents per ageing bucket, in the order of the policy."""
    oldest_unpaid_due = models.DateField(null=True)
    days_overdue = models.IntegerField(default=0)
    """Counted days: without pauses."""
    open_charges = models.IntegerField(default=0)
    current_rent = models.BigIntegerField(default=0)
    in_arrears_since = models.DateField(null=True)
    technical = models.BooleanField(default=False)
    technical_reason_nl = models.CharField(max_length=240, blank=True)
    technical_reason_en = models.CharField(max_length=240, blank=True)
    usual_day = models.IntegerField(null=True)
    """Days after the due day on which this household usually has paid."""
    last_payment_on = models.DateField(null=True)
    last_payment = models.BigIntegerField(default=0)
    action = models.CharField(max_length=24, default="nothing")
    action_title_nl = models.CharField(max_length=120, blank=True)
    action_title_en = models.CharField(max_length=120, blank=True)
    reason_nl = models.CharField(max_length=400, blank=True)
    reason_en = models.CharField(max_length=400, blank=True)
    """What stands out: the leading signal, or why there is none."""
    advice_nl = models.CharField(max_length=400, blank=True)
    advice_en = models.CharField(max_length=400, blank=True)
    """Why this action."""
    why_not = models.JSONField(default=list)
    """[{action, nl, en}]: why the other steps are not taken now."""
    urgency = models.BigIntegerField(default=0)
    """Order of the work list, higher first: `core.policy.Urgency` (tier, days, amount) in one number."""
    urgency_nl = models.CharField(max_length=120, blank=True)
    urgency_en = models.CharField(max_length=120, blank=True)
    """The tier in words: why this household comes where it comes."""
    signalled_since = models.DateField(null=True)
    paid_off_on = models.DateField(null=True)
    """The day money took this tenancy off the list: shown as "has paid" on that day and the next."""

    class Meta:
        indexes = [
            models.Index(fields=["neighbourhood", "action", "-urgency"]),
            models.Index(fields=["action", "-urgency"]),
            models.Index(
                fields=["paid_off_on"],
                condition=models.Q(paid_off_on__isnull=False),
                name="standing_paid_off",
            ),
            models.Index(fields=["-overdue"]),
            models.Index(fields=["last_payment_on"], name="standing_last_payment"),
        ]


class Unassessed(models.Model):
    """A tenancy whose ledger changed since its standing was made: from a booking until the assessment after it.

    A table of its own: to mark a hundred thousand standings is to write them all twice.
    """

    tenancy = models.OneToOneField(
        Tenancy, primary_key=True, on_delete=models.CASCADE, related_name="unassessed"
    )


class Signal(models.Model):
    """One early signal of one tenancy, as of its standing. Gone when the money is there."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=24)
    since = models.DateField()
    amount = models.BigIntegerField()
    reason_nl = models.CharField(max_length=400)
    reason_en = models.CharField(max_length=400)


class PortfolioPoint(models.Model):
    """One neighbourhood on one month end (or today): what the portfolio page shows and its charts draw.

    The tenancies that run on the day, unless a name says `former`. Flows are over the month that ends on the day; a
    point of today has none.
    """

    neighbourhood = models.ForeignKey(Neighbourhood, null=True, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    tenancies = models.IntegerField()
    in_arrears = models.IntegerField()
    overdue = models.BigIntegerField()
    buckets = models.JSONField(default=list)
    """Cents overdue per ageing bucket. At a month end what former tenants owed is in it."""
    former_in_arrears = models.IntegerField(default=0)
    former_overdue = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    entered = models.IntegerField(default=0)
    """In arrears now, and not a month before."""
    cured = models.IntegerField(default=0)
    """In arrears a month before, and not now."""
    relapsed = models.IntegerField(default=0)
    """Of those that entered: in arrears before, within the last twelve months."""
    steps = models.JSONField(default=dict)
    """Households per next step, as `Standing.action`; of former tenants as `former`. Today only."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["neighbourhood", "on"], name="portfolio_point_once")]
        indexes = [models.Index(fields=["on"], name="portfolio_point_on")]
