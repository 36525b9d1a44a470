"""Damaged input ends in values or in Problems: a few hundred cases here, 200,000 in `python -m bench.fuzz`."""

from pathlib import Path
from random import Random

import pytest
from bench import fuzz
from bench.fuzz_readers import Reader, readers


def test_damaged_input_gives_problems_and_never_an_error() -> None:
    told = fuzz.run(7, 0, 300)
    assert told.findings == []
    assert {name for name, _ in told.outcomes} >= {one.name for one in readers() if one.share >= 20}


@pytest.mark.parametrize(
    ("error", "told"), [(KeyError("x"), "KeyError"), (RecursionError(), "RecursionError")]
)
def test_a_reader_that_fails_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def read(data: bytes, folder: Path) -> str:
        raise error

    monkeypatch.setattr(fuzz, "readers", lambda: [Reader("one", 1, [b"a;b"], read)])
    findings = fuzz.run(1, 0, 3).findings
    assert [told in one.why for one in findings] == [True] * 3


def test_a_reader_that_hangs_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(data: bytes, folder: Path) -> str:
        while True:
            pass

    monkeypatch.setattr(fuzz, "LONGEST", 0.05)
    monkeypatch.setattr(fuzz, "readers", lambda: [Reader("one", 1, [b"a;b"], read)])
    assert [one.why[:7] for one in fuzz.run(1, 0, 1).findings] == ["TooLong"]


def test_the_same_seed_and_number_is_the_same_case() -> None:
    first, again = (fuzz.made_up(Random("3/14"), [b"a;b;c"]) for _ in range(2))
    assert first == again
