"""The plan of visits: when somebody works, which doors on which day, which doors wait and why."""

from django.db import models
from django.db.models import F, Q

from voordeur.store.models.homes import Home, Tenancy
from voordeur.store.models.staff import User


class Workday(models.Model):
    """The hours for visits of one colleague on one day of the week. No row: no visits on that day.

    Moments are minutes after midnight.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="workdays")
    weekday = models.PositiveSmallIntegerField()
    """0 is Monday."""
    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()
    break_first = models.PositiveSmallIntegerField(null=True)
    break_last = models.PositiveSmallIntegerField(null=True)
    mode = models.CharField(max_length=8)
    """How this colleague travels: `core.planning.Mode`."""
    start_home = models.ForeignKey(Home, null=True, on_delete=models.SET_NULL, related_name="+")
    """The home beside the place to start from; none: the middle of the own neighbourhoods."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "weekday"], name="workday_once"),
            models.CheckConstraint(condition=Q(first__lt=F("last")), name="workday_has_hours"),
        ]


class DayPlan(models.Model):
    """The visits of one colleague on one day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="day_plans")
    day = models.DateField()
    made = models.DateTimeField()
    agreed = models.DateTimeField(null=True)
    """When the colleague said: this is how I do it. A night then leaves it alone."""
    room = models.PositiveSmallIntegerField()
    """Minutes there are."""
    needed = models.PositiveSmallIntegerField()
    """Minutes from leaving until being back, breaks not counted."""
    metres = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="day_plan_once")]
        indexes = [models.Index(fields=["day"])]


class PlanStop(models.Model):
    """One door of a day plan, in its order."""

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned"
        DONE = "done"
        PAID = "paid"
        """Money came in: nobody has to go there any more."""
        GONE = "gone"
        """Something else is advised now, or the law or the tenant stands in the way."""

    plan = models.ForeignKey(DayPlan, on_delete=models.CASCADE, related_name="stops")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="plan_stops")
    place = models.PositiveSmallIntegerField()
    """1, 2, 3, ... in the order of the day."""
    start = models.PositiveSmallIntegerField()
    """Minutes after midnight."""
    minutes = models.PositiveSmallIntegerField()
    pinned = models.BooleanField(default=False)
    """The colleague said that this stop stays where it is."""
    appointment = models.BooleanField(default=False)
    """Agreed with the household, as a planned contact."""
    companion = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="along_with")
    """Who comes along when this door takes two."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    why_nl = models.CharField(max_length=400, blank=True)
    why_en = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "tenancy"], name="plan_stop_once")]
        indexes = [models.Index(fields=["state", "tenancy"]), models.Index(fields=["companion"])]


class WaitingDoor(models.Model):
    """A household that asks for a visit and is not in the week of its manager: why, and when instead."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="waiting_doors")
    week = models.DateField()
    """The Monday."""
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="waiting_doors")
    code = models.CharField(max_length=16)
    """`core.planning.LeftOutCode`."""
    why_nl = models.CharField(max_length=400)
    why_en = models.CharField(max_length=400)
    new_day = models.DateField(null=True)
    place = models.PositiveSmallIntegerField()
    """In the order of the work list."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "week", "tenancy"], name="waiting_door_once")]


class PairVisit(models.Model):
    """To this door one goes with two, up to and including a day. No reason is kept here."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="pair_visits")
    since = models.DateField()
    until = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["tenancy", "until"])]
