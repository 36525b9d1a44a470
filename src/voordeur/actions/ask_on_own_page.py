"""What a tenant asks or says on the own page. A person decides about it; only a no counts at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from voordeur.actions import case_book
from voordeur.actions.audit import write_tenant_line
from voordeur.actions.follow import follow
from voordeur.actions.tenant_link import Visit
from voordeur.core.case_asks import OWN_PAGE
from voordeur.core.cases import Event, EventKind
from voordeur.core.contacts import DayPart
from voordeur.core.problems import Problem, Refused
from voordeur.core.rights import RequestKind, RequestState
from voordeur.core.tenant_asks import AskKind
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import RightsRequest, TenantAsk, Wish

FARTHEST_DAYS = 28
"""A tenant asks for a day within four weeks."""
LONGEST_WORDS = 500
OWN_PAGE_WAY = "page"
"""How such a request came in: on the own page. Nobody made sure yet who asks."""
_PERSON = "de huurder, op de eigen pagina"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tenant fills in to be rung or visited."""

    kind: AskKind
    day: date | None = None
    part: DayPart | None = None
    words: str = ""
    only_so: bool = False
    """From now on only in this way, and at this part of the day: a wish that Voordeur keeps to."""
    language: str = "nl"


@transaction.atomic
def ask_contact(here: Visit, asked: Asked, today: date, now: datetime) -> TenantAsk:
    """Keep it for the landlord's people; what was asked before of the same kind and waits is replaced."""
    if asked.day is not None and not today <= asked.day <= today + timedelta(days=FARTHEST_DAYS):
        raise Refused(_DAY)
    waiting = TenantAsk.objects.select_for_update().filter(
        tenancy=here.tenancy, kind=asked.kind, decided=None
    )
    waiting.delete()
    row = TenantAsk.objects.create(
        tenancy_id=here.tenancy, link_id=here.link, kind=asked.kind, made=now, day=asked.day, part=asked.part or "",
        language=asked.language, words=asked.words.strip()[:LONGEST_WORDS],
    )  # fmt: skip
    write_tenant_line(here.link, here.tenancy, "ask_contact", kind=asked.kind.value, wish=asked.only_so)
    if asked.only_so:
        _keep_wish(here, asked, today, now)
        follow([here.tenancy], today)
    return row


@transaction.atomic
def ask_about_data(here: Visit, kind: RequestKind, words: str, today: date, now: datetime) -> RightsRequest:
    """Ask for everything that is kept (GDPR art. 15), or say what is wrong (art. 16). One of a kind at a time."""
    if kind not in (RequestKind.ACCESS, RequestKind.CORRECTION):
        raise ValueError("the page asks for access and correction only")
    running = RightsRequest.objects.filter(tenancy=here.tenancy, kind=kind, state=RequestState.RUNNING)
    if running.exists():
        raise Refused(_ASKED_BEFORE)
    row = RightsRequest.objects.create(
        tenancy_id=here.tenancy, kind=kind, way=OWN_PAGE_WAY, received=today, person=_PERSON,
        said=words.strip()[:LONGEST_WORDS], recorded=now,
    )  # fmt: skip
    write_tenant_line(here.link, here.tenancy, "ask_about_data", request=row.pk, kind=kind.value)
    return row


@transaction.atomic
def say_no(here: Visit, today: date) -> None:
    """Nothing goes to the municipality from now on (Bgs art. 2 d). Saying it twice is saying it once."""
    row = case_book.open_case_of(here.tenancy)
    if row is None:
        raise Refused(_NOTHING_TO_PASS_ON)
    book = case_book.read(row, today)
    if book.case.objection is not None:
        return
    case_book.add(book, Event(EventKind.OBJECTED, today, evidence=f"{OWN_PAGE}{here.link}"))
    write_tenant_line(here.link, here.tenancy, "say_no", case=row.number)
    follow([here.tenancy], today)


def _keep_wish(here: Visit, asked: Asked, today: date, now: datetime) -> None:
    """The newest wish counts as a whole: what was wished before and does not clash, comes along."""
    before = wish_of(here.tenancy, today)
    Wish.objects.create(
        tenancy_id=here.tenancy, since=today, channels=[asked.kind.channel.value],
        parts=[asked.part.value] if asked.part else [],
        language=before.language if before and before.language != "nl" else asked.language,
        leave_alone_until=before.leave_alone_until if before else None, recorded=now,
    )  # fmt: skip


_DAY = Problem(
    "day-not-to-plan",
    Words("Op deze dag kan het niet.", "It cannot be on that day."),
    Words(f"Kies een dag van vandaag tot over {FARTHEST_DAYS // 7} weken.",
          f"Choose a day from today up to {FARTHEST_DAYS // 7} weeks ahead."),
    column="day",
)  # fmt: skip
_ASKED_BEFORE = Problem(
    "asked-before",
    Words("U vroeg dit al. U krijgt binnen een maand antwoord.",
          "You asked this before. You get an answer within a month."),
    Words("Wilt u eerder iets weten? Bel ons.", "Would you like to know sooner? Ring us."),
)  # fmt: skip
_NOTHING_TO_PASS_ON = Problem(
    "nothing-to-pass-on",
    Words("Wij geven nu niets door aan de gemeente.", "We pass nothing on to the municipality now."),
    Words("U hoeft niets te doen.", "You need not do anything."),
)
