"""Who looked at what: the log of one household or one colleague, by period, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from voordeur.core.log_words import in_words
from voordeur.core.words import Words
from voordeur.store.models import AuditLine, Tenancy, User

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class LogSearch:
    """What of the log somebody wants to see. At least a household or a colleague."""

    key: str = ""
    """Number of the tenancy agreement."""
    member: int | None = None
    first: date | None = None
    last: date | None = None

    @property
    def asked(self) -> bool:
        """True when there is something to search by."""
        return bool(self.key.strip() or self.member)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log in words."""

    at: datetime
    who: str
    """Name of the colleague; empty for the program itself."""
    role: str
    did: Words
    purpose: str
    key: str
    """Number of the tenancy agreement it is about; empty when it is about something else."""
    subject: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page, newest first."""

    lines: tuple[LogLine, ...]
    in_all: int
    page: int
    pages: int


def tenancy_numbered(key: str) -> int | None:
    """The tenancy with this agreement number."""
    return Tenancy.objects.filter(key__iexact=key.strip()).values_list("pk", flat=True).first()


def log_page(search: LogSearch, page: int) -> LogPage:
    """What the log tells; nothing when neither a household nor a colleague is named, or the household is not there."""
    found = _found(search)
    in_all = found.count()
    pages = max(1, -(-in_all // PER_PAGE))
    page = min(max(1, page), pages)
    rows = list(found.select_related("actor").order_by("-id")[(page - 1) * PER_PAGE : page * PER_PAGE])
    numbers = {int(row.subject[8:]) for row in rows if row.subject.startswith("tenancy:")}
    keys = dict(Tenancy.objects.filter(pk__in=numbers).values_list("pk", "key"))
    return LogPage(tuple(_line(row, keys) for row in rows), in_all, page, pages)


def colleagues() -> list[tuple[int, str]]:
    """Everybody who ever had an account, by name."""
    return sorted(((user.pk, str(user)) for user in User.objects.all()), key=lambda one: one[1].casefold())


def _found(search: LogSearch) -> QuerySet[AuditLine]:
    found = AuditLine.objects.all()
    if not search.asked:
        return found.none()
    if search.key.strip():
        tenancy = tenancy_numbered(search.key)
        if tenancy is None:
            return found.none()
        found = found.filter(subject=f"tenancy:{tenancy}")
    if search.member:
        found = found.filter(actor=search.member)
    if search.first:
        found = found.filter(at__gte=_midnight(search.first))
    if search.last:
        found = found.filter(at__lt=_midnight(search.last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def _line(row: AuditLine, keys: dict[int, str]) -> LogLine:
    kind, _, number = row.subject.partition(":")
    return LogLine(
        at=row.at,
        who=str(row.actor) if row.actor else "",
        role=row.actor.role if row.actor else "",
        did=in_words(row.action),
        purpose=row.purpose,
        key=keys.get(int(number), "") if kind == "tenancy" else "",
        subject="" if kind == "tenancy" else row.subject,
    )
