"""The register of processing (GDPR art. 30) as Markdown, made from what the program really keeps and who really may.

What only the landlord knows (who is responsible, where the server stands) stands there to be filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voordeur.core.access import Deed, Purpose, Role, may, purpose_of
from voordeur.core.activities import ACTIVITIES, DATA_SOURCES, DEED_WORDS, OTHER_ACTIVITY, Activity
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
