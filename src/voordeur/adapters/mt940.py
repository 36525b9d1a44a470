"""Reads MT940 bank statements as Dutch banks make them: ABN AMRO, ING, Rabobank, ASN/SNS, Triodos, Knab, BNG.

With or without SWIFT block headers (`{1:..}{4:`), with any line ends, trailing spaces and blank lines. The text in
field :86: is read by mt940_text.py. Field meanings: SWIFT standard "MT940 Customer Statement Message", and the
banks' public format descriptions.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from voordeur.adapters import statement_problems as wrong
from voordeur.adapters.mt940_text import Context, read_text
from voordeur.adapters.reconcile import checksum, finished
from voordeur.adapters.reversals import REASONS
from voordeur.adapters.statement import Balance, BankFile, Booking, Draft, Part, one_line
from voordeur.core.problems import Problem

MAX_BYTES = 1 << 29
MAX_LINE = 4000
"""Characters; SWIFT allows 65."""
MAX_LINES = 200
"""Lines of one field."""

_TAG = re.compile(r":(20|21|25|25P|28C?|13D|60[FM]|61|62[FM]|64|65|86|34F|90[CD]|NS|940|942):")
_BALANCE = re.compile(
    r"(?P<sign>[CD])(?P<day>[0-9]{6})(?P<currency>[A-Z]{3})(?P<amount>[0-9]{1,15}(?:[,.][0-9]*)?)"
)
_ENTRY = re.compile(
    r"(?P<value>[0-9]{6})(?P<booked>[0-9]{4}|\s{4})?(?P<mark>R?[CD])(?P<funds>[A-Z])?"
    r"(?P<amount>[0-9]{1,15}(?:[,.][0-9]*)?)(?P<type>[A-Z][A-Z0-9 ]{0,3})(?P<rest>.*)"
)
_MESSAGE_TAGS = frozenset({"20", "25", "25P", "28", "28C", "60F", "60M", "61", "62F", "62M"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OWN_BANK = re.compile(r"[A-Z]+BANK/")


def looks_like_mt940(data: bytes) -> bool:
    """True when the start of a file has the fields that every MT940 message has."""
    head = data[:20_000].replace(b"\x00", b"")  # the zeros of UTF-16
    return b":20:" in head and b":25" in head and (b":60" in head or b":61:" in head or b":62" in head)


def read_mt940(data: bytes, source: str) -> BankFile:
    """All statements in an MT940 file. Never raises on bad input: whatever is wrong is a Problem."""
    if len(data) > MAX_BYTES:
        return BankFile((), (wrong.too_large(source, "bytes", MAX_BYTES),), "MT940")
    reader = _Reader(source)
    for field in _fields(_decoded(data)):
        reader.take(field)
    return finished(reader.statements(), [], source, "MT940")


class _Field(NamedTuple):
    """One `:NN:` field: its lines without the tag, and the line in the file where it starts."""

    tag: str
    lines: list[str]
    row: int


class _Page(NamedTuple):
    """One message: a whole statement, or one page of it."""

    draft: Draft
    goes_on_from: bool
    """Opens with 60M: a page came before."""
    goes_on: bool
    """Closes with 62M: a page follows."""


def _decoded(data: bytes) -> str:
    """Text in UTF-8 or, failing that, Windows-1252; control characters are taken out."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return _CONTROL.sub("", text)


def _fields(text: str) -> Iterator[_Field]:
    """The fields of all messages, in order; block headers and what stands between messages are left out."""
    lines = re.split(r"\r\n|\n|\r", text)
    current: _Field | None = None
    for row, line in enumerate(lines, start=1):
        start = line[4:].lstrip() if line.startswith("{4:") else line
        tag = _TAG.match(start)
        if tag is not None:
            if current is not None:
                yield current
            current = _Field(tag[1], [start[tag.end() : tag.end() + MAX_LINE]], row)
        elif current is not None and _ends_message(lines, row):
            yield current
            current = None
        elif current is not None and len(current.lines) < MAX_LINES:
            current.lines.append(line[:MAX_LINE])
    if current is not None:
        yield current


