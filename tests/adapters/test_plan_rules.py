"""The numbers of planning are read strictly: each with its meaning, source and trust mark."""

from importlib.resources import files

import pytest

from voordeur.adapters.plan_rules import NUMBERS, load_plan_rules, read_plan_rules

TEXT = (files("voordeur") / "rules" / "planning.toml").read_text(encoding="utf-8")


def test_every_number_has_its_words_source_and_trust_mark() -> None:
    rules = load_plan_rules()
    assert set(rules.notes) == set(NUMBERS)
    assert all(
        note.words.nl and note.words.en and note.source and note.trust for note in rules.notes.values()
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("value = 15", "value = 0", "out-of-range", "numbers.bicycle_kmh value"),
        ("value = 130", "value = 90", "out-of-range", "numbers.detour_percent value"),
        ("value = 35", 'value = "35"', "wrong-value", "numbers.chance_percent value"),
        ("[numbers.step]", "[numbers.stap]", "missing-key", "numbers step"),
        ('trust = "choice"', 'trust = "zeker"', "wrong-value", "numbers.asked trust"),
    ],
)
def test_a_number_that_cannot_be_is_told_with_its_place(old: str, new: str, code: str, column: str) -> None:
    rules, problems = read_plan_rules(TEXT.replace(old, new, 1), "planning.toml")
    assert rules is None
    assert (code, column) in [(one.code, one.column) for one in problems]


def test_what_is_no_toml_is_told() -> None:
    rules, problems = read_plan_rules("numbers = [")
    assert rules is None
    assert [one.code for one in problems] == ["not-toml"]
