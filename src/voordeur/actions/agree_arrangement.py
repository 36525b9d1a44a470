"""Agree on an arrangement: signed on the phone, confirmed by link, or spoken with a witness; then it is watched."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from voordeur.actions import case_book, record_contact
from voordeur.actions.arrangement_book import look, write_event
from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.print_agreement import print_agreement
from voordeur.actions.propose_arrangement import Proposal, open_debts, propose, refuse_against
from voordeur.actions.reach_tenancy import check_reach
from voordeur.adapters.arrangement_table import plan_of
from voordeur.core.access import Deed
from voordeur.core.arrangements import plain
from voordeur.core.arrangements.budget import HouseholdBudget
from voordeur.core.arrangements.schedule import end_day
from voordeur.core.arrangements.values import ArrangementEvent, ArrangementEventKind, ArrangementState
from voordeur.core.cases import Event, EventKind
from voordeur.core.contacts import Channel, ContactException, ContactOutcome, DayPart, blocked
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import Arrangement, ArrangementAgreement, Budget, Contact, User

HOW = ArrangementAgreement.How
LONGEST_STROKES = 60_000
_STROKES = re.compile(r"[ML0-9 .,-]+")
_TALK = UUID("6c6a6f52-8a3e-4a55-9c63-2f1f3a6f4d10")  # so that the talk of one agreement is written down once


@dataclass(frozen=True, slots=True)
class Consent:
    """How the tenant said yes."""

    how: str
    """`signature`, `link` or `spoken`."""
    name: str = ""
    signature: str = ""
    """SVG path data of the strokes."""
    language: str = "nl"
    channel: Channel | None = Channel.PHONE
    """The talk in which it was agreed; None when there was none (a link)."""
    part: DayPart | None = None


@transaction.atomic
def agree(user: User | None, arrangement_id: int, consent: Consent, today: date) -> Arrangement:
    """The proposal becomes an arrangement. Agreeing twice changes nothing.

    `user` None: the tenant confirms by link what a colleague proposed. A person of the landlord always agrees too.
    """
    row = Arrangement.objects.select_for_update().select_related("tenancy").filter(pk=arrangement_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    if user is not None:
        check_reach(user, Deed.MAKE_ARRANGEMENT, row.tenancy_id, today)
    if row.agreed_on is not None:
        return row
    _check(row, user, consent)
    terms = plain.terms_in(row.terms)
    debts = open_debts(row.tenancy_id, today)
    refuse_against(row.tenancy_id, terms, _budget(row), debts, today)
    plan = plan_of(terms)
    if user is not None and consent.channel is not None:
        _write_talk(user, row, consent, today)
    row.agreed_on, row.agreed_by = today, user or row.made_by
    row.owner = row.owner or user
    row.debts = {str(pk): cents for pk, cents in debts.items()}
    row.language = consent.language if consent.language in ("nl", "en") else row.language
    row.save()
    write_event(row, ArrangementEvent(ArrangementEventKind.AGREED, today, plan), user)
    look(row, today)
    _keep_proof(row, consent, user, today)
    _tell_case(row, user or row.made_by, end_day(plan), today)
    write_line(
        user, "agree_arrangement", subject=f"tenancy:{row.tenancy_id}",
        data={"arrangement": row.pk, "how": consent.how},
    )  # fmt: skip
    follow([row.tenancy_id], today)
    row.refresh_from_db()
    return row


def _check(row: Arrangement, user: User | None, consent: Consent) -> None:
    """Refused with everything that is wrong about how it was agreed."""
    wrong = (
        (row.state != ArrangementState.PROPOSED, _GONE),
        (user is None and row.made_by_id is None, _NOBODY_YET),
        (consent.how == HOW.SIGNATURE and not _is_signature(consent.signature), _NO_SIGNATURE),
        (consent.how == HOW.SPOKEN and user is None, _NO_WITNESS),
        (consent.how not in HOW.values, _HOW_AGREED),
    )
    found = [problem for is_wrong, problem in wrong if is_wrong]
    if found:
        raise Refused(found)


def _is_signature(strokes: str) -> bool:
    return 0 < len(strokes) <= LONGEST_STROKES and _STROKES.fullmatch(strokes) is not None


def _problem(code: str, nl: str, en: str, cure_nl: str, cure_en: str) -> Problem:
    return Problem(code, Words(nl, en), Words(cure_nl, cure_en), column="how")


_GONE = _problem(
    "proposal-gone", "Dit voorstel geldt niet meer.", "This proposal no longer holds.",
    "Maak een nieuw voorstel.", "Make a new proposal.",
)  # fmt: skip
_NOBODY_YET = _problem(
    "nobody-agreed-yet", "Een medewerker moet dit voorstel nog bekijken.",
    "A colleague has to look at this proposal first.", "U hoort van ons.", "You will hear from us.",
)  # fmt: skip
_NO_SIGNATURE = _problem(
    "no-signature", "De handtekening ontbreekt, of is niet goed overgekomen.",
    "The signature is missing, or did not come across well.",
    "Laat de huurder tekenen, of leg vast dat het is gezegd.", "Let the tenant sign, or record that it was said.",
)  # fmt: skip
_NO_WITNESS = _problem(
    "no-witness",
    "Wie hoorde dit?",
    "Who heard this?",
    "Een collega legt het vast.",
    "A colleague records it.",
)
_HOW_AGREED = _problem(
    "how-agreed", "Zeg hoe de huurder akkoord ging.", "Say how the tenant agreed.",
    "Kies tekenen, een link of gezegd.", "Choose signing, a link or spoken.",
)  # fmt: skip


def _budget(row: Arrangement) -> HouseholdBudget | None:
    kept = Budget.objects.filter(arrangement=row).first()
    return plain.budget_in(json.loads(kept.content)["budget"]) if kept else None


def _write_talk(user: User, row: Arrangement, consent: Consent, today: date) -> None:
    """The talk in which it was agreed stands in the diary, once; the law's own order (talk first) is then met."""
    assert consent.channel is not None
    if Contact.objects.filter(tenancy_id=row.tenancy_id, day=today, by=user, reached=True).exists():
        return
    part = consent.part or DayPart.AFTERNOON
    against = blocked(wish_of(row.tenancy_id, today), today, consent.channel, part, None)
    said = record_contact.Said(
        id=uuid5(_TALK, str(row.key)),
        day=today,
        channel=consent.channel,
        outcome=ContactOutcome.ARRANGED,
        part=part,
        reached=True,
        exception=ContactException.THEY_ASKED if against is not None else None,
    )
    record_contact.record_contact(user, row.tenancy_id, said, today)


