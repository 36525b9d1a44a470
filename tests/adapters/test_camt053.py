"""camt.053: what is read from each element, and what is said when a bank leaves something out."""

from datetime import date

import pytest

from tests.adapters.statement_texts import (
    ANNA,
    BRAM,
    CHRIS,
    KENMERK,
    OTHER_OWN,
    OWN,
    balance,
    camt,
    details,
    entry,
    statement,
)
from voordeur.adapters.bank import BankEntry, BankFile
from voordeur.adapters.camt053 import MAX_ATTRIBUTE, MAX_DEPTH, read_camt053

DAY = date(2026, 3, 2)
OPENING = balance("OPBD", "0.00", "2026-03-02")


def read(*entries: str, closing: str = "650.00", opening: str = OPENING) -> BankFile:
    """A file with one statement of these entries."""
    closed = balance("CLBD", closing.removeprefix("-"), "2026-03-02", "DBIT" if closing[0] == "-" else "CRDT")
    return read_camt053(camt(statement(opening, closed, *entries)), "afschrift.xml")


def only_entry(file: BankFile) -> BankEntry:
    [found] = file.statements
    [one] = found.entries
    return one


def codes(file: BankFile) -> list[str]:
    return [problem.code for problem in file.all_problems]


def test_a_payment_of_rent() -> None:
    file = read(entry("650.00", details(debtor=f"A. de Test|{ANNA}", text="Huur maart 2026"), ref="R-1"))
    [found] = file.statements
    assert file.all_problems == []
    assert (found.account, found.id, found.currency) == (OWN, "S1", "EUR")
    assert (found.opening, found.closing, found.difference) == (0, 650_00, 0)
    assert (found.opening_day, found.closing_day) == (DAY, DAY)
    assert found.entries == (
        BankEntry(
            ref="R-1@2026-03-02",
            booked=DAY,
            value_date=DAY,
            amount=650_00,
            counter_iban=ANNA,
            counter_name="A. de Test",
            remittance="Huur maart 2026",
        ),
    )


@pytest.mark.parametrize(
    "version", ["camt.053.001.02", "camt.053.001.04", "camt.053.001.08", "camt.053.001.11"]
)
@pytest.mark.parametrize("prefix", ["", "ns2"])
def test_every_version_and_prefix(version: str, prefix: str) -> None:
    closed = balance("CLBD", "650.00", "2026-03-02")
    paid = entry("650.00", details(debtor=f"A. de Test|{ANNA}", text="Huur"))
    file = read_camt053(camt(statement(OPENING, closed, paid), version=version, prefix=prefix), "a.xml")
    assert file.format == version
    assert only_entry(file).counter_iban == ANNA
    assert file.all_problems == []


def test_version_08_names_parties_and_status_one_level_deeper() -> None:
    party = f"<Dbtr><Pty><Nm>A. de Test</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>{ANNA}</IBAN></Id></DbtrAcct>"
    paid = entry("650.00", f"<TxDtls><RltdPties>{party}</RltdPties></TxDtls>", status="<Cd>BOOK</Cd>")
    found = only_entry(read(paid))
    assert (found.counter_name, found.counter_iban) == ("A. de Test", ANNA)


def test_a_file_without_namespace() -> None:
    data = camt(statement(OPENING, balance("CLBD", "0.00", "2026-03-02"))).replace(b" xmlns=", b" x=")
    file = read_camt053(data, "a.xml")
    assert (file.format, len(file.statements), file.all_problems) == ("camt.053", 1, [])


# --- amounts and days --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "cents"),
    [("650", 650_00), ("650.5", 650_50), ("650.50", 650_50), ("650.50000", 650_50), ("0000650.50", 650_50)],
)
def test_amounts(said: str, cents: int) -> None:
    assert only_entry(read(entry(said), closing=said)).amount == cents


@pytest.mark.parametrize("said", ["650.005", "650,50", "-650.00", "1 000.00", "NaN", "", "1e3", "٦٥٠"])
def test_an_amount_that_is_none_makes_the_statement_unusable(said: str) -> None:
    file = read(entry(said), entry("650.00"))
    assert codes(file) == ["unreadable-entry"]
    assert (file.fatal, file.forcible) == (True, True)
    assert file.all_problems[0].value.strip() == f"EUR {said} CRDT"
    assert only_entry(file).amount == 650_00


