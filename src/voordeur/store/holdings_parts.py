"""What an answer to "what do you hold on me?" is made of: every table about a household, column by column.

A new table that points to a tenancy or a tenant gets a row here: a test compares. Every column of a table is either
told or left out on purpose. Words are for the person it is about.
"""

from typing import Any

from django.db.models import Q

from voordeur.core.case_words import DEED_WORDS, OUTCOME_WORDS, STATE_WORDS
from voordeur.core.cases import EventKind, Outcome, State
from voordeur.core.clock import in_clock
from voordeur.core.contacts import Channel, ContactException, DayPart
from voordeur.core.emergency import Judgement
from voordeur.core.letter_clauses import TITLES, LetterKind
from voordeur.core.money import euros
from voordeur.core.personal_links import Handed, Revoked
from voordeur.core.rights import IdentityCheck, ProcessingGround, RequestKind, RequestState
from voordeur.core.tenant_asks import AskKind, AskState
from voordeur.core.words import Words
from voordeur.store import models
from voordeur.store.holdings_arrangements import ARRANGEMENT_PARTS
from voordeur.store.holdings_field import FIELD_PARTS
from voordeur.store.holdings_schemes import SCHEME_PARTS
from voordeur.store.holdings_told import (
    NOTHING,
    HoldingsPart,
    Told,
    both,
    coded,
    joined,
    money,
    plain,
    role,
)
from voordeur.store.holdings_words import (
    BANK_STATES,
    COMPONENTS,
    CONTACT_OUTCOMES,
    DATA,
    ENTRY_KINDS,
    LANGUAGES,
    LETTER_STATES,
    MESSAGES,
    METHODS,
    PAUSES,
    ROUTES,
    SIGNS,
    SOURCES,
    WAYS,
    details_in_words,
)

_CHANGED = Words(
    "Er kwam iets bij in uw huurboek. Hoe het nu staat, moeten wij nog bekijken.",
    "Something was added to your rent account. We still have to look at how it stands now.",
)
_NOT_TOLD = frozenset({"kind", "day", "by", "second", "owner"})


def _details(row: Any) -> dict[str, Any]:
    """What an event holds beside its kind and day; of colleagues only what work they do."""
    return {name: value for name, value in row.details.items() if name not in _NOT_TOLD}


def _event_details() -> Told:
    return Told("details", Words("Bijzonderheden", "Details"), ("details",), _details, details_in_words)


def _kind_of_proposal(row: Any) -> str:
    return str(row.details.get("kind", ""))


def _tenancy(tenancy: models.Tenancy) -> Q:
    return Q(tenancy=tenancy)


def _case(tenancy: models.Tenancy) -> Q:
    return Q(case__tenancy=tenancy)


def _clock(column: str, nl: str, en: str) -> Told:
    """A moment of the day that is kept as minutes after midnight."""
    return Told(
        column, Words(nl, en), (column,),
        lambda row: "" if getattr(row, column) is None else in_clock(getattr(row, column)),
    )  # fmt: skip


def _enum(*values: Any) -> dict[Any, Words]:
    """Words of enumerations that know their own."""
    return {one.value: one.words for some in values for one in some}


