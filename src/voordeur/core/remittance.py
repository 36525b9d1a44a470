"""What a payer wrote with a payment: the month whose rent is meant, and the Dutch betalingskenmerk.

`designated_month` reads free text and answers only when one month is named beyond doubt; otherwise None, and
the law's own order (oldest debt first, BW 6:43 lid 2) decides. A designation by the payer comes first
(BW 6:43 lid 1), so a wrong guess would put money on the wrong month: better no answer than a guess.

Betalingskenmerk: source "Specificaties betalingskenmerk", Betaalvereniging Nederland.
"""

import re
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import NamedTuple

_MONTH_WORDS = {
    1: "jan januari january",
    2: "feb febr februari february",
    3: "mrt maart mar march",
    4: "apr april",
    5: "mei may",
    6: "jun juni june",
    7: "jul juli july",
    8: "aug augustus august",
    9: "sep sept september",
    10: "okt oct oktober october",
    11: "nov november",
    12: "dec december",
}
_MONTHS = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}
_FIRST_NAMES = frozenset(("jan", "mar", "april", "mei", "may", "jun", "june", "august", "sep"))
"""Months that are also people: they count only next to a year or to the word for rent."""

_RENT = re.compile(
    r"(?<!sc)huur(?!toeslag|der|verhoging|verlaging|contract)|\brent\b|\brental\b"
)  # huur, huurbetaling, maandhuur, but not Schuurman and not rente
_MONTH_LABELS = frozenset(("maand", "mnd", "month", "mth"))
_LINKS = frozenset(("en", "and", "+", "&", "of", "or"))
_TITLES = frozenset(("fam", "familie", "dhr", "hr", "heer", "mevr", "mevrouw", "mw", "mr", "mrs", "ms"))
_OTHER_PURPOSE = re.compile(
    r"borg|deposit|servicek|stook|energie|afreken|schade|reparatie|boete|contributie|lidmaatschap"
    r"|factuur|invoice|nota|premie|rente|toeslag|salaris|loon|parkeer|verzeker"
)
"""Words that say the money is for something else, unless the text also says rent."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\S")
_RANGE = re.compile(r"\b(?:t\s*/\s*m|tm|t\.?e\.?m|tot(?:\s+en\s+met)?|through|until|till)\b")
_FULL_DATE = re.compile(
    r"(?<![\w])(?:(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d{2})"
    r"|(?P<iy>\d{4})[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2}))(?!\w)"
)
_YEAR_MONTH = re.compile(
    r"(?<!\w)(?<!\d[./-])"
    r"(?:(?P<m>0?[1-9]|1[0-2])\s?[-/.]\s?(?P<y>20\d\d)|(?P<iy>20\d\d)\s?[-/.]\s?(?P<im>0?[1-9]|1[0-2]))"
    r"(?!\w|[./-]\d)"
)
_COMPACT = re.compile(
    r"(?<!\w)(?:(?P<m>0[1-9]|1[0-2])(?P<y>20\d\d)|(?P<iy>20\d\d)(?P<im>0[1-9]|1[0-2]))(?!\w)"
)
_LABELLED = re.compile(
    r"\b(?:maand|mnd|month)\.?\s*(?P<m>0?[1-9]|1[0-2])(?!\w|[-/.]\d)(?:\s+(?P<y>20\d\d)(?!\d))?"
)
_GLUED = re.compile(rf"\bhuur(?=(?:{'|'.join(_MONTHS)})(?![^\W\d_]))")

_OPEN_RANGE, _DATE = "\x01", "\x02"  # marks put in the text; control characters are taken out of it first
_SOFT = frozenset("-/.,:;'’()*\"")
_BACK, _AHEAD = 8, 3
_LONGEST = 2000


class _Named(NamedTuple):
    """A month as the payer named it; the year may be left out."""

    month: int
    year: int | None


def designated_month(text: str, on: date) -> date | None:
    """First day of the month whose rent the payer names, or None when no single month is named for certain.

    `on` is the day of the payment. A month without a year is the one within 8 months before and 3 months
    after the month of `on` (exactly twelve months, so there is one answer). A stated year counts when it lies
    between ten years before and one year after. Understood: `huur maart 2026`, `HUUR MRT`, `rent march`,
    `maart huur`, `huur 03-2026`, `huur 2026/03`, `huurbetaling 032026`, `huur mnd 3`, `maart 2026`, and a
    period that is exactly one calendar month (`huur 01-03-2026 t/m 31-03-2026`).

    None: several months, `t/m maart`, a date (`1 maart`, `01-03-2026`) because a date says when rather than
    for what, text about something else (a payment arrangement, a deposit), and months that are part of a name
    (`Maartensdijk`, `Jan de Vries`). Text beyond 2,000 characters is not read.
    """
    plain = re.sub(r"[\x00-\x1f_]", " ", text[:_LONGEST].lower())
    plain = _GLUED.sub("huur ", plain)
    rent = _RENT.search(plain) is not None
    if "regeling" in plain or (not rent and _OTHER_PURPOSE.search(plain)):
        return None
    period = _calendar_month(plain, on) if rent else None
    plain = _RANGE.sub(f" {_OPEN_RANGE} ", _FULL_DATE.sub(f" {_DATE} ", plain))
    named = _named_in_words(plain, rent, on)
    if named is None:
        return None
    if rent:
        named |= _named_in_digits(plain, on)
    if period is not None:
        named.add(period)
    return _the_one_month(named, on)


def _calendar_month(text: str, on: date) -> _Named | None:
    """The month of a period written as its first and its last day."""
    days = [_as_date(match) for match in _FULL_DATE.finditer(text)]
    if len(days) != 2:
        return None
    first, last = days
    if first is None or last is None or first.day != 1 or not _plausible(first.year, on):
        return None
    if last + timedelta(days=1) != _first_of_next_month(first):
        return None
    return _Named(first.month, first.year)


def _as_date(match: re.Match[str]) -> date | None:
    year, month, day = (
        int(match[long] or match[short]) for long, short in (("iy", "y"), ("im", "m"), ("id", "d"))
    )
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _named_in_digits(text: str, on: date) -> set[_Named]:
    """`03-2026`, `2026/03`, `032026`, `mnd 3`: only asked for when the text is about rent."""
    named = set()
    for pattern in (_YEAR_MONTH, _COMPACT):
        for match in pattern.finditer(text):
            month, year = int(match["m"] or match["im"]), int(match["y"] or match["iy"])
            # Six digits may also be somebody's customer number, so they must be a month near the payment.
            near = -_BACK <= _distance(year, month, on) <= _AHEAD
            if near or (pattern is _YEAR_MONTH and _plausible(year, on)):
                named.add(_Named(month, year))
    for match in _LABELLED.finditer(text):
        named.add(_Named(int(match["m"]), int(match["y"]) if match["y"] else None))
    return named


def _named_in_words(text: str, rent: bool, on: date) -> set[_Named] | None:
    """Months named in words; None when a range or a doubtful name makes the whole text unusable."""
    tokens = _TOKEN.findall(text)
    named: set[_Named] = set()
    for place, token in enumerate(tokens):
        month = _MONTHS.get(token)
        if month is None or _has_a_day(tokens, place, on):
            continue
        before, after = _neighbour(tokens, place, -1), _neighbour(tokens, place, +1)
        if _OPEN_RANGE in (before, after):
            return None
        year = _year(after, on) or (_year(before, on) if len(before) == 4 else None)
        person = _is_person(token, before, after, year)
        if person is None:
            return None
        alone = not before and not after
        if not person and (rent or alone or before in _MONTH_LABELS or (year and len(after) != 2)):
            named.add(_Named(month, year))
    return named


def _neighbour(tokens: list[str], place: int, step: int) -> str:
    """The next token that is more than punctuation, or an empty string at the edge."""
    place += step
    while 0 <= place < len(tokens):
        if tokens[place] not in _SOFT:
            return tokens[place]
        place += step
    return ""


def _year(token: str, on: date) -> int | None:
    if not token.isascii() or not token.isdigit():
        return None
    if len(token) == 4 and _plausible(int(token), on):
        return int(token)
    if len(token) == 2 and abs(int(token) + 2000 - on.year) <= 1:
        return int(token) + 2000
    return None


def _is_person(word: str, before: str, after: str, year: int | None) -> bool | None:
    """Whether a month's name is a person's here: yes, no, or None when nobody can tell."""
    if before in _TITLES or (len(before) == 1 and before.isalpha()):
        return True
    if word not in _FIRST_NAMES or year is not None or not (before or after):
        return False
    if after and after.isalpha() and after not in _MONTHS and not _RENT.search(after):
        return None if after in _LINKS else True  # "huur jan de vries", but "huur jan en feb"
    if not before or before in _MONTH_LABELS or before in _MONTHS or _RENT.search(before):
        return False  # "huur jan", "jan huur", "mnd mei"
    return None  # "huur van jan", "huur maart en april"


def _has_a_day(tokens: list[str], place: int, on: date) -> bool:
    """True for `26 maart`, `26-mrt` and `march 15`: a date, not a month. `maart 26` in 2026 is a year."""
    before = tokens[max(place - 2, 0) : place]
    after = tokens[place + 1 : place + 3]
    while before and before[-1] in "-/.":
        before.pop()
    while after and after[0] in "-/.":
        after.pop(0)
    day_before = bool(before) and before[-1].isdigit() and len(before[-1]) <= 2
    day_after = bool(after) and after[0].isdigit() and len(after[0]) <= 2 and _year(after[0], on) is None
    return day_before or day_after


def _plausible(year: int, on: date) -> bool:
    return on.year - 10 <= year <= on.year + 1


def _distance(year: int, month: int, on: date) -> int:
    """Months from the month of `on`; negative is earlier."""
    return (year - on.year) * 12 + month - on.month


def _the_one_month(named: set[_Named], on: date) -> date | None:
    months = {name.month for name in named}
    years = {name.year for name in named if name.year is not None}
    if len(months) != 1 or len(years) > 1:
        return None
    month = months.pop()
    if years:
        return date(years.pop(), month, 1)
    ahead = (month - on.month + _BACK) % 12 - _BACK  # -8..3
    year, index = divmod(on.year * 12 + on.month - 1 + ahead, 12)
    return date(year, index + 1, 1)


_ARRANGEMENT = re.compile(
    r"regeling(?!en)|\bafbeta(?:al|ling)|\baflos|\btermijn|\bachterstand|\binstal+ments?\b|\barrangement\b|\barrears\b"
)


def names_arrangement(text: str) -> bool:
    """True when the payer says that the money is for a payment arrangement: `regeling`, `afbetaling`, `termijn 3`.

    Together with the name of a month it says nothing for certain (`termijn huur maart`), nor with a rise of the rent.
    """
    plain = text[:_LONGEST].lower()
    return _ARRANGEMENT.search(plain) is not None and _RENT.search(plain) is None


_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_DIGIT_RUN = re.compile(r"(?<![\w])[0-9]+(?:[ .\-][0-9]+)*(?![\w])")
_ALLOWED_LENGTHS = frozenset({7, *range(9, 15), 16})


def betalingskenmerk(text: str) -> list[str]:
    """Valid payment references in free text, digits only, in order of appearance, each once.

    Found: digits in one piece, and groups of four counted from the right as people copy them
    (`5000 0567 8901 2345`, `12 2345 3462 2567`, also with points or hyphens). A reference of seven digits
    carries no check, so any loose number of seven digits is a candidate: look it up before you believe it.
    Digits that touch a letter (an IBAN) do not count. Text beyond 2,000 characters is not read.
    """
    found: dict[str, None] = {}
    for run in _DIGIT_RUN.finditer(text[:_LONGEST]):
        groups = re.split(r"[ .\-]", run.group())
        for first in range(len(groups)):
            for last in range(first, min(first + 4, len(groups))):
                if last > first and (len(groups[last]) != 4 or len(groups[first]) > 4):
                    break
                digits = "".join(groups[first : last + 1])
                if valid_betalingskenmerk(digits):
                    found[digits] = None
    return list(found)


def valid_betalingskenmerk(digits: str) -> bool:
    """True when `digits` (no spaces) is a payment reference by the rules of Betaalvereniging Nederland.

    Seven digits: no check. Sixteen: a check digit and fifteen digits. Nine to fourteen: a check digit, a
    length code (number of digits that follow it, modulo 10) and seven to twelve digits. Eight and fifteen do
    not exist.

    What the check catches: every change of the check digit itself or of the length code, and every change of
    one other digit or swap of two neighbours among them, except when the weighted sum modulo 11 goes from 1
    to 10 or back: both give check digit 1 (10 is written as 1). Two changes at once may cancel each other.
    """
    if len(digits) not in _ALLOWED_LENGTHS or not (digits.isascii() and digits.isdigit()):
        return False
    if len(digits) == 7:
        return True
    if len(digits) != 16 and digits[1] != str((len(digits) - 2) % 10):
        return False
    return digits[0] == _check_digit(digits[1:])


def with_check_digit(base: str, length: int = 16) -> str:
    """Payment reference of `length` digits around `base`.

    `base` has 15 digits for length 16, and `length - 2` digits for 9 to 14 (the length code is added). Raises
    ValueError for any other length or when `base` does not fit. Length 7 has no check digit and is refused.
    """
    if length not in _ALLOWED_LENGTHS - {7}:
        raise ValueError("a payment reference with a check digit has 9 to 14 or 16 digits")
    needed = 15 if length == 16 else length - 2
    if len(base) != needed or not (base.isascii() and base.isdigit()):
        raise ValueError(f"a payment reference of {length} digits needs {needed} digits of its own")
    body = base if length == 16 else f"{needed % 10}{base}"
    return _check_digit(body) + body


def _check_digit(body: str) -> str:
    total = sum(int(digit) * _WEIGHTS[place % 10] for place, digit in enumerate(reversed(body)))
    check = 11 - total % 11
    return {10: "1", 11: "0"}.get(check, str(check))


_RF = re.compile(r"(?<!\w)RF ?[0-9]{2}(?: ?[0-9A-Z]){1,21}(?!\w)", re.IGNORECASE)
_LETTERS = {chr(ord("A") + at): str(10 + at) for at in range(26)}


def creditor_reference(digits: str) -> str:
    """The structured creditor reference `RF..` (ISO 11649) around a reference of at most 21 letters and digits.

    The two check digits make the whole, with letters as numbers, 1 modulo 97. Raises ValueError for anything else.
    """
    body = digits.upper()
    if not (0 < len(body) <= 21 and body.isascii() and body.isalnum()):
        raise ValueError("a creditor reference is made of at most 21 letters and digits")
    check = 98 - int(_as_digits(f"{body}RF00")) % 97
    return f"RF{check:02}{body}"


def valid_creditor_reference(text: str) -> bool:
    """True for a creditor reference (ISO 11649) whose check digits fit; spaces do not count."""
    plain = text.replace(" ", "").upper()
    fits = 5 <= len(plain) <= 25 and plain.isascii() and plain.isalnum() and plain.startswith("RF")
    return fits and plain[2:4].isdigit() and int(_as_digits(plain[4:] + plain[:4])) % 97 == 1


def _as_digits(text: str) -> str:
    return "".join(_LETTERS.get(sign, sign) for sign in text)


def creditor_references(text: str) -> list[str]:
    """What creditor references (ISO 11649) in free text were made around, in order: `RF48 5000...` gives `5000...`."""
    found: list[str] = []
    for match in _RF.finditer(text[:_LONGEST]):
        words = match.group().upper().split(" ")
        plain = "".join(words)
        # words behind the reference look as if they belong to it, and one in 97 fits by chance: all that fit count
        ends = sorted(accumulate(map(len, words)), reverse=True)
        fits = [plain[4:end] for end in ends if valid_creditor_reference(plain[:end])]
        stuck = (plain[4:end] for end in range(len(plain), 4, -1) if valid_creditor_reference(plain[:end]))
        found += fits or list(islice(stuck, 1))
    return found
