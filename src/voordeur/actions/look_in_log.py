"""The privacy officer searches the log. That, too, is a line in the log."""

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import check
from voordeur.core.access import Deed, Purpose
from voordeur.store.models import User
from voordeur.store.queries.log import LogPage, LogSearch, log_page, tenancy_numbered


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
