"""A person does something about what a tenant asked on the own page: puts it on a list, or answers it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.plan_contact import plan_contact
from voordeur.actions.reach_tenancy import check_reach, look_at, purpose_in_log
from voordeur.core.access import Deed
from voordeur.core.contacts import ContactException, DayPart
from voordeur.core.problems import Problem, Refused
from voordeur.core.tenant_asks import AskKind, AskState
from voordeur.core.words import Words
from voordeur.store.models import TenantAsk, User

LONGEST_WORDS = 500


def see_ask(user: User, ask_id: int, today: date) -> TenantAsk:
    """What was asked, for its page. Who looks is written down. Refused when it is not there, or not within reach."""
    row = TenantAsk.objects.filter(pk=ask_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    look_at(user, Deed.PLAN_CONTACT, row.tenancy_id, today, "see_ask")
    return row


@transaction.atomic
def plan_ask(
    user: User, ask_id: int, today: date, *, day: date, who: int, part: DayPart | None = None
) -> int:
    """Put it on somebody's list; the tenant asked for this contact, so no wish stands in its way. The tenancy."""
    row = _waiting(user, ask_id, today)
    row.planned = plan_contact(
        user, row.tenancy_id, today, channel=AskKind(row.kind).channel, day=day, who=who, part=part,
        exception=ContactException.THEY_ASKED,
    )  # fmt: skip
    return _decided(user, row, AskState.PLANNED)


@transaction.atomic
def answer_ask(user: User, ask_id: int, text: str, today: date) -> int:
    """Answer in words that the tenant reads on the own page. The tenancy it is about."""
    row = _waiting(user, ask_id, today)
    row.answer = text.strip()[:LONGEST_WORDS]
    if not row.answer:
        raise Refused(_EMPTY)
    return _decided(user, row, AskState.ANSWERED)


def _waiting(user: User, ask_id: int, today: date) -> TenantAsk:
    row = TenantAsk.objects.select_for_update().filter(pk=ask_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.PLAN_CONTACT, row.tenancy_id, today)
    if row.decided is not None:
        raise Refused(_DONE)
    return row


def _decided(user: User, row: TenantAsk, state: AskState) -> int:
    row.state, row.decided, row.decided_by = state.value, timezone.now(), user
    row.save()
    write_line(
        user, "answer_ask", subject=f"tenancy:{row.tenancy_id}", purpose=purpose_in_log(user),
        data={"ask": row.pk, "kind": row.kind, "state": row.state},
    )  # fmt: skip
    return row.tenancy_id


_EMPTY = Problem(
    "answer-missing",
    Words("Hier staat nog niets.", "Nothing stands here yet."),
    Words("Schrijf wat de huurder mag lezen.", "Write what the tenant may read."),
    column="answer",
)
_DONE = Problem(
    "ask-done",
    Words("Een collega deed hier al iets mee.", "A colleague did something about this before you."),
    Words("Kijk in het dossier wat er is afgesproken.", "See in the file what was agreed."),
)
