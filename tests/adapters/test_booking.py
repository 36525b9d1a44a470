"""The table in the docstring of `booking`, cell by cell, and what it promises: the balance stays whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.booking import book_bare, book_owed, meaning_in, meaning_reader
from voordeur.adapters.cells import CellFault
from voordeur.adapters.profiles import Meaning, plain_words, shipped_profiles
from voordeur.core.ledger import Component, Entry, Kind

REFUSED = None

#    word                     owed above zero           owed below zero        bare, positive         bare, negative
TABLE = [
    (Meaning.RENT,        ("charge", 500),          ("correction", -500),  ("charge", 500),       ("correction", -500)),
    (Meaning.SERVICE,     ("charge", 500),          ("correction", -500),  ("charge", 500),       ("correction", -500)),
    (Meaning.OTHER,       ("charge", 500),          ("correction", -500),  ("charge", 500),       ("correction", -500)),
    (Meaning.COSTS,       ("charge", 500),          ("correction", -500),  ("charge", 500),       ("correction", -500)),
    (Meaning.INTEREST,    ("charge", 500),          ("correction", -500),  ("charge", 500),       ("correction", -500)),
    (Meaning.PAYMENT,     ("reversal", 500),        ("payment", 500),      ("payment", 500),      REFUSED),
    (Meaning.REVERSAL,    ("reversal", 500),        ("correction", -500),  ("reversal", 500),     REFUSED),
    (Meaning.REFUND,      ("refund", 500),          ("correction", -500),  ("refund", 500),       REFUSED),
    (Meaning.CORRECTION,  ("correction", 500),      ("correction", -500),  ("correction", 500),   ("correction", -500)),
    (Meaning.CREDIT_NOTE, ("correction", 500),      ("correction", -500),  ("correction", -500),  ("correction", -500)),
    (Meaning.WRITE_OFF,   ("correction", 500),      ("write_off", 500),    ("write_off", 500),    REFUSED),
    (Meaning.BUNDLE,      REFUSED,                  REFUSED,               REFUSED,               REFUSED),
]  # fmt: skip


@pytest.mark.parametrize(("meaning", "above", "below", "positive", "negative"), TABLE)
def test_the_table(
    meaning: Meaning,
    above: tuple[str, int] | None,
    below: tuple[str, int] | None,
    positive: tuple[str, int] | None,
    negative: tuple[str, int] | None,
) -> None:
    for book, amount, expected in (
        (book_owed, 500, above),
        (book_owed, -500, below),
        (book_bare, 500, positive),
        (book_bare, -500, negative),
    ):
        if expected is REFUSED:
            with pytest.raises(CellFault):
                book(meaning, amount)
        else:
            kind, _, cents = book(meaning, amount)
            assert (kind, cents) == expected


def test_the_table_is_complete() -> None:
    assert [row[0] for row in TABLE] == list(Meaning)


def test_charges_keep_what_they_are_for() -> None:
    assert book_owed(Meaning.SERVICE, 500)[1] is Component.SERVICE
    assert book_owed(Meaning.SERVICE, -500)[1] is Component.SERVICE
    assert book_bare(Meaning.INTEREST, 500)[1] is Component.INTEREST


def test_a_payment_that_went_back_is_a_refund_when_the_text_says_so() -> None:
    assert book_owed(Meaning.PAYMENT, 500, "Teruggave teveel betaalde huur")[0] is Kind.REVERSAL
    assert book_owed(Meaning.PAYMENT, 500, "Terugbetaling te veel betaald")[0] is Kind.REFUND
    assert book_owed(Meaning.PAYMENT, 500, "Restitutie")[0] is Kind.REFUND


@pytest.mark.parametrize(
    ("owed", "description", "kind", "component"),
    [
        (500, "Huur december 2026", Kind.CHARGE, Component.RENT),
        (500, "Servicekosten december", Kind.CHARGE, Component.SERVICE),
        (500, "Storno incasso 12-2026", Kind.REVERSAL, Component.RENT),
        (500, "Terugbetaling eindafrekening", Kind.REFUND, Component.RENT),
        (500, "Correctie huur", Kind.CORRECTION, Component.RENT),
        (500, "Kwijtschelding?", Kind.CHARGE, Component.RENT),
        (-500, "Huur december 2026", Kind.PAYMENT, Component.RENT),
        (-500, "storno", Kind.PAYMENT, Component.RENT),
        (-500, "Afboeking oninbaar", Kind.WRITE_OFF, Component.RENT),
        (-500, "Correctie huur", Kind.CORRECTION, Component.RENT),
        (-500, "", Kind.PAYMENT, Component.RENT),
    ],
)
def test_without_a_kind_the_side_decides_and_the_text_refines(
    owed: int, description: str, kind: Kind, component: Component
) -> None:
    assert book_owed(None, owed, description)[:2] == (kind, component)


@given(
    st.sampled_from([None, *(m for m in Meaning if m is not Meaning.BUNDLE)]),
    st.integers(-(10**9), 10**9),
    st.sampled_from(["", "storno", "terugbetaling", "correctie", "afboeking", "creditnota", "rente"]),
)
def test_whatever_the_words_the_balance_is_kept(meaning: Meaning | None, owed: int, description: str) -> None:
    kind, component, amount = book_owed(meaning, owed, description)
    entry = Entry("1", date(2026, 1, 1), kind, amount, component=component)
    assert entry.effect == owed


def test_a_bare_row_without_a_kind_is_asked_about() -> None:
    with pytest.raises(CellFault) as caught:
        book_bare(None, 500)
    assert caught.value.code == "empty-kind"


NL = {
    plain_words(theirs): ours
    for p in shipped_profiles()
    if p.name == "ledger-nl"
    for theirs, ours in p.words.items()
}
VERA = {
    plain_words(theirs): ours
    for p in shipped_profiles()
    if p.name == "ledger-vera"
    for theirs, ours in p.words.items()
}


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("HUUR", Meaning.RENT),
        ("Netto huur", Meaning.RENT),
        ("Huur dec", Meaning.RENT),
        ("servicekosten", Meaning.SERVICE),
        ("INCASSO", Meaning.PAYMENT),
        ("Incasso huur", Meaning.PAYMENT),
        ("INCASSOKOSTEN", Meaning.COSTS),
        ("Kosten incasso", Meaning.COSTS),
        ("Storno incasso", Meaning.REVERSAL),
        ("STORNO/BETALING", Meaning.REVERSAL),
        ("Terugbetaling huur", Meaning.REFUND),
        ("Correctie servicekosten", Meaning.CORRECTION),
        ("Afboeking", Meaning.WRITE_OFF),
        ("Créditnota", Meaning.CREDIT_NOTE),
        ("Woonbon", None),
    ],
)
def test_dutch_kind_words(word: str, meaning: Meaning | None) -> None:
    assert meaning_in(word, NL) is meaning


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("VOR PRO", Meaning.RENT),
        ("VOR", Meaning.RENT),
        ("VOR XYZ", Meaning.RENT),
        ("ONT BAN", Meaning.PAYMENT),
        ("ONT BET", Meaning.PAYMENT),
        ("ONT STO", Meaning.REVERSAL),
        ("Ontvangst Storno", Meaning.REVERSAL),
        ("UIT STO", Meaning.REVERSAL),
        ("UIT", Meaning.REFUND),
        ("MEM AFB", Meaning.WRITE_OFF),
        ("MEM", Meaning.CORRECTION),
        ("VOR BET", Meaning.BUNDLE),
        ("VOR AAN", Meaning.BUNDLE),
        ("VOR BRT", Meaning.BUNDLE),
        ("VOR EIN", Meaning.BUNDLE),
    ],
)
def test_vera_codes(word: str, meaning: Meaning) -> None:
    assert meaning_in(word, VERA) is meaning


def test_an_unknown_word_says_what_to_put_in_the_profile() -> None:
    with pytest.raises(CellFault) as caught:
        meaning_reader({"Huur": Meaning.RENT}, None)("Woonbon  extra")
    assert (
        caught.value.cure.nl
        == 'Zet in het profiel onder [words] wat het is: "Woonbon extra" = "rent" of "payment".'
    )


def test_an_empty_kind_is_what_the_profile_says_every_row_is() -> None:
    assert meaning_reader({}, Meaning.RENT)(" ") is Meaning.RENT
    assert meaning_reader({}, None)("") is None
