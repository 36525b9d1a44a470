"""Somebody is away, somebody else stands in: from the first up to and including the last day, and no longer."""

from datetime import date

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core.access import Deed
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Cover, PlanStop, User

LONGEST_DAYS = 184


@transaction.atomic
def arrange_cover(user: User, *, absent: int, cover: int, first: date, last: date, today: date) -> Cover:
    """Let `cover` see and do the work of `absent`. Both must have the same role; at most half a year at once."""
    check(user, Deed.ARRANGE_COVER)
    away, stand_in = (User.objects.filter(pk=pk, is_active=True).first() for pk in (absent, cover))
    if away is None or stand_in is None:
        raise Refused(NOT_FOUND)
    problem = _problem(away, stand_in, first, last, today)
    if problem is not None:
        raise Refused(problem)
    PlanStop.objects.filter(
        plan__user=away, plan__day__range=(max(first, today), last), state=PlanStop.State.PLANNED
    ).delete()  # the stand-in plans these doors now
    row = Cover.objects.create(absent=away, cover=stand_in, first=first, last=last, made_by=user)
    write_line(
        user,
        "arrange_cover",
        subject=f"user:{away.pk}",
        data={"cover": stand_in.pk, "last": last.isoformat()},
    )
    return row


@transaction.atomic
def end_cover(user: User, cover_id: int, today: date) -> None:
    """The absent colleague is back: from today the stand-in sees nothing of it any more."""
    check(user, Deed.ARRANGE_COVER)
    row = Cover.objects.filter(pk=cover_id, last__gte=today).first()
    if row is None:
        raise Refused(NOT_FOUND)
    write_line(user, "end_cover", subject=f"user:{row.absent_id}", data={"cover": row.cover_id})
    row.delete()


def _problem(away: User, stand_in: User, first: date, last: date, today: date) -> Problem | None:
    if away.pk == stand_in.pk:
        return Problem(
            "same-person",
            Words("Dit is dezelfde collega.", "That is the same colleague."),
            Words("Kies een andere collega om waar te nemen.", "Choose another colleague to stand in."),
            column="cover",
        )
    if away.role != stand_in.role:
        return Problem(
            "other-role",
            Words("Deze collega doet ander werk.", "This colleague does other work."),
            Words("Kies een collega met dezelfde rol.", "Choose a colleague with the same role."),
            column="cover",
        )
    if last < max(first, today) or (last - first).days > LONGEST_DAYS:
        return Problem(
            "days-do-not-fit",
            Words("Deze dagen kunnen niet.", "These days do not fit."),
            Words("Kies een laatste dag na de eerste, binnen een half jaar.",
                  "Choose a last day after the first, within half a year."),
            column="last",
        )  # fmt: skip
    return None
