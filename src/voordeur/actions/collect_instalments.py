"""Collect instalments by direct debit, for those who want it: mandates, the file for the bank, and what came back.

An instalment is collected once, on its own day. What came back is not collected again by itself: that is a
conversation. While it is at risk the next instalments are still collected, as was agreed: else we would make them miss.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.letter_contents import letter_head
from voordeur.actions.reach_tenancy import check_reach
from voordeur.adapters.direct_debit import Creditor, Debit, can_be_debited, direct_debit_file
from voordeur.adapters.rules import load_calendar
from voordeur.core.access import Deed
from voordeur.core.arrangements.schedule import bank_day
from voordeur.core.arrangements.values import ArrangementState
from voordeur.core.arrangements.watching import InstalmentState
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Arrangement, BankLine, Collection, CollectionRun, Instalment, Mandate, User

COLLECTED = (
    ArrangementState.AGREED, ArrangementState.LIVE, ArrangementState.RECOVERED, ArrangementState.AT_RISK,
)  # fmt: skip
SETTLED = (InstalmentState.PAID, InstalmentState.MISSED)
FARTHEST_DAYS = 31
RETURN_REACH = timedelta(days=400)
"""A direct debit without a valid mandate can come back for 13 months (SEPA Core rulebook)."""
State = Collection.State


@transaction.atomic
def give_mandate(user: User, arrangement_id: int, iban: str, holder: str, today: date) -> Mandate:
    """The tenant gives leave to collect the instalments of this arrangement; a mandate of before ends."""
    row = _arrangement(user, arrangement_id, today)
    if not can_be_debited(iban) or not any(map(str.isalnum, holder)):
        raise Refused(_WRONG_ACCOUNT)
    row.mandates.filter(ended_on=None).update(ended_on=today)
    mandate = Mandate.objects.create(
        arrangement=row,
        reference=f"VD-{row.reference}-{row.mandates.count() + 1}",
        iban="".join(iban.split()).upper(),
        holder=holder.strip()[:70],
        signed_on=today,
        by=user,
    )
    write_line(user, "give_mandate", subject=f"tenancy:{row.tenancy_id}", data={"mandate": mandate.pk})
    return mandate


@transaction.atomic
def end_mandate(user: User, arrangement_id: int, today: date) -> None:
    """The tenant takes the leave back: nothing is collected any more."""
    row = _arrangement(user, arrangement_id, today)
    if not row.mandates.filter(ended_on=None).update(ended_on=today):
        raise Refused(NOT_FOUND)
    write_line(user, "end_mandate", subject=f"tenancy:{row.tenancy_id}", data={"arrangement": row.pk})


@transaction.atomic
def make_collection(user: User, until: date, today: date) -> CollectionRun:
    """A file with every instalment that falls due up to and including `until`, each collected on its own day.

    What fell due already is collected on the first day on which the bank can. Refused when there is nothing, when the
    day is too near or too far, and with every mandate that cannot be used.
    """
    check(user, Deed.COLLECT)
    collect_on, first = bank_day(until, load_calendar().banks), first_day(today)
    if not first <= collect_on <= today + timedelta(days=FARTHEST_DAYS):
        raise Refused(_WRONG_DAY)
    found = _to_collect(until)
    number = _message(collect_on)
    head = letter_head()
    debits = [_debit(mandate, one, head.name, max(one.due, first)) for mandate, one in found]
    file = direct_debit_file(
        Creditor(head.name, head.iban, settings.CREDITOR_ID), debits, collect_on, number,
        timezone.localtime().replace(tzinfo=None),
    )  # fmt: skip
    run = CollectionRun.objects.create(
        message=number, collect_on=collect_on, made_on=today, made_by=user, count=len(debits),
        total=sum(one.amount for one in debits), content=file.decode(),
    )  # fmt: skip
    Collection.objects.bulk_create(
        Collection(
            run=run, mandate=mandate, number=one.number, amount=debit.amount, end_to_end=debit.end_to_end
        )
        for (mandate, one), debit in zip(found, debits, strict=True)
    )
    write_line(user, "make_collection", subject=f"collection:{run.pk}", data={"count": run.count})
    return run


@transaction.atomic
def take_collection(user: User, run_id: int) -> CollectionRun:
    """The file once more, for the bank; who takes it along is written down."""
    check(user, Deed.COLLECT)
    run = CollectionRun.objects.filter(pk=run_id).first()
    if run is None:
        raise Refused(NOT_FOUND)
    write_line(user, "take_collection", subject=f"collection:{run.pk}")
    return run


def first_day(today: date) -> date:
    """The first day on which the bank can collect what it gets today: a bank day after the one on which it gets it."""
    banks = load_calendar().banks
    return bank_day(bank_day(today, banks) + timedelta(days=1), banks)


def _message(collect_on: date) -> str:
    """The number of the next file; no file that is kept has it."""
    at = CollectionRun.objects.count() + 1
    while CollectionRun.objects.filter(message=f"VD-{collect_on:%Y%m%d}-{at}").exists():
        at += 1
    return f"VD-{collect_on:%Y%m%d}-{at}"


def _to_collect(until: date) -> list[tuple[Mandate, Instalment]]:
    """Instalments with a mandate, due since it was signed, that no file holds yet. Locked: two files never hold one."""
    mandates = Mandate.objects.filter(
        ended_on=None, arrangement__agreed_on__isnull=False, arrangement__state__in=COLLECTED
    ).select_related("arrangement")
    found = []
    for mandate in mandates.select_for_update(of=("self",)).order_by("pk"):
        sent = Collection.objects.filter(mandate__arrangement=mandate.arrangement)
        held = {
            text.removeprefix(f"{reference}-")
            for reference, text in sent.values_list("mandate__reference", "end_to_end")
        }
        due = mandate.arrangement.instalments.filter(due__gte=mandate.signed_on, due__lte=until)
        open_ones = due.exclude(state__in=SETTLED).order_by("number")
        found += [(mandate, one) for one in open_ones if _instalment(one) not in held]
    return found


def _instalment(one: Instalment) -> str:
    """Names an instalment of an arrangement: spread anew, the same number may stand for another day."""
    return f"{one.due:%y%m%d}-{one.number}"


def _debit(mandate: Mandate, one: Instalment, landlord: str, on: date) -> Debit:
    return Debit(
        end_to_end=f"{mandate.reference}-{_instalment(one)}",
        amount=one.amount - one.paid,
        mandate=mandate.reference,
        mandate_signed=mandate.signed_on,
        holder=mandate.holder,
        iban=mandate.iban,
        said=f"{landlord[:70]} regeling termijn {one.number} kenmerk {mandate.arrangement.reference}",
        on=on,
    )


def settle_collections(arrangements: Iterable[Arrangement], today: date) -> None:
    """What the bank said of what we collected: received, or returned with a reason."""
    waiting = list(
        Collection.objects.filter(
            mandate__arrangement__in=list(arrangements), run__made_on__gte=today - RETURN_REACH
        ).exclude(state=State.RETURNED)
    )
    lines: dict[str, list[BankLine]] = {}
    told = BankLine.objects.filter(end_to_end__in=[one.end_to_end for one in waiting])
    for line in told.only("end_to_end", "booked", "reversal", "reason"):
        lines.setdefault(line.end_to_end, []).append(line)
    for one in waiting:
        _settle(one, lines.get(one.end_to_end, ()))


def _settle(one: Collection, lines: Sequence[BankLine]) -> None:
    back = next((line for line in lines if line.reversal), None)
    last = back or next(iter(lines), None)
    if last is None or (back is None and one.state == State.RECEIVED):
        return
    one.state, one.settled_on = (State.RETURNED if back else State.RECEIVED), last.booked
    one.reason = back.reason if back else ""
    one.save(update_fields=["state", "settled_on", "reason"])


def _arrangement(user: User, arrangement_id: int, today: date) -> Arrangement:
    row = Arrangement.objects.filter(pk=arrangement_id).first()
    if row is None or row.state in (ArrangementState.COMPLETED, ArrangementState.ENDED):
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.MAKE_ARRANGEMENT, row.tenancy_id, today)
    return row


_WRONG_ACCOUNT = Problem(
    "wrong-iban",
    Words("Dit rekeningnummer klopt niet, of de naam ontbreekt.",
          "This account number is not correct, or the name is missing."),
    Words("Neem het over van de bankpas. Incasseren kan van een rekening in de Europese Unie, IJsland, Liechtenstein "
          "en Noorwegen.",
          "Copy it from the bank card. Direct debit works with an account in the European Union, Iceland, "
          "Liechtenstein and Norway."),
    column="iban",
)  # fmt: skip
_WRONG_DAY = Problem(
    "day-of-collection",
    Words("Op deze dag kan niet worden geïncasseerd.", "Nothing can be collected on that day."),
    Words(f"De bank heeft een werkdag nodig. Kies een dag daarna, binnen {FARTHEST_DAYS} dagen.",
          f"The bank needs a working day. Choose a day after that, within {FARTHEST_DAYS} days."),
    column="until",
)  # fmt: skip
