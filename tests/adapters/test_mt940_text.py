"""MT940 field :86:: the text of an entry as each Dutch bank writes it."""

import re

import pytest

from tests.adapters.statement_texts import ANNA, BRAM, CHRIS, KENMERK, OWN, mt940
from voordeur.adapters.bank import BankEntry
from voordeur.adapters.mt940 import read_mt940


def told(*lines: str, line61: str = ":61:2603020302C650,00NTRFNONREF//1", under: str = "") -> BankEntry:
    """The one entry of a statement with this text in :86:."""
    said = [f":86:{lines[0]}", *lines[1:]] if lines else []
    closing = "C260302EUR750,00" if re.search("C0*650", line61) else "D260302EUR550,00"
    text = mt940(line61, *([under] if under else []), *said, closing=closing)
    file = read_mt940(text.encode(), "afschrift.txt")
    assert file.all_problems == []
    [found] = file.statements
    [one] = found.entries
    return one


def test_ing_structured() -> None:
    found = told(
        f"/EREF/INC-3-17//MARF/MND-0017//CSID/NL99ZZZ999999990000//CNTP/{ANNA[:10]}",
        f"{ANNA[10:]}/TSTANL2A/A. de Test-Bij voorbeeld///REMI/USTD//Huur maart 2",
        "026 woning 12/",
        under="/TRCD/00100/",
    )
    assert (found.counter_iban, found.counter_name) == (ANNA, "A. de Test-Bij voorbeeld")
    assert (found.end_to_end, found.mandate, found.remittance) == (
        "INC-3-17",
        "MND-0017",
        "Huur maart 2026 woning 12",
    )


def test_ing_payment_reference() -> None:
    found = told(f"/EREF/158//CNTP/{ANNA}/TSTANL2A/A. de Test///REMI/STRD/CUR/{KENMERK}/")
    assert (found.structured_reference, found.remittance) == (KENMERK, "")


def test_ing_returned_collection() -> None:
    found = told(
        f"/RTRN/MS03//EREF/INC-3-17//MARF/MND-0017//CNTP/{ANNA}/TSTANL2A",
        "/A. de Test///REMI/USTD//HUUR FEB 2026/",
        line61=":61:2603020302D650,00NRTIEREF//1010",
    )
    assert (found.amount, found.is_reversal, found.reversal_reason) == (-650_00, True, "MS03")
    assert (found.end_to_end, found.mandate, found.counter_name) == ("INC-3-17", "MND-0017", "A. de Test")


def test_ing_batch() -> None:
    found = told("/PREF/INC-2026-03//CSID/NL99ZZZ999999990000//REMI/USTD//TOTAAL 812 POSTEN/")
    assert (found.batch, found.remittance, found.counter_iban) == ("INC-2026-03", "TOTAAL 812 POSTEN", "")


def test_ing_unstructured() -> None:
    said = f"0123456701 {ANNA} TSTANL2A A. de Test Huur maart 2026"
    found = told(said)
    assert (found.counter_iban, found.counter_name, found.remittance) == (ANNA, "", said)


def test_abn_amro_structured() -> None:
    """ABN AMRO counts the tag as part of the 65 characters of a line, so its first line is full at 61."""
    said = f"/TRTP/SEPA OVERBOEKING/IBAN/{ANNA}/BIC/TSTANL2A/NAME/A. de Test/REMI/Huur maart 2026/EREF/NOTPROVIDED"
    found = told(said[:61], said[61:])
    assert (found.counter_iban, found.counter_name) == (ANNA, "A. de Test")
    assert (found.remittance, found.end_to_end) == ("Huur maart 2026", "")


@pytest.mark.parametrize("width", [61, 65])
def test_a_full_line_goes_on_inside_a_word_and_a_short_line_does_not(width: int) -> None:
    said = "Huur van de woning aan de Straatweg in de maand maart van het jaar tweeduizend zesentwintig"
    assert told(said[:width], said[width:]).remittance == said
    assert told("Huur van de woning", "maart 2026").remittance == "Huur van de woning maart 2026"


def test_abn_amro_payment_reference() -> None:
    found = told(
        f"/TRTP/ACCEPTGIROBETALING/IBAN/{ANNA}/BIC/TSTANL2A",
        f"/NAME/A. DE TEST/REMI/ISSUER: CUR                  REF: {KENMERK[:8]}",
        f"{KENMERK[8:]}/EREF/NOTPROVIDED",
    )
    assert (found.structured_reference, found.remittance) == (KENMERK, "")


