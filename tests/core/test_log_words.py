"""Every deed that is written in the log has words, for who reads the log and for who asks who looked."""

import ast

from tests.architecture.source import modules, tree
from voordeur.core.log_words import in_words, is_known

_LISTENED_TO = {"write_line": 1, "look_at": 4, "_log": 1, "note_means": 1}
"""Function -> which argument is the action."""


def actions_written() -> set[str]:
    """Every action that stands in the source as a text."""
    found = set()
    for path in modules("actions", "web", "cli"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = _LISTENED_TO.get(name)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.add(str(node.args[place].value))
    return found


def test_every_action_has_words() -> None:
    written = actions_written()
    assert len(written) > 50, "the source was read"
    assert {action for action in written if not is_known(action)} == set()


def test_what_nobody_wrote_words_for_is_shown_as_it_is() -> None:
    assert in_words("brand_new").nl == "brand new"
