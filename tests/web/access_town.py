"""The small town, with one of everything that an address can have a number of: one's own, somebody else's, and none."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from tests.web.access_table import A, C, H, M, P, Thing
from tests.web.factories import TODAY, Town, colleague, town
from voordeur.actions.carry_phone import begin_day
from voordeur.actions.edit_policy import begin_draft
from voordeur.actions.edit_text import begin_text
from voordeur.core.access import Role
from voordeur.core.case_values import EventKind
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.visits import EventState
from voordeur.field.python_bundle import bundle
from voordeur.store.models import (
    Agreement,
    Arrangement,
    ArrangementAgreement,
    ArrangementEvent,
    Case,
    CollectionRun,
    Consent,
    Cover,
    DayPlan,
    EmergencyAccess,
    FieldEvent,
    Mandate,
    PhoneDay,
    PlannedContact,
    PlanStop,
    Proposal,
    RightsRequest,
    SafetyNote,
    SchemeCheck,
    SchemeTask,
    SentLetter,
    TenantAsk,
    User,
    WaitingDoor,
)

Number = int | UUID | str
NOT_THERE = 999_999
NO_RUN = UUID(int=999_999)
OWN, OTHER, NONE = "own", "other", "none"
NORMAL, WAITS, COVERS, COVERED = "normal", "a decision waits", "cover runs", "cover is over"
WRITTEN_OFF = {"kind": EventKind.WRITTEN_OFF.value, "day": TODAY.isoformat()}
STATES = (NORMAL, WAITS, COVERS, COVERED)


@dataclass(frozen=True, slots=True)
class Ground:
    """The town as the matrix tries it."""

    town: Town
    people: dict[Role, User]
    absent: User
    """Looks after the other neighbourhood."""
    numbers: dict[Thing, dict[str, Number]]
    own_case: Case
    proposer: User


def ground() -> Ground:
    """Build it in the test database."""
    made = town()
    absent = colleague("sanne", "Sanne Kerkhof", Role.NEIGHBOURHOOD_MANAGER, made.havenkant)
    stand_in = colleague("bram", "Bram Uithof", Role.NEIGHBOURHOOD_MANAGER, made.havenkant)
    officer = colleague("noor", "Noor Zandstra", Role.PRIVACY_OFFICER)
    proposer = colleague("wim", "Wim Duinker", Role.CONSULTANT)
    own = Case.objects.get(tenancy=made.in_parts, closed_on=None)
    other = Case.objects.filter(tenancy__neighbourhood=made.havenkant, closed_on=None).order_by("pk")[0]
    cover = Cover.objects.create(absent=stand_in, cover=absent, first=TODAY, last=TODAY)
    everywhere = {
        Thing.LINE: made.proposal.pk,
        Thing.PROBLEM: made.problem.pk,
        Thing.MEMBER: stand_in.pk,
        Thing.MANAGER: stand_in.pk,
        Thing.COVER: cover.pk,
        Thing.POLICY: begin_draft(made.administrator, shipped="standaard").pk,
        Thing.TEXT: begin_text(made.administrator, LetterKind.REMINDER, TODAY).pk,
        Thing.EMERGENCY: opened(other, made.manager).pk,
        Thing.AGREEMENT: Agreement.objects.create(municipality="Lindewaard", first=TODAY).pk,
        Thing.COLLECTION: collected(proposer).pk,
    }
    numbers: dict[Thing, dict[str, Number]] = {
        thing: {OWN: number, OTHER: number, NONE: NOT_THERE} for thing, number in everywhere.items()
    }
    run, phone = made.booked_run.pk, carried(absent).pk
    numbers |= {
        Thing.RUN: {OWN: run, OTHER: run, NONE: NO_RUN},
        Thing.PHONE: {OWN: phone, OTHER: phone, NONE: NO_RUN},
        Thing.PASSKEY: {OWN: NOT_THERE, OTHER: NOT_THERE, NONE: NOT_THERE - 1},
        Thing.PLACE: {OWN: made.molenkwartier.pk, OTHER: made.havenkant.pk, NONE: NOT_THERE},
        Thing.HOUSEHOLD: {OWN: own.tenancy_id, OTHER: other.tenancy_id, NONE: NOT_THERE},
        Thing.LETTER: {OWN: letter(own, proposer).pk, OTHER: letter(other, proposer).pk, NONE: NOT_THERE},
        Thing.SENT: {
            OWN: letter(own, proposer, sent=True).pk,
            OTHER: letter(other, proposer, sent=True).pk,
            NONE: NOT_THERE,
        },
        Thing.ASKED: {OWN: asked(own).pk, OTHER: asked(other).pk, NONE: NOT_THERE},
        Thing.PLANNED: {OWN: plan(own, proposer).pk, OTHER: plan(other, proposer).pk, NONE: NOT_THERE},
        Thing.ARRANGEMENT: {
            OWN: arrangement(own, proposer).pk,
            OTHER: arrangement(other, proposer).pk,
            NONE: NOT_THERE,
        },
        Thing.AGREED: {
            OWN: arrangement(own, proposer, agreed=True).pk,
            OTHER: arrangement(other, proposer, agreed=True).pk,
            NONE: NOT_THERE,
        },
        Thing.SCHEME_CHECK: {OWN: scheme(own).check_of_id, OTHER: scheme(other).check_of_id, NONE: NO_RUN},
        Thing.SCHEME_TASK: {OWN: scheme(own).pk, OTHER: scheme(other).pk, NONE: NOT_THERE},
        Thing.BUNDLE: {OWN: bundle()[0], OTHER: bundle()[0], NONE: "0" * 16},
        Thing.REQUEST: {OWN: request(own, officer).pk, OTHER: request(other, officer).pk, NONE: NOT_THERE},
        Thing.PROPOSAL: {OWN: NOT_THERE - 1, OTHER: NOT_THERE - 2, NONE: NOT_THERE},
        Thing.STOP: {OWN: stop(own, made.manager).pk, OTHER: stop(other, absent).pk, NONE: NOT_THERE},
        Thing.WAITING: {OWN: waits(own, made.manager).pk, OTHER: waits(other, absent).pk, NONE: NOT_THERE},
        Thing.VISIT: {OWN: recorded(own, absent).pk, OTHER: recorded(other, absent).pk, NONE: NO_RUN},
        Thing.CONSENT: {OWN: yes(own, absent).pk, OTHER: yes(other, absent).pk, NONE: NOT_THERE},
        Thing.NOTE: {OWN: warned(own, absent).pk, OTHER: warned(other, absent).pk, NONE: NOT_THERE},
        Thing.OPENED: {OWN: opened(other, made.manager).pk, OTHER: opened(own, absent).pk, NONE: NOT_THERE},
    }
    people = {M: made.manager, C: made.consultant, H: made.chief, A: made.administrator, P: officer}
    return Ground(made, people, absent, numbers, own, proposer)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def state_of(ground: Ground, state: str) -> Iterator[dict[Thing, dict[str, Number]]]:
    """The town in one of `STATES`; the numbers that there are in it."""
    with undone():
        numbers = dict(ground.numbers)
        if state == WAITS:
            waiting = Proposal.objects.create(
                case=ground.own_case,
                details=WRITTEN_OFF,
                reason="proef",
                by=ground.proposer,
                made=timezone.now(),
            )
            numbers[Thing.PROPOSAL] = {**numbers[Thing.PROPOSAL], OWN: waiting.pk}
        if state in (COVERS, COVERED):
            last = TODAY if state == COVERS else TODAY - timedelta(days=1)
            Cover.objects.create(
                absent=ground.absent, cover=ground.town.manager, first=TODAY - timedelta(days=9), last=last
            )
        yield numbers


def sees(role: Role, where: str, state: str) -> bool:
    """May this role see this household? Said again here, by the words of the house rules."""
    if where == NONE:
        return False
    if role is M:
        return where == OWN or state == COVERS
    if role is H:
        return where == OWN and state == WAITS
    return role is C


def letter(case: Case, by: User, *, sent: bool = False) -> SentLetter:
    """A letter that lies ready, or that went out today."""
    return SentLetter.objects.create(
        tenancy_id=case.tenancy_id, case=case, kind=LetterKind.REMINDER, language="nl", day=TODAY,
        expected_on=TODAY, pdf=base64.b64encode(b"%PDF-1.7").decode(), made=timezone.now(), made_by=by,
        state=SentLetter.State.SENT if sent else SentLetter.State.DRAFTED, sent_on=TODAY if sent else None,
    )  # fmt: skip


def arrangement(case: Case, by: User, *, agreed: bool = False) -> Arrangement:
    """A proposal that waits, or an arrangement with its page and a mandate."""
    plan = [[1, (TODAY + timedelta(days=7)).isoformat(), 50_00, None]]
    row = Arrangement.objects.create(
        tenancy_id=case.tenancy_id, made_on=TODAY, made_by=by, origin="office", owner=by, since=TODAY, total=50_00,
        agreed_on=TODAY if agreed else None, state="agreed" if agreed else "proposed", debts={},
        reference=f"{case.pk:015}{int(agreed)}",
        terms={"total": 50_00, "amount": 50_00, "rhythm": "monthly", "first": plan[0][1]},
    )  # fmt: skip
    kinds = ("proposed", "agreed") if agreed else ("proposed",)
    for nr, kind in enumerate(kinds, start=1):
        ArrangementEvent.objects.create(
            arrangement=row,
            sequence=nr,
            kind=kind,
            day=TODAY,
            by=by,
            instalments=plan,
            recorded=timezone.now(),
        )
    if agreed:
        ArrangementAgreement.objects.create(
            arrangement=row, how="spoken", day=TODAY, witness=by, sha256="0" * 64, recorded=timezone.now(),
            pdf=base64.b64encode(b"%PDF-1.7").decode(),
        )  # fmt: skip
        Mandate.objects.create(
            arrangement=row, reference=f"VD-{row.pk}", iban="NL91ABNA0417164300", holder="x", signed_on=TODAY
        )
    return row


def collected(by: User) -> CollectionRun:
    """A direct debit file that was made."""
    return CollectionRun.objects.create(
        message="VD-1", collect_on=TODAY, made_on=TODAY, made_by=by, count=0, total=0, content="<Document/>"
    )


def plan(case: Case, who: User) -> PlannedContact:
    """A call on somebody's list."""
    return PlannedContact.objects.create(
        tenancy_id=case.tenancy_id, channel="phone", day=TODAY, who=who, by=who, set_on=TODAY
    )


