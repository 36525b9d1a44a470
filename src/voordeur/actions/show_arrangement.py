"""Look at an arrangement, or at what is known before one is made. Who looks, for what, is written down first."""

from datetime import date

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.propose_arrangement import tables
from voordeur.actions.reach_tenancy import check_reach, look_at, purpose_in_log
from voordeur.core.access import Deed
from voordeur.core.problems import Refused
from voordeur.store.models import ArrangementAgreement, User
from voordeur.store.queries import arrangements as queries


def show_arrangement(user: User, arrangement_id: int, today: date) -> queries.ArrangementView:
    """One arrangement. Not there and not yours are the same answer."""
    found = queries.arrangement(arrangement_id)
    if found is None:
        raise Refused(NOT_FOUND)
    look_at(user, Deed.MAKE_ARRANGEMENT, found.tenancy, today, "open_arrangement")
    return found


def show_table(user: User, tenancy_id: int, today: date) -> queries.Table:
    """What somebody has to know to make an arrangement with a household."""
    look_at(user, Deed.MAKE_ARRANGEMENT, tenancy_id, today, "open_arrangement_table")
    return tables([tenancy_id], today)[tenancy_id]


@transaction.atomic
def take_page(user: User, arrangement_id: int, today: date) -> ArrangementAgreement:
    """The page that was agreed on, to hand over."""
    row = (
        ArrangementAgreement.objects.select_related("arrangement").filter(arrangement=arrangement_id).first()
    )
    if row is None or not row.pdf:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.MAKE_ARRANGEMENT, row.arrangement.tenancy_id, today)
    write_line(
        user, "take_arrangement_page", subject=f"tenancy:{row.arrangement.tenancy_id}", purpose=purpose_in_log(user)
    )  # fmt: skip
    return row
