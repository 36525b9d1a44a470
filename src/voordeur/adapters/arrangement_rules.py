"""Reads the numbers of a payment arrangement (`rules/law/arrangement.toml`), and refuses what it does not know."""

from functools import cache
from importlib.resources import files
from typing import Any

from voordeur.adapters.toml_tables import Table, open_toml
from voordeur.core.arrangements.values import NUMBERS_OF_AN_ARRANGEMENT, ArrangementRules
from voordeur.core.case_values import Setting
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

_AMOUNTS = frozenset({"minimum_month", "small_cents", "living_first", "living_partner", "living_child"})
_FLAGS = frozenset({"contact_first"})
_MAY_BE_ZERO = frozenset({"small_cents", "pay_after_days", "rent_tolerance_days", "tolerance_days"})


@cache
def load_arrangement_rules() -> ArrangementRules:
    """The numbers that come with the program. Raises Refused with the Problems of the file."""
    text = (files("voordeur") / "rules" / "law" / "arrangement.toml").read_text(encoding="utf-8")
    rules, problems = read_arrangement_rules(text, "arrangement.toml")
    if rules is None:
        raise Refused(problems)
    return rules


def read_arrangement_rules(text: str, source: str = "") -> tuple[ArrangementRules | None, list[Problem]]:
    """The numbers from the text of a file, or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    values: dict[str, Any] = {}
    sources: dict[str, Setting] = {}
    for name in NUMBERS_OF_AN_ARRANGEMENT:
        inner = top.table(name)
        values[name] = _value(inner, name)
        sources[name] = Setting(inner.words(), *inner.source())
        inner.close()
    top.close()
    if reading.problems:
        return None, reading.problems
    return ArrangementRules(**values, sources=sources), []


def _value(table: Table, name: str) -> int | bool | None:
    if name in _FLAGS:
        return table.flag("value")
    value = table.euros("value") if name in _AMOUNTS else table.number("value")
    if value is not None and value < (0 if name in _MAY_BE_ZERO else 1):
        table.problem(
            "wrong-value",
            Words("Dit getal kan hier niet.", "This number is not possible here."),
            Words("Vul een hoger getal in.", "Fill in a higher number."),
            "value",
            value,
        )
    return value
