"""The page of an arrangement: from what is kept of it to a PDF. Without a letter head there is no page yet."""

from datetime import date

from voordeur.adapters.agreement_page import print_agreement_page
from voordeur.adapters.arrangement_rules import load_arrangement_rules
from voordeur.core.arrangements.paper import AgreementData
from voordeur.core.arrangements.plain import plan_in, terms_in
from voordeur.core.remittance import creditor_reference
from voordeur.core.words import Words
from voordeur.store.models import Arrangement, LetterHead


def print_agreement(row: Arrangement, day: date, language: str) -> bytes:
    """The page as agreed on `day`; empty bytes while nobody filled in a letter head."""
    head = LetterHead.objects.order_by("-pk").first()
    event = row.events.exclude(instalments=[]).order_by("-sequence").first()
    if head is None or event is None:
        return b""
    home = row.tenancy.home
    data = AgreementData(
        day=day,
        landlord=head.name,
        address=f"{head.street}, {head.town}",
        iban=head.iban,
        tenants=tuple(row.tenancy.tenants.order_by("pk").values_list("name", flat=True)),
        home=home.address if home else row.tenancy.key,
        total=sum(one.amount for one in plan_in(event.instalments)),
        rent=row.tenancy.rent or 0,
        plan=plan_in(event.instalments),
        rhythm=terms_in(row.terms).rhythm,
        reference=creditor_reference(row.reference),
        kenmerk=in_fours(row.reference),
        contact=str(row.owner or ""),
        phone=head.phone,
        hours=Words(head.hours_nl, head.hours_en),
        municipality=head.municipality,
        help_desk=head.help_desk,
        help_phone=head.help_phone,
        direct_debit=row.mandates.filter(ended_on=None).exists(),
        costs_waived=row.costs_waived,
    )
    return print_agreement_page(data, load_arrangement_rules(), language)


def in_fours(reference: str) -> str:
    """A reference as people copy it: `5000 0567 8901 2345`."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))
