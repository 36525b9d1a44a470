"""The outline of a data protection impact assessment (GDPR art. 35) as Markdown, from the same data as the register.

An outline: what the program knows stands there, what people must weigh is asked.
"""

from collections.abc import Sequence

from voordeur.core.register import FILL_IN, LANGUAGES, TRUST_WORDS, Tables, said_term
from voordeur.core.retention import RetentionRule
from voordeur.core.words import Words

WHY = (
    Words(
        "Het gaat om mensen in een kwetsbare positie: zij huren en hebben een achterstand.",
        "It is about people in a vulnerable position: they rent and are in arrears.",
    ),
    Words(
        "Er worden gegevens van de hele portefeuille gecombineerd om te bepalen wie het eerst bezoek krijgt.",
        "Data of the whole portfolio are combined to decide who is visited first.",
    ),
    Words(
        "Er gaat een melding naar de gemeente, die gevolgen kan hebben.",
        "A signal goes to the municipality, which can have consequences.",
    ),
    Words(
        "De lijst van de Autoriteit Persoonsgegevens noemt onder meer scores, koppelen en kwetsbare personen"
        " (BWBR0042812). Ga na welke punten op jouw gebruik slaan.",
        "The list of the Dutch supervisor names among others scoring, matching and vulnerable people (BWBR0042812)."
        " Check which points apply to your use.",
    ),
)
NECESSARY = (
    Words(
        "Grootboek en zaak vragen niet naar BSN, geboorteplaats, nationaliteit of gezondheid. Taal is er om te spreken"
        " en te schrijven. Let op: in een vrije notitie kan het toch staan.",
        "Ledger and case ask no BSN, place of birth, nationality or health. Language is there to speak and to write."
        " Mind: a free note may hold it all the same.",
    ),
    Words(
        "Het programma stelt voor, een mens beslist: de volgorde van de werklijst is uit te leggen en te overrulen, en"
        " geen besluit met gevolgen valt vanzelf (AVG art. 22).",
        "The program proposes, a person decides: the order of the work list can be explained and overruled, and no"
        " decision with consequences is taken by itself (GDPR art. 22).",
    ),
    Words(
        "Een melding kan pas na de vier plichten van Bgs art. 2, en niet na een bezwaar.",
        "A signal is only possible after the four duties of Bgs art. 2, and not after an objection.",
    ),
    Words(
        "Wat een huurder wenst over contact, gaat voor.",
        "What a tenant wishes about contact goes first.",
    ),
)
RISKS: tuple[tuple[Words, Words], ...] = (
    (
        Words(
            "Iemand ziet een dossier waar die niets te zoeken heeft.",
            "Somebody sees a file that is none of their business.",
        ),
        Words(
            "Rol, wijk en doel per dossier; elke blik in het logboek; de privacy officer kijkt mee.",
            "Role, neighbourhood and purpose per file; every look in the log; the privacy officer watches.",
        ),
    ),
    (
        Words("De database of een back-up wordt gestolen.", "The database or a backup is stolen."),
        Words(
            "Versleutelde kolommen en back-ups; sleutels staan ergens anders en zijn te vervangen.",
            "Encrypted columns and backups; keys are kept elsewhere and can be replaced.",
        ),
    ),
    (
        Words(
            "De stand klopt niet: iemand krijgt bezoek die al heeft betaald.",
            "The standing is wrong: somebody is visited who has paid.",
        ),
        Words(
            "Elke stand is na te rekenen uit het grootboek; oude gegevens geven een waarschuwing; correctie kan.",
            "Every standing can be worked out again from the ledger; old data give a warning; correction on request.",
        ),
    ),
    (
        Words(
            "De volgorde van de werklijst benadeelt een groep.",
            "The order of the work list puts a group at a disadvantage.",
        ),
        Words(
            "Regels in woorden, twee versies naast elkaar, geen kenmerken van afkomst. Toets zelf vooraf en jaarlijks"
            " of een groep vaker wordt gekozen.",
            "Rules in words, two versions beside each other, no traits of origin. Test yourself before use and every"
            " year whether a group is chosen more often.",
        ),
    ),
    (
        Words("Gegevens blijven te lang.", "Data stay too long."),
        Words(
            "De bewaartabel en `voordeur retention`: eerst kijken, dan wissen, met een bewijs.",
            "The retention table and `voordeur retention`: first look, then erase, with a proof.",
        ),
    ),
    (
        Words(
            "Een bericht verraadt aan een huisgenoot dat er schuld is.",
            "A message tells a housemate of a debt.",
        ),
        Words(
            "Sms, e-mail en open kaart noemen nooit een schuld; het programma weigert ze anders.",
            "SMS, e-mail and open card never name a debt; the program refuses them otherwise.",
        ),
    ),
    (
        Words(
            "Een ex-partner op hetzelfde contract vraagt inzage en vindt zo de ander.",
            "A former partner on the same agreement asks for access and so finds the other.",
        ),
        Words(
            "Eerst wordt vastgesteld wie vraagt; contactgegevens, verzoeken en noodgevallen van de ander blijven weg.",
            "First it is established who asks; contact data, requests and emergencies of the other stay out.",
        ),
    ),
    (
        Words(
            "Een noodtoegang wordt gebruikt om nieuwsgierig te zijn.",
            "Emergency access is used out of curiosity.",
        ),
        Words(
            "Alleen op het precieze adres, vijf keer per uur, een uur lang, niets over geld; elke keer beoordeeld.",
            "Only at the exact address, five times an hour, for an hour, nothing on money; judged each time.",
        ),
    ),
    (
        Words(
            "Een telefoon raakt kwijt, of iemand kijkt in de straat mee op het scherm.",
            "A telephone gets lost, or somebody in the street looks at the screen.",
        ),
        Words(
            "Op de telefoon staat alleen vandaag, met een sleutel die vervalt en op afstand in te trekken is; de lijst"
            " noemt geen bedragen.",
            "The telephone holds only today, with a key that expires and can be withdrawn from afar; the list names no"
            " amounts.",
        ),
    ),
    (
        Words(
            "Een ander opent de persoonlijke link van een huurder.",
            "Somebody else opens the personal link of a tenant.",
        ),
        Words(
            "De link opent één keer, in één browser, na het huisnummer; hij verloopt en is in te trekken.",
            "The link opens once, in one browser, after the house number; it expires and can be withdrawn.",
        ),
    ),
    (
        Words(
            "Een betaling wordt bij de verkeerde huurder geboekt: een ander ziet wie betaalde.",
            "A payment is booked with the wrong tenant: another sees who paid.",
        ),
        Words(
            "Alleen zekere kenmerken boeken vanzelf; de rest beslist een mens, en het is terug te draaien.",
            "Only certain signs book by themselves; a person decides the rest, and it can be undone.",
        ),
    ),
    (
        Words(
            "Het logboek wordt een middel om personeel te volgen.",
            "The log becomes a means to watch staff.",
        ),
        Words(
            "Alleen de privacy officer ziet het; wat opvalt is een vraag en geen oordeel; de regels staan in de code en"
            " zijn voor iedereen te lezen.",
            "Only the privacy officer sees it; what stands out is a question and no verdict; the rules are in the code"
            " for everybody to read.",
        ),
    ),
    (
        Words(
            "Gegevens worden later voor iets anders gebruikt, zoals de keuze van nieuwe huurders.",
            "Data are later used for something else, such as choosing new tenants.",
        ),
        Words(
            "Elk dossier opent voor een doel; wie kijkt en wie iets meeneemt, staat in het logboek.",
            "Every file opens for a purpose; who looks and who takes something along is in the log.",
        ),
    ),
)
RIGHTS_HANDLED = (
    Words(
        "Inzage, verbetering, wissen en bezwaar: op het bureau van de privacy officer, met de termijn van een maand"
        " (AVG art. 12 lid 3).",
        "Access, correction, erasure and objection: at the privacy officer's desk, with the term of one month"
        " (GDPR art. 12(3)).",
    ),
    Words(
        "Een bezwaar stopt nieuw contact meteen, tot iemand beslist; wat de wet eist gaat door (art. 18 en 21).",
        "An objection stops new contact at once, until somebody decides; what the law demands goes on (art. 18, 21).",
    ),
    Words(
        "Informeren (art. 13 en 14): elke brief zegt wie schrijft en hoe je vraagt wat er bewaard wordt; de"
        " privacyverklaring zelf is van de verhuurder.",
        "Informing (art. 13 and 14): every letter says who writes and how to ask what is kept; the privacy statement"
        " itself is the landlord's.",
    ),
    Words(
        "Een inzage laat ook zien wie keek, en waarvoor.",
        "Access shows who looked too, and what for.",
    ),
)
"""How people can use their rights (GDPR art. 35(7)(b) and (d))."""
ASKED = (
    Words(
        "Wat vindt de huurdersorganisatie ervan (art. 35 lid 9)?",
        "What does the tenants' organisation think (art. 35(9))?",
    ),
    Words(
        "Wat adviseert de functionaris gegevensbescherming?", "What does the data protection officer advise?"
    ),
    Words(
        "Moet de ondernemingsraad instemmen, omdat het logboek laat zien wat collega's bekijken (WOR art. 27 lid 1 k"
        " en l; niet nagelezen)?",
        "Must the works council agree, since the log shows what staff look at (WOR art. 27(1)(k) and (l); not read)?",
    ),
    Words(
        "Is de privacyverklaring aangepast, en weten huurders dat een melding bij de gemeente kan (art. 13 en 14)?",
        "Is the privacy statement adapted, and do tenants know that a signal to the municipality is possible?",
    ),
    Words(
        "De regels van het logboek hebben geen einde: is dat hier evenredig?",
        "The lines of the log have no end: is that proportionate here?",
    ),
    Words("Waar staat de server, en wie kan erbij?", "Where is the server, and who can reach it?"),
    Words(
        "Hoe lang bewaar je back-ups? Zo lang is wat gewist is er nog in te vinden.",
        "How long do you keep backups? So long what was erased can still be found in them.",
    ),
    Words("Welke risico's blijven over, en wie aanvaardt die?", "Which risks remain, and who accepts them?"),
    Words("Wanneer kijk je hier opnieuw naar?", "When do you look at this again?"),
)


