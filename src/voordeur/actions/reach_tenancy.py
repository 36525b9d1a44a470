"""The check with which every deed on one household starts: the role may, and the household is within reach."""

from datetime import date

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core.access import Deed, Role, purpose_of
from voordeur.core.problems import Refused
from voordeur.store.models import User
from voordeur.store.queries.reach import sees


def check_reach(user: User, deed: Deed, tenancy_id: int, today: date) -> None:
    """Refused unless `user` may do this, and may see this tenancy; not yours and not there are the same answer."""
    check(user, deed)
    if not sees(user, tenancy_id, today):
        raise Refused(NOT_FOUND)


@transaction.atomic
def look_at(user: User, deed: Deed, tenancy_id: int, today: date, page: str) -> None:
    """The same for a page that shows this household: who looks, for what, is written down before it is shown.

    `page` is the code of the page in the log.
    """
    check_reach(user, deed, tenancy_id, today)
    write_line(user, page, subject=f"tenancy:{tenancy_id}", purpose=purpose_in_log(user))


def purpose_in_log(user: User) -> str:
    """The purpose that the screens of somebody's role imply, as the log keeps it; empty where there is none."""
    purpose = purpose_of(Role(user.role))
    return purpose.value if purpose else ""
