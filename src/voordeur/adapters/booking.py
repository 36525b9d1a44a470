"""What a row of somebody else's ledger becomes in ours: their kind word and their sign -> our kind and amount.

In a ledger of debtors debit means: the tenant owes more. `owed` below is the amount with that sign (D/C column, debit
and credit columns, or a signed amount); "bare" is an amount of a file in which the kind decides.

    their word        owed above zero           owed below zero       bare, positive    bare, negative
    ----------------  ------------------------  --------------------  ----------------  ----------------
    rent, service,    charge                    correction, minus     charge            correction, minus
    other, costs,                               (a credit note)                         (a credit note)
    interest
    payment           reversal, or refund when  payment               payment           refused
                      the description says so
    reversal          reversal                  correction, minus     reversal          refused
    refund            refund                    correction, minus     refund            refused
    correction        correction, plus          correction, minus     correction, plus  correction, minus
    credit note       correction, plus          correction, minus     correction, minus correction, minus
    write-off         correction, plus          write-off             write-off         refused
                      (taken back)
    bundle            refused                   refused               refused           refused

Without a kind word a debit is a charge and a credit a payment; the description may refine that (storno,
terugbetaling, correctie, servicekosten, ...) but never turn it round. An amount of zero has the kind of its word.
Every row of the table keeps the balance: the sum over our entries is the sum of `owed`.
"""

import re
from collections.abc import Callable, Mapping

from voordeur.adapters.cells import CellFault
from voordeur.adapters.profiles import Meaning, plain_words
from voordeur.core.ledger import Component, Kind
from voordeur.core.words import Words

Booked = tuple[Kind, Component, int]
"""Kind, component and cents (positive, a correction signed)."""

CHARGES: Mapping[Meaning, Component] = {
    Meaning.RENT: Component.RENT,
    Meaning.SERVICE: Component.SERVICE,
    Meaning.OTHER: Component.OTHER,
    Meaning.COSTS: Component.COSTS,
    Meaning.INTEREST: Component.INTEREST,
}
NATURALLY_OWED = frozenset({*CHARGES, Meaning.REVERSAL, Meaning.REFUND})
"""Words that add to what is owed."""
NATURALLY_PAID = frozenset({Meaning.PAYMENT, Meaning.WRITE_OFF})
"""Words that take from it."""

_PLAIN_KINDS = {
    Meaning.PAYMENT: Kind.PAYMENT,
    Meaning.REVERSAL: Kind.REVERSAL,
    Meaning.REFUND: Kind.REFUND,
    Meaning.WRITE_OFF: Kind.WRITE_OFF,
}
# When several words of one cell mean something ("storno incasso huur"), the first of these wins.
_STRONGEST = (
    Meaning.BUNDLE, Meaning.REVERSAL, Meaning.REFUND, Meaning.WRITE_OFF, Meaning.CREDIT_NOTE, Meaning.CORRECTION,
    Meaning.COSTS, Meaning.INTEREST, Meaning.PAYMENT, Meaning.SERVICE, Meaning.OTHER, Meaning.RENT,
)  # fmt: skip
_REFUND_WORDS = re.compile(
    r"terugbeta|terugstort|restitutie|uitbeta|uitgekeerd|refund|paid back", re.IGNORECASE
)


def book_owed(meaning: Meaning | None, owed: int, description: str = "") -> Booked:
    """A row whose amount has a side: `owed` in cents, above zero when the tenant owes more."""
    if meaning is None:
        meaning = _from_description(owed, description)
    if meaning is Meaning.BUNDLE:
        raise _bundle()
    component = CHARGES.get(meaning)
    if component is not None:
        return (Kind.CHARGE, component, owed) if owed >= 0 else (Kind.CORRECTION, component, owed)
    if owed == 0:
        return _PLAIN_KINDS.get(meaning, Kind.CORRECTION), Component.RENT, 0
    if meaning in NATURALLY_PAID:
        if owed < 0:
            return _PLAIN_KINDS[meaning], Component.RENT, -owed
        if meaning is Meaning.WRITE_OFF:
            return Kind.CORRECTION, Component.RENT, owed
        return (Kind.REFUND if _REFUND_WORDS.search(description) else Kind.REVERSAL), Component.RENT, owed
    if owed > 0 and meaning in (Meaning.REVERSAL, Meaning.REFUND):
        return _PLAIN_KINDS[meaning], Component.RENT, owed
    return Kind.CORRECTION, Component.RENT, owed


