"""A person decides on a step of a case; where the law or our own care asks for two, a second person agrees first."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from voordeur.actions import case_book
from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.reach_tenancy import check_reach
from voordeur.core import cases
from voordeur.core.access import Deed, Role, may
from voordeur.core.case_table import row_of
from voordeur.core.cases import Actor, Event
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Case, Proposal, User

_SOMEBODY_ELSE = Actor("somebody else", Role.MANAGER)
"""Stands for the second person while the first one asks: everything else must be right already."""
_OWN_PROPOSAL = Problem(
    "own-proposal",
    Words("Je stelde dit zelf voor.", "You proposed this yourself."),
    Words("Een collega beslist mee.", "A colleague decides with you."),
)
_PROPOSER_GONE = Problem(
    "proposer-gone",
    Words("Wie dit voorstelde werkt hier niet meer.", "Whoever proposed this no longer works here."),
    Words("Stem niet in; stel het zelf voor als het nog nodig is.",
          "Do not agree; propose it yourself when it is still needed."),
)  # fmt: skip


@transaction.atomic
def decide(user: User, tenancy_id: int, event: Event, today: date) -> Proposal | None:
    """Take a step in the open case of a tenancy; what is lacking comes back as Refused, a Problem per guard.

    A step that takes two persons becomes a Proposal, which is returned; nothing has happened in the case then.
    `event.by` and `event.second` are filled in here.
    """
    check_reach(user, Deed.DECIDE_CASE, tenancy_id, today)
    book = _open_book(tenancy_id, today)
    event = replace(event, by=case_book.actor(user), second=None)
    if needs_two(book, event):
        cases.step(book.case, replace(event, second=_SOMEBODY_ELSE), book.at, book.law)
        return _propose(user, book.row, event)
    _take(user, book, event)
    return None


@transaction.atomic
def agree(user: User, proposal_id: int, today: date) -> int:
    """The second person agrees, and the step is taken as things are now. The tenancy it is about."""
    proposal = _waiting(user, proposal_id, today)
    book = _open_book(proposal.case.tenancy_id, today)
    if book.row.pk != proposal.case_id:
        raise Refused(NOT_FOUND)  # it was about another case, which is over
    event = cases.from_dict({**proposal.details, "reason": proposal.reason})
    event = replace(event, day=today, by=case_book.actor(proposal.by), second=case_book.actor(user))
    _settle(user, proposal, agreed=True)
    _take(user, book, event)
    return book.row.tenancy_id


@transaction.atomic
def disagree(user: User, proposal_id: int, today: date) -> int:
    """The second person does not agree: nothing happens. The tenancy it is about."""
    proposal = _waiting(user, proposal_id, today)
    _settle(user, proposal, agreed=False)
    return proposal.case.tenancy_id


@transaction.atomic
def withdraw(user: User, proposal_id: int, today: date) -> int:
    """Whoever proposed it takes it back. The tenancy it is about."""
    check(user, Deed.DECIDE_CASE)
    proposal = Proposal.objects.filter(pk=proposal_id, by=user, decided=None).select_related("case").first()
    if proposal is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.DECIDE_CASE, proposal.case.tenancy_id, today)
    _settle(user, proposal, agreed=False)
    return proposal.case.tenancy_id


@transaction.atomic
def take_on(user: User, tenancy_id: int, today: date, *, owner: int | None = None) -> None:
    """From now on `user` looks after this case, or the colleague with account `owner` who may decide too."""
    check_reach(user, Deed.DECIDE_CASE, tenancy_id, today)
    book = _open_book(tenancy_id, today)
    colleague = user if owner is None else User.objects.filter(pk=owner, is_active=True).first()
    if colleague is None or not may(Role(colleague.role), Deed.DECIDE_CASE):
        raise Refused(NOT_FOUND)
    book.row.owner = colleague
    case_book.keep(book)
    write_line(user, "take_on_case", subject=f"tenancy:{tenancy_id}", data={"owner": colleague.pk})


def needs_two(book: case_book.Book, event: Event) -> bool:
    """True when this step takes two persons: the table asks it, or guards are set aside."""
    row = row_of(book.case.state, event.kind)
    return bool(event.overrules) or (row is not None and any(ask.name == "second" for ask in row.asks))


def _open_book(tenancy_id: int, today: date) -> case_book.Book:
    row = case_book.open_case_of(tenancy_id)
    if row is None:
        raise Refused(
            Problem(
                "no-case",
                Words("Er loopt geen zaak.", "There is no open case."),
                Words("Een zaak begint vanzelf als er iets te laat open staat.",
                      "A case begins by itself when something is overdue."),
            )
        )  # fmt: skip
    return case_book.read(row, today)


def _take(user: User, book: case_book.Book, event: Event) -> None:
    case_book.add(book, event)
    write_line(
        user,
        "decide",
        subject=f"tenancy:{book.row.tenancy_id}",
        data={"step": event.kind, "case": book.row.number, "two": event.second is not None},
    )
    follow([book.row.tenancy_id], book.at.on)


def _propose(user: User, row: Case, event: Event) -> Proposal:
    if Proposal.objects.filter(case=row, decided=None).exists():
        raise Refused(
            Problem(
                "proposal-waits",
                Words("Er wacht al een voorstel op een collega.", "A proposal already waits for a colleague."),
                Words("Laat een collega beslissen, of trek het eerste voorstel in.",
                      "Let a colleague decide, or take the first proposal back."),
            )
        )  # fmt: skip
    details = {key: value for key, value in cases.as_dict(event).items() if key != "reason"}
    proposal = Proposal.objects.create(
        case=row, details=details, reason=event.reason, by=user, made=timezone.now()
    )
    write_line(user, "propose", subject=f"tenancy:{row.tenancy_id}", data={"step": event.kind})
    return proposal


def _waiting(user: User, proposal_id: int, today: date) -> Proposal:
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("case", "by")
        .filter(pk=proposal_id, decided=None)
        .first()
    )
    if proposal is None:
        raise Refused(NOT_FOUND)
    if _same_person(proposal.by, user):
        raise Refused(_OWN_PROPOSAL)
    if not proposal.by.is_active:
        raise Refused(_PROPOSER_GONE)
    check_reach(user, Deed.DECIDE_SECOND, proposal.case.tenancy_id, today)
    return proposal


def _same_person(one: User, other: User) -> bool:
    """Two accounts in one name are one person: nobody is the second one to themselves."""
    name = one.get_full_name().casefold()
    return one.pk == other.pk or (bool(name) and name == other.get_full_name().casefold())


def _settle(user: User, proposal: Proposal, *, agreed: bool) -> None:
    proposal.decided_by, proposal.decided, proposal.agreed = user, timezone.now(), agreed
    proposal.save(update_fields=["decided_by", "decided", "agreed"])
    write_line(
        user,
        "agree" if agreed else "disagree",
        subject=f"tenancy:{proposal.case.tenancy_id}",
        data={"step": proposal.details.get("kind", "")},
    )