def scheme(case: Case) -> SchemeTask:
    """A check that a household let us keep, with something to apply for."""
    kept = SchemeCheck.objects.create(
        tenancy_id=case.tenancy_id, day=TODAY, consent_on=TODAY, answers="[]", until=TODAY, recorded=timezone.now(),
        known={"rent": 600_00},
    )  # fmt: skip
    return SchemeTask.objects.create(
        check_of=kept,
        tenancy_id=case.tenancy_id,
        scheme="zorgtoeslag",
        state_on=TODAY,
        low=100_00,
        high=129_00,
    )


def request(case: Case, by: User) -> RightsRequest:
    """Somebody asks what is kept, and it is known who it is."""
    return RightsRequest.objects.create(
        tenancy_id=case.tenancy_id, kind="access", way="letter", received=TODAY, person="de huurder",
        recorded=timezone.now(), recorded_by=by, identity="known", identified_on=TODAY, identified_by=by,
    )  # fmt: skip


def stop(case: Case, who: User) -> PlanStop:
    """A visit in somebody's week."""
    plan_of_day = DayPlan.objects.create(
        user=who, day=TODAY, made=timezone.now(), room=120, needed=30, metres=100
    )
    return PlanStop.objects.create(
        plan=plan_of_day, tenancy_id=case.tenancy_id, place=1, start=600, minutes=30
    )


