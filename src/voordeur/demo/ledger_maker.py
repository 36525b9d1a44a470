"""Lives one tenancy month by month and writes its ledger: charges, payments, reversals, corrections, the lot.

What is written here is what a rent administration would have; what is kept apart (`episodes`) is the truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from voordeur.core.calendar import add_months
from voordeur.core.ledger import Component, Kind
from voordeur.demo import assumptions
from voordeur.demo.assumptions import Odds
from voordeur.demo.bank_days import BankDays
from voordeur.demo.behaviour import OLD_RENT, Phase, Trouble, Turn, begin, monthly_odds
from voordeur.demo.households import Manner, Tenancy
from voordeur.demo.pages import EARLIEST, LATEST, Page
from voordeur.demo.truth import Cause, Ending, Episode

KIND_CODES = {kind: code for code, kind in enumerate(Kind, 1)}
COMPONENT_CODES = {component: code for code, component in enumerate(Component, 1)}
CHARGE, PAYMENT, REVERSAL, REFUND, CORRECTION, WRITE_OFF = KIND_CODES.values()
RENT, SERVICE, OTHER, COSTS, INTEREST = COMPONENT_CODES.values()
DEBIT_TEXT = "Incasso"
"""With this the description of a direct debit begins."""
_REASONS = ("AM04",) * 64 + ("MS03",) * 13 + ("MD06",) * 13 + ("AC04",) * 4 + ("AC06",) * 3 + ("MD01",) * 3
"""Why a direct debit comes back: mostly not enough money (assumed mix of ISO 20022 reason codes)."""


class LedgerRow(NamedTuple):
    """One row of the ledger of one tenancy. Codes as in the database; cents."""

    day: date
    """It counts from this day."""
    kind: int
    known: date
    due: date | None
    component: int
    amount: int
    period: date | None
    designates: int
    reverses: int
    claim: int
    """Numbers of rows of the same tenancy, from 1; 0 is none."""
    reason: str
    description: str


class PauseRow(NamedTuple):
    """A stretch in which days do not count."""

    start: date
    end: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a tenancy pays: cents per rent level."""

    rents: Sequence[int]
    services: Sequence[int]
    """0 where service costs are part of the rent."""


