"""The guards of a letter and of collection costs: what must be so before either, with its article.

A letter comes after somebody tried to speak, not while a visit is planned or a benefit is being decided on. Costs
come after a letter that arrived, after its free term, and only on what of it is still unpaid then.
"""

from datetime import date

from voordeur.core.case_guards import Binds, Guard, until_words
from voordeur.core.case_terms import costs_from
from voordeur.core.case_values import Case, CaseLaw, Circumstances, Event, Help
from voordeur.core.costs import collection_fee
from voordeur.core.words import Words

PERSONAL_FIRST = Guard(
    "personal_first",
    Binds.HOUSE,
    "Bgs art. 2 onder a",
    lambda case, event, at, law: any(one.day <= event.day for one in case.attempts),
    Words(
        "Probeer eerst persoonlijk contact: bel of ga langs.", "Try personal contact first: ring or visit."
    ),
)
NO_VISIT_PLANNED = Guard(
    "no_visit_planned",
    Binds.HOUSE,
    "eigen keuze: een brief loopt het gesprek aan de deur in de weg",
    lambda case, event, at, law: at.visit_planned is None or at.visit_planned < event.day,
    lambda case, event, at, law: until_words(
        at.visit_planned,
        "Er staat een bezoek gepland; tot dan gaat er geen brief uit. Bezoek op",
        "A visit is planned; until then no letter goes out. Visit on",
    ),
)
NO_BENEFIT_PENDING = Guard(
    "no_benefit_pending",
    Binds.HOUSE,
    "eigen keuze: het besluit kan de achterstand oplossen",
    lambda case, event, at, law: not at.benefit_pending,
    Words(
        "Er wordt op een besluit over een toeslag gewacht; tot dan gaat er geen brief uit.",
        "A decision about a benefit is being waited for; until then no letter goes out.",
    ),
)
COSTS_NOT_WAIVED = Guard(
    "costs_not_waived",
    Binds.HOUSE,
    "eigen keuze: geen kosten zolang iemand geholpen wordt",
    lambda case, event, at, law: case.help not in (Help.ACCEPTED, Help.ADMITTED),
    Words("Zolang iemand geholpen wordt vragen we geen kosten.", "While somebody is helped we ask no costs."),
)


LETTER_ARRIVED = Guard(
    "letter_arrived",
    Binds.LAW,
    "BW 6:96 lid 6",
    lambda case, event, at, law: case.letter_delivered is not None,
    Words("Er is geen juiste veertiendagenbrief.", "There is no correct fourteen-day letter."),
)


def _free_term_over(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    first = costs_from(case, law)
    return first is not None and event.day >= first


FREE_TERM_OVER = Guard(
    "free_term_over",
    Binds.LAW,
    "BW 6:96 lid 6; HR 25-11-2016, ECLI:NL:HR:2016:2704",
    _free_term_over,
    lambda case, event, at, law: until_words(
        costs_from(case, law), "Kosten mogen pas vanaf", "Costs may be added only from"
    ),
)
NO_COSTS_YET = Guard(
    "no_costs_yet",
    Binds.LAW,
    "BW 6:96 lid 5 en 7",
    lambda case, event, at, law: not case.letter_charged,
    Words("De kosten van deze brief zijn al gevraagd.", "The costs of this letter were asked already."),
)


def still_asked(case: Case, at: Circumstances) -> int:
    """Cents of what the newest fourteen-day letter asked that were not paid within its term."""
    return at.amount if at.demand_open is None else at.demand_open


DEMAND_UNPAID = Guard(
    "demand_unpaid",
    Binds.LAW,
    "BW 6:96 lid 6",
    lambda case, event, at, law: still_asked(case, at) > 0,
    Words(
        "Wat de brief vroeg is op tijd betaald. Er zijn geen kosten, ook niet om nieuwe huur.",
        "What the letter asked was paid in time. There are no costs, not for new rent either.",
    ),
)


def highest_fee(case: Case, at: Circumstances, day: date, law: CaseLaw) -> int:
    """Cents that may be charged on `day`: what the letter announced, and no more than fits what stayed unpaid."""
    left = still_asked(case, at)
    if law.fees is None or left <= 0:
        return case.letter_fee if left > 0 else 0
    return max(0, min(case.letter_fee, collection_fee(left, day, law.fees).total - case.costs))
