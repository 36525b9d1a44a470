"""Which tables hold what on persons: every table is in the retention table, or it says here why it holds nobody."""

from collections.abc import Mapping

from django.apps import apps

from voordeur.adapters.retention_rules import load_retention
from voordeur.core.impact import impact_assessment
from voordeur.core.register import Column, Table, register
from voordeur.core.retention import RetentionRule
from voordeur.core.words import Words
from voordeur.store.encrypted import EncryptedText

_OWN = Words(
    "Eigen teksten en afspraken van de verhuurder; van collega's alleen wie het schreef.",
    "The landlord's own texts and agreements; of staff only who wrote it.",
)
_TECHNICAL = Words("Techniek; geen gegevens over personen.", "Technical; no data on persons.")

WITHOUT_PERSONS: Mapping[str, Words] = {
    "store.Neighbourhood": Words("Namen van wijken.", "Names of neighbourhoods."),
    "store.PortfolioPoint": Words("Aantallen en sommen per wijk.", "Counts and sums per neighbourhood."),
    "store.BankStatement": Words(
        "De eigen rekening van de verhuurder; wie betaalde staat in de regels.",
        "The landlord's own account; who paid is in the lines.",
    ),
    "store.MappingProfile": Words("Hoe een bestand wordt gelezen.", "How a file is read."),
    "store.Agreement": _OWN,
    "store.PolicyVersion": _OWN,
    "store.LetterHead": _OWN,
    "store.TextVersion": _OWN,
    "store.RetentionRun": Words(
        "Het bewijs van het wissen: aantallen en een vingerafdruk.",
        "The proof of erasure: counts and a fingerprint.",
    ),
    "store.AuditCheck": Words(
        "Hoe het logboek er 's nachts bij stond: een aantal en een vingerafdruk.",
        "How the log was found at night: a count and a fingerprint.",
    ),
    "auth.Permission": _TECHNICAL,
    "auth.Group": _TECHNICAL,
    "contenttypes.ContentType": _TECHNICAL,
    "socialaccount.SocialApp": _TECHNICAL,
}
"""Tables that hold nobody, with why."""


def all_tables() -> dict[str, Table]:
    """Every table of the installation by its label, with its columns."""
    return {
        model._meta.label: Table(
            model._meta.label,
            tuple(
                Column(field.name, isinstance(field, EncryptedText))
                for field in model._meta.local_fields
                if not field.primary_key
            ),
        )
        for model in apps.get_models()
    }


def undescribed(rules: tuple[RetentionRule, ...]) -> set[str]:
    """Tables of which nobody said whether they hold persons: new ones. Must be empty."""
    return set(all_tables()) - {label for rule in rules for label in rule.tables} - set(WITHOUT_PERSONS)


def privacy_papers() -> dict[str, str]:
    """File name -> Markdown: the register of processing and the outline of a DPIA."""
    rules, tables = load_retention(), all_tables()
    return {
        "register.md": register(rules, tables, WITHOUT_PERSONS),
        "dpia.md": impact_assessment(rules, tables),
    }