def test_money_out_is_negative() -> None:
    assert only_entry(read(entry("12.30", sign="DBIT"), closing="-12.30")).amount == -12_30


def test_an_entry_without_direction_is_unreadable() -> None:
    assert "unreadable-entry" in codes(read(entry("12.30", sign="")))


@pytest.mark.parametrize(
    "said",
    [
        "<Dt>2026-03-01</Dt>",
        "<DtTm>2026-03-01T23:59:59.123456789+01:00</DtTm>",
        "<Dt>2026-03-01+01:00</Dt>",
        "<Dt>2026-03-01Z</Dt>",
    ],
)
def test_days_with_and_without_a_time(said: str) -> None:
    """The day as the bank writes it: a time zone does not move it."""
    paid = entry("650.00").replace("<BookgDt><Dt>2026-03-02</Dt>", f"<BookgDt>{said}")
    found = only_entry(read(paid))
    assert (found.booked, found.value_date) == (date(2026, 3, 1), DAY)


@pytest.mark.parametrize("said", ["", "2026-02-30", "02-03-2026", "20260302"])
def test_without_a_booking_day_the_value_date_counts(said: str) -> None:
    paid = entry("650.00").replace("<BookgDt><Dt>2026-03-02</Dt>", f"<BookgDt><Dt>{said}</Dt>")
    assert only_entry(read(paid)).booked == DAY


def test_without_any_day_the_closing_day_counts_and_is_said() -> None:
    paid = entry("650.00").replace("Dt><Dt>2026-03-02</Dt></", "Dt></")
    file = read(paid)
    assert (only_entry(file).booked, codes(file), file.fatal) == (DAY, ["no-booking-day"], False)


# --- balances ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opening",
    [
        balance("PRCD", "100.00", "2026-03-01"),
        balance("OPBD", "100.00", "2026-03-02") + balance("PRCD", "90.00", "2026-03-01"),
        balance("ITBD", "100.00", "2026-03-01"),  # the first of two interim balances
        balance("OPAV", "100.00", "2026-03-02"),
    ],
)
def test_where_the_opening_balance_comes_from(opening: str) -> None:
    closing = balance("ITBD" if "ITBD" in opening else "CLBD", "750.00", "2026-03-02")
    file = read_camt053(camt(statement(opening, closing, entry("650.00"))), "a.xml")
    assert (file.statements[0].opening, file.statements[0].closing) == (100_00, 750_00)
    assert file.all_problems == []


def test_balances_of_several_days_in_one_statement() -> None:
    """The first opening and the last closing count."""
    days = (
        balance("OPBD", "0.00", "2026-03-01"),
        balance("CLBD", "10.00", "2026-03-01"),
        balance("OPBD", "10.00", "2026-03-02"),
        balance("CLBD", "30.00", "2026-03-02"),
    )
    file = read_camt053(
        camt(statement(*days, entry("10.00", day="2026-03-01"), entry("20.00", day="2026-03-02"))), "a.xml"
    )
    assert (file.statements[0].opening, file.statements[0].closing, codes(file)) == (0, 30_00, [])


def test_an_overdrawn_account() -> None:
    opening = balance("OPBD", "50.00", "2026-03-02", "DBIT")
    file = read(entry("20.00"), opening=opening, closing="-30.00")
    assert (file.statements[0].opening, file.statements[0].closing, codes(file)) == (-50_00, -30_00, [])


def test_without_opening_balance_it_follows_and_is_said() -> None:
    file = read(entry("650.00"), opening="", closing="700.00")
    assert (file.statements[0].opening, codes(file), file.fatal) == (50_00, ["no-opening-balance"], False)


def test_without_opening_balance_the_statement_before_counts() -> None:
    before = statement(OPENING, balance("CLBD", "5.00", "2026-03-02"), entry("5.00"))
    after = statement(balance("CLBD", "9.00", "2026-03-03"), entry("3.00", day="2026-03-03"), name="S2")
    file = read_camt053(camt(before, after), "a.xml")
    assert codes(file) == ["no-opening-balance", "statement-does-not-add-up"]
    assert file.statements[1].difference == -1_00


