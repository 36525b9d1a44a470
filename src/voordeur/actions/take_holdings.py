"""Everything that is kept of a household, to hand to whoever asked: only for a request of it that runs."""

from datetime import date

from django.db import transaction

from voordeur.actions import handle_request
from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_ALLOWED
from voordeur.adapters.holdings_file import print_holdings
from voordeur.core import rights
from voordeur.core.access import Purpose, Role, may_see_holdings
from voordeur.core.holdings import fingerprint, to_json
from voordeur.core.problems import Refused
from voordeur.store.convert_diary import request as as_core
from voordeur.store.models import User
from voordeur.store.queries.holdings import holdings


@transaction.atomic
def take_holdings(user: User, request_id: int, form: str, language: str, today: date) -> tuple[str, bytes]:
    """File name and bytes, as `pdf` or `json`, as it was before this look. The same data and day, the same bytes.

    Refused for a request that is answered, and while it is not known who asks (GDPR art. 12(6)).
    """
    request = handle_request.running(user, request_id)
    if not may_see_holdings(Role(user.role), runs=as_core(request).runs):
        raise Refused(NOT_ALLOWED)
    if not request.identity:
        raise Refused(rights.NOT_IDENTIFIED)
    found = holdings(request.tenancy_id, today, request.asker_id)
    content = to_json(found) if form == "json" else print_holdings(found, language)
    write_line(
        user, "take_holdings", subject=f"tenancy:{request.tenancy_id}", purpose=Purpose.RIGHTS.value,
        data={"request": request.pk, "form": form, "sha256": fingerprint(found)},
    )  # fmt: skip
    return f"inzage-{found.reference}.{form}", content
