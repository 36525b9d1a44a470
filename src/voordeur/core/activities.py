"""What the data are used for (GDPR art. 30): the processing activities, and what each role may do, in words."""

from dataclasses import dataclass

from voordeur.core.access import Deed
from voordeur.core.words import Words

DEED_WORDS = {
    Deed.SEE_WORKLIST: Words("de werklijst zien", "see the work list"),
    Deed.SEE_PORTFOLIO: Words("cijfers per wijk zien", "see figures per neighbourhood"),
    Deed.IMPORT: Words("bestanden inlezen", "read files in"),
    Deed.MATCH_PAYMENT: Words("betalingen koppelen", "match payments"),
    Deed.OPEN_FILE: Words("een dossier openen", "open a file"),
    Deed.MANAGE_STAFF: Words("accounts beheren", "manage accounts"),
    Deed.RUN_NIGHTLY: Words("de nachtelijke beoordeling starten", "start the nightly run"),
    Deed.RECORD_CONTACT: Words("contact opschrijven", "write down contact"),
    Deed.PLAN_CONTACT: Words("contact plannen", "plan contact"),
    Deed.DECIDE_CASE: Words("stappen in een zaak nemen", "take steps in a case"),
    Deed.DECIDE_SECOND: Words(
        "als tweede over een besluit oordelen", "judge a decision as the second person"
    ),
    Deed.SEE_CASES: Words("de lopende zaken zien", "see the running cases"),
    Deed.SEE_WORKLOAD: Words("de werkdruk zien", "see the workload"),
    Deed.ARRANGE_COVER: Words("waarneming regelen", "arrange cover"),
    Deed.EDIT_POLICY: Words("het beleid schrijven", "write the policy"),
    Deed.SEE_POLICY: Words("het beleid lezen", "read the policy"),
    Deed.KEEP_AGREEMENT: Words("afspraken met gemeenten vastleggen", "record agreements with municipalities"),
    Deed.SEND_LETTER: Words("brieven en berichten sturen", "send letters and messages"),
    Deed.EDIT_TEXT: Words("teksten van brieven schrijven", "write texts of letters"),
    Deed.SEE_EVIDENCE: Words("het bewijsdossier zien", "see the evidence file"),
    Deed.SEE_PRIVACY: Words("zien wie wat bekeek", "see who looked at what"),
    Deed.HANDLE_REQUEST: Words("verzoeken van huurders beantwoorden", "answer requests of tenants"),
    Deed.RUN_RETENTION: Words("wissen wat weg moet", "erase what has to go"),
    Deed.MAKE_ARRANGEMENT: Words("betalingsregelingen maken", "make payment arrangements"),
    Deed.SEE_ARRANGEMENTS: Words("alle regelingen zien", "see all arrangements"),
    Deed.COLLECT: Words("incassobestanden maken", "make direct debit files"),
    Deed.CHECK_SCHEMES: Words("de regelingen-check doen", "do the check on schemes"),
    Deed.PLAN_WEEK: Words("de eigen week plannen", "plan the own week"),
    Deed.SEE_TEAM_WEEK: Words("de weken van het team zien, in uren", "see the weeks of the team, in hours"),
    Deed.SET_HOURS: Words("werktijden instellen", "set working hours"),
    Deed.GIVE_LINK: Words("een link naar de eigen pagina geven", "give a link to the own page"),
    Deed.CARRY_PHONE: Words("de dag meenemen op de telefoon", "take the day along on a phone"),
    Deed.REVOKE_PHONE: Words("de dag van een telefoon halen", "take the day off a phone"),
    Deed.SETTLE_VISIT: Words("kiezen tussen twee verslagen", "choose between two records"),
    Deed.OPEN_IN_EMERGENCY: Words("in een noodgeval een dossier openen", "open a file in an emergency"),
}
"""What a role may do, for a reader who does not know our codes; a deed without words is told by its code."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One processing activity: what for, on which ground, and under which rules its data are kept."""

    title: Words
    purpose: Words
    ground: Words
    rules: tuple[str, ...]
    """Names of rules of the retention table."""


