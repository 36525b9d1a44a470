"""The questions at the kitchen table: the next one is always one whose answer can still change the outcome.

Nothing is asked that the landlord knows, nothing that no open scheme needs, and nothing about a scheme that the
household gets already. Somebody who does not want to answer skips a question; the check goes on without.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from voordeur.core.schemes.check import decide_all
from voordeur.core.schemes.household import Fact, Household, Insured, Scheme
from voordeur.core.schemes.margins import asset_limits
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.sentences import ABOUT, whole
from voordeur.core.schemes.situation import Situation, situation
from voordeur.core.words import Words


class AnswerKind(StrEnum):
    """How a question is answered; `core/schemes/answers.py` says what the answer looks like."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    """One of the options."""
    SEVERAL = "several"
    """Any number of the options, also none."""
    DATES = "dates"
    """One date per option; of children as many as there are."""
    AMOUNT = "amount"
    """About so much; the options say per what."""
    PERSONS = "persons"
    """A few facts about each person."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be answered."""

    value: str
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with why it is asked."""

    facts: tuple[Fact, ...]
    """What the answer tells; more than one for a list of situations."""
    kind: AnswerKind
    words: Words
    why: Words
    options: tuple[Option, ...]
    schemes: tuple[Scheme, ...]
    """For which schemes the answer matters."""


ORDER = (
    Fact.RECEIVES, Fact.PARTNER, Fact.CHILDREN, Fact.OTHERS, Fact.BORN, Fact.INCOME, Fact.NET_INCOME, Fact.ASSETS,
    Fact.INSURED, Fact.CHILDCARE, Fact.LONG_LOW_INCOME, Fact.SPECIAL_COSTS, Fact.STUDY, Fact.SEIZURE,
    Fact.AFTER_SEIZURE, Fact.ENERGY_BILL,
)  # fmt: skip
"""In this order it reads as a conversation; the rent is the landlord's and never asked."""
TOGETHER = (Fact.CHILDCARE, Fact.LONG_LOW_INCOME, Fact.SPECIAL_COSTS, Fact.STUDY, Fact.SEIZURE)
"""Asked as one list: "does one of these fit?"."""


def next_question(home: Household, rules: DayRules, skipped: Collection[Fact] = ()) -> Question | None:
    """The next question, or None when nothing that can be asked changes the outcome any more."""
    s = situation(home, rules)
    needed = dict(_needed(s))
    if home.receives is None:
        needed[Fact.RECEIVES] = list(Scheme)
    open_facts = [fact for fact in ORDER if fact in needed and fact not in skipped]
    if not open_facts:
        return None
    first = open_facts[0]
    facts = tuple(fact for fact in open_facts if fact in TOGETHER) if first in TOGETHER else (first,)
    schemes = [scheme for scheme in Scheme if any(scheme in needed[fact] for fact in facts)]
    return _question(facts, s, tuple(schemes))


def _needed(s: Situation) -> Iterator[tuple[Fact, list[Scheme]]]:
    """Every fact that an open scheme misses, with those schemes."""
    received = s.home.receives or frozenset()
    decided = decide_all(s)
    for fact in ORDER:
        schemes = [one for one, found in decided.items() if fact in found.missing and one not in received]
        if schemes:
            yield fact, schemes


def _question(facts: tuple[Fact, ...], s: Situation, schemes: tuple[Scheme, ...]) -> Question:
    first = facts[0]
    if first in TOGETHER:
        options = tuple(Option(fact.value, _SITUATIONS[fact]) for fact in facts)
        return Question(facts, AnswerKind.SEVERAL, _WHICH, _because(schemes), options, schemes)
    kind, words = _WORDS[first]
    return Question(facts, kind, words, _because(schemes), _options(first, s, schemes), schemes)


def _because(schemes: tuple[Scheme, ...]) -> Words:
    names = [ABOUT[scheme].title for scheme in schemes[:3]]
    nl, en = ", ".join(one.nl for one in names), ", ".join(one.en for one in names)
    more = len(schemes) > 3
    return Words(
        f"Nodig voor: {nl}{' en meer' if more else ''}.", f"Needed for: {en}{' and more' if more else ''}."
    )


def _options(fact: Fact, s: Situation, schemes: tuple[Scheme, ...]) -> tuple[Option, ...]:
    match fact:
        case Fact.RECEIVES:
            return tuple(Option(one.value, ABOUT[one].title) for one in schemes if one in _RECEIVABLE)
        case Fact.ASSETS:
            return tuple(_bands(s))
        case Fact.BORN:
            who = _PEOPLE if s.partner else _PEOPLE[:1]
            return tuple(one for one in who if getattr(s.home, one.value) is None)
        case Fact.INCOME:
            return _PER if s.rules.tax else _PER[-1:]
        case Fact.NET_INCOME | Fact.AFTER_SEIZURE | Fact.ENERGY_BILL:
            return (_PER_MONTH,)
        case Fact.INSURED:
            return _INSURED if s.partner else (_INSURED[0], _INSURED[2])
        case _:
            return ()


