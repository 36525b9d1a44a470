"""A list that shows persons in full, or a file with them to take along: who looks, for what, is written down first.

A work list shows addresses and a sentence and leaves no line; these show names, accounts or whole rows of a file.
"""

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import check
from voordeur.actions.reach_tenancy import purpose_in_log
from voordeur.core.access import Deed
from voordeur.store.models import User


@transaction.atomic
def look_at_list(user: User, deed: Deed, page: str, subject: str = "") -> None:
    """Refused unless `user` may do `deed`. `page` is its code in the log, `subject` what it is of: `import:...`."""
    check(user, deed)
    write_line(user, page, subject=subject, purpose=purpose_in_log(user))
