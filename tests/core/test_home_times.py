"""When is somebody in: learned from earlier visits, and said with the numbers."""

from datetime import date, timedelta

from voordeur.adapters.plan_rules import load_plan_rules
from voordeur.core.contacts import Channel, Contact, DayPart
from voordeur.core.home_times import (
    Tries,
    added,
    advice,
    chances,
    counted,
    evening_only,
    place_advice,
    place_chances,
)

TODAY = date(2026, 11, 23)
RULES = load_plan_rules()
NOBODY = dict.fromkeys(DayPart, Tries())


def visit(
    days_ago: int, part: DayPart, *, reached: bool, channel: Channel = Channel.VISIT, incoming: bool = False
) -> Contact:
    return Contact(TODAY - timedelta(days=days_ago), channel, part, reached, incoming=incoming)


def test_only_our_own_visits_of_the_past_year_count() -> None:
    found = counted(
        [
            visit(3, DayPart.EVENING, reached=True),
            visit(4, DayPart.EVENING, reached=False),
            visit(5, DayPart.EVENING, reached=True, channel=Channel.PHONE),
            visit(6, DayPart.EVENING, reached=True, incoming=True),
            visit(400, DayPart.EVENING, reached=True),
        ],
        TODAY,
        RULES,
    )
    assert found[DayPart.EVENING] == Tries(2, 1)
    assert found[DayPart.MORNING] == Tries()


def test_without_any_visit_every_part_has_the_chance_of_the_rules() -> None:
    assert set(place_chances(NOBODY, RULES).values()) == {RULES.chance_percent / 100}


def test_few_visits_lean_on_the_whole_and_many_speak_for_themselves() -> None:
    few = {**NOBODY, DayPart.EVENING: Tries(1, 1)}
    many = {**NOBODY, DayPart.EVENING: Tries(200, 180), DayPart.MORNING: Tries(200, 20)}
    assert 0.35 < place_chances(few, RULES)[DayPart.EVENING] < 0.45
    assert 0.85 < place_chances(many, RULES)[DayPart.EVENING] < 0.9
    assert 0.1 < place_chances(many, RULES)[DayPart.MORNING] < 0.16


def test_a_household_leans_on_its_neighbourhood_until_it_has_visits_of_its_own() -> None:
    place = {DayPart.MORNING: 0.2, DayPart.AFTERNOON: 0.3, DayPart.EVENING: 0.6}
    assert chances(NOBODY, place, RULES) == {DayPart.MORNING: 20, DayPart.AFTERNOON: 30, DayPart.EVENING: 60}
    own = {**NOBODY, DayPart.EVENING: Tries(2, 0)}
    assert chances(own, place, RULES)[DayPart.EVENING] == 30


def test_the_evening_only_is_known_from_the_diary_alone() -> None:
    by_day = {**NOBODY, DayPart.MORNING: Tries(1, 0), DayPart.AFTERNOON: Tries(1, 0)}
    assert not evening_only(by_day, RULES), "nobody by day says nothing about the evening"
    assert evening_only({**by_day, DayPart.EVENING: Tries(2, 1)}, RULES)
    assert not evening_only({**by_day, DayPart.AFTERNOON: Tries(2, 1), DayPart.EVENING: Tries(2, 1)}, RULES)


def test_the_advice_says_the_numbers_in_both_languages() -> None:
    own = {**NOBODY, DayPart.AFTERNOON: Tries(2, 0), DayPart.EVENING: Tries(3, 2)}
    said = advice(own)
    assert said is not None
    assert said.nl == "’s Middags 2 keer niemand. ’s Avonds 2 van de 3 keer iemand."
    assert said.en == "In the afternoon nobody, 2 times. In the evening somebody 2 of 3 times."
    assert advice(NOBODY) is None


def test_the_neighbourhood_says_its_best_part_with_the_numbers() -> None:
    place = added([{**NOBODY, DayPart.EVENING: Tries(4, 3)}, {**NOBODY, DayPart.MORNING: Tries(5, 1)}])
    said = place_advice("Molenkwartier", place, RULES)
    assert said is not None
    assert said.nl == "In Molenkwartier deed ’s avonds 3 van de 4 keer iemand open."
    assert place_advice("Molenkwartier", NOBODY, RULES) is None