def test_without_closing_balance_nobody_may_import_it() -> None:
    file = read_camt053(camt(statement(OPENING, entry("650.00"))), "a.xml")
    assert (codes(file), file.fatal, file.forcible) == (["no-closing-balance"], True, False)


def test_another_currency_is_left_out_and_the_rest_is_kept() -> None:
    dollars = statement(
        balance("OPBD", "1.00", "2026-03-02", currency="USD"),
        balance("CLBD", "1.00", "2026-03-02", currency="USD"),
        account=OTHER_OWN,
        currency="USD",
    )
    euros = statement(OPENING, balance("CLBD", "0.00", "2026-03-02"))
    file = read_camt053(camt(dollars, euros), "a.xml")
    assert [one.account for one in file.statements] == [OWN]
    assert (codes(file), file.all_problems[0].value, file.fatal) == (["not-in-euros"], "USD", False)


def test_a_file_with_only_dollars_is_no_file_for_us() -> None:
    file = read_camt053(camt(statement(OPENING, currency="USD")), "a.xml")
    assert (codes(file), file.fatal) == (["not-in-euros", "no-statement"], True)


# --- entries that are not booked ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["PDNG", "INFO", "FUTR", "<Cd>PDNG</Cd>"])
def test_entries_that_are_not_booked_are_left_out_and_said(status: str) -> None:
    file = read(entry("650.00"), entry("99.00", status=status))
    assert only_entry(file).amount == 650_00
    assert (codes(file), file.fatal) == (["entries-not-booked"], False)


# --- who, what, which reference ----------------------------------------------------------------------------------


def test_structured_reference_and_references() -> None:
    strd = (
        "<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>CUR</Issr></Tp>"
        f"<Ref>{KENMERK}</Ref></CdtrRefInf></Strd></RmtInf>"
    )
    refs = "<EndToEndId>E2E-1</EndToEndId><MndtId>M-1</MndtId>"
    found = only_entry(read(entry("650.00", details(debtor=f"A. de Test|{ANNA}", more=strd, refs=refs))))
    assert (found.structured_reference, found.remittance) == (KENMERK, "")
    assert (found.end_to_end, found.mandate) == ("E2E-1", "M-1")


@pytest.mark.parametrize("word", ["NOTPROVIDED", "notprovided", "NONREF"])
def test_words_for_no_reference_are_no_reference(word: str) -> None:
    refs = f"<EndToEndId>{word}</EndToEndId>"
    assert only_entry(read(entry("650.00", details(text="Huur", refs=refs)))).end_to_end == ""


def test_text_in_several_elements_becomes_one_line() -> None:
    more = "<RmtInf><Ustrd>Huur maart</Ustrd><Ustrd>  woning\n 12 </Ustrd></RmtInf>"
    assert only_entry(read(entry("650.00", details(more=more)))).remittance == "Huur maart woning 12"


def test_without_the_payers_text_the_banks_own_line_is_kept() -> None:
    more = "<AddtlNtryInf>Kosten   betalingsverkeer</AddtlNtryInf>"
    assert only_entry(read(entry("650.00", more=more))).remittance == "Kosten betalingsverkeer"


def test_a_banks_line_in_code_words_is_understood() -> None:
    line = f"/RTYP/SEPA Incasso niet uitgevoerd/MARF/M-9/RTRN/MS03/IBAN/{ANNA}/NAME/A. de Test/REMI/Huur/EREF/E-9"
    file = read(entry("650.00", sign="DBIT", more=f"<AddtlNtryInf>{line}</AddtlNtryInf>"), closing="-650.00")
    found = only_entry(file)
    assert (found.counter_iban, found.mandate, found.end_to_end) == (ANNA, "M-9", "E-9")
    assert (found.is_reversal, found.reversal_reason, found.remittance) == (True, "MS03", "Huur")


def test_the_ultimate_debtor_when_the_debtor_has_no_name() -> None:
    inside = (
        f"<TxDtls><RltdPties><DbtrAcct><Id><IBAN>{ANNA}</IBAN></Id></DbtrAcct>"
        "<UltmtDbtr><Nm>C. Proef</Nm></UltmtDbtr></RltdPties></TxDtls>"
    )
    found = only_entry(read(entry("650.00", inside)))
    assert (found.counter_name, found.counter_iban) == ("C. Proef", ANNA)


