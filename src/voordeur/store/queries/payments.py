"""Payments that wait for a person: what we think, and why."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator

from voordeur.core.matching import Sign, in_words
from voordeur.core.words import Words
from voordeur.store.models import BankLine

PAGE = 30


@dataclass(frozen=True, slots=True)
class OpenPayment:
    """One bank line nobody decided on yet."""

    id: int
    booked: date
    amount: int
    """Cents; negative when money went back."""
    payer: str
    said: str
    """The payer's own words."""
    reversal: bool
    has_account: bool
    """True when a decision can be remembered by account."""
    tenancy: int | None
    address: str
    why: Words | None
    """Why we propose this tenancy; None when we have no idea."""


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """A page of them, proposals first, and how many there are of each."""

    lines: tuple[OpenPayment, ...]
    proposals: int
    unknown: int
    page: int
    pages: int


def open_payments(page: int = 1) -> PaymentPage:
    """Page `page` (from 1) of the open payments: proposals first, then oldest first."""
    found = BankLine.objects.filter(state__in=(BankLine.State.PROPOSED, BankLine.State.UNKNOWN))
    proposals = found.filter(state=BankLine.State.PROPOSED).count()
    paginator = Paginator(found.select_related("tenancy__home").order_by("state", "booked", "pk"), PAGE)
    shown = paginator.get_page(page)
    return PaymentPage(
        lines=tuple(_open_payment(line) for line in shown.object_list),
        proposals=proposals,
        unknown=paginator.count - proposals,
        page=shown.number,
        pages=paginator.num_pages,
    )


def open_payment(line_id: int) -> OpenPayment | None:
    """One open payment; None when it does not exist or was decided on."""
    found = BankLine.objects.filter(pk=line_id, state__in=(BankLine.State.PROPOSED, BankLine.State.UNKNOWN))
    line = found.select_related("tenancy__home").first()
    return _open_payment(line) if line else None


def _open_payment(line: BankLine) -> OpenPayment:
    proposed = line.tenancy if line.state == BankLine.State.PROPOSED else None
    known_sign = bool(proposed) and line.why in set(Sign)
    return OpenPayment(
        id=line.pk,
        booked=line.booked,
        amount=line.amount,
        payer=line.name,
        said=line.remittance or line.reference,
        reversal=line.reversal,
        has_account=bool(line.iban),
        tenancy=proposed.pk if proposed else None,
        address=(proposed.home.address if proposed.home else proposed.key) if proposed else "",
        why=in_words(Sign(line.why)) if known_sign else None,
    )
