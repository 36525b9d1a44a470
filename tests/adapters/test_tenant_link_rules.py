"""The numbers of the personal link: read with their source, refused when they are no care any more."""

from datetime import timedelta
from importlib.resources import files

import pytest

from voordeur.adapters.tenant_link_rules import NAME, load_link_rules, read_link_rules

TEXT = (files("voordeur") / "rules" / "privacy" / NAME).read_text(encoding="utf-8")


def test_what_comes_with_the_program() -> None:
    rules = load_link_rules()
    assert (rules.days, rules.idle, rules.longest, rules.numbers) == (
        30, timedelta(minutes=20), timedelta(hours=2), 3
    )  # fmt: skip
    assert [(step.failures, step.within) for step in rules.unknown] == [
        (10, timedelta(minutes=15)), (40, timedelta(hours=24))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("value = 30", "value = 0", "wrong-value"),
        ("value = 30", "value = 365", "wrong-value"),
        ("value = 20", "value = 600", "wrong-value"),
        ("value = 3\n", 'value = "drie"\n', "wrong-value"),
        ("[idle_minutes]", "[idle_minuts]", "missing-key"),
        ('trust = "choice"', 'trust = "zeker"', "wrong-value"),
        ("value = 30", "value = 30\nextra = 1", "unknown-key"),
        ("title", "= =", "not-toml"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(before: str, after: str, code: str) -> None:
    rules, problems = read_link_rules(TEXT.replace(before, after, 1), "mijn.toml")
    assert rules is None
    assert code in {one.code for one in problems}
    assert all(one.source == "mijn.toml" for one in problems)
