"""Write down what was agreed with a municipality about signals. Without a valid agreement no signal can be sent."""

from datetime import date, timedelta

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core import cases
from voordeur.core.access import Deed
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Agreement, User


@transaction.atomic
def keep_agreement(
    user: User, *, municipality: str, first: date, last: date | None, floor: int = 0
) -> Agreement:
    """A new agreement; `floor` in cents."""
    check(user, Deed.KEEP_AGREEMENT)
    if not municipality.strip() or (last is not None and last < first) or floor < 0:
        raise Refused(
            Problem(
                "agreement-incomplete",
                Words("Deze afspraak is niet volledig.", "This agreement is not complete."),
                Words("Vul de gemeente in, en een laatste dag na de eerste.",
                      "Fill in the municipality, and a last day after the first."),
            )
        )  # fmt: skip
    row = Agreement.objects.create(municipality=municipality.strip(), first=first, last=last, floor=floor)
    write_line(user, "keep_agreement", subject=f"agreement:{row.pk}")
    return row


@transaction.atomic
def end_agreement(user: User, agreement_id: int, last: date, today: date) -> None:
    """The agreement ends with day `last`, not before yesterday: what was signalled under it stays lawful."""
    check(user, Deed.KEEP_AGREEMENT)
    row = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    if last < max(row.first, today - timedelta(days=1)):
        raise Refused(
            Problem(
                "end-in-the-past",
                Words("Deze laatste dag kan niet: er kan al mee gemeld zijn.",
                      "That last day is not possible: signals may have been sent under it."),
                Words("Kies gisteren of later, en niet voor de eerste dag.",
                      "Choose yesterday or later, and not before the first day."),
                column="last",
            )
        )  # fmt: skip
    row.last = last
    row.save(update_fields=["last"])
    write_line(user, "end_agreement", subject=f"agreement:{row.pk}")


def valid_agreement(on: date) -> cases.Agreement | None:
    """The agreement that counts on a day: the newest of those that are valid."""
    for row in Agreement.objects.filter(first__lte=on).order_by("-first", "-pk"):
        agreement = cases.Agreement(row.municipality, row.first, row.last, row.floor)
        if agreement.valid(on):
            return agreement
    return None
