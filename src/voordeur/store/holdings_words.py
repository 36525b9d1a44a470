"""The words for codes that records hold, for whoever asks what is kept: nobody outside knows our codes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from voordeur.core.case_values import Answer, HoldReason
from voordeur.core.case_words import HOLD_WORDS
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.evidence_steps import ANSWER_WORDS
from voordeur.core.matching import Sign
from voordeur.core.matching import in_words as recognised_by
from voordeur.core.money import euros
from voordeur.core.words import Words, day_in_words

NOTHING = Words("", "")
CONTACT_OUTCOMES = {
    "no_answer": Words("niemand bereikt", "nobody reached"),
    "card_left": Words("kaartje achtergelaten", "a card was left"),
    "spoken": Words("gesproken", "spoken"),
    "promised": Words("gesproken: u zou betalen", "spoken: you would pay"),
    "arranged": Words("gesproken: afspraak over betalen", "spoken: arrangement to pay"),
    "wants_help": Words("gesproken: u wilde hulp", "spoken: you wanted help"),
    "declined": Words("gesproken: u wilde niets van ons", "spoken: you wanted nothing from us"),
    "disputes": Words("gesproken: u vond het bedrag niet kloppen", "spoken: you disputed the amount"),
}
ENTRY_KINDS = {
    1: Words("te betalen", "charge"),
    2: Words("betaling", "payment"),
    3: Words("teruggeboekt", "reversal"),
    4: Words("terugbetaling", "refund"),
    5: Words("correctie", "correction"),
    6: Words("afgeboekt", "write-off"),
}
COMPONENTS = {
    1: Words("huur", "rent"),
    2: Words("servicekosten", "service costs"),
    3: Words("overig", "other"),
    4: Words("kosten", "costs"),
    5: Words("rente", "interest"),
}
SOURCES = {
    1: Words("huuradministratie", "rent administration"),
    2: Words("bank", "bank"),
    3: Words("met de hand", "by hand"),
}
METHODS = {
    "direct_debit": Words("automatische incasso", "direct debit"),
    "transfer": Words("zelf overmaken", "own transfer"),
    "unknown": Words("niet bekend", "not known"),
}
DATA = {
    "name": Words("naam", "name"),
    "phone": Words("telefoonnummer", "telephone number"),
    "email": Words("e-mailadres", "e-mail address"),
    "language": Words("taal", "language"),
}
PAUSES = {
    "dispute": Words("meningsverschil over het bedrag", "the amount is disputed"),
    "moratorium": Words("moratorium van de rechter", "moratorium by the court"),
    "administrator": Words("bewindvoerder", "administrator"),
}
BANK_STATES = {
    "booked": Words("geboekt", "booked"),
    "proposed": Words("wacht op een besluit", "waits for a decision"),
    "unknown": Words("nog van niemand", "nobody's yet"),
    "not_rent": Words("geen huur", "no rent"),
}
SIGNS = {one.value: recognised_by(one) for one in Sign}
LETTER_STATES = {
    "drafted": Words("klaargemaakt, niet verstuurd", "made, not sent"),
    "sent": Words("verstuurd", "sent"),
    "failed": Words("ging niet weg", "did not go out"),
    "delivered": Words("aangekomen", "arrived"),
    "returned": Words("kwam terug, of te laat om te tellen", "came back, or too late to count"),
}
ROUTES = {
    "post": Words("met de post", "by post"),
    "print": Words("met de hand gebracht", "brought by hand"),
    "sms": Words("sms", "SMS"),
    "email": Words("e-mail", "e-mail"),
}
MESSAGES = {
    "call_me": Words("vraag om te bellen", "asking to call"),
    "appointment": Words("afspraak", "appointment"),
    "missed_you": Words("u was niet thuis", "you were not at home"),
}
WAYS = {
    "letter": Words("met een brief", "by letter"),
    "email": Words("met een e-mail", "by e-mail"),
    "phone": Words("aan de telefoon", "by telephone"),
    "desk": Words("aan de balie", "at the desk"),
}
LANGUAGES = {"nl": Words("Nederlands", "Dutch"), "en": Words("Engels", "English")}

_SHORT = 8
"""Signs of the number of a diary entry: enough to find it."""


def _day(value: Any) -> Words:
    return day_in_words(date.fromisoformat(str(value)), year=True)


def _proof(value: Any) -> Words:
    kind, colon, number = str(value).partition(":")
    said = f"{kind} {number[:_SHORT]}" if colon else kind
    return Words(said, said)


def _as_it_is(value: Any) -> Words:
    return Words(str(value), str(value))


_SAID: Mapping[str, tuple[Words, Callable[[Any], Words]]] = {
    "channel": (Words("hoe", "how"), lambda code: Channel(code).words),
    "part": (Words("wanneer", "when"), lambda code: DayPart(code).words),
    "since": (Words("sinds", "since"), _day),
    "until": (Words("tot en met", "up to and including"), _day),
    "delivered": (Words("aangekomen", "arrived"), _day),
    "objected": (Words("u maakte bezwaar op", "you objected on"), _day),
    "eviction_day": (Words("dag van ontruiming", "day of eviction"), _day),
    "amount": (Words("bedrag", "amount"), euros),
    "fee": (Words("kosten", "costs"), euros),
    "municipality": (Words("gemeente", "municipality"), _as_it_is),
    "answer": (Words("antwoord", "answer"), lambda code: ANSWER_WORDS[Answer(code)]),
    "hold": (Words("reden", "reason"), lambda code: HOLD_WORDS[HoldReason(code)]),
    "evidence": (Words("bewijs", "proof"), _proof),
    "previous": (Words("eerdere zaak", "earlier case"), _as_it_is),
}
_SO = {
    "help_told": Words("hulp genoemd", "help was named"),
    "offer": Words("met het aanbod van hulp", "with the offer of help"),
    "presumed": Words("aankomst niet vastgelegd", "arrival not recorded"),
    "all_claims": Words("over alles wat open staat", "about everything that is open"),
    "doubted": Words("misschien is er minder huur te betalen", "perhaps less rent is owed"),
    "affordable": Words("gekeken of u het kunt betalen", "looked whether you can pay it"),
}


def details_in_words(details: Mapping[str, Any]) -> Words:
    """What an event of a case holds beside its kind and day. What nobody wrote words for is told as it is kept."""
    told = [
        one
        for name, value in details.items()
        if value not in (None, "", [], False)
        for one in [_one(name, value)]
    ]
    return Words("; ".join(one.nl for one in told), "; ".join(one.en for one in told))


def _one(name: str, value: Any) -> Words:
    if name in _SO:
        return _SO[name]
    label, say = _SAID.get(name, (_as_it_is(name.replace("_", " ")), _as_it_is))
    try:
        said = say(value)
    except (ValueError, KeyError, TypeError):
        said = _as_it_is(value)
    return Words(f"{label.nl}: {said.nl}", f"{label.en}: {said.en}")
