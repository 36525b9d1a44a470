"""`voordeur next-action`: the next step by a policy, for facts from a file; nothing is read from the database."""

import io
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words


def a_day(text: str) -> date:
    """A date as it is written on a command line."""
    try:
        if len(text) == len("2026-03-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"'{text}' is geen datum; schrijf 2026-03-01. / no date; write 2026-03-01.")


def next_action_command(
    policy: Annotated[
        str,
        typer.Option(
            "--policy", metavar="FILE", help="Een beleidsbestand of een naam. / A policy file or a name."
        ),
    ],
    facts: Annotated[
        str,
        typer.Option(
            "--facts", metavar="FILE", help="JSON, een per regel; - leest mee. / JSON lines; - is stdin."
        ),
    ],
    on: Annotated[
        date | None,
        typer.Option(
            "--on", parser=a_day, metavar="DATE", help="De dag; anders vandaag. / The day; else today."
        ),
    ] = None,
) -> None:
    """Geef de volgende stap volgens een beleid, met reden. / Give the next step by a policy, with its reason.

    One JSON object per line in, one per line out, in the same order:
    line, id, action, rule, reason (nl, en), not_now (why not the other
    actions), also (rules that hold too and want something else), clash
    (those of them that are equals) and blocked (rule and block).

    Facts that a line does not give are false, zero or not known; `voordeur
    policy facts` lists them. `amount` is in euros, days are 2026-03-01.

    A line that cannot be used gives Problems on stderr with its number and
    its cure; the others are still answered, and the exit code is 2.

    Example:  voordeur next-action --policy standaard --facts feiten.jsonl
    """
    from voordeur.adapters.policy_choice import policy_named
    from voordeur.cli.start import refusals_in_words

    with refusals_in_words():
        chosen = policy_named(policy)
        lines = open_lines(facts)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    wrong = False
    for answer in _answers(chosen, lines, Path(facts).name, on or _today()):
        if isinstance(answer, list):
            wrong = True
            say(answer)
        else:
            print(json.dumps(answer, ensure_ascii=False))
    if wrong:
        raise typer.Exit(2)


def _today() -> date:
    from voordeur.cli.start import start

    start(migrate=False)
    from voordeur.actions.today import today

    return today()


def open_lines(path: str) -> Iterable[str]:
    """The lines of a text file, or of stdin for `-`. Refused when there is no such file, or when it is no text."""
    try:
        if path == "-":
            return sys.stdin.read().splitlines()
        return Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        raise Refused(
            Problem(
                "cannot-read",
                Words("Dit bestand is niet te lezen.", "This file cannot be read."),
                Words("Geef een tekstbestand (UTF-8) dat er is.", "Give a text file (UTF-8) that exists."),
                Path(path).name,
            )
        ) from None


def say(problems: Iterable[Problem]) -> None:
    """Problems on stderr, one per line."""
    from voordeur.cli.start import language

    for problem in problems:
        print(problem.line(language()), file=sys.stderr)


def _answers(
    policy: Any, lines: Iterable[str], source: str, on: date
) -> Iterable[dict[str, Any] | list[Problem]]:
    from voordeur.adapters.facts_file import read_facts
    from voordeur.core.packs import Pack, choose
    from voordeur.core.policy import recommend

    pack = policy if isinstance(policy, Pack) else None
    for read in read_facts(lines, source) if pack is None else read_facts(lines, source, pack.vocabulary):
        if isinstance(read, list):
            yield read
            continue
        shown: dict[str, Any] = {"line": read.line, "id": read.id}
        if pack is None:
            advice = recommend(policy, read.household(on))
            not_now = {one.action.value: _both(one.reason) for one in advice.not_now}
            yield shown | _shown(advice, not_now)
        else:
            choice = choose(pack, read.situation(on))
            yield shown | _shown(choice, {action: _both(words) for action, words in choice.not_now})


def _shown(advice: Any, not_now: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "action": str(advice.action),
        "rule": advice.rule,
        "reason": _both(advice.reason),
        "not_now": [{"action": action, **words} for action, words in not_now.items()],
        "also": list(advice.also),
        "clash": list(advice.clash),
        "blocked": [{"rule": rule, "block": block} for rule, block in advice.blocked],
    }


def _both(words: Words) -> dict[str, str]:
    return {"nl": words.nl, "en": words.en}
