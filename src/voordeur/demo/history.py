"""What the people of Lindewaard did about arrears in the months before today: contacts, promises, letters, signals.

Every step goes through the transition table, on its own day: what the table refuses did not happen here either.
Made up, the same every time for the same town.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from itertools import cycle
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from voordeur.actions import case_book
from voordeur.actions.follow import follow
from voordeur.actions.keep_agreement import valid_agreement
from voordeur.core import cases
from voordeur.core.access import Role
from voordeur.core.arrangements.values import KEPT, ArrangementState
from voordeur.core.calendar import is_working_day
from voordeur.core.case_terms import longest_hold
from voordeur.core.cases import Answer, Circumstances, Event, EventKind, HoldReason
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.core.costs import collection_fee
from voordeur.core.problems import Refused
from voordeur.store.models import (
    Agreement,
    Arrangement,
    Case,
    CaseEvent,
    CaseTerm,
    Contact,
    LetterHead,
    Promise,
    Proposal,
    User,
    Wish,
)  # fmt: skip

MUNICIPALITY = "Lindewaard"
_HEAD = {
    "name": "Woningcorporatie Lindewaard", "street": "Marktplein 1", "town": "1234 AB Lindewaard",
    "iban": "NL02ABNA0123456789", "phone": "06 00 00 00 00", "hours_nl": "maandag tot en met vrijdag, 9 tot 17 uur",
    "hours_en": "Monday to Friday, 9 am to 5 pm", "municipality": MUNICIPALITY,
    "help_desk": "Geldloket", "help_phone": "06 00 00 00 01", "object_at": "lindewaard.example/nee",
}  # fmt: skip
"""Made up, as everything here."""
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_BEGIN_AFTER = (4, 12)
"""Days after the due day, at least and at most, on which a case of the demo began."""
_OLDEST = (45, 130)
"""Days ago, at least and at most, that a case about older arrears began: before that Voordeur was not there yet."""
_FRESH = 5
"""A case that began fewer days ago may still wait for its first contact."""
_PAID_OFF_BY = (*KEPT, ArrangementState.AT_RISK)
_HOURS = {DayPart.MORNING: 10, DayPart.AFTERNOON: 15, DayPart.EVENING: 19}
_OTHER_WAYS = (
    (Channel.VISIT, DayPart.EVENING), (Channel.PHONE, DayPart.AFTERNOON), (Channel.VISIT, DayPart.MORNING)
)  # fmt: skip
_TALKS = (
    "Wil in delen betalen. Belt zelf terug met een voorstel.",
    "Werkt minder uren sinds september. Zoekt naar extra werk.",
    "Wist niet dat de huur was teruggeboekt. Kijkt het na.",
    "Heeft hulp bij de post nodig. Ik kom nog eens langs met de papieren.",
    "Vraagt huurtoeslag aan. Wij helpen bij het formulier.",
    "Partner is vertrokken. Wil graag met de gemeente praten.",
)


@transaction.atomic
def make_history(today: date, seed: int) -> int:
    """Write the past weeks of the open cases; how many cases have one. The nightly run must have opened them."""
    Agreement.objects.create(
        municipality=MUNICIPALITY,
        first=date(today.year - 1, 1, 1),
        last=date(today.year + 1, 12, 31),
        floor=75_00,
    )
    LetterHead.objects.create(made=_at(today, DayPart.MORNING), **_HEAD)
    team = _Team()
    touched = []
    open_cases = Case.objects.filter(closed_on=None).select_related(
        "tenancy__standing", "tenancy__neighbourhood"
    )
    for row in open_cases.order_by("tenancy__key"):
        luck = Random(f"{seed}-{row.tenancy.key}")
        _Past(row, today, luck, team).write()
        touched.append(row.tenancy_id)
    follow(touched, today)
    return len(touched)


class _Team:
    """Who works where."""

    def __init__(self) -> None:
        managers = User.objects.filter(role=Role.NEIGHBOURHOOD_MANAGER).prefetch_related("neighbourhoods")
        self.by_place = {place.pk: one for one in managers for place in one.neighbourhoods.all()}
        self.consultant = User.objects.filter(role=Role.CONSULTANT).order_by("pk")[0]
        self.agreement_on = cache(valid_agreement)
        """The agreements stay as they are while the past is written."""
        running = Arrangement.objects.filter(state__in=_PAID_OFF_BY).order_by("agreed_on")
        self.plans = {row.tenancy_id: row for row in running}

    def manager(self, row: Case) -> User:
        place = row.tenancy.neighbourhood_id
        return self.consultant if place is None else self.by_place.get(place, self.consultant)


class _Past:
    """The past of one case, written day after day."""

    def __init__(self, row: Case, today: date, luck: Random, team: _Team) -> None:
        self.row, self.today, self.luck = row, today, luck
        self.manager, self.consultant = team.manager(row), team.consultant
        self.agreement_on = team.agreement_on
        self.plan = team.plans.get(row.tenancy_id)
        late = row.overdue_since + timedelta(days=luck.randint(*_BEGIN_AFTER))
        begun = max(late, today - timedelta(days=luck.randint(*_OLDEST)))
        self.begun = self.day = min(begun, today)
        self.book = self._begin()

    def _begin(self) -> case_book.Book:
        """The case began earlier than the nightly run of today saw it."""
        event = CaseEvent.objects.get(case=self.row, sequence=1)
        event.day, event.recorded = self.begun, _at(self.begun, DayPart.MORNING)
        event.details = {**event.details, "day": self.begun.isoformat()}
        event.save()
        self.row.opened_on = self.row.since = self.begun
        return case_book.read(self.row, self.today, self._circumstances())

    def _circumstances(self) -> Circumstances:
        """The ledger of that day as far as the demo knows it: the amount of today, the days of then."""
        standing = self.row.tenancy.standing
        return Circumstances(
            on=self.day,
            amount=standing.overdue,
            days_overdue=max(0, (self.day - self.row.overdue_since).days),
            agreement=self.agreement_on(self.day),
        )

    def write(self) -> None:
        """One of the ways in which a case goes, as far as there are days for it."""
        for deed in self._script()():
            if not deed():
                break
        if self.luck.random() < 0.6:
            self.row.owner = self.consultant
        self.book.at = case_book.circumstances(self.row, self.today, self.book.case)
        case_book.keep(self.book)

    def _script(self) -> Callable[[], Iterator[Callable[[], bool]]]:
        """Who was behind for long has been through more; who has been behind for days may still be waiting."""
        if self.plan is not None:
            return self._planned
        if (self.today - self.begun).days < _FRESH and self.luck.random() < 0.7:
            return lambda: iter(())
        if self.row.tenancy.end is not None and self.row.tenancy.end < self.today:
            return self.luck.choice((self._tried_twice, self._kept_trying, self._talked))
        scripts = (
            self._tried_twice, self._kept_trying, self._promised, self._talked, self._reminded, self._objected,
            self._signalled, self._helped, self._lettered, self._held, self._asked_for_rest, self._proposed,
        )  # fmt: skip
        return self.luck.choices(scripts, (20, 16, 14, 18, 14, 4, 8, 4, 5, 4, 3, 1))[0]

    # --- the scripts: each yields deeds that return False when there is no day left for them ---

    def _tried(self) -> Iterator[Callable[[], bool]]:
        yield lambda: self._try(1, Channel.PHONE, DayPart.MORNING)

    def _tried_twice(self) -> Iterator[Callable[[], bool]]:
        yield from self._tried()
        yield lambda: self._try(3, Channel.VISIT, DayPart.AFTERNOON)

    def _kept_trying(self) -> Iterator[Callable[[], bool]]:
        """Nobody is ever in: every two weeks another way, at another part of the day."""
        yield from self._tried_twice()
        for channel, part in cycle(_OTHER_WAYS):
            yield partial(self._try, 12, channel, part)

    def _talked(self) -> Iterator[Callable[[], bool]]:
        yield from self._tried()
        yield lambda: self._talk(4)

    def _promised(self) -> Iterator[Callable[[], bool]]:
        yield from self._tried()
        yield lambda: self._talk(self._lately(1, 9), ContactOutcome.PROMISED)
        yield self._promise

    def _reminded(self) -> Iterator[Callable[[], bool]]:
        yield from self._tried_twice()
        yield lambda: self._talk(4, ContactOutcome.WANTS_HELP)
        yield lambda: self._remind(3)

    def _objected(self) -> Iterator[Callable[[], bool]]:
        yield from self._reminded()
        yield lambda: self._decide(4, EventKind.OBJECTED, by=self.manager)

    def _signalled(self) -> Iterator[Callable[[], bool]]:
        yield from self._reminded()
        yield lambda: self._gate_and_signal(18)
        yield lambda: self._decide(6, EventKind.SIGNAL_ANSWERED, answer=Answer.TAKEN_UP, by=self.consultant)

    def _helped(self) -> Iterator[Callable[[], bool]]:
        yield from self._signalled()
        yield lambda: self._decide(
            8, EventKind.SIGNAL_ANSWERED, answer=Answer.HELP_ACCEPTED, by=self.consultant
        )
        yield self._pause

    def _lettered(self) -> Iterator[Callable[[], bool]]:
        yield from self._tried_twice()
        yield lambda: self._talk(6)
        yield self._letter

    def _held(self) -> Iterator[Callable[[], bool]]:
        yield from self._talked()
        yield self._hold

    def _asked_for_rest(self) -> Iterator[Callable[[], bool]]:
        yield from self._talked()
        yield self._wish

    def _planned(self) -> Iterator[Callable[[], bool]]:
        """They pay off by an arrangement: it was agreed at the table, or was there before these arrears."""
        if self.plan is not None and self.plan.agreed_on is not None and self.plan.agreed_on > self.begun:
            yield from self._tried()
        yield self._agree

    def _proposed(self) -> Iterator[Callable[[], bool]]:
        yield from self._tried_twice()
        yield self._propose

    # --- the deeds ---

    def _lately(self, least: int, most: int) -> int:
        """So many days further that it is between `least` and `most` days ago; a few when there is no room."""
        return max(3, (self.today - self.day).days - self.luck.randint(least, most) - 2)

    def _move_to(self, days: int) -> bool:
        """The first working day after `days` more days; False when that is not in the past."""
        day = self.day + timedelta(days=days + self.luck.randint(0, 2))
        while not is_working_day(day, self.book.law.calendar.terms):
            day += timedelta(days=1)
        if day > self.today:
            return False
        self.day = day
        self.book.at = self._circumstances()
        return True

    def _add(self, event: Event) -> bool:
        try:
            case_book.write_event(self.book, event)
        except Refused:
            return False
        CaseEvent.objects.filter(case=self.row, sequence=len(self.book.case.history)).update(
            recorded=_at(event.day, event.part or DayPart.AFTERNOON)
        )
        return True

    def _contact(self, channel: Channel, part: DayPart, outcome: ContactOutcome, **more: object) -> Contact:
        row: Contact = Contact.objects.create(
            id=UUID(int=self.luck.getrandbits(128), version=4), tenancy=self.row.tenancy, case=self.row,
            day=self.day, channel=channel, part=part, outcome=outcome, by=self.manager,
            recorded=_at(self.day, part), **more,
        )  # fmt: skip
        return row

    def _try(self, days: int, channel: Channel, part: DayPart) -> bool:
        if not self._move_to(days):
            return False
        card = channel is Channel.VISIT
        outcome = ContactOutcome.CARD_LEFT if card else ContactOutcome.NO_ANSWER
        contact = self._contact(channel, part, outcome)
        by = case_book.actor(self.manager)
        return self._add(
            Event(
                EventKind.ATTEMPTED,
                self.day,
                by,
                evidence=f"contact:{contact.pk}",
                channel=channel,
                part=part,
            )
        )

    def _talk(self, days: int, outcome: ContactOutcome = ContactOutcome.SPOKEN) -> bool:
        if not self._move_to(days):
            return False
        part = self.luck.choice((DayPart.AFTERNOON, DayPart.EVENING))
        said = self.luck.choice(_TALKS)
        contact = self._contact(Channel.VISIT, part, outcome, reached=True, help_told=True, agreed=said)
        by = case_book.actor(self.manager)
        return self._add(
            Event(
                EventKind.SPOKE, self.day, by, evidence=f"contact:{contact.pk}", channel=Channel.VISIT, part=part,
                help_told=True,
            )
        )  # fmt: skip

    def _agree(self) -> bool:
        assert self.plan is not None
        self.day = max(self.day, self.plan.agreed_on or self.day)
        self.book.at = self._circumstances()
        return self._add(
            Event(
                EventKind.PLAN_AGREED, self.day, case_book.actor(self.consultant), affordable=True,
                until=_last_day(self.plan), evidence=f"arrangement:{self.plan.pk}",
            )
        )  # fmt: skip

    def _promise(self) -> bool:
        until = self.day + timedelta(days=self.luck.choice((4, 7, 10)))
        amount = self.row.tenancy.standing.overdue // self.luck.choice((1, 1, 2))
        Promise.objects.create(
            tenancy=self.row.tenancy, made_on=self.day, until=until, amount=amount, by=self.manager
        )
        if until >= self.today - timedelta(days=7):
            CaseTerm.objects.create(
                case=self.row,
                kind="promise",
                day=until,
                nl="De huurder zou betalen",
                en="The tenant would pay",
            )
        return True

    def _remind(self, days: int) -> bool:
        return self._move_to(days) and self._add(
            Event(
                EventKind.REMINDER_SENT, self.day, case_book.actor(self.consultant),
                evidence=f"brief {self.row.number}", help_told=True, offer=True,
                delivered=self.day + timedelta(days=self.book.law.mail_days), presumed=True,
            )
        )  # fmt: skip

    def _decide(self, days: int, kind: EventKind, *, by: User, answer: Answer | None = None) -> bool:
        return self._move_to(days) and self._add(Event(kind, self.day, case_book.actor(by), answer=answer))

    def _gate_and_signal(self, days: int) -> bool:
        if not self._move_to(days) or not self._add(Event(EventKind.GATE_OPENED, self.day)):
            return False
        return self._add(
            Event(
                EventKind.SIGNAL_SENT, self.day, case_book.actor(self.consultant),
                reason="Wil met de gemeente praten.", evidence=f"ontvangst {self.row.number}",
                municipality=MUNICIPALITY, amount=self.book.at.amount,
            )
        )  # fmt: skip

    def _pause(self) -> bool:
        return self._move_to(1) and self._add(
            Event(
                EventKind.PAUSE_STARTED, self.day, case_book.actor(self.consultant),
                until=self.day + timedelta(days=self.book.law.pause_days),
            )
        )  # fmt: skip

    def _letter(self) -> bool:
        """The fourteen-day letter, in the past weeks: its term runs now, or has just ended."""
        if not self._move_to(self._lately(4, 24)) or self.book.law.fees is None:
            return False
        amount = self.book.at.amount
        return self._add(
            Event(
                EventKind.LETTER_SENT, self.day, case_book.actor(self.consultant), evidence=f"14d {self.row.number}",
                delivered=self.day + timedelta(days=self.book.law.mail_days), presumed=True, all_claims=True,
                amount=amount, fee=collection_fee(amount, self.day, self.book.law.fees).total,
            )
        )  # fmt: skip

    def _hold(self) -> bool:
        reason = self.luck.choice((HoldReason.DISPUTE, HoldReason.BEREAVEMENT, HoldReason.ADMINISTRATOR))
        until = self.today + timedelta(days=self.luck.randint(3, 20))
        limit = longest_hold(reason, self.day, self.book.law)
        return self._move_to(2) and self._add(
            Event(
                EventKind.HELD, self.day, case_book.actor(self.consultant), reason="Zie het gespreksverslag.",
                hold=reason, owner=str(self.consultant.pk), until=min(until, limit),
            )
        )  # fmt: skip

    def _wish(self) -> bool:
        Wish.objects.create(
            tenancy=self.row.tenancy, since=self.day, channels=[Channel.PHONE.value],
            parts=[DayPart.EVENING.value], by=self.manager, recorded=_at(self.day, DayPart.AFTERNOON),
        )  # fmt: skip
        return True

    def _propose(self) -> bool:
        event = Event(EventKind.WRITTEN_OFF, self.today, case_book.actor(self.consultant))
        details = cases.as_dict(event)
        Proposal.objects.create(
            case=self.row, details=details, reason="Dit bedrag ontstond door een fout van ons.", by=self.consultant,
            made=_at(self.today - timedelta(days=1), DayPart.AFTERNOON),
        )  # fmt: skip
        return True


def _last_day(plan: Arrangement) -> date:
    """The day of the last instalment as it was agreed on, or spread anew."""
    return max(plan.instalments.values_list("due", flat=True))


def _at(day: date, part: DayPart) -> datetime:
    return datetime.combine(day, time(_HOURS[part], 20), _AMSTERDAM)
