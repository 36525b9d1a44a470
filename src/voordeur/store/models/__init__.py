"""The schema: data and constraints only. Rules live in `core`, writing in `actions`, reading in `store.queries`."""

from voordeur.store.models.bank import BankLine, BankStatement, KnownPayer
from voordeur.store.models.findings import PortfolioPoint, Signal, Standing
from voordeur.store.models.homes import Home, Neighbourhood, Tenancy, Tenant
from voordeur.store.models.imports import ImportProblem, ImportRun, MappingProfile, StagedEntry
from voordeur.store.models.ledger import Entry, Pause
from voordeur.store.models.staff import AuditLine, User

__all__ = [
    "AuditLine",
    "BankLine",
    "BankStatement",
    "Entry",
    "Home",
    "ImportProblem",
    "ImportRun",
    "KnownPayer",
    "MappingProfile",
    "Neighbourhood",
    "Pause",
    "PortfolioPoint",
    "Signal",
    "StagedEntry",
    "Standing",
    "Tenancy",
    "Tenant",
    "User",
]
