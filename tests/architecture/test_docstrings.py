"""Every module says what it is for; whatever the calculating rings offer says what it does."""

import ast

import pytest

from tests.architecture.source import ROOT, kept_under, modules, public_definitions, shown, tree

SAY_WHAT_THEY_DO = ("core", "engine", "adapters")


def test_every_module_says_what_it_is_for() -> None:
    ours = [*modules(), *(path for path in kept_under(ROOT / "tests", ".py") if path.name != "__init__.py")]
    silent = [shown(path) for path in ours if not ast.get_docstring(tree(path))]
    assert silent == []


@pytest.mark.parametrize("room", SAY_WHAT_THEY_DO)
def test_every_public_name_says_what_it_does(room: str) -> None:
    paths = modules(room)
    assert paths, f"{room} has modules"
    silent = [
        f"{shown(path)}: {name}"
        for path in paths
        for name, node in public_definitions(path)
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not ast.get_docstring(node)
    ]
    assert silent == []
