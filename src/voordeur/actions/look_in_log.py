"""The privacy officer searches the log, and sees what stands out in it. That, too, is a line in the log."""

from datetime import date

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import check
from voordeur.core.access import Deed, Purpose
from voordeur.store.models import User
from voordeur.store.queries.log import LogPage, LogSearch, log_page, tenancy_numbered
from voordeur.store.queries.looks import LooksOfAWeek, looks_of_a_week


@transaction.atomic
def look_in_log(user: User, search: LogSearch, page: int) -> LogPage:
    """A page of the log, as it was before this look."""
    check(user, Deed.SEE_PRIVACY)
    found = log_page(search, page)
    tenancy = tenancy_numbered(search.key) if search.key.strip() else None
    if search.asked:
        write_line(
            user, "see_log", purpose=Purpose.RIGHTS.value, subject=f"tenancy:{tenancy}" if tenancy else "",
            data={"member": search.member or 0, "page": found.page},
        )  # fmt: skip
    return found


@transaction.atomic
def see_standouts(user: User, today: date) -> LooksOfAWeek:
    """Which looks of the past week stand out. Who sees them is written down: they name colleagues and households."""
    check(user, Deed.SEE_PRIVACY)
    found = looks_of_a_week(today)
    write_line(user, "see_standouts", purpose=Purpose.RIGHTS.value, data={"found": len(found.lines)})
    return found
