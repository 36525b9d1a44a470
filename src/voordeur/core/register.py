"""The register of processing (GDPR art. 30) as Markdown, made from what the program really keeps and who really may.

What only the landlord knows (who is responsible, where the server stands) stands there to be filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voordeur.core.access import Deed, Purpose, Role, may, purpose_of
from voordeur.core.retention import FATE_WORDS, HOLDBACK_WORDS, MOMENT_WORDS, Fate, Holdback, RetentionRule
from voordeur.core.words import Words


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the database, as the models have it."""

    label: str
    columns: tuple[Column, ...]


Tables = Mapping[str, Table]
FILL_IN = Words("_[zelf invullen]_", "_[to be filled in]_")
LANGUAGES = ("nl", "en")

ROLE_WORDS = {
    Role.NEIGHBOURHOOD_MANAGER: Words("wijkbeheerder", "neighbourhood manager"),
    Role.CONSULTANT: Words("incassoconsulent", "collections consultant"),
    Role.MANAGER: Words("manager", "manager"),
    Role.ADMINISTRATOR: Words("beheerder", "administrator"),
    Role.PRIVACY_OFFICER: Words("privacy officer", "privacy officer"),
}
PURPOSE_WORDS = {
    Purpose.VISIT: Words("bij iemand langsgaan of bellen", "visiting or ringing somebody"),
    Purpose.COLLECTION: Words(
        "achterstanden bespreken, regelen en innen", "discussing, arranging and collecting arrears"
    ),
    Purpose.ADMINISTRATION: Words("de installatie beheren", "managing the installation"),
    Purpose.SECOND_DECISION: Words(
        "als tweede persoon over een besluit oordelen", "judging a decision as the second person"
    ),
    Purpose.RIGHTS: Words(
        "een verzoek van een bewoner over de eigen gegevens beantwoorden, zolang het loopt",
        "answering a request of a tenant about the own data, as long as it runs",
    ),
    Purpose.EMERGENCY: Words(
        "gevaar: kort, met een reden, en de privacy officer ziet het",
        "danger: for a short time, with a reason, and the privacy officer sees it",
    ),
    Purpose.OWN: Words(
        "de huurder zelf, op de eigen pagina die een persoonlijke link opent",
        "the tenant, on the own page that a personal link opens",
    ),
}
TRUST_WORDS = {
    "verified": Words("nagelezen in de wet", "read in the law"),
    "secondary": Words("gelezen bij wie de wet aanhaalt", "read where the law is cited"),
    "unverified": Words("niet nagelezen: laat dit bevestigen", "not read: have this confirmed"),
    "choice": Words("instelling: bevestig of verander dit", "setting: confirm or change this"),
}
"""Trust marks of the rules, in words."""
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
RECIPIENTS = (
    Words(
        "De gemeente: naam, adres, contactgegevens en de hoogte van de achterstand, na de vier plichten van Bgs art. 2"
        " en als de huurder geen bezwaar maakte. Nooit een BSN, nooit een reden.",
        "The municipality: name, address, contact data and the height of the arrears, after the four duties of Bgs"
        " art. 2 and when the tenant did not object. Never a BSN, never a reason.",
    ),
    Words(
        "Wie de brieven drukt en bezorgt, en wie sms en e-mail verstuurt (verwerkers, AVG art. 28).",
        "Who prints and delivers letters, and who sends SMS and e-mail (processors, GDPR art. 28).",
    ),
    Words(
        "Deurwaarder, advocaat en rechter: het bewijsdossier van één zaak.",
        "Bailiff, lawyer and judge: the evidence file of one case.",
    ),
    Words(
        "De bewoner zelf: alles wat over de bewoner wordt bewaard, op verzoek (AVG art. 15).",
        "The tenant: everything that is kept of the tenant, on request (GDPR art. 15).",
    ),
)
MEASURES = (
    Words(
        "Aanmelden met een passkey of met een wachtwoord en een code; een account gaat dicht na te veel pogingen.",
        "Signing in with a passkey, or with a password and a code; too many attempts close an account.",
    ),
    Words(
        "Wie een dossier opent, heeft een doel; wijkbeheerders zien alleen hun eigen wijken.",
        "Who opens a file has a purpose; neighbourhood managers see only their own neighbourhoods.",
    ),
    Words(
        "Elke daad en elke blik staat in een logboek dat alleen kan groeien en dat te controleren is.",
        "Every deed and every look is in a log that can only grow and that can be checked.",
    ),
    Words(
        "Notities, brieven en contactgegevens zijn in de database versleuteld; back-ups helemaal.",
        "Notes, letters and contact data are encrypted in the database; backups altogether.",
    ),
    Words(
        "Wat gewist is, staat in geen bestand van de database meer en in geen latere back-up.",
        "What was erased is in no file of the database any more and in no later backup.",
    ),
    Words(
        "Wat er geprobeerd is om binnen te komen, en met welk gevolg, staat in docs/security.md.",
        "What was tried to get in, and with which result, is in docs/security.md.",
    ),
)


