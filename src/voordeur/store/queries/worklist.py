"""Today's list: whose door, whose phone, who has paid. Addresses and reasons; a name only for the first door."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from voordeur.core.words import Words
from voordeur.store.models import Neighbourhood, PortfolioPoint, Standing, Tenant, User
from voordeur.store.models.homes import address_in_words

VISITS = ("visit", "second_visit")
"""Steps that need a person at the door."""
CONTACTS = ("call", "message")
"""Steps that go by phone."""
OFFICE = ("arrangement", "letter", "refer")
"""Steps that the office takes."""
NO_STEP = ("none", "nothing", "wait")
"""Nobody has to do anything."""
FORMER = "former"
"""The list of who no longer rents here; no step of its own."""
MOST = 50
"""A list longer than this is no list for one person; the page says how many more there are."""


OFFICE_MOST = 30
"""Shown of each list of the office: a day's work, the rest comes after it."""


@dataclass(frozen=True, slots=True)
class Door:
    """One household to go to, to ring or to write to, and why."""

    tenancy: int
    address: str
    neighbourhood: str
    action: str
    title: Words
    reason: Words
    """What is the matter."""
    advice: Words
    """Why this step."""
    overdue: int
    """Cents."""
    days: int
    """Counted days overdue."""


@dataclass(frozen=True, slots=True)
class PaidOff:
    """An address that left the list because money came in."""

    tenancy: int
    address: str
    on: date


@dataclass(frozen=True, slots=True)
class WorkList:
    """One day of one neighbourhood manager."""

    visits: tuple[Door, ...]
    """Most urgent first; the first is the green door."""
    visits_in_all: int
    contacts: tuple[Door, ...]
    contacts_in_all: int
    paid: tuple[PaidOff, ...]
    first_names: tuple[str, ...]
    """Who lives behind the first door."""
    first_phone: str


def running(today: date) -> Q:
    """Standings of tenancies that run today. What former tenants owe is work for the office, not for the street."""
    return Q(tenancy__end=None) | Q(tenancy__end__gte=today)


def work_list(neighbourhoods: Collection[int], today: date) -> WorkList:
    """The list of these neighbourhoods. Seven queries at most, however long the list."""
    here = Standing.objects.filter(running(today), neighbourhood__in=neighbourhoods)
    visits, visits_in_all = _shown(here.filter(action__in=VISITS))
    contacts, contacts_in_all = _shown(here.filter(action__in=CONTACTS))
    names, phone = _behind(visits[0].tenancy) if visits else ((), "")
    paid = _paid_off(neighbourhoods, today)
    return WorkList(visits, visits_in_all, contacts, contacts_in_all, paid, names, phone)


@dataclass(frozen=True, slots=True)
class Round:
    """What waits in one neighbourhood, counted."""

    neighbourhood: int
    name: str
    managers: str
    visits: int
    contacts: int
    room: int
    """Visits a week that its managers can make."""


def rounds(today: date) -> tuple[Round, ...]:
    """All neighbourhoods with the work that waits there, by name. Three queries."""
    steps = steps_by_place(today)
    places = Neighbourhood.objects.order_by("name").prefetch_related(
        Prefetch("managers", User.objects.filter(is_active=True).order_by("pk"), to_attr="present")
    )
    return tuple(_round(place, steps.get(place.pk, {})) for place in places)


def steps_by_place(today: date) -> dict[int | None, dict[str, int]]:
    """Per neighbourhood the households per next step, as they were counted at the last assessment."""
    newest = PortfolioPoint.objects.filter(on__lte=today).order_by("-on").values("on")[:1]
    return dict(PortfolioPoint.objects.filter(on=newest).values_list("neighbourhood_id", "steps"))


def _round(place: Neighbourhood, steps: dict[str, int]) -> Round:
    visits, contacts = (sum(steps.get(step, 0) for step in some) for some in (VISITS, CONTACTS))
    managers: list[User] = getattr(place, "present", [])
    room = sum(manager.weekly_visits for manager in managers)
    return Round(
        place.pk, place.name, ", ".join(str(manager) for manager in managers), visits, contacts, room
    )


def all_visits(neighbourhoods: Collection[int]) -> tuple[Door, ...]:
    """Every visit that is asked for there, most urgent first, however many."""
    found = Standing.objects.filter(neighbourhood__in=neighbourhoods, action__in=VISITS)
    return _doors(found.order_by("-urgency", "tenancy_id"))


@dataclass(frozen=True, slots=True)
class OfficeList:
    """Everybody with the same next step in the office, most urgent first."""

    step: str
    """A step of OFFICE, or FORMER: ring somebody who no longer rents here."""
    doors: tuple[Door, ...]
    in_all: int


def office_lists(today: date) -> tuple[OfficeList, ...]:
    """What the office does today, in all neighbourhoods; steps that nobody needs are left out."""
    former = Standing.objects.exclude(running(today)).filter(action__in=CONTACTS)
    lists = [OfficeList(step, *_shown(Standing.objects.filter(action=step), OFFICE_MOST)) for step in OFFICE]
    lists.append(OfficeList(FORMER, *_shown(former, OFFICE_MOST)))
    return tuple(one for one in lists if one.in_all)


def _shown(found: QuerySet[Standing], most: int = MOST) -> tuple[tuple[Door, ...], int]:
    doors = _doors(found.order_by("-urgency", "tenancy_id")[: most + 1])
    return doors[:most], found.count() if len(doors) > most else len(doors)


_HOME = ("tenancy__home__key", "tenancy__home__street", "tenancy__home__number", "tenancy__home__addition")
_PLACE = ("tenancy_id", "tenancy__key", *_HOME)
_SHOWN = (
    "neighbourhood__name", "action", "action_title_nl", "action_title_en", "reason_nl", "reason_en", "advice_nl",
    "advice_en", "overdue", "days_overdue",
)  # fmt: skip
"""What a line of a list shows. Plain values: a list of a hundred lines is made on every click."""


def _doors(found: QuerySet[Standing]) -> tuple[Door, ...]:
    return tuple(
        Door(
            tenancy, _address(key, home), place or "", action, Words(title_nl, title_en), Words(nl, en),
            Words(advice_nl, advice_en), overdue, days,
        )
        for tenancy, key, *home, place, action, title_nl, title_en, nl, en, advice_nl, advice_en, overdue, days
        in found.values_list(*_PLACE, *_SHOWN)
    )  # fmt: skip


def _address(key: str, home: Sequence[Any]) -> str:
    """The address, or the number of the agreement when there is no home yet; `home` as in _HOME."""
    return key if home[0] is None else address_in_words(*home)


def address_of(row: Standing) -> str:
    """The address of a standing, or the number of the agreement when there is no home yet."""
    return row.tenancy.home.address if row.tenancy.home else row.tenancy.key


def _paid_off(neighbourhoods: Collection[int], today: date) -> tuple[PaidOff, ...]:
    found = Standing.objects.filter(
        neighbourhood__in=neighbourhoods, paid_off_on__range=(today - timedelta(days=1), today)
    )
    rows = found.order_by("-paid_off_on", "tenancy__home__street", "tenancy__home__number")
    return tuple(
        PaidOff(tenancy, _address(key, home), on)
        for tenancy, key, *home, on in rows.values_list(*_PLACE, "paid_off_on")[:MOST]
    )


def _behind(tenancy: int) -> tuple[tuple[str, ...], str]:
    people = list(Tenant.objects.filter(tenancy=tenancy).order_by("pk").values_list("name", "phone"))
    return tuple(name for name, _ in people), next((phone for _, phone in people if phone), "")