def _keep_proof(row: Arrangement, consent: Consent, user: User | None, today: date) -> None:
    """What was agreed on, as it was on paper, and how the tenant said yes."""
    page = print_agreement(row, today, row.language)
    ArrangementAgreement.objects.create(
        arrangement=row,
        how=consent.how,
        day=today,
        signature=consent.signature if consent.how == HOW.SIGNATURE else "",
        name=consent.name[:120],
        witness=user,
        language=row.language,
        sha256=hashlib.sha256(page).hexdigest() if page else "",
        pdf=base64.b64encode(page).decode() if page else "",
        recorded=timezone.now(),
    )


def _tell_case(row: Arrangement, by: User | None, last: date, today: date) -> None:
    """The case rests while the arrangement is kept. A hold that forbids it refuses the whole deed."""
    case = case_book.open_case_of(row.tenancy_id)
    if case is None:
        return
    book = case_book.read(case, today)
    event = Event(
        EventKind.PLAN_AGREED, today, case_book.actor(by), until=last, affordable=True,
        evidence=f"arrangement:{row.pk}",
    )  # fmt: skip
    try:
        case_book.add(book, event)
    except Refused as refusal:
        if any(one.code != "forbidden-transition" for one in refusal.problems):
            raise


@transaction.atomic
def make_and_agree(
    user: User, tenancy_id: int, proposal: Proposal, consent: Consent, today: date
) -> Arrangement:
    """At the table both happen at once: all of it, or nothing."""
    return agree(user, propose(user, tenancy_id, proposal, today).pk, consent, today)


@transaction.atomic
def accept_proposal(user: User, arrangement_id: int, name: str, today: date) -> Arrangement:
    """Say yes to a proposal that waits. What the tenant proposed by link was agreed to there; else it was said."""
    row = Arrangement.objects.filter(pk=arrangement_id).first()
    by_link = row is not None and row.made_by_id is None
    consent = Consent(HOW.LINK, name, channel=None) if by_link else Consent(HOW.SPOKEN, name)
    return agree(user, arrangement_id, consent, today)


def from_phone(
    user: User, tenancy_id: int, payload: Mapping[str, Any], key: UUID, today: date
) -> Arrangement:
    """What was agreed at the table, recorded on a phone. Refused when it cannot be read, or a limit is against it."""
    budget = plain.budget_in(payload["budget"]) if payload.get("budget") else None
    language = "en" if payload.get("language") == "en" else "nl"
    if budget is not None and not budget.incomes:
        budget = None
    proposal = Proposal(key, plain.terms_in(payload.get("terms")), "table", language, budget)
    consent = Consent(
        str(payload.get("how", "")), str(payload.get("name", "")), str(payload.get("signature", "")), language,
        Channel.VISIT,
    )  # fmt: skip
    return make_and_agree(user, tenancy_id, proposal, consent, today)