def register(rules: Sequence[RetentionRule], tables: Tables, empty: Mapping[str, Words]) -> str:
    """The register in Dutch and in English, one after the other. `empty`: tables without persons, with why."""
    return "\n".join("\n".join(_register(rules, tables, empty, language)) for language in LANGUAGES)


def _register(
    rules: Sequence[RetentionRule], tables: Tables, empty: Mapping[str, Words], language: str
) -> list[str]:
    def say(nl: str, en: str) -> str:
        return Words(nl, en).in_language(language)

    fill = FILL_IN.in_language(language)
    return [
        f"# {say('Verwerkingsregister (AVG art. 30)', 'Register of processing (GDPR art. 30)')}",
        "",
        say(
            "Gemaakt door `voordeur register` uit de bewaartabel, de tabellen van de database en de rollen."
            " Verander dit bestand niet met de hand: verander waar het uit komt.",
            "Made by `voordeur register` from the retention table, the tables of the database and the roles. Do not"
            " change this file by hand: change what it comes from.",
        ),
        "",
        f"- {say('Verwerkingsverantwoordelijke', 'Controller')}: {fill}",
        f"- {say('Functionaris gegevensbescherming', 'Data protection officer')}: {fill}",
        f"- {say('Verwerkers (hosting, druk, sms)', 'Processors (hosting, print, SMS)')}: {fill}",
        f"- {say('Doorgifte buiten de EER', 'Transfer outside the EEA')}: "
        + say(f"het programma zelf: geen; hosting: {fill}", f"the program itself: none; hosting: {fill}"),
        "",
        f"## {say('Verwerkingen', 'Processing activities')}",
        "",
        *_activities(rules, language),
        f"## {say('Waar de gegevens vandaan komen', 'Where the data come from')}",
        "",
        *[f"- {one.in_language(language)}" for one in DATA_SOURCES],
        "",
        f"## {say('Wie voor welk doel een dossier opent', 'Who opens a file for which purpose')}",
        "",
        *_purposes(language),
        "",
        f"## {say('Wat bewaard wordt, van wie, hoe lang en waarom', 'What is kept, of whom, how long and why')}",
        "",
        *_kept(rules, language),
        "",
        f"## {say('In welke tabellen', 'In which tables')}",
        "",
        *_columns(rules, tables, empty, language),
        "",
        f"## {say('Ontvangers', 'Recipients')}",
        "",
        *[f"- {one.in_language(language)}" for one in RECIPIENTS],
        "",
        f"## {say('Beveiliging', 'Security')}",
        "",
        *[f"- {one.in_language(language)}" for one in MEASURES],
        "",
    ]


def _purposes(language: str) -> list[str]:
    """Per role: for which purposes it opens files, and what it may do."""
    rows = [Words("| rol | doel | mag |", "| role | purpose | may |").in_language(language), "|---|---|---|"]
    for role in Role:
        said = "; ".join(one.in_language(language) for one in _opens_for(role))
        deeds = "; ".join(_deed(deed).in_language(language) for deed in Deed if may(role, deed))
        rows.append(f"| {ROLE_WORDS[role].in_language(language)} | {said} | {deeds} |")
    return rows


def _deed(deed: Deed) -> Words:
    return DEED_WORDS.get(deed, Words(f"`{deed}`", f"`{deed}`"))