@pytest.mark.parametrize(
    ("sign", "debtor", "creditor", "expected"),
    [
        ("CRDT", f"A. de Test|{ANNA}", f"Woonstichting|{OWN}", ANNA),
        ("DBIT", f"Woonstichting|{OWN}", f"B. Voorbeeld|{BRAM}", BRAM),
        ("CRDT", "", f"A. de Test|{ANNA}", ANNA),  # a bank that fills in the other side only
        ("DBIT", f"A. de Test|{ANNA}", f"Woonstichting|{OWN}", ANNA),
    ],
)
def test_the_counterparty_is_the_side_that_is_not_us(
    sign: str, debtor: str, creditor: str, expected: str
) -> None:
    paid = entry("650.00", details(debtor=debtor, creditor=creditor, text="Huur"), sign=sign)
    assert only_entry(read(paid, closing="650.00" if sign == "CRDT" else "-650.00")).counter_iban == expected


# --- money that goes back ----------------------------------------------------------------------------------------


def test_a_returned_direct_debit() -> None:
    """The parties are those of the collection: the tenant is the debtor, although the money goes out."""
    back = details(
        debtor=f"A. de Test|{ANNA}",
        creditor="Woonstichting|",
        text="Huur maart 2026",
        refs="<EndToEndId>INC-3-17</EndToEndId><MndtId>M-17</MndtId>",
        more="<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>",
    )
    found = only_entry(read(entry("650.00", back, sign="DBIT"), closing="-650.00"))
    assert (found.amount, found.is_reversal, found.reversal_reason) == (-650_00, True, "AM04")
    assert (found.end_to_end, found.mandate, found.counter_iban) == ("INC-3-17", "M-17", ANNA)


@pytest.mark.parametrize(
    "more",
    [
        "<RvslInd>true</RvslInd>",
        "<RvslInd>1</RvslInd>",
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn></BkTxCd>",
    ],
)
def test_other_signs_of_a_return(more: str) -> None:
    found = only_entry(read(entry("650.00", sign="DBIT", more=more), closing="-650.00"))
    assert (found.is_reversal, found.reversal_reason) == (True, "")


def test_an_ordinary_entry_is_no_return() -> None:
    assert not only_entry(read(entry("650.00", more="<RvslInd>false</RvslInd>"))).is_reversal


# --- batches -----------------------------------------------------------------------------------------------------


def batch(*amounts: str, total: str = "1300.00", more: str = "") -> str:
    parts = [
        details(amount=amount, debtor=f"Huurder {number}|{iban}", text=f"Huur {number}")
        for number, (amount, iban) in enumerate(zip(amounts, (ANNA, BRAM, CHRIS), strict=False), start=1)
    ]
    name = "<Btch><PmtInfId>INC-2026-03</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"
    return entry(total, name, *parts, ref="B-1", more=more)


def test_a_batch_is_split() -> None:
    file = read(batch("600.00", "700.00"), closing="1300.00")
    one, two = file.statements[0].entries
    assert [(e.amount, e.counter_iban, e.ref, e.batch) for e in (one, two)] == [
        (600_00, ANNA, "B-1@2026-03-02/1", "INC-2026-03"),
        (700_00, BRAM, "B-1@2026-03-02/2", "INC-2026-03"),
    ]
    assert file.all_problems == []


def test_amounts_of_parts_in_version_02() -> None:
    def part(amount: str) -> str:
        instructed = f"<InstdAmt><Amt Ccy='USD'>{amount}</Amt></InstdAmt>"
        booked = f"<TxAmt><Amt Ccy='EUR'>{amount}</Amt></TxAmt>"
        return f"<TxDtls><AmtDtls>{instructed}{booked}</AmtDtls></TxDtls>"

    file = read(entry("30.00", part("10.00"), part("20.00")), closing="30.00")
    assert [one.amount for one in file.statements[0].entries] == [10_00, 20_00]


def test_a_batch_in_which_one_part_was_returned() -> None:
    parts = (
        details(amount="700.00", debtor=f"A. de Test|{ANNA}", text="Huur"),
        details(
            amount="50.00",
            sign="DBIT",
            debtor=f"B. Voorbeeld|{BRAM}",
            text="Huur",
            more="<RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf>",
        ),
    )
    one, two = read(entry("650.00", *parts)).statements[0].entries
    assert (one.amount, one.is_reversal) == (700_00, False)
    assert (two.amount, two.is_reversal, two.reversal_reason, two.counter_iban) == (
        -50_00,
        True,
        "MD06",
        BRAM,
    )


