"""Signals: what stands out in how a household pays, early, in one or two plain sentences.

A signal never is a score. It names a fact from the ledger with its amount and day, and what is unusual about
it for this household: that it never happened before, or that the money usually comes after all. Signals are a
plain function of the ledger: nothing overdue, no signals, so each one is gone the moment the money arrives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voordeur.core.arrears import Awaited, Standing, Technical, Undone, overdue_at
from voordeur.core.calendar import add_months
from voordeur.core.ledger import Kind, Position
from voordeur.core.limits import Limits
from voordeur.core.money import euros
from voordeur.core.pattern import Pattern, RentMonth, is_rent
from voordeur.core.phrases import about, capital, days, joined, month_of, months, number, stretch
from voordeur.core.words import Words, day_in_words


class SignalKind(StrEnum):
    """What stands out."""

    GROWING = "growing"
    """Two months of rent or more, and still growing."""
    SILENCE = "silence"
    """No money at all for a long time."""
    REVERSED = "reversed"
    """A payment was undone (storno) and not made good."""
    MISSING = "missing"
    """The expected payment did not arrive."""
    BEHIND = "behind"
    """An earlier month is still open while newer money comes in."""
    PARTIAL = "partial"
    """A part was paid."""
    SLIDING = "sliding"
    """The rent comes later every month, and this month's is not in."""


LEADING = tuple(SignalKind)
"""Which signal speaks for a household that has several: in the order in which they are listed above."""

_MONTH = 31
_QUIET = frozenset({Technical.PAUSE, Technical.CREDIT, Technical.SMALL})


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that stands out at one household."""

    kind: SignalKind
    since: date
    """The day it speaks of: expected day, reversal, due day, last payment."""
    amount: int
    """Cents it is about."""
    days: int
    """Days since `since`."""
    reason: Words
    """One or two sentences, at most 20 words each."""

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts the signals of one household: by kind (see LEADING), then longest, then largest."""
        return (LEADING.index(self.kind), -self.days, -self.amount)


def signals(
    at: Position, pattern: Pattern, stand: Standing, limits: Limits, undone: Undone | None = None
) -> list[Signal]:
    """What stands out on day `at.on`, the leading signal first; none when nothing is overdue.

    Arrears that are technical give no signal, but for two that come early on purpose: a payment that was
    undone, and rent that slides later while it is not in yet.
    """
    if not stand.in_arrears or stand.technical in _QUIET:
        return []
    found: list[Signal] = []
    if undone is not None:
        found.append(_reversed(undone, at.on, pattern))
    if stand.real:
        found += _growing(at, stand, limits)
        found += _silence(at, pattern, stand, limits)
        found += _unpaid(at, pattern, stand, limits, undone)
    found += _slide(at.on, pattern, limits)
    return sorted(found, key=lambda signal: signal.order)


# Expected payment not arrived, and partly arrived


def _unpaid(
    at: Position, pattern: Pattern, stand: Standing, limits: Limits, undone: Undone | None
) -> list[Signal]:
    short = shortfall(at, pattern, stand)
    if short is not None:
        return [_short(short, at.on, stand)]
    told = [one for one in stand.ripe if undone is None or not undone.reopened(one.charge.due)]
    rent = _by_month([one for one in told if is_rent(one.charge)], at)
    if rent and stand.since is not None and stand.since < rent[0].due:
        return [_behind(rent, at, pattern, stand.since, limits)]
    partly = [one for one in rent if one.covered > limits.small_amount]
    missing = [one for one in rent if one.covered <= limits.small_amount]
    other = [one for one in told if not is_rent(one.charge)]
    found = [_partly(partly, at.on)] if sum(one.open for one in partly) > limits.small_amount else []
    if missing:
        found.append(_missing(missing, len(rent), at.on, pattern, limits))
    elif other and not found and undone is None:
        found.append(_other(other, at.on))
    return found


@dataclass(frozen=True, slots=True)
class _OpenMonth:
    """The rent of one month whose time is over."""

    due: date
    expected_on: date
    open: int
    covered: int


def _by_month(rent: Sequence[Awaited], at: Position) -> list[_OpenMonth]:
    """Rent and service costs of one month are one amount to whoever pays them."""
    months: dict[tuple[int, int], list[Awaited]] = {}
    for one in rent:
        months.setdefault((one.charge.due.year, one.charge.due.month), []).append(one)
    covered = dict.fromkeys(months, 0)
    for charge in at.charges:
        month = (charge.due.year, charge.due.month)
        if month in covered and is_rent(charge):
            covered[month] += charge.covered
    return [
        _OpenMonth(
            parts[0].charge.due,
            parts[0].expected_on,
            sum(p.charge.outstanding for p in parts),
            covered[month],
        )
        for month, parts in sorted(months.items())
    ]