_EVENTS = {one.value: DEED_WORDS[one].done for one in EventKind}
_PROPOSED = {one.value: DEED_WORDS[one].do for one in EventKind}
_STATES = {one.value: STATE_WORDS[one] for one in State}
_OUTCOMES = {one.value: OUTCOME_WORDS[one] for one in Outcome}
_LETTERS = {one.value: TITLES[one] for one in LetterKind}
_STOP_STATES = {
    "planned": Words("gepland", "planned"),
    "done": Words("gedaan", "done"),
    "paid": Words("vervallen: er was betaald", "dropped: it was paid"),
    "gone": Words("vervallen", "dropped"),
}
_HANDED = {
    Handed.IN_PERSON.value: Words("met een QR-code", "as a QR code"),
    Handed.SMS.value: Words("per sms", "by text message"),
    Handed.EMAIL.value: Words("per e-mail", "by e-mail"),
}
_REVOKED = {
    Revoked.NEWER.value: Words("u kreeg een nieuwe", "you got a newer one"),
    Revoked.STAFF.value: Words("een collega trok hem in", "a colleague took it back"),
    Revoked.TENANT.value: Words("u gooide hem weg", "you threw it away"),
    Revoked.GUESSED.value: Words("te vaak een verkeerd huisnummer", "too many wrong house numbers"),
}
_ASK_STATES = {
    AskState.OPEN.value: Words("wacht op ons", "waits for us"),
    AskState.PLANNED.value: Words("staat op de lijst", "stands on the list"),
    AskState.ANSWERED.value: Words("beantwoord", "answered"),
}
_BY = ("by", "Collega", "Colleague")

