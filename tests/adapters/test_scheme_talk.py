"""The talk as it travels: forms in, screens out. Whatever somebody types, the screen says what is wrong with it."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.pdf_structure import findings
from tests.scheme_talks import DAY
from tests.scheme_talks import talk as made_up
from voordeur.adapters.json_call import call
from voordeur.adapters.scheme_paper import Paper, scheme_paper
from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.adapters.scheme_talk import result_of, screen
from voordeur.core.problems import Refused

START: dict[str, Any] = {"day": DAY, "language": "nl", "known": {"rent": 650_00}, "said": []}
TOLD = [
    {"about": "receives", "answer": []}, {"about": "partner", "answer": False}, {"about": "children", "answer": []},
    {"about": "others", "answer": []}, {"about": "born", "answer": {"born": "1990-04-02"}},
]  # fmt: skip
AT_INCOME = START | {"said": TOLD}


def press(request: dict[str, Any], button: str, **fields: list[str]) -> dict[str, Any]:
    return screen(request | {"fields": {"press": [button], **fields}})


def income(amount: str, per: str = "year") -> dict[str, Any]:
    return press(AT_INCOME, "next", number=["5"], about=["income"], amount=[amount], per=[per])


@pytest.mark.parametrize(
    ("said", "cents"),
    [
        ("1800", 180_000), ("1.800", 180_000), ("€ 1.800,50", 180_050), ("1 800", 180_000), ("24.000", 2_400_000),
        ("0", 0), ("1800,5", 180_050),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(said: str, cents: int) -> None:
    assert income(said)["said"][-1]["answer"] == {"amount": cents, "per": "year"}


@pytest.mark.parametrize("said", ["", "veel", "-5", "1,2,3"])
def test_what_is_no_amount_stays_at_the_question_and_says_so(said: str) -> None:
    shown = income(said)
    assert (shown["number"], len(shown["said"])) == (5, 5)
    assert "Dit is geen bedrag. Schrijf alleen het getal, zoals 1800." in shown["html"]


def test_a_choice_that_was_not_made_is_asked_for() -> None:
    assert "Kies een van de mogelijkheden." in income("1800", "")["html"]
    assert (
        "Er is niets gekozen."
        in press(START | {"said": TOLD[:1]}, "next", number=["1"], about=["partner"])["html"]
    )


@pytest.mark.parametrize(("said", "day"), [("2-4-1990", "1990-04-02"), ("1990-04-02", "1990-04-02")])
def test_days_are_read_in_dutch_too(said: str, day: str) -> None:
    shown = press(START | {"said": TOLD[:4]}, "next", number=["4"], about=["born"], born=[said])
    assert shown["said"][-1]["answer"] == {"born": day}


def test_going_back_and_changing_keep_what_was_said() -> None:
    back = press(AT_INCOME, "back", number=["5"])
    assert (back["number"], len(back["said"])) == (4, 5)
    assert 'value="1990-04-02"' in back["html"]
    changed = press(AT_INCOME, "next", number=["4"], about=["born"], born=["1980-01-01"])
    assert (changed["number"], changed["said"][4]["answer"]) == (5, {"born": "1980-01-01"})
    again = press(AT_INCOME, "change-1", number=["5"])
    assert again["number"] == 1
    assert 'value="nee" checked' in again["html"]


def test_a_mistake_in_a_change_loses_nothing() -> None:
    shown = press(AT_INCOME, "next", number=["4"], about=["born"], born=["31-2-1990"])
    assert (shown["number"], shown["said"]) == (4, [one | {"skipped": False} for one in TOLD])
    assert "Dit is geen geboortedatum." in shown["html"]


def test_the_result_can_be_seen_before_the_end() -> None:
    shown = press(AT_INCOME, "finish", number=["5"])
    assert shown["over"] is True
    assert "nog niet bekend" in shown["html"]
    assert press(START, "finish", number=["0"])["over"] is False, "there is nothing to show yet"


def test_what_somebody_types_never_becomes_markup() -> None:
    evil = '"><script>alert(1)</script>'
    request = START | {"language": evil, "known": {"rent": 650_00, "municipality": evil}}
    for shown in (
        press(request, "next", number=[evil], about=["receives"], answer=[evil]),
        press(AT_INCOME, "next", number=["5"], about=["income"], amount=[evil], per=[evil]),
        press(START | {"said": [{"about": "receives", "answer": [evil]}]}, evil),
    ):
        assert "<script" not in shown["html"]


@pytest.mark.parametrize(
    "request_",
    [{}, {"day": "x"}, START | {"said": "x"}, START | {"known": {"rent": -1}}, START | {"said": [1]}],
)
def test_a_request_that_is_none_of_ours_is_refused_in_words(request_: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        screen(request_)
    assert [one.code for one in refusal.value.problems] == ["talk-unreadable"]


def test_a_day_without_amounts_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refusal:
        screen(START | {"day": "2031-01-01"})
    assert refusal.value.problems[0].message.nl == "Van 1 januari 2031 kennen we de bedragen niet."


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_NAMES = st.sampled_from(("receives", "partner", "children", "others", "born", "income", "assets", "insured"))


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(_NAMES, _ANYTHING), max_size=6), st.dictionaries(_NAMES, st.lists(st.text(max_size=8)))
)
def test_whatever_comes_in_ends_in_a_screen(
    said: list[tuple[str, object]], fields: dict[str, list[str]]
) -> None:
    answers = [{"about": about, "answer": answer} for about, answer in said]
    shown = screen(START | {"said": answers, "fields": fields | {"press": ["next"], "number": ["0"]}})
    assert isinstance(shown["html"], str)
    json.dumps(shown)


# --- the call out of a browser ---


def test_a_call_comes_back_as_json_and_a_refusal_with_its_problems() -> None:
    said = json.loads(call("voordeur.adapters.scheme_talk", "screen", json.dumps([START])))
    assert said["result"] == screen(START)
    refused = json.loads(call("voordeur.adapters.scheme_talk", "screen", "[{}]"))
    assert refused["problems"][0]["code"] == "talk-unreadable"
    assert refused["problems"][0]["message"]["nl"].startswith("Deze antwoorden")


@pytest.mark.parametrize(
    ("module", "name"), [("os", "getcwd"), ("voordeur.core.money", "_x"), ("json", "loads")]
)
def test_nothing_else_can_be_called(module: str, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        call(module, name, "[]")


# --- on paper ---


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_for_the_tenant_is_one_accessible_page_and_always_the_same(language: str) -> None:
    for seed in (0, 3, 7, 11, 19):
        last = list(made_up(seed, language))[-1]
        found = result_of({**last, "said": screen(last)["said"]}, load_rule_book())
        paper = Paper(
            found,
            date.fromisoformat(DAY),
            "Molenstraat 14",
            "Marit Hoogland",
            "Wonen Lindewaard",
            "0800 1234",
        )
        made = scheme_paper(paper, language)
        assert made == scheme_paper(paper, language)
        assert findings(made) == []
