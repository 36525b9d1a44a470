"""The file on one tenancy: who rents what, every entry, how it stands, why, and who looked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from voordeur.core.ledger import Entry, Position, position
from voordeur.core.log_words import in_words
from voordeur.core.pauses import Pause
from voordeur.core.rights import Request
from voordeur.core.words import Words
from voordeur.store import convert
from voordeur.store.convert_diary import requests_of
from voordeur.store.models import AuditLine, Signal, Standing, Tenancy
from voordeur.store.models import Entry as EntryRow

LOOKS = 50


@dataclass(frozen=True, slots=True)
class Note:
    """What a ledger row says beside its amount."""

    description: str
    """The payer's own words, or the description of the charge."""
    period: date | None
    from_bank: bool
    reason: str
    """Reversals: the bank's reason code."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who signed the agreement."""

    name: str
    phone: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class StandingView:
    """What the last assessment found."""

    on: date
    action: str
    title: Words
    reason: Words
    """What is the matter."""
    advice: Words
    """Why this step."""
    why_not: tuple[tuple[str, Words], ...]
    """Step not taken, and why."""
    overdue: int
    days: int
    usual_day: int | None
    technical: Words | None
    """Why arrears are no concern, when they are not."""
    signalled_since: date | None
    paid_off_on: date | None
    in_arrears_since: date | None


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal with its reason."""

    kind: str
    since: date
    amount: int
    reason: Words


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who opened this file, or did something to it."""

    who: str
    at: datetime
    did: Words
    """What it was, to come after who it was."""
    purpose: str


@dataclass(frozen=True, slots=True)
class TenancyFile:
    """One file, for one reader, on one day."""

    id: int
    key: str
    address: str
    place: str
    """`1234 AB Lindewaard`."""
    neighbourhood: int | None
    neighbourhood_name: str
    start: date | None
    end: date | None
    rent: int | None
    method: str
    residents: tuple[Resident, ...]
    today: date
    on: date
    known: date | None
    """None: as we know it now."""
    entries: tuple[Entry, ...]
    """All entries, in replay order, also later than `on`."""
    notes: dict[str, Note]
    """By entry id."""
    position: Position
    """How it stands on `on`, as known on `known`."""
    pauses: tuple[Pause, ...]
    standing: StandingView | None
    signals: tuple[SignalView, ...]
    looks: tuple[Look, ...]
    asked: tuple[Request, ...] = ()
    """All that the household asked about its own data, answered or not."""

    @property
    def running_requests(self) -> tuple[Request, ...]:
        """What the household asked about its own data and has no answer to yet."""
        return tuple(one for one in self.asked if one.closed is None)

    @property
    def is_today(self) -> bool:
        """True for the file as it stands; False for a look back."""
        return self.on == self.today and self.known is None


def tenancy_file(
    tenancy_id: int, today: date, *, on: date | None = None, known: date | None = None
) -> TenancyFile:
    """The file of an existing tenancy. Seven queries. Reached through `actions.open_file` only."""
    row = Tenancy.objects.select_related("home", "neighbourhood", "standing").get(pk=tenancy_id)
    entries, notes = _ledger(tenancy_id)
    day = on or today
    return TenancyFile(
        id=row.pk,
        key=row.key,
        address=row.home.address if row.home else row.key,
        place=f"{row.home.postcode} {row.home.town}".strip() if row.home else "",
        neighbourhood=row.neighbourhood_id,
        neighbourhood_name=row.neighbourhood.name if row.neighbourhood else "",
        start=row.start,
        end=row.end,
        rent=row.rent,
        method=row.method,
        residents=tuple(
            Resident(person.name, person.phone, person.email, person.language)
            for person in row.tenants.order_by("pk")
        ),
        today=today,
        on=day,
        known=known,
        entries=tuple(sorted(entries, key=lambda entry: entry.order)),
        notes=notes,
        position=position(entries, day, known),
        pauses=tuple(convert.pauses([tenancy_id]).get(tenancy_id, [])),
        standing=_standing(getattr(row, "standing", None)),
        signals=tuple(
            SignalView(signal.kind, signal.since, signal.amount, Words(signal.reason_nl, signal.reason_en))
            for signal in Signal.objects.filter(tenancy=tenancy_id).order_by("since", "pk")
        ),
        looks=_looks(tenancy_id),
        asked=requests_of(tenancy_id),
    )


_BESIDE = ("description", "source", "reason", "bank_line__remittance")


def _ledger(tenancy_id: int) -> tuple[list[Entry], dict[str, Note]]:
    """The entries, and per entry its own words; a payment that the bank also told of has the bank's words."""
    found = EntryRow.objects.filter(tenancy=tenancy_id).order_by("date", "sequence", "kind", "id")
    told = [
        (convert.Row._make(values[: len(convert.FIELDS)]), values[len(convert.FIELDS) :])
        for values in found.values_list(*convert.FIELDS, *_BESIDE)
    ]
    notes: dict[str, Note] = {}
    for row, (description, source, reason, remittance) in sorted(told, key=_twins_first):
        whose = convert.entry_id(row.same_as or row.id)
        known = notes.get(whose)
        said = remittance or description or (known.description if known else "")
        from_bank = source == EntryRow.Source.BANK or bool(known and known.from_bank)
        notes[whose] = Note(
            description=(known.description if known and known.from_bank and not remittance else said),
            period=row.period or (known.period if known else None),
            from_bank=from_bank,
            reason=reason or (known.reason if known else ""),
        )
    return convert.core_entries([row for row, _ in told]), notes


def _twins_first(told: tuple[convert.Row, tuple[Any, ...]]) -> tuple[bool, int]:
    """A second sighting is read before the first, which adds its own words."""
    return told[0].same_as is None, told[0].id


def _standing(row: Standing | None) -> StandingView | None:
    if row is None:
        return None
    return StandingView(
        on=row.on,
        action=row.action,
        title=Words(row.action_title_nl, row.action_title_en),
        reason=Words(row.reason_nl, row.reason_en),
        advice=Words(row.advice_nl, row.advice_en),
        why_not=tuple((other["action"], Words(other["nl"], other["en"])) for other in row.why_not),
        overdue=row.overdue,
        days=row.days_overdue,
        usual_day=row.usual_day,
        technical=Words(row.technical_reason_nl, row.technical_reason_en) if row.technical else None,
        signalled_since=row.signalled_since,
        paid_off_on=row.paid_off_on,
        in_arrears_since=row.in_arrears_since,
    )


def _looks(tenancy_id: int) -> tuple[Look, ...]:
    """Newest first. Deeds of the system itself have no name."""
    rows = AuditLine.objects.filter(subject=f"tenancy:{tenancy_id}").order_by("-at")
    names = (f"actor__{name}" for name in ("first_name", "last_name", "username"))
    return tuple(
        Look(f"{first or ''} {last or ''}".strip() or username or "", at, in_words(action), purpose)
        for at, action, purpose, first, last, username in rows.values_list("at", "action", "purpose", *names)[
            :LOOKS
        ]
    )
