"""Reads the numbers of planning from `rules/planning.toml`, each with its meaning, source and trust mark."""

from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Any

from voordeur.adapters.toml_tables import Reading, Table, open_toml
from voordeur.core.plan_rules import PlanRules
from voordeur.core.policy import Note
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

NAME = "planning.toml"
NUMBERS = tuple(one.name for one in fields(PlanRules) if one.name != "notes")
_ABOVE_NOUGHT = frozenset(
    {
        "walking_kmh",
        "bicycle_kmh",
        "car_kmh",
        "visit_minutes",
        "second_visit_minutes",
        "appointment_minutes",
        "most_doors",
    }
)
"""Numbers that cannot be nought: one divides by them, or nothing would be planned."""


@cache
def load_plan_rules() -> PlanRules:
    """The numbers that come with the program. Raises Refused with the Problems of the file."""
    text = (files("voordeur") / "rules" / NAME).read_text(encoding="utf-8")
    rules, problems = read_plan_rules(text, NAME)
    if rules is None:
        raise Refused(problems)
    return rules


def read_plan_rules(text: str, source: str = "") -> tuple[PlanRules | None, list[Problem]]:
    """The numbers from the text of a file; or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    table = top.table("numbers")
    values: dict[str, Any] = {}
    notes = {}
    for name in NUMBERS:
        values[name], notes[name] = _number(table.table(name), reading, name)
    table.close()
    top.close()
    return (None, reading.problems) if reading.problems else (PlanRules(**values, notes=notes), [])


def _number(table: Table, reading: Reading, name: str) -> tuple[int, Note]:
    value, words = table.number("value"), table.words()
    source, trust = table.source()
    least = 1 if name in _ABOVE_NOUGHT else 100 if name == "detour_percent" else 0
    most = 100 if name == "chance_percent" else 10_000
    if value is not None and not least <= value <= most:
        table.problem(
            "out-of-range",
            Words("Dit getal kan niet.", "This number cannot be."),
            Words(
                f"Kies een getal van {least} tot en met {most}.", f"Choose a number from {least} to {most}."
            ),
            "value",
            value,
        )
    table.close()
    return value or 0, Note(words, source, trust)