def impact_assessment(rules: Sequence[RetentionRule], tables: Tables) -> str:
    """The outline in Dutch and in English, one after the other."""
    return "\n".join("\n".join(_outline(rules, tables, language)) for language in LANGUAGES)


def _outline(rules: Sequence[RetentionRule], tables: Tables, language: str) -> list[str]:
    def say(nl: str, en: str) -> str:
        return Words(nl, en).in_language(language)

    def listed(some: Sequence[Words]) -> list[str]:
        return [f"- {one.in_language(language)}" for one in some]

    fill = FILL_IN.in_language(language)
    return [
        f"# {say('DPIA in hoofdlijnen (AVG art. 35)', 'Outline of a DPIA (GDPR art. 35)')}",
        "",
        say(
            "Gemaakt door `voordeur register`, uit dezelfde gegevens als het verwerkingsregister. Dit is een begin: wat"
            " tussen haken staat en alle vragen zijn voor mensen.",
            "Made by `voordeur register`, from the same data as the register of processing. This is a beginning: what"
            " stands in brackets and all questions are for people.",
        ),
        "",
        f"## {say('Waarom een DPIA', 'Why a DPIA')}",
        "",
        *listed(WHY),
        "",
        f"## {say('Wat er gebeurt (lid 7 a)', 'What happens (par. 7 a)')}",
        "",
        *_happens(rules, tables, language),
        "",
        f"## {say('Noodzaak en evenredigheid (lid 7 b)', 'Necessity and proportionality (par. 7 b)')}",
        "",
        *listed(NECESSARY),
        "",
        *_settings(rules, language),
        "",
        f"## {say('Rechten van huurders', 'Rights of tenants')}",
        "",
        *listed(RIGHTS_HANDLED),
        "",
        f"## {say('Risico en maatregel (lid 7 c en d)', 'Risk and measure (par. 7 c and d)')}",
        "",
        say(
            "Kans, gevolg en wat overblijft schat je zelf in, met wie het werk doet.",
            "Likelihood, consequence and what remains are for you to judge, with those who do the work.",
        ),
        "",
        say(
            "| risico | maatregel in het programma | kans | gevolg | wat blijft over |",
            "| risk | measure in the program | likelihood | consequence | what remains |",
        ),
        "|---|---|---|---|---|",
        *[
            f"| {risk.in_language(language)} | {cure.in_language(language)} | {fill} | {fill} | {fill} |"
            for risk, cure in RISKS
        ],
        "",
        f"## {say('Vragen die mensen beantwoorden', 'Questions that people answer')}",
        "",
        *[f"- {one.in_language(language)} {fill}" for one in ASKED],
        "",
    ]


