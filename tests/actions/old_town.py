"""The small town with a past: what was kept years ago, and what is still needed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.conf import settings

from tests.actions.town import SmallTown, entry, small_town
from voordeur.actions.audit import write_line
from voordeur.core.access import Role
from voordeur.core.visits import EventState
from voordeur.store.models import (
    Arrangement,
    ArrangementAgreement,
    ArrangementEvent,
    ArrangementPart,
    BankLine,
    BankStatement,
    Budget,
    Case,
    CaseEvent,
    CaseTerm,
    Collection,
    CollectionRun,
    Consent,
    Contact,
    Cover,
    DayPlan,
    EmergencyAccess,
    Entry,
    FieldEvent,
    ImportProblem,
    ImportRun,
    Instalment,
    KnownPayer,
    Mandate,
    PacketStop,
    PairVisit,
    Pause,
    PhoneDay,
    PlannedContact,
    PlanStop,
    Promise,
    Proposal,
    RightsRequest,
    SafetyNote,
    SchemeCheck,
    SchemeTask,
    SentLetter,
    SentMessage,
    Signal,
    StagedEntry,
    Standing,
    Tenancy,
    Tenant,
    TenantAsk,
    TenantLink,
    User,
    VisitConflict,
    WaitingDoor,
    Wish,
)

LONG_AGO = date(2016, 5, 2)
"""Longer ago than every term."""
RECENT = date(2026, 9, 1)
"""Within every term but that of a forgotten upload."""


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@dataclass(frozen=True)
class OldTown:
    """What the tests need to name."""

    town: SmallTown
    officer: User
    left: Tenancy
    """Ended long ago, nothing owed: everything about it is due."""
    running: Tenancy
    """As old, and with a case that runs since then."""
    old_case: Case
    """Closed long ago, of a tenancy that still runs."""


def old_town() -> OldTown:
    """Build it in the test database."""
    town = small_town()
    officer = User.objects.create(username="fatima", role=Role.PRIVACY_OFFICER)
    left, running = town.veldhuizer, town.de_wit
    Tenancy.objects.filter(pk__in=[left.pk, running.pk]).update(end=LONG_AGO, mandate="M-Ypelaar")
    for tenancy in (left, running):
        household(town, tenancy, LONG_AGO, closed=tenancy is left)
    old_case = household(town, town.oudshoven, LONG_AGO, closed=True)
    loose_ends(town)
    visit_plan(town, left, LONG_AGO)
    return OldTown(town, officer, left, running, old_case)


def household(town: SmallTown, tenancy: Tenancy, day: date, *, closed: bool) -> Case:
    """Everything that can be kept of one household, from around `day`."""
    Tenant.objects.filter(tenancy=tenancy).update(phone="06 00 77 Ypelaar", email="ypelaar@example.org")
    KnownPayer.objects.create(iban=f"NL00YPEL{tenancy.pk:010}", tenancy=tenancy)
    KnownPayer.objects.create(iban=f"NL00YPNO{tenancy.pk:010}", tenancy=None, seen_on=day)
    Standing.objects.create(tenancy=tenancy, on=day, reason_nl="Ypelaar betaalt later")
    Signal.objects.create(tenancy=tenancy, kind="late", since=day, amount=1)
    Pause.objects.create(tenancy=tenancy, start=day, end=day, reason="dispute")
    case = Case.objects.create(
        tenancy=tenancy, number=f"{day.year}-{tenancy.pk:04}", opened_on=day, overdue_since=day, since=day,
        state="closed" if closed else "overdue", closed_on=day if closed else None, owner=town.consultant,
    )  # fmt: skip
    CaseEvent.objects.create(
        case=case, sequence=1, kind="opened", day=day, reason="Ypelaar belde", recorded=at(day)
    )
    CaseTerm.objects.create(case=case, kind="deadline", day=day, nl="Ypelaar", en="Ypelaar")
    Proposal.objects.create(case=case, reason="Ypelaar wil niet", by=town.consultant, made=at(day))
    said = diary(town, tenancy, day, case)
    at_the_door(town, tenancy, day, said)
    letter(town, tenancy, day, case, said)
    own_page(town, tenancy, day)
    arrangement(town, tenancy, day)
    if closed:
        asked(town, tenancy, day)
    _money(tenancy, day)
    return case


def visit_plan(town: SmallTown, tenancy: Tenancy, day: date) -> None:
    """A day with one door, a door that waited, a door for two."""
    plan = DayPlan.objects.create(user=town.manager, day=day, made=at(day), room=1, needed=1, metres=1)
    PlanStop.objects.create(plan=plan, tenancy=tenancy, place=1, start=1, minutes=1, why_nl="Ypelaar")
    WaitingDoor.objects.create(
        user=town.manager, week=day, tenancy=tenancy, code="full", why_nl="Ypelaar", why_en="", place=1
    )
    PairVisit.objects.create(tenancy=tenancy, since=day, until=day, by=town.manager)


def diary(town: SmallTown, tenancy: Tenancy, day: date, case: Case | None) -> Contact:
    """A talk, a promise in it, a promise beside it, a wish, a plan."""
    who: dict[str, Any] = {"tenancy": tenancy, "by": town.manager}
    said = Contact.objects.create(
        **who,
        case=case,
        day=day,
        channel="visit",
        outcome="spoken",
        agreed="Ypelaar-Zwolsman",
        recorded=at(day),
    )
    Promise.objects.create(**who, contact=said, made_on=day, until=day, amount=1)
    Promise.objects.create(**who, made_on=day, until=day, amount=1)
    Wish.objects.create(**who, since=day, withdrawn=day, recorded=at(day))
    check = SchemeCheck.objects.create(
        **who, day=day, consent_on=day, until=day, answers='["Ypelaar-Zwolsman"]', recorded=at(day)
    )
    SchemeTask.objects.create(**who, check_of=check, scheme="zorgtoeslag", state_on=day)
    more: dict[str, Any] = {
        "tenancy": tenancy,
        "channel": "visit",
        "day": day,
        "who": town.manager,
        "set_on": day,
    }
    PlannedContact.objects.create(**more, done=said)
    PlannedContact.objects.create(**more, dropped=day)
    return said


def at_the_door(town: SmallTown, tenancy: Tenancy, day: date, said: Contact) -> None:
    """A phone with this door on it, two records that contradicted each other, a warning and a yes."""
    phone = PhoneDay.objects.create(
        device=uuid4(),
        user=town.manager,
        day=day,
        secret="Ypelaar",
        begun=at(day),
        until=at(day),
        last_contact=at(day),
    )
    PacketStop.objects.create(phone=phone, tenancy=tenancy, since=at(day))
    one, other = (
        FieldEvent.objects.create(
            id=uuid4(), phone=phone, tenancy=tenancy, kind="visit", schema=1, order=order, said_at=at(day),
            happened=at(day), received=at(day), day=day, state=EventState.TAKEN, content='{"words": "Ypelaar"}',
            contact=said,
        )
        for order in (1, 2)
    )  # fmt: skip
    VisitConflict.objects.create(
        tenancy=tenancy, first=one, second=other, nl="", en="", found=at(day), choice="first"
    )
    SafetyNote.objects.create(tenancy=tenancy, kind="dog", set_on=day, until=day, by=town.manager, event=one)
    Consent.objects.create(
        tenancy=tenancy,
        purpose="handover",
        given=True,
        way="spoken",
        day=day,
        text="",
        by=town.manager,
        event=one,
    )


def letter(town: SmallTown, tenancy: Tenancy, day: date, case: Case, said: Contact) -> None:
    """A letter and a message."""
    SentLetter.objects.create(
        tenancy=tenancy, case=case, kind="reminder", language="nl", contact=said, day=day, expected_on=day,
        pdf="WXBlbGFhcg==", proof="Ypelaar tekende", made=at(day), made_by=town.consultant,
    )  # fmt: skip
    SentMessage.objects.create(
        tenancy=tenancy, case=case, key=uuid4(), kind="call", route="sms", language="nl", to="06 00 77 Ypelaar",
        said="Ypelaar, bel ons", made=at(day), by=town.consultant,
    )  # fmt: skip


def arrangement(town: SmallTown, tenancy: Tenancy, day: date) -> None:
    """A payment arrangement that was kept: budget, signature, mandate, one collection at the bank."""
    one = Arrangement.objects.create(
        tenancy=tenancy, made_on=day, origin="office", agreed_on=day, reference=f"9{tenancy.pk:015}",
        state="completed", since=day, why_nl="Ypelaar betaalde alles", total=1, owner=town.consultant,
    )  # fmt: skip
    ArrangementEvent.objects.create(arrangement=one, sequence=1, kind="agreed", day=day, recorded=at(day))
    Instalment.objects.create(arrangement=one, number=1, due=day, amount=1, state="paid")
    paid = tenancy.entries.filter(kind=Entry.Kind.PAYMENT).first()
    if paid is not None:
        ArrangementPart.objects.create(arrangement=one, entry=paid, amount=1, purpose="arrangement")
    Budget.objects.create(arrangement=one, day=day, content='{"income": "Ypelaar-Zwolsman"}')
    ArrangementAgreement.objects.create(
        arrangement=one, how="signature", day=day, name="Ypelaar", pdf="WXBlbGFhcg==", recorded=at(day)
    )
    mandate = Mandate.objects.create(
        arrangement=one, reference=f"YPEL-{tenancy.pk}", iban=f"NL00YPMA{tenancy.pk:010}", holder="B. Ypelaar",
        signed_on=day, by=town.consultant,
    )  # fmt: skip
    run = CollectionRun.objects.create(
        message=f"YPEL-{tenancy.pk}", collect_on=day, made_on=day, count=1, total=1, content="<Ypelaar/>"
    )
    Collection.objects.create(run=run, mandate=mandate, number=1, amount=1, end_to_end=f"YPEL-{tenancy.pk}-1")


def own_page(town: SmallTown, tenancy: Tenancy, day: date) -> None:
    """A link to the own page, and what was asked there."""
    link = TenantLink.objects.create(
        tenancy=tenancy, code_hash=f"{tenancy.pk:064}", handed="sms", made=at(day), made_by=town.consultant, last=day,
    )  # fmt: skip
    TenantAsk.objects.create(
        tenancy=tenancy, link=link, kind="call", made=at(day), words="Ypelaar werkt overdag", state="answered",
        answer="Ypelaar is gebeld", decided=at(day), decided_by=town.consultant,
    )  # fmt: skip


def asked(town: SmallTown, tenancy: Tenancy, day: date) -> None:
    """A request that was answered, and a file that was opened in an emergency and looked at."""
    RightsRequest.objects.create(
        tenancy=tenancy, kind="access", way="letter", received=day, person="Ypelaar", recorded=at(day),
        state="granted", closed_on=day, closed_by=town.consultant, answer="Ypelaar kreeg het overzicht",
    )  # fmt: skip
    EmergencyAccess.objects.create(
        tenancy=tenancy, user=town.manager, reason="Brand bij Ypelaar", opened=at(day), until=at(day),
        judgement="justified", judged=at(day),
    )  # fmt: skip


def _money(tenancy: Tenancy, day: date) -> None:
    charge = entry(tenancy, day, Entry.Kind.CHARGE, 500_00, description="huur Ypelaar")
    paid = entry(tenancy, day, Entry.Kind.PAYMENT, 500_00, designates=charge)
    bank_line(day, BankLine.State.BOOKED, tenancy=tenancy, entry=paid)


def bank_line(day: date, state: BankLine.State, **more: Any) -> BankLine:
    """One line of a statement of that day."""
    statement, _ = BankStatement.objects.get_or_create(
        account="NL02ABNA0123456789", reference=f"{day:%Y%m%d}", closing_day=day, opening=0, closing=0
    )
    return BankLine.objects.create(
        statement=statement, ref=uuid4().hex, booked=day, amount=500_00, iban="NL00ZWOL0000000001",
        name="Ypelaar-Zwolsman", remittance="huur Ypelaar", state=state, **more,
    )  # fmt: skip


def loose_ends(town: SmallTown) -> None:
    """What belongs to no household: bank lines of nobody, uploads, details in the log, cover."""
    for day in (LONG_AGO, date(2025, 1, 2), RECENT):
        bank_line(day, BankLine.State.NOT_RENT)
        bank_line(day, BankLine.State.UNKNOWN)
        Cover.objects.create(absent=town.manager, cover=town.consultant, first=day, last=day)
        for state in (ImportRun.State.READ, ImportRun.State.BOOKED):
            upload(day, state)
        log_details(day, "tenancy:0")


def upload(day: date, state: ImportRun.State) -> ImportRun:
    """A file that came in, a row of it that waits and one that was refused."""
    run_id = uuid4()
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run_id}.csv"
    path.write_text("Ypelaar;500")
    run = ImportRun.objects.create(
        id=run_id, file_name="huurders.csv", path=str(path), digest="0" * 64, state=state
    )
    ImportProblem.objects.create(run=run, code="x", row=1, row_cells=["Ypelaar", "500"], solved=True)
    StagedEntry.objects.create(
        run=run,
        row=2,
        tenancy_key="1",
        date=day,
        kind=1,
        component=1,
        amount=1,
        key="k",
        description="Ypelaar",
    )
    ImportRun.objects.filter(pk=run.pk).update(updated=at(day))
    return run


def log_details(day: date, subject: str) -> int:
    """A line of the log with personal details, as if written on that day."""
    with patch("voordeur.actions.audit.timezone.now", return_value=at(day)):
        return write_line(None, "test", subject=subject, payload={"said": "mevrouw Ypelaar-Zwolsman"}).pk
