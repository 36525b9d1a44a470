"""The check on schemes as plain JSON values: a talk in, the screen that comes next out. Office and phone both use this.

A request is `{"day": ISO date, "language": "nl" or "en", "known": {...}, "said": [{"about", "answer", "skipped"}],
"fields": {...}}`. `known` is what the landlord knows: `rent` and `service_costs` (cents a month), `size` and
`municipality`. `fields` is what was filled in on the screen before, as a browser sends it: `press` says which button.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from voordeur.adapters.scheme_form import Fields, answer_of, first
from voordeur.adapters.scheme_page import page
from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.household import Household
from voordeur.core.schemes.questions import Question
from voordeur.core.schemes.result import Result, result
from voordeur.core.schemes.rules import DayRules, RuleBook
from voordeur.core.schemes.talk import Said, Talk, talk
from voordeur.core.words import Words

Plain = dict[str, object]
_ENOUGH = 3
"""After so many answers a result can be looked at, though questions are left."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request, read."""

    language: str
    known: Household
    said: tuple[Said, ...]
    rules: DayRules


def screens(requests: Sequence[Mapping[str, object]]) -> list[Plain]:
    """Many talks at once, under the rules that come with the program."""
    return [screen(one) for one in requests]


def screen(request: Mapping[str, object]) -> Plain:
    """One step of a talk under the rules that come with the program (on the phone: those in its bundle)."""
    return turn(request, load_rule_book())


def turn(request: Mapping[str, object], book: RuleBook) -> Plain:
    """One step of a talk: `{"said", "over", "number", "html", "result"}`.

    `said` is the list to send along next time, `html` is what is shown, `over` is true when that is the result;
    `result` then holds its sum in cents and the schemes to follow. Raises Refused for a day without rules and for a
    request that is none of ours; an answer that cannot be read is no refusal, the screen says what is wrong with it.
    """
    asked, fields = _read(request, book), _fields(request)
    before = talk(asked.known, asked.said, asked.rules)
    after, problems = _answer(asked, before, fields)
    question, number = _shown(after, fields, problems)
    over = question is None
    found = result(after.home, asked.rules) if over else None
    html = page(
        after, question, number, problems, found, asked.language, asked.rules, enough=number >= _ENOUGH
    )
    return {
        "said": [_plain(one.said) for one in after.turns],
        "over": over,
        "number": number,
        "html": html,
        "result": None if found is None else _sum(found),
    }


def result_of(request: Mapping[str, object], book: RuleBook) -> Result:
    """The result of a talk as values, with what was said until now."""
    asked = _read(request, book)
    return result(talk(asked.known, asked.said, asked.rules).home, asked.rules)


def _answer(asked: _Asked, before: Talk, fields: Fields) -> tuple[Talk, tuple[Problem, ...]]:
    """The talk with what was filled in; as it was, and what is wrong, when that cannot be read."""
    press, number = first(fields, "press"), _number(fields)
    if press not in ("next", "skip") or before.problems:
        return before, before.problems
    question = before.turns[number].question if number < len(before.turns) else before.question
    if question is None or question.facts[0].value != first(fields, "about"):
        return before, ()
    try:
        said = Said(question.facts[0].value, skipped=True)
        said = said if press == "skip" else replace(said, skipped=False, answer=answer_of(question, fields))
        given = [one.said for one in before.turns]
        after = talk(asked.known, [*given[:number], said, *given[number + 1 :]], asked.rules)
    except Refused as refusal:
        return before, tuple(refusal.problems)
    return (before, after.problems) if after.problems else (after, ())


def _shown(after: Talk, fields: Fields, problems: tuple[Problem, ...]) -> tuple[Question | None, int]:
    """Which question is shown, and its number; none when it is the result."""
    press, number, given = first(fields, "press"), _number(fields), len(after.turns)
    if problems and number < given:
        return after.turns[number].question, number
    if press == "back" and 0 < number <= given:
        return after.turns[number - 1].question, number - 1
    if press.startswith("change-") and (at := _whole(press.removeprefix("change-"))) < given:
        return after.turns[at].question, at
    if press == "finish" and given >= _ENOUGH:
        return None, given
    return after.question, given


def _number(fields: Fields) -> int:
    return _whole(first(fields, "number"))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 999


def _fields(request: Mapping[str, object]) -> Fields:
    given = request.get("fields")
    if not isinstance(given, Mapping):
        return {}
    return {
        str(name): [str(one) for one in values] for name, values in given.items() if isinstance(values, list)
    }


def _read(request: Mapping[str, object], book: RuleBook) -> _Asked:
    try:
        day = date.fromisoformat(str(request["day"]))
        values, answers = request["known"], request["said"]
        if not isinstance(values, Mapping) or not isinstance(answers, list):
            raise ValueError("no talk")
        known = _known(values)
        said = tuple(
            Said(str(one["about"]), one.get("answer"), one.get("skipped") is True) for one in answers
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused(_UNREADABLE) from None
    return _Asked(str(request.get("language") or "nl"), known, said, book.on(day, known.municipality))


def _known(values: Mapping[str, object]) -> Household:
    """What the landlord knows, as a household. Raises ValueError for amounts that are none."""
    rent, size, service = values.get("rent"), values.get("size"), values.get("service_costs") or 0
    if not all(one is None or (type(one) is int and one >= 0) for one in (rent, size, service)):
        raise ValueError("not an amount")
    return Household(
        rent=rent if isinstance(rent, int) else None,
        size=size if isinstance(size, int) else None,
        service_costs=service if isinstance(service, int) else 0,
        municipality=str(values.get("municipality") or ""),
    )


_UNREADABLE = Problem(
    "talk-unreadable",
    Words("Deze antwoorden kunnen we niet lezen.", "We cannot read these answers."),
    Words("Begin de check opnieuw.", "Start the check again."),
)


def _plain(said: Said) -> Plain:
    return {"about": said.about, "answer": said.answer, "skipped": said.skipped}


def _sum(found: Result) -> Plain:
    cards = [
        {"scheme": one.scheme.value, "state": one.state.value, "low": one.low, "high": one.high}
        for one in found.cards
    ]
    return {"low": found.low, "high": found.high, "until": found.until.isoformat(), "schemes": cards}