PARTS: tuple[HoldingsPart, ...] = (
    HoldingsPart(
        models.Tenancy, lambda tenancy: Q(pk=tenancy.pk), Words("Uw huurcontract", "Your tenancy agreement"),
        (
            plain("key", "Contractnummer", "Agreement number"), plain("start", "Begin", "Start"),
            plain("end", "Einde", "End"), money("rent", "Huur per maand", "Rent a month"),
            coded("method", "Manier van betalen", "Way of paying", METHODS),
            plain("mandate", "Machtiging", "Mandate"),
            plain("payment_reference", "Betalingskenmerk", "Payment reference"),
        ),
        frozenset({"id", "home", "neighbourhood"}),
    ),
    HoldingsPart(
        models.Home, lambda tenancy: Q(tenancies=tenancy), Words("Uw woning", "Your home"),
        (
            plain("key", "Nummer van de woning", "Number of the home"), plain("street", "Straat", "Street"),
            plain("number", "Nummer", "Number"), plain("addition", "Toevoeging", "Addition"),
            plain("postcode", "Postcode", "Postcode"), plain("town", "Plaats", "Town"),
            plain("bag_id", "Nummer in de BAG", "Number in the address register"),
            Told("neighbourhood", Words("Wijk", "Neighbourhood"), ("neighbourhood",),
                 lambda row: str(row.neighbourhood or ""), joins=True),
            plain("latitude", "Plaats op de kaart (noord)", "Place on the map (north)"),
            plain("longitude", "Plaats op de kaart (oost)", "Place on the map (east)"),
        ),
        frozenset({"id"}),
    ),
    HoldingsPart(
        models.Tenant, _tenancy, Words("Wie er huurt", "Who rents"),
        (
            plain("name", "Naam", "Name"), plain("phone", "Telefoon", "Telephone"),
            plain("email", "E-mail", "E-mail"), coded("language", "Taal", "Language", LANGUAGES),
        ),
        frozenset({"id", "tenancy"}),
    ),
    HoldingsPart(
        models.TenantCorrection, lambda tenancy: Q(tenant__tenancy=tenancy),
        Words("Wat wij voor u verbeterden", "What we corrected for you"),
        (
            plain("day", "Dag", "Day"), coded("datum", "Wat", "What", DATA),
            plain("before", "Eerst stond er", "Before it said"), role(*_BY),
        ),
        frozenset({"id", "tenant", "request"}),
    ),
    HoldingsPart(
        models.Entry, _tenancy, Words("Huur en betalingen", "Rent and payments"),
        (
            plain("date", "Dag", "Day"), coded("kind", "Soort", "Kind", ENTRY_KINDS),
            coded("component", "Waarvoor", "What for", COMPONENTS), money("amount", "Bedrag", "Amount"),
            plain("due", "Vervalt", "Due"), plain("period", "Maand", "Month"),
            plain("description", "Omschrijving", "Description"),
            plain("reason", "Reden van de bank", "Reason of the bank"),
            coded("source", "Komt van", "Comes from", SOURCES), plain("known", "Bekend sinds", "Known since"),
        ),
        frozenset({"id", "tenancy", "designates", "reverses", "claim", "same_as", "sequence", "key", "run"}),
        ("date", "sequence", "kind", "pk"),
        ("date", "kind", "component", "description", "due", "amount"),
    ),
    HoldingsPart(
        models.Pause, _tenancy, Words("Tijd die niet meetelt", "Time that does not count"),
        (
            plain("start", "Van", "From"), plain("end", "Tot en met", "Up to and including"),
            coded("reason", "Reden", "Reason", PAUSES),
        ),
        frozenset({"id", "tenancy"}), ("start", "pk"),
    ),
    HoldingsPart(
        models.BankLine,
        lambda tenancy: (Q(tenancy=tenancy) | Q(entry__tenancy=tenancy)) & ~Q(state=models.BankLine.State.PROPOSED),
        Words("Regels van de bank", "Bank lines"),
        (
            plain("booked", "Dag", "Day"), money("amount", "Bedrag", "Amount"),
            plain("iban", "Rekening", "Account"), plain("name", "Naam bij de bank", "Name at the bank"),
            plain("remittance", "Omschrijving", "Description"), plain("reference", "Kenmerk", "Reference"),
            plain("end_to_end", "Kenmerk van de betaler", "Reference of the payer"),
            plain("mandate", "Machtiging", "Mandate"), plain("reversal", "Teruggeboekt", "Reversed"),
            plain("reason", "Reden", "Reason"), coded("state", "Stand", "State", BANK_STATES),
            coded("why", "Herkend aan", "Recognised by", SIGNS),
        ),
        frozenset({"id", "statement", "ref", "tenancy", "entry"}), ("booked", "pk"),
    ),
    HoldingsPart(
        models.KnownPayer, _tenancy, Words("Rekeningen waarvan betaald wordt", "Accounts that pay"),
        (plain("iban", "Rekening", "Account"), role("decided_by", "Onthouden door", "Remembered by")),
        frozenset({"id", "tenancy", "seen_on"}),
    ),
    HoldingsPart(
        models.Standing, _tenancy, Words("Hoe het nu staat", "How it stands now"),
        (
            plain("on", "Dag", "Day"), money("balance", "Saldo", "Balance"), money("overdue", "Te laat", "Overdue"),
            money("not_overdue", "Nog niet vervallen", "Not due yet"), money("credit", "Tegoed", "Credit"),
            Told("buckets", Words("Te laat, van kort naar lang", "Overdue, from short to long"), ("buckets",),
                 lambda row: row.buckets, lambda cents: joined(euros(one) for one in cents)),
            plain("oldest_unpaid_due", "Oudste vervaldag", "Oldest due day"),
            plain("days_overdue", "Dagen te laat", "Days overdue"),
            plain("open_charges", "Open posten", "Open charges"), money("current_rent", "Huur nu", "Rent now"),
            plain("in_arrears_since", "Achter sinds", "Behind since"),
            plain("technical", "Geen echte achterstand", "No real arrears"),
            both("technical_reason", "Waarom niet", "Why not"),
            plain("usual_day", "Betaalt meestal op dag", "Usually pays on day"),
            plain("last_payment_on", "Laatste betaling", "Last payment"),
            money("last_payment", "Bedrag daarvan", "Amount of it"),
            both("action_title", "Advies aan de collega", "Advice to the colleague"),
            both("reason", "Wat opviel", "What stood out"), both("advice", "Waarom dit advies", "Why this advice"),
            Told("why_not", Words("Waarom iets anders niet", "Why nothing else"), ("why_not",),
                 lambda row: row.why_not,
                 lambda lines: joined(Words(one["nl"], one["en"]) for one in lines)),
            both("urgency", "Plaats op de lijst", "Place on the list"),
            plain("signalled_since", "Op de lijst sinds", "On the list since"),
            plain("paid_off_on", "Weer bij sinds", "Up to date since"),
        ),
        frozenset({"tenancy", "neighbourhood", "action", "urgency"}), ("tenancy",),
    ),
    HoldingsPart(
        models.Unassessed, _tenancy, Words("Nog niet bekeken", "Not looked at yet"),
        (
            Told("changed", Words("Wat", "What"), ("tenancy",), lambda _row: True, lambda _true: _CHANGED),
        ),
        frozenset(),
    ),
    HoldingsPart(
        models.Signal, _tenancy, Words("Wat opviel", "What stood out"),
        (plain("since", "Sinds", "Since"), money("amount", "Bedrag", "Amount"), both("reason", "Wat", "What")),
        frozenset({"id", "tenancy", "kind"}), ("since", "pk"),
    ),
    HoldingsPart(
        models.Case, _tenancy, Words("Zaken", "Cases"),
        (
            plain("number", "Nummer", "Number"), plain("opened_on", "Begon op", "Began on"),
            plain("overdue_since", "Achter sinds", "Behind since"), coded("state", "Stand", "State", _STATES),
            plain("since", "Sinds", "Since"), plain("held_until", "Onderbroken tot en met", "On hold until"),
            plain("gate_open", "Mag gemeld worden bij de gemeente", "May be signalled to the municipality"),
            plain("plan_until", "Betaalplan tot en met", "Payment plan until"),
            plain("closed_on", "Gesloten op", "Closed on"), coded("outcome", "Afloop", "Outcome", _OUTCOMES),
            role("owner", "Wie erop let", "Who looks after it"),
        ),
        frozenset({"id", "tenancy", "previous"}),
    ),
    HoldingsPart(
        models.CaseEvent, _case, Words("Wat er in een zaak gebeurde", "What happened in a case"),
        (
            plain("day", "Dag", "Day"), coded("kind", "Wat", "What", _EVENTS), plain("reason", "Reden", "Reason"),
            _event_details(), role(*_BY), role("second", "Tweede collega", "Second colleague"),
            plain("recorded", "Opgeschreven", "Written down"),
        ),
        frozenset({"id", "case", "sequence"}), ("case", "sequence"),
    ),
    HoldingsPart(
        models.CaseTerm, _case, Words("Termijnen", "Terms"),
        (
            plain("day", "Dag", "Day"),
            Told("what", Words("Wat", "What"), ("nl", "en"), lambda row: Words(row.nl, row.en),
                 keep=lambda words: {"nl": words.nl, "en": words.en}),
            plain("basis", "Grond", "Basis"), plain("statutory", "Staat in de wet", "Set by law"),
            role("owner", "Wie erop let", "Who looks after it"),
        ),
        frozenset({"id", "case", "kind"}), ("day", "pk"),
    ),
    HoldingsPart(
        models.Proposal, _case, Words("Besluiten voor twee personen", "Decisions for two persons"),
        (
            Told("kind", Words("Wat", "What"), (), _kind_of_proposal,
                 lambda code: _PROPOSED.get(code, NOTHING)),
            plain("reason", "Reden", "Reason"), _event_details(), role(*_BY),
            plain("made", "Voorgesteld", "Proposed"),
            plain("agreed", "Ingestemd", "Agreed"), role("decided_by", "Besloten door", "Decided by"),
            plain("decided", "Besloten op", "Decided on"),
        ),
        frozenset({"id", "case"}),
    ),
    HoldingsPart(
        models.Contact, _tenancy, Words("Contact met u", "Contact with you"),
        (
            plain("day", "Dag", "Day"), coded("part", "Deel van de dag", "Part of the day", _enum(DayPart)),
            coded("channel", "Hoe", "How", _enum(Channel)),
            plain("incoming", "U nam contact op", "You contacted us"),
            plain("reached", "Gesproken", "Spoken"),
            coded("outcome", "Wat eruit kwam", "Outcome", CONTACT_OUTCOMES),
            plain("agreed", "Afspraak", "Agreed"), plain("help_told", "Hulp genoemd", "Help was named"),
            coded("exception", "Toch gedaan, omdat", "Done all the same, because", _enum(ContactException)),
            role(*_BY), plain("recorded", "Opgeschreven", "Written down"),
        ),
        frozenset({"id", "tenancy", "case"}), ("day", "recorded"),
    ),
    HoldingsPart(
        models.Promise, _tenancy, Words("Wat u beloofde", "What you promised"),
        (
            plain("made_on", "Dag", "Day"), money("amount", "Bedrag", "Amount"),
            plain("until", "Uiterlijk", "At the latest"), plain("withdrawn", "Vervallen op", "Withdrawn on"),
            role(*_BY),
        ),
        frozenset({"id", "tenancy", "contact"}), ("made_on", "pk"),
    ),
    HoldingsPart(
        models.Wish, _tenancy, Words("Wat u over contact vroeg", "What you asked about contact"),
        (
            plain("since", "Sinds", "Since"), coded("channels", "Alleen", "Only", _enum(Channel)),
            coded("parts", "Wanneer", "When", _enum(DayPart)), coded("language", "Taal", "Language", LANGUAGES),
            plain("leave_alone_until", "Met rust laten tot en met", "Leave alone until"),
            plain("withdrawn", "Vervallen op", "Withdrawn on"), role(*_BY),
            plain("recorded", "Opgeschreven", "Written down"),
        ),
        frozenset({"id", "tenancy"}), ("since", "recorded"),
    ),
    HoldingsPart(
        models.PlannedContact, _tenancy, Words("Wat wij van plan zijn of waren", "What we plan or planned"),
        (
            plain("day", "Dag", "Day"), coded("part", "Deel van de dag", "Part of the day", _enum(DayPart)),
            coded("channel", "Hoe", "How", _enum(Channel)), role("who", "Wie gaat", "Who goes"), role(*_BY),
            plain("set_on", "Gepland op", "Planned on"), plain("dropped", "Ging niet door", "Dropped"),
            _clock("at", "Hoe laat", "At what time"),
        ),
        frozenset({"id", "tenancy", "done"}), ("day", "pk"),
    ),
    HoldingsPart(
        models.PlanStop, _tenancy, Words("Bezoeken in een weekplan", "Visits in a week plan"),
        (
            Told("plan", Words("Dag", "Day"), ("plan",), lambda row: row.plan.day, joins=True),
            _clock("start", "Hoe laat", "At what time"),
            plain("minutes", "Minuten", "Minutes"), coded("state", "Stand", "State", _STOP_STATES),
            both("why", "Waarom", "Why"), role("companion", "Wie meeging", "Who came along"),
        ),
        frozenset({"id", "tenancy", "place", "pinned", "appointment"}), ("plan__day", "pk"),
    ),
    HoldingsPart(
        models.WaitingDoor, _tenancy, Words("Waarom een bezoek moest wachten", "Why a visit had to wait"),
        (
            plain("week", "Week van", "Week of"), both("why", "Waarom", "Why"),
            plain("new_day", "Nieuwe dag", "New day"), role("user", "Wie langs zou gaan", "Who would visit"),
        ),
        frozenset({"id", "tenancy", "code", "place"}), ("week", "pk"),
    ),
    HoldingsPart(
        models.PairVisit, _tenancy, Words("Wij komen met zijn tweeën", "We come with two"),
        (plain("since", "Sinds", "Since"), plain("until", "Tot en met", "Until"), role(*_BY)),
        frozenset({"id", "tenancy"}), ("since", "pk"),
    ),
    HoldingsPart(
        models.TenantLink, _tenancy, Words("Links naar uw eigen pagina", "Links to your own page"),
        (
            plain("made", "Gemaakt", "Made"), role("made_by", "Gemaakt door", "Made by"),
            coded("handed", "Hoe u hem kreeg", "How you got it", _HANDED),
            plain("last", "Werkt tot en met", "Works until"), plain("opened", "Geopend", "Opened"),
            plain("seen", "Laatst gebruikt", "Last used"),
            plain("wrong", "Verkeerde huisnummers", "Wrong house numbers"),
            plain("revoked", "Werkt niet meer sinds", "No longer works since"),
            coded("revoked_why", "Omdat", "Because", _REVOKED), role("revoked_by", "Door", "By"),
        ),
        frozenset({"id", "tenancy", "code_hash", "browser_hash", "began"}), ("made", "pk"),
    ),
    HoldingsPart(
        models.TenantAsk, _tenancy, Words("Wat u op uw eigen pagina vroeg", "What you asked on your own page"),
        (
            plain("made", "Gevraagd", "Asked"), coded("kind", "Wat", "What", _enum(AskKind)),
            plain("day", "Liefst op", "Preferably on"),
            coded("part", "Deel van de dag", "Part of the day", _enum(DayPart)),
            plain("words", "Wat u erbij schreef", "What you added"), plain("language", "Taal", "Language"),
            coded("state", "Stand", "State", _ASK_STATES), plain("answer", "Antwoord", "Answer"),
            plain("decided", "Behandeld", "Dealt with"), role("decided_by", "Door", "By"),
        ),
        frozenset({"id", "tenancy", "link", "planned"}), ("made", "pk"),
    ),
    HoldingsPart(
        models.SentLetter, _tenancy, Words("Brieven aan u", "Letters to you"),
        (
            plain("day", "Dag", "Day"), coded("kind", "Wat", "What", _LETTERS),
            coded("language", "Taal", "Language", LANGUAGES),
            money("total", "Bedrag in de brief", "Amount in the letter"), money("fee", "Kosten", "Costs"),
            coded("state", "Stand", "State", LETTER_STATES), plain("made", "Gemaakt", "Made"),
            role("made_by", "Gemaakt door", "Made by"),
            plain("sent_on", "Verstuurd", "Sent"), role("sent_by", "Verstuurd door", "Sent by"),
            coded("route", "Weg", "Way", ROUTES),
            plain("expected_on", "Verwacht op", "Expected on"),
            plain("delivered_on", "Aangekomen op", "Arrived on"),
            plain("free_until", "Zonder kosten tot en met", "Free of costs until"),
            plain("proof", "Bewijs", "Proof"),
            Told("failure", Words("Ging mis", "Went wrong"), ("failure",), lambda row: row.failure,
                 lambda lines: joined(Words(one.get("nl", ""), one.get("en", "")) for one in lines)),
            role("recorded_by", "Vastgelegd door", "Recorded by"),
            plain("code", "Code om nee te zeggen", "Code to say no"),
            Told("pdf", Words("De brief zelf", "The letter itself"), ("pdf",), lambda row: row.pdf,
                 lambda content: Words("staat in het JSON-bestand", "is in the JSON file") if content else NOTHING),
            plain("sha256", "Kenmerk van het bestand", "Fingerprint of the file"),
        ),
        frozenset({"id", "tenancy", "case", "text", "contact"}), ("day", "pk"),
    ),
    HoldingsPart(
        models.SentMessage, _tenancy, Words("Sms’jes en e-mails aan u", "Messages to you"),
        (
            plain("made", "Moment", "Moment"), coded("route", "Hoe", "How", ROUTES),
            coded("kind", "Soort", "Kind", MESSAGES),
            plain("to", "Naar", "To"), plain("said", "Tekst", "Text"), coded("language", "Taal", "Language", LANGUAGES),
            plain("sent", "Verstuurd", "Sent"), plain("reference", "Kenmerk", "Reference"),
            plain("failure", "Ging mis", "Went wrong"), role(*_BY),
        ),
        frozenset({"id", "tenancy", "case", "key"}), ("made", "pk"),
    ),
    *ARRANGEMENT_PARTS,
    HoldingsPart(
        models.RightsRequest, _tenancy, Words("Verzoeken en bezwaren", "Requests and objections"),
        (
            plain("received", "Binnen op", "Came in on"), coded("kind", "Wat", "What", _enum(RequestKind)),
            coded("way", "Hoe", "How", WAYS), plain("person", "Wie", "Who"), plain("said", "Vraag", "Question"),
            plain("recorded", "Opgeschreven", "Written down"),
            role("recorded_by", "Opgeschreven door", "Written down by"),
            coded("identity", "Hoe wij weten wie het vroeg", "How we know who asked", _enum(IdentityCheck)),
            Told("asker", Words("Welke huurder", "Which tenant"), ("asker",),
                 lambda row: row.asker.name if row.asker else "", joins=True),
            plain("identified_on", "Vastgesteld op", "Established on"),
            role("identified_by", "Vastgesteld door", "Established by"),
            plain("extended_on", "Verlengd op", "Extended on"),
            plain("extension_reason", "Waarom langer", "Why longer"),
            coded("state", "Stand", "State", _enum(RequestState)), plain("answer", "Antwoord", "Answer"),
            plain("closed_on", "Beantwoord op", "Answered on"), role("closed_by", "Beantwoord door", "Answered by"),
            coded("ground", "Toch verder, omdat", "Went on, because", _enum(ProcessingGround)),
            plain("ground_reason", "Toelichting", "Explanation"), plain("ground_on", "Besloten op", "Decided on"),
            role("ground_by", "Besloten door", "Decided by"),
        ),
        frozenset({"id", "tenancy"}), ("received", "pk"),
    ),
    HoldingsPart(
        models.EmergencyAccess, _tenancy, Words("Geopend in een noodgeval", "Opened in an emergency"),
        (
            plain("opened", "Geopend", "Opened"), plain("until", "Tot", "Until"),
            plain("looks", "Keer bekeken", "Times seen"),
            role("user", "Collega", "Colleague"), plain("reason", "Reden", "Reason"),
            coded("judgement", "Oordeel", "Judgement", _enum(Judgement)),
            plain("remark", "Toelichting", "Explanation"),
            plain("judged", "Beoordeeld", "Judged"), role("judged_by", "Beoordeeld door", "Judged by"),
        ),
        frozenset({"id", "tenancy"}), ("opened", "pk"),
    ),
    HoldingsPart(
        models.StagedEntry, lambda tenancy: Q(tenancy_key=tenancy.key),
        Words("Regels die nog worden ingelezen", "Rows that are still being read in"),
        (
            plain("date", "Dag", "Day"), coded("kind", "Soort", "Kind", ENTRY_KINDS),
            coded("component", "Waarvoor", "What for", COMPONENTS), money("amount", "Bedrag", "Amount"),
            plain("due", "Vervalt", "Due"), plain("period", "Maand", "Month"),
            plain("description", "Omschrijving", "Description"), plain("known", "Bekend sinds", "Known since"),
            plain("tenancy_key", "Contractnummer", "Agreement number"),
        ),
        frozenset({"id", "run", "row", "designates_key", "reverses_key", "claim_key", "sequence", "key", "own_number"}),
    ),
    HoldingsPart(
        models.ImportProblem, lambda tenancy: Q(row_cells__icontains=f'"{tenancy.key}"') | Q(value=tenancy.key),
        Words("Regels die niet konden worden ingelezen", "Rows that could not be read in"),
        (
            both("message", "Wat er mis was", "What was wrong"), plain("value", "Wat er stond", "What it said"),
            plain("row_cells", "De hele regel", "The whole row"), plain("column", "Kolom", "Column"),
            plain("solved", "Opgelost", "Solved"),
        ),
        frozenset({"id", "run", "code", "row", "cure_nl", "cure_en", "fatal"}),
    ),
    *FIELD_PARTS,
    *SCHEME_PARTS,
)  # fmt: skip
"""In the order in which somebody reads them. Who looked comes after it (`store.queries.holdings`)."""
