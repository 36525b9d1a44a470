"""What the cells of a file prove about how it is written: decimal sign, order of day and month, direction.

Everything is counted first (`gather`) and judged after (`decimal_sign`, `date_order`, `direction`). A judgement is a
value or a doubt, never a guess; the doubt says what to put in a profile.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voordeur.adapters.booking import NATURALLY_OWED, NATURALLY_PAID, meaning_reader
from voordeur.adapters.cells import SERIALS, CellFault, Remembered
from voordeur.adapters.profiles import Direction, Meaning
from voordeur.adapters.row_stream import TOTAL
from voordeur.adapters.workbook import NumberCell
from voordeur.core.money import parse_euros
from voordeur.core.problems import Problem
from voordeur.core.words import Words

MOST = 0.8
"""Share of the rows that must say the same before it counts as a rule."""
_CLEAR = 0.95
_SOME = 0.1
_MANY, _FEW_MOST = 20, 0.65  # in a small file one credit note is a large share
_KINDS_KEPT = 10_000

_COMMA = re.compile(r"\d,\d{1,2}\b(?![.,\d])|,-|^\D*,\d\d$")
_POINT = re.compile(r"\d\.\d{1,2}\b(?![.,\d])|^\D*\.\d\d$")
_COMMA_THOUSANDS = re.compile(r"\d,\d{3}\b")
_POINT_THOUSANDS = re.compile(r"\d\.\d{3}\b")
_THREE_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ].*)?", re.ASCII)
_AMBIGUOUS_SIDES = {"af", "bij", "+", "-", "in", "uit"}


@dataclass(slots=True)
class Evidence:
    """Counts over the rows that were seen."""

    rows: int = 0
    amounts: Counter[str] = field(default_factory=Counter)
    """Shapes of amounts: comma, point, comma-thousands, point-thousands, number (a NumberCell)."""
    dates: Counter[str] = field(default_factory=Counter)
    """Facts about dates of three numbers, see `_see_date`; and `serial`, `other`."""
    firsts: set[int] = field(default_factory=set)
    lasts: set[int] = field(default_factory=set)
    """First and last numbers of dates with a year of two digits."""
    signs: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(owed, paid, correction or unknown by its kind word; + or -) of single amounts."""
    sides: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(side word, the same, sign)."""
    columns: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(debit or credit, the same, sign) of filled debit and credit columns."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Kind words as they stand, with detail."""
    unknown_kinds: int = 0


@dataclass(frozen=True, slots=True)
class Places:
    """Where to look: positions of columns, None when the file has no such column."""

    dates: tuple[int, ...]
    tenancy: int | None = None
    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    side: int | None = None
    kind: int | None = None
    detail: int | None = None


def plain_side(text: str) -> str:
    """A D/C word without capitals, spaces and point."""
    return text.strip().rstrip(".").lower()


def cell(cells: Sequence[str], position: int | None) -> str:
    """The cell, empty when the row ends before it or when there is no such column."""
    return cells[position] if position is not None and position < len(cells) else ""


def gather(rows: Iterable[Sequence[str]], places: Places, words: Mapping[str, Meaning]) -> Evidence:
    """Count over these rows; total lines and rows without a tenancy prove nothing."""
    seen = Evidence()
    read = meaning_reader(words, None)
    groups = Remembered(lambda kind: _group(read, kind))
    for cells in rows:
        tenancy = cell(cells, places.tenancy).strip()
        if places.tenancy is not None and (not tenancy or TOTAL.match(tenancy)):
            continue
        seen.rows += 1
        for position in places.dates:
            _see_date(seen, cell(cells, position))
        kind = " ".join(filter(None, (cell(cells, places.kind).strip(), cell(cells, places.detail).strip())))
        group = groups[kind]
        if kind:
            if len(seen.kinds) < _KINDS_KEPT or kind[:40] in seen.kinds:
                seen.kinds[kind[:40]] += 1
            seen.unknown_kinds += group == "unknown"
        if sign := _see_amount(seen, cell(cells, places.amount)):
            seen.signs[group, sign] += 1
            if places.side is not None:
                seen.sides[plain_side(cell(cells, places.side)), group, sign] += 1
        for name, place in (("debit", places.debit), ("credit", places.credit)):
            if sign := _see_amount(seen, cell(cells, place)):
                seen.columns[name, group, sign] += 1
    return seen


