"""Why a step is not taken: per fact the sentence for a condition that is not met."""

from dataclasses import dataclass

from voordeur.core.words import Words


@dataclass(frozen=True, slots=True)
class Unmet:
    """What to say when a condition on a fact is not met.

    `{now}` and `{need}` are filled in as numbers, `{now_times}` and `{need_times}` as `twee keer`.
    """

    lacking: Words
    """A flag that should be true and is not; a number that is too low."""
    barring: Words
    """A flag that should be false and is not; a number that is too high."""


UNMET: dict[str, Unmet] = {
    "in_arrears": Unmet(
        Words("Er staat niets open.", "Nothing is open."),
        Words("Er staat geld open.", "Money is open."),
    ),
    "technical": Unmet(
        Words(
            "De dag waarop het geld hier komt is voorbij.",
            "The day on which money comes in here is over.",
        ),
        Words("Het geld kan nog gewoon binnenkomen.", "The money may still come in as usual."),
    ),
    "small": Unmet(
        Words("Het gaat niet meer om een klein bedrag.", "It is no longer a small amount."),
        Words("Het bedrag is klein.", "The amount is small."),
    ),
    "covered_by_credit": Unmet(
        Words("Er staat niet genoeg geld klaar.", "Not enough money is waiting."),
        Words("Er staat al geld klaar.", "Money is already waiting."),
    ),
    "on_hold": Unmet(
        Words("De zaak staat niet stil.", "The case is not on hold."),
        Words("De zaak staat stil.", "The case is on hold."),
    ),
    "days_overdue": Unmet(
        Words(
            "Het oudste bedrag staat {now} dagen open. Dit kan vanaf {need} dagen.",
            "The oldest amount has been open for {now} days. This is possible from {need} days.",
        ),
        Words(
            "Het oudste bedrag staat al {now} dagen open.",
            "The oldest amount has been open for {now} days.",
        ),
    ),
    "days_in_arrears": Unmet(
        Words(
            "Er staat {now} dagen iets open. Dit kan vanaf {need} dagen.",
            "Something has been open for {now} days. This is possible from {need} days.",
        ),
        Words("Er staat al {now} dagen iets open.", "Something has been open for {now} days."),
    ),
    "days_past_expected": Unmet(
        Words(
            "Het is nu dag {now} na de verwachte betaaldag. Dit kan vanaf dag {need}.",
            "This is day {now} after the expected payment day. This is possible from day {need}.",
        ),
        Words(
            "Het is al dag {now} na de verwachte betaaldag.",
            "It is already day {now} after the expected day.",
        ),
    ),
    "months_owed": Unmet(
        Words(
            "De achterstand is minder dan {need} maanden huur.",
            "The arrears are less than {need} months of rent.",
        ),
        Words("De achterstand is {now} maanden huur.", "The arrears are {now} months of rent."),
    ),
    "reversed": Unmet(
        Words("Er is geen betaling teruggeboekt.", "No payment was returned."),
        Words("Een betaling is teruggeboekt.", "A payment was returned."),
    ),
    "deceased_reported": Unmet(
        Words("Er is geen overlijden gemeld.", "No death was reported."),
        Words("De bank meldt een overlijden.", "The bank reports a death."),
    ),
    "only_other": Unmet(
        Words("Er staat ook huur open.", "Rent is open too."),
        Words("De huur is betaald; het gaat om een rekening.", "The rent is paid; it is about a bill."),
    ),
    "partial": Unmet(
        Words("Er is geen deel betaald.", "No part was paid."),
        Words("Er is al een deel betaald.", "A part has been paid."),
    ),
    "shortfall": Unmet(
        Words(
            "Er komt niet elke maand hetzelfde te weinig binnen.",
            "It is not the same amount too little each month.",
        ),
        Words("Er komt elke maand iets te weinig binnen.", "A little too little comes in every month."),
    ),
    "sliding": Unmet(
        Words("De huur komt niet steeds later.", "Rent does not come later and later."),
        Words("De huur komt steeds later.", "Rent comes later and later."),
    ),
    "growing": Unmet(
        Words(
            "De achterstand groeit niet boven twee maanden.",
            "The arrears do not grow beyond two months.",
        ),
        Words("De achterstand groeit.", "The arrears are growing."),
    ),
    "silent": Unmet(
        Words("Er kwam kort geleden nog geld binnen.", "Money came in not long ago."),
        Words("Er kwam lang geen geld binnen.", "No money has come in for long."),
    ),
    "first_time": Unmet(
        Words("Dit gebeurde eerder.", "This has happened before."),
        Words("Dit is de eerste keer.", "This is the first time."),
    ),
    "late_episodes": Unmet(
        Words(
            "De huur was te weinig keren te laat om iets te zeggen.",
            "Rent was late too few times to tell.",
        ),
        Words("De huur was al vaker te laat.", "Rent was late more often."),
    ),
    "self_cure_percent": Unmet(
        Words(
            "Het komt hier niet vaak genoeg alsnog binnen.",
            "It does not come in after all often enough here.",
        ),
        Words("Het komt hier meestal alsnog binnen.", "It usually comes in after all here."),
    ),
    "within_own_recovery": Unmet(
        Words(
            "Niets wijst erop dat het hier nog vanzelf komt.",
            "Nothing says that it will still come by itself here.",
        ),
        Words(
            "Meestal komt het hier alsnog. Die tijd is nog niet om.",
            "It usually comes in after all. That time is not over.",
        ),
    ),
    "falling": Unmet(
        Words("De achterstand wordt niet kleiner.", "The arrears are not getting smaller."),
        Words("De achterstand wordt kleiner.", "The arrears are getting smaller."),
    ),
    "standing_debt": Unmet(
        Words("De huur komt niet al maanden ruim te laat.", "Rent has not come far too late for months."),
        Words("De huur komt al maanden ruim te laat.", "Rent has come far too late for months."),
    ),
    "days_since_payment": Unmet(
        Words("Er kwam {now} dagen geleden nog geld binnen.", "Money came in {now} days ago."),
        Words("De laatste betaling is lang geleden.", "The last payment is long ago."),
    ),
    "ended": Unmet(
        Words("De huur loopt nog.", "The tenancy is running."),
        Words("De huur is gestopt.", "The tenancy has ended."),
    ),
    "rent_stopped": Unmet(
        Words("Er wordt nog huur berekend.", "Rent is still being charged."),
        Words("Er wordt geen huur meer berekend.", "No rent is being charged any more."),
    ),
    "messages": Unmet(
        Words("Er is nog geen bericht gestuurd.", "No message has been sent yet."),
        Words("Er is al een bericht gestuurd.", "A message has been sent."),
    ),
    "calls": Unmet(
        Words(
            "Dit kan pas na {need_times} bellen.",
            "This is only possible after ringing {need_times}.",
        ),
        Words("Er is al {now_times} gebeld.", "Somebody has rung {now_times} already."),
    ),
    "visits": Unmet(
        Words(
            "Dit kan pas na {need_times} langsgaan.",
            "This is only possible after visiting {need_times}.",
        ),
        Words("Er is al {now_times} iemand langs geweest.", "Somebody has visited {now_times} already."),
    ),
    "letters": Unmet(
        Words("Er is nog geen brief gestuurd.", "No letter has been sent yet."),
        Words("Er is al een brief gestuurd.", "A letter has been sent."),
    ),
    "personal_attempts": Unmet(
        Words(
            "Dit kan pas na {need_times} persoonlijk contact zoeken.",
            "This is only possible after trying {need_times} to make personal contact.",
        ),
        Words(
            "Er is al {now_times} persoonlijk contact gezocht.",
            "Personal contact was tried {now_times} already.",
        ),
    ),
    "day_parts": Unmet(
        Words(
            "Probeer het eerst op een ander deel van de dag.",
            "First try at another part of the day.",
        ),
        Words(
            "Er is al op {now} delen van de dag geprobeerd.",
            "It was tried at {now} parts of the day.",
        ),
    ),
    "spoken": Unmet(
        Words("Er is nog niemand gesproken.", "Nobody has been spoken to yet."),
        Words("Er is al persoonlijk gesproken.", "There has been a talk already."),
    ),
    "days_since_contact": Unmet(
        Words(
            "Het laatste contact was {now} dagen geleden. Geef het even tijd.",
            "The last contact was {now} days ago. Give it some time.",
        ),
        Words("Het laatste contact is lang geleden.", "The last contact is long ago."),
    ),
    "promise_open": Unmet(
        Words("Er loopt geen belofte.", "No promise is running."),
        Words("De belofte loopt nog.", "The promise still runs."),
    ),
    "promise_broken": Unmet(
        Words("Er is geen belofte gebroken.", "No promise was broken."),
        Words("De belofte is niet nagekomen.", "The promise was not kept."),
    ),
    "arrangement": Unmet(
        Words("Er loopt geen regeling.", "There is no arrangement."),
        Words("Er loopt al een regeling.", "An arrangement is running."),
    ),
    "arrangement_at_risk": Unmet(
        Words("Er is geen termijn van een regeling gemist.", "No instalment of an arrangement is missed."),
        Words("Een termijn van de regeling kwam niet.", "An instalment of the arrangement did not come."),
    ),
    "arrangement_broken": Unmet(
        Words("Er is geen regeling die niet wordt nagekomen.", "There is no arrangement that is not kept."),
        Words("De regeling wordt niet nagekomen.", "The arrangement is not kept."),
    ),
    "arrangement_contacted": Unmet(
        Words(
            "Er is nog geen contact gezocht over de regeling.",
            "No contact about the arrangement was tried yet.",
        ),
        Words(
            "Er is al contact gezocht over de regeling.", "Contact about the arrangement was tried already."
        ),
    ),
    "visit_planned": Unmet(
        Words("Er staat geen bezoek gepland.", "No visit is planned."),
        Words("Er staat al een bezoek gepland.", "A visit is planned."),
    ),
    "benefit_pending": Unmet(
        Words("Er wordt niet op een toeslag gewacht.", "No benefit is being waited for."),
        Words(
            "Er wordt op een besluit over een toeslag gewacht.",
            "A decision about a benefit is being waited for.",
        ),
    ),
    "gate_open": Unmet(
        Words(
            "De stappen die de wet eerst vraagt, zijn niet bewezen.",
            "The steps that the law asks first are not proven.",
        ),
        Words(
            "De stappen die de wet eerst vraagt, zijn bewezen.",
            "The steps that the law asks first are proven.",
        ),
    ),
    "contacts_in_window": Unmet(
        Words(
            "Dit kan pas na {need_times} contact zoeken in korte tijd.",
            "This is only possible after trying {need_times} in a short time.",
        ),
        Words(
            "Er is in korte tijd al {now_times} contact gezocht.",
            "Contact was tried {now_times} in a short time already.",
        ),
    ),
    "days_since_message": Unmet(
        Words(
            "Het laatste bericht was {now} dagen geleden. Geef het even tijd.",
            "The last message was {now} days ago. Give it some time.",
        ),
        Words("Het laatste bericht is lang geleden.", "The last message is long ago."),
    ),
    "days_since_visit": Unmet(
        Words(
            "Het laatste bezoek was {now} dagen geleden. Geef het even tijd.",
            "The last visit was {now} days ago. Give it some time.",
        ),
        Words("Het laatste bezoek is lang geleden.", "The last visit is long ago."),
    ),
    "days_since_letter": Unmet(
        Words(
            "De laatste brief was {now} dagen geleden. Geef het even tijd.",
            "The last letter was {now} days ago. Give it some time.",
        ),
        Words("De laatste brief is lang geleden.", "The last letter is long ago."),
    ),
    "message_unwanted": Unmet(
        Words("Een bericht mag.", "A message is fine."),
        Words("Deze huurder wil geen berichten.", "This tenant wants no messages."),
    ),
    "call_unwanted": Unmet(
        Words("Bellen mag.", "Ringing is fine."),
        Words("Deze huurder wil niet gebeld worden.", "This tenant does not want to be rung."),
    ),
    "visit_unwanted": Unmet(
        Words("Langsgaan mag.", "Visiting is fine."),
        Words("Deze huurder wil geen bezoek.", "This tenant wants no visits."),
    ),
    "letter_unwanted": Unmet(
        Words("Een brief mag.", "A letter is fine."),
        Words("Deze huurder wil geen brieven.", "This tenant wants no letters."),
    ),
    "ladder_level": Unmet(
        Words("De stap ervoor is nog niet gezet.", "The step before it was not taken yet."),
        Words("Deze stap van de ladder is al gezet.", "This step of the ladder was taken already."),
    ),
}