def test_abn_amro_returned_collection() -> None:
    found = told(
        f"/RTYP/SEPA Incasso niet uitgevoerd/MARF/MND-17/RTRN/AM04/IBAN/{ANNA}"[:65],
        f"/RTYP/SEPA Incasso niet uitgevoerd/MARF/MND-17/RTRN/AM04/IBAN/{ANNA}"[65:]
        + "/NAME/A. DE TEST/REMI/Huur",
        "/EREF/INC-3-17",
        line61=":61:2603020302D650,00N246NONREF",
    )
    assert (found.is_reversal, found.reversal_reason, found.counter_iban) == (True, "AM04", ANNA)
    assert (found.mandate, found.end_to_end, found.remittance) == ("MND-17", "INC-3-17", "Huur")


def test_abn_amro_columns() -> None:
    found = told(
        f"SEPA OVERBOEKING                 IBAN: {ANNA}",
        "BIC: TSTANL2A                    NAAM: A. DE TEST",
        "OMSCHRIJVING: HUUR MAART 2026 KENMERK: HUIS 12",
        "KENMERK: NOTPROVIDED",
    )
    assert (found.counter_iban, found.counter_name) == (ANNA, "A. DE TEST")
    assert (found.remittance, found.end_to_end) == ("HUUR MAART 2026 KENMERK: HUIS 12", "")


def test_abn_amro_columns_of_a_collection() -> None:
    found = told(
        "SEPA Incasso algemeen doorlopend Incassant: NL99ZZZ999999990000",
        "Naam: A. de Test                Machtiging: MND-17",
        "Omschrijving: Huur maart",
        f"IBAN: {ANNA}         Kenmerk: INC-3-17",
        line61=":61:2603020302D650,00N246NONREF",
    )
    assert (found.counter_name, found.mandate, found.counter_iban) == ("A. de Test", "MND-17", ANNA)
    assert (found.remittance, found.end_to_end) == ("Huur maart", "INC-3-17")


def test_abn_amro_columns_with_payment_reference() -> None:
    found = told(
        f"SEPA ACCEPTGIROBETALING          IBAN: {ANNA}",
        "BIC: TSTANL2A                    NAAM: A. DE TEST",
        f"BETALINGSKENM.: {KENMERK} ID DEBITEUR: 777",
    )
    assert (found.structured_reference, found.remittance) == (KENMERK, "")


def test_rabobank() -> None:
    found = told(
        "/MARF/MND-17/EREF/E-17/ORDP//NAME/A. de Test en/of B. Voorbeeld-T",
        "est/ADDR/Straatweg 1/ULTD//NAME/C. Proef/REMI/Huur maart",
        "woning 12/ISDT/2026-03-02",
        line61=":61:260302C000000000650,00N541EREF            ",
        under=ANNA,
    )
    assert (found.counter_iban, found.counter_name) == (ANNA, "A. de Test en/of B. Voorbeeld-Test")
    assert (found.remittance, found.mandate, found.end_to_end) == ("Huur maart woning 12", "MND-17", "E-17")


def test_rabobank_payment_reference_and_batch_words() -> None:
    found = told(
        f"/ORDP//NAME/A. de Test/REMI//CDTRREFTP//CD/SCOR/ISSR/CUR/CDTRREF/{KENMERK[:2]}",
        f"{KENMERK[2:]}/ISDT/2026-03-02",
        under="P001234567",
    )
    assert (found.structured_reference, found.remittance, found.counter_iban) == (KENMERK, "", "")


def test_rabobank_returned_collection() -> None:
    found = told(
        "/EREF/INC-3-17/RTRN/MD06/BENM//NAME/A. de Test/REMI/Huur maart",
        line61=":61:260302D000000000650,00N064EREF",
        under=ANNA,
    )
    assert (found.is_reversal, found.reversal_reason, found.counter_iban) == (True, "MD06", ANNA)


@pytest.mark.parametrize("kind", ["NOVB", "NIOB"])
def test_asn_and_sns(kind: str) -> None:
    """Account and name on the first line; every line is filled up to 65 characters."""
    said = f"2026-03-01T14:32:46-000000000000089-{ANNA}-a. de test-huur maart 2026"
    found = told(
        f"{ANNA} a. de test",
        " " * 65,
        said[:65],
        said[65:].ljust(65),
        " " * 65,
        line61=f":61:2603020302C650,00{kind}{ANNA}",
        under="a. de test",
    )
    assert (found.counter_iban, found.counter_name, found.remittance) == (ANNA, "a. de test", said)


