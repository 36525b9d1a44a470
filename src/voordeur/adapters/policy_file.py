"""Reads a policy, from TOML or from the same keys as plain data (a form, JSON), and refuses what it does not know.

A Problem names the field (`rule bezoek when`), so that a form can show it there, and in a file also the line.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import date

from voordeur.adapters.toml_tables import Reading, Table, open_toml
from voordeur.core.compare import PLACES
from voordeur.core.conditions import Condition, Vocabulary, parse_condition, parse_conditions
from voordeur.core.facts import HOUSEHOLD
from voordeur.core.ladders import DelayMode, Level
from voordeur.core.limits import MONEY_LIMITS, PERCENT_LIMITS, Limits
from voordeur.core.policy import PLACEHOLDERS, Action, Block, Note, Policy, Rule, Setting, Tier
from voordeur.core.policy_check import check, check_blocks, check_ladders
from voordeur.core.problems import Problem
from voordeur.core.words import Words


def read_policy(text: str, source: str = "") -> tuple[Policy | None, list[Problem]]:
    """A policy from the text of a policy file, or None and everything that is wrong with it.

    Refused are also policies in which a letter can come before a personal attempt, a report to the
    municipality before the law's gate, or in which a household could be left without advice.
    """
    reading, top = open_toml(text, source)
    return (None, reading.problems) if top is None else _policy(reading, top)


def policy_from_data(data: Mapping[str, object], source: str = "") -> tuple[Policy | None, list[Problem]]:
    """A policy from the keys of a policy file as plain data; `start` may be a date or `2026-01-31`.

    The same checks as `read_policy`; the Problems have no line, only the field.
    """
    reading, start = Reading(source, ""), data.get("start")
    if isinstance(start, str):
        with suppress(ValueError):  # `start` itself is then refused, with its cure
            data = {**data, "start": date.fromisoformat(start)}
    return _policy(reading, Table(reading, data, None, ""))


def _policy(reading: Reading, top: Table) -> tuple[Policy | None, list[Problem]]:
    name, title, start = top.text("name"), top.words(), top.day("start")
    values, notes = _limits(top.table("limits"))
    blocks = [block for table in _some(top, "block") if (block := _block(table)) is not None]
    rules = [rule for table in top.tables("rule") if (rule := _rule(table)) is not None]
    order = [tier for table in top.tables("order") if (tier := _tier(table)) is not None]
    window = setting(top.table("contact_window")) if top.has("contact_window") else None
    minutes = _minutes(top.table("minutes")) if top.has("minutes") else {}
    hours = _hours(top.table("hours")) if top.has("hours") else {}
    top.close()
    refuse_twice([rule.name for rule in rules], "rule", reading)
    refuse_twice([block.name for block in blocks], "block", reading)
    if not reading.problems:
        _refuse_unsound(reading, rules, blocks)
    if reading.problems or start is None:
        return None, reading.problems
    policy = Policy(
        name,
        title,
        start,
        Limits(**values),
        notes,
        tuple(rules),
        tuple(order),
        tuple(blocks),
        window,
        minutes,
        hours,
    )
    return policy, []


def _refuse_unsound(reading: Reading, rules: Sequence[Rule], blocks: Sequence[Block]) -> None:
    """What is wrong with the whole, at the line of the rule or block that it is about."""
    for header, names, problems in (
        ("rule", [rule.name for rule in rules], check(rules) + check_ladders(rules)),
        ("block", [block.name for block in blocks], check_blocks(blocks)),
    ):
        for found in problems:
            at = names.index(found.column) if found.column in names else 0
            reading.add(found.code, found.message, found.cure, reading.line(header, at), found.column)


def _some(top: Table, key: str) -> list[Table]:
    """The tables under `[[key]]`, which need not be there."""
    return list(top.tables(key)) if top.has(key) else []


def _limits(table: Table) -> tuple[dict[str, int], dict[str, Note]]:
    """Every number of `Limits` with its note; a missing one is a Problem, for there are no defaults."""
    values, notes = {}, {}
    for name in (one.name for one in fields(Limits)):
        inner = table.table(name)
        value = inner.euros("value") if name in MONEY_LIMITS else inner.number("value")
        highest = 100 if name in PERCENT_LIMITS else None
        if value is not None:
            values[name] = value
            _refuse_outside(inner, value, highest)
        words = inner.words()
        notes[name] = Note(words, *inner.source())
        inner.close()
    table.close()
    return values, notes


def _refuse_outside(table: Table, value: int, highest: int | None) -> None:
    if value < 0 or (highest is not None and value > highest):
        table.problem(
            "wrong-value",
            Words("Dit getal kan hier niet.", "This number is not possible here."),
            Words("Vul een getal vanaf 0 in, en een percentage tot en met 100.",
                  "Fill in a number from 0, and a percentage up to 100."),
            "value",
            value,
        )  # fmt: skip


def setting(table: Table) -> Setting | None:
    """A number from 0 with its meaning and source; None, with a Problem, when there is no number."""
    value, words = table.number("value"), table.words()
    note = Note(words, *table.source())
    table.close()
    if value is None:
        return None
    _refuse_outside(table, value, None)
    return Setting(value, note)


def _minutes(table: Table) -> dict[Action, Setting]:
    """Every action that somebody has to do needs its minutes: else a plan would look lighter than it is."""
    found = {action: setting(table.table(action.value)) for action in Action if action.acts}
    table.close()
    return {action: one for action, one in found.items() if one is not None}


def _hours(table: Table) -> dict[str, Setting]:
    found = {place: setting(table.table(place)) for place in PLACES}
    table.close()
    return {place: one for place, one in found.items() if one is not None}


def _rule(table: Table) -> Rule | None:
    name, action = table.text("name"), table.choice("action", [action.value for action in Action])
    when, unless = conditions(table), exceptions(table)
    reason = table.words(tuple(PLACEHOLDERS))
    source, trust = table.source()
    explains, priority = table.flag("explains"), table.number("priority", optional=True)
    ladder, level = _level(table.table("level")) if table.has("level") else ("", None)
    table.close()
    if action is None:
        return None
    return Rule(
        name, Action(action), when, reason, source, trust, explains, unless, ladder, level, priority
    )  # fmt: skip


def _level(table: Table) -> tuple[str, Level | None]:
    """The ladder and the level that a rule is."""
    ladder, number, days = table.text("ladder"), table.number("number"), table.number("days")
    mode = table.choice("mode", [mode.value for mode in DelayMode])
    amount = table.euros("from_amount") if table.has("from_amount") else 0
    table.close()
    if number is None or days is None or mode is None or amount is None:
        return ladder, None
    if days < 0 or number < 1 or amount < 0:
        table.problem(
            "wrong-value",
            Words("Dit getal kan hier niet.", "This number is not possible here."),
            Words("Dagen en bedragen zijn 0 of meer; de eerste trede is 1.",
                  "Days and amounts are 0 or more; the first level is 1."),
        )  # fmt: skip
    return ladder, Level(number, DelayMode(mode), days, amount)


def _block(table: Table) -> Block | None:
    name, when, reason = table.text("name"), conditions(table), table.words()
    named, known = table.texts("actions"), [action.value for action in Action]
    for one in named:
        if one not in known:
            said = ", ".join(known)
            table.problem(
                "wrong-value",
                Words("Deze stap kennen we niet.", "We do not know this action."),
                Words(f"Kies uit: {said}.", f"Choose from: {said}."),
                "actions",
                one,
            )
    source, trust = table.source()
    table.close()
    actions = tuple(Action(one) for one in named if one in known)
    return Block(name, actions, when, reason, source, trust) if name else None


def _tier(table: Table) -> Tier | None:
    name, when, words = table.text("name"), conditions(table), table.words()
    source, trust = table.source()
    table.close()
    return Tier(name, when, words, source, trust) if name else None


def conditions(table: Table, vocabulary: Vocabulary = HOUSEHOLD) -> tuple[Condition, ...]:
    """The conditions under `when`; what cannot be read is a Problem."""
    found = []
    for text in table.texts("when"):
        condition = parse_condition(text, vocabulary)
        if condition is None:
            _refuse_condition(table, "when", text)
        else:
            found.append(condition)
    return tuple(found)


def exceptions(table: Table, vocabulary: Vocabulary = HOUSEHOLD) -> tuple[tuple[Condition, ...], ...]:
    """The groups under `unless`, which need not be there: conditions joined by `and`."""
    found = []
    for text in table.texts("unless") if table.has("unless") else []:
        group = parse_conditions(text, vocabulary)
        if group is None:
            _refuse_condition(table, "unless", text)
        else:
            found.append(group)
    return tuple(found)


def _refuse_condition(table: Table, key: str, text: str) -> None:
    table.problem(
        "unknown-condition",
        Words("Deze voorwaarde is niet te lezen.", "This condition cannot be read."),
        Words("Schrijf een feit, 'not' en een feit, of een feit met >=, <= of = en een getal.",
              "Write a fact, 'not' and a fact, or a fact with >=, <= or = and a number."),
        key,
        text,
    )  # fmt: skip


def refuse_twice(names: Sequence[str], header: str, reading: Reading) -> None:
    """A name that comes twice is a Problem at its second place."""
    for at, name in enumerate(names):
        if name in names[:at]:
            reading.add(
                "name-twice",
                Words("Deze naam komt twee keer voor.", "This name comes twice."),
                Words("Geef elke regel een eigen naam.", "Give every rule a name of its own."),
                reading.line(header, at),
                name,
            )