def _missing(
    missing: Sequence[_OpenMonth], open_months: int, on: date, pattern: Pattern, limits: Limits
) -> Signal:
    amount = sum(one.open for one in missing)
    said, dues = euros(amount), [one.due for one in missing]
    if len(dues) <= 3:
        which = joined([month_of(due, on) for due in dues])
        whose = Words(f"De huur van {which.nl} is", f"The rent of {which.en} has")
    else:
        count, first = months(len(dues)), month_of(dues[0], on)
        whose = capital(
            Words(f"{count.nl} huur sinds {first.nl} is", f"{count.en} of rent since {first.en} has")
        )
    fact = Words(f"{whose.nl} niet binnen: {said.nl}.", f"{whose.en} not come in: {said.en}.")
    since = missing[0].expected_on
    unusual = _what_is_unusual(open_months, missing[0], on, pattern, limits)
    return Signal(SignalKind.MISSING, since, amount, (on - since).days, fact + unusual)


def _what_is_unusual(
    open_months: int, oldest: _OpenMonth, on: date, pattern: Pattern, limits: Limits
) -> Words:
    """The second sentence: how this compares with what this household used to do."""
    if pattern.on_time >= limits.clean_months:
        long = stretch(pattern.on_time)
        if pattern.on_time == pattern.known and open_months == 1:
            return Words(f"In {long.nl} gebeurde dat nog nooit.", f"That has not happened in {long.en}.")
        return Words(
            f"Daarvoor was de huur {long.nl} op tijd.", f"Before that, rent was on time for {long.en}."
        )
    if pattern.behind >= limits.steady_months:
        count = months(pattern.behind)
        return Words(
            f"De huur komt al {count.nl} ruim te laat.", f"Rent has come in far too late for {count.en}."
        )
    if usually_cures(pattern, limits):
        return _cure_words((on - oldest.due).days, pattern)
    if pattern.late >= 2:
        count, window = number(pattern.late), months(pattern.observed)
        return Words(
            f"In de laatste {window.nl} was de huur {count.nl} keer te laat.",
            f"In the last {window.en} rent was late {count.en} times.",
        )
    if pattern.known < limits.min_observations:
        return Words(
            "Deze huur loopt nog kort: we kennen geen vaste betaaldag.",
            "This tenancy is new: we know no usual payment day.",
        )
    expected = day_in_words(oldest.expected_on)
    return Words(f"We verwachtten die op {expected.nl}.", f"We expected it on {expected.en}.")


def usually_cures(pattern: Pattern, limits: Limits) -> bool:
    """True when earlier late episodes of this household mostly ended by themselves, soon enough."""
    if len(pattern.episodes) < limits.cure_episodes:
        return False
    soon = sum(e.by_itself and e.days <= limits.cure_limit_days for e in pattern.episodes)
    return 100 * soon >= limits.cure_percent * len(pattern.episodes)


def _cure_words(days_open: int, pattern: Pattern) -> Words:
    within = pattern.usual_cure_days or 0
    usual = about(within - pattern.expected_days)
    if days_open <= within:
        return Words(f"Meestal komt het binnen {usual.nl} alsnog.", f"Usually it comes in within {usual.en}.")
    return Words(
        f"Eerder kwam het binnen {usual.nl} alsnog, nu niet.",
        f"Earlier it came in within {usual.en}, this time not.",
    )


def _behind(
    rent: Sequence[_OpenMonth], at: Position, pattern: Pattern, since: date, limits: Limits
) -> Signal:
    """The newest months are open only because newer money went to older months: say so, for the tenant did pay."""
    open_amount, month = sum(one.open for one in rent), month_of(since, at.on)
    said = euros(open_amount)
    fact = Words(
        f"De huur loopt achter sinds {month.nl}: {said.nl}.",
        f"Rent has been behind since {month.en}: {said.en}.",
    )
    came_in = [c.entry for c in at.credits if c.entry.kind is Kind.PAYMENT and c.entry.date > since]
    later = [month for month in pattern.months if month.due > since]
    paying = {(entry.date.year, entry.date.month) for entry in came_in}
    enough = sum(entry.amount for entry in came_in) + limits.small_amount >= sum(m.amount for m in later)
    if not came_in:
        second = Words("Er kwam sindsdien geen betaling.", "No payment has come in since.")
    elif enough and len(paying) >= len(later):
        second = Words("Er komt wel elke maand huur binnen.", "Rent does come in every month.")
    else:
        last = max(entry.date for entry in came_in)
        day = day_in_words(last, year=last.year != at.on.year)
        second = Words(f"De laatste betaling kwam op {day.nl}.", f"The last payment came on {day.en}.")
    return Signal(SignalKind.BEHIND, since, open_amount, (at.on - since).days, fact + second)


