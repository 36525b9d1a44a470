"""The facts that a condition may name, in words: what a form offers to who edits a policy."""

from collections.abc import Mapping

from voordeur.core.conditions import OPS, Op
from voordeur.core.facts import HOUSEHOLD
from voordeur.core.packs import FactEntry
from voordeur.core.words import Words

_NO = Words("", "")
_DAYS, _TIMES = Words("dagen", "days"), Words("keer", "times")
_LEDGER = Words("Wat openstaat", "What is open")
_HABIT = Words("Hoe dit huishouden betaalt", "How this household pays")
_DIARY = Words("Wat er geprobeerd en afgesproken is", "What was tried and agreed")
_WISHES = Words("Wat de huurder wil", "What the tenant wants")

_SAID: Mapping[Words, Mapping[str, tuple[Words, Words]]] = {
    _LEDGER: {
        "in_arrears": (Words("Er staat geld open.", "Money is open."), _NO),
        "technical": (Words("Het lijkt een achterstand, maar het geld kan nog komen.",
                            "It looks like arrears, but the money may still come."), _NO),
        "small": (Words("Het open bedrag is klein.", "The open amount is small."), _NO),
        "covered_by_credit": (Words("Er staat al geld klaar.", "Money is already waiting."), _NO),
        "on_hold": (Words("De zaak staat stil.", "The case is on hold."), _NO),
        "days_overdue": (Words("Zo lang staat het oudste bedrag open, zonder pauzes.",
                               "So long has the oldest amount been open, without pauses."), _DAYS),
        "days_in_arrears": (Words("Zo lang staat er iets open.", "So long has something been open."), _DAYS),
        "days_past_expected": (Words("Zo lang na de dag waarop het geld hier verwacht werd.",
                                     "So long after the day on which money was expected here."), _DAYS),
        "months_owed": (Words("Zoveel maanden huur staan open.", "So many months of rent are open."),
                        Words("maanden huur", "months of rent")),
        "reversed": (Words("Een betaling ging terug.", "A payment was returned."), _NO),
        "deceased_reported": (Words("De bank meldt een overlijden.", "The bank reports a death."), _NO),
        "only_other": (Words("De huur is betaald, een rekening niet.", "The rent is paid, a bill is not."), _NO),
        "partial": (Words("Er is een deel betaald.", "A part was paid."), _NO),
        "shortfall": (Words("Er komt elke maand iets te weinig binnen.", "A little too little comes in every month."),
                      _NO),
        "growing": (Words("De achterstand groeit.", "The arrears grow."), _NO),
        "silent": (Words("Er komt al lang geen geld meer.", "No money has come in for long."), _NO),
        "falling": (Words("De achterstand wordt kleiner.", "The arrears are getting smaller."), _NO),
        "days_since_payment": (Words("Zo lang geleden kwam er geld.", "So long ago money came in."), _DAYS),
        "ended": (Words("De huur is gestopt.", "The tenancy has ended."), _NO),
        "rent_stopped": (Words("Er wordt geen huur meer berekend.", "No rent is charged any more."), _NO),
    },
    _HABIT: {
        "sliding": (Words("De huur komt steeds later.", "Rent comes later and later."), _NO),
        "first_time": (Words("Dit gebeurde hier nog nooit.", "This never happened here before."), _NO),
        "late_episodes": (Words("Zo vaak was het eerder te laat.", "So often was it late before."), _TIMES),
        "self_cure_percent": (Words("In zoveel procent daarvan kwam het vanzelf goed.",
                                    "In this percentage of those it came right by itself."),
                              Words("procent", "percent")),
        "within_own_recovery": (Words("Meestal komt het hier nu alsnog.", "Usually it still comes in here by now."),
                                _NO),
        "standing_debt": (Words("Een oude achterstand die niet groeit.", "Old arrears that do not grow."), _NO),
    },
    _DIARY: {
        "messages": (Words("Berichten die zijn gestuurd.", "Messages that were sent."), _TIMES),
        "calls": (Words("Belpogingen.", "Attempts by telephone."), _TIMES),
        "visits": (Words("Pogingen aan de deur.", "Attempts at the door."), _TIMES),
        "letters": (Words("Brieven die zijn gestuurd.", "Letters that were sent."), _TIMES),
        "personal_attempts": (Words("Belpogingen en pogingen aan de deur samen.",
                                    "Attempts by telephone and at the door together."), _TIMES),
        "day_parts": (Words("Delen van de dag waarop dat gebeurde.", "Parts of the day at which that was done."),
                      Words("dagdelen", "parts of the day")),
        "spoken": (Words("Er is persoonlijk gesproken.", "There has been a talk in person."), _NO),
        "days_since_contact": (Words("Zo lang geleden was het laatste contact.", "So long ago was the last contact."),
                               _DAYS),
        "days_since_message": (Words("Zo lang geleden was het laatste bericht.", "So long ago was the last message."),
                               _DAYS),
        "days_since_visit": (Words("Zo lang geleden was het laatste bezoek.", "So long ago was the last visit."),
                             _DAYS),
        "days_since_letter": (Words("Zo lang geleden was de laatste brief.", "So long ago was the last letter."),
                              _DAYS),
        "contacts_in_window": (Words("Contact van alle afdelingen samen, in de dagen die het beleid noemt.",
                                     "Contact by all departments together, in the days that the policy names."),
                               _TIMES),
        "ladder_level": (Words("De trede van de ladder die bereikt is.", "The level of the ladder that was reached."),
                         Words("trede", "level")),
        "promise_open": (Words("Er loopt een belofte om te betalen.", "A promise to pay is running."), _NO),
        "promise_broken": (Words("Een belofte is niet nagekomen.", "A promise was not kept."), _NO),
        "arrangement": (Words("Er loopt een betalingsregeling.", "A payment arrangement is running."), _NO),
        "arrangement_at_risk": (Words("Een termijn van de regeling is gemist.",
                                      "An instalment of the arrangement is missed."), _NO),
        "arrangement_broken": (Words("De regeling wordt niet nagekomen.", "The arrangement is not kept."), _NO),
        "arrangement_contacted": (Words("Daarna is persoonlijk contact gezocht.",
                                        "Personal contact was tried after that."), _NO),
        "visit_planned": (Words("Er staat een bezoek gepland.", "A visit is planned."), _NO),
        "benefit_pending": (Words("Er wordt op een besluit over een toeslag gewacht.",
                                  "A decision about a benefit is being waited for."), _NO),
        "gate_open": (Words("De stappen die de wet eerst vraagt, zijn bewezen.",
                            "The steps that the law asks first are proven."), _NO),
    },
    _WISHES: {
        "message_unwanted": (Words("De huurder wil geen berichten.", "The tenant wants no messages."), _NO),
        "call_unwanted": (Words("De huurder wil niet gebeld worden.", "The tenant does not want to be rung."),
                           _NO),
        "visit_unwanted": (Words("De huurder wil geen bezoek.", "The tenant wants no visits."), _NO),
        "letter_unwanted": (Words("De huurder wil geen brieven.", "The tenant wants no letters."), _NO),
    },
}  # fmt: skip


def fact_catalogue() -> tuple[FactEntry, ...]:
    """Every fact with its kind, what it says, what a number of it counts, and the heading it belongs under."""
    return tuple(
        FactEntry(name, HOUSEHOLD[name], words, unit, group)
        for group, facts in _SAID.items()
        for name, (words, unit) in facts.items()
    )


_OP_WORDS = {
    Op.AT_LEAST: Words("minstens", "at least"),
    Op.AT_MOST: Words("hoogstens", "at most"),
    Op.EQUALS: Words("precies", "exactly"),
    Op.IS: Words("ja", "yes"),
    Op.IS_NOT: Words("nee", "no"),
    Op.IN: Words("een van", "one of"),
    Op.NOT_IN: Words("geen van", "none of"),
    Op.WITHIN: Words("korter geleden dan", "less long ago than"),
    Op.OLDER: Words("minstens zo lang geleden", "at least so long ago"),
}


def comparisons(entry: FactEntry) -> tuple[tuple[Op, Words], ...]:
    """The comparisons that fit a fact, each in words."""
    return tuple((op, _OP_WORDS[op]) for op in OPS[entry.kind])
