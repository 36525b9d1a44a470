"""The check runs where nothing is installed, as on the phone: core, rules and their reader on the standard library."""

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[3] / "src"
PROGRAM = f"""
import sys; sys.path.insert(0, {str(SOURCE)!r})
from datetime import date
from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.core.schemes import answers, questions, tally
from voordeur.core.schemes.answer import check
from voordeur.core.schemes.household import Household, Insured, Scheme, exactly
home = Household(rent=600_00, size=1, born=date(1990, 4, 2), income=exactly(22_000_00), assets=exactly(0))
rules = load_rule_book().on(date(2026, 11, 22))
print(next(one.decision.high for one in check(home, rules) if one.scheme is Scheme.HOUSING))
print(sorted(name for name in sys.modules if name.split('.')[0] in ('django', 'numpy', 'typer')))
"""


def test_a_bare_interpreter_answers() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["36100", "[]"]
