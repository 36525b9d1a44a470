"""What a bank statement is, whatever format it came in.

A format reader (camt053.py, mt940.py) fills a `Draft` per statement; reconcile.py turns drafts into `Statement`s.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from voordeur.core.problems import Problem

LONGEST_TEXT = 2000
"""Characters kept of one field; the standards allow far less, a broken file may hold more."""

_NO_REFERENCE = frozenset({"", "NONREF", "NOTPROVIDED", "NOTAVAILABLE", "NOTAVAIL", "NOREF", "UNKNOWN"})


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One movement of money on an account, as far as one counterparty is concerned."""

    ref: str
    """Recognises the entry when it comes again; unique within the account."""
    booked: date
    value_date: date
    amount: int
    """Signed cents: positive is money in."""
    counter_iban: str = ""
    counter_name: str = ""
    remittance: str = ""
    """What the payer wrote, on one line."""
    structured_reference: str = ""
    """Betalingskenmerk or other structured reference, as the bank gives it."""
    end_to_end: str = ""
    mandate: str = ""
    is_reversal: bool = False
    """The bank took an earlier entry back: a direct debit returned, a transfer that bounced."""
    reversal_reason: str = ""
    """ISO code such as AM04 or MD06; empty when unknown."""
    batch: str = ""
    """Name of the batch this is a part of, or of the whole batch when it could not be split."""
    row: int | None = field(default=None, compare=False)
    """Line in the file, counted from 1."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one account: opening balance, entries, closing balance. Cents."""

    account: str
    """IBAN without spaces; the number as the bank gives it where an old format has no IBAN."""
    id: str
    currency: str
    opening: int
    closing: int
    opening_day: date
    """Day of the opening balance: the last day of the statement before this, or the first of this one."""
    closing_day: date
    entries: tuple[BankEntry, ...]
    problems: tuple[Problem, ...] = ()
    """A fatal one here: the statement contradicts itself or an entry is unreadable; a person may overrule that."""
    row: int | None = field(default=None, compare=False)

    @property
    def difference(self) -> int:
        """Cents that opening balance plus entries is more than the closing balance; 0 when it adds up."""
        return self.opening + sum(entry.amount for entry in self.entries) - self.closing


@dataclass(frozen=True, slots=True)
class BankFile:
    """Everything read from one file."""

    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...] = ()
    """About the file as a whole. A fatal one means that a part could not be read: never import that."""
    format: str = ""
    """`camt.053.001.08` or `MT940`; empty when not recognised."""

    @property
    def all_problems(self) -> list[Problem]:
        """Of the file and of its statements, in that order."""
        return [*self.problems, *(problem for one in self.statements for problem in one.problems)]

    @property
    def fatal(self) -> bool:
        """True when the file must not be imported as it is."""
        return any(problem.fatal for problem in self.all_problems)

    @property
    def forcible(self) -> bool:
        """True when a person may overrule what is fatal: it concerns single statements, not the file."""
        return bool(self.statements) and not any(problem.fatal for problem in self.problems)


class Part(NamedTuple):
    """One counterparty's share of a booking, before it has a ref."""

    amount: int
    counter_iban: str = ""
    counter_name: str = ""
    remittance: str = ""
    structured_reference: str = ""
    end_to_end: str = ""
    mandate: str = ""
    is_reversal: bool = False
    reversal_reason: str = ""


class Booking(NamedTuple):
    """One line of a statement: the parts add up to what was booked."""

    bank_ref: str
    """The bank's own reference of this line; empty or a word like NONREF when there is none."""
    booked: date
    value_date: date
    parts: tuple[Part, ...]
    batch: str
    fingerprint: str
    """Checksum of the bank's own text of this line, white space aside; only needed without `bank_ref`."""
    row: int

    @property
    def amount(self) -> int:
        """Signed cents."""
        return self.parts[0].amount if len(self.parts) == 1 else sum(part.amount for part in self.parts)


class Balance(NamedTuple):
    """Signed cents on a day."""

    amount: int
    day: date


@dataclass(slots=True)
class Draft:
    """A statement while it is being read."""

    row: int
    account: str = ""
    id: str = ""
    currency: str = ""
    opening: Balance | None = None
    closing: Balance | None = None
    day: date | None = None
    """A day to fall back on: when the bank made the statement."""
    bookings: list[Booking] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Cents of all entries."""
        return sum(booking.amount for booking in self.bookings)


def one_line(text: str) -> str:
    """Text on one line: every run of white space is one space, at most `LONGEST_TEXT` characters."""
    return " ".join(text[:LONGEST_TEXT].split())


def reference(text: str) -> str:
    """A reference, or an empty string for the words that banks write when there is none."""
    if text in _NO_REFERENCE:
        return ""
    value = one_line(text)
    return "" if value.upper() in _NO_REFERENCE else value
