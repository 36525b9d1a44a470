"""`voordeur check-schemes`: what a list of households may be missing, per scheme and in euros a year."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from voordeur.adapters.household_file import HouseholdFile
from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.cli.start import language, refusals_in_words
from voordeur.core.money import decimal_string, euros
from voordeur.core.schemes.check import check_household
from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import Fact, Household, Scheme
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.sentences import ABOUT, FACTS
from voordeur.core.schemes.tally import Tally
from voordeur.core.words import Words

_SHOWN_PROBLEMS = 20


def _day(text: str) -> date:
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"'{text}' is geen datum; schrijf 2026-03-01. / no date; write 2026-03-01.")


def check_schemes_command(
    file: Annotated[Path, typer.Argument(help="Een JSONL- of CSV-bestand. / A JSONL or CSV file.", exists=True)],
    on: Annotated[
        date,
        typer.Option("--on", parser=_day, metavar="DATE", help="De dag waarover het gaat. / The day in question."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="De samenvatting als JSON. / The summary as JSON.")] = False,
    each: Annotated[
        bool, typer.Option("--each", help="Elk huishouden als JSON-regel. / Every household as a line of JSON.")
    ] = False,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", metavar="FOLDER", help="Eigen regels over die van het programma. / Own rules.",
                     exists=True, file_okay=False),
    ] = None,
) -> None:  # fmt: skip
    """Wat lopen huishoudens misschien mis? / What may households be missing?

    Every line is one household. Amounts are euros; what is absent or empty
    is unknown, and counted under what is missing.

    id                       any text
    rent, service_costs      a month
    size                     registered persons
    municipality             for local schemes
    receives                 what they get: huurtoeslag zorgtoeslag ...
    partner                  ja or nee
    born, partner_born       2026-03-01
    children                 birthdays below 18; geen when there are none
    others                   adults: a list of {born, income, child,
                             student, commercial, rich}; geen in CSV
    income                   a year, tenant and partner (or income_low
                             and income_high)
    net_income               a month with holiday allowance (or _low, _high)
    assets                   on 1 January (or assets_low and assets_high)
    insured                  all, tenant or nobody
    childcare, long_low_income, special_costs, study, seizure   ja or nee

    Of a household that did not say what it receives nobody can tell what
    it misses. A line that cannot be read is left out, told on stderr, and
    the command ends with 1. A day without rules is refused, with 2.

    --rules names a folder with files such as housing/2027.toml; a file of
    the same name replaces the one of the program.

    Examples:

    voordeur check-schemes huishoudens.jsonl --on 2026-11-01
    voordeur check-schemes huishoudens.csv --on 2026-11-01 --json
    """
    with refusals_in_words():
        book = load_rule_book(rules)
        book.on(on)
        reading, tally = HouseholdFile(file), Tally()
        by_town: dict[str, DayRules] = {}
        for name, home in reading.households():
            town = home.municipality
            if town not in by_town:
                by_town[town] = book.on(on, town)
            decided = check_household(home, by_town[town])
            tally.add(home, decided)
            if each:
                sys.stdout.write(json.dumps(_one(name, home, decided), ensure_ascii=False) + "\n")
    if not each:
        print(json.dumps(summary(tally, on, reading), ensure_ascii=False, indent=1)) if as_json else _print(
            tally
        )
    _say(reading)
    if reading.problems:
        raise typer.Exit(1)


def _one(name: str, home: Household, decided: Mapping[Scheme, Decision]) -> dict[str, Any]:
    received = home.receives or frozenset()
    return {"id": name} | {
        scheme.value: {
            "outcome": decision.outcome.value,
            "low": decimal_string(decision.low),
            "high": decimal_string(decision.high),
            "reason": decision.reason,
            "missing": [fact.value for fact in decision.missing],
            "received": scheme in received,
        }
        for scheme, decision in decided.items()
    }


def summary(tally: Tally, on: date, reading: HouseholdFile) -> dict[str, Any]:
    """The counts as plain values; amounts are euros a year as text."""
    return {
        "on": on.isoformat(),
        "households": tally.households,
        "left_out": len(reading.problems),
        "receives_unknown": tally.silent,
        "misses_something": tally.missing_something,
        "per_year_low": decimal_string(tally.year_low),
        "per_year_high": decimal_string(tally.year_high),
        "missing_facts": {fact.value: n for fact, n in _most_missed(tally)},
        "schemes": {
            scheme.value: {outcome.value: one.outcomes[outcome] for outcome in Outcome}
            | {
                "received": one.received,
                "misses": one.misses,
                "per_year_low": decimal_string(one.year_low),
                "per_year_high": decimal_string(one.year_high),
            }
            for scheme, one in tally.schemes.items()
        },
    }


def _most_missed(tally: Tally) -> list[tuple[Fact, int]]:
    return sorted(tally.facts.items(), key=lambda one: (-one[1], one[0]))


_HEADINGS = (
    Words("Regeling", "Scheme"), Words("Loopt mis", "Misses"), Words("Per jaar", "A year"),
    Words("Krijgt al", "Gets it"), Words("Vraag na", "Ask"), Words("Niet", "No"), Words("Onbekend", "Unknown"),
)  # fmt: skip


def _print(tally: Tally) -> None:
    said = language()
    lines = [[one.in_language(said) for one in _HEADINGS], *_rows(tally, said)]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        cells = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join(cells).rstrip())
    low, high, some = euros(tally.year_low), euros(tally.year_high), tally.missing_something
    total = Words(
        f"{tally.households} huishoudens; {some} lopen iets mis, samen {low.nl} tot {high.nl} per jaar.",
        f"{tally.households} households; {some} miss something, together {low.en} to {high.en} a year.",
    )
    print(total.in_language(said))
    for fact, number in _most_missed(tally)[:5]:
        print(f"{number:>8}  {FACTS[fact].in_language(said)}")


def _rows(tally: Tally, said: str) -> Iterator[list[str]]:
    for scheme, one in tally.schemes.items():
        counts = (
            one.received,
            one.outcomes[Outcome.ASK_PERSON],
            one.outcomes[Outcome.NOT_ELIGIBLE],
            one.outcomes[Outcome.MISSING],
        )
        title, amount = ABOUT[scheme].title.in_language(said), euros(one.year_high).in_language(said)
        yield [title, str(one.misses), amount, *map(str, counts)]


def _say(reading: HouseholdFile) -> None:
    for problem in reading.problems[:_SHOWN_PROBLEMS]:
        print(problem.line(language()), file=sys.stderr)
    more = len(reading.problems) - _SHOWN_PROBLEMS
    if more > 0:
        print(Words(f"En nog {more}.", f"And {more} more.").in_language(language()), file=sys.stderr)
    if reading.unknown:
        names = ", ".join(sorted(reading.unknown))
        note = Words(f"Deze velden kennen we niet, en lezen we niet: {names}.",
                     f"These fields we do not know, and do not read: {names}.")  # fmt: skip
        print(note.in_language(language()), file=sys.stderr)
