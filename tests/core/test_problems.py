"""Problems say where, what and how to mend it."""

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

NOT_AN_AMOUNT = Problem(
    code="not-an-amount",
    message=Words("Dit is geen bedrag.", "This is not an amount."),
    cure=Words("Schrijf het als 12,50.", "Write it as 12,50."),
    source="huur.csv",
    row=7,
    column="bedrag",
    value="twaalf",
)


def test_a_problem_on_one_line() -> None:
    assert NOT_AN_AMOUNT.line() == "huur.csv, rij 7, bedrag: Dit is geen bedrag. Schrijf het als 12,50."
    assert NOT_AN_AMOUNT.line("en") == "huur.csv, row 7, bedrag: This is not an amount. Write it as 12,50."


def test_only_the_places_that_are_known_are_named() -> None:
    words = Words("Het bestand is leeg.", "The file is empty.")
    cure = Words("Kies een ander.", "Choose another.")
    assert Problem("empty", words, cure).line() == "Het bestand is leeg. Kies een ander."
    assert Problem("empty", words, cure, row=0).line() == "rij 0: Het bestand is leeg. Kies een ander."


def test_a_refusal_carries_its_problems() -> None:
    assert Refused(NOT_AN_AMOUNT).problems == [NOT_AN_AMOUNT]
    both = Refused([NOT_AN_AMOUNT, NOT_AN_AMOUNT])
    assert len(both.problems) == 2
    assert str(both) == "not-an-amount; not-an-amount"
