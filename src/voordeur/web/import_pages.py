"""What the pages of an import show of a run: stages, sums in words, columns and their meaning. Pure: run to figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from voordeur.adapters.cells import CellFault, amount_reader, date_reader
from voordeur.adapters.field_words import DIRECTION_WORDS, MEANING_WORDS
from voordeur.adapters.profiles import Direction, Meaning, shipped_profiles
from voordeur.core.money import parse_euros
from voordeur.core.words import Words
from voordeur.store.queries import ProblemGroup, RunView
from voordeur.web.templatetags.voordeur import language, money, number, said, weekday_year

UNKNOWN_TENANCY = "unknown-tenancy"
_AMOUNTS = frozenset({"amount", "debit", "credit", "rent"})
_DAYS = frozenset({"date", "due", "known", "start", "end"})
_DATE_ORDERS = {
    "dmy": Words("Dag, maand, jaar.", "Day, month, year."),
    "mdy": Words("Maand, dag, jaar.", "Month, day, year."),
    "ymd": Words("Jaar, maand, dag.", "Year, month, day."),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three named stages: `done`, `now` or `later`, with its count."""

    name: str
    state: str
    count: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file that we read."""

    theirs: str
    sample: str
    ours: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Money in or out on a statement."""

    what: str
    sign: str
    sum: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One bank statement with its closing sum, in cents."""

    account: str
    day: date | None
    opening: int
    lines: tuple[Flow, ...]
    closing: int
    difference: int


def context(run: RunView, groups: tuple[ProblemGroup, ...]) -> dict[str, Any]:
    """Everything the page of one run shows."""
    statements = [_statement(one) for one in run.preview.get("statements", [])]
    columns = run.preview.get("columns", [])
    doubts = run.preview.get("doubts", [])
    return {
        "run": run,
        "stages": stages(run, rows_good(run)),
        "good": rows_good(run),
        "sums_in_words": _sums_in_words(run),
        "doubts": [Words(doubt["nl"], doubt["en"]) for doubt in doubts],
        "notes": [_words(note) for note in run.preview.get("notes", [])],
        "statements": statements,
        "broken": any(one.difference for one in statements) or _has_fatal(groups),
        "forcible": bool(run.preview.get("forcible")),
        "unknown": any(group.code == UNKNOWN_TENANCY for group in groups),
        "columns": [_column(one, run) for one in columns if one["ours"]],
        "unread": [one["theirs"] for one in columns if not one["ours"] and one["theirs"]],
        "choices_in_words": _choices_in_words(run),
        "profile": _profile_title(run),
        "groups": () if doubts else groups,
        "problems": sum(group.in_all for group in groups),
        "can_keep": bool(run.mapping.get("profile_toml")) and not doubts,
    }


def rows_good(run: RunView) -> int:
    """Rows that can be booked."""
    if run.kind == "bank":
        return run.rows_read - run.rows_refused
    return int(run.preview.get("rows_good", 0))


def stages(run: RunView, good: int) -> list[Stage]:
    """Read, recognised, booked: where the file is."""
    at = {"uploaded": 0, "reading": 0, "failed": 0, "read": 1, "cancelled": 1, "queued": 2, "booking": 2}.get(
        run.state, 3
    )
    asks = run.rows_refused
    read = (
        ngettext("%(n)s regel", "%(n)s regels", run.rows_total) % {"n": number(run.rows_total)}
        if at
        else _("bezig")
    )
    known = (
        _("%(good)s goed, %(asks)s met een vraag") % {"good": number(good), "asks": number(asks)}
        if at
        else ""
    )
    if run.preview.get("doubts"):
        known = _("nog niet zeker")
    booked = _("%(n)s nieuw") % {"n": number(run.rows_new)} if at == 3 else _("nog niets")
    names = (_("Gelezen"), _("Herkend"), _("Geboekt"))
    states = ["done" if place < at else "now" if place == at else "later" for place in range(3)]
    return [Stage(*one) for one in zip(names, states, (read, known, booked), strict=True)]


def _sums_in_words(run: RunView) -> str:
    preview = run.preview
    if "charged" in preview:
        return _("Samen %(charged)s te betalen en %(paid)s betaald, van %(n)s huurcontracten.") % {
            "charged": money(_cents(preview["charged"])),
            "paid": money(_cents(preview["paid"])),
            "n": number(preview.get("tenancies", 0)),
        }
    if run.kind == "bank":
        return _("Wat bij een huurder hoort boeken we. De rest komt op de lijst van betalingen.")
    return ""


def _statement(one: dict[str, Any]) -> Statement:
    flows = (
        (one["in"], "+", _("%(n)s keer bij")),
        (one["out"], "\u2212", _("%(n)s keer af")),
        (one["reversed"], "\u2212", _("%(n)s keer teruggeboekt")),
    )
    return Statement(
        account=one["account"],
        day=date.fromisoformat(one["closing_day"]) if one["closing_day"] else None,
        opening=_cents(one["opening"]),
        lines=tuple(
            Flow(what % {"n": number(flow["count"])}, sign, abs(_cents(flow["sum"])))
            for flow, sign, what in flows
            if flow["count"]
        ),
        closing=_cents(one["closing"]),
        difference=_cents(one["difference"]),
    )


def _cents(text: str) -> int:
    return parse_euros(text, decimal=".") or 0


def _words(problem: dict[str, str]) -> Words:
    return Words(problem["nl"], problem["en"]) + Words(problem["cure_nl"], problem["cure_en"])


def _profile_title(run: RunView) -> str:
    """What the way of reading is called; empty when a person chose it for this file."""
    name = str(run.preview.get("profile", ""))
    shipped = next((said(profile.title) for profile in shipped_profiles() if profile.name == name), name)
    return "" if name == run.file_name else shipped or name


def _has_fatal(groups: tuple[ProblemGroup, ...]) -> bool:
    return any(group.fatal for group in groups)


def _column(one: dict[str, str], run: RunView) -> Column:
    return Column(one["theirs"], one["sample"], said(Words(one["nl"], one["en"])), _meaning(one, run))


def _meaning(one: dict[str, str], run: RunView) -> str:
    """How we read the example: `€ 618,40`, `dinsdag 1 december 2026`, `huur`. Empty when it is taken as it is."""
    try:
        return _reader(one["ours"], run)(one["sample"].strip()) if one["sample"].strip() else ""
    except CellFault:
        return ""


def _reader(ours: str, run: RunView) -> Callable[[str], str]:
    preview = run.preview
    if ours in _AMOUNTS:
        return lambda text: money(amount_reader(preview.get("decimal"))(text))
    if ours in _DAYS:
        read = date_reader(preview.get("dates") or "dmy", serial=ours in run.mapping.get("serial", ()))
        return lambda text: weekday_year(read(text))
    if ours == "kind":
        words = {word["theirs"]: word["ours"] for word in preview.get("words", [])}
        return lambda text: said(MEANING_WORDS[Meaning(words[text])]) if words.get(text) else ""
    return lambda text: ""


def _choices_in_words(run: RunView) -> str:
    """How signs, decimals and days are read, and how many rows stand above the headings."""
    preview, parts = run.preview, []
    if preview.get("direction"):
        way = DIRECTION_WORDS[Direction(preview["direction"])].in_language(language())
        parts.append(f"{way[:1].upper()}{way[1:]}.")
    if preview.get("dates") and any(column["ours"] in _DAYS for column in preview.get("columns", [])):
        parts.append(said(_DATE_ORDERS[preview["dates"]]))
    above = int(preview.get("header_row") or 1) - 1
    if above > 0:
        parts.append(
            ngettext("%(n)s kopregel overgeslagen.", "%(n)s kopregels overgeslagen.", above) % {"n": above}
        )
    return " ".join(parts)
