"""What the made-up privacy officer of Lindewaard has on the desk: two requests, and a file opened in an emergency."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from voordeur.actions import handle_request
from voordeur.actions.handle_request import Asked, RequestWay
from voordeur.core import emergency
from voordeur.core.access import Role
from voordeur.core.calendar import add_months
from voordeur.core.rights import IdentityCheck, RequestKind
from voordeur.store.models import EmergencyAccess, RightsRequest, Tenancy, User
from voordeur.store.queries.privacy import Whereabouts

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_REASON = "Buren melden rook uit de woning en de bewoner doet niet open. De brandweer vraagt wie er woont."


@transaction.atomic
def make_privacy_past(today: date) -> None:
    """Two requests that run, of which one ends soon, and an emergency of last week that nobody judged yet."""
    officer = User.objects.filter(role=Role.PRIVACY_OFFICER).order_by("pk")[0]
    rented = Tenancy.objects.filter(end=None, neighbourhood__isnull=False).order_by("key")
    asks, objects, elsewhere = rented[3], rented[11], rented.exclude(neighbourhood=rented[0].neighbourhood)[0]
    soon = add_months(today, -1) + timedelta(days=9)
    access = _ask(officer, asks, RequestKind.ACCESS, RequestWay.LETTER, min(soon, today),
                  "Ik wil weten wat u over mij bewaart en wie daarnaar keek.", today)  # fmt: skip
    first = asks.tenants.order_by("pk")[0]
    handle_request.identify(officer, access.pk, IdentityCheck.RANG_BACK, today, first.pk)
    _ask(officer, objects, RequestKind.OBJECTION, RequestWay.EMAIL, today - timedelta(days=2),
         "Ik wil niet dat u bijhoudt wanneer ik betaal.", today)  # fmt: skip
    _emergency(elsewhere, today - timedelta(days=5))


def _ask(
    officer: User, tenancy: Tenancy, kind: RequestKind, way: RequestWay, day: date, said: str, today: date
) -> RightsRequest:
    person = tenancy.tenants.order_by("pk")[0].name
    return handle_request.receive(
        officer, Whereabouts(key=tenancy.key), Asked(kind, way, day, person, said), today
    )


def _emergency(tenancy: Tenancy, day: date) -> None:
    """By a neighbourhood manager of another neighbourhood, in the evening."""
    managers = User.objects.filter(role=Role.NEIGHBOURHOOD_MANAGER)
    who = managers.exclude(neighbourhoods=tenancy.neighbourhood_id).order_by("pk")[0]
    opened = datetime.combine(day, time(19, 40), _AMSTERDAM)
    EmergencyAccess.objects.create(
        tenancy=tenancy, user=who, reason=_REASON, opened=opened, until=emergency.closes(opened), looks=2
    )