def test_asn_collection_with_code_words() -> None:
    found = told(
        f"{BRAM} b. voorbeeld bv",
        "",
        "/TRTP/Europese Incasso/CSID/NL99ZZZ999999990000/NAME/B. VOORBEELD",
        f" BV/MARF/MTC-1/REMI/Relatie 17/Factuur 4/IBAN/{BRAM}/BIC/TSTBNL2A/EREF/17/4",
        line61=f":61:2603020302D650,00NINC{BRAM}",
        under="b. voorbeeld bv",
    )
    assert (found.counter_iban, found.counter_name, found.mandate) == (BRAM, "b. voorbeeld bv", "MTC-1")
    assert (found.remittance, found.end_to_end) == ("Relatie 17/Factuur 4", "17/4")


def test_asn_costs_have_no_counterparty() -> None:
    found = told(" ", " " * 65, "Kosten betaalrekening", line61=":61:2603020302D650,00NDIV")
    assert (found.counter_iban, found.remittance) == ("", "Kosten betaalrekening")


def test_triodos_pieces() -> None:
    found = told(
        "000>100000000000", ">20TSTANL2A", f">21{ANNA}",
        ">22A. DE TEST HUUR VAN DE WONI>23NG AAN DE STRAATWEG 1", ">24MAART 2026 >310390123456",
        line61=":61:260302C650,00NET NONREF",
    )  # fmt: skip
    assert found.counter_iban == ANNA
    assert found.remittance == "A. DE TEST HUUR VAN DE WONING AAN DE STRAATWEG 1 MAART 2026"


def test_triodos_without_account() -> None:
    found = told("000>100555555555", ">20 HUUR>21 GARAGE - MRT 2026", line61=":61:260302C650,00N000NONREF")
    assert (found.counter_iban, found.remittance) == ("", "HUUR GARAGE - MRT 2026")


def test_knab_with_and_without_code_words() -> None:
    new = told(f"/TRTP/SEPA OVERBOEKING/IBAN/{ANNA}/BIC/KNABNL2HXXX", "/NAME/A. DE TEST/EREF/E1/REMI/HUUR")
    old = told("HUUR MAART 2026 WONING 12", f"REK: {ANNA}/NAAM: A. DE TEST")
    assert (new.counter_iban, new.counter_name, new.remittance, new.end_to_end) == (
        ANNA,
        "A. DE TEST",
        "HUUR",
        "E1",
    )
    assert (old.counter_iban, old.counter_name, old.remittance) == (
        ANNA,
        "A. DE TEST",
        "HUUR MAART 2026 WONING 12",
    )


@pytest.mark.parametrize(
    ("said", "iban"),
    [
        (f"Huur {ANNA} maart", ANNA),
        (f"Huur {ANNA} en nog eens {ANNA}", ANNA),
        (f"Huur {ANNA[:4]} {ANNA[4:8]} {ANNA[8:12]} {ANNA[12:16]} {ANNA[16:]}", ANNA),
        (f"Van {ANNA} naar {OWN}", ANNA),  # our own account is not the other side
        (f"{ANNA} of {BRAM} of {CHRIS}", ""),
        (f"Huur {ANNA[:-1]}9", ""),  # the check digits do not fit
        ("NL99ZZZ999999990000 incassant", ""),
        ("Huur zonder rekening", ""),
    ],
)
def test_an_iban_in_free_text_counts_when_it_is_the_only_one(said: str, iban: str) -> None:
    found = told(said)
    assert (found.counter_iban, found.remittance) == (iban, said)


def test_what_a_payer_types_does_not_replace_what_the_bank_says() -> None:
    found = told(
        f"/TRTP/SEPA OVERBOEKING/IBAN/{ANNA}/BIC/TSTANL2A/NAME/A. de Test",
        f"/REMI/huur /IBAN/{BRAM}/NAME/B. Voorbeeld/RTRN/AM04/RTYP/x/EREF/E-1",
    )
    assert (found.counter_iban, found.counter_name, found.is_reversal) == (ANNA, "A. de Test", False)
    assert found.remittance == f"huur /IBAN/{BRAM}/NAME/B. Voorbeeld"
    assert found.end_to_end == "E-1"
