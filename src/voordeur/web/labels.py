"""The words for codes that the database keeps: roles, kinds of files, states, ways to pay."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_LABELS: dict[str, dict[str, Promise]] = {
    "role": {
        "neighbourhood_manager": _("wijkbeheerder"),
        "consultant": _("incassoconsulent"),
        "manager": _("manager"),
        "administrator": _("beheerder"),
    },
    "purpose": {
        "visit": _("huisbezoek"),
        "collection": _("huurincasso"),
        "administration": _("beheer"),
    },
    "kind": {
        "ledger": _("huurgrootboek"),
        "tenancies": _("huurcontracten"),
        "homes": _("woningen"),
        "neighbourhoods": _("wijken"),
        "bank": _("bankafschrift"),
        "": _("nog niet herkend"),
    },
    "state": {
        "uploaded": _("wacht op lezen"),
        "reading": _("wordt gelezen"),
        "read": _("wacht op jou"),
        "queued": _("wacht op boeken"),
        "booking": _("wordt geboekt"),
        "booked": _("geboekt"),
        "failed": _("niet te lezen"),
        "cancelled": _("gestopt"),
    },
    "method": {
        "direct_debit": _("automatische incasso"),
        "transfer": _("maakt zelf over"),
        "unknown": _("manier van betalen onbekend"),
    },
    "component": {
        "rent": _("Huur"),
        "service": _("Servicekosten"),
        "other": _("Overig"),
        "costs": _("Kosten"),
        "interest": _("Rente"),
    },
    "action": {
        "visit": _("Bezoek"),
        "second_visit": _("Tweede bezoek"),
        "call": _("Bellen"),
        "message": _("Bericht sturen"),
        "arrangement": _("Afspraak over betalen"),
        "letter": _("Brief met aanbod van hulp"),
        "refer": _("Melden bij de gemeente"),
        "wait": _("Nog even wachten"),
        "former": _("Vertrokken huurders bellen"),
        "nothing": _("Niets te doen"),
        "none": _("Nog niet beoordeeld"),
    },
    "why_not": {
        "visit": _("Waarom niet langsgaan?"),
        "second_visit": _("Waarom niet nog een keer langs?"),
        "call": _("Waarom niet bellen?"),
        "message": _("Waarom geen bericht?"),
        "arrangement": _("Waarom nog geen afspraak over betalen?"),
        "letter": _("Waarom geen brief?"),
        "refer": _("Waarom nog niet naar de gemeente?"),
        "wait": _("Waarom niet afwachten?"),
        "nothing": _("Waarom iets doen?"),
    },
    "bank_reason": {
        "AM04": _("Er stond te weinig op de rekening."),
        "AC01": _("Het rekeningnummer klopt niet."),
        "AC04": _("De rekening is gesloten."),
        "AC06": _("De rekening is geblokkeerd."),
        "AC13": _("Van deze rekening mag niet geïncasseerd worden."),
        "AG01": _("Van deze rekening mag niet geïncasseerd worden."),
        "MD01": _("Er is geen geldige machtiging."),
        "MD06": _("De huurder vroeg het geld terug."),
        "MD07": _("De rekeninghouder is overleden."),
        "MS02": _("De huurder weigerde de afschrijving."),
        "MS03": _("De bank geeft geen reden."),
        "SL01": _("De rekening heeft een blokkade voor incasso."),
    },
    "look": {
        "open_file": _("bekeek dit dossier"),
        "match_payment": _("koppelde een betaling"),
        "not_rent": _("zei dat een betaling geen huur is"),
    },
}


def of(family: str, code: str) -> str:
    """The words for a code; the code itself when nobody wrote words for it yet."""
    return str(_LABELS.get(family, {}).get(code, code))


def choices(family: str) -> list[tuple[str, Promise]]:
    """Code and words, for a list to choose from."""
    return [(code, words) for code, words in _LABELS[family].items() if code]
