"""Open the file on a tenancy: who looks, for what, is written down before anything is shown."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core.access import Deed, Role, purpose_of
from voordeur.core.problems import Refused
from voordeur.store import queries
from voordeur.store.models import User
from voordeur.store.queries.reach import sees

if TYPE_CHECKING:
    from voordeur.store.queries import TenancyFile


def open_file(
    user: User, tenancy_id: int, today: date, *, on: date | None = None, known: date | None = None
) -> "TenancyFile":
    """The file as it stands (or stood on day `on`, as known on day `known`).

    Refused, with the same answer, for a tenancy of somebody else's neighbourhood and for one that does not exist.
    """
    check(user, Deed.OPEN_FILE)
    purpose = purpose_of(Role(user.role))
    if purpose is None or not sees(user, tenancy_id, today):
        raise Refused(NOT_FOUND)
    with transaction.atomic():  # short: whoever opens another file waits for it
        write_line(user, "open_file", subject=f"tenancy:{tenancy_id}", purpose=purpose.value)
    return queries.tenancy_file(tenancy_id, today, on=on, known=known)
