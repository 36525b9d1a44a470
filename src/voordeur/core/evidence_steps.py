"""Judges the steps of a case as a court would: proven, weak, missing, forbidden or not needed.

In the order in which a court reads: attempts, help, reminder, offer and answer, agreement, arrears on the day of
the signal, the signal and its outcome, the time given, the last contact, costs, plans, what was set aside.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from voordeur.core.case_fold import fold
from voordeur.core.case_terms import costs_from, reaction_until
from voordeur.core.case_values import Answer, Case, CaseLaw, Duty, Event, EventKind, Proof, SentSignal
from voordeur.core.case_words import DEED_WORDS
from voordeur.core.evidence import EvidenceData, EvidenceFile, EvidenceStep, Item, ProofState
from voordeur.core.money import euros
from voordeur.core.words import Words, day_in_words

_BGS = "Bgs art. 2"
_REFUSE = Words(
    "Zonder dit bewijs kan de rechter weigeren de huurovereenkomst te ontbinden.",
    "Without this proof the court may refuse to end the tenancy.",
)
_PERSONAL = (EventKind.ATTEMPTED, EventKind.SPOKE)

ANSWER_WORDS = {
    Answer.HELP_ACCEPTED: Words("De huurder aanvaardt hulp.", "The tenant accepts help."),
    Answer.ALREADY_HELPED: Words("De huurder kreeg al hulp.", "The tenant was already being helped."),
    Answer.SOLVED: Words("De huurder loste het zelf op.", "The tenant solved it."),
    Answer.DECLINED: Words("De huurder wil geen hulp.", "The tenant wants no help."),
    Answer.NO_CONTACT: Words("De gemeente kreeg geen contact.", "The municipality got no contact."),
    Answer.REPEATED: Words("Niet opgepakt: herhaalde melding.", "Not taken up: repeated signal."),
    Answer.UNJUSTIFIED: Words("Niet opgepakt: onterechte melding.", "Not taken up: unjustified signal."),
    Answer.NOT_RESIDENT: Words("Geen inwoner van de gemeente.", "Not a resident of the municipality."),
    Answer.DECEASED: Words("De huurder is overleden.", "The tenant has died."),
    Answer.NOT_TAKEN_UP: Words("Niet opgepakt: andere reden.", "Not taken up: another reason."),
    Answer.TAKEN_UP: Words("De gemeente is ermee bezig.", "The municipality is working on it."),
}
"""What the municipality reported back, for the reader of the file."""


class _Seen(NamedTuple):
    """A case with what is needed to judge it."""

    case: Case
    law: CaseLaw
    data: EvidenceData
    signal: SentSignal | None
    before: date
    """The duties must be done by this day: the day of the signal, or today."""
    court: date
    """The day of the summons, or today."""


_Judged = EvidenceStep | None


def evidence_file(case: Case, law: CaseLaw, data: EvidenceData) -> EvidenceFile:
    """The evidence file of `case`, which must be as it was on `data.made_on`: later events are not left out here.

    Raises NotCovered, or Refused, where no holidays are known for a term.
    """
    signal = case.first_signal
    seen = _Seen(
        case, law, data, signal, signal.day if signal else data.made_on, _court_day(case) or data.made_on
    )
    steps = tuple(step for judge in _STEPS if (step := judge(seen)) is not None)
    timeline = tuple(_item(seen, event, DEED_WORDS[event.kind].done) for event in case.history)
    return EvidenceFile(data, steps, data.statement, timeline)


_OVER = (EventKind.CLAIM_DISMISSED, EventKind.PLAN_AGREED, EventKind.PAID_OFF)
"""After these a summons of before brings nothing to court any more."""


def _court_day(case: Case) -> date | None:
    """The day of the summons that counts; None before it, and after the court was left again."""
    newest = next(
        (one for one in reversed(case.history) if one.kind in (EventKind.SUMMONS_SERVED, *_OVER)), None
    )
    return newest.day if newest is not None and newest.kind is EventKind.SUMMONS_SERVED else None


def _item(seen: _Seen, event: Event, words: Words) -> Item:
    by = seen.data.people.get(event.by.id, event.by.id) if event.by else ""
    return Item(event.day, words, event.evidence, seen.data.documents.get(event.evidence, ""), by)


def _events(seen: _Seen, kinds: Iterable[EventKind]) -> list[Event]:
    wanted = set(kinds)
    return [event for event in seen.case.history if event.kind in wanted]


def _joined(*parts: Words | None) -> Words:
    said = [part for part in parts if part is not None]
    return Words(", ".join(part.nl for part in said), ", ".join(part.en for part in said))


def _on(day: date) -> Words:
    return day_in_words(day, year=True)


# --- the four duties ---


def _effort(seen: _Seen) -> _Judged:
    """Attempts: kind, day, part of the day, by whom, reached or not."""
    title = Words("Persoonlijk contact gezocht", "Personal contact sought")
    since = (
        seen.case.overdue_since or date.min
    )  # what was tried about arrears that were paid says nothing here
    tried = [one for one in _events(seen, (*_PERSONAL, EventKind.MESSAGED)) if one.day >= since]
    items = tuple(_item(seen, event, _attempt(event)) for event in tried)
    personal = [event for event in tried if event.kind in _PERSONAL and event.day <= seen.before]
    if not personal:
        missing = Words(
            "Niemand belde of kwam langs voor de melding.",
            "Nobody rang or called at the door before the signal.",
        )
        return EvidenceStep("effort", title, f"{_BGS} onder a", ProofState.MISSING, items, missing, _REFUSE)
    if not any(event.evidence for event in personal):
        return EvidenceStep("effort", title, f"{_BGS} onder a", ProofState.THIN, items, *_NO_DOCUMENT)
    parts = {event.part for event in personal if event.part}
    spoken = any(event.kind is EventKind.SPOKE for event in personal)
    if not spoken and (len(personal) < seen.law.attempts or len(parts) < seen.law.attempts):
        missing = Words(
            f"Er is minder dan {seen.law.attempts} keer geprobeerd, of steeds op hetzelfde deel van de dag.",
            f"There were fewer than {seen.law.attempts} attempts, or all at the same part of the day.",
        )
        meaning = Words(
            "De rechter kan vinden dat de verhuurder te weinig deed om de huurder te spreken.",
            "The court may find that the landlord did too little to speak to the tenant.",
        )
        return EvidenceStep("effort", title, f"{_BGS} onder a", ProofState.THIN, items, missing, meaning)
    return EvidenceStep("effort", title, f"{_BGS} onder a", ProofState.PROVEN, items)


def _attempt(event: Event) -> Words:
    if event.kind is EventKind.SPOKE:
        done = Words("gesproken", "spoken to")
    elif event.kind is EventKind.ATTEMPTED:
        done = Words("niet bereikt", "not reached")
    else:
        done = Words("gestuurd", "sent")
    return _joined(
        event.channel.words if event.channel else None, event.part.words if event.part else None, done
    )


def _help(seen: _Seen) -> _Judged:
    title = Words("Gewezen op hulp bij schulden", "Told about help with debts")
    missing = Words(
        "Nergens staat dat de huurder op hulp is gewezen.", "Nothing shows that help was mentioned."
    )
    return _duty(seen, Duty.HELP, "help", title, "b", missing)


def _reminder(seen: _Seen) -> _Judged:
    title = Words("Schriftelijke herinnering", "Written reminder")
    missing = Words("Er is geen schriftelijke herinnering.", "There is no written reminder.")
    return _duty(seen, Duty.REMINDER, "reminder", title, "c", missing, posted=True)


def _duty(
    seen: _Seen, duty: Duty, name: str, title: Words, letter: str, missing: Words, *, posted: bool = False
) -> EvidenceStep:
    """A duty with its proofs: in time, kept, and (for a letter) delivered."""
    basis = f"{_BGS} onder {letter}"
    proofs = [proof for proof in seen.case.proofs if proof.duty is duty]
    items = tuple(_proof_item(seen, proof, posted) for proof in proofs)
    in_time = [proof for proof in proofs if (proof.delivered or proof.day) <= seen.before]
    if not proofs:
        return EvidenceStep(name, title, basis, ProofState.MISSING, items, missing, _REFUSE)
    if not in_time:
        late = Words("Dit gebeurde pas na de melding.", "This happened only after the signal.")
        return EvidenceStep(name, title, basis, ProofState.MISSING, items, late, _REFUSE)
    if not any(proof.evidence for proof in in_time):
        return EvidenceStep(name, title, basis, ProofState.THIN, items, *_NO_DOCUMENT)
    if posted and not any(proof.delivered and not proof.presumed for proof in in_time):
        return EvidenceStep(name, title, basis, ProofState.THIN, items, *_NO_DELIVERY)
    return EvidenceStep(name, title, basis, ProofState.PROVEN, items)


def _proof_item(seen: _Seen, proof: Proof, posted: bool) -> Item:
    """A proof with whoever did it: the event of that day that names the same document."""
    source = (
        event for event in seen.case.history if (event.day, event.evidence) == (proof.day, proof.evidence)
    )
    event = next(
        (event for event in source if event.by), Event(EventKind.OPENED, proof.day, evidence=proof.evidence)
    )
    return _item(seen, event, _delivery(proof.delivered, posted, proof.presumed))


_NO_DOCUMENT = (
    Words("Er is niets bewaard waaruit dit blijkt.", "Nothing was kept that shows this."),
    Words("De huurder kan het ontkennen.", "The tenant can deny it."),
)
_NO_DELIVERY = (
    Words("Er is geen bewijs dat de brief aankwam.", "There is no proof that the letter arrived."),
    Words(
        "De verhuurder moet aannemelijk maken dat de brief aankwam (vgl. ECLI:NL:HR:2016:2704).",
        "The landlord must make it plausible that the letter arrived (cf. ECLI:NL:HR:2016:2704).",
    ),
)


def _delivery(delivered: date | None, posted: bool, presumed: bool) -> Words:
    if not posted:
        return Words("gewezen op hulp", "help mentioned")
    if delivered is None:
        return Words("verstuurd, aankomst niet vastgelegd", "sent, arrival not recorded")
    day = _on(delivered)
    if presumed:
        return Words(
            f"verstuurd, vermoedelijk bezorgd op {day.nl}", f"sent, presumably delivered on {day.en}"
        )
    return Words(f"verstuurd, bezorgd op {day.nl}", f"sent, delivered on {day.en}")


def _offer(seen: _Seen) -> _Judged:
    """The offer to pass on contact data, the time to react, and the answer."""
    title = Words(
        "Aanbod om gegevens door te geven, en het antwoord", "Offer to pass on data, and the answer"
    )
    missing = Words("Er is geen aanbod gedaan.", "No offer was made.")
    step = _duty(seen, Duty.OFFER, "offer", title, "d", missing, posted=True)
    answers = _events(seen, (EventKind.OBJECTED, EventKind.CONSENTED))
    items = (*step.items, *(_item(seen, event, DEED_WORDS[event.kind].done) for event in answers))
    until, consent, objection = reaction_until(seen.case, seen.law), seen.case.consent, seen.case.objection
    if until is not None:
        items = (*items, Item(until, Words("laatste dag om nee te zeggen", "last day to say no")))
    wrong = _against_the_answer(seen, until, consent, objection)
    state = ProofState.MISSING if wrong else step.state
    missing_now, meaning = wrong or (step.missing, step.meaning)
    items = tuple(sorted(items, key=lambda item: item.day))
    return EvidenceStep(step.name, title, step.basis, state, items, missing_now, meaning)


def _against_the_answer(
    seen: _Seen, until: date | None, consent: date | None, objection: date | None
) -> tuple[Words, Words] | None:
    if seen.signal is None:
        return None
    unlawful = Words(
        "Deze melding mocht niet: de gegevens zijn zonder grond doorgegeven (AVG art. 6).",
        "This signal was not allowed: the data were passed on without a ground (GDPR art. 6).",
    )
    if objection is not None and objection <= seen.signal.day:
        return Words(
            "Er is gemeld nadat de huurder nee zei.", "The signal came after the tenant said no."
        ), unlawful
    if until is not None and seen.signal.day <= until and (consent is None or consent > seen.signal.day):
        return Words(
            "Er is gemeld voordat de tijd om nee te zeggen om was.",
            "The signal came before the time to say no was over.",
        ), unlawful
    return None


# --- the signal ---


def _agreement(seen: _Seen) -> _Judged:
    title = Words("Afspraak met de gemeente over meldingen", "Agreement with the municipality about signals")
    agreed = seen.data.agreement
    items = tuple(
        Item(one.first, Words(f"afspraak met {one.municipality}", f"agreement with {one.municipality}"))
        for one in (agreed,)
        if one is not None
    )
    if agreed is not None and agreed.valid(seen.before):
        return EvidenceStep("agreement", title, _BGS, ProofState.PROVEN, items)
    missing = Words("Op die dag was er geen geldige afspraak.", "On that day there was no valid agreement.")
    meaning = Words(
        "De gemeente hoeft de melding niet te behandelen.", "The municipality need not handle the signal."
    )
    return EvidenceStep("agreement", title, _BGS, ProofState.MISSING, items, missing, meaning)


def _statement(seen: _Seen) -> _Judged:
    title = Words("Wat er open stond op de dag van de melding", "What was open on the day of the signal")
    lines, on = seen.data.statement, seen.data.statement_on
    total = sum(line.cents for line in lines)
    items = (Item(on, euros(total)),) if on and lines else ()
    if not items or on != seen.before:
        missing = Words("Het overzicht van die dag ontbreekt.", "The statement of that day is missing.")
        meaning = Words("De rechter kan het bedrag niet nagaan.", "The court cannot check the amount.")
        return EvidenceStep("statement", title, _BGS, ProofState.MISSING, items, missing, meaning)
    if seen.signal is not None and seen.signal.amount != total:
        said, was = euros(seen.signal.amount), euros(total)
        missing = Words(
            f"Gemeld is {said.nl}, het overzicht telt {was.nl}.",
            f"Signalled was {said.en}, the statement says {was.en}.",
        )
        meaning = Words("Leg uit waar het verschil vandaan komt.", "Explain where the difference comes from.")
        return EvidenceStep("statement", title, _BGS, ProofState.THIN, items, missing, meaning)
    return EvidenceStep("statement", title, _BGS, ProofState.PROVEN, items)


def _signalled(seen: _Seen) -> _Judged:
    title = Words("Melding bij de gemeente", "Signal to the municipality")
    signal = seen.signal
    if signal is None and seen.case.objection is not None:
        said = Words("de huurder zei nee", "the tenant said no")
        meaning = Words(
            "De verhuurder mag dan niet melden. Dat is geen tekort.",
            "The landlord may then not signal. It is no lack.",
        )
        no = (Item(seen.case.objection, said),)
        return EvidenceStep("signal", title, f"{_BGS} onder d", ProofState.BARRED, no, None, meaning)
    if signal is None:
        missing = Words("Er is niet gemeld.", "There was no signal.")
        return EvidenceStep("signal", title, _BGS, ProofState.MISSING, (), missing, _REFUSE)
    amount = euros(signal.amount)
    words = Words(
        f"gemeld bij {signal.municipality}: {amount.nl}", f"signalled to {signal.municipality}: {amount.en}"
    )
    sent = [event for event in _events(seen, (EventKind.SIGNAL_SENT,)) if event.day == signal.day]
    items = tuple(_item(seen, event, words) for event in sent[:1])
    if not signal.receipt:
        return EvidenceStep("signal", title, _BGS, ProofState.THIN, items, *_NO_DOCUMENT)
    return EvidenceStep("signal", title, _BGS, ProofState.PROVEN, items)


def _answer(seen: _Seen) -> _Judged:
    title = Words("Wat de gemeente terugmeldde", "What the municipality reported back")
    basis = "Landelijk Convenant Vroegsignalering"
    signal = seen.signal
    if signal is None:
        return EvidenceStep("answer", title, basis, ProofState.NOT_NEEDED)
    if signal.answer is None or signal.answered is None:
        missing = Words("De gemeente meldde nog niets terug.", "The municipality has not reported back.")
        meaning = Words(
            "Vraag het na: de rechter wil weten of er hulp kwam.",
            "Ask: the court wants to know if help came.",
        )
        return EvidenceStep("answer", title, basis, ProofState.THIN, (), missing, meaning)
    return EvidenceStep(
        "answer", title, basis, ProofState.PROVEN, (Item(signal.answered, ANSWER_WORDS[signal.answer]),)
    )


# --- before the court ---


def _time_given(seen: _Seen) -> _Judged:
    title = Words("Tijd voor de gemeente om te helpen", "Time for the municipality to help")
    basis = "rechtspraak Rotterdam sinds 1-5-2024"
    if seen.signal is None:
        return EvidenceStep("time_given", title, basis, ProofState.NOT_NEEDED)
    days = (seen.court - seen.signal.day).days
    items = (Item(seen.court, Words(f"{days} dagen na de melding", f"{days} days after the signal")),)
    if days < seen.law.summons_days:
        missing = Words(
            f"Minder dan {seen.law.summons_days} dagen.", f"Less than {seen.law.summons_days} days."
        )
        meaning = Words(
            "De rechter kan vinden dat het te vroeg is.", "The court may find that it is too early."
        )
        return EvidenceStep("time_given", title, basis, ProofState.MISSING, items, missing, meaning)
    if days > seen.law.stale_days:
        missing = Words("De melding is oud.", "The signal is old.")
        meaning = Words("Sommige rechters vragen een nieuwe poging.", "Some courts ask for a new attempt.")
        return EvidenceStep("time_given", title, basis, ProofState.THIN, items, missing, meaning)
    return EvidenceStep("time_given", title, basis, ProofState.PROVEN, items)


def _last_contact(seen: _Seen) -> _Judged:
    title = Words("Kort geleden nog contact gezocht", "Contact sought again recently")
    personal = [event for event in _events(seen, _PERSONAL) if event.day <= seen.court]
    items = tuple(_item(seen, event, _attempt(event)) for event in personal[-1:])
    if personal and (seen.court - personal[-1].day).days <= seen.law.recent_contact_days:
        return EvidenceStep("last_contact", title, "BW 6:265", ProofState.PROVEN, items)
    missing = Words(
        f"De laatste poging is langer dan {seen.law.recent_contact_days} dagen geleden.",
        f"The last attempt was more than {seen.law.recent_contact_days} days ago.",
    )
    meaning = Words(
        "De rechter weegt alle omstandigheden. Ga eerst nog eens langs.",
        "The court weighs all circumstances. Call at the door once more first.",
    )
    return EvidenceStep("last_contact", title, "BW 6:265", ProofState.THIN, items, missing, meaning)


def _costs(seen: _Seen) -> _Judged:
    title = Words("Incassokosten", "Collection costs")
    basis = "BW 6:96 lid 6"
    asked = _events(seen, _ABOUT_COSTS)
    added = [event for event in asked if event.kind is EventKind.COSTS_ADDED]
    items = tuple(_item(seen, event, _cost(seen, event)) for event in asked)
    if not added:
        return EvidenceStep("costs", title, basis, ProofState.NOT_NEEDED, items)
    firsts = [_costs_from_then(seen, event) for event in added]
    if any(first is None or event.day < first for event, first in zip(added, firsts, strict=True)):
        missing = Words(
            "De kosten zijn te vroeg of zonder brief gevraagd.",
            "Costs were asked too early or without letter.",
        )
        meaning = Words("Dan zijn er geen kosten verschuldigd.", "Then no costs are owed.")
        return EvidenceStep("costs", title, basis, ProofState.MISSING, items, missing, meaning)
    return EvidenceStep("costs", title, basis, ProofState.PROVEN, items)


def _costs_from_then(seen: _Seen, added: Event) -> date | None:
    """The first day for costs by the letter before them and what became of it, whatever happened to the case since."""
    history = seen.case.history
    before = history[: history.index(added)]
    place = next((n for n in reversed(range(len(before))) if before[n].kind is EventKind.LETTER_SENT), None)
    if place is None:
        return None
    fate = [one for one in history[place:] if one.kind in _FATE and one.evidence == history[place].evidence]
    return costs_from(fold((*history[: place + 1], *fate)), seen.law)


_ABOUT_COSTS = (EventKind.LETTER_SENT, EventKind.COSTS_ADDED)


def _cost(seen: _Seen, event: Event) -> Words:
    fee = euros(event.fee)
    if event.kind is EventKind.COSTS_ADDED:
        return Words(f"kosten gevraagd: {fee.nl}", f"costs asked: {fee.en}")
    return _joined(
        Words(f"veertiendagenbrief, kosten {fee.nl}", f"fourteen-day letter, costs {fee.en}"),
        _what_became(seen, event),
    )


def _what_became(seen: _Seen, letter: Event) -> Words:
    """How a letter fared: what was recorded last about it, or else the day on which it presumably came."""
    after = seen.case.history[seen.case.history.index(letter) + 1 :]
    recorded = [one for one in after if one.kind in _FATE and one.evidence == letter.evidence]
    if not recorded:
        return _delivery(letter.delivered, posted=True, presumed=letter.presumed)
    if recorded[-1].kind is EventKind.LETTER_FAILED:
        return Words("telt niet mee", "does not count")
    return _delivery(recorded[-1].delivered, posted=True, presumed=False)


_FATE = (EventKind.LETTER_DELIVERED, EventKind.LETTER_FAILED)


def _plans(seen: _Seen) -> _Judged:
    title = Words("Afspraken over betalen", "Agreements to pay")
    made = _events(seen, (EventKind.PLAN_AGREED, EventKind.PLAN_MISSED, EventKind.PLAN_BROKEN))
    items = tuple(_item(seen, event, DEED_WORDS[event.kind].done) for event in made)
    agreed = [event for event in made if event.kind is EventKind.PLAN_AGREED]
    if agreed and not agreed[-1].affordable:
        missing = Words(
            "Niemand legde vast of de huurder dit kon betalen.", "Nobody wrote down if it was affordable."
        )
        meaning = Words(
            "De rechter kan de regeling te zwaar vinden.", "The court may find the plan too heavy."
        )
        return EvidenceStep("plans", title, "BW 6:265", ProofState.THIN, items, missing, meaning)
    state = ProofState.PROVEN if made else ProofState.NOT_NEEDED
    return EvidenceStep("plans", title, "BW 6:265", state, items)


def _set_aside(seen: _Seen) -> _Judged:
    """What two persons set aside, with their reason: shown because a court should not find it itself."""
    done = [event for event in seen.case.history if event.overrules]
    if not done:
        return None
    items = tuple(
        _item(
            seen,
            event,
            Words(
                f"{', '.join(event.overrules)}: {event.reason}",
                f"{', '.join(event.overrules)}: {event.reason}",
            ),
        )
        for event in done
    )
    title = Words("Waar van eigen regels is afgeweken", "Where our own rules were set aside")
    missing = Words(
        "Twee collega's weken af van een eigen regel.", "Two colleagues set a rule of our own aside."
    )
    meaning = Words("Leg uit waarom. De wet zelf is gevolgd.", "Explain why. The law itself was followed.")
    return EvidenceStep("set_aside", title, "eigen regel", ProofState.THIN, items, missing, meaning)


_STEPS: tuple[Callable[[_Seen], _Judged], ...] = (
    _effort, _help, _reminder, _offer, _agreement, _statement, _signalled, _answer, _time_given, _last_contact,
    _costs, _plans, _set_aside,
)  # fmt: skip