def book_bare(meaning: Meaning | None, cents: int) -> Booked:
    """A row of a file in which the kind decides. CellFault for a negative payment and the like."""
    if meaning is None:
        raise CellFault(
            "empty-kind",
            Words("De soort is leeg.", "The kind is empty."),
            Words("Vul in of dit huur is of een betaling.", "Fill in whether this is rent or a payment."),
        )
    if meaning is Meaning.BUNDLE:
        raise _bundle()
    component = CHARGES.get(meaning)
    if component is not None:
        return (Kind.CHARGE, component, cents) if cents >= 0 else (Kind.CORRECTION, component, cents)
    if meaning is Meaning.CORRECTION:
        return Kind.CORRECTION, Component.RENT, cents
    if meaning is Meaning.CREDIT_NOTE:
        return Kind.CORRECTION, Component.RENT, -abs(cents)
    if cents < 0:
        raise CellFault(
            f"negative-{meaning.replace('_', '-')}",
            Words("Dit bedrag kan niet onder nul zijn.", "This amount cannot be below zero."),
            Words(
                "Haal het minteken weg. Is geld teruggegaan? Maak de soort dan STORNO of TERUGBETALING.",
                "Remove the minus sign. Did money go back? Then make it a reversal or a refund.",
            ),
        )
    return _PLAIN_KINDS[meaning], Component.RENT, cents


def _from_description(owed: int, description: str) -> Meaning:
    hint = meaning_in(description, _DESCRIPTION_WORDS)
    if owed > 0:
        return Meaning.RENT if hint is None or hint in NATURALLY_PAID else hint
    return hint if hint in (Meaning.WRITE_OFF, Meaning.CORRECTION, Meaning.CREDIT_NOTE) else Meaning.PAYMENT


def _bundle() -> CellFault:
    return CellFault(
        "bundle",
        Words(
            "Dit verzamelt vorderingen die al in het grootboek staan.", "This gathers claims booked before."
        ),
        Words(
            "Wij tellen het niet nog een keer. Wil je dat wel, zet dan deze soort in het profiel.",
            "We do not count it twice. If you want that, put this kind in the profile.",
        ),
    )


def meaning_in(text: str, words: Mapping[str, Meaning]) -> Meaning | None:
    """What a text of one or more words means; None when no word is known. `words`: plain words -> meaning."""
    plain = plain_words(text)
    exact = words.get(plain)
    if exact is not None:
        return exact
    # A code of two or three letters means something only in front: "UIT", but not "betaling uit beslag".
    found = {
        words[word] for at, word in enumerate(plain.split()) if word in words and (at == 0 or len(word) > 3)
    }
    return next((meaning for meaning in _STRONGEST if meaning in found), None)


def meaning_reader(
    words: Mapping[str, Meaning], every_row: Meaning | None
) -> Callable[[str], Meaning | None]:
    """Reads a kind cell. An empty one is `every_row`; a word that nobody knows is a CellFault."""
    plain = {plain_words(theirs): ours for theirs, ours in words.items()}

    def read(text: str) -> Meaning | None:
        if not text.strip():
            return every_row
        meaning = meaning_in(text, plain)
        if meaning is None:
            word = " ".join(text.split())[:40]
            raise CellFault(
                "unknown-kind",
                Words("Deze soort kennen wij niet.", "We do not know this kind."),
                Words(
                    f'Zet in het profiel onder [words] wat het is: "{word}" = "rent" of "payment".',
                    f'Put in the profile under [words] what it is: "{word}" = "rent" or "payment".',
                ),
            )
        return meaning

    return read


def meaning_or_none(read: Callable[[str], Meaning | None], word: str) -> Meaning | None:
    """What a meaning reader makes of a word; None also when it does not know it."""
    try:
        return read(word)
    except CellFault:
        return None


# Clear words only: a payer may well write "huur december" under a payment.
_DESCRIPTION_WORDS: Mapping[str, Meaning] = {
    "storno": Meaning.REVERSAL,
    "stornering": Meaning.REVERSAL,
    "gestorneerd": Meaning.REVERSAL,
    "terugboeking": Meaning.REVERSAL,
    "teruggeboekt": Meaning.REVERSAL,
    "terugbetaling": Meaning.REFUND,
    "terugbetaald": Meaning.REFUND,
    "terugstorting": Meaning.REFUND,
    "restitutie": Meaning.REFUND,
    "uitbetaling": Meaning.REFUND,
    "correctie": Meaning.CORRECTION,
    "creditnota": Meaning.CREDIT_NOTE,
    "afboeking": Meaning.WRITE_OFF,
    "kwijtschelding": Meaning.WRITE_OFF,
    "servicekosten": Meaning.SERVICE,
    "stookkosten": Meaning.SERVICE,
    "incassokosten": Meaning.COSTS,
    "deurwaarderskosten": Meaning.COSTS,
    "rente": Meaning.INTEREST,
}
