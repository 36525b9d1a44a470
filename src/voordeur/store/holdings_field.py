"""What a phone recorded about a household, as it is told to whoever asks: part of `store/holdings_parts.py`."""

from typing import Any

from django.db.models import Q

from voordeur.core.visits import ConsentFor, ConsentWay, DangerKind, EventState
from voordeur.core.words import Words
from voordeur.store import models
from voordeur.store.field_content import payload_of
from voordeur.store.holdings_told import HoldingsPart, Told, coded, plain, role

_KINDS = {
    "visit": Words("bezoek aan de deur", "visit at the door"),
    "scheme_check": Words("regelingen-check", "check on schemes"),
    "visit_draft": Words("kaartje dat niet is afgemaakt", "card that was not finished"),
}
_STATES = {
    EventState.TAKEN: Words("verwerkt", "taken in"),
    EventState.UNFINISHED: Words("niet afgemaakt", "not finished"),
    EventState.CONTRADICTS: Words("spreekt een ander verslag tegen", "contradicts another record"),
    EventState.REFUSED: Words("kon niet worden verwerkt", "could not be taken in"),
    EventState.SET_ASIDE: Words("telt niet mee", "does not count"),
}
_CONSENTS = {
    ConsentFor.HANDOVER: Words(
        "de gemeente belt u en hoort wat u zei", "the municipality rings you and hears what you said"
    ),
}
_WAYS = {
    ConsentWay.SPOKEN: Words("gesproken", "spoken"),
    ConsentWay.SIGNED: Words("met handtekening", "signed"),
}
_CHOICES = {
    "first": Words("het eerste verslag geldt", "the first record counts"),
    "second": Words("het tweede verslag geldt", "the second record counts"),
    "both": Words("beide verslagen gelden", "both records count"),
}


def _tenancy(tenancy: models.Tenancy) -> Q:
    return Q(tenancy=tenancy)


def _content(row: Any) -> dict[str, Any]:
    """What was recorded; a drawn signature stands with the consent."""
    return {name: value for name, value in payload_of(row).items() if name not in ("consent", "card")}


FIELD_PARTS: tuple[HoldingsPart, ...] = (
    HoldingsPart(
        models.FieldEvent, _tenancy, Words("Wat aan uw deur is opgeschreven", "What was written down at your door"),
        (
            plain("happened", "Wanneer", "When"), coded("kind", "Wat", "What", _KINDS),
            Told("content", Words("Inhoud", "Content"), ("content",), _content),
            coded("state", "Wat ermee gebeurde", "What became of it", _STATES),
            plain("received", "Ontvangen", "Received"), plain("settled", "Nagekeken", "Looked at"),
            role("settled_by", "Door", "By"),
        ),
        frozenset({"id", "tenancy", "phone", "schema", "order", "said_at", "offset_ms", "clock", "day", "problems",
                   "contact"}),
        ("happened", "pk"),
    ),
    HoldingsPart(
        models.VisitConflict, _tenancy,
        Words("Twee verslagen van één bezoek", "Two records of one visit"),
        (
            plain("found", "Wanneer", "When"),
            Told("why", Words("Wat niet klopt", "What does not fit"), ("nl", "en"), lambda row: Words(row.nl, row.en),
                 keep=lambda words: {"nl": words.nl, "en": words.en}),
            coded("choice", "Gekozen", "Chosen", _CHOICES),
        ),
        frozenset({"id", "tenancy", "first", "second"}), ("found", "pk"),
    ),
    HoldingsPart(
        models.SafetyNote, _tenancy,
        Words("Waarschuwing voor wie bij u aanbelt", "Warning for who rings at your door"),
        (
            plain("set_on", "Dag", "Day"),
            coded("kind", "Wat", "What", {one.value: one.words for one in DangerKind}),
            plain("until", "Te zien tot en met", "Shown until"), plain("withdrawn", "Ingetrokken", "Withdrawn"),
            role("by", "Collega", "Colleague"),
        ),
        frozenset({"id", "tenancy", "event"}), ("set_on", "pk"),
    ),
    HoldingsPart(
        models.Consent, _tenancy, Words("Uw toestemming", "Your consent"),
        (
            plain("day", "Dag", "Day"), coded("purpose", "Waarvoor", "For what", _CONSENTS),
            plain("given", "U zei ja", "You said yes"), coded("way", "Hoe", "How", _WAYS),
            plain("text", "Wat is voorgelezen", "What was read aloud"),
            plain("signature", "Handtekening (lijnen)", "Signature (strokes)"),
            plain("withdrawn", "Ingetrokken", "Withdrawn"), plain("passed_on", "Doorgegeven", "Passed on"),
            role("passed_on_by", "Doorgegeven door", "Passed on by"), role("by", "Collega", "Colleague"),
        ),
        frozenset({"id", "tenancy", "event"}), ("day", "pk"),
    ),
    HoldingsPart(
        models.PacketStop, _tenancy,
        Words("Wanneer uw adres op een telefoon van ons stond", "When your address was on a phone of ours"),
        (plain("since", "Sinds", "Since"), plain("by_hand", "Zelf opgezocht", "Looked up by hand")),
        frozenset({"id", "tenancy", "phone"}), ("since", "pk"),
    ),
)  # fmt: skip
"""Every table of `store/models/field.py` that is about a household."""