def _bands(s: Situation) -> Iterator[Option]:
    """Bands between the limits that count, so that one answer decides every scheme."""
    low = 0
    for limit in asset_limits(s.rules):
        said, start = whole(limit), whole(low)
        words = Words(f"tot en met {said.nl}", f"up to {said.en}") if not low else Words(
            f"meer dan {start.nl}, tot en met {said.nl}", f"more than {start.en}, up to {said.en}")  # fmt: skip
        yield Option(f"{low + 1 if low else 0}-{limit}", words)
        low = limit
    yield Option(f"{low + 1}-", Words(f"meer dan {whole(low).nl}", f"more than {whole(low).en}"))


_RECEIVABLE = tuple(one for one in Scheme if one is not Scheme.PROTECTED_INCOME)
_PEOPLE = (
    Option("born", Words("Uw geboortedatum", "Your date of birth")),
    Option("partner_born", Words("Geboortedatum van uw partner", "Date of birth of your partner")),
)
_PER_MONTH = Option(
    "month", Words("netto per maand, zonder vakantiegeld", "net a month, without holiday allowance")
)
_PER = (
    Option("month-work", Words("netto per maand van werk, zonder vakantiegeld",
                               "net a month from work, without holiday allowance")),
    Option("month-benefit", Words("netto per maand van een uitkering, zonder vakantiegeld",
                                  "net a month from a benefit, without holiday allowance")),
    Option("month", Words("netto per maand van AOW of pensioen, of van meer dan één bron",
                          "net a month from a state or other pension, or from more than one source")),
    Option("year", Words("bruto per jaar (toetsingsinkomen)", "gross a year (toetsingsinkomen)")),
)  # fmt: skip
_INSURED = (
    Option(Insured.ALL.value, Words("Ja", "Yes")),
    Option(Insured.TENANT.value, Words("Alleen ik, mijn partner niet", "Only I, not my partner")),
    Option(Insured.NOBODY.value, Words("Nee", "No")),
)
_WHICH = Words("Welke van deze dingen kloppen?", "Which of these are true?")
_SITUATIONS = {
    Fact.CHILDCARE: Words(
        "Een kind gaat naar opvang of gastouder met een registratienummer, en alle ouders werken of studeren.",
        "A child goes to registered childcare or a childminder, and all parents work or study."),
    Fact.LONG_LOW_INCOME: Words("Het inkomen is al drie jaar of langer laag.",
                                "The income has been low for three years or longer."),
    Fact.SPECIAL_COSTS: Words(
        "Er zijn kosten die echt nodig zijn en die u niet kunt betalen (zoals een bril, tandarts, bewindvoering, "
        "inrichting).",
        "There are necessary costs that you cannot pay (such as glasses, dentist, an administrator, furniture)."),
    Fact.STUDY: Words("U studeert, en door ziekte of beperking kunt u er niet bij werken.",
                      "You study, and by illness or disability you cannot work beside it."),
    Fact.SEIZURE: Words("Er ligt beslag op het inkomen.", "A part of the income is seized."),
}  # fmt: skip
_WORDS = {
    Fact.RECEIVES: (AnswerKind.SEVERAL, Words("Wat krijgt u nu al?", "What do you get already?")),
    Fact.PARTNER: (
        AnswerKind.YES_NO,
        Words("Woont u samen met een partner? Dat is ook: getrouwd, samen een kind of samen een huis.",
              "Do you live with a partner? That is also: married, a child together or a home together."),
    ),
    Fact.CHILDREN: (
        AnswerKind.DATES,
        Words("Wanneer zijn de kinderen onder de 18 geboren die bij u wonen?",
              "When were the children under 18 born who live with you?"),
    ),
    Fact.OTHERS: (
        AnswerKind.PERSONS,
        Words("Wie van 18 jaar of ouder wonen er nog meer op dit adres?",
              "Who else of 18 or older lives at this address?"),
    ),
    Fact.BORN: (AnswerKind.DATES, Words("Wanneer bent u geboren?", "When were you born?")),
    Fact.INCOME: (
        AnswerKind.AMOUNT,
        Words("Hoeveel komt er ongeveer binnen? Tel uw partner mee, en toeslagen niet.",
              "About how much comes in? Count your partner, and no allowances."),
    ),
    Fact.NET_INCOME: (
        AnswerKind.AMOUNT,
        Words("Hoeveel komt er ongeveer netto per maand binnen? Tel uw partner mee, en toeslagen niet.",
              "About how much comes in net a month? Count your partner, and no allowances."),
    ),
    Fact.ASSETS: (
        AnswerKind.CHOICE,
        Words("Hoeveel spaargeld en ander vermogen was er op 1 januari? Tel uw partner mee.",
              "How much savings and other assets were there on 1 January? Count your partner."),
    ),
    Fact.INSURED: (
        AnswerKind.CHOICE, Words("Hebt u een Nederlandse zorgverzekering?", "Do you have Dutch health insurance?"),
    ),
    Fact.AFTER_SEIZURE: (
        AnswerKind.AMOUNT,
        Words("Hoeveel blijft er per maand over na het beslag?", "How much is left a month after the seizure?"),
    ),
    Fact.ENERGY_BILL: (
        AnswerKind.AMOUNT, Words("Wat kost energie ongeveer per maand?", "About what does energy cost a month?"),
    ),
}  # fmt: skip
