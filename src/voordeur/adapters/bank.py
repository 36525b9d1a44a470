"""The door for bank statements: recognises camt.053 and MT940, reads either, and reports what was read.

    file = read_bank_file(data, "afschrift.xml")
    file.fatal        -> do not import as it is
    file.forcible     -> what is fatal concerns a statement (balances contradict entries); a person may overrule
    file.all_problems -> what to show

Types live in statement.py and are offered here too.
"""

from pathlib import PurePath
from typing import Any

from voordeur.adapters import statement_problems as wrong
from voordeur.adapters.camt053 import read_camt053
from voordeur.adapters.mt940 import looks_like_mt940, read_mt940
from voordeur.adapters.reversals import REASONS, reversal_words
from voordeur.adapters.statement import BankEntry, BankFile, Statement
from voordeur.core.money import decimal_string
from voordeur.core.problems import Problem
from voordeur.core.words import Words

__all__ = [
    "REASONS",
    "BankEntry",
    "BankFile",
    "Statement",
    "bank_file_report",
    "looks_like_bank_file",
    "read_bank_file",
    "reversal_words",
]

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SEEN_BEFORE = {
    b"PK\x03\x04": Words(
        "Dit is een zip- of Excel-bestand en geen afschrift.", "This is a zip or Excel file, not a statement."
    ),
    b"%PDF": Words("Dit is een pdf en geen afschrift.", "This is a PDF, not a statement."),
    b"\x1f\x8b": Words("Dit bestand is ingepakt (gzip).", "This file is compressed (gzip)."),
}
_NO_IDEA = Words(
    "We herkennen dit bestand niet als bankafschrift.", "We do not recognise this file as a bank statement."
)
_EMPTY = Words("Dit bestand is leeg.", "This file is empty.")


def looks_like_bank_file(data: bytes) -> bool:
    """True for what `read_bank_file` would try to read: XML, or text with the fields of MT940."""
    return _is_xml(data) or looks_like_mt940(data)


def read_bank_file(data: bytes, source: str) -> BankFile:
    """Read a bank statement file, whichever of the two formats it is in.

    `source` is the name of the file; a folder in front of it is left out of the problems. Never raises on bad
    input: what is wrong is a Problem in the answer, and a file that is no statement gives one fatal Problem.
    """
    name = PurePath(source).name
    if _is_xml(data):
        return read_camt053(data, name)
    if looks_like_mt940(data):
        return read_mt940(data, name)
    if not data.strip():
        return BankFile((), (wrong.unknown_format(name, _EMPTY),))
    what = next((words for start, words in _SEEN_BEFORE.items() if data.startswith(start)), _NO_IDEA)
    return BankFile((), (wrong.unknown_format(name, what),))


def _is_xml(data: bytes) -> bool:
    head = data[:200]
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").lstrip().startswith(b"<")


def bank_file_report(file: BankFile) -> dict[str, Any]:
    """Everything in a bank file as values that JSON can hold: amounts as decimal strings, days as ISO dates.

    `accounts` has per account the first opening and the last closing balance; `statements` the same per statement;
    `entries` are in the order of the file, each with its account and statement. Empty fields are null.
    """
    return {
        "kind": "bank-statement",
        "format": file.format or None,
        "fatal": file.fatal,
        "forcible": file.forcible,
        "accounts": _accounts(file),
        "statements": [_statement(one) | {"account": one.account} for one in file.statements],
        "entries": [
            {"account": one.account, "statement": one.id} | _entry(entry)
            for one in file.statements
            for entry in one.entries
        ],
        "problems": [_problem(problem) for problem in file.all_problems],
    }


def _accounts(file: BankFile) -> list[dict[str, Any]]:
    per_account: dict[str, list[Statement]] = {}
    for statement in file.statements:
        per_account.setdefault(statement.account, []).append(statement)
    return [_account(account, own) for account, own in per_account.items()]


def _account(account: str, statements: list[Statement]) -> dict[str, Any]:
    in_time = sorted(statements, key=lambda one: (one.closing_day, one.opening_day))
    first, last = in_time[0], in_time[-1]
    total = sum(entry.amount for one in statements for entry in one.entries)
    return {
        "account": account,
        "currency": first.currency,
        "opening": decimal_string(first.opening),
        "opening_day": first.opening_day.isoformat(),
        "closing": decimal_string(last.closing),
        "closing_day": last.closing_day.isoformat(),
        "total": decimal_string(total),
        "difference": decimal_string(first.opening + total - last.closing),
        "statements": len(statements),
        "entries": sum(len(one.entries) for one in statements),
    }


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "id": one.id,
        "currency": one.currency,
        "opening": decimal_string(one.opening),
        "opening_day": one.opening_day.isoformat(),
        "closing": decimal_string(one.closing),
        "closing_day": one.closing_day.isoformat(),
        "difference": decimal_string(one.difference),
        "entries": len(one.entries),
    }


def _entry(entry: BankEntry) -> dict[str, Any]:
    reason = reversal_words(entry.reversal_reason) if entry.is_reversal else None
    return {
        "ref": entry.ref,
        "booked": entry.booked.isoformat(),
        "value_date": entry.value_date.isoformat(),
        "amount": decimal_string(entry.amount),
        "counter_iban": entry.counter_iban or None,
        "counter_name": entry.counter_name or None,
        "remittance": entry.remittance or None,
        "structured_reference": entry.structured_reference or None,
        "end_to_end": entry.end_to_end or None,
        "mandate": entry.mandate or None,
        "batch": entry.batch or None,
        "is_reversal": entry.is_reversal,
        "reversal_reason": entry.reversal_reason or None,
        "reversal_words": None if reason is None else {"nl": reason.nl, "en": reason.en},
        "row": entry.row,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "source": problem.source or None,
        "row": problem.row,
        "column": problem.column or None,
        "value": problem.value or None,
        "fatal": problem.fatal,
        "message": {"nl": problem.message.nl, "en": problem.message.en},
        "cure": {"nl": problem.cure.nl, "en": problem.cure.en},
    }
