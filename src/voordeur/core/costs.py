"""Collection costs: how much, from which day, after which letter. And when none are owed at all.

The staircase, its minimum and maximum and the cap for small terms are dated data
(`rules/law/collection_costs.toml`); the rules are BW 6:96 lid 5 to 8. Amounts are integer cents. A fee is
worked out exactly and rounded once, half a cent up; VAT is rounded apart, the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from voordeur.core.calendar import DaySet, add_months
from voordeur.core.money import euros
from voordeur.core.problems import Problem, Refused
from voordeur.core.terms import in_tenants_favour
from voordeur.core.words import Words, day_in_words

_WHOLE = 10_000  # basis points in one


@dataclass(frozen=True, slots=True)
class Band:
    """One step of the staircase: so many basis points of the principal up to `until` cents (None: of the rest)."""

    until: int | None
    basis_points: int


@dataclass(frozen=True, slots=True)
class SmallTerms:
    """The cap for recurring terms: under `below` cents each, at most `most` cents in `months` months."""

    first: date
    below: int
    most: int
    months: int
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class FeeRule:
    """The staircase as it holds from a day on."""

    first: date
    bands: tuple[Band, ...]
    least: int
    most: int
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class FeeLaw:
    """Everything about the amount of collection costs, with from when it holds. `vat_points` are basis points."""

    rules: tuple[FeeRule, ...]
    small: SmallTerms
    vat_points: int
    letter_days: int
    mail_days: int

    def rule(self, on: date) -> FeeRule:
        """The staircase on a day. Raises Refused for a day before the first."""
        found = [rule for rule in self.rules if rule.first <= on]
        if not found:
            raise Refused(_no_rule(on))
        return max(found, key=lambda rule: rule.first)


def _no_rule(on: date) -> Problem:
    day = day_in_words(on, year=True)
    return Problem(
        "fee-rule-missing",
        Words(f"Voor {day.nl} kennen we geen incassokosten.", f"No collection costs are known for {day.en}."),
        Words("Vul de regel aan in collection_costs.toml.", "Add the rule to collection_costs.toml."),
    )


@dataclass(frozen=True, slots=True)
class Vat:
    """Whether VAT may be added (decree art. 2): all three must be so, and the letter must say it."""

    pays_vat_on_an_outside_service: bool = False
    cannot_deduct: bool = False
    said_in_letter: bool = False

    @property
    def due(self) -> bool:
        """True when VAT may be added."""
        return self.pays_vat_on_an_outside_service and self.cannot_deduct and self.said_in_letter


NO_VAT = Vat()


@dataclass(frozen=True, slots=True)
class Fee:
    """Collection costs on a principal, cents."""

    principal: int
    fee: int
    vat: int
    source: str

    @property
    def total(self) -> int:
        """The fee with VAT."""
        return self.fee + self.vat


def collection_fee(principal: int, on: date, law: FeeLaw, vat: Vat = NO_VAT) -> Fee:
    """The fee on a principal in cents, by the staircase that holds on `on`; nothing on nothing.

    Source: BW 6:96 lid 5; Besluit vergoeding voor buitengerechtelijke incassokosten art. 2. Raises Refused
    for a day that no rule covers.
    """
    rule = law.rule(on)
    if principal <= 0:
        return Fee(principal, 0, 0, rule.source)
    parts, below = 0, 0
    for band in rule.bands:
        until = principal if band.until is None else min(principal, band.until)
        parts += max(0, until - below) * band.basis_points
        below = max(below, until)
    fee = min(max(_half_up(parts, _WHOLE), rule.least), rule.most)
    return Fee(principal, fee, _half_up(fee * law.vat_points, _WHOLE) if vat.due else 0, rule.source)


def _half_up(parts: int, whole: int) -> int:
    """`parts / whole`, half up. Neither is negative."""
    return (2 * parts + whole) // (2 * whole)


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A claim that can be demanded: due on a day, so much of it open (cents)."""

    due: date
    open: int


@dataclass(frozen=True, slots=True)
class EarlierDemand:
    """A fourteen-day letter for the same tenancy that came before: its date and the fee it brought."""

    day: date
    fee: int


def letter_fee(
    claims: Sequence[OpenClaim],
    on: date,
    law: FeeLaw,
    earlier: Sequence[EarlierDemand] = (),
    vat: Vat = NO_VAT,
) -> Fee:
    """The fee that one letter for all open claims may announce: principals added up (BW 6:96 lid 7).

    When every claim is a small recurring term, the cap of lid 8 holds: with the fees of letters in the
    months before this one it never passes the maximum. How the decree deals with a letter for several small
    terms was not read; the lower of staircase and cap is the reading that cannot harm a tenant.
    """
    full = collection_fee(sum(one.open for one in claims if one.due < on), on, law, vat)
    small = law.small
    is_small = on >= small.first and claims and all(one.open < small.below for one in claims)
    if not is_small:
        return full
    from_day = add_months(on, -small.months)
    used = sum(one.fee for one in earlier if from_day <= one.day < on)
    fee = min(full.fee, max(0, small.most - used))
    return Fee(full.principal, fee, _half_up(fee * law.vat_points, _WHOLE) if vat.due else 0, small.source)