def _group(read: Callable[[str], Meaning | None], kind: str) -> str:
    try:
        meaning = read(kind)
    except CellFault:
        return "unknown"
    if meaning is None:
        return "none"
    if meaning in NATURALLY_OWED:
        return "owed"
    return "paid" if meaning in NATURALLY_PAID else "correction"


def _see_amount(seen: Evidence, text: str) -> str:
    """Count the shape; the sign is `+` or `-`, empty for zero and for what is no amount."""
    if isinstance(text, NumberCell):
        seen.amounts["number"] += 1
        cents = parse_euros(text, decimal=".")
    else:
        text = text.strip()
        if _COMMA.search(text):
            seen.amounts["comma"] += 1
        elif _POINT.search(text):
            seen.amounts["point"] += 1
        elif _COMMA_THOUSANDS.search(text):
            seen.amounts["comma-thousands"] += 1
        elif _POINT_THOUSANDS.search(text):
            seen.amounts["point-thousands"] += 1
        cents = parse_euros(text)
    if not cents:
        return ""
    return "+" if cents > 0 else "-"


def _see_date(seen: Evidence, text: str) -> None:
    match = _THREE_NUMBERS.fullmatch(text.strip())
    if match is None:
        if text.strip().isdecimal() and len(text.strip()) == 5 and int(text) in SERIALS:
            seen.dates["serial"] += 1
        elif text.strip():
            seen.dates["other"] += 1
        return
    first, second, last = int(match[1]), int(match[2]), int(match[3])
    years = "four" if len(match[3]) == 4 else "two"
    seen.dates[years] += 1
    if first > 12 and second <= 12:
        seen.dates[f"{years} first-is-day"] += 1
    if second > 12 and first <= 12:
        seen.dates[f"{years} second-is-day"] += 1
    if years == "two":
        seen.firsts.add(first)
        seen.lasts.add(last)
        if len(match[1]) == 1:
            seen.dates["first is one digit"] += 1


def settled(seen: Evidence) -> bool:
    """True when more rows could add nothing of importance; else the whole file is worth a pass."""
    decimal = seen.amounts["comma"] + seen.amounts["point"] + seen.amounts["number"] > 0
    numbers = seen.dates["four"] + seen.dates["two"]
    days = not numbers or any(count for name, count in seen.dates.items() if name.endswith("is-day"))
    owed = any(group == "owed" for group, _ in seen.signs) or bool(seen.columns)
    paid = any(group == "paid" for group, _ in seen.signs) or bool(seen.columns)
    return decimal and days and owed and paid


# Judgements


def decimal_sign(seen: Evidence) -> tuple[str | None, Problem | None]:
    """`,` or `.`, or None when no amount shows one."""
    comma, point = seen.amounts["comma"], seen.amounts["point"]
    if comma and point:
        share = comma / (comma + point)
        if share >= MOST or share <= 1 - MOST:  # the few others are refused one by one, not misread
            return ("," if comma > point else "."), None
        return None, _decimal_doubt()
    if comma or point:
        return ("," if comma else "."), None
    if seen.amounts["comma-thousands"] and seen.amounts["point-thousands"]:
        return None, _decimal_doubt()
    if seen.amounts["point-thousands"]:
        return ",", None  # 1.234 and never a comma: nobody writes an amount in tenths of cents
    return ("." if seen.amounts["comma-thousands"] else None), None


def _decimal_doubt() -> Problem:
    return Problem(
        "doubt-decimal",
        Words(
            "De centen staan soms achter een punt en soms achter een komma.",
            "Cents follow a point or a comma.",
        ),
        Words('Zet in een profiel: decimal = ","', 'Put in a profile: decimal = ","'),
        fatal=True,
    )


