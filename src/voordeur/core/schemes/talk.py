"""The talk at the kitchen table: what was answered so far, folded into what is known, and the question that is next.

A talk is a list of answers in the order in which they were given, and nothing else: going back, changing an answer and
going on later all come down to folding the list again. An answer whose question is not asked any more (because an
earlier answer changed) falls away. What was answered is not asked again, even where the answer was of no use because
something before it was skipped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from voordeur.core.money import euros
from voordeur.core.phrases import joined
from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.answers import answered
from voordeur.core.schemes.household import Fact, Household
from voordeur.core.schemes.questions import AnswerKind, Question, next_question
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.sentences import whole
from voordeur.core.words import Words, day_in_words

MOST_ANSWERS = 40
"""More than any talk can have; a longer list is not one of ours."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, as a form or the phone keeps it."""

    about: str
    """The first fact of the question, as `core.schemes.household.Fact` names it."""
    answer: object = None
    skipped: bool = False
    """The tenant does not know, or does not want to say."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what was said to it."""

    question: Question
    said: Said


@dataclass(frozen=True, slots=True)
class Talk:
    """Where a talk stands."""

    home: Household
    turns: tuple[Turn, ...]
    question: Question | None
    """The next one; None when nothing that can be asked changes the outcome any more."""
    problems: tuple[Problem, ...] = ()
    """Why the last answer could not be read; `question` is then the one it was given to."""


def talk(known: Household, said: Sequence[Said], rules: DayRules) -> Talk:
    """Fold the answers, from what the landlord knows."""
    home, turns, asked = known, list[Turn](), set[Fact]()
    for one in said[:MOST_ANSWERS]:
        question = next_question(home, rules, asked)
        if question is None or question.facts[0].value != one.about:
            continue
        if not one.skipped:
            try:
                home = answered(home, question, one.answer, rules)
            except Refused as refusal:
                return Talk(home, tuple(turns), question, tuple(refusal.problems))
        asked.update(question.facts)
        turns.append(Turn(question, one))
    return Talk(home, tuple(turns), next_question(home, rules, asked))


def in_words(turn: Turn) -> Words:
    """What was said, to read back to the tenant."""
    answer = turn.said.answer
    if turn.said.skipped:
        return Words("overgeslagen", "skipped")
    match turn.question.kind:
        case AnswerKind.YES_NO:
            return Words("ja", "yes") if answer else Words("nee", "no")
        case AnswerKind.SEVERAL | AnswerKind.CHOICE:
            return _chosen(turn.question, answer if isinstance(answer, list) else [answer])
        case AnswerKind.DATES:
            return _days(answer)
        case AnswerKind.AMOUNT:
            return _amount(turn.question, answer)
        case AnswerKind.PERSONS:
            count = len(answer) if isinstance(answer, list) else 0
            return Words(str(count), str(count)) if count else Words("niemand", "nobody")


def _chosen(question: Question, values: Sequence[object]) -> Words:
    found = [option.words for option in question.options if option.value in values]
    return joined([_plain(words) for words in found]) if found else Words("niets", "nothing")


def _plain(words: Words) -> Words:
    return Words(words.nl.rstrip("."), words.en.rstrip("."))


def _days(answer: object) -> Words:
    days = list(answer.values()) if isinstance(answer, Mapping) else list(answer or ())  # type: ignore[call-overload]
    found = [day_in_words(date.fromisoformat(str(one)), year=True) for one in days]
    return joined(found) if found else Words("geen", "none")


def _amount(question: Question, answer: object) -> Words:
    given = answer if isinstance(answer, Mapping) else {}
    amount, said = int(given.get("amount", 0)), whole(int(given.get("amount", 0)))
    per = next((one.words for one in question.options if one.value == given.get("per")), None)
    if per is None:
        return euros(amount)
    return Words(f"ongeveer {said.nl} {per.nl}", f"about {said.en} {per.en}")