def waits(case: Case, who: User) -> WaitingDoor:
    """A visit that does not fit in somebody's week."""
    return WaitingDoor.objects.create(
        user=who, week=TODAY, tenancy_id=case.tenancy_id, code="full", why_nl="Vol.", why_en="Full.", place=1
    )


def asked(case: Case) -> TenantAsk:
    """The tenant wants to be rung."""
    return TenantAsk.objects.create(tenancy_id=case.tenancy_id, kind="call", made=timezone.now())


def opened(case: Case, who: User) -> EmergencyAccess:
    """A file that somebody opened just now because there was danger."""
    now = timezone.now()
    return EmergencyAccess.objects.create(
        tenancy_id=case.tenancy_id, user=who, reason="rook uit het raam", opened=now,
        until=now + timedelta(hours=1),
    )  # fmt: skip


def carried(who: User) -> PhoneDay:
    """A phone with a day on it."""
    return begin_day(who, uuid4(), "Android", "", TODAY)


def recorded(case: Case, who: User) -> FieldEvent:
    """Something that a phone recorded and that could not be taken in."""
    now = timezone.now()
    return FieldEvent.objects.create(
        id=uuid4(), phone=carried(who), tenancy_id=case.tenancy_id, kind="visit", schema=1, order=1, said_at=now,
        happened=now, received=now, day=TODAY, state=EventState.REFUSED, content='{"result": "met"}',
    )  # fmt: skip


def yes(case: Case, who: User) -> Consent:
    """A yes to a handover that waits."""
    return Consent.objects.create(
        tenancy_id=case.tenancy_id,
        purpose="handover",
        given=True,
        way="spoken",
        day=TODAY,
        text="Mag dat?",
        by=who,
    )


def warned(case: Case, who: User) -> SafetyNote:
    """A dog that barked today."""
    return SafetyNote.objects.create(
        tenancy_id=case.tenancy_id, kind="dog", set_on=TODAY, until=TODAY + timedelta(days=90), by=who
    )
