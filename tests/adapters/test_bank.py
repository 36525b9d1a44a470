"""Bank files as a whole: recognising the format, refs that stay the same, balances, and what is reported."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.statement_texts import (
    ANNA,
    BRAM,
    MARCH,
    OTHER_OWN,
    OWN,
    PAYMENT,
    balance,
    camt,
    details,
    entry,
    mt940,
    statement,
)
from voordeur.adapters.bank import (
    REASONS,
    BankFile,
    bank_file_report,
    looks_like_bank_file,
    read_bank_file,
    reversal_words,
)
from voordeur.adapters.statement import BankEntry, Statement
from voordeur.adapters.statement_problems import does_not_add_up
from voordeur.core.money import decimal_string

COLUMN = 80
"""The longest ref that the rest of the program keeps."""


def codes(file: BankFile) -> list[str]:
    return [problem.code for problem in file.all_problems]


def refs(file: BankFile) -> list[str]:
    return [one.ref for found in file.statements for one in found.entries]


def same_payments(*days: int, opening: int = 0, bank_ref: str = "") -> str:
    """A statement with on each of these days of March a payment of 10 euros that says the same."""
    entries = [
        entry(
            "10.00", details(debtor=f"A. de Test|{ANNA}", text="Huur"), day=f"2026-03-{day:02d}", ref=bank_ref
        )
        for day in days
    ]
    closing = opening + 1000 * len(days)
    in_order = sorted(days)
    return statement(
        balance("OPBD", decimal_string(opening), f"2026-03-{in_order[0]:02d}"),
        balance("CLBD", decimal_string(closing), f"2026-03-{in_order[-1]:02d}"),
        *entries,
        name=f"S{in_order[0]}",
    )


# --- which format ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (MARCH, "camt.053.001.02"),
        (b"\xef\xbb\xbf" + MARCH, "camt.053.001.02"),
        (b"\r\n  " + MARCH.partition(b"\n")[2], "camt.053.001.02"),
        (mt940(*PAYMENT).encode(), "MT940"),
        (f"{{1:F01TSTANL2A}}{{4:\n{mt940(*PAYMENT)}".encode(), "MT940"),
    ],
)
def test_both_formats_are_recognised_whatever_the_file_is_called(data: bytes, form: str) -> None:
    file = read_bank_file(data, "uploads/download.bin")
    assert looks_like_bank_file(data)
    assert (file.format, file.fatal) == (form, False)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "leeg"),
        (b" \n ", "leeg"),
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "pdf"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"datum;bedrag;omschrijving\n1-3-2026;650,00;Huur\n", "herkennen"),
        (bytes(range(256)), "herkennen"),
    ],
)
def test_what_is_no_statement_says_what_it_is(data: bytes, said: str) -> None:
    file = read_bank_file(data, "uploads/x.dat")
    [problem] = file.all_problems
    assert (problem.code, problem.source, problem.fatal) == ("unknown-bank-file", "x.dat", True)
    assert said in problem.message.nl
    assert not looks_like_bank_file(data)
    assert not file.forcible


# --- refs: recognised when they come again -----------------------------------------------------------------------


def test_reading_twice_gives_the_same_refs() -> None:
    assert refs(read_bank_file(MARCH, "a.xml")) == refs(read_bank_file(MARCH, "b.xml"))


def test_identical_payments_keep_refs_of_their_own() -> None:
    file = read_bank_file(MARCH, "a.xml")
    [found] = file.statements
    one, two, three = found.entries[:3]
    assert (one.amount, one.counter_iban, one.remittance) == (two.amount, two.counter_iban, two.remittance)
    assert len({one.ref, two.ref, three.ref}) == 3
    assert one.ref == "R1@2026-03-02"


def test_the_same_entry_in_exports_over_different_periods() -> None:
    """1 to 3 March, then 2 to 5 March: the entries of 2 and 3 March are recognised."""
    first = refs(read_bank_file(camt(same_payments(1, 2, 3)), "a.xml"))
    second = refs(read_bank_file(camt(same_payments(2, 3, 4, 5, opening=1000)), "b.xml"))
    assert first[1:] == second[:2]
    assert len({*first, *second}) == 5


def test_an_export_with_the_newest_first_gives_the_same_refs() -> None:
    oldest_first = refs(read_bank_file(camt(same_payments(1, 2, 3)), "a.xml"))
    newest_first = refs(read_bank_file(camt(same_payments(3, 2, 1)), "b.xml"))
    assert newest_first == oldest_first[::-1]


def test_statements_of_one_day_that_say_the_same() -> None:
    """Two downloads on one day, each with a payment of 650 by the same person: two payments."""
    morning = read_bank_file(mt940(*PAYMENT, number="0").replace("//20260302000001", "").encode(), "a")
    evening = mt940(*PAYMENT, number="0", opening="C260302EUR750,00", closing="C260302EUR1400,00")
    later = read_bank_file(evening.replace("//20260302000001", "").encode(), "b")
    assert refs(morning) != refs(later)


def test_a_bank_that_uses_one_reference_for_several_entries() -> None:
    same_day = refs(read_bank_file(camt(same_payments(2, 2, 3, bank_ref="R")), "a.xml"))
    assert same_day == ["R@2026-03-02:1000", "R@2026-03-02:2000", "R@2026-03-03"]


def test_money_that_comes_goes_and_comes_again_on_one_day() -> None:
    lines = [PAYMENT[0].replace("//20260302000001", ""), PAYMENT[1]]
    back = lines[0].replace("C650", "D650")
    file = read_bank_file(mt940(*lines, back, lines[1], *lines).encode(), "a")
    assert len(set(refs(file))) == 3


def test_refs_fit_their_column() -> None:
    long = "X" * 500
    parts = [details(amount="0.01", text="Huur") for _ in range(1000)]
    inside = (
        entry("10.00", *parts, ref=long),
        entry("10.00", *parts, ref=long),
        entry("10.00", ref="Y" * 500),
    )
    total = balance("OPBD", "999999999999.00", "2026-03-02") + balance(
        "CLBD", "1000000000029.00", "2026-03-02"
    )
    found = refs(read_bank_file(camt(statement(total, *inside)), "a.xml"))
    assert len(set(found)) == 2001
    assert max(map(len, found)) <= COLUMN


payments = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-3, 3).filter(bool), st.sampled_from([ANNA, BRAM])), max_size=12
)


@given(payments, st.integers(0, 12))
def test_refs_are_unique_and_an_overlapping_export_repeats_them(
    rows: list[tuple[int, int, str]], start: int
) -> None:
    """Whatever was paid: no two entries share a ref, and a later export over whole days gives the same refs."""
    rows.sort(key=lambda row: row[0])
    all_refs = refs(_export(rows, 0))
    assert len(set(all_refs)) == len(rows)
    while 0 < start < len(rows) and rows[start][0] == rows[start - 1][0]:
        start -= 1  # an export starts with a day
    tail = rows[start:]
    before = sum(amount for _, amount, _ in rows[:start])
    # An occurrence number (#2) counts within a file; days that come back to the same balance may differ in it.
    if not any("#" in ref for ref in all_refs):
        assert refs(_export(tail, before)) == all_refs[start:]


def _export(rows: list[tuple[int, int, str]], opening: int) -> BankFile:
    entries = [
        entry(
            f"{abs(amount)}.00",
            details(debtor=f"X|{iban}", text="Huur"),
            sign="CRDT" if amount > 0 else "DBIT",
            day=(date(2026, 3, 1) + timedelta(days=day)).isoformat(),
        )
        for day, amount, iban in rows
    ]
    closing = opening + sum(amount for _, amount, _ in rows)
    balances = (
        balance(kind, f"{abs(amount)}.00", day, "CRDT" if amount >= 0 else "DBIT")
        for kind, amount, day in (("OPBD", opening, "2026-03-01"), ("CLBD", closing, "2026-03-06"))
    )
    return read_bank_file(camt(statement(*balances, *entries)), "a.xml")


# --- balances ----------------------------------------------------------------------------------------------------


def test_a_statement_that_does_not_add_up_may_be_overruled_by_a_person() -> None:
    file = read_bank_file(mt940(*PAYMENT, closing="C260302EUR740,00").encode(), "a.txt")
    assert (codes(file), file.fatal, file.forcible) == (["statement-does-not-add-up"], True, True)
    assert file.statements[0].difference == 10_00
    assert "10,00" in file.all_problems[0].line("nl")
    assert "10.00" in file.all_problems[0].line("en")


def test_an_entry_that_is_exactly_the_difference_is_pointed_out() -> None:
    stray = (":61:2503010301D20,00NTRFNONREF//2", ":86:Oud")
    file = read_bank_file(mt940(*PAYMENT, *stray).encode(), "a.txt")
    [problem] = file.all_problems
    assert problem.row == 7
    assert "1 maart 2025" in problem.message.nl


def test_statements_that_do_not_connect() -> None:
    one = same_payments(1)
    three = same_payments(3, opening=2500)
    file = read_bank_file(camt(one, three), "a.xml")
    assert (codes(file), file.fatal) == (["statements-do-not-connect"], False)
    assert "€\u00a010,00" in file.problems[0].message.nl
    assert "€\u00a025,00" in file.problems[0].message.nl


def test_statements_that_connect_in_whatever_order() -> None:
    one, two = same_payments(1), same_payments(2, opening=1000)
    for file in (camt(one, two), camt(two, one)):
        assert codes(read_bank_file(file, "a.xml")) == []


def test_another_account_need_not_connect() -> None:
    other = same_payments(2, opening=7700).replace(OWN, OTHER_OWN)
    assert codes(read_bank_file(camt(same_payments(1), other), "a.xml")) == []


def test_the_same_statement_twice_in_a_file_counts_once() -> None:
    file = read_bank_file(camt(same_payments(1), same_payments(1)), "a.xml")
    assert (len(file.statements), codes(file), file.fatal) == (1, ["statement-twice"], False)


def test_days_without_payments_may_look_the_same() -> None:
    quiet = mt940(opening="C260301EUR100,00", closing="C260301EUR100,00", number="0")
    file = read_bank_file((quiet + quiet).encode(), "a.txt")
    assert (len(file.statements), codes(file)) == (2, [])


# --- reversals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["AM04", "MD06", "AC01", "AC04", "AC06", "MD01", "MD07", "MS02", "MS03", "SL01"]
)
def test_reasons_are_said_in_two_languages(code: str) -> None:
    assert reversal_words(code) == reversal_words(code.lower()) == REASONS[code]
    assert REASONS[code].nl != REASONS[code].en


def test_a_reason_that_nobody_knows() -> None:
    assert "ZZ99" in reversal_words("ZZ99").nl
    assert "geen reden" in reversal_words("").nl


# --- the report --------------------------------------------------------------------------------------------------


def test_the_report_holds_everything_as_plain_values() -> None:
    back = details(
        debtor=f"B. Voorbeeld|{BRAM}",
        text="Huur",
        refs="<EndToEndId>E1</EndToEndId><MndtId>M1</MndtId>",
        more="<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>",
    )
    balances = balance("OPBD", "0.00", "2026-03-01") + balance("CLBD", "640.00", "2026-03-02")
    paid = entry("650.00", details(debtor=f"A. de Test|{ANNA}", text="Huur"), ref="R1")
    taken = entry("10.00", back, sign="DBIT", ref="R2")
    report = bank_file_report(read_bank_file(camt(statement(balances, paid, taken)), "a.xml"))
    assert json.loads(json.dumps(report)) == report
    assert (report["kind"], report["format"]) == ("bank-statement", "camt.053.001.02")
    assert report["accounts"] == [
        {
            "account": OWN,
            "currency": "EUR",
            "opening": "0.00",
            "opening_day": "2026-03-01",
            "closing": "640.00",
            "closing_day": "2026-03-02",
            "total": "640.00",
            "difference": "0.00",
            "statements": 1,
            "entries": 2,
        }
    ]
    assert report["statements"][0]["account"] == OWN
    assert report["entries"][1] == {
        "account": OWN,
        "statement": "S1",
        "ref": "R2@2026-03-02",
        "booked": "2026-03-02",
        "value_date": "2026-03-02",
        "amount": "-10.00",
        "counter_iban": BRAM,
        "counter_name": "B. Voorbeeld",
        "remittance": "Huur",
        "structured_reference": None,
        "end_to_end": "E1",
        "mandate": "M1",
        "batch": None,
        "is_reversal": True,
        "reversal_reason": "AM04",
        "reversal_words": {"nl": REASONS["AM04"].nl, "en": REASONS["AM04"].en},
        "row": 2,
    }
    assert (report["problems"], report["fatal"]) == ([], False)


def test_the_report_adds_up_the_statements_of_an_account() -> None:
    file = read_bank_file(camt(same_payments(2, opening=1000), same_payments(1)), "a.xml")
    [account] = bank_file_report(file)["accounts"]
    assert (account["opening"], account["closing"], account["difference"]) == ("0.00", "20.00", "0.00")
    assert account["statements"] == 2


def test_the_report_names_problems() -> None:
    report = bank_file_report(
        read_bank_file(mt940(*PAYMENT, closing="C260302EUR740,00").encode(), "map/a.txt")
    )
    [problem] = report["problems"]
    assert (problem["code"], problem["source"], problem["fatal"]) == (
        "statement-does-not-add-up",
        "a.txt",
        True,
    )
    assert (report["fatal"], report["forcible"]) == (True, True)
    assert problem["message"]["nl"]
    assert problem["cure"]["en"]


# --- any bytes at all --------------------------------------------------------------------------------------------

SEEDS = (
    MARCH,
    camt(same_payments(1), same_payments(2, opening=1000), version="camt.053.001.08", prefix="n"),
    mt940(*PAYMENT, *PAYMENT).encode(),
    f"{{1:F01}}{{4:\r\n{mt940(*PAYMENT)}-}}\r\n{mt940(opening='C260302EUR750,00')}".encode(),
    mt940(":61:2603020302C650,00NOVB" + ANNA, "a. de test", f":86:{ANNA} a. de test", "", "Huur").encode(),
    mt940(
        ":61:260302C650,00NET NONREF", ":86:000>100000000000", ">20TSTANL2A", f">21{ANNA}", ">22Huur"
    ).encode(),
    mt940(
        ":61:2603020302D650,00N246", f":86:SEPA INCASSO IBAN: {ANNA} NAAM: X OMSCHRIJVING: Y KENMERK: Z"
    ).encode(),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with bytes changed, pieces cut out, repeated or put elsewhere."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 300)))
        match draw(st.sampled_from(["flip", "cut", "end", "repeat", "insert"])):
            case "flip" if start < len(data):
                data[start] = draw(st.integers(0, 255))
            case "cut":
                del data[start:end]
            case "end":
                del data[start:]
            case "repeat":
                data[end:end] = data[start:end] * draw(st.integers(1, 3))
            case "insert":
                data[start:start] = draw(st.binary(max_size=20))
    return bytes(data)


def check(data: bytes) -> None:
    """Never an exception; what was read can be reported, and an incomplete statement does not pass for a whole one."""
    file = read_bank_file(data, "a")
    json.dumps(bank_file_report(file))
    assert file.statements or file.fatal
    assert len(set(refs(file))) == len(refs(file)) or len({one.account for one in file.statements}) > 1
    for one in file.statements:
        assert one.difference == 0 or file.fatal
        assert all(len(found.ref) <= COLUMN for found in one.entries)
    for problem in file.all_problems:
        assert len(problem.value) <= 80
        assert problem.line("nl")


@settings(max_examples=400)
@given(damaged())
def test_damaged_files_give_problems_and_never_an_error(data: bytes) -> None:
    check(data)


@given(st.binary(max_size=400))
def test_any_bytes_give_problems_and_never_an_error(data: bytes) -> None:
    check(data)
    check(b"<?xml version='1.0'?><Stmt>" + data)
    check(b":20:X\n:25:Y\n:60F:C260301EUR0,00\n:61:" + data + b"\n:86:" + data)


def test_a_long_statement_that_does_not_add_up_is_added_up_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once for every entry would keep a hundred thousand of them busy for a day."""
    day, asked = date(2026, 11, 2), []

    def difference(statement: Statement) -> int:
        asked.append(statement.id)
        return 5_00

    monkeypatch.setattr(Statement, "difference", property(difference))
    entries = tuple(BankEntry(f"r{number}", day, day, 4_00 + number) for number in range(300))
    statement = Statement("NL91ABNA0417164300", "S1", "EUR", 0, 0, day, day, entries)
    problem = does_not_add_up(statement, "mutaties.xml")
    assert problem.message.nl.endswith("De post van 2 november 2026 is precies dat verschil.")
    assert len(asked) < 10