def _happens(rules: Sequence[RetentionRule], tables: Tables, language: str) -> list[str]:
    """Which data in how many tables, and what of it is encrypted."""
    labels = {label for rule in rules for label in rule.tables}
    sealed = [
        f"{label}.{one.name}" for label in sorted(labels) for one in tables[label].columns if one.encrypted
    ]
    columns = sum(len(tables[label].columns) for label in labels)
    said = Words(
        f"Gegevens over personen staan in {len(labels)} tabellen met {columns} kolommen; {len(sealed)} daarvan zijn"
        " versleuteld:",
        f"Data on persons stand in {len(labels)} tables with {columns} columns; {len(sealed)} of them are encrypted:",
    )
    return [
        *[f"- {rule.what.in_language(language)} ({rule.whose.in_language(language)})" for rule in rules],
        "",
        f"{said.in_language(language)} {', '.join(f'`{name}`' for name in sealed)}.",
    ]


def _settings(rules: Sequence[RetentionRule], language: str) -> list[str]:
    """Terms that no law gives: somebody must confirm them."""
    said = Words(
        "Deze bewaartermijnen staan in geen wet die wij lazen. Bevestig ze, of kies een andere:",
        "These terms are in no law that we read. Confirm them, or choose another:",
    )
    open_ = [rule for rule in rules if rule.trust != "verified"]
    return [
        said.in_language(language),
        "",
        *[
            f"- {rule.what.in_language(language)}: {said_term(rule, language)}"
            f" ({TRUST_WORDS[rule.trust].in_language(language)}; {rule.source})"
            for rule in open_
        ],
    ]