def _activities(rules: Sequence[RetentionRule], language: str) -> list[str]:
    """Each activity with the data that it needs; what no activity names comes last."""
    by_name = {rule.name: rule for rule in rules}
    named = {name for one in ACTIVITIES for name in one.rules}
    rest = tuple(rule.name for rule in rules if rule.name not in named)
    found = []
    for one in (*ACTIVITIES, Activity(OTHER_ACTIVITY, FILL_IN, FILL_IN, rest)):
        kept = [by_name[name] for name in one.rules if name in by_name]
        if not kept:
            continue
        whose = sorted({rule.whose.in_language(language) for rule in kept})
        found += [
            f"### {one.title.in_language(language)}",
            "",
            f"- {_PURPOSE.in_language(language)}: {one.purpose.in_language(language)}",
            f"- {_GROUND.in_language(language)}: {one.ground.in_language(language)}",
            f"- {_WHOSE.in_language(language)}: {'; '.join(whose)}",
            f"- {_DATA.in_language(language)}: {'; '.join(rule.what.in_language(language) for rule in kept)}",
            "",
        ]
    return found


_PURPOSE, _GROUND = Words("Doel", "Purpose"), Words("Grondslag", "Ground")
_WHOSE, _DATA = Words("Van wie", "Of whom"), Words("Gegevens", "Data")


def _opens_for(role: Role) -> list[Words]:
    """The purposes for which somebody in this role sees a file on a person."""
    purpose, found = purpose_of(role), []
    if purpose and may(role, Deed.OPEN_FILE):
        found.append(PURPOSE_WORDS[purpose])
    if may(role, Deed.HANDLE_REQUEST):
        found.append(PURPOSE_WORDS[Purpose.RIGHTS])
    if may(role, Deed.OPEN_IN_EMERGENCY):
        found.append(PURPOSE_WORDS[Purpose.EMERGENCY])
    return found or [Words("opent geen dossiers", "opens no files")]


def _kept(rules: Iterable[RetentionRule], language: str) -> list[str]:
    """The retention table."""
    head = Words(
        "| gegevens | van wie | tot | dan | grondslag | bron van de termijn | hoe zeker |",
        "| data | of whom | until | then | basis | source of the term | how sure |",
    )
    rows = [head.in_language(language), "|---|---|---|---|---|---|---|"]
    for rule in rules:
        term, trust = Words(said_term(rule, "nl"), said_term(rule, "en")), TRUST_WORDS[rule.trust]
        cells = (
            rule.what, rule.whose, term, FATE_WORDS[rule.fate], rule.basis, Words(rule.source, rule.source), trust,
        )  # fmt: skip
        rows.append(f"| {' | '.join(one.in_language(language) for one in cells)} |")
    return [*rows, "", *_held(rules, language)]


def said_term(rule: RetentionRule, language: str) -> str:
    """`2 jaar na het einde van de zaak`: how long, counted from which moment."""
    if rule.fate is Fate.KEEP:
        return MOMENT_WORDS[rule.moment].in_language(language)
    after = Words("na", "after").in_language(language)
    return f"{rule.term.in_language(language)} {after} {MOMENT_WORDS[rule.moment].in_language(language)}"


def _held(rules: Iterable[RetentionRule], language: str) -> list[str]:
    """What keeps a record although its term is over."""
    said = Words(
        "Hoewel de termijn voorbij is, blijft iets bewaard als:",
        "Although its term is over, something stays when:",
    )
    rules = list(rules)
    rows = [said.in_language(language), ""]
    for reason in Holdback:
        names = ", ".join(f"`{rule.name}`" for rule in rules if reason in rule.holds)
        rows.append(
            f"- {HOLDBACK_WORDS[reason].in_language(language)} {f'({names})' if names else ''}".rstrip()
        )
    return rows


def _columns(
    rules: Iterable[RetentionRule], tables: Tables, empty: Mapping[str, Words], language: str
) -> list[str]:
    """Per table its columns, and under which rules it falls."""
    head = Words(
        "| tabel | kolommen (**vet**: versleuteld) | bewaarregel |",
        "| table | columns (**bold**: encrypted) | retention rule |",
    )
    rows = [head.in_language(language), "|---|---|---|"]
    rules = list(rules)
    for label in sorted({label for rule in rules for label in rule.tables}):
        table = tables[label]
        columns = ", ".join(f"**{one.name}**" if one.encrypted else one.name for one in table.columns)
        names = ", ".join(f"`{rule.name}`" for rule in rules if label in rule.tables)
        rows.append(f"| {label} | {columns} | {names} |")
    none = Words("Zonder gegevens over huurders:", "Without data on tenants:").in_language(language)
    return [
        *rows,
        "",
        none,
        "",
        *[f"- {label}: {why.in_language(language)}" for label, why in sorted(empty.items())],
    ]