def _ends_message(lines: list[str], row: int) -> bool:
    """True for `-`, `-}` and the like. A lone hyphen before another entry or balance is part of a text (Rabobank)."""
    line = lines[row - 1].rstrip()
    if line.startswith(("-}", "{1:", "-XXX")):
        return True
    if line != "-":
        return False
    following = next((later for later in lines[row : row + 3] if later.strip()), "")
    return not following.startswith((":61:", ":62", ":86:", ":64:", ":65:"))


class _Reader:
    """Puts the fields together to pages, and the pages to statements."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pages: list[_Page] = []
        self._draft = Draft(0)
        self._goes_on_from = self._goes_on = False
        self._open = False  # a message has begun
        self._entry: _Field | None = None  # the :61: whose :86: may still come
        self._texts: list[str] = []

    def take(self, field: _Field) -> None:
        """One field, in the order of the file."""
        if field.tag != "86":
            self._finish_entry()
        if field.tag in _MESSAGE_TAGS and (not self._open or self._starts_again(field.tag)):
            self._finish_page()
            self._begin(field.row)
        match field.tag:
            case "20":
                self._draft.id = one_line(field.lines[0])[:60]
            case "25" | "25P":
                self._draft.account = _account(field.lines[0])
            case "28" | "28C":
                self._draft.id = self._number(field.lines[0])
            case "60F" | "60M":
                self._goes_on_from = field.tag == "60M"
                self._draft.opening = self._balance(field)
            case "62F" | "62M":
                self._goes_on = field.tag == "62M"
                self._draft.closing = self._balance(field)
            case "61":
                self._entry = field
            case "86" if self._entry is not None:
                self._texts.extend(field.lines)

    def statements(self) -> list[Draft]:
        """Everything read: pages of one statement joined where their balances connect."""
        self._finish_entry()
        self._finish_page()
        statements: list[_Page] = []
        for page in self._pages:
            if statements and _continues(statements[-1], page):
                statements[-1] = _joined(statements[-1], page)
            else:
                statements.append(page)
        for statement in statements:
            if statement.goes_on or statement.goes_on_from:
                statement.draft.problems.append(wrong.missing_page(statement.draft, self._source))
        return [statement.draft for statement in statements]

    def _starts_again(self, tag: str) -> bool:
        """True when a field opens the next message, also where its :20: is missing or damaged."""
        return tag == "20" or (tag in ("25", "25P") and bool(self._draft.account))

    def _begin(self, row: int) -> None:
        self._draft = Draft(row)
        self._goes_on_from = self._goes_on = False
        self._open = True

    def _finish_page(self) -> None:
        if self._open:
            self._pages.append(_Page(self._draft, self._goes_on_from, self._goes_on))
        self._open = False

    def _number(self, said: str) -> str:
        """Statement number without its page; some banks always write 0 and then the message's own name stays."""
        number = said.partition("/")[0].strip()[:60]
        return number if number.strip("0") else self._draft.id

    def _balance(self, field: _Field) -> Balance | None:
        found = _BALANCE.match(field.lines[0].strip())
        amount, day = (_cents(found["amount"]), _day(found["day"])) if found else (None, None)
        if found is None or amount is None or day is None:
            self._draft.problems.append(
                wrong.unreadable_balance(self._source, field.row, f":{field.tag}:", field.lines[0])
            )
            return None
        if self._draft.currency in ("", "EUR"):
            self._draft.currency = found["currency"]
        return Balance(-amount if found["sign"] == "D" else amount, day)

    def _finish_entry(self) -> None:
        field, texts = self._entry, self._texts
        self._entry, self._texts = None, []
        if field is None:
            return
        booking = _booking(field, texts, self._draft.account)
        if booking is None:
            problem: Problem = wrong.unreadable_entry(self._source, field.row, ":61:", field.lines[0][:32])
            self._draft.problems.append(problem)
        else:
            self._draft.bookings.append(booking)


def _continues(earlier: _Page, later: _Page) -> bool:
    """True when `later` is the next page: interim balances (62M, 60M) of one account that are the same."""
    before, after = earlier.draft.closing, later.draft.opening
    return (
        earlier.goes_on
        and later.goes_on_from
        and earlier.draft.account == later.draft.account
        and before is not None
        and after is not None
        and before.amount == after.amount
    )


