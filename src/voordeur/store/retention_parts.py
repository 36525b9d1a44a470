"""Which rows fall under which rule of the retention table, and from which day each is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Case as Choose
from django.db.models import CharField, DateField, F, Min, Model, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Length, TruncDate
from django.db.models.lookups import GreaterThan

from voordeur.core.rights import RequestKind, RequestState
from voordeur.core.visits import EventState
from voordeur.store.models import (
    Arrangement,
    ArrangementAgreement,
    ArrangementEvent,
    ArrangementPart,
    AuditPayload,
    BankLine,
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
    TenantCorrection,
    TenantLink,
    Unassessed,
    User,
    VisitConflict,
    WaitingDoor,
    Wish,
    Workday,
)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table under one rule."""

    model: type[Model]
    since: Any = None
    """Expression of the day they are counted from; null when that day has not come.

    None: the last entry of their tenancy, which is worked out once per tenancy and not per row.
    """
    household: str = ""
    """Column with the tenancy they belong to; empty when they belong to none."""
    only: Q = field(default_factory=Q)
    undecided: Q | None = None
    """Of these somebody still has to decide something."""
    along: tuple[tuple[type[Model], str], ...] = ()
    """(table, column): rows that go along, as they are nothing without it."""
    freed: tuple[tuple[type[Model], str], ...] = ()
    """(table, column): rows that stay and no longer point to it."""
    whole: bool = False
    """What stays of one household keeps the rest of it: half a ledger tells something else."""
    blank: Mapping[str, Any] = field(default_factory=dict)
    """When it is made anonymous: what these columns become."""


_OVER = (ImportRun.State.BOOKED, ImportRun.State.CANCELLED, ImportRun.State.FAILED)
_WAITING = (ImportRun.State.UPLOADED, ImportRun.State.READ, ImportRun.State.FAILED)
_WAITS_FOR_SOMEBODY = (EventState.REFUSED, EventState.UNFINISHED, EventState.CONTRADICTS)
_PAYER = ("iban", "name", "remittance", "reference", "end_to_end", "mandate")


def _after_case(own: Any, case: str = "case") -> Any:
    """The end of its case; without a case a day of its own."""
    return Choose(When(**{case: None, "then": own}), default=F(f"{case}__closed_on"))


def _replaced() -> Any:
    newer = (
        Wish.objects.filter(tenancy=OuterRef("tenancy"), since__gt=OuterRef("since"))
        .order_by()
        .values("tenancy")
        .annotate(next=Min("since"))
    )
    return Coalesce("withdrawn", Subquery(newer.values("next")), "tenancy__end")


def _answered() -> Any:
    """The day of the answer; of an objection that was granted the end of the tenancy when that is later."""
    granted = Q(kind=RequestKind.OBJECTION, state=RequestState.GRANTED)
    return Choose(
        When(granted, tenancy__end=None, then=None),
        When(granted, tenancy__end__gt=F("closed_on"), then=F("tenancy__end")),
        default=F("closed_on"),
        output_field=DateField(),
    )