@dataclass(slots=True)
class Life:
    """One tenancy being lived. `live()` writes rows, episodes and pauses."""

    rnd: Random
    tenancy: Tenancy
    neighbourhood: str
    terms: Terms
    pages: Sequence[Page]
    bank: BankDays
    rows: list[LedgerRow] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    pauses: list[PauseRow] = field(default_factory=list)
    refers: list[int] = field(default_factory=list)
    """Places of the rows that refer to another row."""
    mandates: list[tuple[date, bool]] = field(default_factory=list)
    """(day, on): when the direct debit was stopped or came back."""
    owed: int = 0
    debit: bool = False
    trouble: Trouble | None = None
    _open_since: int = 0
    """Row number of the first charge of the episode that was not paid."""

    def live(self, first: int, natural_end: int) -> int:
        """Live the months from page `first` up to (not including) `natural_end`; returns the page after the last."""
        habit = self.tenancy.habit
        self.debit = habit.manner is Manner.DEBIT
        chances = monthly_odds(habit)
        hazard = habit.temperament * sum(one.monthly for _, one in chances)
        surprise = hazard + _EXTRA + _NEW_PAY_DAY + _DOUBLE
        last = min(natural_end, len(self.pages))
        random = self.rnd.random
        for at in range(first, last):
            page = self.pages[at]
            charged = self._charge(page, at == first)
            if page.rise and self.trouble is None and not self.debit:
                self._old_amount(page)
            draw = random()
            if draw < surprise * page.mishap:
                self._surprise(page, draw / page.mishap, hazard, chances)
            if self.trouble is None:
                self._usual(page, charged)
            elif self._troubled(page, charged, self.trouble) is Phase.LEFT:
                last = at + 1
                break
        if last < len(self.pages):
            self._leave(self.pages[last].due - timedelta(days=1))
        return last

    # --- charges ----------------------------------------------------------------------------------------------------

    def open_with(self, trouble: Trouble, months: float) -> None:
        """Begin the ledger in the middle of trouble: an opening balance of so many months of rent."""
        page = self.pages[0]
        amount = round(self.terms.rents[page.level] * months)
        self._add(page.due, page.due, CORRECTION, amount, due=page.due, text="Beginsaldo")
        self._open_since = len(self.rows)
        self.owed += amount
        self._enter(trouble, add_months(page.due, -max(1, round(months))))

    def _charge(self, page: Page, first: bool) -> int:
        """Rent and service costs of a month, in part when the tenancy began during it."""
        due, rent, service = page.due, self.terms.rents[page.level], self.terms.services[page.level]
        start = self.tenancy.start
        if first and start > due:
            days = (add_months(due, 1) - due).days
            left = days - start.day + 1
            due, rent, service = start, rent * left // days, service * left // days
        rows, period = self.rows, page.due
        rows.append(LedgerRow(due, CHARGE, due, due, RENT, rent, period, 0, 0, 0, "", ""))
        if service:
            rows.append(LedgerRow(due, CHARGE, due, due, SERVICE, service, period, 0, 0, 0, "", ""))
        self.owed += rent + service
        return rent + service

    def _surprise(
        self, page: Page, draw: float, hazard: float, chances: Sequence[tuple[Cause, Odds]]
    ) -> None:
        """Something happens this month: trouble, a bill, a new pay day, or a payment that is made twice."""
        habit = self.tenancy.habit
        if draw < hazard:
            if self.trouble is None:
                cause, odds = self.rnd.choices(chances, [one.monthly for _, one in chances])[0]
                self._open_since = self._rent_row()
                self._enter(begin(self.rnd, cause, odds.cures_itself, habit, self.debit), page.due)
        elif draw < hazard + _EXTRA:
            self._bill(page)
        elif draw < hazard + _EXTRA + _NEW_PAY_DAY:
            if habit.manner is not Manner.DEBIT and habit.day < 8:
                habit.day = self.rnd.randint(10, 14)  # from wages to a benefit that comes on the 12th
        elif habit.manner is Manner.BY_HAND and self.trouble is None:
            self._pay(page, self._day(page), self.terms.rents[page.level], "huur")

    def _bill(self, page: Page) -> None:
        """A repair, a key, the settlement of service costs: due with the next rent. Or a correction the other way."""
        day, known = page.days[self.rnd.randint(3, 24) - EARLIEST]
        amount = 100 * self.rnd.randint(12, 160) + self.rnd.choice((0, 0, 50, 95))
        if self.rnd.random() < 0.3:
            known = max(known, self.bank.on_or_after(day + timedelta(days=self.rnd.choice((0, 0, 1, 20)))))
            self._add(day, known, CORRECTION, -amount, component=OTHER, text=self.rnd.choice(_CREDITS))
            self.owed -= amount
        else:
            due = add_months(page.due, 1)
            self._add(day, day, CHARGE, amount, component=OTHER, due=due, text=self.rnd.choice(_BILLS))
            self.owed += amount

    # --- payments ---------------------------------------------------------------------------------------------------

    def _usual(self, page: Page, charged: int) -> None:
        """A month like any other: what is owed is paid on the usual day."""
        habit, amount = self.tenancy.habit, self.owed
        if amount <= 0:
            if amount < -2 * charged and habit.manner is not Manner.QUARTER:
                self._refund(page)
            return
        if habit.two_parts:
            part = amount * 2 // 3
            self._pay(page, self._day(page), part)
            self._pay(page, 19 + self.rnd.randint(0, 2), amount - part)
        elif habit.manner is Manner.QUARTER:
            self._pay(page, habit.day, amount + 2 * charged if amount >= charged else amount)
        else:
            self._pay(page, self._day(page), amount)

    def _day(self, page: Page) -> int:
        """Days after due on which this household pays this month when nothing is the matter."""
        if self.tenancy.start > page.due:
            return (self.tenancy.start - page.due).days + 3  # the first bill, for a part of a month
        if self.debit:
            return 0
        habit = self.tenancy.habit
        if habit.four_weekly >= 0:
            ahead = page.due.toordinal() - 9
            return (habit.four_weekly - ahead) % 28 - 9 + habit.day
        if habit.spread:
            return round(self.rnd.gauss(habit.day, habit.spread))
        return habit.day

    def _pay(self, page: Page, day: int, amount: int, text: str = "") -> date:
        """Book a payment `day` days after due (on the next bank day); returns the day it was booked."""
        booked, known = page.days[min(max(day, EARLIEST), LATEST) - EARLIEST]
        named, period = 0, None
        if not text and self.debit and day == 0:
            text = f"{DEBIT_TEXT} {page.month}"
        elif not text and self.tenancy.habit.names_month:
            text, named, period = f"huur {page.month}", self._rent_row(), page.due
            self.refers.append(len(self.rows))
        self.rows.append(LedgerRow(booked, PAYMENT, known, None, RENT, amount, period, named, 0, 0, "", text))
        self.owed -= amount
        return booked

    def _bounce(self, page: Page, charged: int) -> int:
        """The direct debit is drawn and comes back; returns how many days after due."""
        self._pay(page, 0, charged)
        reason = self.rnd.choice(_REASONS)
        slow = self.rnd.randint(8, 50) if reason == "MD06" else self.rnd.randint(2, 6)
        booked, known = page.days[slow - EARLIEST]
        paid = len(self.rows)
        self._add(booked, known, REVERSAL, charged, reverses=paid, reason=reason, text="Storno")
        self.owed += charged
        return slow

    def _refund(self, page: Page) -> None:
        booked, known = page.days[self.rnd.randint(8, 24) - EARLIEST]
        self._add(booked, known, REFUND, -self.owed, text="Te veel betaald")
        self.owed = 0

    # --- trouble ----------------------------------------------------------------------------------------------------

    def _old_amount(self, page: Page) -> None:
        """After 1 July some go on paying the rent of before."""
        odds, rents = assumptions.OLD_AMOUNT, self.terms.rents
        rose = page.level > 0 and rents[page.level] > rents[page.level - 1]
        if rose and self.rnd.random() < odds.monthly:
            self._open_since = self._rent_row()
            habit = self.tenancy.habit
            self._enter(begin(self.rnd, Cause.OLD_AMOUNT, odds.cures_itself, habit, False), page.due)

    def _enter(self, trouble: Trouble, started: date) -> None:
        self.trouble = trouble
        self.episodes.append(
            Episode(self.tenancy.key, self.neighbourhood, trouble.cause, started, trouble.cures_itself)
        )

    def _over(self, ending: Ending, ended: date) -> None:
        episode = self.episodes[-1]
        episode.ending, episode.ended = ending, ended
        if episode.cause is Cause.DISPUTE and self.rnd.random() < _DISPUTE_REPORTED:
            start = min(episode.started + timedelta(days=14), ended)
            self.pauses.append(PauseRow(start, ended, "dispute"))
        if self.tenancy.habit.manner is Manner.DEBIT and not self.debit and self.rnd.random() < _SIGNS_AGAIN:
            self._switch_debit(ended, on=True)
        self.trouble = None

    def _troubled(self, page: Page, charged: int, trouble: Trouble) -> Phase | None:
        """One month of an episode: the next turn, or after the last a step of its way out."""
        if trouble.at < len(trouble.turns):
            turn = trouble.turns[trouble.at]
            trouble.at += 1
            if trouble.at == 4 and not trouble.cures_itself and self.rnd.random() < 0.3:
                self._costs(page)
            day = self._turn(page, charged, turn)
            if trouble.at == len(trouble.turns) and trouble.phase is Phase.NONE:
                self._over(Ending.SELF, day or page.due)
            return None
        if trouble.phase is Phase.LEFT:
            return Phase.LEFT
        rent_paid = self._pay(page, self._day(page), charged)
        self._way_out(page, trouble, rent_paid)
        return None

    def _turn(self, page: Page, charged: int, turn: Turn) -> date | None:
        """Pay one month as the turn says; returns the day on which its rest was paid, if that came later."""
        paid, back = 0, 0
        if turn.bounced and self.debit and self._day(page) == 0:
            back = self._bounce(page, charged)
            if sum(row.kind == REVERSAL for row in self.rows[-12:]) >= _REVERSALS_BEARABLE:
                self._switch_debit(page.due, on=False)
        else:
            paid = self._part(page, charged, turn.share)
            if paid > 0:
                self._pay(page, self._day(page) if turn.day is None else turn.day, paid)
        if turn.rest_on is None or paid >= charged:
            return None
        return self._pay(page, max(turn.rest_on, back + 2), charged - paid)

    def _part(self, page: Page, charged: int, share: float) -> int:
        """Cents of this month that are paid on time; OLD_RENT is what it was before the last rise."""
        if share == OLD_RENT:
            rents = self.terms.rents
            return charged - (rents[page.level] - rents[page.level - 1] if page.level else 0)
        paid = round(charged * share)
        return paid // 500 * 500 if paid < charged else paid  # people transfer round sums

    def _switch_debit(self, day: date, *, on: bool) -> None:
        """The direct debit is stopped, or a new mandate is signed."""
        self.debit = on
        self.mandates.append((day, on))

    def _way_out(self, page: Page, trouble: Trouble, rent_paid: date) -> None:
        """The way out, one month of it, beside the rent of this month that is paid on `rent_paid`."""
        by_plan = trouble.phase is Phase.PLAN
        if by_plan and self.episodes[-1].plan_from is None:
            self.episodes[-1].plan_from = page.due
        if self.owed <= 0:
            self._over(Ending.PLAN if by_plan else Ending.SELF, rent_paid)
        elif trouble.phase is Phase.LUMP:
            day = self._pay(page, self.rnd.randint(2, 26), self.owed)
            self._over(Ending.SELF if trouble.cures_itself else Ending.LUMP, max(day, rent_paid))
        elif trouble.phase is Phase.HELP:
            self._helped(page)
        elif self.rnd.random() < 0.9:  # now and then an instalment does not come
            rent = self.terms.rents[page.level]
            instalment = min(self.owed, max(2500, round(rent * trouble.instalment) // 500 * 500))
            day = self._pay(
                page, self.rnd.randint(20, 27), instalment, "regeling" if by_plan else "achterstand"
            )
            if self.owed <= 0:
                self._over(Ending.PLAN if by_plan else Ending.SELF, max(day, rent_paid))

    def _helped(self, page: Page) -> None:
        """The municipality helps: a part is paid at once, the rest is written off."""
        if self.rnd.random() < 0.5:
            start = max(self.episodes[-1].started, page.due - timedelta(days=120))
            self.pauses.append(PauseRow(start, page.due + timedelta(days=14), "moratorium"))
        day = self._pay(page, 14, self.owed * self.rnd.randint(35, 75) // 100, "schuldregeling")
        self._add(day, day, WRITE_OFF, self.owed, text="Finale kwijting")
        self.owed = 0
        self._over(Ending.HELP, day)

    def _costs(self, page: Page) -> None:
        """Collection costs the old way: 15 % of what is open, at least 40 euro; at times interest."""
        if self.owed <= 0:
            return
        day, known = page.days[24 - EARLIEST]
        amount = max(4000, min(37500, self.owed * 15 // 100))
        due = day + timedelta(days=14)
        self._add(
            day, known, CHARGE, amount, component=COSTS, due=due, claim=self._open_since, text="Incassokosten"
        )
        self.owed += amount
        if self.rnd.random() < 0.15:
            interest = max(100, self.owed // 200)
            self._add(
                day,
                known,
                CHARGE,
                interest,
                component=INTEREST,
                due=due,
                claim=self._open_since,
                text="Rente",
            )
            self.owed += interest

    # --- leaving ----------------------------------------------------------------------------------------------------

    def _leave(self, end: date) -> None:
        """Hand in the keys: a final bill, and what is still open is paid, paid in part, or written off in the end."""
        self.tenancy.end = end
        debt = self.owed > 0 and self.trouble is not None and not self.trouble.cures_itself
        if self.rnd.random() < (0.65 if debt else 0.35):
            amount = 100 * (self.rnd.randint(300, 2800) if debt else self.rnd.randint(30, 420))
            day = self.bank.on_or_after(end + timedelta(days=self.rnd.randint(5, 30)))
            due = day + timedelta(days=14)
            self._add(day, day, CHARGE, amount, component=OTHER, due=due, text="Eindafrekening")
            self.owed += amount
        ending, ended = Ending.LEFT, end
        if self.owed < 0:
            day = self.bank.on_or_after(end + timedelta(days=self.rnd.randint(20, 60)))
            self._add(day, day, REFUND, -self.owed, text="Eindafrekening")
            self.owed = 0
        elif self.owed > 0 and not debt and self.rnd.random() < 0.9:
            day = self.bank.on_or_after(end + timedelta(days=self.rnd.randint(35, 75)))
            self._add(day, self.bank.after(day), PAYMENT, self.owed, text="laatste afrekening")
            self.owed, ending, ended = 0, Ending.SELF, day
        elif self.owed > 0:
            self._departed_debt(end)
        if self.trouble is not None:
            self.episodes[-1].ending, self.episodes[-1].ended, self.trouble = ending, ended, None

    def _departed_debt(self, end: date) -> None:
        """Somebody who left pays a little, or nothing; after a year or two the rest is written off."""
        months = self.rnd.randint(*assumptions.WRITE_OFF_MONTHS)
        if self.rnd.random() < 0.3:
            for month in range(2, 2 + self.rnd.randint(2, 9)):
                day = self.bank.on_or_after(add_months(end, month))
                amount = min(self.owed, 100 * self.rnd.randint(25, 120))
                self._add(day, self.bank.after(day), PAYMENT, amount, text="aflossing")
                self.owed -= amount
                if not self.owed:
                    return
        day = add_months(end, months)
        self._add(day, day, WRITE_OFF, self.owed, text="Oninbaar")
        self.owed = 0

    # --- rows -------------------------------------------------------------------------------------------------------

    def _rent_row(self) -> int:
        """Number of the newest rent charge."""
        for number in range(len(self.rows), 0, -1):
            row = self.rows[number - 1]
            if row.kind == CHARGE and row.component == RENT:
                return number
        return 0

    def _add(
        self,
        day: date,
        known: date,
        kind: int,
        amount: int,
        *,
        component: int = RENT,
        due: date | None = None,
        reverses: int = 0,
        claim: int = 0,
        reason: str = "",
        text: str = "",
    ) -> None:
        if reverses or claim:
            self.refers.append(len(self.rows))
        if amount:
            self.rows.append(
                LedgerRow(day, kind, known, due, component, amount, None, 0, reverses, claim, reason, text)
            )


_EXTRA = 0.0060
_NEW_PAY_DAY = 0.0005
_DOUBLE = 0.0012
"""Chances per month of a bill or correction, of a new pay day, and of paying twice (assumed)."""
_REVERSALS_BEARABLE = 2
"""So many reversals shortly after each other and the landlord stops the direct debit (assumed)."""
_SIGNS_AGAIN = 0.7
"""Share that signs a new mandate when the trouble is over (assumed)."""
_DISPUTE_REPORTED = 0.6
"""Share of disputes that the landlord wrote down, so that days did not count (assumed)."""
_BILLS = (
    "Ontstopping",
    "Sleutels",
    "Glasherstel",
    "Tuinonderhoud",
    "Afrekening servicekosten",
    "Herstel na schade",
)
_CREDITS = ("Correctie huurprijs", "Afrekening servicekosten", "Vergoeding overlast werkzaamheden")
