"""The town has the shape that was asked for, it is the same every time, and any day will do."""

import pickle
from collections import Counter
from datetime import date, timedelta

import pytest

from voordeur.core.calendar import add_months
from voordeur.demo.assumptions import HOMES, YEARS
from voordeur.demo.bank_days import BankDays, closed
from voordeur.demo.streets import NEIGHBOURHOODS, make_homes
from voordeur.demo.town import Town, first_month, make_town


def test_the_whole_town_has_6350_homes_in_seven_neighbourhoods() -> None:
    homes = make_homes(1, HOMES)
    sizes = Counter(home.neighbourhood for home in homes)
    assert len(homes) == 6_350
    assert len(sizes) == 7
    assert all(700 <= size <= 1_100 for size in sizes.values()), "about a thousand per manager"
    assert "Molenkwartier" in {plan.name for plan in NEIGHBOURHOODS}


def test_no_two_homes_share_an_address_or_a_spot() -> None:
    homes = make_homes(1, HOMES)
    assert len({(home.street, home.number, home.addition) for home in homes}) == len(homes)
    front_doors = {(home.x, home.y) for home in homes if not home.addition}
    assert len(front_doors) == sum(not home.addition for home in homes)


def test_neighbours_live_near_each_other() -> None:
    """Homes of one street and side lie in line; a street is no longer than 300 metres."""
    by_street: dict[str, list[tuple[float, float]]] = {}
    for home in make_homes(1, HOMES):
        by_street.setdefault(home.street, []).append((home.x, home.y))
    for places in by_street.values():
        x, y = zip(*places, strict=True)
        assert max(x) - min(x) < 300
        assert max(y) - min(y) < 300


def test_the_same_seed_and_day_give_the_same_town_to_the_last_byte() -> None:
    first, again = (make_town(11, date(2026, 3, 2), homes=60) for _ in range(2))
    assert pickle.dumps(_plain(first)) == pickle.dumps(_plain(again))


def test_another_seed_gives_another_town() -> None:
    day = date(2026, 3, 2)
    assert make_town(11, day, homes=60).ledgers != make_town(12, day, homes=60).ledgers


def _plain(town: Town) -> str:
    """Everything in the town as text: pickle would also tell shared objects from equal ones."""
    return repr(town)


def test_tomorrow_is_today_with_one_day_more() -> None:
    today, tomorrow = (make_town(5, date(2026, 11, day), homes=120) for day in (17, 18))
    for now, then in zip(today.ledgers, tomorrow.ledgers, strict=False):
        assert then[: len(now)] == now
    assert [one.key for one in tomorrow.tenancies][: len(today.tenancies)] == [
        one.key for one in today.tenancies
    ]


@pytest.mark.parametrize(
    "today",
    [
        date(2026, 1, 1),
        date(2028, 2, 29),
        date(2026, 4, 6),
        date(2025, 12, 26),
        date(2026, 7, 1),
        date(2031, 6, 30),
    ],
    ids=str,
)
def test_any_day_will_do(today: date) -> None:
    town = make_town(2, today, homes=50)
    rows = [row for ledger in town.ledgers for row in ledger]
    assert add_months(town.first, 12 * YEARS) <= today < add_months(town.first, 12 * YEARS + 7)
    assert max(row.day for row in rows) <= today
    assert all(row.known <= today for row in rows)
    assert town.bank_days[-1] < today
    assert all(day.weekday() < 5 and day not in closed(day.year) for day in town.bank_days)
    assert {row.day for _, row in town.at_the_bank} <= set(town.bank_days)


def test_the_ledger_covers_at_least_seven_years() -> None:
    assert first_month(date(2026, 11, 23)) == date(2019, 7, 1)
    assert first_month(date(2026, 6, 30)) == date(2019, 1, 1)
    assert first_month(date(2027, 1, 1)) == date(2020, 1, 1)


def test_money_is_booked_on_days_on_which_banks_are_open(town: Town) -> None:
    bank = BankDays(town.first - timedelta(days=60), town.today)
    paid = {row.day for ledger in town.ledgers for row in ledger if row.kind in (2, 3)}
    assert [day for day in paid if bank.on_or_after(day) != day] == []


def test_bank_days_know_easter_and_weekends() -> None:
    bank = BankDays(date(2026, 1, 1), date(2026, 12, 31))
    assert bank.on_or_after(date(2026, 1, 1)) == date(2026, 1, 2)
    assert bank.on_or_after(date(2026, 4, 3)) == date(2026, 4, 7), "Good Friday up to Easter Monday"
    assert bank.after(date(2026, 4, 2)) == date(2026, 4, 7)
    assert bank.before(date(2026, 4, 7)) == date(2026, 4, 2)
