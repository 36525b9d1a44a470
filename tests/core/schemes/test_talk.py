"""The talk: a list of answers, folded again at every step; and what it shows in the end."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.schemes.households import couple, on, single, single_parent
from tests.scheme_talks import talk as made_up
from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.adapters.scheme_talk import result_of, screen
from voordeur.core.schemes.household import Fact, Household, Scheme, Span, exactly
from voordeur.core.schemes.result import SUMMED, State, result
from voordeur.core.schemes.talk import Said, in_words, talk

KNOWN = Household(rent=650_00, size=1)
ALONE = [
    Said("receives", []), Said("born", {"born": "1990-04-02"}), Said("income", {"amount": 22_000_00, "per": "year"}),
]  # fmt: skip


def test_a_talk_is_its_list_of_answers() -> None:
    found = talk(KNOWN, ALONE, on())
    assert [one.said for one in found.turns] == ALONE
    assert found.question is not None
    assert found.question.facts == (Fact.NET_INCOME,) or found.question.facts[0] in (Fact.ASSETS,)
    assert found.home.born == date(1990, 4, 2)


def test_an_answer_whose_question_is_not_asked_any_more_falls_away() -> None:
    """Who turns out to have no partner is not asked for a birthday of one."""
    home = Household(rent=650_00)
    said = [Said("receives", []), Said("partner", True), Said("children", []), Said("others", []),
            Said("born", {"born": "1990-04-02", "partner_born": "1991-04-02"}),
            Said("insured", "tenant")]  # fmt: skip
    before = talk(home, said, on())
    assert len(before.turns) == 5
    after = talk(home, [said[0], Said("partner", False), *said[2:]], on())
    assert after.home.partner_born is None
    assert after.home.partner is False


def test_an_answer_that_cannot_be_read_stops_there_and_says_why() -> None:
    found = talk(KNOWN, [ALONE[0], Said("born", {"born": "morgen"}), ALONE[2]], on())
    assert [one.code for one in found.problems] == ["answer-unreadable"]
    assert found.question is not None
    assert found.question.facts == (Fact.BORN,)
    assert len(found.turns) == 1


def test_what_was_skipped_or_answered_is_not_asked_again() -> None:
    """Without a partner or not an income of so much a month says nothing, and is not asked for ever."""
    home, rules, seen = Household(rent=650_00), on(), list[str]()
    said: list[Said] = []
    while (question := talk(home, said, rules).question) is not None:
        seen.append(question.facts[0].value)
        per_month = {"amount": 1_500_00, "per": "month"}
        about_income = question.facts[0] in (Fact.INCOME, Fact.NET_INCOME)
        said.append(Said(seen[-1], per_month) if about_income else Said(seen[-1], skipped=True))
    assert len(seen) == len(set(seen)) <= 12


def test_five_hundred_households_need_at_most_twelve_answers() -> None:
    counts = [sum(1 for _ in made_up(seed)) - 1 for seed in range(500)]
    assert max(counts) <= 12
    assert sum(counts) / len(counts) < 9


@pytest.mark.parametrize(
    ("about", "answer", "dutch"),
    [
        ("receives", ["zorgtoeslag", "huurtoeslag"], "Huurtoeslag en Zorgtoeslag"),
        ("receives", [], "niets"),
    ],
)
def test_answers_are_read_back(about: str, answer: object, dutch: str) -> None:
    (turn,) = talk(KNOWN, [Said(about, answer)], on()).turns
    assert in_words(turn).nl == dutch


def test_what_was_skipped_is_read_back_as_skipped() -> None:
    (turn,) = talk(KNOWN, [Said("receives", skipped=True)], on()).turns
    assert in_words(turn).nl == "overgeslagen"


# --- the result ---


def test_the_sum_is_of_what_we_calculate_and_is_not_there_yet() -> None:
    home = single_parent(date(2015, 3, 1), receives=frozenset({Scheme.CARE}), long_low_income=True)
    found = result(home, on())
    cards = {card.scheme: card for card in found.cards}
    assert cards[Scheme.CARE].state is State.RECEIVED
    assert cards[Scheme.INCOME_SUPPLEMENT].state is State.ASK
    assert found.high == cards[Scheme.HOUSING].high + cards[Scheme.CHILD_BUDGET].high
    assert found.head.nl == "Aanvragen is de moeite waard"
    assert [card.state for card in found.cards] == sorted(
        (card.state for card in found.cards), key=list(State).index
    )


def test_assistance_is_never_in_the_sum() -> None:
    home = single(net_income=exactly(500_00), income=exactly(6_000_00))
    found = result(home, on())
    cards = {card.scheme: card for card in found.cards}
    assert cards[Scheme.ASSISTANCE].state is State.WORTH
    assert found.high == sum(cards[one].high for one in SUMMED if cards[one].state is State.WORTH)


def test_nobody_is_told_that_something_is_a_right() -> None:
    for home in (
        single(),
        couple(),
        single_parent(),
        Household(rent=600_00),
        single(income=exactly(90_000_00)),
    ):
        for card in result(home, on()).cards:
            said = f"{card.sentence.nl} {card.sentence.en}".lower()
            assert "recht op" not in said
            assert "entitled" not in said


def test_rows_add_up_to_what_stands_beside_the_title() -> None:
    (card,) = [one for one in result(single(), on()).cards if one.scheme is Scheme.HOUSING]
    assert card.rows[-1].total
    assert card.rows[-1].amount == card.short
    assert all(row.source and row.trust for row in card.rows)


def test_a_range_says_what_makes_it() -> None:
    found = result(single(income=Span(22_000_00, 26_000_00)), on())
    (card,) = [one for one in found.cards if one.scheme is Scheme.HOUSING]
    assert card.range is not None
    assert card.range.nl.startswith("Het minste is €\u00a0303, bij het hoogste inkomen dat past.")
    assert card.inputs is not None
    assert "tussen €\u00a022.000 en €\u00a026.000 per jaar" in card.inputs.nl


def test_with_nothing_to_ask_for_that_is_said() -> None:
    rich = single(income=exactly(90_000_00), net_income=exactly(5_000_00), assets=exactly(500_000_00))
    assert result(rich, on()).head.nl == "Er lijkt niets te missen"
    assert result(rich, on()).sum is None


def test_who_did_not_say_what_comes_in_already_is_warned() -> None:
    found = result(replace(single(), receives=None), on())
    assert "We weten niet wat u hiervan al krijgt." in found.note.nl


def test_a_provisional_year_is_labelled() -> None:
    """The child budget of 2027 is an estimate of the budget, and says so."""
    home = single_parent(date(2015, 3, 1))
    (card,) = [one for one in result(home, on(date(2027, 2, 1))).cards if one.scheme is Scheme.CHILD_BUDGET]
    assert "De bedragen van dat jaar zijn nog een raming." in card.sentence.nl


# --- as the screens travel ---


def test_the_same_talk_gives_the_same_result_as_its_screens() -> None:
    for seed in range(30):
        last = list(made_up(seed))[-1]
        shown = screen(last)
        assert shown["over"] is True
        found = result_of({**last, "said": shown["said"]}, load_rule_book())
        assert shown["result"] == {
            "low": found.low, "high": found.high, "until": found.until.isoformat(),
            "schemes": [
                {"scheme": one.scheme.value, "state": one.state.value, "low": one.low, "high": one.high}
                for one in found.cards
            ],
        }  # fmt: skip
