"""Reads the dated rules in `rules/` (TOML) into core values, and refuses what it does not know.

Every value keeps its source and trust mark. A key that nobody asked for is a Problem, not a silent nothing: a
misspelt key would otherwise switch a rule off without anybody noticing. Problems name the line of the table.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from voordeur.adapters.toml_tables import Reading, Table, open_toml
from voordeur.core.calendar import Calendar, SpecialDay, SpecialKind, easter, make_calendar
from voordeur.core.limits import MONEY_LIMITS, PERCENT_LIMITS, Limits
from voordeur.core.policy import (
    PLACEHOLDERS,
    Action,
    Condition,
    Note,
    Policy,
    Rule,
    Tier,
    check,
    parse_condition,
)
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words


@cache
def load_calendar() -> Calendar:
    """The holidays and bank days that come with the program. Raises Refused with the Problems of the file."""
    calendar, problems = read_calendar(_shipped("law/holidays.toml"), "holidays.toml")
    if calendar is None:
        raise Refused(problems)
    return calendar


@cache
def load_policy(name: str = "standaard") -> Policy:
    """A policy that comes with the program, by its name. Raises Refused with the Problems of the file."""
    policy, problems = read_policy(_shipped(f"policy/{name}.toml"), f"{name}.toml")
    if policy is None:
        raise Refused(problems)
    return policy


def _shipped(path: str) -> str:
    return (files("voordeur") / "rules" / path).read_text(encoding="utf-8")


def read_calendar(text: str, source: str = "") -> tuple[Calendar | None, list[Problem]]:
    """A calendar from the text of a holidays file, or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    first, last = top.day("first"), top.day("last")
    equated_until = top.day("equated_until", optional=True)
    days: list[SpecialDay] = []
    for table in top.tables("day"):
        days += _special_days(table, first or date.min, last or date.min)
    top.close()
    if reading.problems or first is None or last is None:
        return None, reading.problems
    return make_calendar(tuple(sorted(days, key=lambda one: one.day)), first, last, equated_until), []


def _special_days(table: Table, first: date, last: date) -> list[SpecialDay]:
    name, kind = table.words(), table.choice("kind", [kind.value for kind in SpecialKind])
    source, trust = table.source()
    found = [day for day in _dates(table, range(first.year, last.year + 1)) if first <= day <= last]
    table.close()
    return [SpecialDay(day, SpecialKind(kind), name, source, trust) for day in found] if kind else []


def _dates(table: Table, years: range) -> list[date]:
    """The days of one table: by month and day, by days after Easter, or one by one."""
    month_day = table.month_day("month_day")
    if_sunday = table.month_day("if_sunday")
    after_easter = table.number("easter", optional=True)
    single = table.days("dates")
    if sum((month_day is not None, after_easter is not None, bool(single))) != 1:
        table.problem(
            "no-single-day",
            Words("Zeg op één manier welke dag dit is.", "Say in one way which day this is."),
            Words("Gebruik month_day, easter of dates.", "Use month_day, easter or dates."),
        )
        return []
    if after_easter is not None:
        return [easter(year) + timedelta(days=after_easter) for year in years]
    if month_day is None:
        return single
    days = [date(year, *month_day) for year in years]
    if if_sunday is not None:
        days = [date(day.year, *if_sunday) if day.weekday() == 6 else day for day in days]
    return days


def read_policy(text: str, source: str = "") -> tuple[Policy | None, list[Problem]]:
    """A policy from the text of a policy file, or None and everything that is wrong with it.

    Refused are also policies in which a letter can come before a personal attempt, a report to the
    municipality before the law's gate, or in which a household could be left without advice.
    """
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    name, title, start = top.text("name"), top.words(), top.day("start")
    values, notes = _limits(top.table("limits"))
    rules = [rule for table in top.tables("rule") if (rule := _rule(table)) is not None]
    order = [tier for table in top.tables("order") if (tier := _tier(table)) is not None]
    top.close()
    _refuse_twice([rule.name for rule in rules], "rule", reading)
    if not reading.problems:
        lines = {rule.name: reading.line("rule", at) for at, rule in enumerate(rules)}
        for found in check(rules):
            reading.add(found.code, found.message, found.cure, lines.get(found.column), found.column)
    if reading.problems or start is None:
        return None, reading.problems
    limits = Limits(**values)
    return Policy(name, title, start, limits, notes, tuple(rules), tuple(order)), []


def _limits(table: Table) -> tuple[dict[str, int], dict[str, Note]]:
    """Every number of `Limits` with its note; a missing one is a Problem, for there are no defaults."""
    values, notes = {}, {}
    for name in (one.name for one in fields(Limits)):
        inner = table.table(name)
        value = inner.euros("value") if name in MONEY_LIMITS else inner.number("value")
        highest = 100 if name in PERCENT_LIMITS else None
        if value is not None and (value < 0 or (highest is not None and value > highest)):
            inner.problem(
                "wrong-value",
                Words("Dit getal kan hier niet.", "This number is not possible here."),
                Words("Vul een getal vanaf 0 in, en een percentage tot en met 100.",
                      "Fill in a number from 0, and a percentage up to 100."),
                "value",
                value,
            )  # fmt: skip
        if value is not None:
            values[name] = value
        words = inner.words()
        notes[name] = Note(words, *inner.source())
        inner.close()
    table.close()
    return values, notes


def _rule(table: Table) -> Rule | None:
    name, action = table.text("name"), table.choice("action", [action.value for action in Action])
    conditions, reason = _conditions(table), table.words(tuple(PLACEHOLDERS))
    source, trust = table.source()
    explains = table.flag("explains")
    table.close()
    return Rule(name, Action(action), conditions, reason, source, trust, explains) if action else None


def _tier(table: Table) -> Tier | None:
    name, conditions, words = table.text("name"), _conditions(table), table.words()
    source, trust = table.source()
    table.close()
    return Tier(name, conditions, words, source, trust) if name else None


def _conditions(table: Table) -> tuple[Condition, ...]:
    found = []
    for text in table.texts("when"):
        condition = parse_condition(text)
        if condition is None:
            table.problem(
                "unknown-condition",
                Words("Deze voorwaarde is niet te lezen.", "This condition cannot be read."),
                Words("Schrijf een feit, 'not' en een feit, of een feit met >=, <= of = en een getal.",
                      "Write a fact, 'not' and a fact, or a fact with >=, <= or = and a number."),
                "when",
                text,
            )  # fmt: skip
        else:
            found.append(condition)
    return tuple(found)


def _refuse_twice(names: Sequence[str], header: str, reading: Reading) -> None:
    for at, name in enumerate(names):
        if name in names[:at]:
            reading.add(
                "name-twice",
                Words("Deze naam komt twee keer voor.", "This name comes twice."),
                Words("Geef elke regel een eigen naam.", "Give every rule a name of its own."),
                reading.line(header, at),
                name,
            )