@pytest.mark.parametrize("amounts", [("600.00", "600.00"), ("600.00", ""), ("", "")])
def test_a_batch_that_does_not_add_up_stays_one_entry(amounts: tuple[str, str]) -> None:
    file = read(batch(*amounts, more="<AddtlNtryInf>Verzamelpost</AddtlNtryInf>"), closing="1300.00")
    found = only_entry(file)
    assert (found.amount, found.counter_iban, found.remittance) == (1300_00, "", "Verzamelpost")
    assert (found.batch, found.ref) == ("INC-2026-03", "B-1@2026-03-02")
    assert (codes(file), file.fatal) == (["unsplit-batch"], False)


def test_a_batch_without_details_says_its_name() -> None:
    inside = "<Btch><PmtInfId>INC-9</PmtInfId><NbOfTxs>250</NbOfTxs></Btch>"
    assert only_entry(read(entry("650.00", inside))).batch == "INC-9"


# --- files that are not what they should be ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["camt.052.001.08", "camt.054.001.02", "pain.008.001.02"])
def test_another_message_is_named(kind: str) -> None:
    data = f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:{kind}'><Rpt><Ntry/></Rpt></Document>".encode()
    file = read_camt053(data, "a.xml")
    assert (codes(file), file.all_problems[0].value, file.fatal) == (["not-a-statement"], kind[:8], True)


def test_a_statement_without_account() -> None:
    data = camt(statement(OPENING, balance("CLBD", "0.00", "2026-03-02"))).replace(OWN.encode(), b"")
    file = read_camt053(data, "a.xml")
    assert (codes(file), file.statements, file.forcible) == (["no-account"], (), False)


def test_a_file_that_was_cut_off_keeps_what_was_complete_but_may_not_be_imported() -> None:
    whole = statement(OPENING, balance("CLBD", "650.00", "2026-03-02"), entry("650.00"))
    data = camt(whole, statement(OPENING, entry("650.00"), name="S2"))
    file = read_camt053(data[: data.rindex(b"<Ntry>") + 20], "a.xml")
    assert [one.id for one in file.statements] == ["S1"]
    assert (codes(file), file.fatal, file.forcible) == (["broken-xml"], True, False)


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (f"<!DOCTYPE D [<!ENTITY l0 'ha'>{LAUGHS}]><D>&l9;</D>", "xml-doctype"),
        ("<!DOCTYPE D [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><D>&x;</D>", "xml-doctype"),
        ("<!DOCTYPE D SYSTEM 'http://example.org/d.dtd'><D/>", "xml-doctype"),
        ("<D>&undefined;</D>", "broken-xml"),
        (f"<D x='{'a' * (MAX_ATTRIBUTE + 1)}'/>", "file-too-large"),
        (f"<D x='{'>' * 50_000_000}'/>", "file-too-large"),
        (f"<D><!-- {'> ' * 2_000_000} --></D>", "file-too-large"),
        ("<D>" * (MAX_DEPTH + 1), "file-too-large"),
        ("<Stmt><Ntry>" + "<a>" * 1_000_000, "file-too-large"),
        ("<Stmt><Ntry>" + "<a/>" * 1_000_000, "file-too-large"),
        ("<?xml version='1.0' encoding='martian'?><D/>", "broken-xml"),
        ("<D><E></D>", "broken-xml"),
        ("<D", "broken-xml"),
    ],
)
def test_hostile_and_broken_xml_is_refused(data: str, code: str) -> None:
    file = read_camt053(data.encode(), "a.xml")
    assert (codes(file), file.fatal, file.forcible) == ([code], True, False)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    closed = balance("CLBD", "650.00", "2026-03-02")
    text = camt(statement(OPENING, closed, entry("650.00", details(text="Huur café")))).decode()
    data = text.replace("UTF-8", encoding.removesuffix("-sig")).encode(encoding)
    assert only_entry(read_camt053(data, "a.xml")).remittance == "Huur café"
