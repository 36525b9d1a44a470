"""Ladders: steps that follow each other on one open amount, each after its own delay, one at a time.

A level opens a number of days after the amount was due, at the end of the month in which that day falls, or a
number of days after the level before it. Nothing is skipped: level 3 follows level 2, and only once level 2 has
really been done. A draft that nobody sent holds the ladder up; one that was ignored does not count; what was
blocked waits for a person.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from voordeur.core.problems import Problem
from voordeur.core.words import Words, day_in_words


class DelayMode(StrEnum):
    """From when the days of a level are counted."""

    AFTER_DUE = "after_due"
    """Due day plus days."""
    END_OF_MONTH = "end_of_month"
    """The last day of the month in which due day plus days falls."""
    AFTER_PREVIOUS = "after_previous"
    """Day of the previous level plus days."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a ladder; the first has number 1."""

    number: int
    mode: DelayMode
    days: int
    from_amount: int = 0
    """Cents: for less than this the level stays closed."""

    def opens(self, due: date, previous: date | None) -> date | None:
        """The first day on which this level is open; None while the level before it was not done."""
        if self.mode is DelayMode.AFTER_PREVIOUS:
            return None if previous is None else previous + timedelta(days=self.days)
        day = due + timedelta(days=self.days)
        if self.mode is DelayMode.END_OF_MONTH:
            return day.replace(day=monthrange(day.year, day.month)[1])
        return day

    def open_on(self, on: date, due: date | None, done: int, done_on: date | None, amount: int) -> bool:
        """True when this level may be taken on day `on`, with `done` levels behind it and `amount` cents open."""
        if due is None or done != self.number - 1 or amount < self.from_amount:
            return False
        opens = self.opens(due, done_on)
        return opens is not None and opens <= on

    def closed_words(self, on: date, due: date | None, done: int, done_on: date | None, amount: int) -> Words:
        """Why this level is closed, as a sentence."""
        if done >= self.number:
            return Words("Deze stap van de ladder is al gezet.", "This step of the ladder was taken already.")
        opens = None if due is None else self.opens(due, done_on)
        if done == self.number - 1 and opens is not None and opens > on:
            day = day_in_words(opens, year=True)
            return Words(f"De ladder komt hier op {day.nl}.", f"The ladder gets here on {day.en}.")
        if amount < self.from_amount:
            return Words(
                "Voor deze stap van de ladder is het bedrag te klein.",
                "The amount is too small for this step of the ladder.",
            )
        return Words("De stap ervoor is nog niet gezet.", "The step before it was not taken yet.")


class StepState(StrEnum):
    """What became of a step of a ladder."""

    DRAFT = "draft"
    TO_BE_SENT = "to_be_sent"
    SENT = "sent"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step that was proposed or taken for one open amount."""

    level: int
    on: date
    state: StepState = StepState.DRAFT
    blocked: bool = False
    """True while a person holds the ladder here."""

    @property
    def counts(self) -> bool:
        """True when the next level may follow this one, some day."""
        return self.state in (StepState.TO_BE_SENT, StepState.SENT)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels for one kind of open amount, and below which amount nothing is asked at all."""

    levels: tuple[Level, ...]
    tolerance: int = 0
    """Cents: an amount up to this is left alone."""


def next_step(
    ladder: Ladder, due: date, steps: Sequence[LadderStep], on: date, amount: int
) -> LadderStep | None:
    """The draft that a look on day `on` proposes for one open amount of `amount` cents; at most one.

    None when it is paid or too small, while a draft waits for a person, while the last step is blocked, when no
    level is open yet, or when the top was reached. `steps` are the earlier ones, oldest first.
    """
    if amount <= max(ladder.tolerance, 0) or any(step.state is StepState.DRAFT for step in steps):
        return None
    done = [step for step in steps if step.counts]
    if done and done[-1].blocked:
        return None
    last, last_on = (done[-1].level, done[-1].on) if done else (0, None)
    for level in ladder.levels:
        if level.open_on(on, due, last, last_on, amount):
            return LadderStep(level.number, on)
    return None


def check_look(previous: date | None, on: date) -> list[Problem]:
    """A look at the ladders may not go back in time: empty when it does not."""
    if previous is None or on >= previous:
        return []
    return [
        Problem(
            "look-goes-back",
            Words("Deze dag ligt vóór de vorige keer.", "This day lies before the previous time."),
            Words(
                "Kies de dag van de vorige keer of later.", "Choose the day of the previous time, or later."
            ),
            value=on.isoformat(),
            fatal=True,
        )
    ]


def check_withdrawal(steps: Sequence[LadderStep]) -> list[Problem]:
    """A claim with a step on its way out cannot be withdrawn: empty when there is none."""
    if not any(step.state is StepState.TO_BE_SENT for step in steps):
        return []
    return [
        Problem(
            "step-on-its-way",
            Words("Er staat een stap klaar om te versturen.", "A step is ready to be sent."),
            Words("Haal die stap eerst weg.", "Take that step out first."),
            fatal=True,
        )
    ]


def check_levels(levels: Sequence[Level], place: str = "") -> list[Problem]:
    """What is wrong with the levels of one ladder; empty when nothing is. The numbers must run 1, 2, 3."""
    found = []
    if [level.number for level in levels] != list(range(1, len(levels) + 1)):
        found.append(
            Problem(
                "levels-not-in-order",
                Words(
                    "De treden van deze ladder volgen elkaar niet op.", "The levels do not follow each other."
                ),
                Words(
                    "Nummer ze 1, 2, 3, van boven naar beneden.", "Number them 1, 2, 3, from top to bottom."
                ),
                column=place,
            )
        )
    if levels and levels[0].mode is DelayMode.AFTER_PREVIOUS:
        found.append(
            Problem(
                "no-level-before",
                Words("Voor de eerste trede is er geen vorige.", "There is no level before the first."),
                Words("Tel de eerste trede vanaf de vervaldag.", "Count the first level from the due day."),
                column=place,
            )
        )
    return found
