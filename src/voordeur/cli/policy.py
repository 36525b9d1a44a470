"""`voordeur policy`: check a policy file, list the facts, and lay two policies beside each other."""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from voordeur.cli.next_action import a_day, open_lines, say
from voordeur.core.compare import Comparison, Hours, Household
from voordeur.core.policy import Action, Policy
from voordeur.core.words import Words

app = typer.Typer(
    help="Beleid nakijken en vergelijken. / Check and compare policies.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Portfolio(StrEnum):
    """Where the households come from when there is no file."""

    DATABASE = "database"


@app.command("check")
def check_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Een beleidsbestand. / A policy file.")],
) -> None:
    """Kijk een beleid na. / Check a policy: what is wrong with it, where, and how to mend it.

    A policy is refused when a letter could come before a personal attempt,
    when it reports to the municipality before the law's steps are proven,
    or when a household could be left without advice. Exit code 2 then.
    """
    from voordeur.adapters.policy_choice import policy_named
    from voordeur.cli.start import language, refusals_in_words

    with refusals_in_words():
        found = policy_named(file)
    words = Words(
        f"{found.name}: {len(found.rules)} regels, {len(found.blocks)} blokkades, geldt vanaf {found.start}.",
        f"{found.name}: {len(found.rules)} rules, {len(found.blocks)} blocks, in force from {found.start}.",
    )
    print(words.in_language(language()))


@app.command("facts")
def facts_command(
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON. / As JSON.")] = False,
) -> None:
    """Noem de feiten waar een beleid naar kan vragen. / List the facts that a policy can ask about."""
    from voordeur.cli.start import language
    from voordeur.core.fact_catalogue import comparisons, fact_catalogue

    said = language()
    for entry in fact_catalogue():
        if as_json:
            row = {
                "name": entry.name,
                "kind": entry.kind.value,
                "nl": entry.words.nl,
                "en": entry.words.en,
                "unit": {"nl": entry.unit.nl, "en": entry.unit.en},
                "comparisons": [op.value for op, _ in comparisons(entry)],
            }
            print(json.dumps(row, ensure_ascii=False))
        else:
            unit = f" ({entry.unit.in_language(said)})" if entry.unit.nl else ""
            print(f"{entry.name:<22} {entry.words.in_language(said)}{unit}")


