"""MT940: the frame of a message, balances, pages, and field :61:."""

from datetime import date

import pytest

from tests.adapters.statement_texts import ANNA, OWN, PAYMENT, mt940
from voordeur.adapters.bank import BankEntry, BankFile, read_bank_file
from voordeur.adapters.mt940 import read_mt940


def read(text: str, encoding: str = "utf-8") -> BankFile:
    return read_mt940(text.encode(encoding), "afschrift.txt")


def only_entry(file: BankFile) -> BankEntry:
    [found] = file.statements
    [one] = found.entries
    return one


def codes(file: BankFile) -> list[str]:
    return [problem.code for problem in file.all_problems]


def test_a_payment_of_rent() -> None:
    file = read(mt940(*PAYMENT))
    [found] = file.statements
    assert (file.format, file.all_problems) == ("MT940", [])
    assert (found.account, found.id, found.opening, found.closing) == (OWN, "61", 100_00, 750_00)
    assert (found.opening_day, found.closing_day) == (date(2026, 3, 1), date(2026, 3, 2))
    assert found.entries == (
        BankEntry(
            ref="20260302000001@2026-03-02",
            booked=date(2026, 3, 2),
            value_date=date(2026, 3, 2),
            amount=650_00,
            counter_iban=ANNA,
            counter_name="A. de Test",
            remittance="Huur maart 2026",
        ),
    )
    assert found.entries[0].row == 5


# --- the frame ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", " \r\n", "\r\n\r\n"])
def test_line_ends_trailing_spaces_and_blank_lines(end: str) -> None:
    text = mt940(":61:2603020302C650,00NTRFNONREF//1", ":86:Huur maart").replace("\r\n", end)
    assert only_entry(read(text)).remittance == "Huur maart"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{1:F01TSTANL2AXXXX0000000000}{2:I940TSTANL2AXXXXN}{4:\r\n", "}{5:}"),
        ("{1:F01TSTANL2AXXXX0000000000}\r\n{2:I940TSTANL2AXXXXN}\r\n{4:\r\n", "}"),
        ("{4:", "}"),
        ("TSTANL2A\r\n940\r\nTSTANL2A\r\n", ""),
        ("0000 01TSTANL2AXXXX00001\r\n0000 01TSTANL2AXXXX00001\r\n940 00\r\n", "XXX"),
        (":940:\r\n", ""),
        ("\ufeff", ""),
    ],
)
def test_headers_and_trailers(before: str, after: str) -> None:
    one = before + mt940(*PAYMENT).rstrip() + after
    two = mt940(opening="C260302EUR750,00", closing="C260303EUR750,00", number="62")
    again = before.replace("\ufeff", "")  # a byte order mark stands at the start of a file only
    file = read(f"{one}\r\n{again}{two}")
    assert [(len(found.entries), found.difference) for found in file.statements] == [(1, 0), (0, 0)]
    assert file.all_problems == []


def test_a_hyphen_on_a_line_of_its_own_inside_a_text() -> None:
    text = mt940(
        ":61:260302C000000000325,00N541NONREF", ":86:/ORDP//NAME/A. de Test/REMI/Huur maart -", "-",
        ":61:260302C000000000325,00N541NONREF", ":86:/ORDP//NAME/A. de Test/REMI/Huur april",
    )  # fmt: skip
    assert [one.remittance for one in read(text).statements[0].entries] == ["Huur maart - -", "Huur april"]


@pytest.mark.parametrize(
    ("said", "account"),
    [
        (f"{OWN}EUR", OWN),
        (f"{OWN} EUR", OWN),
        ("NL15 VDEU 0000 0000 01", OWN),
        (OWN.lower(), OWN),
        ("TRIODOSBANK/0390123456", "0390123456"),
        ("123456789", "123456789"),
        ("0001234567EUR", "0001234567"),
    ],
)
def test_own_account(said: str, account: str) -> None:
    assert read(mt940(*PAYMENT).replace(f":25:{OWN}", f":25:{said}")).statements[0].account == account


@pytest.mark.parametrize(
    ("said", "name"), [("61", "61"), ("61/1", "61"), ("00000", "P1"), ("0", "P1"), ("13901/1", "13901")]
)
def test_statement_number(said: str, name: str) -> None:
    """Banks that number every statement 0 leave the name of the message."""
    assert read(mt940(*PAYMENT, number=said)).statements[0].id == name


@pytest.mark.parametrize(
    ("said", "cents"),
    [("750,00", 750_00), ("750,", 750_00), ("750,0", 750_00), ("750", 750_00), ("000750,00", 750_00)],
)
def test_balances(said: str, cents: int) -> None:
    assert read(mt940(*PAYMENT, closing=f"C260302EUR{said}")).statements[0].closing == cents


