"""`python -m bench.fuzz`: damaged and made-up input of every kind, to every reader there is.

CASES=200000 (the default), SEED=1. Every case must end in values or in Problems. An exception that is no Refused, more
than LONGEST seconds, or MOST MiB more memory than before is a finding: it is printed with what is needed to repeat it,
and the exit code is 1. Two processes; each case depends on its number and the seed alone.
"""

import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from bench.fuzz_readers import Reader, readers

LONGEST = 5.0
"""Seconds of processor time that one case may take."""
MOST = 500
"""MiB that a process may grow in one case."""
PIECE = 1_000
_TEXTS = (
    "", "\0", "\r\n", "\n\n\n", "'", '"', '"' * 3, "'" * 3, "=1+1", "@SUM(A1)", "-", "+", "999999999999999999999", "-0",
    "0.005", "1e999", "NaN", "-Infinity", "1.018,40", "31-02-2026", "9999-12-31", "0000-00-00", "29-02-1900",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "<![CDATA[", "]]>", "</Stmt>", "<Ntry>", "{", "}" * 50, "[" * 400, "(((((",
    "\u202e", "\U0001f600", "\u0301", ":61:2611231123C618,40NMSC",
    ":86:", ":62F:C261123EUR", "-}", "a" * 5_000, ";" * 300,
    ",,,,", "\t", "true", "null", "= [", "[[", "]]", "#", "*_`$\\", "\\u0000", "[x](javascript:1)", "{{name}}",
    "NL00TSTA0000000000", "1" * 400,
)  # fmt: skip
HOSTILE = [text.encode() for text in _TEXTS] + [
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\x80" * 9,
]
"""What people, programs and attackers put in files."""
_ENDS_WORD = b"<>;,\n=:\"' []{}"


class Finding(NamedTuple):
    """A case that did not end as it should."""

    reader: str
    number: int
    why: str
    data: bytes


class Told(NamedTuple):
    """What became of some cases."""

    outcomes: Counter[tuple[str, str]]
    slowest: dict[str, float]
    """Per reader: seconds of processor time of the slowest case."""
    findings: list[Finding]


class TooLong(Exception):
    """The alarm went."""


def main() -> None:
    cases, seed = int(os.environ.get("CASES", "200000")), int(os.environ.get("SEED", "1"))
    began = time.perf_counter()
    pieces = [(seed, first, min(PIECE, cases - first)) for first in range(0, cases, PIECE)]
    with ProcessPoolExecutor(2) as pool:
        told = list(pool.map(_piece, pieces))
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest: dict[str, float] = {}
    for some in told:
        outcomes += some.outcomes
        for name, seconds in some.slowest.items():
            slowest[name] = max(seconds, slowest.get(name, 0))
    print(f"{cases:,} cases, seed {seed}, {time.perf_counter() - began:,.0f} s\n")
    _print(outcomes, slowest)
    findings = [finding for some in told for finding in some.findings]
    for finding in findings[:20]:
        print(f"\n{finding.reader}, case {finding.number}: {finding.why}\n{finding.data[:2_000]!r}")
    print(f"\n{len(findings)} findings")
    sys.exit(bool(findings))


def _piece(asked: tuple[int, int, int]) -> Told:
    return run(*asked)


def run(seed: int, first: int, count: int) -> Told:
    """Cases `first` up to `first + count`."""
    told, known = Told(Counter(), {}, []), readers()
    signal.signal(signal.SIGVTALRM, _alarm)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            _one(known, seed, number, Path(folder), told)
    return told


def _alarm(signum: int, frame: FrameType | None) -> None:
    raise TooLong


def _one(known: list[Reader], seed: int, number: int, folder: Path, told: Told) -> None:
    dice = random.Random(f"{seed}/{number}")
    reader = dice.choices(known, [one.share for one in known])[0]
    data = made_up(dice, reader.samples)
    before, began = _peak(), time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        outcome = reader.read(data, folder)
    except Exception as error:  # whatever it is, it is what we are looking for
        outcome = "FINDING"
        last = traceback.extract_tb(error.__traceback__)[-1]
        why = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
        told.findings.append(Finding(reader.name, number, why, data))
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    if _peak() - before > MOST:
        told.findings.append(Finding(reader.name, number, f"{_peak() - before} MiB", data))
    told.outcomes[reader.name, outcome] += 1
    told.slowest[reader.name] = max(told.slowest.get(reader.name, 0), time.process_time() - began)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def made_up(dice: random.Random, samples: Sequence[bytes]) -> bytes:
    """Two in three: a sound sample, damaged. One in three: words of a sample and hostile ones, in any order."""
    if dice.random() < 1 / 3:
        words = [word for word in _words(dice.choice(samples)) if word]
        some = range(dice.randint(0, 120))
        return b"".join(dice.choice(words if dice.random() < 0.8 else HOSTILE) for _ in some)
    data = dice.choice(samples)
    for _ in range(dice.choice((1, 1, 1, 1, 2, 2, 3, 8))):  # one slip gets deepest
        data = dice.choice(_DAMAGE)(dice, data, samples)
    return data


def _words(sample: bytes) -> Iterator[bytes]:
    """A sample in small pieces that still mean something: a separator stays with what is before it."""
    word = bytearray()
    for byte in sample:
        word.append(byte)
        if byte in _ENDS_WORD:
            yield bytes(word)
            word.clear()
    yield bytes(word)


def _flip(dice: random.Random, data: bytes, samples: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _drop(dice: random.Random, data: bytes, samples: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[at + dice.choice((1, 2, 10, 100, 1_000)) :]


def _repeat(dice: random.Random, data: bytes, samples: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    piece = data[at : at + dice.choice((1, 5, 50, 500))]
    return data[:at] + piece * dice.choice((2, 3, 30)) + data[at:]


def _insert(dice: random.Random, data: bytes, samples: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(HOSTILE) + data[at:]


def _other_word(dice: random.Random, data: bytes, samples: Sequence[bytes]) -> bytes:
    words = list(_words(data))
    words[dice.randrange(len(words))] = dice.choice(HOSTILE)
    return b"".join(words)


def _splice(dice: random.Random, data: bytes, samples: Sequence[bytes]) -> bytes:
    other = dice.choice(samples)
    return data[: dice.randrange(len(data) + 1)] + other[dice.randrange(len(other) + 1) :]


def _cut(dice: random.Random, data: bytes, samples: Sequence[bytes]) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _other_letters(dice: random.Random, data: bytes, samples: Sequence[bytes]) -> bytes:
    other = dice.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "cp037"))
    return data.decode("utf-8", "replace").encode(other, "replace")


_DAMAGE = (
    *[_flip, _drop, _repeat, _insert, _other_word] * 4,
    _splice, _cut, _other_letters,
)  # fmt: skip


def _print(outcomes: Counter[tuple[str, str]], slowest: dict[str, float]) -> None:
    print(f"{'reader':14} {'cases':>8} {'read':>8} {'refused':>8} {'codes':>6} {'slowest s':>10}")
    for name in sorted(slowest):
        mine = {code: count for (reader, code), count in outcomes.items() if reader == name}
        read, total = mine.get("read", 0), sum(mine.values())
        codes = len(mine) - ("read" in mine)
        print(f"{name:14} {total:8,} {read:8,} {total - read:8,} {codes:6} {slowest[name]:10.2f}")


if __name__ == "__main__":
    main()