ACTIVITIES = (
    Activity(
        Words("Huur innen en achterstanden zien", "Collecting rent and seeing arrears"),
        Words(
            "Bijhouden wat er per huurcontract te betalen en betaald is, en op tijd zien waar het misgaat.",
            "Keeping what each tenancy has to pay and has paid, and seeing in time where it goes wrong.",
        ),
        Words(
            "uitvoering van de huurovereenkomst (AVG art. 6 lid 1 b); administratie bewaren (lid 1 c)",
            "performance of the tenancy agreement (GDPR art. 6(1)(b)); keeping the books (par. 1 c)",
        ),
        (
            "tenancies", "tenants", "ledger", "bank", "unmatched", "payers", "payers_never", "uploads",
            "import_problems", "homes",
        ),
    ),
    Activity(
        Words("Contact zoeken en hulp aanbieden", "Getting in touch and offering help"),
        Words(
            "Bij een achterstand eerst praten: bellen, langsgaan, wijzen op hulp, afspraken maken.",
            "Talking first when there are arrears: calling, visiting, naming help, making arrangements.",
        ),
        Words(
            "wettelijke plicht van de verhuurder (Bgs art. 2 onder a en b, AVG art. 6 lid 1 c) en gerechtvaardigd"
            " belang (lid 1 f)",
            "legal duty of the landlord (Bgs art. 2 a and b, GDPR art. 6(1)(c)) and legitimate interest (par. 1 f)",
        ),
        ("notes", "diary", "wishes", "messages"),
    ),
    Activity(
        Words("Zaken, brieven en meldingen bij de gemeente", "Cases, letters and signals to the municipality"),
        Words(
            "De stappen zetten die de wet vraagt voordat iets verder gaat, en dat kunnen bewijzen.",
            "Taking the steps that the law asks before anything goes further, and being able to prove it.",
        ),
        Words(
            "wettelijke plicht (Bgs art. 2 onder c en d, BW 6:96; AVG art. 6 lid 1 c) en een vordering bij de rechter"
            " (lid 1 f)",
            "legal duty (Bgs art. 2 c and d, BW 6:96; GDPR art. 6(1)(c)) and a claim in court (par. 1 f)",
        ),
        ("cases", "letters"),
    ),
    Activity(
        Words("Langsgaan: weekplan en telefoon", "Visiting: week plan and telephone"),
        Words(
            "De bezoeken verdelen over de uren die er zijn, en buiten kunnen werken zonder verbinding.",
            "Dividing visits over the hours there are, and being able to work outside without a connection.",
        ),
        Words(
            "gerechtvaardigd belang: bezoeken doen die de wet vraagt, en veilig (AVG art. 6 lid 1 c en f)",
            "legitimate interest: making the visits that the law asks, and safely (GDPR art. 6(1)(c) and (f))",
        ),
        ("visit_plans", "visit_days", "door_records", "phones", "safety_notes"),
    ),
    Activity(
        Words("Betalingsregelingen", "Payment arrangements"),
        Words(
            "Met de huurder een bedrag afspreken dat past, en bijhouden of het lukt.",
            "Agreeing on an amount that fits with the tenant, and keeping whether it works out.",
        ),
        Words(
            "uitvoering van een afspraak (AVG art. 6 lid 1 b); wat iemand over geld vertelt: toestemming (lid 1 a)",
            "performance of an agreement (GDPR art. 6(1)(b)); what somebody tells about money: consent (par. 1 a)",
        ),
        ("arrangements", "budgets", "collections"),
    ),
    Activity(
        Words("De regelingen-check en hulp van de gemeente", "The check on schemes and help of the municipality"),
        Words(
            "Samen nagaan welke toeslag of regeling iemand misloopt, en op verzoek gegevens doorgeven.",
            "Finding out together which benefit somebody misses, and passing data on when asked.",
        ),
        Words(
            "toestemming, die altijd terug kan (AVG art. 6 lid 1 a en 7)",
            "consent, which can be withdrawn at any time (GDPR art. 6(1)(a) and 7)",
        ),
        ("scheme_answers", "scheme_checks", "consents"),
    ),
    Activity(
        Words("De eigen pagina van de huurder", "The tenant's own page"),
        Words(
            "De huurder zelf laten zien wat er open staat, en iets laten vragen of voorstellen.",
            "Letting tenants see for themselves what is open, and ask or propose something.",
        ),
        Words(
            "gerechtvaardigd belang: contact zonder drempel (AVG art. 6 lid 1 f)",
            "legitimate interest: contact without a threshold (GDPR art. 6(1)(f))",
        ),
        ("tenant_links", "tenant_asks"),
    ),
    Activity(
        Words("Verzoeken van huurders over hun gegevens", "Requests of tenants about their data"),
        Words(
            "Inzage, verbetering, wissen en bezwaar behandelen, binnen de termijn.",
            "Handling access, correction, erasure and objection, within the term.",
        ),
        Words(
            "wettelijke plicht (AVG art. 12 tot 21; art. 6 lid 1 c)",
            "legal duty (GDPR art. 12 to 21; art. 6(1)(c))",
        ),
        ("rights_requests",),
    ),
    Activity(
        Words("Toezicht op wie wat bekijkt", "Oversight of who looks at what"),
        Words(
            "Misbruik van dossiers voorkomen en kunnen laten zien dat er zorgvuldig is gewerkt. Ook wat aan het kijken"
            " van collega's opvalt, hoort hierbij.",
            "Preventing misuse of files and being able to show careful work. What stands out in how staff look at"
            " files is part of it.",
        ),
        Words(
            "verantwoording en beveiliging (AVG art. 5 lid 2 en 32; art. 6 lid 1 c en f)",
            "accountability and security (GDPR art. 5(2) and 32; art. 6(1)(c) and (f))",
        ),
        ("audit_lines", "audit_payloads", "emergencies", "cover"),
    ),
    Activity(
        Words("Accounts, aanmelden en back-ups", "Accounts, signing in and backups"),
        Words(
            "Alleen wie hier werkt binnenlaten, en niets kwijtraken.",
            "Letting in only who works here, and losing nothing.",
        ),
        Words("beveiliging (AVG art. 32; art. 6 lid 1 c en f)", "security (GDPR art. 32; art. 6(1)(c) and (f))"),
        ("staff", "sessions", "backups"),
    ),
)  # fmt: skip
OTHER_ACTIVITY = Words("Overige verwerkingen", "Other processing")
"""Holds the rules that no activity names yet: they never stay out of the register."""
DATA_SOURCES = (
    Words(
        "De huuradministratie van de verhuurder: huurcontract, woning, naam en contactgegevens, wat er te betalen is.",
        "The landlord's rent administration: agreement, home, name and contact data, what has to be paid.",
    ),
    Words(
        "De bank van de verhuurder: wie betaalde, wanneer, hoeveel, van welke rekening en met welke omschrijving.",
        "The landlord's bank: who paid, when, how much, from which account and with which description.",
    ),
    Words(
        "De huurder zelf, aan de deur, aan de telefoon of op papier: afspraken, wensen, antwoorden.",
        "The tenant, at the door, by telephone or on paper: arrangements, wishes, answers.",
    ),
    Words(
        "De gemeente: alleen de uitkomst van een melding, nooit waarom.",
        "The municipality: only the outcome of a signal, never why.",
    ),
)
"""Where the data come from (GDPR art. 14(2)(f))."""
