"""Book bank statements: every line finds its tenancy, or a place on the list of a person."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from django.db import connection
from django.db.models import Q

from voordeur.actions.bank_entries import NewLine, entry_key, entry_values, resolve_reversals
from voordeur.actions.payer_index import payer_index
from voordeur.actions.same_money import pair_sightings
from voordeur.adapters.bank import BankEntry, BankFile, Statement, read_bank_file
from voordeur.core.matching import Match, PayerIndex, Payment
from voordeur.core.money import decimal_string
from voordeur.store.bulk import chunks, insert_rows
from voordeur.store.models import BankLine, BankStatement, Entry, ImportRun, KnownPayer

_KEYS_AT_ONCE = 5_000
_BOOKED, _PROPOSED, _UNKNOWN, _NOT_RENT = (state.value for state in BankLine.State)


def read_bank(run: ImportRun) -> BankFile:
    """The statements of the uploaded file. Remembered until the next file: it is read, and booked soon after."""
    return _read(run.path, run.file_name, run.digest)


@lru_cache(maxsize=1)
def _read(path: str, name: str, _digest: str) -> BankFile:
    return read_bank_file(Path(path).read_bytes(), name)


def bank_preview(file: BankFile) -> dict[str, object]:
    """What the preview shows of each statement: opening, in, out, reversed, closing, difference."""
    return {"statements": [_statement_preview(statement) for statement in file.statements]}


def _statement_preview(statement: Statement) -> dict[str, object]:
    into = [entry.amount for entry in statement.entries if entry.amount > 0]
    out = [entry.amount for entry in statement.entries if entry.amount < 0 and not entry.is_reversal]
    back = [entry.amount for entry in statement.entries if entry.amount < 0 and entry.is_reversal]
    return {
        "account": statement.account,
        "id": statement.id,
        "opening": decimal_string(statement.opening),
        "closing": decimal_string(statement.closing),
        "closing_day": statement.closing_day.isoformat() if statement.closing_day else None,
        "difference": decimal_string(statement.difference),
        "in": {"count": len(into), "sum": decimal_string(sum(into))},
        "out": {"count": len(out), "sum": decimal_string(sum(out))},
        "reversed": {"count": len(back), "sum": decimal_string(sum(back))},
    }


def book_bank(run: ImportRun, file: BankFile, today: date, progress: Callable[[int], None]) -> set[int]:
    """Book all statements of a file, in the caller's transaction; returns the touched tenancies."""
    payers = payer_index()
    touched: set[int] = set()
    for statement in file.statements:
        touched |= _book_statement(run, statement, payers, today, progress)
    _read.cache_clear()
    return touched


def _book_statement(
    run: ImportRun, statement: Statement, payers: PayerIndex, today: date, progress: Callable[[int], None]
) -> set[int]:
    seen_before = BankStatement.objects.filter(account=statement.account).exists()
    if _told_in_another_format(statement):
        run.rows_known += len(statement.entries)
        return set()
    row, _ = BankStatement.objects.get_or_create(
        account=statement.account,
        reference=statement.id,
        closing_day=statement.closing_day or today,
        defaults={
            "opening": statement.opening,
            "closing": statement.closing,
            "forced": statement.difference != 0,
            "run": run,
        },
    )
    new = _not_booked_yet(statement) if seen_before else list(statement.entries)
    lines = [_line(row, entry, payers) for entry in new]
    lines.sort(key=lambda line: line.tenancy_id or 0)  # what stands together in an index is written together
    _see_who_never_pays(lines)
    _insert_entries(lines, statement.account, None if not seen_before else today)
    insert_rows(BankLine, _LINE, (_values(line) for line in lines))
    run.rows_new += len(lines)
    run.rows_known += len(statement.entries) - len(lines)
    progress(len(statement.entries))
    touched = {line.tenancy_id for line in lines if line.entry_id is not None and line.tenancy_id is not None}
    pair_sightings(touched, [line.booked for line in lines])
    resolve_reversals(lines)
    return touched


