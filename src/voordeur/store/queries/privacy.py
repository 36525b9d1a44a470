"""The privacy officer's desk: requests with their terms, files opened in an emergency, who stands in for whom."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from voordeur.core.access import Role
from voordeur.core.contacts import Wish
from voordeur.core.emergency import Judgement
from voordeur.core.rights import IdentityCheck, ProcessingGround, Request
from voordeur.store.convert_diary import request as as_core
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import (
    Cover,
    EmergencyAccess,
    Home,
    RightsRequest,
    Tenancy,
    Tenant,
    TenantCorrection,
    User,
)
from voordeur.store.queries.tenancy import Resident

CLOSED_SHOWN = 10
JUDGED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How somebody points at a household: by the number of the agreement, or by the exact address."""

    key: str = ""
    postcode: str = ""
    number: int | None = None
    addition: str = ""


def tenancies_at(postcode: str, number: int | None, addition: str, today: date | None) -> list[int]:
    """Tenancies at exactly this address: those that run on `today`, or with None all there ever were."""
    wanted = re.sub(r"\s", "", postcode).upper()
    if not re.fullmatch(r"\d{4}[A-Z]{2}", wanted) or number is None:
        return []
    homes = Home.objects.filter(
        postcode__in=(wanted, f"{wanted[:4]} {wanted[4:]}"), number=number, addition__iexact=addition.strip()
    )
    found = Tenancy.objects.filter(home__in=homes)
    if today is not None:
        found = found.filter(Q(start=None) | Q(start__lte=today), Q(end=None) | Q(end__gte=today))
    return list(found.order_by("-start", "pk").values_list("pk", flat=True)[:12])


def tenancies_of_request(where: Whereabouts, person: str) -> list[tuple[int, str]]:
    """(number, key) of the tenancies that this points at; of several at one address only those of who is named."""
    if where.key.strip():
        return list(Tenancy.objects.filter(key__iexact=where.key.strip()).values_list("pk", "key"))
    here = tenancies_at(where.postcode, where.number, where.addition, None)
    found = Tenancy.objects.filter(pk__in=here).order_by("pk").values_list("pk", "key")
    if len(here) > 1 and person.split():
        named = Tenant.objects.filter(tenancy__in=here, name__icontains=person.split()[-1])
        only = found.filter(pk__in=named.values("tenancy"))
        return list(only if only else found)
    return list(found)


# --- requests ---


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request on the desk. No name: that stands on its own page."""

    id: int
    key: str
    """Number of the tenancy agreement."""
    request: Request
    identified: bool


@dataclass(frozen=True, slots=True)
class TenantData:
    """What is kept of one tenant and may be corrected."""

    id: int
    name: str
    phone: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One datum that was corrected for a request."""

    datum: str
    day: date


@dataclass(frozen=True, slots=True)
class RequestFile:
    """All of one request."""

    id: int
    tenancy: int
    key: str
    address: str
    request: Request
    way: str
    person: str
    said: str
    identity: IdentityCheck | None
    asker: int | None
    """Which of the tenants asks; None: all of them together, or not established yet."""
    identified_on: date | None
    extension_reason: str
    answer: str
    ground: ProcessingGround | None
    ground_reason: str
    tenants: tuple[TenantData, ...]
    corrections: tuple[CorrectionLine, ...]

    @property
    def asking(self) -> tuple[TenantData, ...]:
        """The tenants who ask: only their own data may be corrected."""
        return tuple(one for one in self.tenants if self.asker in (None, one.id))


def request_file(row: RightsRequest) -> RequestFile:
    """The page of a request that `actions.handle_request.see` found."""
    tenants = Tenant.objects.filter(tenancy=row.tenancy_id).order_by("pk")
    corrected = TenantCorrection.objects.filter(request=row).order_by("pk")
    return RequestFile(
        id=row.pk,
        tenancy=row.tenancy_id,
        key=row.tenancy.key,
        address=row.tenancy.home.address if row.tenancy.home else row.tenancy.key,
        request=as_core(row),
        way=row.way,
        person=row.person,
        said=row.said,
        identity=IdentityCheck(row.identity) if row.identity else None,
        asker=row.asker_id,
        identified_on=row.identified_on,
        extension_reason=row.extension_reason,
        answer=row.answer,
        ground=ProcessingGround(row.ground) if row.ground else None,
        ground_reason=row.ground_reason,
        tenants=tuple(TenantData(one.pk, one.name, one.phone, one.email, one.language) for one in tenants),
        corrections=tuple(CorrectionLine(one.datum, one.day) for one in corrected),
    )


def running_requests() -> tuple[RequestLine, ...]:
    """Requests without an answer, the first deadline first."""
    rows = _requests().filter(closed_on=None)
    return tuple(sorted(map(_line, rows), key=lambda one: (one.request.deadline, one.id)))


