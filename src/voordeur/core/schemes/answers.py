"""From what somebody answered to what is known of the household; an answer that cannot be read is refused in words.

Answers are plain values, as a form or the phone sends them: true or false, an option, a list of options, ISO dates,
`{"amount": cents, "per": one of the options}`, or a list of persons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.household import (
    CoResident,
    Earning,
    Fact,
    Household,
    Insured,
    Scheme,
    Span,
    exactly,
)
from voordeur.core.schemes.income import about_net
from voordeur.core.schemes.questions import AnswerKind, Question
from voordeur.core.schemes.rules import DayRules
from voordeur.core.words import Words

_OLDEST = 120
"""Years; nobody is older."""


def answered(home: Household, question: Question, answer: object, rules: DayRules) -> Household:
    """The household with this answer. Raises Refused when the answer does not fit the question."""
    try:
        return _take(home, question, answer, rules)
    except (ValueError, KeyError):
        raise Refused(_unreadable(question)) from None


def _take(home: Household, question: Question, answer: object, rules: DayRules) -> Household:
    fact = question.facts[0]
    match question.kind:
        case AnswerKind.YES_NO:
            return replace(home, partner=_yes(answer))
        case AnswerKind.SEVERAL:
            return _several(home, question, _texts(answer))
        case AnswerKind.DATES:
            return _dates(home, question, answer, rules)
        case AnswerKind.CHOICE:
            return _choice(home, question, answer)
        case AnswerKind.AMOUNT:
            return _amount(home, fact, answer, rules)
        case AnswerKind.PERSONS:
            return replace(home, others=tuple(_person(one, rules) for one in _list(answer)))


def _several(home: Household, question: Question, chosen: Sequence[str]) -> Household:
    known = {option.value for option in question.options}
    if not set(chosen) <= known:
        raise ValueError("an option that was not offered")
    if question.facts == (Fact.RECEIVES,):
        return replace(home, receives=frozenset(Scheme(one) for one in chosen))
    said = {fact: fact.value in chosen for fact in question.facts}
    return replace(
        home,
        childcare=said.get(Fact.CHILDCARE, home.childcare),
        long_low_income=said.get(Fact.LONG_LOW_INCOME, home.long_low_income),
        special_costs=said.get(Fact.SPECIAL_COSTS, home.special_costs),
        study=said.get(Fact.STUDY, home.study),
        seizure=said.get(Fact.SEIZURE, home.seizure),
    )


def _dates(home: Household, question: Question, answer: object, rules: DayRules) -> Household:
    if question.facts == (Fact.CHILDREN,):
        return replace(home, children=tuple(_born(one, rules) for one in _texts(answer)))
    given = _mapping(answer)
    born = {option.value: _born(given[option.value], rules) for option in question.options}
    return replace(
        home, born=born.get("born", home.born), partner_born=born.get("partner_born", home.partner_born)
    )


def _choice(home: Household, question: Question, answer: object) -> Household:
    if not isinstance(answer, str) or answer not in {option.value for option in question.options}:
        raise ValueError("an option that was not offered")
    if question.facts == (Fact.INSURED,):
        return replace(home, insured=Insured(answer))
    low, _, high = answer.partition("-")
    return replace(home, assets=Span(int(low), int(high) if high else 10**12))


def _amount(home: Household, fact: Fact, answer: object, rules: DayRules) -> Household:
    given = _mapping(answer)
    cents, per = given["amount"], str(given["per"])
    if type(cents) is not int or cents < 0:
        raise ValueError("no amount")
    match fact, per:
        case Fact.INCOME, "year":
            return replace(home, income=exactly(cents))
        case Fact.AFTER_SEIZURE, "month":
            return replace(home, after_seizure=cents)
        case Fact.ENERGY_BILL, "month":
            return replace(home, energy_bill=cents)
        case (Fact.INCOME, ("month-work" | "month-benefit")):
            return replace(
                home, net_income=about_net(cents, rules), earning=Earning(per.removeprefix("month-"))
            )
        case ((Fact.INCOME | Fact.NET_INCOME), "month"):
            return replace(home, net_income=about_net(cents, rules))
        case _:
            raise ValueError("per what?")


def _person(given: object, rules: DayRules) -> CoResident:
    """`born` (ISO date), `income` (cents a year), and `child`, `student`, `commercial`, `rich` when true."""
    one = _mapping(given)
    income = one.get("income", 0)
    if type(income) is not int or income < 0:
        raise ValueError("no amount")
    return CoResident(
        born=_born(one["born"], rules),
        income=exactly(income),
        child=one.get("child") is True,
        student=one.get("student") is True,
        commercial=one.get("commercial") is True,
        rich=one.get("rich") is True,
    )


def _born(said: object, rules: DayRules) -> date:
    """A day of birth: not after the day of the check, and of nobody older than anybody is."""
    born = date.fromisoformat(str(said))
    if born > rules.on or rules.on.year - born.year > _OLDEST:
        raise ValueError("no day of birth")
    return born


def _yes(answer: object) -> bool:
    if not isinstance(answer, bool):
        raise ValueError("neither yes nor no")
    return answer


def _list(answer: object) -> list[object]:
    if not isinstance(answer, list):
        raise ValueError("no list")
    return answer


def _texts(answer: object) -> list[str]:
    return [str(one) for one in _list(answer)]


def _mapping(answer: object) -> Mapping[str, object]:
    if not isinstance(answer, Mapping):
        raise ValueError("no fields")
    return answer


def _unreadable(question: Question) -> Problem:
    return Problem(
        "answer-unreadable",
        Words("Dit antwoord past niet bij de vraag.", "This answer does not fit the question."),
        Words("Beantwoord de vraag opnieuw.", "Answer the question again."),
        column=question.facts[0].value,
    )
