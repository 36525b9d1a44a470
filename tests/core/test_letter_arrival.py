"""What becomes of a letter: presumed, recorded, too late to shorten anything, or come back."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.case_road import LAW, OPENED, RANG, REMINDED, SPOKE, E, at, codes, lived, said
from voordeur.core.case_terms import reaction_until
from voordeur.core.cases import Case, Duty, Event, step

PRESUMED = replace(
    REMINDED, day=date(2026, 9, 15), delivered=date(2026, 9, 18), presumed=True, evidence="brief-1"
)
SENT = PRESUMED.day
ON = date(2026, 9, 25)


def posted() -> Case:
    """The reminder is on its way; nobody saw it arrive."""
    return lived(OPENED, RANG, SPOKE, PRESUMED)


def arrived(day: date) -> Event:
    return said(E.LETTER_DELIVERED, ON, evidence="brief-1", delivered=day)


def came_back() -> Event:
    return said(E.LETTER_FAILED, ON, evidence="brief-1", reason="retour")


def test_until_somebody_records_it_the_arrival_is_presumed() -> None:
    proof = posted().proof(Duty.REMINDER)
    assert proof is not None
    assert (proof.delivered, proof.presumed) == (date(2026, 9, 18), True)


def test_a_later_arrival_gives_the_tenant_more_time() -> None:
    case = step(posted(), arrived(date(2026, 9, 22)), at(ON), LAW)
    proof = case.proof(Duty.OFFER)
    assert proof is not None
    assert (proof.delivered, proof.presumed) == (date(2026, 9, 22), False)
    assert reaction_until(case, LAW) == date(2026, 10, 6)


def test_an_earlier_arrival_does_not_shorten_what_the_letter_says() -> None:
    case = step(posted(), arrived(SENT), at(ON), LAW)
    assert reaction_until(case, LAW) == reaction_until(posted(), LAW) == date(2026, 10, 2)


def test_a_letter_that_came_back_proves_no_duty() -> None:
    case = step(posted(), came_back(), at(ON), LAW)
    assert case.state is posted().state
    assert case.proof(Duty.REMINDER) is None
    assert case.proof(Duty.OFFER) is None
    assert reaction_until(case, LAW) is None


def test_what_came_back_does_not_arrive_any_more() -> None:
    case = step(posted(), came_back(), at(ON), LAW)
    assert "letter-named" in codes(case, arrived(SENT), at(ON))


@pytest.mark.parametrize("day", [date(2026, 9, 14), date(2026, 9, 26)])
def test_no_arrival_before_sending_or_after_today(day: date) -> None:
    assert codes(posted(), arrived(day), at(ON)) == ["arrived-on"]


def test_nothing_is_recorded_of_a_letter_that_was_never_sent() -> None:
    assert codes(posted(), replace(came_back(), evidence="brief-2"), at(ON)) == ["letter-named"]
