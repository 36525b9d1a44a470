"""What the page of one tenancy shows of the check on schemes."""

from typing import Any

from voordeur.core.access import Deed, Role, may
from voordeur.store.queries import TenancyFile
from voordeur.store.queries import schemes as queries


def context(file: TenancyFile, role: Role) -> dict[str, Any]:
    """Kept checks with what is followed up, and what that adds a month; nothing for who does no checks."""
    if not (file.is_today and may(role, Deed.CHECK_SCHEMES)):
        return {"may_check": False}
    checks = queries.kept_checks(file.id)
    return {"may_check": True, "schemes": {"checks": checks, "extra": queries.extra_of(checks, file.on)}}
