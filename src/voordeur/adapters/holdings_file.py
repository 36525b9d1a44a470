"""All that is kept of a household on paper (PDF/UA-1): the same data and day give the same bytes."""

from voordeur.adapters.letters import print_pdf
from voordeur.core.holdings import RIGHTS, Held, HeldPart, Holdings, fingerprint
from voordeur.core.letter_data import long_day
from voordeur.core.words import Words

_TITLE = Words("Wat wij over u bewaren", "What we hold about you")
_LABELS = {
    "page": Words("bladzijde", "page"),
    "of": Words("van", "of"),
    "reference": Words("Contract", "Agreement"),
    "about": Words("Over dit overzicht", "About this overview"),
    "rights": Words("Wat u kunt doen", "What you can do"),
    "contents": Words("Wat er in staat", "What is in it"),
    "nothing": Words("Hier bewaren wij niets over:", "Of these we hold nothing:"),
    "rest": Words("In het JSON-bestand staat van elke regel ook:", "The JSON file holds of every row too:"),
    "check": Words("Kenmerk", "Fingerprint"),
    "check_how": Words(
        "Bij dit overzicht hoort een JSON-bestand met dezelfde gegevens. De sha256 van dat bestand is:",
        "With this overview goes a JSON file with the same data. The sha256 of that file is:",
    ),
}


def print_holdings(holdings: Holdings, language: str) -> bytes:
    """The overview as PDF/UA-1, in "nl" or "en". Raises Refused when it cannot be printed."""
    return print_pdf("holdings.typ", "file", _as_data(holdings, language), holdings.made_on)


def _as_data(holdings: Holdings, language: str) -> dict[str, object]:
    told = [part for part in holdings.parts if part.records]
    about = (
        (Words("Van", "From"), holdings.landlord),
        (Words("Voor", "For"), ", ".join(holdings.people)),
        (Words("Adres", "Address"), holdings.address),
        (_LABELS["reference"], holdings.reference),
        (Words("Gemaakt op", "Made on"), long_day(holdings.made_on, year=True).in_language(language)),
    )
    return {
        "language": language,
        "title": _TITLE.in_language(language),
        "landlord": holdings.landlord,
        "day": holdings.made_on.isoformat(),
        "reference": holdings.reference,
        "fingerprint": fingerprint(holdings),
        "labels": {name: words.in_language(language) for name, words in _LABELS.items()},
        "about": [{"what": what.in_language(language), "said": said} for what, said in about if said],
        "words": [words.in_language(language) for words in holdings.about],
        "rights": [words.in_language(language) for words in RIGHTS],
        "contents": [
            {"title": part.title.in_language(language), "count": str(len(part.records))} for part in told
        ],
        "nothing": ", ".join(
            _small(part.title.in_language(language)) for part in holdings.parts if not part.records
        ),
        "parts": [_part(part, language) for part in told],
    }


def _part(part: HeldPart, language: str) -> dict[str, object]:
    return {
        "title": part.title.in_language(language),
        "why": part.why.in_language(language),
        "records": []
        if part.columns
        else [
            [_held(held, language) for held in record if held.said.in_language(language)]
            for record in part.records
        ],
        "table": _table(part, language) if part.columns else None,
    }


def _table(part: HeldPart, language: str) -> dict[str, object]:
    """The columns that hold anything at all; what else is kept of each record is named under it."""
    by_name = [{held.name: held for held in record} for record in part.records]
    labels = {held.name: held.label.in_language(language) for record in part.records for held in record}
    filled = {
        held.name for record in part.records for held in record if held.said.in_language(language).strip()
    }
    shown = [name for name in part.columns if name in filled]
    return {
        "head": [labels[name] for name in shown],
        "numbers": [at for at, name in enumerate(shown) if name == "amount"],
        "rows": [[_printable(row[name].said.in_language(language)) for name in shown] for row in by_name],
        "rest": ", ".join(_small(labels[name]) for name in labels if name in filled and name not in shown),
    }


def _held(held: Held, language: str) -> dict[str, str]:
    return {"label": held.label.in_language(language), "said": _printable(held.said.in_language(language))}


def _printable(text: str) -> str:
    """Signs that cannot be seen become a space: what people paste holds tabs and worse."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
