"""Send one SMS or e-mail: written down first, then given to the driver, then what became of it. No debt in it, ever."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from voordeur.actions import case_book, tenant_link
from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.letter_contents import message_data
from voordeur.actions.letter_gate import against_wish
from voordeur.actions.reach_tenancy import check_reach
from voordeur.adapters.letter_texts import load_message_texts, load_word_lists
from voordeur.adapters.messages import ConsoleDriver, Delivery, Driver, FileDriver, HttpDriver, send
from voordeur.core import cases
from voordeur.core.access import Deed
from voordeur.core.cases import Event, EventKind
from voordeur.core.contacts import Channel, ContactException, ContactOutcome
from voordeur.core.letter_data import LetterData
from voordeur.core.personal_links import Handed, in_link
from voordeur.core.problems import Problem, Refused
from voordeur.core.short_messages import Message, MessageKind, MessageRoute, write_message
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import Contact, SentMessage, Tenancy, User

_HANDED = {MessageRoute.SMS: Handed.SMS, MessageRoute.EMAIL: Handed.EMAIL}
_CHANNELS = {MessageRoute.SMS: Channel.MESSAGE, MessageRoute.EMAIL: Channel.EMAIL}


def driver() -> Driver:
    """The way out that the settings name. Refused when they name none that exists."""
    made: dict[str, Driver] = {
        "console": ConsoleDriver(sys.stderr),
        "file": FileDriver(Path(settings.VAR) / "messages"),
        "http": HttpDriver(settings.MESSAGES_URL, settings.MESSAGES_TOKEN),
    }
    if settings.MESSAGES not in made:
        raise Refused(_no_driver())
    return made[settings.MESSAGES]


def send_message(
    user: User,
    tenancy_id: int,
    kind: MessageKind,
    route: MessageRoute,
    key: UUID,
    today: date,
    *,
    exception: ContactException | None = None,
    by: Driver | None = None,
    own_page_at: str = "",
) -> SentMessage:
    """Send it once: the same key again changes nothing. What the gateway refuses comes back in the row, not as Refused.

    A row whose `sent` stays None was given to the driver by a process that then stopped: nobody knows if it went.
    `own_page_at` is where the tenant's own page is opened; a message of that kind makes a new link for it.
    """
    check_reach(user, Deed.SEND_LETTER, tenancy_id, today)
    known = SentMessage.objects.filter(key=key).first()
    if known is not None:
        return known
    way = by or driver()
    row, message = _write_down(user, tenancy_id, kind, route, key, today, exception, own_page_at)
    delivery = send(way, message, load_word_lists())
    return _what_became(row, user, delivery, today, exception)


@transaction.atomic
def _write_down(
    user: User, tenancy_id: int, kind: MessageKind, route: MessageRoute, key: UUID, today: date,
    exception: ContactException | None, own_page_at: str,
) -> tuple[SentMessage, Message]:  # fmt: skip
    data, code = _data(user, tenancy_id, kind, route, today, own_page_at)
    tenancy = Tenancy.objects.select_related("home").get(pk=tenancy_id)
    wish = wish_of(tenancy_id, today)
    language = "en" if (wish.language if wish else _speaks(tenancy)) == "en" else "nl"
    message = write_message(
        route, _to(tenancy, route), load_message_texts()[kind], data, language,
        str(key), load_word_lists(),
    )  # fmt: skip
    _check(tenancy_id, user, route, today, exception)
    row = SentMessage.objects.create(
        tenancy=tenancy, case=case_book.open_case_of(tenancy_id), key=key, kind=kind, route=route,
        language=language, to=message.to, said=_kept(message, code),
        made=timezone.now(), by=user,
    )  # fmt: skip
    return row, message


def _data(
    user: User, tenancy_id: int, kind: MessageKind, route: MessageRoute, today: date, own_page_at: str
) -> tuple[LetterData, str]:
    """What the message is filled in with, and the code of the link in it."""
    data = message_data(Tenancy.objects.select_related("home").get(pk=tenancy_id), today, user)
    if kind is not MessageKind.OWN_PAGE or not own_page_at:
        return data, ""
    code = tenant_link.make(user, tenancy_id, _HANDED[route], today)
    return replace(data, own_page=in_link(own_page_at, code)), code.lower()


def _kept(message: Message, code: str) -> str:
    """The text as it is kept: without the code, which nobody but the tenant may have."""
    said = "\n".join(filter(None, (message.subject, message.text)))
    return said.replace(code, "…") if code else said


@transaction.atomic
def _what_became(
    row: SentMessage, user: User, delivery: Delivery, today: date, exception: ContactException | None
) -> SentMessage:
    row.sent, row.reference = delivery.sent, delivery.reference
    row.failure = delivery.problem.code if delivery.problem else ""
    row.save(update_fields=["sent", "reference", "failure"])
    if delivery.sent:
        channel = _CHANNELS[MessageRoute(row.route)]
        case = case_book.open_case_of(row.tenancy_id)
        Contact.objects.create(
            tenancy_id=row.tenancy_id, case=case, day=today, channel=channel, by=user,
            outcome=ContactOutcome.NO_ANSWER, exception=exception or "", recorded=timezone.now(),
        )  # fmt: skip
        if case is not None and case.state != cases.State.CURRENT:
            event = _event(user, row.pk, channel, today)
            case_book.add(case_book.read(case, today), event)
    data = {"message": row.pk, "kind": row.kind, "route": row.route, "sent": delivery.sent}
    write_line(user, "send_message", subject=f"tenancy:{row.tenancy_id}", data=data)
    follow([row.tenancy_id], today)
    return row


def _event(user: User, number: int, channel: Channel, today: date) -> Event:
    return Event(
        EventKind.MESSAGED, today, case_book.actor(user), evidence=f"message:{number}", channel=channel
    )


def _check(
    tenancy_id: int, user: User, route: MessageRoute, today: date, exception: ContactException | None
) -> None:
    """Neither a hold nor a wish of the tenant stands in the way."""
    channel = _CHANNELS[route]
    against = against_wish(tenancy_id, today, channel, exception)
    if against is not None:
        raise Refused(against)
    case = case_book.open_case_of(tenancy_id)
    if case is not None:
        book = case_book.read(case, today)
        if book.case.state is not cases.State.CURRENT:
            cases.step(book.case, _event(user, 0, channel, today), book.at, book.law)


def _to(tenancy: Tenancy, route: MessageRoute) -> str:
    """The first number or address of somebody who signed."""
    field = "phone" if route is MessageRoute.SMS else "email"
    found = tenancy.tenants.order_by("pk").values_list(field, flat=True)  # encrypted: not to be asked for
    return next((str(one) for one in found if one), "")


def _speaks(tenancy: Tenancy) -> str:
    return tenancy.tenants.order_by("pk").values_list("language", flat=True).first() or "nl"


def _no_driver() -> Problem:
    return Problem(
        "no-message-driver",
        Words("Berichten kunnen nog niet weg.", "Messages cannot leave yet."),
        Words(
            "Zet VOORDEUR_MESSAGES op console, file of http.",
            "Set VOORDEUR_MESSAGES to console, file or http.",
        ),
        fatal=True,
    )