def _partly(partly: Sequence[_OpenMonth], on: date) -> Signal:
    open_amount, oldest = sum(one.open for one in partly), partly[0]
    rest, paid, month = euros(open_amount), euros(oldest.covered), month_of(oldest.due, on)
    fact = Words(
        f"Van de huur van {month.nl} is {paid.nl} betaald.",
        f"Of the rent of {month.en}, {paid.en} has been paid.",
    )
    if len(partly) > 1:
        count = months(len(partly))
        fact = Words(
            f"Van {count.nl} huur is een deel betaald.", f"Of {count.en} of rent, a part has been paid."
        )
    left = Words(f"{rest.nl} staat nog open.", f"{rest.en} is still open.")
    since = oldest.expected_on
    return Signal(SignalKind.PARTIAL, since, open_amount, (on - since).days, fact + left)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Every month the same amount too little."""

    since: date
    """Due day of the first month with too little."""
    gap: int
    """Cents too little per month."""
    months: int
    raised: bool
    """True when it began with a new rent and the old rent is what is still paid."""


def shortfall(at: Position, pattern: Pattern, stand: Standing) -> Shortfall | None:
    """The same amount too little every month, such as a rent increase that a standing order did not follow.

    Only when it explains the whole of what is overdue to the cent; at most 30 % of the rent.
    """
    paid = sorted((c.entry for c in at.credits if c.entry.kind is Kind.PAYMENT), key=lambda e: e.order)[-2:]
    if len(paid) < 2 or paid[0].amount != paid[1].amount or not pattern.months:
        return None
    rent = pattern.months[-1].amount
    gap = rent - paid[0].amount
    if not 0 < 10 * gap <= 3 * rent:
        return None
    count, rest = divmod(stand.overdue, gap)
    if rest or not 2 <= count < len(pattern.months):
        return None
    short: Sequence[RentMonth] = pattern.months[-count:]
    if any(month.amount != rent for month in short):
        return None
    return Shortfall(short[0].due, gap, count, pattern.months[-count - 1].amount == paid[0].amount)


def _short(short: Shortfall, on: date, stand: Standing) -> Signal:
    month, gap, total = month_of(short.since, on), euros(short.gap), euros(stand.overdue)
    began = Words(f"Sinds {month.nl}", f"Since {month.en}")
    if short.raised:
        began = Words(f"Sinds de nieuwe huur van {month.nl}", f"Since the new rent of {month.en}")
    reason = Words(
        f"{began.nl} komt er elke maand {gap.nl} te weinig binnen. Samen is dat {total.nl}.",
        f"{began.en}, {gap.en} too little comes in every month. Together that is {total.en}.",
    )
    return Signal(SignalKind.PARTIAL, short.since, stand.overdue, (on - short.since).days, reason)


def _other(other: Sequence[Awaited], on: date) -> Signal:
    """Something other than rent is open: a bill, costs, a correction."""
    amount, oldest = sum(one.charge.outstanding for one in other), other[0]
    said, due = euros(amount), day_in_words(oldest.charge.due, year=oldest.charge.due.year != on.year)
    reason = Words(
        f"Een rekening van {due.nl} is niet betaald. Er staat {said.nl} open.",
        f"A bill of {due.en} has not been paid. {said.en} is open.",
    )
    since = oldest.expected_on
    return Signal(SignalKind.MISSING, since, amount, (on - since).days, reason)


# A payment that was undone

_FUNDS = Words("De bank meldt: te weinig saldo.", "The bank says: insufficient funds.")
_ACCOUNT = Words(
    "De bank meldt: rekening opgeheven, geblokkeerd of onjuist.",
    "The bank says: account closed, blocked or wrong.",
)
_MANDATE = Words("De bank meldt: geen geldige machtiging.", "The bank says: no valid mandate.")
_PAYER = Words("De bank meldt: op verzoek van de betaler.", "The bank says: at the payer's request.")
_DECEASED = Words(
    "De bank meldt dat de rekeninghouder is overleden.", "The bank says that the account holder has died."
)
BANK_REASONS = {
    "AM04": _FUNDS, "AM06": _FUNDS,
    "AC01": _ACCOUNT, "AC04": _ACCOUNT, "AC06": _ACCOUNT, "AC13": _ACCOUNT, "AG01": _ACCOUNT,
    "MD01": _MANDATE, "MD02": _MANDATE,
    "MD06": _PAYER, "MS02": _PAYER, "SL01": _PAYER,
    "MD07": _DECEASED,
}  # fmt: skip
"""The class of a bank's reason code (ISO 20022 external return reasons), for those that matter at a door."""
DECEASED = "MD07"


