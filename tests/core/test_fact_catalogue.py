"""The facts in words: every fact that a condition may name, once, with comparisons that can be read."""

from tests.core.test_signals import too_long
from voordeur.core.conditions import FactKind, parse_condition
from voordeur.core.fact_catalogue import comparisons, fact_catalogue
from voordeur.core.facts import HOUSEHOLD


def test_every_fact_stands_in_the_catalogue_once() -> None:
    names = [entry.name for entry in fact_catalogue()]
    assert sorted(names) == sorted(HOUSEHOLD)


def test_a_number_says_what_it_counts_and_a_flag_does_not() -> None:
    for entry in fact_catalogue():
        assert (entry.kind is FactKind.NUMBER) == bool(entry.unit.nl and entry.unit.en)
        assert entry.group.nl
        assert too_long(entry.words) == []


def test_every_comparison_that_a_form_offers_can_be_read() -> None:
    for entry in fact_catalogue():
        for op, words in comparisons(entry):
            text = {"is": entry.name, "not": f"not {entry.name}"}.get(op.value, f"{entry.name} {op} 3")
            condition = parse_condition(text, HOUSEHOLD)
            assert condition is not None
            assert str(condition) == text
            assert words.nl