PARTS: Mapping[str, tuple[Part, ...]] = {
    "sessions": (
        Part(Session, TruncDate("expire_date")),
        Part(UserSession, TruncDate("last_seen_at")),
    ),
    "uploads": (
        Part(
            ImportRun,
            TruncDate("updated"),
            only=Q(state__in=_WAITING),
            along=((StagedEntry, "run"), (ImportProblem, "run")),
            blank={"state": ImportRun.State.CANCELLED},
        ),
    ),
    "import_problems": (
        Part(
            ImportProblem,
            TruncDate("run__updated"),
            only=Q(run__state__in=_OVER),
            undecided=Q(solved=False, run__state=ImportRun.State.BOOKED),
        ),
        Part(StagedEntry, TruncDate("run__updated"), only=Q(run__state__in=_OVER)),
    ),
    "audit_payloads": (Part(AuditPayload, TruncDate("line__at"), household="line__subject"),),
    "notes": (
        Part(
            Contact,
            _after_case(F("day")),
            household="tenancy_id",
            only=Q(GreaterThan(Length("agreed"), 0)),
            blank={"agreed": ""},
        ),
    ),
    "door_records": (
        Part(
            FieldEvent,
            _after_case(F("day"), "contact__case"),
            household="tenancy_id",
            undecided=Q(state__in=_WAITS_FOR_SOMEBODY, settled=None),
            along=((VisitConflict, "first"), (VisitConflict, "second")),
            freed=((SafetyNote, "event"), (Consent, "event")),
        ),
    ),
    "safety_notes": (Part(SafetyNote, Coalesce("withdrawn", "until"), household="tenancy_id"),),
    "consents": (Part(Consent, Coalesce("withdrawn", "passed_on", "day"), household="tenancy_id"),),
    "phones": (Part(PhoneDay, TruncDate("until"), along=((PacketStop, "phone"),)),),
    "messages": (Part(SentMessage, _after_case(TruncDate("made")), household="tenancy_id"),),
    "letters": (Part(SentLetter, F("case__closed_on"), household="tenancy_id"),),
    "wishes": (Part(Wish, _replaced(), household="tenancy_id"),),
    "scheme_answers": (
        Part(
            SchemeCheck,
            F("day"),
            household="tenancy_id",
            only=Q(GreaterThan(Length("answers"), 0)),
            blank={"answers": ""},
        ),
    ),
    "scheme_checks": (
        Part(SchemeCheck, F("day"), household="tenancy_id", along=((SchemeTask, "check_of"),)),
    ),
    "tenant_asks": (
        Part(
            TenantAsk,
            TruncDate("made"),
            household="tenancy_id",
            undecided=Q(decided=None),
        ),
    ),
    "tenant_links": (Part(TenantLink, F("last"), household="tenancy_id", freed=((TenantAsk, "link"),)),),
    "diary": (
        Part(
            Contact,
            _after_case(F("day")),
            household="tenancy_id",
            along=((Promise, "contact"), (PlannedContact, "done")),
        ),
        Part(Promise, F("until"), household="tenancy_id", only=Q(contact=None)),
        Part(PlannedContact, Coalesce("dropped", "day"), household="tenancy_id", only=Q(done=None)),
    ),
    "visit_plans": (
        Part(PlanStop, F("plan__day"), household="tenancy_id"),
        Part(WaitingDoor, F("week"), household="tenancy_id"),
        Part(PairVisit, F("until"), household="tenancy_id"),
    ),
    "visit_days": (Part(DayPlan, F("day")),),
    "budgets": (Part(Budget, F("day"), household="arrangement__tenancy_id"),),
    "arrangements": (
        Part(
            Arrangement,
            F("since"),
            household="tenancy_id",
            only=Q(state__in=("completed", "ended", "proposed")),
            along=(
                (ArrangementEvent, "arrangement"),
                (Instalment, "arrangement"),
                (ArrangementPart, "arrangement"),
                (Budget, "arrangement"),
                (ArrangementAgreement, "arrangement"),
                (Collection, "mandate__arrangement"),
                (Mandate, "arrangement"),
            ),
        ),
    ),
    "collections": (Part(CollectionRun, F("collect_on"), along=((Collection, "run"),)),),
    "cases": (
        Part(
            Case,
            F("closed_on"),
            household="tenancy_id",
            along=((CaseEvent, "case"), (CaseTerm, "case"), (Proposal, "case")),
            freed=((Case, "previous"),),
        ),
    ),
    "unmatched": (
        Part(
            BankLine,
            F("booked"),
            household="tenancy_id",
            only=~Q(state=BankLine.State.BOOKED) & ~Q(**dict.fromkeys(_PAYER, "")),
            undecided=Q(state__in=(BankLine.State.UNKNOWN, BankLine.State.PROPOSED)),
            blank=dict.fromkeys(_PAYER, ""),
        ),
    ),
    "bank": (
        Part(
            BankLine,
            F("booked"),
            household="tenancy_id",
            undecided=Q(state__in=(BankLine.State.UNKNOWN, BankLine.State.PROPOSED)),
        ),
    ),
    "payers": (Part(KnownPayer, F("tenancy__end"), household="tenancy_id"),),
    "payers_never": (Part(KnownPayer, F("seen_on"), only=Q(tenancy=None)),),
    "ledger": (
        Part(Entry, household="tenancy_id", whole=True, along=((ArrangementPart, "entry"),)),
        Part(Pause, household="tenancy_id"),
    ),
    "rights_requests": (
        Part(
            RightsRequest,
            _answered(),
            household="tenancy_id",
            undecided=Q(closed_on=None),
            freed=((TenantCorrection, "request"),),
        ),
    ),
    "emergencies": (
        Part(
            EmergencyAccess,
            TruncDate("opened"),
            household="tenancy_id",
            undecided=Q(judgement=""),
        ),
    ),
    "tenants": (
        Part(Tenant, F("tenancy__end"), household="tenancy_id", along=((TenantCorrection, "tenant"),)),
    ),
    "tenancies": (
        Part(
            Tenancy,
            household="id",
            along=((Standing, "tenancy"), (Unassessed, "tenancy"), (Signal, "tenancy")),
        ),
    ),
    "cover": (Part(Cover, F("last")),),
    "staff": (
        Part(
            User,
            TruncDate(Coalesce("last_login", "date_joined")),
            only=Q(is_active=False) & ~Q(first_name="", last_name="", email="", password=""),
            along=(
                (Authenticator, "user"),
                (EmailConfirmation, "email_address__user"),
                (EmailAddress, "user"),
                (SocialToken, "account__user"),
                (SocialAccount, "user"),
                (Workday, "user"),
            ),
            blank={
                "username": Concat(Value("oud-"), Cast("pk", CharField())),
                **dict.fromkeys(("first_name", "last_name", "email", "password"), ""),
            },
        ),
    ),
}
"""By the name of the rule. A rule that keeps what it is about has none."""
