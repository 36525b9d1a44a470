"""The town as rows of the database, with numbers of our own, in bulk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from voordeur.actions.stage_ledger import number_key
from voordeur.demo.bank_files import ADMINISTRATOR, administered
from voordeur.demo.ledger_maker import PAYMENT, REFUND, REVERSAL
from voordeur.demo.streets import NEIGHBOURHOODS, TOWN
from voordeur.demo.town import Town
from voordeur.store.append_only import unlocked
from voordeur.store.bulk import insert_rows
from voordeur.store.models import (
    Agreement,
    Arrangement,
    ArrangementAgreement,
    ArrangementEvent,
    ArrangementPart,
    AuditCheck,
    AuditLine,
    AuditPayload,
    BankLine,
    BankStatement,
    Budget,
    Case,
    CaseEvent,
    CaseTerm,
    Collection,
    CollectionRun,
    Contact,
    Cover,
    DayPlan,
    EmergencyAccess,
    Entry,
    Home,
    ImportProblem,
    ImportRun,
    Instalment,
    KnownPayer,
    LetterHead,
    Mandate,
    MappingProfile,
    Neighbourhood,
    PairVisit,
    Pause,
    PlannedContact,
    PlanStop,
    PolicyVersion,
    PortfolioPoint,
    Promise,
    Proposal,
    RetentionRun,
    RightsRequest,
    SchemeCheck,
    SchemeTask,
    SentLetter,
    SentMessage,
    Signal,
    StagedEntry,
    Standing,
    Tenancy,
    Tenant,
    TenantCorrection,
    TextVersion,
    User,
    WaitingDoor,
    Wish,
    Workday,
)

_TABLES: tuple[type[Model], ...] = (
    Collection, CollectionRun, Mandate, ArrangementAgreement, Budget, ArrangementPart, Instalment, ArrangementEvent,
    Arrangement, EmergencyAccess, TenantCorrection, RightsRequest, SchemeTask, SchemeCheck,
    PlanStop, DayPlan, WaitingDoor, PairVisit, Workday,
    SentMessage, SentLetter, TextVersion, LetterHead, PlannedContact, Promise, Wish, Contact, Proposal,
    CaseTerm, CaseEvent, Case, Agreement, Cover, PolicyVersion,
    Signal, Standing, PortfolioPoint, BankLine, BankStatement, ImportProblem, StagedEntry, MappingProfile,
    KnownPayer, Pause, Entry, ImportRun, Tenant, Tenancy, Home, AuditPayload, AuditLine, AuditCheck, RetentionRun,
    User.neighbourhoods.through, User, Neighbourhood,
)  # fmt: skip
"""Everything the town fills or brings about, those that point before those that are pointed at."""

_MONEY = frozenset((PAYMENT, REVERSAL, REFUND))


def clear() -> None:
    """Empty the database of all that a town can have put there, constraints unchecked, in the caller's transaction."""
    with unlocked(connection), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{table._meta.db_table}"' for table in _TABLES)
            cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        else:
            for table in _TABLES:
                cursor.execute(f'DELETE FROM "{table._meta.db_table}"')


def fill(town: Town) -> None:
    """Insert the rows of the town, in the caller's transaction, in tables that are empty."""
    insert_rows(Neighbourhood, ("id", "name"), _neighbourhoods())
    insert_rows(Home, _HOME, _homes(town))
    insert_rows(Tenancy, _TENANCY, _tenancies(town))
    insert_rows(Tenant, ("tenancy_id", "name", "phone", "email", "language"), _tenants(town))
    insert_rows(KnownPayer, ("iban", "tenancy_id"), _payers(town))
    with _without_indexes(Entry):
        insert_rows(Entry, _ENTRY, _entries(town))
    insert_rows(Pause, ("tenancy_id", "start", "end", "reason"), _pauses(town))
    _reset_numbers()


@contextmanager
def _without_indexes(model: type[Model]) -> Iterator[None]:
    """Building an index once over a million rows takes a fraction of keeping it up row by row.

    Constraints stay; both databases take the indexes back when the transaction fails. SQLite needs the indexes
    while it checks references row by row, so there they only go when it does not.
    """
    if _checks_rows():
        yield
        return
    table = model._meta.db_table
    question = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint) AND schemaname = current_schema()",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question, [table])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, statement in indexes:
            cursor.execute(statement)


