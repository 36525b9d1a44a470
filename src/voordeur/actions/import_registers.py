"""Book registers: neighbourhoods, homes, tenancies with their tenants. What is there already is brought up to date.

A cell that the file leaves empty changes nothing: a file with few columns does not wipe what another one told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import Model

from voordeur.actions.import_people import save_people
from voordeur.adapters.geo import rd_to_wgs84
from voordeur.adapters.mapping import (
    HomeRecord,
    NeighbourhoodRecord,
    Record,
    TenancyRecord,
    from_data,
    read_records,
)
from voordeur.adapters.records import Place
from voordeur.adapters.spreadsheet import open_table
from voordeur.core.access import Role
from voordeur.core.problems import Problem
from voordeur.store.bulk import chunks
from voordeur.store.models import Home, ImportRun, Neighbourhood, Tenancy, User

M = TypeVar("M", bound=Model)
_AT_ONCE = 1_000


def book_registers(run: ImportRun) -> set[int]:
    """Bring the registers up to date from a run's file, in the caller's transaction; returns touched tenancies."""
    neighbourhoods = _Neighbourhoods()
    touched: set[int] = set()
    for chunk in chunks(_records(run), _AT_ONCE):
        for one in chunk:
            if isinstance(one, NeighbourhoodRecord):
                neighbourhoods.named(one.name, one.manager)
        places = {_home_key(one): one.place for one in chunk if isinstance(one, HomeRecord | TenancyRecord)}
        places.pop("", None)
        homes = _save(Home, {key: _home_values(place, neighbourhoods) for key, place in places.items()})
        contracts = [one for one in chunk if isinstance(one, TenancyRecord)]
        tenancies = _save(Tenancy, _tenancy_values(contracts, homes))
        save_people(run, contracts, tenancies)
        touched.update(tenancy.pk for tenancy in tenancies.values())
    run.rows_new = run.preview.get("rows_good", 0)
    return touched


def _records(run: ImportRun) -> Iterator[Record]:
    table = replace(open_table(Path(run.path)), name=run.file_name)
    for one in read_records(table, from_data(run.mapping)):
        if not isinstance(one, Problem):
            yield one


class _Neighbourhoods:
    """Neighbourhoods by name, made when they are new; a manager is linked when an account has that name."""

    def __init__(self) -> None:
        self._known = {place.name: place for place in Neighbourhood.objects.all()}
        managers = User.objects.filter(role=Role.NEIGHBOURHOOD_MANAGER)
        self._managers = {name.casefold(): user for user in managers for name in (user.username, str(user))}

    def named(self, name: str, manager: str = "") -> Neighbourhood | None:
        """The neighbourhood with this name; None for an empty name."""
        name = name[:80]
        if not name:
            return None
        if name not in self._known:
            self._known[name] = Neighbourhood.objects.create(name=name)
        account = self._managers.get(manager.casefold())
        if account is not None:
            account.neighbourhoods.add(self._known[name])
        return self._known[name]


def _home_key(record: HomeRecord | TenancyRecord) -> str:
    """The corporation's own number of a home, else postcode and number, else street and number; "" without any."""
    place = record.place
    if record.home:
        return record.home[:64]
    where = place.postcode.replace(" ", "") or place.street
    return f"{where} {place.number or ''} {place.addition}".strip()[:64] if where else ""


def _home_values(place: Place, neighbourhoods: _Neighbourhoods) -> dict[str, Any]:
    latitude, longitude = place.latitude, place.longitude
    if latitude is None and place.rd_x is not None and place.rd_y is not None:
        latitude, longitude = rd_to_wgs84(place.rd_x, place.rd_y)
    return {
        "neighbourhood": neighbourhoods.named(place.neighbourhood, place.manager),
        "street": place.street[:120],
        "number": place.number,
        "addition": place.addition[:12],
        "postcode": place.postcode[:7],
        "town": place.town[:80],
        "bag_id": place.bag_id[:16],
        "latitude": latitude,
        "longitude": longitude,
    }


def _tenancy_values(records: Iterable[TenancyRecord], homes: Mapping[str, Home]) -> dict[str, dict[str, Any]]:
    values: dict[str, dict[str, Any]] = {}
    for record in records:
        home = homes.get(_home_key(record))
        values[record.tenancy[:64]] = {
            "home": home,
            "neighbourhood": home.neighbourhood if home else None,
            "start": record.start,
            "end": record.end,
            "rent": record.rent,
            "method": "" if record.method == Tenancy.Method.UNKNOWN else record.method,
            "mandate": record.mandate[:35],
            "payment_reference": record.reference[:16],
        }
    return values


def _save(model: type[M], values: Mapping[str, Mapping[str, Any]]) -> dict[str, M]:
    """Make or update the rows with these keys; empty values change nothing. Returns all of them by key."""
    manager: Any = model._default_manager
    found: dict[str, M] = {row.key: row for row in manager.filter(key__in=list(values))}
    new = []
    for key, told in values.items():
        filled = {name: value for name, value in told.items() if value not in (None, "")}
        if key in found:
            for name, value in filled.items():
                setattr(found[key], name, value)
        else:
            new.append(model(key=key, **filled))
    names = sorted({name for told in values.values() for name in told})
    if found and names:
        manager.bulk_update(found.values(), names, batch_size=100)
    return found | {row.key: row for row in manager.bulk_create(new)}