def closed_requests() -> tuple[RequestLine, ...]:
    """The requests that were answered last."""
    return tuple(map(_line, _requests().exclude(closed_on=None).order_by("-closed_on", "-pk")[:CLOSED_SHOWN]))


def _requests() -> QuerySet[RightsRequest]:
    sealed = ("person", "said", "extension_reason", "answer", "ground_reason")
    return RightsRequest.objects.select_related("tenancy").defer(*sealed)


def _line(row: RightsRequest) -> RequestLine:
    return RequestLine(row.pk, row.tenancy.key, as_core(row), bool(row.identity))


# --- emergencies ---


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """One file that was opened in an emergency, as the privacy officer judges it."""

    id: int
    key: str
    neighbourhood: str
    who: str
    role: str
    opened: datetime
    until: datetime
    looks: int
    reason: str
    judgement: Judgement | None
    judged: datetime | None
    remark: str


@dataclass(frozen=True, slots=True)
class EmergencyFile:
    """What somebody needs in an emergency: who lives there and how to reach them. Nothing about money."""

    address: str
    place: str
    neighbourhood: str
    managers: tuple[str, ...]
    """Colleagues who look after this neighbourhood: they hear of it."""
    residents: tuple[Resident, ...]
    wish: Wish | None
    until: datetime


def emergencies(*, judged: bool) -> tuple[EmergencyLine, ...]:
    """What waits for a judgement, oldest first; or what was judged last."""
    rows = EmergencyAccess.objects.select_related("tenancy__neighbourhood", "user")
    if judged:
        rows = rows.exclude(judgement="").order_by("-judged", "-pk")[:JUDGED_SHOWN]
    else:
        rows = rows.filter(judgement="").order_by("opened", "pk")
    return tuple(_emergency(row) for row in rows)


def emergency(access_id: int) -> EmergencyLine | None:
    """One of them."""
    row = (
        EmergencyAccess.objects.select_related("tenancy__neighbourhood", "user").filter(pk=access_id).first()
    )
    return _emergency(row) if row else None


def count_open(now: datetime) -> int:
    """Files that are open in an emergency now."""
    return EmergencyAccess.objects.filter(until__gt=now).count()


def open_emergencies(user: User, now: datetime) -> tuple[tuple[int, datetime], ...]:
    """(number, until) of what this person has open now."""
    rows = EmergencyAccess.objects.filter(user=user, until__gt=now).order_by("until")
    return tuple(rows.values_list("pk", "until"))


def emergency_file(row: EmergencyAccess) -> EmergencyFile:
    """Reached through `actions.open_in_emergency.look` only."""
    tenancy = Tenancy.objects.select_related("home", "neighbourhood").get(pk=row.tenancy_id)
    managers = User.objects.filter(
        neighbourhoods=tenancy.neighbourhood_id, role=Role.NEIGHBOURHOOD_MANAGER, is_active=True
    )
    return EmergencyFile(
        address=tenancy.home.address if tenancy.home else tenancy.key,
        place=f"{tenancy.home.postcode} {tenancy.home.town}".strip() if tenancy.home else "",
        neighbourhood=tenancy.neighbourhood.name if tenancy.neighbourhood else "",
        managers=tuple(str(one) for one in managers.order_by("pk")) if tenancy.neighbourhood_id else (),
        residents=tuple(
            Resident(one.name, one.phone, one.email, one.language) for one in tenancy.tenants.order_by("pk")
        ),
        wish=wish_of(tenancy.pk, localdate(row.opened)),
        until=row.until,
    )


def _emergency(row: EmergencyAccess) -> EmergencyLine:
    return EmergencyLine(
        id=row.pk,
        key=row.tenancy.key,
        neighbourhood=row.tenancy.neighbourhood.name if row.tenancy.neighbourhood else "",
        who=str(row.user),
        role=row.user.role,
        opened=row.opened,
        until=row.until,
        looks=row.looks,
        reason=row.reason,
        judgement=Judgement(row.judgement) if row.judgement else None,
        judged=row.judged,
        remark=row.remark,
    )


# --- cover ---


@dataclass(frozen=True, slots=True)
class CoverLine:
    """Somebody sees what a colleague sees."""

    absent: str
    cover: str
    role: str
    first: date
    last: date


def running_covers(today: date) -> tuple[CoverLine, ...]:
    """Cover that runs today, the nearest end first."""
    rows = Cover.objects.filter(first__lte=today, last__gte=today).select_related("absent", "cover")
    return tuple(
        CoverLine(str(row.absent), str(row.cover), row.cover.role, row.first, row.last)
        for row in rows.order_by("last", "pk")
    )
