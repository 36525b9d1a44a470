"""The database gives the same answers as the core gives on the rows of the store."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random
from urllib.parse import quote, urlencode

import pyarrow as pa
import pytest
from django.db import connection

from voordeur.core.ledger import position
from voordeur.engine import months
from voordeur.engine.database import arrears_from_database, portfolio_from_database
from voordeur.store.convert import core_entries, ledgers
from voordeur.store.models import Entry, Tenancy

FIRST = date(2026, 1, 1)
ON = date(2026, 3, 20)
pytestmark = pytest.mark.django_db(transaction=True)


def url() -> str:
    """The test database as a DATABASE_URL."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:////{settings['NAME']}"
    user = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}"
    options = urlencode({"host": settings["HOST"], "port": settings["PORT"]})
    return f"postgresql://{user}@/{settings['NAME']}?{options}"


@pytest.fixture
def homes() -> list[int]:
    """Forty tenancies with every kind of entry, some far apart in number."""
    random = Random(7)
    made = []
    for number in range(40):
        tenancy = Tenancy.objects.create(pk=1 + number * 173, key=f"H{number}")
        _fill(tenancy, random)
        made.append(tenancy.pk)
    return made


def _fill(tenancy: Tenancy, random: Random) -> None:
    rows: list[Entry] = []
    for line in range(random.randrange(1, 25)):
        on = FIRST + timedelta(days=random.randrange(90))
        kind = random.choice([1, 1, 1, 2, 2, 2, 3, 4, 5, 6])
        row = Entry(
            tenancy=tenancy,
            date=on,
            known=on + timedelta(days=random.randrange(15)),
            kind=kind,
            component=random.choice([1, 1, 1, 2, 4, 5]) if kind == 1 else 1,
            amount=random.randrange(-500, 500) if kind == 5 else random.randrange(500),
            due=on + timedelta(days=random.randrange(30)) if kind == 1 and random.random() < 0.5 else None,
            sequence=line,
            source=1,
            key=f"{tenancy.pk}-{line}",
        )
        if rows and random.random() < 0.5:
            _name(row, random.choice(rows), random)
        row.save()
        rows.append(row)


def _name(row: Entry, other: Entry, random: Random) -> None:
    if row.kind == 3:
        row.reverses = other
    elif row.kind == 1:
        row.claim = other
    elif row.kind == 2 and random.random() < 0.3:
        row.period = other.date.replace(day=1)
    elif row.kind == 2 and random.random() < 0.2 and other.same_as_id is None:
        row.same_as = other
    else:
        row.designates = other


@pytest.mark.parametrize("known", [None, date(2026, 2, 1)])
def test_every_tenancy_stands_as_the_core_says(homes: list[int], known: date | None) -> None:
    found = arrears_from_database(url(), ON, known).tenancies.to_pylist()
    expected = {}
    for tenancy, rows in ledgers():
        entries = core_entries(rows)
        if entries:
            at = position(entries, ON, known)
            expected[tenancy] = (
                at.balance,
                at.overdue,
                at.credit,
                at.oldest_unpaid_due,
                len(at.open_charges),
            )
    assert {
        row["tenancy"]: (
            row["balance"],
            row["overdue"],
            row["credit"],
            row["oldest_unpaid_due"],
            row["open_charges"],
        )
        for row in found
    } == expected


def test_only_the_tenancies_asked_for_are_read(homes: list[int]) -> None:
    some = homes[5:25:3]
    every = {row["tenancy"]: row for row in arrears_from_database(url(), ON).tenancies.to_pylist()}
    found = arrears_from_database(url(), ON, tenancies=[*some, 999_999]).tenancies.to_pylist()
    assert found == [every[tenancy] for tenancy in some]


def test_an_empty_database_gives_an_empty_answer() -> None:
    assert arrears_from_database(url(), ON).tenancies.num_rows == 0


def test_the_portfolio_of_past_months_comes_from_the_database(homes: list[int]) -> None:
    groups = pa.table({"tenancy": homes, "group": [number % 2 for number in range(len(homes))]})
    points = portfolio_from_database(url(), months.Portfolio(date(2026, 3, 1), 3, groups)).to_pylist()
    overdue: dict[tuple[int, date], int] = defaultdict(int)
    for tenancy, rows in ledgers():
        for on in months.month_ends(date(2026, 3, 1), 3):
            overdue[homes.index(tenancy) % 2, on] += position(core_entries(rows), on).overdue
    assert {(p["group"], p["on"]): p["overdue"] for p in points if p["group"] is not None} == overdue
