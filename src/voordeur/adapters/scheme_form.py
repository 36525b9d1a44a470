"""From the fields of a form, as a browser sends them, to the answer to a question. Office and phone both use this."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from voordeur.core.money import parse_euros
from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.household import Fact
from voordeur.core.schemes.questions import AnswerKind, Question
from voordeur.core.words import Words

Fields = Mapping[str, Sequence[str]]
CHILDREN = 8
"""So many birthdays of children can be filled in."""
PERSONS = 4
TICKS = ("child", "student", "commercial", "rich")
"""What can be ticked about somebody who lives there."""
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


def answer_of(question: Question, fields: Fields) -> object:
    """The answer as `core.schemes.answers` takes it. Raises Refused when a field cannot be read."""
    match question.kind:
        case AnswerKind.YES_NO:
            return _one_of(fields, "answer", ("ja", "nee")) == "ja"
        case AnswerKind.SEVERAL:
            known = {option.value for option in question.options}
            return [value for value in fields.get("answer", ()) if value in known]
        case AnswerKind.CHOICE:
            return _one_of(fields, "answer", [option.value for option in question.options])
        case AnswerKind.DATES:
            return _days(question, fields)
        case AnswerKind.AMOUNT:
            return _amount(question, fields)
        case AnswerKind.PERSONS:
            return list(_persons(fields))


def first(fields: Fields, name: str) -> str:
    """The first value of a field, without spaces around it; empty when it is not there."""
    return next(iter(fields.get(name, ())), "").strip()


def _one_of(fields: Fields, name: str, allowed: Sequence[str]) -> str:
    value = first(fields, name)
    if value not in allowed:
        raise Refused(
            _problem("nothing-chosen", "Er is niets gekozen.", "Nothing was chosen.",
                     "Kies een antwoord, of sla de vraag over.", "Choose an answer, or skip the question.")
        )  # fmt: skip
    return value


def _days(question: Question, fields: Fields) -> object:
    if question.facts[0] is Fact.CHILDREN:
        return [_day(value) for value in fields.get("day", ()) if value.strip()]
    return {option.value: _day(first(fields, option.value)) for option in question.options}


def _day(said: str) -> str:
    """An ISO day from an ISO day or from `2-4-1990`."""
    dutch = _DUTCH_DAY.fullmatch(said.strip())
    try:
        if dutch:
            return date(int(dutch[3]), int(dutch[2]), int(dutch[1])).isoformat()
        return date.fromisoformat(said.strip()).isoformat()
    except ValueError:
        raise Refused(
            _problem("not-a-day", "Dit is geen geboortedatum.", "This is no date of birth.",
                     "Schrijf dag, maand en jaar, zoals 2-4-1990.", "Write day, month and year, such as 2-4-1990.")
        ) from None  # fmt: skip


def _amount(question: Question, fields: Fields) -> object:
    per = question.options[0].value if len(question.options) == 1 else first(fields, "per")
    if per not in {option.value for option in question.options}:
        raise Refused(
            _problem("nothing-chosen", "Waar is dit bedrag van?", "What is this amount of?",
                     "Kies een van de mogelijkheden.", "Choose one of the options.")
        )  # fmt: skip
    return {"amount": _cents(first(fields, "amount")), "per": per}


def _cents(said: str) -> int:
    """Cents from euros as people write them. `1.800` is eighteen hundred: nobody has an income of three decimals."""
    plain = re.sub(r"[.\s](?=\d{3}(\D|$))", "", said.replace("€", "").strip())
    cents = parse_euros(plain)
    if cents is None or cents < 0:
        raise Refused(
            _problem("not-an-amount", "Dit is geen bedrag.", "This is no amount.",
                     "Schrijf alleen het getal, zoals 1800.", "Write the number alone, such as 1800.")
        )  # fmt: skip
    return cents


def _persons(fields: Fields) -> Iterator[dict[str, object]]:
    for at in range(PERSONS):
        born, income = first(fields, f"born-{at}"), first(fields, f"income-{at}")
        ticked = {name: True for name in TICKS if first(fields, f"{name}-{at}")}
        if born or income or ticked:
            yield {"born": _day(born), "income": _cents(income or "0"), **ticked}


def _problem(code: str, nl: str, en: str, cure_nl: str, cure_en: str) -> Problem:
    return Problem(code, Words(nl, en), Words(cure_nl, cure_en))
