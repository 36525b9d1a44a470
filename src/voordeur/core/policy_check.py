"""What can be wrong with a policy as a whole: a way round the law, a household without advice, a broken ladder."""

from collections.abc import Sequence

from voordeur.core.conditions import Condition, Op
from voordeur.core.ladders import check_levels
from voordeur.core.policy import Action, Block, Rule
from voordeur.core.problems import Problem
from voordeur.core.words import Words


def check(rules: Sequence[Rule]) -> list[Problem]:
    """What is wrong with a set of rules as a whole; empty when nothing is. Places are rule names."""
    found = []
    for rule in rules:
        if rule.action is Action.LETTER and not any(_asks_for_person(c) for c in rule.when):
            found.append(
                Problem(
                    "letter-before-person",
                    Words("Deze regel laat een brief toe voordat iemand contact heeft gezocht.",
                          "This rule allows a letter before anybody tried to make contact."),
                    Words("Voeg een voorwaarde toe, zoals personal_attempts >= 1.",
                          "Add a condition such as personal_attempts >= 1."),
                    column=rule.name,
                )
            )  # fmt: skip
        if rule.action is Action.REFER and Condition("gate_open", Op.IS) not in rule.when:
            found.append(
                Problem(
                    "report-before-gate",
                    Words("Deze regel meldt bij de gemeente zonder de stappen van de wet.",
                          "This rule reports to the municipality without the steps of the law."),
                    Words("Voeg de voorwaarde gate_open toe.", "Add the condition gate_open."),
                    column=rule.name,
                )
            )  # fmt: skip
    if not rules or not rules[-1].always:
        found.append(
            Problem(
                "no-last-rule",
                Words("Niet voor elk huishouden is er een advies.", "Not every household gets an advice."),
                Words(
                    "Zet onderaan een regel zonder voorwaarden.", "Put a rule without conditions at the end."
                ),
                column=rules[-1].name if rules else "",
            )
        )
    return found


def _asks_for_person(condition: Condition) -> bool:
    """True when the condition cannot hold before a personal attempt."""
    if condition == Condition("spoken", Op.IS):
        return True
    attempts = condition.fact in ("personal_attempts", "calls", "visits")
    return attempts and condition.op in (Op.AT_LEAST, Op.EQUALS) and condition.value >= 1


def check_blocks(blocks: Sequence[Block]) -> list[Problem]:
    """What is wrong with the blocks; empty when nothing is. Places are names of blocks."""
    found = []
    for block in blocks:
        if not all(action.acts for action in block.actions):
            found.append(
                Problem(
                    "block-leaves-nothing",
                    Words(
                        "Niets doen en wachten kunnen altijd.",
                        "Doing nothing and waiting are always possible.",
                    ),
                    Words(
                        "Haal nothing en wait uit deze blokkade.", "Take nothing and wait out of this block."
                    ),
                    column=block.name,
                )
            )
        if not block.when:
            found.append(
                Problem(
                    "block-without-end",
                    Words("Deze blokkade geldt altijd.", "This block always holds."),
                    Words("Voeg een voorwaarde toe, of haal de regel weg.",
                          "Add a condition, or take the rule out."),
                    column=block.name,
                )
            )  # fmt: skip
    return found


def check_ladders(rules: Sequence[Rule]) -> list[Problem]:
    """What is wrong with the ladders that the rules are levels of; empty when nothing is."""
    ladders: dict[str, list[Rule]] = {}
    for rule in rules:
        if rule.level is not None:
            ladders.setdefault(rule.ladder, []).append(rule)
    found = []
    for steps in ladders.values():
        levels = {rule.level.number: rule.level for rule in steps if rule.level is not None}
        found += check_levels([levels[number] for number in sorted(levels)], steps[0].name)
    return found
