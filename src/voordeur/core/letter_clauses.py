"""Which kinds of letter there are, and the clauses that each must hold, with their legal basis."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voordeur.core.letter_text import Box
from voordeur.core.words import Words


class LetterKind(StrEnum):
    """What a letter is for."""

    MISSED_YOU = "missed_you"
    """The card after a visit when nobody was in. It has no envelope, so it tells of no debt."""
    REMINDER = "reminder"
    """The written reminder with the offer of help and of passing on contact data (Bgs art. 2 c and d)."""
    COSTS_NOTICE = "costs_notice"
    """The demand with fourteen days, before collection costs may be charged (BW 6:96 lid 6)."""
    APPOINTMENT = "appointment"
    """Confirms when and where we meet."""
    REFERRAL_NOTICE = "referral_notice"
    """Announces that contact data go to the municipality, what goes and what does not (AVG art. 13)."""
    EVICTION_PREVENTION = "eviction_prevention"
    """The last letter before court: what can still be done, with whom."""


TITLES: Mapping[LetterKind, Words] = {
    LetterKind.MISSED_YOU: Words("Kaartje: u was niet thuis", "Card: you were not at home"),
    LetterKind.REMINDER: Words("Herinnering met aanbod van hulp", "Reminder with an offer of help"),
    LetterKind.COSTS_NOTICE: Words("Veertiendagenbrief", "Fourteen-day letter"),
    LetterKind.APPOINTMENT: Words("Bevestiging van een afspraak", "Confirmation of an appointment"),
    LetterKind.REFERRAL_NOTICE: Words("Aankondiging van de melding", "Announcement of the referral"),
    LetterKind.EVICTION_PREVENTION: Words("Brief om uw huis te houden", "Letter about keeping your home"),
}

OPEN_TO_ALL = (LetterKind.MISSED_YOU,)
"""Kinds that others may read at the door: no debt in them."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Something a letter must say. One section of the text (heading and paragraphs) must hold all of it."""

    name: str
    words: Words
    """What the clause is, for whoever writes the text."""
    basis: str
    fields: tuple[str, ...] = ()
    box: Box | None = None
    said: tuple[Words, ...] = ()
    """Of each entry one alternative must be said; alternatives are separated by `|`."""


_WHO = Clause(
    "who",
    Words("Een mens met naam en telefoonnummer", "A person with name and phone number"),
    "Bgs art. 2 onder a: persoonlijk contact",
    fields=("contact_name", "contact_phone"),
)
_AMOUNTS = Clause(
    "amounts",
    Words("Het vak met wat er open staat en één totaal", "The box with what is open and one total"),
    "Bgs art. 2 onder c; BW 6:96 lid 7",
    box=Box.AMOUNTS,
)
_FREE_HELP = (
    Words("hulp", "help"),
    Words("gratis|kost niets|kost u niets", "free|costs nothing|costs you nothing"),
)
_HELP = Clause(
    "help",
    Words("Waar gratis hulp bij schulden is", "Where free help with debts is found"),
    "Bgs art. 2 onder b",
    fields=("help_desk", "help_phone"),
    said=(
        Words("hulp", "help"),
        Words("gratis|kost niets|kost u niets", "free|costs nothing|costs you nothing"),
    ),
)
_PASSED_ON = (
    Words("naam", "name"), Words("adres", "address"), Words("bedrag", "amount"),
)  # fmt: skip

