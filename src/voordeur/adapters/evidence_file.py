"""The evidence file on paper (PDF/UA-1) and as JSON: the same case and day give the same bytes in both.

The PDF shows the sha256 of the JSON, so that a reader can tell that both say the same.
"""

from collections.abc import Sequence
from datetime import date

from voordeur.adapters.letters import print_pdf
from voordeur.core.evidence import EvidenceFile, EvidenceStep, Item, ProofState, StatementLine, fingerprint
from voordeur.core.letter_data import long_day
from voordeur.core.money import euros
from voordeur.core.words import Words, day_in_words

_OPEN = (ProofState.MISSING, ProofState.THIN)
_LABELS = {
    "case": Words("Zaak", "Case"),
    "page": Words("bladzijde", "page"),
    "of": Words("van", "of"),
    "overview": Words("Hoe het staat", "How it stands"),
    "steps": Words("Stap voor stap", "Step by step"),
    "step": Words("Wat", "What"),
    "stands": Words("Stand", "State"),
    "basis": Words("Grond", "Basis"),
    "day": Words("Dag", "Day"),
    "fact": Words("Wat er gebeurde", "What happened"),
    "proof": Words("Bewijs", "Proof"),
    "by": Words("Door", "By"),
    "missing": Words("Wat ontbreekt:", "What is missing:"),
    "meaning": Words("Wat dat betekent:", "What that means:"),
    "due": Words("Vervaldag", "Due day"),
    "what": Words("Waarvoor", "What for"),
    "amount": Words("Bedrag", "Amount"),
    "total": Words("Samen", "Total"),
    "short": Words(
        "Bgs: Besluit gemeentelijke schuldhulpverlening. BW: Burgerlijk Wetboek. Onder het bewijs staat het begin van "
        "de sha256 van dat stuk, als het een bestand is.",
        "Bgs: Besluit gemeentelijke schuldhulpverlening (decree on municipal debt help). BW: Dutch Civil Code. Below a "
        "proof stands the beginning of the sha256 of that document, when it is a file.",
    ),
    "timeline": Words("Alles op volgorde", "Everything in order"),
    "check": Words("Zo controleert u dit dossier", "How to check this file"),
    "check_how": Words(
        "Bij dit dossier hoort een JSON-bestand met dezelfde gegevens. De sha256 van dat bestand is:",
        "With this file goes a JSON file with the same data. The sha256 of that file is:",
    ),
}


def print_evidence(file: EvidenceFile, language: str) -> bytes:
    """The evidence file as PDF/UA-1, in "nl" or "en". Raises Refused when it cannot be printed."""
    return print_pdf("evidence.typ", "file", _as_data(file, language), file.data.made_on)


def _as_data(file: EvidenceFile, language: str) -> dict[str, object]:
    data = file.data
    title = Words("Bewijsdossier", "Evidence file")
    about = (
        (_LABELS["case"], data.reference, True),
        (Words("Verhuurder", "Landlord"), data.landlord, False),
        (Words("Huurder", "Tenant"), data.tenant, False),
        (Words("Adres", "Address"), data.address, False),
        (Words("Gemaakt op", "Made on"), long_day(data.made_on, year=True).in_language(language), False),
    )
    now = day_in_words(data.made_on, year=True)
    open_on = day_in_words(data.statement_on or data.made_on, year=True)
    return {
        "language": language,
        "title": title.in_language(language),
        "landlord": data.landlord,
        "day": data.made_on.isoformat(),
        "reference": data.reference,
        "fingerprint": fingerprint(file),
        "labels": {name: words.in_language(language) for name, words in _LABELS.items()},
        "about": [
            {"what": what.in_language(language), "said": said, "code": code} for what, said, code in about
        ],
        "summary": file.summary.in_language(language),
        "steps": [_step(step, language) for step in file.steps],
        "statements": [
            _statement(title, lines, language)
            for title, lines in (
                (
                    Words(f"Wat er open stond op {open_on.nl}", f"What was open on {open_on.en}"),
                    file.statement,
                ),
                (Words(f"Wat er open staat op {now.nl}", f"What is open on {now.en}"), data.now),
            )
            if lines
        ],
        "months": file.months_of_rent.in_language(language) if file.months_of_rent else "",
        "timeline": [_item(item, language) for item in file.timeline],
    }


def _statement(title: Words, lines: Sequence[StatementLine], language: str) -> dict[str, object]:
    return {
        "title": title.in_language(language),
        "lines": [
            {
                "due": _day(line.due, language),
                "what": line.what.in_language(language),
                "amount": euros(line.cents).in_language(language),
            }
            for line in lines
        ],
        "total": euros(sum(line.cents for line in lines)).in_language(language),
    }


def _step(step: EvidenceStep, language: str) -> dict[str, object]:
    return {
        "title": step.title.in_language(language),
        "basis": step.basis,
        "state": step.state.words.in_language(language),
        "open": step.state in _OPEN,
        "quiet": step.state is ProofState.NOT_NEEDED,
        "items": [_item(item, language) for item in step.items],
        "missing": step.missing.in_language(language) if step.missing else "",
        "meaning": step.meaning.in_language(language) if step.meaning else "",
    }


def _item(item: Item, language: str) -> dict[str, str]:
    return {
        "day": _day(item.day, language),
        "words": item.words.in_language(language),
        "evidence": item.evidence,
        "sha256": item.sha256,
        "by": item.by,
    }


def _day(day: date, language: str) -> str:
    return day_in_words(day, year=True).in_language(language).replace(" ", "\u00a0")
