"""The schema: data and constraints only. Rules live in `core`, writing in `actions`, reading in `store.queries`."""

from voordeur.store.models.arrangements import (
    Arrangement,
    ArrangementAgreement,
    ArrangementEvent,
    ArrangementPart,
    Budget,
    Collection,
    CollectionRun,
    Instalment,
    Mandate,
)
from voordeur.store.models.bank import BankLine, BankStatement, KnownPayer
from voordeur.store.models.cases import Agreement, Case, CaseEvent, CaseTerm, Cover, PolicyVersion, Proposal
from voordeur.store.models.diary import Contact, PlannedContact, Promise, Wish
from voordeur.store.models.field import (
    Consent,
    FieldEvent,
    PacketStop,
    PhoneDay,
    SafetyNote,
    VisitConflict,
)
from voordeur.store.models.findings import PortfolioPoint, Signal, Standing, Unassessed
from voordeur.store.models.homes import Home, Neighbourhood, Tenancy, Tenant
from voordeur.store.models.imports import ImportProblem, ImportRun, MappingProfile, StagedEntry
from voordeur.store.models.ledger import Entry, Pause
from voordeur.store.models.letters import LetterHead, SentLetter, SentMessage, TextVersion
from voordeur.store.models.planning import DayPlan, PairVisit, PlanStop, WaitingDoor, Workday
from voordeur.store.models.retention import RetentionRun
from voordeur.store.models.rights import EmergencyAccess, RightsRequest, TenantCorrection
from voordeur.store.models.schemes import SchemeCheck, SchemeTask
from voordeur.store.models.staff import AuditCheck, AuditLine, AuditPayload, User
from voordeur.store.models.tenant_link import TenantAsk, TenantLink

__all__ = [
    "Agreement",
    "Arrangement",
    "ArrangementAgreement",
    "ArrangementEvent",
    "ArrangementPart",
    "AuditCheck",
    "AuditLine",
    "AuditPayload",
    "BankLine",
    "BankStatement",
    "Budget",
    "Case",
    "CaseEvent",
    "CaseTerm",
    "Collection",
    "CollectionRun",
    "Consent",
    "Contact",
    "Cover",
    "DayPlan",
    "EmergencyAccess",
    "Entry",
    "FieldEvent",
    "Home",
    "ImportProblem",
    "ImportRun",
    "Instalment",
    "KnownPayer",
    "LetterHead",
    "Mandate",
    "MappingProfile",
    "Neighbourhood",
    "PacketStop",
    "PairVisit",
    "Pause",
    "PhoneDay",
    "PlanStop",
    "PlannedContact",
    "PolicyVersion",
    "PortfolioPoint",
    "Promise",
    "Proposal",
    "RetentionRun",
    "RightsRequest",
    "SafetyNote",
    "SchemeCheck",
    "SchemeTask",
    "SentLetter",
    "SentMessage",
    "Signal",
    "StagedEntry",
    "Standing",
    "Tenancy",
    "Tenant",
    "TenantAsk",
    "TenantCorrection",
    "TenantLink",
    "TextVersion",
    "Unassessed",
    "User",
    "VisitConflict",
    "WaitingDoor",
    "Wish",
    "Workday",
]
