"""Reads the law from `rules/law/`: terms, collection costs, statutory interest, and the numbers of a case."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from voordeur.adapters.rules import load_calendar
from voordeur.adapters.toml_tables import Reading, Table, open_toml
from voordeur.core.calendar import Calendar, Unit
from voordeur.core.case_values import CaseLaw, HoldReason, Setting
from voordeur.core.costs import Band, FeeLaw, FeeRule, SmallTerms
from voordeur.core.interest import Rate
from voordeur.core.problems import Problem, Refused
from voordeur.core.terms import Counted, Term
from voordeur.core.words import Words

Terms = Mapping[str, tuple[Term, ...]]


@cache
def load_case_law() -> CaseLaw:
    """The numbers of a case that come with the program. Raises Refused with the Problems of the files."""
    law, problems = read_case_law(_shipped("case.toml"), load_calendar(), load_fees(), "case.toml")
    if law is None:
        raise Refused(problems)
    return law


@cache
def load_terms() -> Terms:
    """The terms that come with the program, by name. Raises Refused with the Problems of the file."""
    terms, problems = read_terms(_shipped("terms.toml"), "terms.toml")
    if terms is None:
        raise Refused(problems)
    return terms


@cache
def load_fees() -> FeeLaw:
    """The rules for collection costs that come with the program. Raises Refused with the Problems of the file."""
    law, problems = read_fees(_shipped("collection_costs.toml"), "collection_costs.toml")
    if law is None:
        raise Refused(problems)
    return law


@cache
def load_rates() -> tuple[Rate, ...]:
    """The statutory interest that comes with the program. Raises Refused with the Problems of the file."""
    rates, problems = read_rates(_shipped("interest.toml"), "interest.toml")
    if rates is None:
        raise Refused(problems)
    return rates


def _shipped(name: str) -> str:
    return (files("voordeur") / "rules" / "law" / name).read_text(encoding="utf-8")


# --- the numbers of a case ---

_NUMBERS = tuple(
    one.name for one in fields(CaseLaw) if one.name.endswith(("_days", "_months", "_years", "attempts")) and
    not one.name.startswith("hold_")
)  # fmt: skip
"""The names of the plain numbers in CaseLaw."""


def read_case_law(
    text: str, calendar: Calendar, fees: FeeLaw | None = None, source: str = ""
) -> tuple[CaseLaw | None, list[Problem]]:
    """The numbers of a case from the text of a file, or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    first = top.day("first")
    numbers, sources = _numbers(top)
    days, months = _holds(top.table("hold"), sources)
    top.close()
    if reading.problems or first is None:
        return None, reading.problems
    return CaseLaw(
        first=first,
        calendar=calendar,
        hold_days=days,
        hold_months=months,
        sources=sources,
        fees=fees,
        **numbers,
    ), []


def _numbers(top: Table) -> tuple[dict[str, Any], dict[str, Setting]]:
    values: dict[str, Any] = {}
    sources: dict[str, Setting] = {}
    for name in _NUMBERS:
        inner = top.table(name)
        value = _positive(inner, "value")
        if value is not None:
            values[name] = value
        sources[name] = Setting(inner.words(), *inner.source())
        inner.close()
    return values, sources


def _holds(table: Table, sources: dict[str, Setting]) -> tuple[dict[HoldReason, int], dict[HoldReason, int]]:
    """The longest hold per reason: in days, or in months."""
    days: dict[HoldReason, int] = {}
    months: dict[HoldReason, int] = {}
    for reason in HoldReason:
        inner = table.table(reason)
        in_days, in_months = inner.number("days", optional=True), inner.number("months", optional=True)
        if (in_days is None) == (in_months is None) or (in_days or in_months or 0) < 1:
            inner.problem(
                "wrong-value",
                Words("Hier hoort een aantal dagen of een aantal maanden.", "Give either days or months."),
                Words("Vul days of months in, niet allebei.", "Fill in days or months, not both."),
            )
        elif in_days is not None:
            days[reason] = in_days
        elif in_months is not None:
            months[reason] = in_months
        sources[f"hold.{reason}"] = Setting(inner.words(), *inner.source())
        inner.close()
    table.close()
    return days, months


def _positive(table: Table, key: str) -> int | None:
    """A whole number of at least one."""
    value = table.number(key)
    if value is not None and value < 1:
        table.problem(
            "wrong-value",
            Words("Dit getal kan hier niet.", "This number is not possible here."),
            Words("Vul een getal vanaf 1 in.", "Fill in a number from 1."),
            key,
            value,
        )
    return value


