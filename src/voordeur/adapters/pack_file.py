"""Reads a policy pack: a policy file that declares its own facts and actions. See `core/packs.py`."""

import tomllib

from voordeur.adapters.nested import load_toml
from voordeur.adapters.policy_file import conditions, exceptions, refuse_twice
from voordeur.adapters.toml_tables import Reading, Table, open_toml
from voordeur.core.conditions import FactKind, Vocabulary
from voordeur.core.packs import FactEntry, Pack, PackBlock, PackRule
from voordeur.core.problems import Problem
from voordeur.core.words import Words


def is_pack(text: str) -> bool:
    """True for a policy file that declares facts of its own."""
    try:
        return "fact" in load_toml(text)
    except tomllib.TOMLDecodeError:
        return False


def read_pack(text: str, source: str = "") -> tuple[Pack | None, list[Problem]]:
    """A pack from the text of its file, or None and everything that is wrong with it.

    Refused is also a pack without a last rule that always holds, and one with a fact that is called `on`.
    """
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    name, title, start = top.text("name"), top.words(), top.day("start")
    facts = {fact.name: fact for table in top.tables("fact") if (fact := _fact(table)) is not None}
    actions = dict(_action(table) for table in top.tables("action"))
    vocabulary: Vocabulary = {fact.name: fact.kind for fact in facts.values()}
    blocks = [_block(table, vocabulary, actions) for table in top.tables("block")] if top.has("block") else []
    rules = [rule for table in top.tables("rule") if (rule := _rule(table, vocabulary, actions)) is not None]
    top.close()
    refuse_twice([rule.name for rule in rules], "rule", reading)
    if not reading.problems and not rules[-1].always:
        _refuse_no_last_rule(reading, rules)
    if reading.problems or start is None:
        return None, reading.problems
    return Pack(name, title, start, facts, actions, tuple(rules), tuple(blocks)), []


def _refuse_no_last_rule(reading: Reading, rules: list[PackRule]) -> None:
    reading.add(
        "no-last-rule",
        Words("Niet voor elk huishouden is er een advies.", "Not every household gets an advice."),
        Words("Zet onderaan een regel zonder voorwaarden.", "Put a rule without conditions at the end."),
        reading.line("rule", len(rules) - 1),
        rules[-1].name,
    )


def _fact(table: Table) -> FactEntry | None:
    name, kind, words = (
        table.text("name"),
        table.choice("kind", [kind.value for kind in FactKind]),
        table.words(),
    )
    table.close()
    if name == "on":
        table.problem(
            "wrong-value",
            Words("Zo heet de dag van de vraag al.", "The day of the question has that name already."),
            Words("Kies een andere naam.", "Choose another name."),
            "name",
        )
    return FactEntry(name, FactKind(kind), words) if kind is not None else None


def _action(table: Table) -> tuple[str, Words]:
    name, words = table.text("name"), table.words()
    table.close()
    return name, words


def _block(table: Table, vocabulary: Vocabulary, actions: dict[str, Words]) -> PackBlock:
    name, when, reason = table.text("name"), conditions(table, vocabulary), table.words()
    named = tuple(one for one in table.texts("actions") if _known(table, one, actions, "actions"))
    block = PackBlock(name, named, when, reason, *table.source())
    table.close()
    return block


def _rule(table: Table, vocabulary: Vocabulary, actions: dict[str, Words]) -> PackRule | None:
    name, action = table.text("name"), table.text("action")
    known = bool(action) and _known(table, action, actions, "action")
    when, unless, reason = conditions(table, vocabulary), exceptions(table, vocabulary), table.words()
    source, trust = table.source()
    priority = table.number("priority", optional=True)
    table.close()
    return PackRule(name, action, when, unless, reason, source, trust, priority) if known else None


def _known(table: Table, action: str, actions: dict[str, Words], key: str) -> bool:
    if action in actions:
        return True
    said = ", ".join(actions)
    table.problem(
        "wrong-value",
        Words("Deze stap kent dit beleid niet.", "This policy does not know this action."),
        Words(f"Kies uit: {said}.", f"Choose from: {said}."),
        key,
        action,
    )
    return False