CLAUSES: Mapping[LetterKind, tuple[Clause, ...]] = {
    LetterKind.MISSED_YOU: (
        Clause(
            "who",
            Words("Het telefoonnummer van wie langs kwam", "The phone number of who came by"),
            "Bgs art. 2 onder a: persoonlijk contact",
            fields=("contact_phone",),
        ),
        Clause(
            "visit",
            Words("Het vak met de dag van nu en de volgende keer", "The box with this day and the next time"),
            "Bewijs van de poging (Bgs art. 2 onder a)",
            box=Box.VISIT,
        ),
    ),
    LetterKind.REMINDER: (
        _AMOUNTS,
        _WHO,
        _HELP,
        Clause(
            "offer",
            Words("Wat de gemeente krijgt, en vanaf welke dag", "What the municipality gets, and from which day"),
            "Bgs art. 2 onder d",
            fields=("pass_on_from",),
            said=(Words("gemeente", "municipality"), *_PASSED_ON),
        ),
        Clause(
            "objection",
            Words("Tot wanneer en hoe de huurder nee zegt", "Until when and how the tenant says no"),
            "Bgs art. 2 onder d",
            fields=("react_until", "object_at"),
            said=(Words("nee", "no"), Words("bel|bellen", "ring|call|phone")),
        ),
    ),
    LetterKind.COSTS_NOTICE: (
        _AMOUNTS,
        _WHO,
        Clause(
            "term",
            Words("De laatste dag, en dat 14 dagen tellen vanaf de dag na bezorging",
                  "The last day, and that 14 days count from the day after delivery"),
            "BW 6:96 lid 6; HR 25-11-2016, ECLI:NL:HR:2016:2704",
            fields=("pay_by", "delivered_on"),
            said=(Words("14 dagen|veertien dagen", "14 days|fourteen days"),
                  Words("dag na|dag nadat", "day after")),
        ),
        Clause(
            "consequence",
            Words("Welke kosten er anders komen, met de zin over btw en het nieuwe totaal",
                  "Which costs come otherwise, with the sentence about VAT and the new total"),
            "BW 6:96 lid 6; Besluit vergoeding voor buitengerechtelijke incassokosten art. 2",
            fields=("costs", "vat_sentence", "total_with_costs"),
            said=(Words("kosten", "costs"),),
        ),
    ),
    LetterKind.APPOINTMENT: (
        Clause(
            "appointment",
            Words("Het vak met dag, tijd en plaats", "The box with day, time and place"),
            "Bgs art. 2 onder a: persoonlijk contact",
            box=Box.APPOINTMENT,
        ),
        _WHO,
    ),
    LetterKind.REFERRAL_NOTICE: (
        Clause(
            "what_goes",
            Words("Wat de gemeente krijgt, vanaf welke dag, en dat het niet meer is",
                  "What the municipality gets, from which day, and that it is nothing more"),
            "Bgs art. 2, aanhef; AVG art. 13",
            fields=("pass_on_from", "municipality"),
            said=(*_PASSED_ON, Words("meer niet|niets anders|verder niets", "nothing else|nothing more")),
        ),
        Clause(
            "objection",
            Words("Tot wanneer en hoe de huurder nog nee zegt", "Until when and how the tenant can still say no"),
            "Bgs art. 2 onder d",
            fields=("react_until", "object_at"),
            said=(Words("nee", "no"), Words("bel|bellen", "ring|call|phone")),
        ),
        Clause(
            "free_choice",
            Words("Dat de hulp gratis is en vrijwillig", "That the help is free and voluntary"),
            "Wgs art. 3 lid 1 onder b: een aanbod",
            said=(*_FREE_HELP, Words("weigeren|nee zeggen|hoeft niet", "refuse|say no|turn it down")),
        ),
        _AMOUNTS,
        _WHO,
    ),
    LetterKind.EVICTION_PREVENTION: (
        _AMOUNTS,
        _WHO,
        _HELP,
        Clause(
            "judge",
            Words("Vanaf welke dag de rechter kan worden gevraagd, en dat alleen de rechter beslist",
                  "From which day the court can be asked, and that only the court decides"),
            "BW 7:231 lid 1",
            fields=("court_from",),
            said=(Words("alleen de rechter|alleen een rechter", "only the court|only a court|only a judge"),),
        ),
    ),
}  # fmt: skip
"""What each kind of letter must say. The order is the order in which a missing one is reported."""
