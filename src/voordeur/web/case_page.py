"""What the page of a case shows of it: the gate, the steps, and one line of time. Pure: from a case to words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from voordeur.actions.show_case import IN_DIARY, CaseView, Step
from voordeur.core.access import Deed, Role, may, purpose_of
from voordeur.core.case_table import row_of
from voordeur.core.case_words import CAUTION_WORDS, DEED_WORDS, HOLD_WORDS, STATE_WORDS
from voordeur.core.cases import Event, EventKind, Possible
from voordeur.core.contacts import Channel, DayPart, blocked
from voordeur.core.money import euros
from voordeur.store.queries import AgreementLine, TenancyFile
from voordeur.store.queries import agreements as all_agreements
from voordeur.store.queries.cases import DiaryLine, Happening
from voordeur.web import labels, statement
from voordeur.web.case_forms import StepForm
from voordeur.web.templatetags.voordeur import day as day_words
from voordeur.web.templatetags.voordeur import said

_SHOWN = 9
_ICONS = {
    Channel.PHONE: "phone",
    Channel.VISIT: "footprints",
    Channel.APPOINTMENT: "calendar-days",
    Channel.LETTER: "mail-open",
    Channel.EMAIL: "mail-open",
    Channel.CARD: "mail-open",
    Channel.MESSAGE: "mail-open",
}
_DEED_ICONS = {
    EventKind.REMINDER_SENT: "mail-open",
    EventKind.LETTER_SENT: "mail-open",
    EventKind.HELD: "hourglass",
    EventKind.RELEASED: "hourglass",
    EventKind.PAID_OFF: "check",
    EventKind.CLOSED_PAID: "check",
}
STEP_OF_ADVICE = {
    "letter": EventKind.REMINDER_SENT,
    "refer": EventKind.SIGNAL_SENT,
    "arrangement": EventKind.PLAN_AGREED,
}
"""Which step of the case carries out an advice of the policy."""
CONTACT_OF_ADVICE = {
    "visit": Channel.VISIT,
    "second_visit": Channel.VISIT,
    "call": Channel.PHONE,
    "message": Channel.MESSAGE,
}


IN_LETTERS = frozenset({EventKind.REMINDER_SENT, EventKind.LETTER_SENT})
"""Steps that are a letter: they begin on the page of the letters."""
_WITH_AMOUNT = IN_LETTERS | {EventKind.SIGNAL_SENT, EventKind.CRISIS_SIGNAL, EventKind.DISPUTE_NOTED}
_RECORDED = frozenset(
    {
        EventKind.HELP_POINTED, EventKind.OBJECTED, EventKind.CONSENTED, EventKind.DISPUTE_NOTED,
        EventKind.CLAUSE_JUDGED, EventKind.SIGNAL_ANSWERED, EventKind.COLLEGE_INFORMED, EventKind.TITLE_GIVEN,
        EventKind.CLAIM_DISMISSED,
    }
)  # fmt: skip
_ENDED = frozenset(
    {
        EventKind.HELD, EventKind.RELEASED, EventKind.WRITTEN_OFF, EventKind.SETTLED, EventKind.TENANCY_ENDED,
        EventKind.OPENED_IN_ERROR,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One step to choose on the page of a case."""

    step: Possible
    two: bool
    """It takes two persons."""
    letter: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Steps that belong together, under one heading."""

    title: str
    choices: tuple[Choice, ...]


def choices(view: CaseView) -> list[Choices]:
    """The open steps: what takes the case further, what somebody has to tell us, what stops it."""
    going = [one for one in view.possible if one.kind not in _RECORDED | _ENDED]
    told = [one for one in view.possible if one.kind in _RECORDED]
    ends = [one for one in view.possible if one.kind in _ENDED]
    named = ((_("Verder"), going), (_("Iets vastleggen"), told), (_("Stilleggen of sluiten"), ends))
    return [Choices(title, tuple(_choice(view, one) for one in steps)) for title, steps in named if steps]


def _choice(view: CaseView, one: Possible) -> Choice:
    row = row_of(view.file.case.state, one.kind)
    two = row is not None and any(ask.name == "second" for ask in row.asks)
    return Choice(one, two, one.kind in IN_LETTERS)


@dataclass(frozen=True, slots=True)
class GateCount:
    """How many lines of the gate are met."""

    met: int
    in_all: int


def context(view: CaseView, file: TenancyFile, role: Role, *, everything: bool) -> dict[str, Any]:
    """The parts of the page that come from the case and the diary."""
    action = file.standing.action if file.standing else ""
    step = STEP_OF_ADVICE.get(action)
    return {
        "case": view,
        "choices": choices(view),
        "letter_steps": IN_LETTERS,
        "deciders": view.file.deciders if may(role, Deed.DECIDE_CASE) and view.open else (),
        "state": STATE_WORDS[view.file.case.state],
        "gate_count": GateCount(sum(line.met for line in view.gate), len(view.gate)),
        "events": _merged(view, file, everything=everything),
        "next_step": next((one for one in view.possible if one.kind is step), None),
        "next_contact": CONTACT_OF_ADVICE.get(action),
        "wish": _wish(view, file.on),
        "waiting_title": DEED_WORDS[view.file.waiting.event.kind].do if view.file.waiting else None,
        "purpose": purpose_of(role),
        "may_record": file.is_today and may(role, Deed.RECORD_CONTACT),
        "may_plan": file.is_today and may(role, Deed.PLAN_CONTACT),
        "may_decide": file.is_today and may(role, Deed.DECIDE_CASE),
        "may_arrange": file.is_today and may(role, Deed.MAKE_ARRANGEMENT),
        "may_second": may(role, Deed.DECIDE_SECOND),
    }


def _wish(view: CaseView, today: date) -> list[str]:
    """What the tenant asked of us, in sentences."""
    wish = view.file.wish
    if wish is None:
        return []
    found = [blocked(wish, today, channel) for channel in (Channel.VISIT, Channel.PHONE, Channel.LETTER)]
    sentences = list(dict.fromkeys(said(one) for one in found if one is not None))
    if wish.parts:
        names = " / ".join(said(part.words) for part in DayPart if part in wish.parts)
        sentences.append(_("Bellen en langsgaan liefst: %(parts)s.") % {"parts": names})
    if wish.language != "nl":
        sentences.append(
            _("Spreekt liever %(language)s.") % {"language": labels.of("language", wish.language)}
        )
    return sentences


def _merged(view: CaseView, file: TenancyFile, *, everything: bool) -> statement.Timeline:
    """Money, contacts and decisions in one line of time, newest first."""
    money = statement.timeline(file, everything=True).events
    events = [*money, *(_contact(one) for one in view.file.diary if one.day <= file.on)]
    events += [one for found in view.file.history for one in [_deed(found)] if one and one.on <= file.on]
    events.sort(key=lambda event: event.on, reverse=True)
    shown = events if everything else events[:_SHOWN]
    return statement.Timeline(tuple(shown), len(events) - len(shown), events[-1].on if events else None)


def _contact(line: DiaryLine) -> statement.Event:
    parts = [labels.of("outcome", line.outcome.value)]
    if line.help_told:
        parts.append(_("Schuldhulp genoemd."))
    if line.agreed:
        parts.append(line.agreed)
    text = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)
    who = f" ({line.by})" if line.by else ""
    return statement.Event(
        line.day,
        _contact_title(line),
        text + who,
        _ICONS.get(line.channel, "door-open"),
        "met" if line.reached else "",
    )


def _contact_title(line: DiaryLine) -> str:
    how = labels.of("channel_done", line.channel.value)
    if line.incoming:
        how = _("%(how)s (huurder zocht contact)") % {"how": how}
    return f"{how}, {said(line.part.words)}" if line.part else how


def _deed(found: Happening) -> statement.Event | None:
    """A decision or a step; what stands in the diary already is left out."""
    event = found.event
    if event.kind in IN_DIARY:
        return None
    parts = [*_what(event), *([event.reason] if event.reason else [])]
    if event.delivered:
        parts.append(_("Bezorgd op %(day)s.") % {"day": day_words(event.delivered)})
    if event.until:
        parts.append(_("Tot en met %(day)s.") % {"day": day_words(event.until)})
    people = " + ".join(name for name in (found.by, found.second) if name)
    text = " ".join(parts) + (f" ({people})" if people else "")
    return statement.Event(
        event.day, said(DEED_WORDS[event.kind].done), text.strip(), _DEED_ICONS.get(event.kind, "check"), ""
    )


def _what(event: Event) -> list[str]:
    """What a step was about: the answer, the reason of a hold, amounts."""
    found = []
    if event.answer is not None:
        found.append(f"{labels.of('answer', event.answer.value)}.")
    if event.hold is not None and event.kind is EventKind.HELD:
        found.append(f"{capfirst(said(HOLD_WORDS[event.hold]))}.")
    if event.kind is EventKind.COSTS_ADDED:
        found.append(f"{said(euros(event.fee))}.")
    elif event.amount and event.kind in _WITH_AMOUNT:
        found.append(f"{said(euros(event.amount))}.")
    return found


@dataclass(frozen=True, slots=True)
class AgreementNow:
    """An agreement with a municipality as it stands today."""

    line: AgreementLine
    now: bool
    ahead: bool


def agreements(today: date) -> list[AgreementNow]:
    """All agreements with a municipality, newest first."""
    return [AgreementNow(one, one.counts(today), one.coming(today)) for one in all_agreements()]


def kind_of(name: str) -> EventKind | None:
    """The step that an address names."""
    return EventKind(name) if name in set(EventKind) else None


def step_form(found: Step, posted: Any, people: Sequence[tuple[int, str]]) -> StepForm:
    """The fields that this step asks for."""
    house = [(one.guard, one.words) for one in found.unmet if one.may_overrule]
    first = {
        "delivered": found.at.on + timedelta(days=found.law.mail_days), "doubted": found.case.clause_doubted
    }  # fmt: skip
    return StepForm(posted, row=found.row, people=people, house=house, initial=first)


def event_of(found: Step, form: StepForm) -> Event:
    """The event that was filled in; amounts and fee come from the ledger and the law, never from a person."""
    kind, on = found.row.kind, found.at.on
    asked = {ask.name for ask in found.row.asks}
    details: dict[str, Any] = {}
    if asked & {"letter_right", "amount_now"}:
        details["amount"] = found.at.amount
    if asked & {"letter_right", "fee_of_letter"}:
        details["fee"] = found.fee
    if "same_municipality" in asked and found.at.agreement is not None:
        details["municipality"] = found.at.agreement.municipality
    given = {**details, **form.into()}
    return Event(kind, on, presumed=given.get("delivered", on) > on, **given)


def step_context(found: Step) -> dict[str, Any]:
    """Title, what is lacking, what the step costs and warns of."""
    return {
        "title": DEED_WORDS[found.row.kind].do,
        "basis": found.row.basis,
        "unmet": found.unmet,
        "shut": any(not one.may_overrule for one in found.unmet),
        "two": any(ask.name == "second" for ask in found.row.asks),
        "cautions": [CAUTION_WORDS[one] for one in found.cautions],
        "at": found.at,
        "fee": found.fee,
    }
