"""Which rows fall under which rule of the retention table, and from which day each is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Case, CharField, DateField, F, Min, Model, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Length, TruncDate
from django.db.models.lookups import GreaterThan

from voordeur.core.rights import RequestKind, RequestState
from voordeur.core.visits import EventState
from voordeur.store import models


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


_OVER = (models.ImportRun.State.BOOKED, models.ImportRun.State.CANCELLED, models.ImportRun.State.FAILED)
_WAITING = (models.ImportRun.State.UPLOADED, models.ImportRun.State.READ, models.ImportRun.State.FAILED)
_WAITS_FOR_SOMEBODY = (EventState.REFUSED, EventState.UNFINISHED, EventState.CONTRADICTS)
_PAYER = ("iban", "name", "remittance", "reference", "end_to_end", "mandate")


def _after_case(own: Any, case: str = "case") -> Any:
    """The end of its case; without a case a day of its own."""
    return Case(When(**{case: None, "then": own}), default=F(f"{case}__closed_on"))


def _replaced() -> Any:
    newer = (
        models.Wish.objects.filter(tenancy=OuterRef("tenancy"), since__gt=OuterRef("since"))
        .order_by()
        .values("tenancy")
        .annotate(next=Min("since"))
    )
    return Coalesce("withdrawn", Subquery(newer.values("next")), "tenancy__end")


def _answered() -> Any:
    """The day of the answer; of an objection that was granted the end of the tenancy when that is later."""
    granted = Q(kind=RequestKind.OBJECTION, state=RequestState.GRANTED)
    return Case(
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
            models.ImportRun,
            TruncDate("updated"),
            only=Q(state__in=_WAITING),
            along=((models.StagedEntry, "run"), (models.ImportProblem, "run")),
            blank={"state": models.ImportRun.State.CANCELLED},
        ),
    ),
    "import_problems": (
        Part(
            models.ImportProblem,
            TruncDate("run__updated"),
            only=Q(run__state__in=_OVER),
            undecided=Q(solved=False, run__state=models.ImportRun.State.BOOKED),
        ),
        Part(models.StagedEntry, TruncDate("run__updated"), only=Q(run__state__in=_OVER)),
    ),
    "audit_payloads": (Part(models.AuditPayload, TruncDate("line__at"), household="line__subject"),),
    "notes": (
        Part(
            models.Contact,
            _after_case(F("day")),
            household="tenancy_id",
            only=Q(GreaterThan(Length("agreed"), 0)),
            blank={"agreed": ""},
        ),
    ),
    "door_records": (
        Part(
            models.FieldEvent,
            _after_case(F("day"), "contact__case"),
            household="tenancy_id",
            undecided=Q(state__in=_WAITS_FOR_SOMEBODY, settled=None),
            along=((models.VisitConflict, "first"), (models.VisitConflict, "second")),
            freed=((models.SafetyNote, "event"), (models.Consent, "event")),
        ),
    ),
    "safety_notes": (Part(models.SafetyNote, Coalesce("withdrawn", "until"), household="tenancy_id"),),
    "consents": (Part(models.Consent, Coalesce("withdrawn", "passed_on", "day"), household="tenancy_id"),),
    "phones": (Part(models.PhoneDay, TruncDate("until"), along=((models.PacketStop, "phone"),)),),
    "messages": (Part(models.SentMessage, _after_case(TruncDate("made")), household="tenancy_id"),),
    "letters": (Part(models.SentLetter, F("case__closed_on"), household="tenancy_id"),),
    "wishes": (Part(models.Wish, _replaced(), household="tenancy_id"),),
    "scheme_answers": (
        Part(
            models.SchemeCheck,
            F("day"),
            household="tenancy_id",
            only=Q(GreaterThan(Length("answers"), 0)),
            blank={"answers": ""},
        ),
    ),
    "scheme_checks": (
        Part(models.SchemeCheck, F("day"), household="tenancy_id", along=((models.SchemeTask, "check_of"),)),
    ),
    "tenant_asks": (
        Part(
            models.TenantAsk,
            TruncDate("made"),
            household="tenancy_id",
            undecided=Q(decided=None),
        ),
    ),
    "tenant_links": (
        Part(models.TenantLink, F("last"), household="tenancy_id", freed=((models.TenantAsk, "link"),)),
    ),
    "diary": (
        Part(
            models.Contact,
            _after_case(F("day")),
            household="tenancy_id",
            along=((models.Promise, "contact"), (models.PlannedContact, "done")),
        ),
        Part(models.Promise, F("until"), household="tenancy_id", only=Q(contact=None)),
        Part(models.PlannedContact, Coalesce("dropped", "day"), household="tenancy_id", only=Q(done=None)),
    ),
    "visit_plans": (
        Part(models.PlanStop, F("plan__day"), household="tenancy_id"),
        Part(models.WaitingDoor, F("week"), household="tenancy_id"),
        Part(models.PairVisit, F("until"), household="tenancy_id"),
    ),
    "visit_days": (Part(models.DayPlan, F("day")),),
    "budgets": (Part(models.Budget, F("day"), household="arrangement__tenancy_id"),),
    "arrangements": (
        Part(
            models.Arrangement,
            F("since"),
            household="tenancy_id",
            only=Q(state__in=("completed", "ended", "proposed")),
            along=(
                (models.ArrangementEvent, "arrangement"),
                (models.Instalment, "arrangement"),
                (models.ArrangementPart, "arrangement"),
                (models.Budget, "arrangement"),
                (models.ArrangementAgreement, "arrangement"),
                (models.Collection, "mandate__arrangement"),
                (models.Mandate, "arrangement"),
            ),
        ),
    ),
    "collections": (Part(models.CollectionRun, F("collect_on"), along=((models.Collection, "run"),)),),
    "cases": (
        Part(
            models.Case,
            F("closed_on"),
            household="tenancy_id",
            along=((models.CaseEvent, "case"), (models.CaseTerm, "case"), (models.Proposal, "case")),
            freed=((models.Case, "previous"),),
        ),
    ),
    "unmatched": (
        Part(
            models.BankLine,
            F("booked"),
            household="tenancy_id",
            only=~Q(state=models.BankLine.State.BOOKED) & ~Q(**dict.fromkeys(_PAYER, "")),
            undecided=Q(state__in=(models.BankLine.State.UNKNOWN, models.BankLine.State.PROPOSED)),
            blank=dict.fromkeys(_PAYER, ""),
        ),
    ),
    "bank": (
        Part(
            models.BankLine,
            F("booked"),
            household="tenancy_id",
            undecided=Q(state__in=(models.BankLine.State.UNKNOWN, models.BankLine.State.PROPOSED)),
        ),
    ),
    "payers": (Part(models.KnownPayer, F("tenancy__end"), household="tenancy_id"),),
    "payers_never": (Part(models.KnownPayer, F("seen_on"), only=Q(tenancy=None)),),
    "ledger": (
        Part(models.Entry, household="tenancy_id", whole=True, along=((models.ArrangementPart, "entry"),)),
        Part(models.Pause, household="tenancy_id"),
    ),
    "rights_requests": (
        Part(
            models.RightsRequest,
            _answered(),
            household="tenancy_id",
            undecided=Q(closed_on=None),
            freed=((models.TenantCorrection, "request"),),
        ),
    ),
    "emergencies": (
        Part(
            models.EmergencyAccess,
            TruncDate("opened"),
            household="tenancy_id",
            undecided=Q(judgement=""),
        ),
    ),
    "tenants": (
        Part(
            models.Tenant,
            F("tenancy__end"),
            household="tenancy_id",
            along=((models.TenantCorrection, "tenant"),),
        ),
    ),
    "tenancies": (
        Part(
            models.Tenancy,
            household="id",
            along=(
                (models.Standing, "tenancy"),
                (models.Unassessed, "tenancy"),
                (models.Signal, "tenancy"),
            ),
        ),
    ),
    "cover": (Part(models.Cover, F("last")),),
    "staff": (
        Part(
            models.User,
            TruncDate(Coalesce("last_login", "date_joined")),
            only=Q(is_active=False) & ~Q(first_name="", last_name="", email="", password=""),
            along=(
                (Authenticator, "user"),
                (EmailConfirmation, "email_address__user"),
                (EmailAddress, "user"),
                (SocialToken, "account__user"),
                (SocialAccount, "user"),
                (models.Workday, "user"),
            ),
            blank={
                "username": Concat(Value("oud-"), Cast("pk", CharField())),
                **dict.fromkeys(("first_name", "last_name", "email", "password"), ""),
            },
        ),
    ),
}
"""By the name of the rule. A rule that keeps what it is about has none."""
