"""The assessment of one household: everything together, on any ledger, on any day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.ledgers import LAST_DAY, days, ledgers
from tests.core.rents import CALENDAR, LIMITS, RENT, household, paid, undone
from tests.core.test_signals import sentences, too_long
from voordeur.adapters.rules import load_policy
from voordeur.core.ageing import ageing
from voordeur.core.assessment import Assessment, assess
from voordeur.core.calendar import NotCovered
from voordeur.core.facts import Contacts, Facts, Tenancy
from voordeur.core.ledger import Component, Entry, Kind, position
from voordeur.core.pauses import Pause
from voordeur.core.policy import Action
from voordeur.core.signals import SignalKind

ON = date(2026, 11, 10)
POLICY = load_policy()
GOOD = [0] * 48


def look(entries: list[Entry], on: date = ON, **more: object) -> Assessment:
    return assess(entries, on, POLICY, CALENDAR, **more)  # type: ignore[arg-type]


def facts(entries: list[Entry], on: date = ON, **more: object) -> Facts:
    return look(entries, on, **more).facts


def test_one_missed_month_from_ledger_to_advice() -> None:
    found = look(household([*GOOD, None]))
    assert found.totals.balance == found.totals.overdue == RENT
    assert found.ageing.by_bucket == (RENT, 0, 0, 0)
    assert found.standing.real
    assert [signal.kind for signal in found.signals] == [SignalKind.MISSING]
    assert found.recommendation.action is Action.VISIT
    assert found.urgency.words.nl == "Dit gebeurde hier nog nooit."


def test_what_was_not_known_yet_does_not_count() -> None:
    late_news = replace(paid(date(2026, 11, 2), RENT), known=date(2026, 11, 12))
    entries = [*household([*GOOD, None]), late_news]
    assert look(entries, known=ON).standing.real
    assert not look(entries, known=date(2026, 11, 12)).standing.in_arrears
    assert not look(entries).standing.in_arrears


def test_the_bank_reason_reaches_the_signal_and_the_advice() -> None:
    entries = [*household([*GOOD, 1]), undone(date(2026, 11, 5), "betaald 48")]
    found = look(entries, reversal_codes={"storno betaald 48": "MD07"})
    assert found.facts.deceased_reported
    assert found.recommendation.rule == "overlijden-gemeld"


def test_a_pause_is_a_hold() -> None:
    assert facts(household([*GOOD, None]), pauses=[Pause(date(2026, 11, 3))]).on_hold
    assert facts(household([*GOOD, None]), contacts=Contacts(hold=True)).on_hold


def test_facts_of_the_contact_diary() -> None:
    contacts = Contacts(messages=1, calls=2, visits=1, day_parts=2, last_contact=date(2026, 11, 8))
    found = facts(household([*GOOD, None]), contacts=contacts)
    assert (found.personal_attempts, found.days_since_contact) == (3, 2)
    assert not found.promise_open
    assert not found.visit_planned


@pytest.mark.parametrize(
    ("until", "still_open", "broken"),
    [(ON, True, False), (ON - timedelta(days=1), False, True), (None, False, False)],
)
def test_a_promise_runs_up_to_and_including_its_day(
    until: date | None, still_open: bool, broken: bool
) -> None:
    found = facts(household([*GOOD, None]), contacts=Contacts(promise_until=until))
    assert (found.promise_open, found.promise_broken) == (still_open, broken)


def test_a_planned_visit_of_the_past_is_no_plan() -> None:
    entries = household([*GOOD, None])
    assert facts(entries, contacts=Contacts(visit_planned=ON)).visit_planned
    assert not facts(entries, contacts=Contacts(visit_planned=ON - timedelta(days=1))).visit_planned


def test_a_tenancy_ends_after_its_last_day() -> None:
    entries = household([*GOOD, None])
    assert not facts(entries, tenancy=Tenancy(ended=ON)).ended
    assert facts(entries, tenancy=Tenancy(ended=ON - timedelta(days=1))).ended


def test_two_months_without_a_new_rent_is_a_question_not_a_visit() -> None:
    entries = household([*GOOD, None])
    assert not facts(entries, date(2027, 1, 2)).rent_stopped
    assert facts(entries, date(2027, 1, 3)).rent_stopped


def test_arrears_that_get_smaller() -> None:
    more = [0] * 20 + [None, None] + [0] * 3
    entries = [
        *household(more),
        paid(date(2026, 10, 10), 300_00),
        paid(date(2026, 11, 5), 300_00, id_="extra"),
    ]
    assert facts(entries).falling
    assert not facts(entries, date(2026, 10, 9)).falling, "the first extra money came on the 10th"
    assert not facts(household([*GOOD, None])).falling


def test_a_household_that_is_always_a_month_late_has_a_standing_debt() -> None:
    entries = household([30] * 14 + [None], last_due=date(2026, 11, 1))
    on = date(2026, 11, 25)
    assert facts(entries, on).standing_debt
    assert look(entries, on).recommendation.rule == "vaste-achterstand"
    assert not facts(household([*GOOD, None, 0, 0, 0, 0]), date(2026, 11, 20)).standing_debt, (
        "not half a year yet"
    )
    assert facts(household([*GOOD, None, 0, 0, 0, 0, 0, 0]), date(2026, 11, 20)).standing_debt
    grows = household([30] * 12 + [None, None, None])
    assert not facts(grows, on).standing_debt


def test_recovery_time_is_the_households_own_and_never_beyond_the_limit() -> None:
    entries = household([*[0, 10, 0, 0, 0, 0] * 4, None])
    found = facts(entries, date(2026, 11, 9))
    assert found.recovery_until == date(2026, 11, 11)
    assert found.within_own_recovery
    assert facts(entries, date(2026, 11, 11)).within_own_recovery
    assert not facts(entries, date(2026, 11, 12)).within_own_recovery
    assert facts(household([*GOOD, None])).recovery_until is None


@pytest.mark.parametrize(
    ("days", "first"),
    [([0] * 12, True), ([0] * 11, False), ([0, 28, *[0] * 12], False), ([*[0] * 12, 28], False)],
)
def test_the_first_time_takes_a_year_in_which_it_never_happened(days: list[int], first: bool) -> None:
    assert facts(household([*days, None])).first_time is first


def test_the_amount_is_what_may_no_longer_come_or_else_all_that_is_open() -> None:
    assert facts(household([*[11] * 24, None, None])).amount == RENT, "November may still come"
    assert facts(household([*[11] * 24, None])).amount == RENT, "nothing is late yet: all that is open"


def test_only_a_bill_open_is_no_rent_open() -> None:
    bill = Entry("rekening", date(2026, 11, 2), Kind.CHARGE, 180_00, component=Component.OTHER)
    assert facts([*household([*GOOD, 0]), bill]).only_other
    assert not facts([*household([*GOOD, None]), bill]).only_other


def test_a_day_beyond_the_holiday_data_is_refused_for_who_is_behind() -> None:
    entries = household([*GOOD, None], last_due=date(2032, 12, 1))
    with pytest.raises(NotCovered):
        look([*entries, Entry("januari", date(2033, 1, 1), Kind.CHARGE, RENT)], date(2033, 1, 10))


def test_an_empty_ledger_asks_for_nothing() -> None:
    found = look([])
    assert found.recommendation.action is Action.NOTHING
    assert found.pattern.months == ()
    assert found.signals == ()


pauses = st.lists(
    st.tuples(days, st.integers(0, 30)).map(lambda p: Pause(p[0], p[0] + timedelta(days=p[1]))), max_size=1
)


@given(ledgers(), st.integers(0, 70), pauses, st.booleans())
def test_any_ledger_can_be_assessed(
    entries: list[Entry], shift: int, paused: list[Pause], cheap: bool
) -> None:
    """Every kind of entry, in every order: never an error, and the parts agree with each other."""
    if not cheap:  # amounts above the limit for small ones
        entries = [replace(entry, amount=entry.amount * 100_00) for entry in entries]
    on = LAST_DAY - timedelta(days=shift)
    found = look(entries, on, pauses=paused)
    at = position(entries, on)
    assert (found.totals.balance, found.totals.overdue) == (at.balance, at.overdue)
    assert found.ageing == ageing(at, pauses=paused)
    assert found.ageing.balance == at.balance
    assert found.standing.in_arrears == found.facts.in_arrears == (at.overdue > 0)
    assert not found.signals or found.standing.in_arrears
    if found.recommendation.action is Action.NOTHING:
        assert not found.standing.real
    if paused and paused[0].active(on) and at.overdue:
        assert found.recommendation.action is Action.WAIT
    for signal in found.signals:
        assert too_long(signal.reason) == []
        assert len(sentences(signal.reason)) <= 4


@given(ledgers(), st.integers(0, 70))
def test_the_order_of_import_and_repetition_change_nothing(entries: list[Entry], shift: int) -> None:
    on = LAST_DAY - timedelta(days=shift)
    first, again, turned = look(entries, on), look(entries, on), look(entries[::-1], on)
    for other in (again, turned):
        assert first.recommendation == other.recommendation
        assert first.signals == other.signals
        assert first.facts == other.facts


@given(ledgers(), st.integers(0, 70))
def test_money_for_everything_that_is_open_ends_every_signal(entries: list[Entry], shift: int) -> None:
    on = LAST_DAY - timedelta(days=shift)
    everything = sum(charge.outstanding for charge in position(entries, on).open_charges)
    money = Entry("geld", on, Kind.PAYMENT, everything, sequence=9)
    found = look([*entries, money], on)
    assert found.totals.overdue == 0
    assert found.signals == ()
    assert found.recommendation.action is Action.NOTHING


def test_limits_are_what_the_assessment_goes_by() -> None:
    strict = replace(POLICY, limits=replace(LIMITS, small_amount=0, grace_limit_days=0))
    entries = household([11] * 24 + [None])
    assert assess(entries, date(2026, 11, 5), strict, CALENDAR).standing.real
    assert not assess(entries, date(2026, 11, 5), POLICY, CALENDAR).standing.real