@dataclass(frozen=True, slots=True)
class FourteenDays:
    """The clock of the letter: when it counts as delivered, until when paying is free, from when costs may be."""

    delivered: date
    free_until: date
    """Money credited on this day is in time (BW 6:114)."""
    costs_from: date


def fourteen_days(posted: date, law: FeeLaw, holidays: DaySet, delivered: date | None = None) -> FourteenDays:
    """The clock of a fourteen-day letter, from the day AFTER delivery (BW 6:96 lid 6; HR 25-11-2016).

    Without a recorded arrival the letter counts as delivered `mail_days` after posting. A last day on a
    Saturday, Sunday or holiday runs on to the next working day: that only helps the tenant. Raises Refused
    where no holidays are known, and ValueError for a letter that arrived before it was posted.
    """
    arrived = posted + timedelta(days=law.mail_days) if delivered is None else delivered
    if arrived < posted:
        raise ValueError("a letter arrives on or after the day it is posted")
    free = in_tenants_favour(arrived, law.letter_days, holidays)
    return FourteenDays(arrived, free, free + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class FourteenDayLetter:
    """What a letter said, to see whether it was a correct one."""

    posted: date
    delivered: date | None
    claims: tuple[OpenClaim, ...]
    """What the letter demanded."""
    fee: int
    """The costs it announced, with VAT if any, cents."""
    days: int
    """So many days it gave, counted from the day after delivery."""
    vat: Vat = NO_VAT


def letter_faults(
    letter: FourteenDayLetter,
    open_claims: Sequence[OpenClaim],
    law: FeeLaw,
    earlier: Sequence[EarlierDemand] = (),
) -> list[Words]:
    """What is wrong with a letter; empty when it is correct. After a letter with a fault no costs are owed."""
    found = []
    if any(one.due >= letter.posted for one in letter.claims) or not letter.claims:
        found.append(
            Words(
                "De brief is van voor het verzuim: er was nog niets te laat (BW 6:96 lid 6).",
                "The letter came before default: nothing was overdue yet (BW 6:96(6)).",
            )
        )
    demanded = {one.due for one in letter.claims}
    if any(one.due < letter.posted and one.open > 0 and one.due not in demanded for one in open_claims):
        found.append(
            Words(
                "Niet alle open vorderingen staan in deze ene brief (BW 6:96 lid 7).",
                "Not every open claim stands in this one letter (BW 6:96(7)).",
            )
        )
    most = letter_fee(letter.claims, letter.posted, law, earlier, letter.vat).total
    if not 0 < letter.fee <= most:
        said = euros(most)
        found.append(
            Words(
                f"De brief noemt niet de juiste kosten: hooguit {said.nl} (BW 6:96 lid 5 en 6).",
                f"The letter does not state the right costs: at most {said.en} (BW 6:96(5) and (6)).",
            )
        )
    if letter.days < law.letter_days:
        found.append(
            Words(
                f"De brief gaf {letter.days} dagen; het zijn er {law.letter_days} vanaf de dag na bezorging.",
                f"The letter gave {letter.days} days; it is {law.letter_days} from the day after delivery.",
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class CostsOwed:
    """What is owed on a day, cents, and why."""

    fee: int
    why: Words


def costs_owed(
    letter: FourteenDayLetter | None,
    open_claims: Sequence[OpenClaim],
    on: date,
    law: FeeLaw,
    holidays: DaySet,
    *,
    open_at_deadline: int = 0,
    being_helped: bool = False,
    earlier: Sequence[EarlierDemand] = (),
) -> CostsOwed:
    """The collection costs a tenant owes on `on`.

    `open_claims` is what could be demanded on the day the letter was posted; `open_at_deadline` is what was
    still open of the letter's claims at the end of the free term, by the day the money was credited. After a
    part payment the fee is worked out anew on what was left. While somebody is being helped none are asked.
    """
    if letter is None:
        return CostsOwed(0, Words("Er is geen veertiendagenbrief.", "There is no fourteen-day letter."))
    faults = letter_faults(letter, open_claims, law, earlier)
    if faults:
        return CostsOwed(0, faults[0])
    clock = fourteen_days(letter.posted, law, holidays, letter.delivered)
    if on < clock.costs_from:
        last = day_in_words(clock.free_until)
        return CostsOwed(
            0,
            Words(
                f"Tot en met {last.nl} kan de huurder zonder kosten betalen.",
                f"Up to and including {last.en} the tenant can pay without costs.",
            ),
        )
    if open_at_deadline <= 0:
        return CostsOwed(0, Words("Alles was op tijd betaald.", "Everything was paid in time."))
    if being_helped:
        return CostsOwed(
            0,
            Words(
                "De huurder krijgt hulp: er worden geen kosten gevraagd.",
                "The tenant is being helped: no costs are asked.",
            ),
        )
    left = collection_fee(open_at_deadline, letter.posted, law, letter.vat).total
    most = letter_fee(letter.claims, letter.posted, law, earlier, letter.vat).total
    return CostsOwed(
        min(left, most, letter.fee),
        Words(
            f"Op {day_in_words(clock.free_until).nl} stond nog {euros(open_at_deadline).nl} open.",
            f"On {day_in_words(clock.free_until).en} {euros(open_at_deadline).en} was still open.",
        ),
    )
