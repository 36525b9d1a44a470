"""Money while an arrangement runs, in the cases that life brings: a rent that rises, own pay days, cents that lack."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.core.test_arrangements import ABOUT, AGREED, PLAN, RENT, RULES
from voordeur.core.arrangements.division import Covered, Division, Purpose, divide
from voordeur.core.arrangements.schedule import instalments
from voordeur.core.arrangements.values import ArrangementEvent, ArrangementEventKind, Rhythm, Terms
from voordeur.core.arrangements.values import ArrangementState as State
from voordeur.core.arrangements.watching import InstalmentState, Watched, watch
from voordeur.core.ledger import Component, Entry, Kind


def rent(due: date, cents: int = RENT, component: Component = Component.RENT) -> Entry:
    """A rent that falls due."""
    return Entry(f"{component}-{due}", due, Kind.CHARGE, cents, due=due, component=component)


def paid(day: date, cents: int, names: str | None = None) -> Entry:
    """Money that comes in; `names`: what the payer says that it is for."""
    return Entry(f"paid-{day}-{cents}", day, Kind.PAYMENT, cents, designates=names)


def back(day: date, of: Entry) -> Entry:
    """The bank takes a payment back."""
    return Entry(f"back-{of.id}", day, Kind.REVERSAL, of.amount, reverses=of.id)


def found(on: date, *entries: Entry, about: Covered = ABOUT) -> Division:
    """What the money was for."""
    return divide(entries, about, on, small=RULES.small_cents)


def seen(on: date, *entries: Entry, about: Covered = ABOUT) -> Watched:
    """How the arrangement stands."""
    division = found(on, *entries, about=about)
    event = ArrangementEvent(
        ArrangementEventKind.AGREED, about.agreed_on, tuple(about.plans[0][1]), sequence=1
    )
    watched = watch([event], division.received, division.gaps, on, RULES)
    assert watched is not None
    return watched


def about(*amounts: int) -> Covered:
    """An arrangement of these instalments, on the 25th from January on."""
    plan = instalments(Terms(sum(amounts), amounts[0], Rhythm.MONTHLY, date(2027, 1, 25)))
    assert [one.amount for one in plan] == list(amounts)
    return Covered(AGREED.day, {"old": sum(amounts)}, [(AGREED.day, plan)], RENT)


def for_us(division: Division) -> int:
    """Cents that paid instalments."""
    return sum(part.amount for part in division.parts if part.purpose is Purpose.ARRANGEMENT)


def test_rent_paid_ahead_stays_rent_after_the_rent_went_up() -> None:
    """What a tenancy costs now says nothing about the rent of then: ABOUT knows only the rent of today."""
    lower = RENT - 20_00
    entries = [rent(date(2027, 2, 1), lower), paid(date(2027, 1, 28), lower), rent(date(2027, 3, 1))]
    assert for_us(found(date(2027, 2, 20), *entries)) == 0
    assert found(date(2027, 2, 20), *entries).gaps == ()


def test_a_rent_that_goes_up_is_paid_ahead_in_its_new_amount() -> None:
    higher = RENT + 20_00
    entries = [rent(date(2027, 2, 1)), paid(date(2027, 2, 1), RENT), paid(date(2027, 2, 26), higher)]
    division = found(date(2027, 3, 5), *entries, rent(date(2027, 3, 1), higher))
    assert (for_us(division), division.gaps) == (0, ())


def test_rent_and_service_costs_are_one_rent() -> None:
    """A register may hold the rent without the service costs; who pays both ahead pays no instalment with a part."""
    entries = [
        paid(date(2027, 1, 28), RENT + 40_00),
        rent(date(2027, 2, 1)), rent(date(2027, 2, 1), 40_00, Component.SERVICE),
        paid(date(2027, 2, 26), RENT + 40_00),
        rent(date(2027, 3, 1)), rent(date(2027, 3, 1), 40_00, Component.SERVICE),
    ]  # fmt: skip
    division = found(date(2027, 3, 5), *entries)
    assert (for_us(division), division.gaps) == (0, ())


def test_the_rent_of_the_day_of_the_agreement_is_current_rent() -> None:
    """It is not overdue on that day, so it is no part of the debt; what pays it is not kept for the next one."""
    first = date(2027, 1, 10)
    division = found(date(2027, 1, 20), rent(first), paid(date(2027, 1, 11), RENT))
    assert [(part.purpose, part.charge) for part in division.parts] == [(Purpose.RENT, f"rent-{first}")]
    unpaid = seen(first + timedelta(days=RULES.rent_tolerance_days), rent(first))
    assert unpaid.rent_missed


# --- the own pay day ---


def one_behind(*months: int) -> list[Entry]:
    """The rent of each month, paid on the 25th of it: one rent is always open, and it is never more."""
    return [
        entry for month in months for entry in (rent(date(2027, month, 1)), paid(date(2027, month, 25), RENT))
    ]


def test_who_pays_one_rent_a_month_on_the_own_day_is_not_in_trouble_every_month() -> None:
    """Two months tell the own day; until then the rent of February and March counts as missed."""
    months = (2, 3, 4, 5)
    entries = [*one_behind(*months), *(paid(date(2027, m, 25), 100_00, "old") for m in (1, *months))]
    states = {seen(date(2027, 2, 6) + timedelta(days=d), *entries).state for d in range(40)}
    assert State.AT_RISK in states
    after = {seen(date(2027, 4, 25) + timedelta(days=d), *entries).state for d in range(30)}
    assert after == {State.LIVE}


def test_the_rent_of_just_before_the_agreement_tells_the_own_day() -> None:
    """It came for the next month and went to the oldest debt; the next ones come a month after it each time."""
    covered = replace(ABOUT, agreed_on=date(2027, 1, 31), plans=[(date(2027, 1, 31), PLAN)])
    before = [rent(date(2027, 1, 1)), paid(date(2027, 1, 28), RENT)]
    entries = [*before, *one_behind(2, 3), *(paid(date(2027, m, 24), 100_00, "old") for m in (2, 3))]
    for day in range(50):
        assert not seen(date(2027, 2, 1) + timedelta(days=day), *entries, about=covered).rent_missed


def test_the_own_day_has_its_tolerance_and_ends_when_two_rents_are_open() -> None:
    entries = [*one_behind(2, 3), rent(date(2027, 4, 1)), rent(date(2027, 5, 1))]
    own_day = date(2027, 4, 25) + timedelta(days=RULES.rent_tolerance_days)
    assert not seen(own_day - timedelta(days=1), *entries).rent_missed
    assert seen(own_day, *entries).rent_missed


def test_who_pays_in_time_gets_no_more_than_the_tolerance() -> None:
    entries = [rent(date(2027, 2, 1)), paid(date(2027, 2, 3), RENT), rent(date(2027, 3, 1))]
    assert not seen(date(2027, 3, 5), *entries).rent_missed
    assert seen(date(2027, 3, 6), *entries).rent_missed


def test_one_late_month_does_not_stretch_the_next() -> None:
    entries = [rent(date(2027, 2, 1)), paid(date(2027, 2, 1), RENT)]
    entries += [rent(date(2027, 3, 1)), paid(date(2027, 3, 20), RENT), rent(date(2027, 4, 1))]
    assert seen(date(2027, 4, 6), *entries).rent_missed


def test_a_rent_that_the_bank_took_back_has_no_own_day() -> None:
    march = paid(date(2027, 3, 25), RENT)
    entries = [rent(date(2027, 2, 1)), paid(date(2027, 2, 25), RENT), rent(date(2027, 3, 1)), march]
    gone = back(date(2027, 3, 28), march)
    assert seen(date(2027, 4, 2), *entries, gone).rent_missed


# --- cents ---


@pytest.mark.parametrize(("lacks", "missed"), [(0, False), (1_00, False), (1_01, True)])
def test_a_small_shortage_of_the_rent_is_none_either(lacks: int, missed: bool) -> None:
    entries = [rent(date(2027, 2, 1)), paid(date(2027, 2, 1), RENT - lacks)]
    assert seen(date(2027, 2, 10), *entries).rent_missed is missed


def test_small_shortages_add_up() -> None:
    """Sixty cents too little each month: the first is none, the second makes it more than a euro."""
    entries = [rent(date(2027, 2, 1)), paid(date(2027, 2, 1), RENT - 60)]
    entries += [rent(date(2027, 3, 1)), paid(date(2027, 3, 1), RENT - 60)]
    assert not seen(date(2027, 2, 20), *entries[:2]).rent_missed
    assert seen(date(2027, 3, 20), *entries).rent_missed


def test_a_last_instalment_of_cents_is_not_paid_before_the_others_are() -> None:
    plan = about(50_00, 50_00, 60)
    fresh = seen(AGREED.day, about=plan)
    assert [one.state for one in fresh.instalments] == [InstalmentState.COMING] * 3


def test_what_lacks_a_few_cents_at_the_end_is_completed() -> None:
    """Otherwise it would run for ever, with nothing to pay, and no other arrangement could be made."""
    both = [paid(date(2027, 1, 25), 50_00, "old"), paid(date(2027, 2, 25), 50_00, "old")]
    assert seen(date(2027, 4, 1), *both, about=about(50_00, 50_00, 60)).state is State.COMPLETED
    short = [paid(date(2027, 1, 25), 50_00, "old"), paid(date(2027, 2, 25), 49_50, "old")]
    assert seen(date(2027, 4, 1), *short, about=about(50_00, 50_00)).state is State.COMPLETED
    less = [paid(date(2027, 1, 25), 50_00, "old"), paid(date(2027, 2, 25), 48_99, "old")]
    assert seen(date(2027, 4, 1), *less, about=about(50_00, 50_00)).state is State.AT_RISK


def test_money_that_goes_back_takes_only_the_instalments_that_it_paid() -> None:
    """The instalment of February is within its tolerance; that January went back does not make two missed ones."""
    january = paid(date(2027, 1, 25), 100_00, "old")
    watched = seen(date(2027, 2, 26), january, back(date(2027, 2, 26), january))
    assert [one.instalment.number for one in watched.missed] == [1]
    assert watched.instalments[1].state is InstalmentState.WAITING
    assert PLAN[1].due == date(2027, 2, 25)
