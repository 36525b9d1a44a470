"""Look for a tenancy by address or name. That somebody searched is written down; what for is not: it may be a name."""

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import check
from voordeur.actions.today import today
from voordeur.core.access import Deed, Role, purpose_of
from voordeur.store import queries
from voordeur.store.models import User
from voordeur.store.queries.reach import own_neighbourhoods


@transaction.atomic
def look_up(user: User, text: str) -> tuple[queries.Found, ...]:
    """What fits, within the neighbourhoods that `user` may see; nothing for fewer than two characters."""
    check(user, Deed.SEE_WORKLIST)
    role = Role(user.role)
    own = list(own_neighbourhoods(user, today())) if role is Role.NEIGHBOURHOOD_MANAGER else None
    found = queries.find(text, own)
    if text.strip():
        purpose = purpose_of(role)
        write_line(user, "search", purpose=purpose.value if purpose else "", data={"found": len(found)})
    return found
