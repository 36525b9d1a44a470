"""The result of the check on one page for the tenant (PDF/UA-1): the same result and day give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voordeur.adapters.letters import print_pdf
from voordeur.core.letter_data import long_day
from voordeur.core.phrases import joined
from voordeur.core.problems import Refused
from voordeur.core.schemes.household import Scheme
from voordeur.core.schemes.result import Card, Result, State, holds_until
from voordeur.core.words import Words, day_in_words

MOST_SCHEMES = 5
"""So many fit on a page with all that belongs to them; of the others the name is given."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes on the page."""

    result: Result
    day: date
    address: str
    who: str
    """The colleague who did the check with the tenant."""
    landlord: str
    phone: str = ""


_TITLE = Words("Wat u kunt aanvragen", "What you can apply for")
_NOTHING = Words("De uitkomst van de regelingen-check", "The result of the check on schemes")
_LABELS = {"good_to_know": Words("Goed om te weten", "Good to know")}
_NOTES = (
    Words("Dit is een schatting, met wat u ons vertelde. Wie de regeling betaalt, beslist.",
          "This is an estimate, with what you told us. Whoever pays the scheme decides."),
    Words("Aanvragen kost niets. Verandert er iets, geef dat dan door: te veel moet u terugbetalen.",
          "Applying is free. If anything changes, pass it on: what is too much has to be paid back."),
    Words("Hulp bij het aanvragen is er bij de gemeente en bij de bibliotheek (Informatiepunt Digitale Overheid).",
          "There is help with applying at the municipality and at the library (Informatiepunt Digitale Overheid)."),
)  # fmt: skip


def scheme_paper(paper: Paper, language: str) -> bytes:
    """The page as PDF, in "nl" or "en". Raises Refused when it cannot be printed."""
    for closer, most in ((False, MOST_SCHEMES), (True, MOST_SCHEMES), (True, MOST_SCHEMES - 2)):
        try:
            return print_pdf(
                "schemes.typ", "paper", _as_data(paper, language, most, closer=closer), paper.day
            )
        except Refused as refused:
            if refused.problems[0].code != "more-than-one-page" or most < MOST_SCHEMES:
                raise
    raise AssertionError("the last try returns or raises")


def _as_data(paper: Paper, language: str, most: int, *, closer: bool) -> dict[str, object]:
    found = paper.result
    to_ask = [card for card in found.cards if card.state in (State.WORTH, State.ASK)]
    return {
        "language": language,
        "closer": closer,
        "title": (_TITLE if to_ask else _NOTHING).in_language(language),
        "from": paper.landlord,
        "day": paper.day.isoformat(),
        "labels": {name: words.in_language(language) for name, words in _LABELS.items()},
        "about": _about(paper).in_language(language),
        "lead": _lead(paper, bool(to_ask)).in_language(language),
        "head": found.head.in_language(language),
        "sum": _sum(found).in_language(language),
        "note": found.note.in_language(language),
        "schemes": [_scheme(card, language) for card in to_ask[:most]],
        "more": _more(to_ask[most:]).in_language(language),
        "notes": [words.in_language(language) for words in _NOTES],
        "help": _help(paper).in_language(language),
    }


def _about(paper: Paper) -> Words:
    day = long_day(paper.day, year=True)
    return Words(f"{paper.address} · {day.nl}", f"{paper.address} · {day.en}")


def _lead(paper: Paper, something: bool) -> Words:
    if not something:
        return Words("Met wat u ons vertelde lijkt u geen regeling te missen.",
                     "With what you told us you do not seem to miss a scheme.")  # fmt: skip
    return Words(f"{paper.who} van {paper.landlord} keek met u welke regelingen u misschien mist.",
                 f"{paper.who} of {paper.landlord} looked with you which schemes you may be missing.")  # fmt: skip


def _sum(found: Result) -> Words:
    if found.sum is None:
        return Words("", "")
    until = holds_until(found.until)
    return Words(
        f"ongeveer {found.sum.nl} per maand, {until.nl}", f"about {found.sum.en} a month, {until.en}"
    )


def _scheme(card: Card, language: str) -> dict[str, object]:
    rows = [(Words("Waar en hoe", "Where and how"), card.where), (Words("Papieren", "Papers"), card.papers)]
    if card.apply_by:
        last = day_in_words(card.apply_by, year=True)
        rows.append((Words("Uiterlijk", "At the latest"), last))
    if card.last_year:
        rows.append((Words("Vorig jaar", "Last year"), card.last_year))
    if card.scheme is Scheme.CHILD_BUDGET:
        rows.append((Words("Let op", "Note"), _BY_ITSELF))
    return {
        "title": card.title.in_language(language),
        "sentence": card.sentence.in_language(language),
        "rows": [
            {"what": what.in_language(language), "said": said.in_language(language)} for what, said in rows
        ],
    }


_BY_ITSELF = Words("Krijgt u al een andere toeslag, dan komt dit meestal vanzelf.",
                   "If you get another allowance already, this usually comes by itself.")  # fmt: skip


def _more(cards: Sequence[Card]) -> Words:
    if not cards:
        return Words("", "")
    names = joined([card.title for card in cards])
    return Words(f"Vraag ook naar: {names.nl}.", f"Ask about these too: {names.en}.")


def _help(paper: Paper) -> Words:
    if not paper.phone:
        return Words(f"Lukt het niet? Vraag {paper.who} van {paper.landlord} om hulp.",
                     f"Does it not work out? Ask {paper.who} of {paper.landlord} for help.")  # fmt: skip
    return Words(f"Lukt het niet? Bel {paper.who} van {paper.landlord}: {paper.phone}.",
                 f"Does it not work out? Call {paper.who} of {paper.landlord}: {paper.phone}.")  # fmt: skip
