"""The answer as a whole: what is said, until when, by when to apply, and how far the amounts can be trusted."""

from datetime import date

import pytest

from tests.core.schemes.households import couple, on, single, single_parent
from voordeur.core.schemes.answer import Answer, check
from voordeur.core.schemes.household import Household, Scheme, Span, exactly
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.sentences import ABOUT, FACTS, whole
from voordeur.core.words import Words


def answer(home: Household, scheme: Scheme, rules: DayRules | None = None) -> Answer:
    return next(one for one in check(home, rules or on()) if one.scheme is scheme)


def test_it_is_worth_applying_and_never_a_right() -> None:
    found = answer(single(), Scheme.HOUSING)
    assert found.words == Words(
        "De moeite waard om aan te vragen: ongeveer €\u00a0361 per maand, tot en met 31 december 2026.",
        "Worth applying for: about €\u00a0361 a month, until 31 December 2026.",
    )
    assert found.apply_by == date(2027, 12, 31)


def test_a_range_is_said_as_a_range() -> None:
    said = answer(single(income=Span(22_000_00, 26_000_00)), Scheme.HOUSING).words.nl
    assert "ongeveer €\u00a0303 tot €\u00a0361 per maand" in said
    perhaps = answer(single(income=Span(22_000_00, 60_000_00)), Scheme.HOUSING).words.nl
    assert perhaps.startswith("Misschien de moeite waard om aan te vragen: hoogstens ongeveer €\u00a0361")


def test_an_amount_holds_until_the_next_birthday_that_changes_it() -> None:
    found = answer(single_parent(date(2014, 11, 5)), Scheme.CHILD_BUDGET)
    assert found.until == date(2026, 11, 30)


def test_who_gets_it_already_is_asked_to_compare() -> None:
    found = answer(single(receives=frozenset({Scheme.HOUSING})), Scheme.HOUSING)
    assert found.received
    assert (
        found.words.nl
        == "U krijgt dit al. Met deze gegevens is het ongeveer €\u00a0361 per maand: klopt dat?"
    )


def test_assistance_promises_nothing() -> None:
    found = answer(single(net_income=exactly(1_000_00)), Scheme.ASSISTANCE)
    assert found.words.en == (
        "Worth asking: the income is about €\u00a0419.46 a month below the norm, until 31 December 2026."
    )


@pytest.mark.parametrize(
    ("day", "trust", "shown"),
    [(date(2023, 5, 1), "unverified", True), (date(2026, 5, 1), "secondary", False)],
)
def test_amounts_that_nobody_checked_are_shown_as_such(day: date, trust: str, shown: bool) -> None:
    """Of 2023 the asset limit for housing benefit comes from memory."""
    found = answer(single(), Scheme.HOUSING, on(day))
    assert found.trust == trust
    assert ("nagezien" in found.words.nl) is shown


@pytest.mark.parametrize(
    ("scheme", "home", "day", "shown"),
    [
        (Scheme.HOUSING, single(assets=exactly(40_000_00)), date(2023, 5, 1), True),
        (Scheme.HOUSING, single(assets=exactly(40_000_00)), date(2026, 5, 1), False),
        (Scheme.ASSISTANCE, single(net_income=exactly(1_300_00)), date(2023, 5, 1), True),
        (Scheme.ASSISTANCE, single(assets=exactly(9_000_00)), date(2026, 5, 1), True),
        (Scheme.ASSISTANCE, single(net_income=exactly(1_500_00)), date(2026, 5, 1), False),
        (Scheme.ASSISTANCE, single(assets=exactly(9_000_00)), date(2026, 8, 1), False),
    ],
)
def test_a_no_that_leans_on_what_nobody_checked_says_so(
    scheme: Scheme, home: Household, day: date, shown: bool
) -> None:
    words = answer(home, scheme, on(day)).words.nl
    assert words.startswith("Waarschijnlijk niet.")
    assert ("nagezien" in words) is shown


def test_why_not_and_what_is_missing_are_said() -> None:
    assert answer(single(income=exactly(45_000_00)), Scheme.CARE).words.nl == (
        "Waarschijnlijk niet. Het inkomen is hier te hoog voor."
    )
    missing = answer(couple(income=None, net_income=None, assets=None), Scheme.CARE).words
    assert missing.nl == "We weten nog niet: het inkomen, het vermogen op 1 januari."


def test_every_scheme_says_where_to_ask_and_with_which_papers() -> None:
    assert list(ABOUT) == list(Scheme)
    assert all(words.nl and words.en for about in ABOUT.values() for words in about)
    assert all(words.nl and words.en for words in FACTS.values())


@pytest.mark.parametrize(
    ("cents", "said"), [(212_00, "€\u00a0212"), (212_50, "€\u00a0212,50"), (1_000_00, "€\u00a01.000")]
)
def test_whole_euros_are_said_without_cents(cents: int, said: str) -> None:
    assert whole(cents).nl == said
