"""The check with which every deed on one household starts: the role may, and the household is within reach."""

from datetime import date

from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core.access import Deed
from voordeur.core.problems import Refused
from voordeur.store.models import User
from voordeur.store.queries.reach import sees


def check_reach(user: User, deed: Deed, tenancy_id: int, today: date) -> None:
    """Refused unless `user` may do this, and may see this tenancy; not yours and not there are the same answer."""
    check(user, deed)
    if not sees(user, tenancy_id, today):
        raise Refused(NOT_FOUND)
