"""Reads the retention table (`rules/privacy/retention.toml`) into core values, and refuses what it does not know."""

from functools import cache
from importlib.resources import files

from voordeur.adapters.toml_tables import Reading, Table, open_toml
from voordeur.core.problems import Problem, Refused
from voordeur.core.retention import STRUCTURAL, Fate, Holdback, Moment, RetentionRule
from voordeur.core.words import Words

NAME = "retention.toml"


@cache
def load_retention() -> tuple[RetentionRule, ...]:
    """The table that comes with the program. Raises Refused with the Problems of the file."""
    text = (files("voordeur") / "rules" / "privacy" / NAME).read_text(encoding="utf-8")
    rules, problems = read_retention(text, NAME)
    if rules is None:
        raise Refused(problems)
    return rules


def read_retention(text: str, source: str = "") -> tuple[tuple[RetentionRule, ...] | None, list[Problem]]:
    """The rules from the text of a file, in its order; or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    rules = [rule for table in top.tables("rule") if (rule := _rule(table)) is not None]
    top.close()
    _refuse_doubles(rules, reading)
    return (None, reading.problems) if reading.problems else (tuple(rules), [])


def _rule(table: Table) -> RetentionRule | None:
    name, what = table.text("name"), table.words()
    whose = Words(table.text("whose_nl"), table.text("whose_en"))
    basis = Words(table.text("basis_nl"), table.text("basis_en"))
    tables = table.texts("tables")
    fate = table.choice("fate", [one.value for one in Fate])
    moment = table.choice("moment", [one.value for one in Moment])
    months, days = _term(table, kept=fate == Fate.KEEP)
    holds = _holds(table)
    source, trust = table.source()
    if not tables and fate != Fate.BY_HAND:
        _wrong(table, "tables", Words("Noem minstens één tabel.", "Name at least one table."))
    if fate and moment and (fate == Fate.KEEP) != (moment == Moment.ALWAYS):
        _wrong(
            table,
            "moment",
            Words("Alleen wat bewaard blijft, telt nergens vanaf: always.",
                  "Only what is kept is counted from nothing: always."),
        )  # fmt: skip
    table.close()
    if fate is None or moment is None:
        return None
    return RetentionRule(
        name,
        what,
        whose,
        tuple(tables),
        Fate(fate),
        months,
        days,
        Moment(moment),
        holds,
        basis,
        source,
        trust,
    )


def _term(table: Table, *, kept: bool) -> tuple[int, int]:
    """(months, days): one of them from 1 on; neither for what is kept."""
    months, days = table.number("months", optional=True), table.number("days", optional=True)
    given = [one for one in (months, days) if one is not None]
    if kept and given:
        _wrong(table, "fate", Words("Wat bewaard blijft, heeft geen termijn.", "What is kept has no term."))
    elif not kept and (len(given) != 1 or not 1 <= given[0] <= 1200):
        _wrong(
            table,
            "months",
            Words("Vul months of days in, een van de twee, van 1 tot 1200.",
                  "Fill in months or days, one of them, from 1 to 1200."),
        )  # fmt: skip
    return months or 0, days or 0


def _holds(table: Table) -> frozenset[Holdback]:
    allowed = [one.value for one in Holdback if one not in STRUCTURAL]
    named = table.texts("holds")
    for unknown in sorted(set(named) - set(allowed)):
        _wrong(
            table,
            "holds",
            Words(f"Kies uit: {', '.join(allowed)}.", f"Choose from: {', '.join(allowed)}."),
            unknown,
        )
    return frozenset(Holdback(one) for one in named if one in allowed)


def _wrong(table: Table, key: str, cure: Words, value: str = "") -> None:
    said = Words("Deze waarde past hier niet.", "This value does not fit here.")
    table.problem("wrong-value", said, cure, key, value)


def _refuse_doubles(rules: list[RetentionRule], reading: Reading) -> None:
    """A name stands once: proofs of erasure name it."""
    names = [rule.name for rule in rules]
    for at, name in enumerate(names):
        if name in names[:at]:
            reading.add(
                "double-name",
                Words("Deze naam staat er twee keer.", "This name stands there twice."),
                Words("Geef elke regel een eigen naam.", "Give every rule a name of its own."),
                reading.line("rule", at),
                value=name,
            )