def date_order(seen: Evidence, *, dutch: bool = True) -> tuple[str, Problem | None]:
    """Order of day and month in dates of three numbers.

    A year of four digits at the end is the Dutch way (dmy) unless days above 12 in second place show otherwise; under
    column names that are not Dutch a day above 12 must show the order. With a year of two digits the rows must show
    which number is the day and which the year.
    """
    day_first = seen.dates["four first-is-day"] + seen.dates["two first-is-day"]
    day_second = seen.dates["four second-is-day"] + seen.dates["two second-is-day"]
    numbers = seen.dates["four"] + seen.dates["two"]
    if numbers and not dutch and not day_first and not day_second:
        return "dmy", _date_doubt()
    if day_second > day_first:
        enough = day_second >= max(3, _SOME * numbers) and day_first <= (1 - _CLEAR) * day_second
        return "mdy", None if enough else _date_doubt()
    if day_second > (1 - MOST) * day_first:
        return "dmy", _date_doubt() if day_second else _year_doubt(seen)
    return "dmy", _year_doubt(seen)


def _year_doubt(seen: Evidence) -> Problem | None:
    """A doubt when dates with a year of two digits may also be read the other way round."""
    if not seen.dates["two"] or seen.dates["four first-is-day"]:
        return None
    day_shown = seen.dates["two first-is-day"] or seen.dates["four"]
    last_is_year = seen.dates["first is one digit"] or not seen.lasts <= set(range(1, 32)) or _spread(seen)
    return None if day_shown and last_is_year else _date_doubt()


def _spread(seen: Evidence) -> bool:
    """Days run over the month, years stay close together."""
    return max(seen.firsts) - min(seen.firsts) > 15 >= max(seen.lasts) - min(seen.lasts)


def _date_doubt() -> Problem:
    return Problem(
        "doubt-dates",
        Words(
            "Wij zien niet wat de dag is en wat de maand.",
            "We cannot see which is the day and which the month.",
        ),
        Words('Zet in een profiel: dates = "dmy"', 'Put in a profile: dates = "dmy"'),
        fatal=True,
    )


def direction(
    seen: Evidence, places: Places, sides: Mapping[str, str]
) -> tuple[Direction | None, Problem | None]:
    """Which way amounts go. `sides`: plain side word -> debit or credit, already settled (`settle_sides`)."""
    if places.debit is not None and places.credit is not None:
        return _two_columns(seen)
    if places.side is not None:
        return _side_column(seen, sides)
    if places.kind is None and not any(group in ("owed", "paid") for group, _ in seen.signs):
        return None, direction_doubt()
    return _by_signs(seen)


def _two_columns(seen: Evidence) -> tuple[Direction, Problem | None]:
    credit_below = _share(seen.columns, lambda key: key[0] == "credit", lambda key: key[2] == "-")
    debit_below = _share(seen.columns, lambda key: key[0] == "debit", lambda key: key[2] == "-")
    kind = Direction.COLUMNS_SIGNED if credit_below >= _CLEAR else Direction.COLUMNS
    mixed = 0.5 < credit_below < _CLEAR or debit_below > 0.5
    turned = _share(seen.columns, lambda key: key[1] in ("owed", "paid"), _column_contradicts)
    return kind, direction_doubt() if mixed or turned > 0.5 else None


def _column_contradicts(key: tuple[str, str, str]) -> bool:
    return (key[0] == "debit") != (key[1] == "owed")


def _side_column(seen: Evidence, sides: Mapping[str, str]) -> tuple[Direction | None, Problem | None]:
    known = {key: count for key, count in seen.sides.items() if key[0] in sides}
    filled = sum(count for key, count in seen.sides.items() if key[0])
    if not known or sum(known.values()) < MOST * filled:
        return None, _sides_doubt(seen)
    debit_below = _share(known, lambda key: sides[key[0]] == "debit", lambda key: key[2] == "-")
    credit_below = _share(known, lambda key: sides[key[0]] == "credit", lambda key: key[2] == "-")
    turned = _share(known, lambda key: key[1] in ("owed", "paid"), lambda key: _turned(key, sides))
    if debit_below > 0.5 or 0.5 < credit_below < _CLEAR or turned > 0.5:
        return None, direction_doubt()
    # When what is credit is also below zero, the column only repeats the sign.
    return (Direction.SIGNED if credit_below >= _CLEAR else Direction.SIDE), None


