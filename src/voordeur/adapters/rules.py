"""Reads the dated rules in `rules/` (TOML) into core values, and refuses what it does not know.

Every value keeps its source and trust mark. A key that nobody asked for is a Problem, not a silent nothing: a
misspelt key would otherwise switch a rule off without anybody noticing. Problems name the line of the table.
"""

from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from voordeur.adapters.policy_file import read_policy
from voordeur.adapters.toml_tables import Table, open_toml
from voordeur.core.calendar import Calendar, SpecialDay, SpecialKind, easter, make_calendar
from voordeur.core.policy import Policy
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


def shipped_policies() -> list[str]:
    """The names of the policies that come with the program."""
    folder = files("voordeur") / "rules" / "policy"
    return sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml"))


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