def _not_booked_yet(statement: Statement) -> list[BankEntry]:
    """Entries whose number this account has not had before, in whatever statement."""
    known: set[str] = set()
    for refs in chunks((entry.ref for entry in statement.entries), _KEYS_AT_ONCE):
        lines = BankLine.objects.filter(statement__account=statement.account, ref__in=refs)
        known.update(lines.values_list("ref", flat=True))
    return [entry for entry in statement.entries if entry.ref not in known]


def _told_in_another_format(statement: Statement) -> bool:
    """True when we have this very statement, but with other numbers: once as camt.053 and once as MT940.

    Same account, last day, opening and closing balance, the same amounts, and not one entry known by its number.
    """
    same = BankStatement.objects.filter(
        account=statement.account,
        closing_day=statement.closing_day,
        opening=statement.opening,
        closing=statement.closing,
    )
    amounts = sorted(entry.amount for entry in statement.entries)
    alike = any(sorted(one.lines.values_list("amount", flat=True)) == amounts for one in same)
    return alike and len(_not_booked_yet(statement)) == len(statement.entries) > 0


def _line(statement: BankStatement, entry: BankEntry, payers: PayerIndex) -> NewLine:
    line = NewLine(
        statement_id=statement.pk,
        ref=entry.ref[:80],
        booked=entry.booked,
        amount=entry.amount,
        iban=entry.counter_iban[:34],
        name=entry.counter_name[:120],
        remittance=entry.remittance[:280],
        reference=entry.structured_reference[:35],
        end_to_end=entry.end_to_end[:35],
        mandate=entry.mandate[:35],
        reversal=entry.is_reversal,
        reason=entry.reversal_reason[:4],
    )
    payment = Payment(
        amount=abs(entry.amount),
        iban=line.iban,
        name=line.name,
        remittance=line.remittance,
        reference=line.reference,
        mandate=line.mandate,
    )
    _decide(line, payers.find(payment), never=payers.never_rent(payment))
    return line


def _decide(line: NewLine, match: Match | None, *, never: bool) -> None:
    """Certain signs book; the rest waits for a person. Money that goes out to strangers is no rent."""
    outgoing = line.amount < 0 and not line.reversal
    if match is None:
        line.state = _NOT_RENT if never or outgoing else _UNKNOWN
        return
    line.tenancy_id, line.why = match.tenancy, match.sign.value
    certain = match.certain and not outgoing
    line.state = _BOOKED if certain else _PROPOSED


def _see_who_never_pays(lines: Iterable[NewLine]) -> None:
    """Accounts of which a person said that they never pay rent: what is not seen any more is forgotten one day."""
    days: dict[str, date] = {}
    for line in lines:
        if line.state == _NOT_RENT and line.iban:
            days[line.iban] = max(line.booked, days.get(line.iban, line.booked))
    never = KnownPayer.objects.filter(tenancy=None)
    for iban in [one for one in never.values_list("iban", flat=True) if one in days]:
        never.filter(iban=iban).filter(Q(seen_on=None) | Q(seen_on__lt=days[iban])).update(seen_on=days[iban])


def _insert_entries(lines: Iterable[NewLine], account: str, known: date | None) -> None:
    """Ledger entries of the booked lines. On the first statement of an account each was known on its own day."""
    booked = {entry_key(account, line.ref): line for line in lines if line.state == _BOOKED}
    values = [entry_values(line, account, known or line.booked) for line in booked.values()]
    if not values:
        return
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    insert_rows(Entry, list(values[0]), (list(one.values()) for one in values))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, key FROM store_entry WHERE id > %s", [newest])
        for pk, key in cursor.fetchall():
            if key in booked:  # somebody else may write at the same time
                booked[key].entry_id = pk


_LINE = (
    "statement_id", "ref", "booked", "amount", "iban", "name", "remittance", "reference", "end_to_end", "mandate",
    "reversal", "reason", "state", "tenancy_id", "why", "entry_id",
)  # fmt: skip


_values = attrgetter(*_LINE)