@app.command("compare")
def compare_command(
    before: Annotated[str, typer.Argument(metavar="A", help="Het beleid van nu. / The policy of now.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Het andere beleid. / The other policy.")],
    facts: Annotated[
        str, typer.Option("--facts", metavar="FILE", help="JSON, een huishouden per regel. / JSON lines.")
    ] = "",
    portfolio: Annotated[
        Portfolio, typer.Option("--portfolio", help="Waar de huishoudens vandaan komen. / Whose households.")
    ] = Portfolio.DATABASE,
    on: Annotated[
        date | None,
        typer.Option(
            "--on", parser=a_day, metavar="DATE", help="De dag; anders vandaag. / The day; else today."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON. / As JSON.")] = False,
) -> None:
    """Leg twee soorten beleid naast elkaar. / Which households move where, and do the hours suffice.

    A and B are policy files, or names of policies that come with the
    program. Without --facts the households of the database are looked at,
    as of today; nothing is changed. Only numbers and ids are shown. The
    hours are for everything that is on the list now, against one week.

    Example:  voordeur policy compare standaard brief-eerst
    """
    from voordeur.adapters.policy_choice import household_policy
    from voordeur.cli.start import refusals_in_words

    with refusals_in_words():
        first, second = household_policy(before), household_policy(after)
        found, complete = (
            _from_file(first, second, facts, on) if facts else (_from_database(first, second, on), True)
        )
    if as_json:
        print(json.dumps(as_data(found), ensure_ascii=False))
    else:
        _print(found)
    if not complete:
        raise typer.Exit(2)


def _from_file(first: Policy, second: Policy, path: str, on: date | None) -> tuple[Comparison, bool]:
    """The comparison, and whether every line could be used."""
    from voordeur.adapters.facts_file import read_facts
    from voordeur.core.compare import compare

    wrong = []
    day = on or _today()

    def households() -> Iterable[Household]:
        for read in read_facts(open_lines(path), Path(path).name):
            if isinstance(read, list):
                wrong.append(read)
                say(read)
            else:
                yield Household(read.id, read.neighbourhood or None, read.household(day))

    return compare(first, second, households()), not wrong


def _from_database(first: Policy, second: Policy, on: date | None) -> Comparison:
    from voordeur.cli.start import start

    start()
    from voordeur.actions.dry_run_policy import dry_run

    return dry_run(None, second, on or _today(), against=first)


def _today() -> date:
    from voordeur.cli.start import start

    start(migrate=False)
    from voordeur.actions.today import today

    return today()


# --- how it is written -----------------------------------------------------------------------------------------


def as_data(found: Comparison) -> dict[str, Any]:
    """The comparison for JSON: counts, ids, minutes."""
    return {
        "before": found.before.name,
        "after": found.after.name,
        "households": found.households,
        "moved": len(found.moves),
        "matrix": [
            {"before": before.value, "after": after.value, "households": count}
            for (before, after), count in sorted(found.matrix.items(), key=_by_step)
        ],
        "total": [_work(one) for one in found.total],
        "hours": [{"neighbourhood": one.neighbourhood, **_work(one)} for one in found.hours],
        "moves": [
            {
                "id": move.id,
                "neighbourhood": move.neighbourhood,
                "before": move.before.value,
                "after": move.after.value,
            }
            for move in found.moves
        ],
    }


def _work(one: Hours) -> dict[str, Any]:
    return {
        "place": one.place,
        "minutes_before": one.before,
        "minutes_after": one.after,
        "minutes_available": one.available,
        "short": one.short,
    }


_ORDER = {action: at for at, action in enumerate(Action)}


def _by_step(item: tuple[tuple[Action, Action], int]) -> tuple[int, int]:
    (before, after), _ = item
    return _ORDER[before], _ORDER[after]


def _print(found: Comparison) -> None:
    from voordeur.cli.start import language

    said = language()
    print(f"{found.before.title.in_language(said)} → {found.after.title.in_language(said)}\n")
    _table(_matrix_lines(found, said), sys.stdout.write)
    print()
    _table(_hours_lines(found, said), sys.stdout.write)
    moved = Words(
        f"\n{found.households} huishoudens, {len(found.moves)} krijgen een andere stap. Er is niets veranderd.",
        f"\n{found.households} households, {len(found.moves)} get another step. Nothing was changed.",
    )
    print(moved.in_language(said))


def _matrix_lines(found: Comparison, said: str) -> list[list[str]]:
    """One line per pair of steps that occurs; the pairs that differ are marked."""
    heading = Words("Nu|Straks|Huishoudens|", "Now|Then|Households|").in_language(said).split("|")
    lines = [heading]
    for (before, after), count in sorted(found.matrix.items(), key=_by_step):
        steps = [step.words.in_language(said) for step in (before, after)]
        lines.append([*steps, str(count), "" if before is after else "*"])
    return lines


_PLACES = {"door": Words("aan de deur", "at the door"), "desk": Words("aan het bureau", "at a desk")}


def _hours_lines(found: Comparison, said: str) -> list[list[str]]:
    """Hours now, then and available; `!` where there are too few."""
    heading = Words(
        "Wijk|Werk|Uren nu|Uren straks|Beschikbaar|", "Neighbourhood|Work|Hours now|Hours then|Available|"
    )
    together, none = Words("alles samen", "all together"), Words("geen wijk", "no neighbourhood")
    named = [(together.in_language(said), one) for one in found.total]
    for one in found.hours:
        named.append((none.in_language(said) if one.neighbourhood is None else str(one.neighbourhood), one))
    lines = [heading.in_language(said).split("|")]
    for name, one in named:
        available = "-" if one.available is None else _hours(one.available)
        work = _PLACES[one.place].in_language(said)
        lines.append([name, work, _hours(one.before), _hours(one.after), available, "!" if one.short else ""])
    return lines


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def _table(lines: list[list[str]], write: Callable[[str], Any]) -> None:
    """Columns of text; what is a number stands to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (
            cell.rjust(width) if cell[:1].isdigit() and at > 1 else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        write("  ".join(cells).rstrip() + "\n")
