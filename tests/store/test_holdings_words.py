"""Codes become words for whoever asks what is kept; a code that nobody wrote words for is told as it is."""

from dataclasses import fields

import pytest

from voordeur.actions.handle_request import RequestWay
from voordeur.core.case_values import Event
from voordeur.store import models
from voordeur.store.holdings_others import _OTHERS, WHOLE, Asker
from voordeur.store.holdings_parts import PARTS
from voordeur.store.holdings_words import (
    _SAID,
    _SO,
    BANK_STATES,
    LETTER_STATES,
    ROUTES,
    WAYS,
    details_in_words,
)

ELSEWHERE = {"kind", "day", "by", "second", "reason", "overrules", "owner"}
"""Told by a column of their own, or of a colleague."""


def test_every_detail_of_an_event_has_words() -> None:
    assert {one.name for one in fields(Event)} - ELSEWHERE == set(_SAID) | set(_SO)


def test_an_event_in_words() -> None:
    said = details_in_words(
        {
            "channel": "visit",
            "part": "evening",
            "help_told": True,
            "offer": False,
            "until": "2026-11-30",
            "evidence": "contact:b6c80c5a-432a-4576",
            "amount": 61840,
            "answer": "taken_up",
        }
    )
    assert said.nl == (
        "hoe: huisbezoek; wanneer: avond; hulp genoemd; tot en met: 30 november 2026; bewijs: contact b6c80c5a;"
        " bedrag: €\u00a0618,40; antwoord: De gemeente is ermee bezig."
    )
    assert "phone" not in said.en


@pytest.mark.parametrize(
    "details", [{"new_thing": "x"}, {"channel": "pigeon"}, {"until": "ooit"}, {"amount": "veel"}]
)
def test_what_nobody_knows_is_told_as_it_is(details: dict[str, str]) -> None:
    [value] = details.values()
    assert value in details_in_words(details).nl


def test_every_code_that_a_column_may_hold_has_words() -> None:
    assert set(BANK_STATES) == set(models.BankLine.State)
    assert set(LETTER_STATES) == set(models.SentLetter.State)
    assert set(ROUTES) >= set(models.SentLetter.Route)
    assert set(WAYS) == set(RequestWay)


def test_what_is_left_out_for_one_of_two_is_a_datum_of_its_record() -> None:
    """A name that no column has would leave nothing out."""
    asker = Asker(1, "een ander", frozenset({"06"}), frozenset())
    told = {part.model: {one.name for one in part.told} for part in PARTS}
    for model, judge in _OTHERS.items():
        row = model(to="06") if model is models.SentMessage else model()
        names = judge(row, asker)
        assert names == WHOLE or names <= told[model], model
        assert names, model
