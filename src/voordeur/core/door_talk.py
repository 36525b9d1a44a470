"""What stands on the card for whoever goes to a door: what may be said, what was tried, how the tenant wants it."""

from datetime import date

from voordeur.core.contacts import ContactOutcome, Wish
from voordeur.core.words import Words, day_in_words

AT_EVERY_DOOR: tuple[Words, ...] = (
    Words(
        "Praat alleen met de huurder zelf over geld. Doet iemand anders open? Zeg wie je bent en vraag of de huurder "
        "je wil bellen, meer niet.",
        "Speak about money only with the tenant. Does somebody else open? Say who you are and ask whether the tenant "
        "will ring you, no more.",
    ),
    Words(
        "Vertel dat er gratis hulp is, en dat nee zeggen mag (Bgs art. 2).",
        "Say that there is free help, and that saying no is fine (Bgs art. 2).",
    ),
    Words(
        "Vraag niet naar gezondheid, geloof of afkomst, en schrijf er niets over op (AVG art. 9).",
        "Do not ask about health, faith or origin, and write nothing about them (GDPR art. 9).",
    ),
    Words(
        "Vraag geen BSN, DigiD, pinpas of kopie van een paspoort.",
        "Do not ask for a BSN, DigiD, bank card or copy of a passport.",
    ),
    Words(
        "Dreig niet met uitzetten of kosten. Neem geen geld aan.",
        "Do not threaten with eviction or costs. Take no money.",
    ),
    Words(
        "Wil de huurder niet praten? Dan ga je. Dat mag.",
        "Does the tenant not want to talk? Then you leave. That is fine.",
    ),
)
"""For every door."""

OUTCOME_WORDS: dict[ContactOutcome, Words] = {
    ContactOutcome.NO_ANSWER: Words("niemand bereikt", "nobody reached"),
    ContactOutcome.CARD_LEFT: Words("kaartje achtergelaten", "card left"),
    ContactOutcome.SPOKEN: Words("gesproken", "spoken"),
    ContactOutcome.PROMISED: Words("gesproken, zou betalen", "spoken, would pay"),
    ContactOutcome.ARRANGED: Words("gesproken, regeling afgesproken", "spoken, arrangement agreed"),
    ContactOutcome.WANTS_HELP: Words("gesproken, wilde hulp", "spoken, wanted help"),
    ContactOutcome.DECLINED: Words("gesproken, wilde niets van ons", "spoken, wanted nothing from us"),
    ContactOutcome.DISPUTES: Words(
        "gesproken, bedrag klopt niet volgens de huurder", "spoken, disputes the amount"
    ),
}
_LANGUAGES = {
    "en": Words("Engels", "English"), "ar": Words("Arabisch", "Arabic"), "de": Words("Duits", "German"),
    "es": Words("Spaans", "Spanish"), "fa": Words("Farsi", "Persian"), "fr": Words("Frans", "French"),
    "pl": Words("Pools", "Polish"), "so": Words("Somalisch", "Somali"), "ti": Words("Tigrinya", "Tigrinya"),
    "tr": Words("Turks", "Turkish"), "uk": Words("Oekraïens", "Ukrainian"),
}  # fmt: skip


def wish_in_words(wish: Wish, on: date) -> list[Words]:
    """What the tenant asked of us, as short lines; the day of rest is inclusive."""
    lines: list[Words] = []
    if wish.objection is not None:
        lines.append(Words("Maakte bezwaar: neem geen contact op.", "Objected: make no contact."))
    if wish.leave_alone_until is not None and on <= wish.leave_alone_until:
        until = day_in_words(wish.leave_alone_until)
        lines.append(Words(f"Wil rust tot en met {until.nl}.", f"Wants to be left alone up to {until.en}."))
    if wish.channels:
        nl, en = _or([one.words for one in sorted(wish.channels)])
        lines.append(Words(f"Wil contact per {nl}.", f"Wants contact by {en}."))
    if wish.parts:
        nl, en = _or([one.words for one in sorted(wish.parts)])
        lines.append(Words(f"Liefst in de {nl}.", f"Rather in the {en}."))
    if wish.language in _LANGUAGES:
        spoken = _LANGUAGES[wish.language]
        lines.append(Words(f"Spreekt liever {spoken.nl}.", f"Rather speaks {spoken.en}."))
    return lines


def _or(items: list[Words]) -> tuple[str, str]:
    return " of ".join(one.nl for one in items), " or ".join(one.en for one in items)
