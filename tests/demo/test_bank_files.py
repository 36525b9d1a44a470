"""The bank statement and the sheet of this morning: well-formed, adding up, and wrong where people get things wrong."""

from collections import Counter
from datetime import date

import pytest

from voordeur.adapters.bank import read_bank_file
from voordeur.adapters.statement import BankEntry, BankFile
from voordeur.core.remittance import betalingskenmerk
from voordeur.demo.bank_files import ADMINISTRATOR, administered, bank_statement, mutations
from voordeur.demo.town import Town, make_town


@pytest.fixture(scope="module")
def statement(town: Town) -> BankFile:
    """The bank file as the product reads it."""
    return read_bank_file(bank_statement(town), "bank.xml")


@pytest.fixture(scope="module")
def entries(statement: BankFile) -> list[BankEntry]:
    """Its entries, whatever the day."""
    return [entry for one in statement.statements for entry in one.entries]


def test_the_bank_file_reads_without_a_problem_and_adds_up(town: Town, statement: BankFile) -> None:
    assert statement.all_problems == []
    assert statement.format == "camt.053.001.08"
    assert [one.difference for one in statement.statements] == [0] * len(town.bank_days)
    assert [one.closing_day for one in statement.statements] == list(town.bank_days)


def test_all_money_of_the_last_days_is_in_the_bank_file_and_none_of_it_in_the_ledger(
    town: Town, entries: list[BankEntry]
) -> None:
    rent = Counter((entry.booked, abs(entry.amount)) for entry in entries)
    assert all(rent[row.day, row.amount] for _, row in town.at_the_bank)
    money = {row.day for ledger in town.ledgers for row in ledger if row.kind in (2, 3, 4)}
    assert not money & set(town.bank_days)


def test_there_is_money_that_is_no_rent(entries: list[BankEntry]) -> None:
    assert {"Kosten zakelijk pakket", "zaalhuur 14 personen"} <= {entry.remittance for entry in entries}


def test_some_payers_give_no_reference_or_a_mistyped_one(town: Town, entries: list[BankEntry]) -> None:
    references = {one.reference for one in town.tenancies}
    accounts = {account for one in town.tenancies for account in one.ibans}
    strangers = [entry for entry in entries if entry.amount > 0 and entry.counter_iban not in accounts]
    assert len(strangers) >= 8
    mistyped = [entry for entry in entries if entry.remittance.startswith("kenmerk ")]
    assert mistyped
    for entry in mistyped:
        assert not set(betalingskenmerk(entry.remittance)) & references


def test_one_account_pays_for_two_households(town: Town, entries: list[BankEntry]) -> None:
    first, second = administered(town)
    assert first != second
    assert [entry.counter_iban for entry in entries].count(ADMINISTRATOR[1]) == 2


def test_on_the_day_of_the_direct_debit_there_is_one_batch_with_everybody_in_it() -> None:
    town = make_town(4, date(2026, 10, 2), homes=300)
    file = read_bank_file(bank_statement(town), "bank.xml")
    batch = [entry for one in file.statements for entry in one.entries if entry.batch]
    assert file.all_problems == []
    assert len(batch) > 150
    assert all(entry.mandate and entry.end_to_end for entry in batch)


def test_a_returned_debit_names_its_reason_and_its_mandate() -> None:
    town = make_town(4, date(2026, 10, 8), homes=900)
    file = read_bank_file(bank_statement(town), "bank.xml")
    returned = [entry for one in file.statements for entry in one.entries if entry.is_reversal]
    assert returned
    for entry in returned:
        assert entry.amount < 0
        assert entry.reversal_reason in {"AM04", "MS03", "MD06", "AC04", "AC06", "MD01"}
        assert entry.mandate.startswith("LINDE-")


def test_the_sheet_looks_like_an_office_sheet_with_nine_mistakes(town: Town) -> None:
    lines = mutations(town).decode("cp1252").split("\r\n")
    assert lines[0] == "Mutaties november 2026"
    assert lines[4].startswith("Volgnr;Contractnr;")
    assert (
        sum(
            mistake in line for line in lines for mistake in ("6O,15", "58l,40", "n.v.t.", ";99098", "31-11-")
        )
        == 6
    )
    assert len(lines) == 5 + 140 + 1
