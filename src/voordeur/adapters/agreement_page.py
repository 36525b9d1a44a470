"""The agreement of an arrangement on one page (PDF/UA-1): the same data and day give the same bytes."""

from voordeur.adapters.letters import print_pdf
from voordeur.adapters.qr import Payee, payment_code
from voordeur.core.arrangements.paper import AgreementData, in_columns, sections, title
from voordeur.core.arrangements.values import ArrangementRules, Instalment
from voordeur.core.letter_data import long_day
from voordeur.core.money import euros
from voordeur.core.words import Words

_LABELS = {
    "tenant": Words("Voor", "For"),
    "day": Words("Afgesproken op", "Agreed on"),
    "number": Words("Nr.", "No."),
    "due": Words("Uiterlijk op", "By"),
    "amount": Words("Bedrag", "Amount"),
    "schedule": Words("Wanneer u betaalt", "When you pay"),
    "total": Words("Samen", "Together"),
    "transfer": Words("Maak over naar", "Transfer to"),
    "reference": Words("kenmerk", "reference"),
    "scan": Words("Of scan de code voor de eerste termijn", "Or scan the code for the first instalment"),
}
_SHORT = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def print_agreement_page(data: AgreementData, rules: ArrangementRules, language: str) -> bytes:
    """The page, in "nl" or "en". Raises Refused with `more-than-one-page` or when it cannot be printed."""
    return print_pdf("agreement.typ", "page", _as_data(data, rules, language), data.day)


def _as_data(data: AgreementData, rules: ArrangementRules, language: str) -> dict[str, object]:
    first = data.plan[0]
    code = payment_code(Payee(data.landlord, data.iban), first.amount, reference=data.reference)
    return {
        "language": language,
        "title": title(data).in_language(language),
        "landlord": data.landlord,
        "address": data.address,
        "day": data.day.isoformat(),
        "day_words": long_day(data.day, year=True).in_language(language),
        "labels": {name: words.in_language(language) for name, words in _LABELS.items()},
        "tenants": ", ".join(data.tenants),
        "sections": [
            {
                "heading": one.heading.in_language(language),
                "sentences": [said.in_language(language) for said in one.sentences],
            }
            for one in sections(data, rules)
        ],
        "columns": [[_row(one, language) for one in some] for some in in_columns(data.plan)],
        "total": euros(data.total).in_language(language),
        "iban": data.iban,
        "kenmerk": data.kenmerk,
        "debit": data.direct_debit,
        "code": code,
        "code_alt": _read_aloud(first).in_language(language),
    }


def _row(one: Instalment, language: str) -> dict[str, str]:
    short = _SHORT["en" if language == "en" else "nl"][one.due.weekday()]
    return {
        "number": str(one.number),
        "due": f"{short} {one.due.day}-{one.due.month}-{one.due.year}",
        "amount": euros(one.amount).in_language(language),
    }


def _read_aloud(first: Instalment) -> Words:
    whole, part = divmod(first.amount, 100)
    return Words(
        f"Code om te betalen met de app van uw bank: {whole} euro en {part} cent",
        f"Code to pay with the app of your bank: {whole} euros and {part} cents",
    )
