"""A request about what is kept: written down, who asks made sure, extended, answered; and going on after an objection.

Every step is for the privacy officer, for Purpose.RIGHTS, and leaves a line in the log.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core import rights
from voordeur.core.access import Deed, Purpose
from voordeur.core.problems import Problem, Refused
from voordeur.core.rights import IdentityCheck, ProcessingGround, Request, RequestKind, RequestState
from voordeur.core.words import Words
from voordeur.store.convert_diary import request as as_core
from voordeur.store.models import RightsRequest, Tenant, User
from voordeur.store.queries.privacy import Whereabouts, tenancies_of_request

LONGEST_WORDS = 4_000


class RequestWay(StrEnum):
    """How a request came in."""

    LETTER = "letter"
    EMAIL = "email"
    PHONE = "phone"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the privacy officer writes down of a request."""

    kind: RequestKind
    way: RequestWay
    received: date
    person: str
    said: str = ""


@transaction.atomic
def receive(user: User, where: Whereabouts, asked: Asked, today: date) -> RightsRequest:
    """Write down a request. Refused when no tenancy, or more than one, fits with the address and the name."""
    check(user, Deed.HANDLE_REQUEST)
    rights.check_received(asked.received, today)
    found = tenancies_of_request(where, asked.person)
    if len(found) != 1:
        raise Refused(_none(where) if not found else _several([key for _, key in found]))
    row = RightsRequest.objects.create(
        tenancy_id=found[0][0], kind=asked.kind, way=asked.way, received=asked.received,
        person=asked.person.strip(), said=asked.said.strip(), recorded=timezone.now(), recorded_by=user,
    )  # fmt: skip
    _log(user, "receive_request", row, kind=row.kind)
    _let_contact_follow(row, today)
    return row


@transaction.atomic
def see(user: User, request_id: int) -> RightsRequest:
    """The request itself, for its page. Who looks is written down. Refused when there is none."""
    check(user, Deed.HANDLE_REQUEST)
    row = RightsRequest.objects.select_related("tenancy__home").filter(pk=request_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    _log(user, "see_request", row)
    return row


@transaction.atomic
def identify(
    user: User,
    request_id: int,
    how: IdentityCheck,
    today: date,
    who: int | None = None,
    *,
    together: bool = False,
) -> None:
    """Write down how we know who asks (GDPR art. 12(6)), and `who` of several tenants, or that they ask `together`.

    Refused when several rent and nobody, or somebody else, is named: what is only about the others is not for the
    one who asks (art. 15(4)).
    """
    row = running(user, request_id)
    row.asker_id = None if together else _asker(row, who)
    row.identity, row.identified_on, row.identified_by = how.value, today, user
    row.save(update_fields=["identity", "identified_on", "identified_by", "asker"])
    _log(user, "identify", row, how=how.value)


@transaction.atomic
def extend(user: User, request_id: int, reason: str, today: date) -> None:
    """Two months more; the person heard so today, with the reason. Refused after the first month, or twice."""
    row = running(user, request_id)
    problem = rights.why_not_extend(as_core(row), today)
    if problem is not None:
        raise Refused(problem)
    row.extended_on, row.extension_reason = today, _said(reason, "reason")
    row.save(update_fields=["extended_on", "extension_reason"])
    _log(user, "extend_request", row)


@transaction.atomic
def answer(user: User, request_id: int, state: RequestState, text: str, today: date) -> None:
    """Done what was asked, or refused with the reason. Refused while it is not known who asks."""
    row = running(user, request_id)
    if not row.identity and state is RequestState.GRANTED:
        raise Refused(rights.NOT_IDENTIFIED)
    if state is RequestState.RUNNING:
        raise ValueError("an answer closes a request")
    row.state, row.closed_on, row.closed_by = state.value, today, user
    row.answer = _said(text, "answer")
    row.save(update_fields=["state", "closed_on", "closed_by", "answer"])
    _log(user, "answer_request", row, state=state.value)
    _let_contact_follow(row, today)


@transaction.atomic
def go_on(user: User, request_id: int, ground: ProcessingGround, reason: str, today: date) -> None:
    """Contact may go on although somebody objected: a person names the ground and the reason (GDPR art. 21(1))."""
    check(user, Deed.HANDLE_REQUEST)
    row = RightsRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    if not as_core(row).stops_contact(today):
        raise Refused(_NOTHING_STOPPED)
    row.ground, row.ground_on, row.ground_by = ground.value, today, user
    row.ground_reason = _said(reason, "reason")
    row.save(update_fields=["ground", "ground_on", "ground_by", "ground_reason"])
    _log(user, "go_on", row, ground=ground.value)
    _let_contact_follow(row, today)


def running(user: User, request_id: int) -> RightsRequest:
    """The request, locked, for a deed of the privacy officer. Refused when there is none or it is answered."""
    check(user, Deed.HANDLE_REQUEST)
    row = RightsRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    core: Request = as_core(row)
    if not core.runs:
        raise Refused(rights.CLOSED)
    return row


def _asker(row: RightsRequest, who: int | None) -> int | None:
    """The tenant who asks; the only one where there is one; None when we know no tenant."""
    tenants = list(Tenant.objects.filter(tenancy=row.tenancy_id).values_list("pk", flat=True))
    if who is None and len(tenants) < 2:
        return tenants[0] if tenants else None
    if who not in tenants:
        raise Refused(_WHO)
    return who


def _let_contact_follow(row: RightsRequest, today: date) -> None:
    """An objection changes what the work list advises."""
    if row.kind == RequestKind.OBJECTION:
        follow([row.tenancy_id], today)


def _log(user: User, action: str, row: RightsRequest, **data: str) -> None:
    write_line(
        user, action, subject=f"tenancy:{row.tenancy_id}", purpose=Purpose.RIGHTS.value,
        data={"request": row.pk, **data},
    )  # fmt: skip


def _said(text: str, column: str) -> str:
    words = text.strip()[:LONGEST_WORDS]
    if not words:
        raise Refused(
            Problem(
                "reason-missing",
                Words("Hier staat nog niets.", "Nothing stands here yet."),
                Words("Schrijf het op zoals de huurder het hoort.", "Write it down as the tenant hears it."),
                column=column,
            )
        )
    return words


def _none(where: Whereabouts) -> Problem:
    return Problem(
        "unknown-household",
        Words("Hier vinden wij geen huurcontract bij.", "We find no tenancy agreement for this."),
        Words("Kijk of contractnummer, of postcode en huisnummer kloppen.",
              "See whether the agreement number, or postcode and number, are right."),
        column="key" if where.key else "postcode",
    )  # fmt: skip


def _several(keys: list[str]) -> Problem:
    said = ", ".join(keys[:6])
    return Problem(
        "several-households",
        Words("Op dit adres zijn meer huurcontracten, van nu of van vroeger.",
              "This address has several tenancy agreements, of now or of before."),
        Words(f"Vul het contractnummer in: {said}.", f"Fill in the agreement number: {said}."),
        column="key",
    )  # fmt: skip


_WHO = Problem(
    "who-asks",
    Words("Op dit contract staat meer dan één huurder.", "There is more than one tenant on this agreement."),
    Words("Kies wie van hen dit vraagt, of allemaal samen.", "Choose which of them asks, or all together."),
    column="who",
)
_NOTHING_STOPPED = Problem(
    "nothing-stopped",
    Words("Dit verzoek houdt geen contact tegen.", "This request stops no contact."),
    Words("Er is niets om over te beslissen.", "There is nothing to decide."),
)