def test_an_overdrawn_account() -> None:
    file = read(mt940(*PAYMENT, opening="D260301EUR700,00", closing="D260302EUR50,00"))
    assert (file.statements[0].opening, file.statements[0].closing, codes(file)) == (-700_00, -50_00, [])


@pytest.mark.parametrize(
    "said", ["X260302EUR1,00", "C263002EUR1,00", "C260302EUR1,001", "C260302EUR", "", "nonsense"]
)
def test_an_unreadable_closing_balance(said: str) -> None:
    file = read(mt940(*PAYMENT, closing=said))
    assert codes(file) == ["no-closing-balance", "unreadable-balance"]
    assert (file.fatal, file.forcible) == (True, False)


def test_an_unreadable_opening_balance_is_said() -> None:
    file = read(mt940(*PAYMENT, opening="nonsense"))
    assert codes(file) == ["unreadable-balance", "no-opening-balance"]
    assert (file.statements[0].opening, file.fatal) == (100_00, False)


def test_another_currency_is_left_out() -> None:
    file = read(mt940(opening="C260301USD0,00", closing="C260302USD0,00") + mt940(*PAYMENT))
    assert (codes(file), len(file.statements), file.fatal) == (["not-in-euros"], 1, False)


def test_a_message_whose_name_is_lost_is_not_lost() -> None:
    file = read(
        mt940(*PAYMENT)
        + mt940(opening="C260302EUR750,00", closing="C260303EUR750,00").replace(":20:", ":2x:")
    )
    assert [found.closing_day.day for found in file.statements] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = mt940(":61:2603020302C650,00NTRFNONREF//1", ":86:Huur café\x00\x1b")
    assert read_bank_file(text.encode(encoding), "a.txt").statements[0].entries[0].remittance == "Huur café"


# --- pages of one statement --------------------------------------------------------------------------------------


def page(opening: str, closing: str, number: str, *lines: str) -> str:
    return (
        mt940(*lines, opening="x", closing="x", number=number)
        .replace(":60F:x", opening)
        .replace(":62F:x", closing)
    )


def test_pages_are_joined_where_their_balances_say_so() -> None:
    first = page(":60F:C260301EUR100,00", ":62M:C260302EUR750,00", "61/1", *PAYMENT)
    second = page(":60M:C260302EUR750,00", ":62M:C260302EUR1400,00", "61/2", *PAYMENT)
    last = page(":60M:C260302EUR1400,00", ":62F:C260302EUR1400,00", "61/3")
    file = read(first + second + last)
    [found] = file.statements
    assert (found.id, found.opening, found.closing, len(found.entries)) == ("61", 100_00, 1400_00, 2)
    assert file.all_problems == []


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_missing_page_is_said(missing: int) -> None:
    pages = [
        page(":60F:C260301EUR100,00", ":62M:C260302EUR750,00", "61/1", *PAYMENT),
        page(":60M:C260302EUR750,00", ":62M:C260302EUR1400,00", "61/2", *PAYMENT),
        page(":60M:C260302EUR1400,00", ":62F:C260302EUR1400,00", "61/3"),
    ]
    del pages[missing]
    file = read("".join(pages))
    assert "missing-page" in codes(file)
    assert not file.fatal


