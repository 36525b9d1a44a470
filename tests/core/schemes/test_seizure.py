"""The protected income as a warning: the statutory maxima to the cent, and what is missing."""

from datetime import date

import pytest

from tests.core.schemes.households import NOVEMBER, decide, on, single
from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import Fact, Scheme, exactly
from voordeur.core.schemes.seizure import LIVING, maximum, parts, protected_income

VOET = Scheme.PROTECTED_INCOME


@pytest.mark.parametrize("day", [date(2026, 1, 1), NOVEMBER])
@pytest.mark.parametrize("living", ["single", "couple"])
def test_with_a_high_income_the_formula_comes_to_the_maximum_of_the_law(living: str, day: date) -> None:
    """Without children the parts at their caps are the statutory maximum, to the cent."""
    found = parts(on(day), living, 150_000_00)
    assert found is not None
    assert round(sum(amount for _, amount in found)) == maximum(on(day), living)


@pytest.mark.parametrize("living", LIVING)
def test_never_above_the_maximum_nor_above_95_percent(living: str) -> None:
    assert protected_income(on(), living, 150_000_00, 6_500_00) == maximum(on(), living)
    assert protected_income(on(), living, 0, 1_000_00) == 950_00


def test_at_the_norm_95_percent_of_it_is_protected() -> None:
    assert protected_income(on(), "single", 17_000_00, 1_500_00) == 1_348_49


def test_other_income_counts_for_at_most_half() -> None:
    assert protected_income(on(), "couple", 0, 5_000_00, 300_00) == 1_926_40 - 300_00
    assert protected_income(on(), "couple", 0, 5_000_00, 2_000_00) == 963_20


def test_too_little_left_is_a_warning_with_the_amount() -> None:
    home = single(seizure=True, after_seizure=1_200_00, income=exactly(20_000_00))
    assert decide(home, VOET) == Decision(Outcome.ASK_PERSON, 148_49, 148_49, "too-much-seized")


def test_enough_left_no_seizure_and_not_known() -> None:
    assert decide(single(seizure=True, after_seizure=1_348_49), VOET).reason == "enough-left"
    assert decide(single(), VOET).reason == "no-seizure"
    assert decide(single(seizure=None), VOET).missing == (Fact.SEIZURE,)
    asked = decide(single(seizure=True), VOET)
    assert (asked.outcome, asked.missing) == (Outcome.ASK_PERSON, (Fact.AFTER_SEIZURE,))


def test_before_2026_there_are_no_amounts() -> None:
    assert decide(single(seizure=True, after_seizure=0), VOET, date(2025, 12, 31)).reason == "no-data"