def _checks_rows() -> bool:
    """True when SQLite checks references of every row as it comes."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        return bool(cursor.fetchone()[0])


def _neighbourhoods() -> Iterator[tuple[Any, ...]]:
    return ((at, plan.name) for at, plan in enumerate(NEIGHBOURHOODS, 1))


_HOME = (
    "id", "key", "neighbourhood_id", "street", "number", "addition", "postcode", "town", "bag_id", "latitude",
    "longitude",
)  # fmt: skip


def _homes(town: Town) -> Iterator[tuple[Any, ...]]:
    for at, home in enumerate(town.homes, 1):
        yield (
            at, home.key, home.neighbourhood + 1, home.street, home.number, home.addition, home.postcode, TOWN,
            home.bag_id, home.latitude, home.longitude,
        )  # fmt: skip


_TENANCY = (
    "id", "key", "home_id", "neighbourhood_id", "start", "end", "rent", "method", "mandate", "payment_reference",
)  # fmt: skip


def _tenancies(town: Town) -> Iterator[tuple[Any, ...]]:
    for at, one in enumerate(town.tenancies, 1):
        method = Tenancy.Method.DIRECT_DEBIT if one.debit else Tenancy.Method.TRANSFER
        yield (
            at, one.key, one.home + 1, town.homes[one.home].neighbourhood + 1, _day(one.start), _day(one.end),
            one.rent, method.value, one.mandate, one.reference,
        )  # fmt: skip


def _tenants(town: Town) -> Iterator[tuple[Any, ...]]:
    for at, tenancy in enumerate(town.tenancies, 1):
        for one in tenancy.tenants:
            yield at, one.name, one.phone, one.email, one.language


def _payers(town: Town) -> Iterator[tuple[Any, ...]]:
    """The first account of each tenancy, and the administrator who pays for two of them."""
    for at, tenancy in enumerate(town.tenancies, 1):
        yield tenancy.ibans[0], at
    for place in administered(town):
        yield ADMINISTRATOR[1], place + 1


_ENTRY = (
    "id", "tenancy_id", "date", "known", "due", "kind", "component", "amount", "period", "designates_id",
    "reverses_id", "claim_id", "sequence", "source", "key", "description", "reason",
)  # fmt: skip


def _entries(town: Town) -> Iterator[tuple[Any, ...]]:
    """Ledger rows, with the keys that an import of the exported ledger gives them.

    Money counts as seen by the bank, so that the bank file of the last days is not taken for a second sighting.
    """
    days = _day_texts(town)
    bank, ledger = Entry.Source.BANK.value, Entry.Source.LEDGER.value
    before = 0
    for place, (tenancy, rows) in enumerate(zip(town.tenancies, town.ledgers, strict=True), 1):
        for number, row in enumerate(rows, before + 1):
            yield (
                number,
                place,
                days[row.day],
                days[row.known],
                days[row.due],
                row.kind,
                row.component,
                row.amount,
                days[row.period],
                row.designates + before if row.designates else None,
                row.reverses + before if row.reverses else None,
                row.claim + before if row.claim else None,
                0,
                bank if row.kind in _MONEY else ledger,
                number_key(tenancy.key, str(number)),
                row.description,
                row.reason,
            )
        before += len(rows)


def _day_texts(town: Town) -> dict[date | None, str | None]:
    """Every day the ledger can name, as text: looked up faster than written a million times."""
    first = min((one.start for one in town.tenancies), default=town.first)
    first = min(first, town.first) - timedelta(days=100)
    days = (first + timedelta(days=at) for at in range((town.today - first).days + 500))
    return {None: None, **{day: day.isoformat() for day in days}}


def _pauses(town: Town) -> Iterator[tuple[Any, ...]]:
    return ((place + 1, _day(one.start), _day(one.end), one.reason) for place, one in town.pauses)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _reset_numbers() -> None:
    """PostgreSQL hands out numbers itself; tell it which are taken."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_TABLES)):
            cursor.execute(statement)
