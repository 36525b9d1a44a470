"""What a case says: its states, its events as something to do and as something done, holds and cautions."""

from dataclasses import dataclass

from voordeur.core.case_table import Caution
from voordeur.core.case_values import EventKind as E
from voordeur.core.case_values import HoldReason, Outcome, State
from voordeur.core.words import Words


@dataclass(frozen=True, slots=True)
class DeedWords:
    """One event in two voices: as an instruction for a button, and as a line of the history."""

    do: Words
    done: Words


def _said(do_nl: str, do_en: str, done_nl: str, done_en: str) -> DeedWords:
    return DeedWords(Words(do_nl, do_en), Words(done_nl, done_en))


STATE_WORDS = {
    State.CURRENT: Words("Niets te laat", "Nothing overdue"),
    State.OVERDUE: Words("Te laat", "Overdue"),
    State.CONTACTING: Words("Contact zoeken", "Seeking contact"),
    State.IN_TALK: Words("In gesprek", "In talk"),
    State.REMINDED: Words("Herinnering gestuurd", "Reminder sent"),
    State.PLAN_ACTIVE: Words("Betalingsregeling loopt", "Payment plan runs"),
    State.SIGNAL_ELIGIBLE: Words("Klaar om te melden", "Ready to signal"),
    State.BLOCKED_OBJECTION: Words("Huurder wil geen melding", "Tenant objects to a signal"),
    State.SIGNALLED: Words("Gemeld bij de gemeente", "Signalled to the municipality"),
    State.PAUSED: Words("Pauze: huurder krijgt hulp", "Paused: tenant is being helped"),
    State.FOURTEEN_DAY_LETTER: Words("Veertiendagenbrief gestuurd", "Fourteen-day letter sent"),
    State.PRE_COURT: Words("Gang naar de rechter voorgesteld", "Going to court proposed"),
    State.IN_COURT: Words("Bij de rechter", "In court"),
    State.EVICTION_PLANNED: Words("Ontruiming aangezegd", "Eviction announced"),
    State.ON_HOLD: Words("Onderbroken", "On hold"),
    State.CLOSED: Words("Gesloten", "Closed"),
}
DEED_WORDS = {
    E.OPENED: _said("Begin een zaak", "Begin a case", "Zaak begonnen", "Case begun"),
    E.FELL_BACK: _said("Ga verder met de zaak", "Go on with the case", "Weer te laat; de zaak gaat verder",
                       "Overdue again; the case goes on"),
    E.PAID_OFF: _said("Leg vast dat alles betaald is", "Record that all is paid", "Alles betaald", "All paid"),
    E.ATTEMPTED: _said("Bel of ga langs", "Ring or visit", "Niet bereikt", "Not reached"),
    E.SPOKE: _said("Leg het gesprek vast", "Record the talk", "Gesproken", "Spoke"),
    E.MESSAGED: _said("Stuur een bericht of kaartje", "Send a message or card", "Bericht of kaartje",
                      "Message or card"),
    E.HELP_POINTED: _said("Wijs op schuldhulp", "Tell about debt help", "Gewezen op schuldhulp",
                          "Told about debt help"),
    E.REMINDER_SENT: _said("Stuur een herinnering met aanbod van hulp", "Send a reminder that offers help",
                           "Herinnering gestuurd", "Reminder sent"),
    E.OBJECTED: _said("Leg vast dat de huurder geen melding wil", "Record that the tenant wants no signal",
                      "Huurder wil geen melding", "Tenant wants no signal"),
    E.CONSENTED: _said("Leg de toestemming vast", "Record the consent", "Huurder stemt in met een melding",
                       "Tenant consents to a signal"),
    E.CLAUSE_JUDGED: _said("Leg vast of het huurverhogingsbeding standhoudt",
                           "Record whether the clause on raising the rent holds", "Huurverhogingsbeding bekeken",
                           "Clause on raising the rent looked at"),
    E.DISPUTE_NOTED: _said("Leg vast welk deel betwist is", "Record which part is disputed", "Deel betwist",
                           "Part disputed"),
    E.PLAN_AGREED: _said("Spreek een betalingsregeling af", "Agree on a payment plan", "Betalingsregeling afgesproken",
                         "Payment plan agreed"),
    E.PLAN_MISSED: _said("Leg de gemiste termijn vast", "Record the missed term", "Termijn gemist", "Term missed"),
    E.PLAN_BROKEN: _said("Beëindig de betalingsregeling", "End the payment plan", "Betalingsregeling beëindigd",
                         "Payment plan ended"),
    E.PLAN_ENDED: _said("Leg vast dat de betalingsregeling voorbij is", "Record that the payment plan is over",
                        "Betalingsregeling voorbij", "Payment plan over"),
    E.GATE_OPENED: _said("Zet klaar om te melden", "Make ready to signal", "Alles voor een melding is er",
                         "Everything for a signal is there"),
    E.GATE_CLOSED: _said("Haal weg bij klaar om te melden", "Take off the ready list", "Melden kan niet meer",
                         "A signal is no longer possible"),
    E.SIGNAL_SENT: _said("Meld bij de gemeente", "Signal to the municipality", "Gemeld bij de gemeente",
                         "Signalled to the municipality"),
    E.CRISIS_SIGNAL: _said("Stuur een crisismelding", "Send a crisis signal", "Crisismelding gestuurd",
                           "Crisis signal sent"),
    E.SIGNAL_ANSWERED: _said("Leg de uitkomst van de gemeente vast", "Record the municipality's outcome",
                             "Uitkomst van de gemeente", "Outcome of the municipality"),
    E.SIGNAL_WITHDRAWN: _said("Trek de melding in", "Withdraw the signal", "Melding ingetrokken", "Signal withdrawn"),
    E.PAUSE_STARTED: _said("Begin de pauze", "Begin the pause", "Pauze begonnen", "Pause begun"),
    E.PAUSE_EXTENDED: _said("Verleng de pauze", "Extend the pause", "Pauze verlengd", "Pause extended"),
    E.PAUSE_ENDED: _said("Beëindig de pauze", "End the pause", "Pauze beëindigd", "Pause ended"),
    E.LETTER_SENT: _said("Stuur de veertiendagenbrief", "Send the fourteen-day letter", "Veertiendagenbrief gestuurd",
                         "Fourteen-day letter sent"),
    E.LETTER_DELIVERED: _said("Leg vast dat een brief aankwam", "Record that a letter arrived", "Brief aangekomen",
                              "Letter arrived"),
    E.LETTER_FAILED: _said("Leg vast dat een brief niet telt", "Record that a letter does not count",
                           "Brief telt niet mee", "Letter does not count"),
    E.COSTS_ADDED: _said("Breng incassokosten in rekening", "Charge collection costs", "Incassokosten gevraagd",
                         "Collection costs charged"),
    E.BUNDLE_APPROVED: _said("Keur het bewijsdossier goed", "Approve the evidence bundle", "Bewijsdossier goedgekeurd",
                             "Evidence bundle approved"),
    E.COURT_PROPOSED: _said("Stel voor om naar de rechter te gaan", "Propose to go to court",
                            "Gang naar de rechter voorgesteld", "Going to court proposed"),
    E.COURT_DECLINED: _said("Ga niet naar de rechter", "Do not go to court", "Gang naar de rechter afgewezen",
                            "Going to court declined"),
    E.SUMMONS_SERVED: _said("Laat dagvaarden", "Have a summons served", "Dagvaarding uitgebracht", "Summons served"),
    E.TITLE_GIVEN: _said("Leg het vonnis vast", "Record the ruling", "Vonnis: huur ontbonden",
                         "Ruling: lease dissolved"),
    E.CLAIM_DISMISSED: _said("Leg vast dat de vordering is afgewezen", "Record that the claim was dismissed",
                             "Vordering afgewezen", "Claim dismissed"),
    E.EXECUTION_RESUMED: _said("Pak het vonnis weer op", "Take up the ruling again", "Vonnis weer opgepakt",
                               "Ruling taken up again"),
    E.EVICTION_DATED: _said("Laat de ontruiming aanzeggen", "Have the eviction announced", "Ontruiming aangezegd",
                            "Eviction announced"),
    E.COLLEGE_INFORMED: _said("Leg vast dat de gemeente de dag weet", "Record that the municipality knows the day",
                              "Deurwaarder meldde de gemeente de dag", "Bailiff told the municipality the day"),
    E.EVICTION_CALLED_OFF: _said("Zeg de ontruiming af", "Call off the eviction", "Ontruiming afgezegd",
                                 "Eviction called off"),
    E.HELD: _said("Onderbreek de zaak", "Put the case on hold", "Zaak onderbroken", "Case put on hold"),
    E.RELEASED: _said("Ga verder na de onderbreking", "Go on after the hold", "Onderbreking voorbij", "Hold over"),
    E.CLOSED_PAID: _said("Sluit de zaak: betaald", "Close the case: paid", "Gesloten: betaald", "Closed: paid"),
    E.WRITTEN_OFF: _said("Boek af en sluit", "Write off and close", "Gesloten: afgeboekt", "Closed: written off"),
    E.SETTLED: _said("Sluit: schuldregeling", "Close: debt settlement", "Gesloten: schuldregeling",
                     "Closed: debt settlement"),
    E.EVICTED: _said("Leg de ontruiming vast", "Record the eviction", "Gesloten: ontruimd", "Closed: evicted"),
    E.TENANCY_ENDED: _said("Sluit: huur beëindigd", "Close: tenancy ended", "Gesloten: huur beëindigd",
                           "Closed: tenancy ended"),
    E.OPENED_IN_ERROR: _said("Sluit: ten onrechte begonnen", "Close: begun in error", "Gesloten: ten onrechte begonnen",
                             "Closed: begun in error"),
}  # fmt: skip
HOLD_WORDS = {
    HoldReason.DISPUTE: Words("de huurder betwist de vordering", "the tenant disputes the claim"),
    HoldReason.MORATORIUM: Words(
        "de rechter verbood ontruiming voor een tijd", "the court forbade eviction for a while"
    ),
    HoldReason.COOLING_OFF: Words(
        "de rechter gaf een afkoelingsperiode", "the court gave a cooling-off period"
    ),
    HoldReason.DEBT_SCHEME: Words(
        "wettelijke schuldsanering is begonnen", "statutory debt restructuring began"
    ),
    HoldReason.ADMINISTRATOR: Words("er is een bewindvoerder benoemd", "an administrator was named"),
    HoldReason.BEREAVEMENT: Words("er is iemand overleden", "somebody died"),
}
OUTCOME_WORDS = {
    Outcome.PAID: Words("Betaald", "Paid"),
    Outcome.WRITTEN_OFF: Words("Afgeboekt", "Written off"),
    Outcome.SETTLED: Words("Schuldregeling", "Debt settlement"),
    Outcome.EVICTED: Words("Ontruimd", "Evicted"),
    Outcome.LEFT: Words("Huur beëindigd", "Tenancy ended"),
    Outcome.ERROR: Words("Ten onrechte begonnen", "Begun in error"),
}
CAUTION_WORDS = {
    Caution.STALE_SIGNAL: Words(
        "De melding is oud. Zoek opnieuw contact; een rechter kan erop letten.",
        "The signal is old. Seek contact again; a court may look at it.",
    ),
    Caution.CLAUSE: Words(
        "Het is niet zeker dat de rechter het huurverhogingsbeding laat staan. Reken na wat dan open staat.",
        "It is not certain that a court would let the clause on raising the rent stand. Work out what is open then.",
    ),
    Caution.DISPUTED: Words(
        "Een deel van het bedrag is betwist. Vraag alleen wat vaststaat.",
        "A part of the amount is disputed. Ask only for what is certain.",
    ),
    Caution.ADMINISTRATOR: Words(
        "Er is een bewindvoerder. Geldzaken gaan naar de bewindvoerder, niet naar de huurder.",
        "There is an administrator. Money matters go to the administrator, not to the tenant.",
    ),
    Caution.LOWER_SIGNAL: Words(
        "Er is al gemeld, voor een hoger bedrag. De gemeente hoeft dit niet op te pakken.",
        "A signal for a higher amount was sent before. The municipality need not take this up.",
    ),
    Caution.BELOW_FLOOR: Words(
        "Het bedrag is lager dan de gemeente vraagt.", "The amount is lower than the municipality asks for."
    ),
    Caution.NO_SIGNAL: Words(
        "Er is niet gemeld, want de huurder wilde dat niet. Leg dat bewijs bij de stukken.",
        "No signal was sent, because the tenant objected. Put that proof with the papers.",
    ),
    Caution.CRISIS: Words(
        "Stuur de gemeente een crisismelding: zij heeft drie werkdagen voor een gesprek (Wgs art. 4 lid 2).",
        "Send the municipality a crisis signal: it has three working days for a talk (Wgs art. 4(2)).",
    ),
    Caution.COOLING_OFF: Words(
        "Of een afkoelingsperiode ook een ontruiming tegenhoudt staat niet in Wgs art. 5. Vraag een jurist.",
        "Wgs art. 5 does not say whether a cooling-off period also stops an eviction. Ask a lawyer.",
    ),
    Caution.UNANSWERED: Words(
        "De gemeente heeft nog niets laten weten. Vraag hoe het staat.",
        "There is no word from the municipality yet. Ask how it stands.",
    ),
    Caution.HOLD_OVER: Words(
        "De onderbreking is voorbij. Kijk of de zaak verder kan.",
        "The hold is over. Look whether the case can go on.",
    ),
    Caution.RENT_IN_MORATORIUM: Words(
        "De lopende huur is niet betaald terwijl de rechter uitstel gaf (Fw 305). Neem contact op.",
        "The current rent is not paid while the court gave time (Fw 305). Get in touch.",
    ),
    Caution.LATE_OBJECTION: Words(
        "De huurder wil geen melding, en er loopt er een. Bespreek met de gemeente of die kan blijven.",
        "The tenant objects to a signal, and one is open. Discuss with the municipality whether it can stay.",
    ),
    Caution.LAPSED: Words(
        "De oudste huur die open staat is verjaard (BW 3:308), tenzij er schriftelijk om is gevraagd. Zoek dat uit.",
        "The oldest rent that is open has lapsed (BW 3:308), unless it was demanded in writing. Find that out.",
    ),
}