def _turned(key: tuple[str, str, str], sides: Mapping[str, str]) -> bool:
    return (sides[key[0]] == "debit") != (key[1] == "owed")


def settle_sides(seen: Evidence, sides: Mapping[str, str]) -> dict[str, str]:
    """Side words with their meaning. `Af` and `Bij`, `+` and `-` mean something only beside a kind word."""
    settled = {plain_side(theirs): ours for theirs, ours in sides.items()}
    for word in {key[0] for key in seen.sides} & _AMBIGUOUS_SIDES - set(settled):
        owed = sum(count for key, count in seen.sides.items() if key[0] == word and key[1] == "owed")
        paid = sum(count for key, count in seen.sides.items() if key[0] == word and key[1] == "paid")
        if owed + paid and max(owed, paid) >= _CLEAR * (owed + paid):
            settled[word] = "debit" if owed > paid else "credit"
    return settled


def _by_signs(seen: Evidence) -> tuple[Direction | None, Problem | None]:
    """One amount column beside a kind: which reading makes most rows ordinary?

    Ordinary are: all above zero (the kind decides), charges above and payments below zero, or the other way round.
    """
    charge_above, charge_below = seen.signs["owed", "+"], seen.signs["owed", "-"]
    paid_above, paid_below = seen.signs["paid", "+"], seen.signs["paid", "-"]
    ordinary = {
        Direction.KIND: charge_above + paid_above,
        Direction.SIGNED: charge_above + paid_below,
        Direction.SIGNED_REVERSED: charge_below + paid_above,
    }
    rows = charge_above + charge_below + paid_above + paid_below
    most = max(ordinary.values())
    best = [reading for reading, count in ordinary.items() if count == most]
    clear = most and most >= (MOST if rows >= _MANY else _FEW_MOST) * rows
    corrections = any(group == "correction" for group, _ in seen.signs)
    no_payments, no_charges = not paid_above + paid_below, not charge_above + charge_below
    if best == [Direction.SIGNED_REVERSED] and no_payments:
        clear = False  # only charges below zero: turned round, or all of them credit notes?
    if len(best) > 1 and not no_payments and (not no_charges or corrections):
        clear = False  # a draw; without charges only a correction could be read in two ways
    return (best[0], None) if clear else (None, direction_doubt())


def _share(
    counts: Mapping[tuple[str, str, str], int],
    among: Callable[[tuple[str, str, str]], bool],
    has: Callable[[tuple[str, str, str]], bool],
) -> float:
    total = sum(count for key, count in counts.items() if among(key))
    return sum(count for key, count in counts.items() if among(key) and has(key)) / total if total else 0.0


def direction_doubt() -> Problem:
    """The doubt about which way amounts go."""
    return Problem(
        "doubt-direction",
        Words(
            "Wij zien niet welke bedragen huur zijn en welke betalingen.",
            "We cannot tell rent from payments.",
        ),
        Words(
            'Zet in een profiel: direction = "signed: + is a charge" (of een andere), of every_row = "rent"',
            'Put in a profile: direction = "signed: + is a charge" (or another), or every_row = "rent"',
        ),
        fatal=True,
    )


def _sides_doubt(seen: Evidence) -> Problem:
    words = ", ".join(sorted({key[0] for key in seen.sides if key[0]})[:4])
    return Problem(
        "doubt-sides",
        Words(
            "Wij weten niet wat af en bij is in deze kolom.", "We do not know what adds and what takes here."
        ),
        Words(
            'Zet in een profiel onder [sides]: "bij" = "debit"',
            'Put in a profile under [sides]: "bij" = "debit"',
        ),
        value=words[:80],
        fatal=True,
    )
