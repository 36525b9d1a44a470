"""`voordeur retention`: what may be kept no longer, and erase it."""

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from voordeur.actions.retain import Erased
    from voordeur.store.queries import DueRule


def retention_command(
    erase: bool = typer.Option(False, "--erase", help="Wis het echt. / Really erase it."),
    as_: str = typer.Option(
        "", "--as", metavar="NAME", help="Gebruikersnaam van wie wist. / User name of who erases."
    ),
    day: str = typer.Option(
        "", metavar="DAY", help="Dag (JJJJ-MM-DD), anders vandaag. / Day, otherwise today."
    ),
    as_json: bool = typer.Option(False, "--json", help="Als JSON. / As JSON."),
) -> None:
    """Laat zien wat niet langer bewaard mag worden, en wis het met --erase. / What may be kept no longer.

    Without --erase nothing changes: it shows, rule by rule, how many rows are due and what holds others back (a case
    that runs, a request that is open). With --erase --as NAME (the privacy officer) those rows go, the files of the
    database are written anew without them, and a proof is kept. Run it at a quiet hour. Backups made before still
    hold what was erased: throw them away when their own term is over.

    Examples:

    voordeur retention
    voordeur retention --erase --as fatima
    """
    from voordeur.cli.start import language, refusals_in_words, start

    start()
    from datetime import date

    from voordeur.actions.retain import due, member_named, old_backups
    from voordeur.actions.retain import erase as carry_out
    from voordeur.actions.today import today

    try:
        on = date.fromisoformat(day) if day else today()
    except ValueError:
        raise typer.BadParameter(f"{day}: JJJJ-MM-DD / YYYY-MM-DD") from None
    if erase and not as_:
        raise typer.BadParameter("--erase: wie wist? --as NAAM / who erases? --as NAME")
    with refusals_in_words():
        member = member_named(as_) if as_ else None
        if not erase:
            _show(due(member, on), language(), as_json)
        else:
            _show_done(carry_out(member, on), language(), as_json)
    _say_backups(old_backups(on), language())


def _show_done(done: "Erased", language: str, as_json: bool) -> None:
    """What went under which rule, with the hash that proves which rows they were."""
    if as_json:
        print(json.dumps([{"rule": run.rule, "count": run.count, "digest": run.digest} for run in done.runs]))
        return
    from voordeur.adapters.retention_rules import load_retention

    names = {rule.name: rule.what.in_language(language) for rule in load_retention()}
    for run in done.runs:
        print(f"{run.count:>8}  {names[run.rule]}\n{'':>8}  {run.digest}")
    print(
        f"{done.count} {'rows erased or made anonymous' if language == 'en' else 'rijen gewist of anoniem gemaakt'}."
    )


def _show(rules: "list[DueRule]", language: str, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_plain(one) for one in rules], ensure_ascii=False))
        return
    from voordeur.core.retention import FATE_WORDS, HOLDBACK_WORDS

    for one in rules:
        rule = one.rule
        said = f"{rule.term.in_language(language)}, {FATE_WORDS[rule.fate].in_language(language)}"
        print(f"{one.due:>8}  {rule.what.in_language(language)} ({said})")
        for reason, count in one.held:
            print(f"{'':>8}  + {count}: {HOLDBACK_WORDS[reason].in_language(language)}")
    total = sum(one.due for one in rules)
    print(
        f"{total} rows are due; nothing was changed."
        if language == "en"
        else f"{total} rijen mogen niet langer bewaard worden; er is niets veranderd."
    )


def _say_backups(count: int, language: str) -> None:
    """On stderr, beside the answer: what somebody still has to throw away."""
    if count:
        said = (
            f"{count} backups are past their term and hold what was erased since: throw them away."
            if language == "en"
            else f"{count} back-ups zijn over hun termijn, met wat daarna gewist is: gooi ze weg."
        )
        print(said, file=sys.stderr)


def _plain(one: "DueRule") -> dict[str, Any]:
    return {
        "rule": one.rule.name,
        "fate": one.rule.fate,
        "due": one.due,
        "oldest": one.oldest.isoformat() if one.oldest else None,
        "held": {reason.value: count for reason, count in one.held},
    }
