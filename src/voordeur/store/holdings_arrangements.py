"""What an answer to "what do you hold on me?" says of payment arrangements: each table, column by column."""

from django.db.models import Q

from voordeur.core.arrangements.values import ArrangementState, EndReason
from voordeur.core.arrangements.watching import InstalmentState
from voordeur.core.words import Words
from voordeur.store import models
from voordeur.store.holdings_told import NOTHING, HoldingsPart, Told, both, coded, money, plain, role

_KINDS = {
    "proposed": Words("voorgesteld", "proposed"),
    "agreed": Words("afgesproken", "agreed"),
    "rescheduled": Words("opnieuw gespreid", "spread anew"),
    "contacted": Words("contact gezocht", "contact was tried"),
    "ended": Words("gestopt", "ended"),
    "declined": Words("niet aangenomen", "not accepted"),
}
_ORIGINS = {
    "office": Words("op kantoor", "at the office"),
    "table": Words("aan tafel", "at the table"),
    "tenant": Words("door u voorgesteld", "proposed by you"),
}
_HOW = {
    "signature": Words("met een handtekening", "with a signature"),
    "link": Words("met een link", "by a link"),
    "spoken": Words("gezegd, met een getuige", "spoken, with a witness"),
}
_PURPOSES = {
    "arrangement": Words("voor de regeling", "for the arrangement"),
    "rent": Words("voor de huur", "for the rent"),
    "ahead": Words("voor een huur die nog komt", "for a rent to come"),
}
_COLLECTED = {
    "sent": Words("verstuurd", "sent"),
    "received": Words("ontvangen", "received"),
    "returned": Words("teruggeboekt", "returned"),
}


def _of(tenancy: models.Tenancy) -> Q:
    return Q(arrangement__tenancy=tenancy)


ARRANGEMENT_PARTS: tuple[HoldingsPart, ...] = (
    HoldingsPart(
        models.Arrangement, lambda tenancy: Q(tenancy=tenancy), Words("Uw betalingsregelingen", "Your arrangements"),
        (
            plain("made_on", "Gemaakt op", "Made on"), coded("origin", "Waar", "Where", _ORIGINS),
            role("made_by", "Gemaakt door", "Made by"), plain("agreed_on", "Afgesproken op", "Agreed on"),
            role("agreed_by", "Afgesproken met", "Agreed with"), role("owner", "Wie u kunt bellen", "Whom to ring"),
            money("total", "Totaal", "Total"), money("received", "Betaald", "Paid"),
            money("behind", "Achter", "Behind"),
            coded("state", "Stand", "State", {one.value: one.words for one in ArrangementState}),
            plain("since", "Sinds", "Since"), both("why", "Waarom", "Why"),
            plain("terms", "Voorstel", "Proposal"), plain("debts", "Waarvoor (centen)", "For what (cents)"),
            plain("reference", "Betalingskenmerk", "Payment reference"),
            plain("costs_waived", "Geen kosten", "No costs"), plain("interest_waived", "Geen rente", "No interest"),
            plain("language", "Taal", "Language"), plain("next_due", "Volgende termijn", "Next instalment"),
            money("next_amount", "Bedrag daarvan", "Its amount"), plain("last_due", "Laatste dag", "Last day"),
            plain("contacted", "Contact gezocht", "Contact was tried"),
        ),
        frozenset({"id", "key", "tenancy", "contact_first", "watched_on"}), ("made_on", "pk"),
    ),
    HoldingsPart(
        models.ArrangementEvent, _of, Words("Wat er met uw regeling gebeurde", "What happened to your arrangement"),
        (
            plain("day", "Dag", "Day"), coded("kind", "Wat", "What", _KINDS),
            coded("reason", "Reden", "Reason", {one.value: one.words for one in EndReason}),
            plain("instalments", "Termijnen (nummer, dag, centen)", "Instalments (number, day, cents)"),
            role("by", "Collega", "Colleague"), plain("recorded", "Opgeschreven", "Written down"),
        ),
        frozenset({"id", "key", "arrangement", "sequence"}), ("day", "pk"),
    ),
    HoldingsPart(
        models.Instalment, _of, Words("Uw termijnen", "Your instalments"),
        (
            plain("number", "Nummer", "Number"), plain("due", "Uiterlijk", "By"), money("amount", "Bedrag", "Amount"),
            money("paid", "Betaald", "Paid"), plain("paid_on", "Betaald op", "Paid on"),
            coded("state", "Stand", "State", {one.value: one.words for one in InstalmentState}),
        ),
        frozenset({"id", "arrangement"}), ("due", "pk"),
    ),
    HoldingsPart(
        models.ArrangementPart, _of, Words("Waar uw betalingen voor telden", "What your payments counted for"),
        (
            money("amount", "Bedrag", "Amount"), coded("purpose", "Waarvoor", "What for", _PURPOSES),
            plain("derived", "Volgt uit de regeling", "Follows from the arrangement"),
        ),
        frozenset({"id", "arrangement", "entry"}), ("pk",),
    ),
    HoldingsPart(
        models.Budget, _of, Words("Wat u over uw geld vertelde", "What you told about your money"),
        (plain("day", "Dag", "Day"), plain("content", "Wat u vertelde (centen)", "What you told (cents)")),
        frozenset({"id", "arrangement"}), ("day", "pk"),
    ),
    HoldingsPart(
        models.ArrangementAgreement, _of, Words("Hoe u akkoord ging", "How you agreed"),
        (
            plain("day", "Dag", "Day"), coded("how", "Hoe", "How", _HOW), plain("name", "Naam", "Name"),
            plain("signature", "Handtekening (lijnen)", "Signature (strokes)"),
            role("witness", "Wie erbij was", "Who was there"), plain("language", "Taal", "Language"),
            plain("sha256", "Vingerafdruk van de bladzijde", "Fingerprint of the page"),
            plain("recorded", "Opgeschreven", "Written down"),
            Told("pdf", Words("De bladzijde zelf", "The page itself"), ("pdf",), lambda row: row.pdf,
                 lambda pdf: Words("bewaard; op papier bij ons te krijgen", "kept; ask us for it on paper")
                 if pdf else NOTHING),
        ),
        frozenset({"id", "arrangement"}), ("day", "pk"),
    ),
    HoldingsPart(
        models.Mandate, _of, Words("Uw machtigingen voor de regeling", "Your mandates for the arrangement"),
        (
            plain("reference", "Kenmerk", "Reference"), plain("iban", "Rekening", "Account"),
            plain("holder", "Op naam van", "Held by"), plain("signed_on", "Gegeven op", "Given on"),
            plain("ended_on", "Gestopt op", "Ended on"), role("by", "Collega", "Colleague"),
        ),
        frozenset({"id", "arrangement"}), ("signed_on", "pk"),
    ),
    HoldingsPart(
        models.Collection, lambda tenancy: Q(mandate__arrangement__tenancy=tenancy),
        Words("Wat wij incasseerden", "What we collected"),
        (
            plain("number", "Termijn", "Instalment"), money("amount", "Bedrag", "Amount"),
            coded("state", "Stand", "State", _COLLECTED), plain("reason", "Reden van de bank", "Reason of the bank"),
            plain("settled_on", "Dag", "Day"), plain("end_to_end", "Nummer", "Number"),
        ),
        frozenset({"id", "run", "mandate"}), ("pk",),
    ),
)  # fmt: skip
"""In the order in which somebody reads them."""
