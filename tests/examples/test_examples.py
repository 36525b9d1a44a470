"""Every plain-text case in this folder: what it expects is what the program says, word for word."""

from pathlib import Path

import pytest

from tests.examples.cases import SIGNALS, Case, read, said
from voordeur.core.signals import SignalKind

FILES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_case_expects_is_what_the_program_says(path: Path) -> None:
    case = read(path)
    found = said(case.assess())
    assert case.expected, "a case without expectations proves nothing"
    missing = [line for line in case.expected if line not in found]
    assert not missing, "\n".join(f"{name:10}{text}" for name, text in found)
    signals = [text for name, text in case.expected if name == "signaal"]
    assert signals == [text for name, text in found if name == "signaal"], "all signals, in their order"


def test_every_kind_of_signal_has_a_case() -> None:
    told = {text for path in FILES for name, text in read(path).expected if name == "signaal"}
    assert {SIGNALS[name] for name in told - {"geen"}} == set(SignalKind)


def test_there_are_enough_cases_and_each_says_what_it_is_about() -> None:
    cases: list[Case] = [read(path) for path in FILES]
    assert len(cases) >= 25
    assert len({case.title for case in cases}) == len(cases)
