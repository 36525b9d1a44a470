"""What a phone carries of each household, in sections. Another section is one function and one line in SECTIONS."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from voordeur.actions import case_book
from voordeur.actions.propose_arrangement import tables
from voordeur.core.case_warnings import warnings
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.core.door_talk import AT_EVERY_DOOR, OUTCOME_WORDS, wish_in_words
from voordeur.core.quiet import without_amounts
from voordeur.core.visits import DangerKind
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import Case, Contact, SafetyNote, Standing, Tenancy
from voordeur.store.queries import field
from voordeur.store.queries.schemes import known_of_many

Section = Callable[[Sequence[int], date], Mapping[int, Any]]
"""(tenancies, today) -> for those that have something: values that JSON can hold. All doors at once: few queries.
Words are pairs [Dutch, English]."""
ATTEMPTS_DAYS = 90
MOST_ATTEMPTS = 5


def both(words: Words) -> list[str]:
    """Words as the phone wants them."""
    return [words.nl, words.en]


def where(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """Address, place, and how to get there."""
    return {pk: _where(row) for pk, row in field.households(tenancies).items()}


def _where(row: Tenancy) -> dict[str, Any]:
    home = row.home
    place = f"{home.postcode} {home.town}".strip() if home else ""
    at = [home.latitude, home.longitude] if home and home.latitude is not None else None
    return {
        "address": home.address if home else row.key, "place": place, "at": at,
        "neighbourhood": row.neighbourhood.name if row.neighbourhood else "",
    }  # fmt: skip


def who(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """Names and numbers: shown on the door itself, never in the list."""
    return {
        pk: [{"name": one.name, "phone": one.phone} for one in row.tenants.all()]
        for pk, row in field.households(tenancies).items()
    }


def why(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """Why somebody goes there: the reason, what is open, for how long."""
    rows = Standing.objects.filter(pk__in=tenancies)
    return {row.pk: _why(row) for row in rows}


def _why(row: Standing) -> dict[str, Any]:
    return {
        "reason": [row.reason_nl, row.reason_en], "step": row.action, "open": row.overdue, "days": row.days_overdue,
        "quiet": both(without_amounts(Words(row.reason_nl, row.reason_en))),
    }  # fmt: skip


def attempts(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """Earlier attempts, newest first; of what was agreed the words, because whoever goes there must know."""
    found: dict[int, list[Any]] = {}
    rows = Contact.objects.filter(tenancy__in=tenancies, day__gte=today - timedelta(days=ATTEMPTS_DAYS))
    for row in rows.order_by("-day", "-recorded"):
        some = found.setdefault(row.tenancy_id, [])
        if len(some) < MOST_ATTEMPTS:
            some.append(
                {"day": row.day.isoformat(), "words": both(_attempt(row)), "agreed": row.agreed[:160]}
            )
    return found


def _attempt(row: Contact) -> Words:
    channel, outcome = Channel(row.channel).words, OUTCOME_WORDS[ContactOutcome(row.outcome)]
    part = DayPart(row.part).words if row.part else None
    when = Words(f", {part.nl}", f", {part.en}") if part else Words("", "")
    return Words(f"{channel.nl}{when.nl}: {outcome.nl}", f"{channel.en}{when.en}: {outcome.en}")


def wishes(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """How the tenant wants to be spoken to."""
    found = {pk: wish_of(pk, today) for pk in tenancies}
    told = {pk: wish_in_words(wish, today) for pk, wish in found.items() if wish is not None}
    return {pk: {"words": [both(one) for one in lines]} for pk, lines in told.items() if lines}


def safety(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """What whoever goes there must know to be safe, and since when that is known."""
    notes = SafetyNote.objects.filter(tenancy__in=tenancies, until__gte=today, withdrawn=None).order_by(
        "set_on"
    )
    return {
        one.tenancy_id: {"words": both(DangerKind(one.kind).words), "on": one.set_on.isoformat()}
        for one in notes
    }


def may_be_said(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """What may and may not be said and asked at this door."""
    warned: dict[int, list[Words]] = {}
    for row in Case.objects.filter(tenancy__in=tenancies, closed_on=None).select_related("tenancy__standing"):
        book = case_book.read(row, today)
        warned[row.tenancy_id] = warnings(book.case, book.at, book.law)
    return {pk: [both(one) for one in (*warned.get(pk, ()), *AT_EVERY_DOOR)] for pk in tenancies}


def schemes(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """What the check on schemes need not ask, because we know it."""
    return dict(known_of_many(tenancies))


def arrangement(tenancies: Sequence[int], today: date) -> dict[int, Any]:
    """What a talk about an arrangement has to know: what is overdue, the rent, earlier ones. Not while one runs."""
    return {
        pk: {"total": one.open, "rent": one.rent, "earlier": [day.isoformat() for day in one.earlier]}
        for pk, one in tables(tenancies, today).items()
        if one.open and one.running is None
    }


SECTIONS: dict[str, Section] = {
    "where": where,
    "who": who,
    "money": why,
    "attempts": attempts,
    "wish": wishes,
    "safety": safety,
    "say": may_be_said,
    "schemes": schemes,
    "arrangement": arrangement,
}
"""Name in the packet -> what it holds."""
