"""Collect instalments by direct debit, for those who want it: mandates, the file for the bank, and what came back.

An instalment is collected once. What came back is not collected again by itself: that is a conversation.
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
from voordeur.adapters.direct_debit import Creditor, Debit, direct_debit_file, valid_iban
from voordeur.adapters.rules import load_calendar
from voordeur.core.access import Deed
from voordeur.core.arrangements.schedule import bank_day
from voordeur.core.arrangements.values import ArrangementState
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Arrangement, BankLine, Collection, CollectionRun, Instalment, Mandate, User

KEPT = (ArrangementState.AGREED, ArrangementState.LIVE, ArrangementState.RECOVERED)
FARTHEST_DAYS = 31
RETURN_REACH = timedelta(days=400)
"""A direct debit without a valid mandate can come back for 13 months (SEPA Core rulebook)."""
State = Collection.State


@transaction.atomic
def give_mandate(user: User, arrangement_id: int, iban: str, holder: str, today: date) -> Mandate:
    """The tenant gives leave to collect the instalments of this arrangement; a mandate of before ends."""
    row = _arrangement(user, arrangement_id, today)
    if not valid_iban(iban) or not holder.strip():
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
    """A file with every instalment that falls due up to and including `until`, collected on its first bank day.

    Refused when there is nothing, when the day is too near or too far, and with every mandate that cannot be used.
    """
    check(user, Deed.COLLECT)
    collect_on = bank_day(until, load_calendar().banks)
    if not today < collect_on <= today + timedelta(days=FARTHEST_DAYS):
        raise Refused(_WRONG_DAY)
    found = _to_collect(until, today)
    number = f"VD-{collect_on:%Y%m%d}-{CollectionRun.objects.count() + 1}"
    head = letter_head()
    debits = [_debit(mandate, one, head.name) for mandate, one in found]
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


def _to_collect(until: date, today: date) -> list[tuple[Mandate, Instalment]]:
    """Instalments of kept arrangements with a mandate, due from today on, that no file holds yet."""
    mandates = Mandate.objects.filter(
        ended_on=None, arrangement__agreed_on__isnull=False, arrangement__state__in=KEPT
    ).select_related("arrangement")
    found = []
    for mandate in mandates.order_by("pk"):
        held = Collection.objects.filter(mandate__arrangement=mandate.arrangement)
        numbers = set(
            held.filter(run__made_on__gte=_plan_since(mandate.arrangement)).values_list("number", flat=True)
        )
        due = mandate.arrangement.instalments.filter(due__gte=today, due__lte=until).order_by("number")
        found += [(mandate, one) for one in due if one.number not in numbers and one.paid < one.amount]
    return found


def _plan_since(row: Arrangement) -> date:
    """Since when the instalments have these numbers."""
    days = row.events.exclude(instalments=[]).order_by("-sequence").values_list("day", flat=True)
    return days.first() or row.made_on


def _debit(mandate: Mandate, one: Instalment, landlord: str) -> Debit:
    return Debit(
        end_to_end=f"{mandate.reference}-{one.due:%y%m%d}",
        amount=one.amount - one.paid,
        mandate=mandate.reference,
        mandate_signed=mandate.signed_on,
        holder=mandate.holder,
        iban=mandate.iban,
        said=f"{landlord} regeling termijn {one.number} kenmerk {mandate.arrangement.reference}",
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
    Words("Neem het over van de bankpas.", "Copy it from the bank card."),
    column="iban",
)  # fmt: skip
_WRONG_DAY = Problem(
    "day-of-collection",
    Words("Op deze dag kan niet worden geïncasseerd.", "Nothing can be collected on that day."),
    Words(f"Kies een dag na vandaag, binnen {FARTHEST_DAYS} dagen.",
          f"Choose a day after today, within {FARTHEST_DAYS} days."),
    column="until",
)  # fmt: skip
