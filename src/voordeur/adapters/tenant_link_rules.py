"""Reads the numbers of the personal link (`rules/privacy/tenant_link.toml`), and refuses what makes no sense."""

from datetime import timedelta
from functools import cache
from importlib.resources import files

from voordeur.adapters.toml_tables import Table, open_toml
from voordeur.core.lockout import LockoutStep
from voordeur.core.personal_links import LinkRules
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

NAME = "tenant_link.toml"
_MOST = {
    "days": 90, "idle_minutes": 60, "longest_minutes": 480, "house_numbers": 10, "unknown_in_a_quarter": 100,
    "unknown_in_a_day": 1_000,
}  # fmt: skip
"""A value above this is no care for anybody's data any more."""


@cache
def load_link_rules() -> LinkRules:
    """The numbers that come with the program. Raises Refused with the Problems of the file."""
    text = (files("voordeur") / "rules" / "privacy" / NAME).read_text(encoding="utf-8")
    rules, problems = read_link_rules(text, NAME)
    if rules is None:
        raise Refused(problems)
    return rules


def read_link_rules(text: str, source: str = "") -> tuple[LinkRules | None, list[Problem]]:
    """The numbers from the text of a file; or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    found = {name: _value(top.table(name), most) for name, most in _MOST.items()}
    top.close()
    if reading.problems:
        return None, reading.problems
    rules = LinkRules(
        days=found["days"],
        idle=timedelta(minutes=found["idle_minutes"]),
        longest=timedelta(minutes=found["longest_minutes"]),
        numbers=found["house_numbers"],
        unknown=(
            LockoutStep(found["unknown_in_a_quarter"], timedelta(minutes=15)),
            LockoutStep(found["unknown_in_a_day"], timedelta(hours=24)),
        ),
    )
    return rules, []


def _value(table: Table, most: int) -> int:
    value = table.number("value")
    table.words()
    table.source()
    if value is not None and not 1 <= value <= most:
        said = Words("Deze waarde past hier niet.", "This value does not fit here.")
        cure = Words(f"Kies een getal van 1 tot {most}.", f"Choose a number from 1 to {most}.")
        table.problem("wrong-value", said, cure, "value", value)
    table.close()
    return value or 0
