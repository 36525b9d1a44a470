"""The checks that every statement passes: each entry gets its `ref`, balances add up, statements connect.

How an entry is recognised when it comes again (`BankEntry.ref`, unique within one account):
- the bank's own reference of the entry with its booking day, when the bank gives one;
- otherwise booking day, balance after the entry and a checksum of the bank's text. The balance makes two
  payments with the same person, amount and text differ, and it is the same in every export that holds the
  entry, whatever the period. (Statement number plus ordinal would not do: some banks number every statement
  0, and an export over another period numbers differently.)
- a bank's reference that comes twice on a day gets the balance as well;
- the parts of a batch have the ref of the entry plus `/1`, `/2` ...
So a file that is read twice gives the same refs, and two identical real payments get two.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from voordeur.adapters import statement_problems as wrong
from voordeur.adapters.statement import Balance, BankEntry, BankFile, Booking, Draft, Statement, reference
from voordeur.core.problems import Problem

_LONGEST_BANK_REF = 40


def finished(drafts: Sequence[Draft], problems: Sequence[Problem], source: str, form: str) -> BankFile:
    """The statements of a file with refs given and balances checked.

    `problems` are those of the file as a whole, `source` is its name, `form` the name of the format. Never raises.
    """
    found = list(problems)
    kept = _in_euros(_once_each(drafts, source, found), source, found)
    if not kept and not any(problem.fatal for problem in found):
        found.append(wrong.no_statement(source))
    refs = _refs_per_account(kept)
    statements: list[Statement] = []
    latest: dict[str, Statement] = {}
    for draft in kept:
        statement = _statement(draft, latest.get(draft.account), refs[draft.account], source, found)
        if statement is not None:
            statements.append(statement)
            latest[draft.account] = statement
    found.extend(_gaps(statements, source))
    return BankFile(tuple(statements), tuple(found), form)


def checksum(text: str) -> str:
    """Twelve hexadecimal digits (48 bits) over a text, white space aside."""
    plain = "".join(text.split())
    return hashlib.blake2b(plain.encode(errors="replace"), digest_size=6).hexdigest()


def _once_each(drafts: Sequence[Draft], source: str, problems: list[Problem]) -> list[Draft]:
    """The same statement twice in one file (downloads pasted together) counts once."""
    seen: dict[tuple[object, ...], list[Draft]] = {}
    kept: list[Draft] = []
    for draft in drafts:
        alike = seen.setdefault(
            (draft.account, draft.id, draft.opening, draft.closing, len(draft.bookings)), []
        )
        lines = [booking._replace(row=0) for booking in draft.bookings] if alike else []
        first = next((one for one in alike if [b._replace(row=0) for b in one.bookings] == lines), None)
        if first is not None and lines:
            problems.append(wrong.repeated(draft, first, source))
        else:
            alike.append(draft)
            kept.append(draft)
    return kept


def _in_euros(drafts: Sequence[Draft], source: str, problems: list[Problem]) -> list[Draft]:
    """Rent is in euros: a statement in another currency is left out and said."""
    problems.extend(
        wrong.other_currency(draft, source) for draft in drafts if draft.currency not in ("", "EUR")
    )
    return [draft for draft in drafts if draft.currency in ("", "EUR")]


def _statement(
    draft: Draft, before: Statement | None, refs: "_Refs", source: str, problems: list[Problem]
) -> Statement | None:
    """A statement, or None (with a problem about the file) when there is too little to make one."""
    if not draft.account:
        problems.append(wrong.no_account(draft, source))
        return None
    if draft.closing is None:
        problems.append(wrong.no_closing(draft, source))
    own = list(draft.problems)
    balances = _balances(draft, before, own, source)
    if balances is None:
        return None
    opening, closing = balances
    statement = Statement(
        account=draft.account,
        id=draft.id,
        currency="EUR",
        opening=opening.amount,
        closing=closing.amount,
        opening_day=opening.day,
        closing_day=closing.day,
        entries=refs.entries(draft, opening.amount),
        row=draft.row,
    )
    if statement.difference:
        own.append(wrong.does_not_add_up(statement, source))
    return replace(statement, problems=tuple(own)) if own else statement


def _balances(
    draft: Draft, before: Statement | None, own: list[Problem], source: str
) -> tuple[Balance, Balance] | None:
    """Opening and closing balance; one that is missing follows from the other and the entries, and is said.

    None when both are missing and no day is known at all.
    """
    days = [booking.booked for booking in draft.bookings] + ([draft.day] if draft.day else [])
    opening, closing = draft.opening, draft.closing
    if opening is None:
        own.append(wrong.no_opening(draft, source))
        if before is not None:
            opening = Balance(before.closing, before.closing_day)
        elif closing is not None:
            opening = Balance(closing.amount - draft.total, min([*days, closing.day]))
        elif days:
            opening = Balance(0, min(days))
        else:
            return None
    return opening, closing or Balance(opening.amount + draft.total, max([*days, opening.day]))


def _refs_per_account(drafts: Sequence[Draft]) -> dict[str, "_Refs"]:
    per_account: dict[str, list[Draft]] = {}
    for draft in drafts:
        per_account.setdefault(draft.account, []).append(draft)
    return {account: _Refs(own) for account, own in per_account.items()}


class _Refs:
    """Gives every entry of one account its ref."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        uses = Counter((booking.bank_ref, booking.booked) for draft in drafts for booking in draft.bookings)
        self._shared = {use for use, times in uses.items() if times > 1}
        self._given: dict[str, int] = {}

    def entries(self, draft: Draft, opening: int) -> tuple[BankEntry, ...]:
        """The entries of a statement, in the order of the file."""
        bookings = draft.bookings
        places = range(len(bookings))
        # Some banks list the newest first. The balance runs from old to new, so it is added up in that order.
        newest_first = bool(bookings) and bookings[0].booked > bookings[-1].booked
        refs = [""] * len(bookings)
        balance = opening
        for place in reversed(places) if newest_first else places:
            balance += bookings[place].amount
            refs[place] = self._ref(bookings[place], balance)
        entries: list[BankEntry] = []
        for booking, ref in zip(bookings, refs, strict=True):
            entries += _entries(booking, ref)
        return tuple(entries)

    def _ref(self, booking: Booking, balance: int) -> str:
        given, day = reference(booking.bank_ref), _iso(booking.booked)
        if not given:
            ref = f"{day}:{balance}:{booking.fingerprint}"
        else:
            name = given if len(given) <= _LONGEST_BANK_REF else checksum(given)
            # The day guards against numbers that a bank uses again later.
            shared = (booking.bank_ref, booking.booked) in self._shared
            ref = f"{name}@{day}:{balance}" if shared else f"{name}@{day}"
        again = self._given[ref] = self._given.get(ref, 0) + 1
        return ref if again == 1 else f"{ref}#{again}"


def _entries(booking: Booking, ref: str) -> list[BankEntry]:
    _, booked, value_date, parts, batch, _, row = booking
    if len(parts) == 1:
        return [BankEntry(ref, booked, value_date, *parts[0], batch, row)]
    return [
        BankEntry(f"{ref}/{number}", booked, value_date, *part, batch, row)
        for number, part in enumerate(parts, start=1)
    ]


@lru_cache(maxsize=1024)  # a file holds few different days, many times
def _iso(day: date) -> str:
    return day.isoformat()


def _gaps(statements: Sequence[Statement], source: str) -> Iterator[Problem]:
    """Statements of one account whose balances do not connect: one in between may be missing."""
    per_account: dict[str, list[Statement]] = {}
    for statement in statements:
        per_account.setdefault(statement.account, []).append(statement)
    for own in per_account.values():
        own.sort(key=lambda one: (one.closing_day, one.opening_day))
        for earlier, later in pairwise(own):
            if earlier.closing != later.opening:
                yield wrong.gap(earlier, later, source)