def _joined(earlier: _Page, later: _Page) -> _Page:
    draft = earlier.draft
    draft.bookings += later.draft.bookings
    draft.problems += later.draft.problems
    draft.closing = later.draft.closing
    return _Page(draft, earlier.goes_on_from, later.goes_on)


def _booking(field: _Field, texts: list[str], own_account: str) -> Booking | None:
    """Field :61: with its :86:; None when date or amount cannot be read."""
    found = _ENTRY.match(field.lines[0].strip())
    if found is None:
        return None
    value_date, cents = _day(found["value"]), _cents(found["amount"])
    if value_date is None or cents is None:
        return None
    booked = _booking_day(found["booked"], value_date)
    if booked is None:
        return None
    # RC takes back a credit (money out), RD takes back a debit (money in).
    amount = cents if found["mark"] in ("C", "RD") else -cents
    customer_reference, _, bank_reference = found["rest"].partition("//")
    supplementary = field.lines[1].strip() if len(field.lines) > 1 else ""
    said = read_text(texts, Context(own_account, amount, customer_reference.strip(), supplementary))
    part = Part(
        amount,
        said.counter_iban,
        said.counter_name,
        said.remittance,
        said.structured_reference,
        said.end_to_end,
        said.mandate,
        is_reversal=said.returned
        or found["mark"].startswith("R")
        or _is_return(amount, found["type"], said.remittance),
        reversal_reason=said.reason or _reason(amount, said.remittance),
    )
    fingerprint = checksum("".join((*field.lines, *texts)))
    return Booking(bank_reference.strip(), booked, value_date, (part,), said.batch, fingerprint, field.row)


_RETURN_TYPES = ("NRTI", "NSTO")
_RETURN_WORDS = re.compile(
    r"\bstorno|\bgestorneerd|\b(?:terugboeking|teruggeboekte?|retour|geweigerde?)\b.*\bincasso"
    r"|\bincasso\b.*\b(?:terugboeking|teruggeboekt|retour|geweigerd)\b",
    re.IGNORECASE | re.DOTALL,
)
_REASON = re.compile(rf"\b(?:{'|'.join(sorted(REASONS))})\b")


def _is_return(amount: int, kind: str, text: str) -> bool:
    """True for money out that is a direct debit coming back: by the bank's type, its words, or an ISO reason code.

    Not every bank says it in a field of its own; "terugboeking" alone may be a refund that we made ourselves.
    """
    if amount >= 0:
        return False
    return kind in _RETURN_TYPES or _RETURN_WORDS.search(text) is not None or _reason(amount, text) != ""


def _reason(amount: int, text: str) -> str:
    """The ISO reason code that stands loose in the text of money out; empty without one."""
    found = _REASON.search(text) if amount < 0 else None
    return found.group() if found else ""


def _account(said: str) -> str:
    """`NL68 INGB 0000 0123 45`, `NL68INGB0000012345EUR`, `TRIODOSBANK/0390123456` -> the number without the rest."""
    plain = re.sub(r"\s", "", _OWN_BANK.sub("", said.strip().upper()))
    iban = re.match(r"NL[0-9]{2}[A-Z]{4}[0-9]{10}", plain)
    return iban.group() if iban is not None else re.sub(r"(?<=[0-9])[A-Z]{3}$", "", plain)[:40]


def _cents(said: str) -> int | None:
    """`1945,64`, `9,5`, `9,` and `7260` -> cents; None for more than two decimals."""
    whole, _, part = said.replace(".", ",").partition(",")
    part = part.rstrip("0")
    return None if len(part) > 2 else int(whole) * 100 + int(f"{part}00"[:2])


def _day(said: str) -> date | None:
    """`YYMMDD`; from 80 on it is the twentieth century."""
    year = int(said[:2])
    try:
        return date(year + (1900 if year >= 80 else 2000), int(said[2:4]), int(said[4:6]))
    except ValueError:
        return None


def _booking_day(said: str | None, value_date: date) -> date | None:
    """`MMDD` in the year that brings it nearest to the value date; without it, the value date itself."""
    if said is None or not said.strip():
        return value_date
    near: list[date] = []
    for year in (value_date.year - 1, value_date.year, value_date.year + 1):
        try:
            near.append(date(year, int(said[:2]), int(said[2:])))
        except ValueError:
            continue
    return min(near, key=lambda day: abs((day - value_date).days), default=None)