def _reversed(undone: Undone, on: date, pattern: Pattern) -> Signal:
    day, said = day_in_words(undone.on), euros(undone.amount)
    fact = Words(
        f"De betaling is op {day.nl} teruggeboekt: {said.nl}.",
        f"The payment was returned on {day.en}: {said.en}.",
    )
    second = BANK_REASONS.get(undone.code)
    if second is None:
        times = number(pattern.reversed)
        second = Words("Dat gebeurde hier niet eerder.", "That has not happened here before.")
        if pattern.reversed > 1:
            second = Words(
                f"Dat gebeurde {times.nl} keer in een jaar.", f"That happened {times.en} times in a year."
            )
    return Signal(SignalKind.REVERSED, undone.on, undone.amount, (on - undone.on).days, fact + second)


# Arrears that grow, silence, a slide


def _growing(at: Position, stand: Standing, limits: Limits) -> list[Signal]:
    if stand.since is None or stand.months_owed < limits.growing_months:
        return []
    before = overdue_at(stand.ever_late, add_months(at.on, -1))
    if stand.overdue <= before + limits.small_amount:
        return []
    whole, rest = divmod(stand.due_now, stand.rent)
    size, now = months(whole), euros(stand.due_now)
    more = rest > stand.rent // 20
    fact = Words(
        f"De achterstand is {now.nl}: {'ruim ' if more else ''}{size.nl} huur.",
        f"The arrears are {now.en}: {'more than ' if more else ''}{size.en} of rent.",
    )
    earlier = euros(before)
    then = Words(f"Een maand geleden was dat {earlier.nl}.", f"A month ago that was {earlier.en}.")
    if before == 0:
        then = Words("Een maand geleden stond er niets open.", "A month ago nothing was open.")
    length = (at.on - stand.since).days
    return [Signal(SignalKind.GROWING, stand.since, stand.due_now, length, fact + then)]


def _silence(at: Position, pattern: Pattern, stand: Standing, limits: Limits) -> list[Signal]:
    last = at.last_payment
    since = last.date if last else (pattern.months[0].due if pattern.months else None)
    if since is None or (at.on - since).days < limits.silence_days:
        return []
    unpaid = {month.due for month in pattern.months if month.due >= since and month.open}
    if len(unpaid) < 2:  # one month that is missing is told as such
        return []
    day, long = day_in_words(since, year=since.year != at.on.year), days((at.on - since).days)
    if last is None:
        reason = Words(
            f"Er is nog nooit huur betaald, sinds {day.nl}.", f"No rent has ever been paid, since {day.en}."
        )
    else:
        reason = Words(
            f"De laatste betaling kwam op {day.nl}. Dat is {long.nl} geleden.",
            f"The last payment came on {day.en}. That is {long.en} ago.",
        )
    return [Signal(SignalKind.SILENCE, since, stand.due_now, (at.on - since).days, reason)]


def _slide(on: date, pattern: Pattern, limits: Limits) -> list[Signal]:
    newest = pattern.months[-1] if pattern.months else None
    if newest is None or not pattern.sliding or newest.complete_on is not None:
        return []
    late = (on - newest.due).days
    if not limits.bank_margin_days + 2 < late <= _MONTH:
        return []
    steps = joined([Words(str(day), str(day)) for day in pattern.sliding[-4:] if day > 0])
    month, rest = month_of(newest.due, on), euros(newest.open)
    reason = Words(
        f"De huur komt elke maand later: {steps.nl} dagen te laat.",
        f"Rent comes later every month: {steps.en} days late.",
    ) + Words(
        f"Die van {month.nl} is er nog niet: {rest.nl}.", f"That of {month.en} is not in yet: {rest.en}."
    )
    return [Signal(SignalKind.SLIDING, newest.due, newest.open, late, reason)]