# --- terms ---


def read_terms(text: str, source: str = "") -> tuple[Terms | None, list[Problem]]:
    """The terms from the text of a file, by name, oldest first; or None and everything that is wrong."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    found: dict[str, tuple[Term, ...]] = {}
    for table in top.tables("term"):
        term = _term(table)
        if term is not None:
            found[term.name] = (*found.get(term.name, ()), term)
    top.close()
    return (None, reading.problems) if reading.problems else (found, [])


def _term(table: Table) -> Term | None:
    name, words = table.text("name"), table.words()
    starts = Words(table.text("starts_nl"), table.text("starts_en"))
    length = _positive(table, "length")
    unit = table.choice("unit", [unit.value for unit in Unit])
    counted = table.choice("counted", [one.value for one in Counted])
    first = table.day("first")
    source, trust = table.source()
    table.close()
    if length is None or unit is None or counted is None or first is None:
        return None
    return Term(name, words, starts, length, Unit(unit), Counted(counted), first, source, trust)


# --- collection costs ---


def read_fees(text: str, source: str = "") -> tuple[FeeLaw | None, list[Problem]]:
    """The rules for collection costs from the text of a file, or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    letter, mail, vat = (_one(top.table(name), key) for name, key in _SINGLE)
    rules = [rule for table in top.tables("rule") if (rule := _fee_rule(table)) is not None]
    small = _small(top.table("small_terms"))
    top.close()
    if reading.problems or small is None or letter is None or mail is None or vat is None:
        return None, reading.problems
    return FeeLaw(tuple(rules), small, vat, letter, mail), []


_SINGLE = (("letter", "days"), ("mail", "days"), ("vat", "basis_points"))


def _one(table: Table, key: str) -> int | None:
    value = _positive(table, key)
    table.source()
    table.close()
    return value


def _fee_rule(table: Table) -> FeeRule | None:
    first, least, most = table.day("first"), table.euros("least"), table.euros("most")
    bands = []
    for inner in table.tables("band"):
        points = _positive(inner, "basis_points")
        until = None if inner.flag("rest") else inner.euros("until")
        inner.close()
        if points is not None:
            bands.append(Band(until, points))
    ends = [band.until for band in bands[:-1]]
    if bands and (bands[-1].until is not None or None in ends or ends != sorted(e for e in ends if e)):
        table.problem(
            "wrong-bands",
            Words("De treden lopen niet op.", "The bands do not go up."),
            Words("Zet ze van laag naar hoog; alleen de laatste is de rest.",
                  "Put them from low to high; only the last is the rest."),
        )  # fmt: skip
    source, trust = table.source()
    table.close()
    if first is None or least is None or most is None:
        return None
    return FeeRule(first, tuple(bands), least, most, source, trust)


def _small(table: Table) -> SmallTerms | None:
    first, below, most = table.day("first"), table.euros("below"), table.euros("most")
    months = _positive(table, "months")
    source, trust = table.source()
    table.close()
    if first is None or below is None or most is None or months is None:
        return None
    return SmallTerms(first, below, most, months, source, trust)


# --- interest ---


def read_rates(text: str, source: str = "") -> tuple[tuple[Rate, ...] | None, list[Problem]]:
    """The statutory interest per period, oldest first; or None and everything that is wrong with the file."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    rates = [rate for table in top.tables("rate") if (rate := _rate(table)) is not None]
    top.close()
    rates.sort(key=lambda rate: rate.first)
    _refuse_gaps(rates, reading)
    return (None, reading.problems) if reading.problems else (tuple(rates), [])


def _rate(table: Table) -> Rate | None:
    first, last, points = table.day("first"), table.day("last"), _positive(table, "basis_points")
    source, trust = table.source()
    table.close()
    if first is None or last is None or points is None:
        return None
    return Rate(first, last, points, source, trust)


def _refuse_gaps(rates: list[Rate], reading: Reading) -> None:
    """Periods join without a gap and without an overlap."""
    for one, after in pairwise(rates):
        if date.fromordinal(one.last.toordinal() + 1) != after.first:
            reading.add(
                "periods-do-not-join",
                Words("De perioden sluiten niet aan.", "The periods do not join."),
                Words("Laat elke periode beginnen op de dag na de vorige.",
                      "Let every period begin on the day after the one before."),
                reading.line("rate", rates.index(after)),
                value=after.first.isoformat(),
            )  # fmt: skip
