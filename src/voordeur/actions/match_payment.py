"""A person decides whose payment it is; the decision is remembered."""

from datetime import date

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.bank_entries import book_line
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core.access import Deed
from voordeur.core.matching import Sign
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import BankLine, KnownPayer, Tenancy, User

_OPEN = (BankLine.State.PROPOSED, BankLine.State.UNKNOWN)
_DECIDED = Problem(
    code="already-decided",
    message=Words("Over deze betaling is al beslist.", "This payment was already decided on."),
    cure=Words("Kijk op de lijst wat er nog open staat.", "See the list for what is still open."),
)


@transaction.atomic
def match(user: User, line_id: int, tenancy_id: int, *, today: date, remember: bool = True) -> None:
    """Book a bank line on a tenancy; with `remember` the next payment from this account goes there by itself."""
    line = _open_line(user, line_id)
    tenancy = Tenancy.objects.filter(pk=tenancy_id).first()
    if tenancy is None:
        raise Refused(NOT_FOUND)
    line.tenancy, line.why = tenancy, Sign.PERSON
    book_line(line, known=today)
    if remember and line.iban and not line.reversal:
        KnownPayer.objects.filter(iban=line.iban, tenancy=None).delete()
        KnownPayer.objects.get_or_create(iban=line.iban, tenancy=tenancy, defaults={"decided_by": user})
    write_line(
        user, "match_payment", subject=f"tenancy:{tenancy.pk}", data={"line": line.pk, "remember": remember}
    )
    follow([tenancy.pk], today)


@transaction.atomic
def not_rent(user: User, line_id: int, *, today: date, remember: bool = False) -> None:
    """Say that a bank line is no rent; with `remember` that holds for every payment from this account."""
    line = _open_line(user, line_id)
    line.state, line.tenancy, line.why = BankLine.State.NOT_RENT, None, Sign.PERSON
    line.save(update_fields=["state", "tenancy", "why"])
    if remember and line.iban:
        said = {"decided_by": user, "seen_on": max(today, line.booked)}
        KnownPayer.objects.get_or_create(iban=line.iban, tenancy=None, defaults=said)
    write_line(user, "payment_is_no_rent", subject=f"bank_line:{line.pk}", data={"remember": remember})


@transaction.atomic
def decline(user: User, line_id: int) -> None:
    """Refuse our proposal: the line stays on the list as unknown."""
    line = _open_line(user, line_id)
    line.state, line.tenancy, line.why = BankLine.State.UNKNOWN, None, ""
    line.save(update_fields=["state", "tenancy", "why"])
    write_line(user, "decline_proposal", subject=f"bank_line:{line.pk}")


def _open_line(user: User, line_id: int) -> BankLine:
    check(user, Deed.MATCH_PAYMENT)
    line = BankLine.objects.select_for_update().filter(pk=line_id).first()
    if line is None:
        raise Refused(NOT_FOUND)
    if line.state not in _OPEN:
        raise Refused(_DECIDED)
    return line