# --- field :61: --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "value_date", "booked", "amount"),
    [
        (":61:2603020302C650,00NTRFNONREF", "2026-03-02", "2026-03-02", 650_00),
        (":61:2603010302C650,00NTRFNONREF", "2026-03-01", "2026-03-02", 650_00),
        (":61:260302C650,00N541NONREF", "2026-03-02", "2026-03-02", 650_00),
        (":61:260302    C650,00NTRFNONREF", "2026-03-02", "2026-03-02", 650_00),
        (":61:2601011231C650,00NTRFNONREF", "2026-01-01", "2025-12-31", 650_00),  # the year turns between the two
        (":61:2512310102C650,00NTRFNONREF", "2025-12-31", "2026-01-02", 650_00),
        (":61:2403010229C650,00NTRFNONREF", "2024-03-01", "2024-02-29", 650_00),
        (":61:9912310101C650,00NTRFNONREF", "1999-12-31", "2000-01-01", 650_00),
        (":61:2603020302CR650,00NTRFNONREF", "2026-03-02", "2026-03-02", 650_00),  # funds code: third letter of EUR
        (":61:2603020302C650,NTRFNONREF", "2026-03-02", "2026-03-02", 650_00),
        (":61:2603020302C650NTRF02-03-2026 10:05", "2026-03-02", "2026-03-02", 650_00),
        (":61:2603020302C000000000650,00N541EREF            ", "2026-03-02", "2026-03-02", 650_00),
        (":61:2603020302C650,00NET NONREF", "2026-03-02", "2026-03-02", 650_00),
        (":61:2603020302C650,00NDIV", "2026-03-02", "2026-03-02", 650_00),
        (":61:2603020302D650,00NTRFNONREF", "2026-03-02", "2026-03-02", -650_00),
        (":61:2603020302DR650,00NTRFNONREF", "2026-03-02", "2026-03-02", -650_00),
        (":61:2603020302RD650,00NTRFNONREF", "2026-03-02", "2026-03-02", 650_00),  # a debit taken back
        (":61:2603020302RC650,00NTRFNONREF", "2026-03-02", "2026-03-02", -650_00),  # a credit taken back
        (":61:2603020302RCR650,00NTRFNONREF", "2026-03-02", "2026-03-02", -650_00),
    ],
)  # fmt: skip
def test_field_61(said: str, value_date: str, booked: str, amount: int) -> None:
    found = only_entry(
        read(mt940(said, opening="C260301EUR650,00", closing=f"C260302EUR{650 + amount // 100},00"))
    )
    assert (found.value_date.isoformat(), found.booked.isoformat(), found.amount) == (
        value_date,
        booked,
        amount,
    )
    assert found.is_reversal == (":61:2603020302R" in said)


@pytest.mark.parametrize(
    "said",
    [
        ":61:2613020302C650,00NTRF",  # month 13
        ":61:2603020332C650,00NTRF",  # day 32
        ":61:2603020302X650,00NTRF",
        ":61:2603020302C650,005NTRF",
        ":61:2603020302C1.234,56NTRF",
        ":61:2603020302CNTRF",
        ":61:",
    ],
)
def test_an_unreadable_entry_makes_the_statement_unusable(said: str) -> None:
    file = read(mt940(said, ":86:Huur", closing="C260301EUR100,00"))
    assert (codes(file), file.fatal, file.forcible) == (["unreadable-entry"], True, True)
    assert (file.all_problems[0].row, file.all_problems[0].value) == (5, said[4:])


@pytest.mark.parametrize(
    ("said", "ref"),
    [
        ("NTRFNONREF//20260302000001", "20260302000001@2026-03-02"),
        ("N110ABC//A123", "A123@2026-03-02"),
        ("NTRFABC//NONREF", None),
        ("NTRFABC", None),
    ],
)
def test_the_banks_own_reference(said: str, ref: str | None) -> None:
    found = only_entry(read(mt940(f":61:2603020302C650,00{said}", ":86:Huur")))
    assert found.ref == ref if ref else found.ref.startswith("2026-03-02:75000:")


def test_text_after_the_closing_balance_is_nobodys() -> None:
    file = read(
        mt940(*PAYMENT).replace("\r\n-\r\n", "\r\n:64:C260302EUR750,00\r\n:86:/SUM/0/1/0,00/650,00/\r\n-\r\n")
    )
    assert only_entry(file).remittance == "Huur maart 2026"


def test_an_entry_without_text() -> None:
    assert only_entry(read(mt940(PAYMENT[0]))).remittance == ""


RETURNED = """:20:1
:25:NL91ABNA0417164300
:28C:1/1
:60F:C261119EUR100,00
:61:2611201120D60,00{type}NONREF
:86:{text}
:62F:C261120EUR40,00
-
"""


@pytest.mark.parametrize(
    ("type_", "text", "returned", "reason"),
    [
        ("NSTO", "NL86INGB0002445588 J DE WIT", True, ""),
        ("NSTO", "MD06 J DE WIT", True, "MD06"),
        ("N501", "Storno incasso AM04", True, "AM04"),
        ("NMSC", "SEPA INCASSO STORNO REDEN: AM04", True, "AM04"),
        ("NMSC", "TERUGBOEKING INCASSO NOVEMBER", True, ""),
        ("NMSC", "Terugboeking dubbele huur", False, ""),
        ("NMSC", "factuur 12 schilder", False, ""),
    ],
)
def test_a_return_is_known_by_type_words_or_code(type_: str, text: str, returned: bool, reason: str) -> None:
    """Not every bank gives a returned direct debit a field of its own; a refund of our own is no return."""
    file = read_mt940(RETURNED.format(type=type_, text=text).encode(), "mt940.txt")
    (entry,) = file.statements[0].entries
    assert (entry.amount, entry.is_reversal, entry.reversal_reason) == (-60_00, returned, reason)
