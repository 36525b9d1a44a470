"""What goes out: VERA against the published OpenAPI, pain.008 against its schema, the agreement on one page."""

import json
import os
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sepaxml
import xmlschema

from tests.adapters.openapi_file import complaints, schemas
from tests.adapters.pdf_structure import findings
from tests.adapters.test_qr import read
from voordeur.adapters.agreement_page import print_agreement_page
from voordeur.adapters.arrangement_rules import load_arrangement_rules, read_arrangement_rules
from voordeur.adapters.direct_debit import Creditor, Debit, direct_debit_file, valid_creditor_id
from voordeur.adapters.qr import Payee, payment_code
from voordeur.adapters.vera_arrangements import Exported, Term, vera_file
from voordeur.core.arrangements.paper import AgreementData
from voordeur.core.arrangements.schedule import instalments
from voordeur.core.arrangements.values import ArrangementState, EndReason, Rhythm, Terms
from voordeur.core.arrangements.watching import InstalmentState
from voordeur.core.problems import Refused
from voordeur.core.remittance import (
    creditor_reference,
    creditor_references,
    names_arrangement,
    valid_creditor_reference,
)
from voordeur.core.words import Words

ROOT = Path(__file__).resolve().parents[2]
STANDARDS = Path(os.environ.get("VOORDEUR_STANDARDS") or ROOT.parent / "shared" / "standards")
RULES_TEXT = (ROOT / "src" / "voordeur" / "rules" / "law" / "arrangement.toml").read_text("utf-8")
CREDITOR = Creditor("Woonstichting Lindewaard", "NL91 ABNA 0417 1643 00", "NL69ZZZ123456780000")
DAY, MADE = date(2026, 12, 28), datetime(2026, 12, 22, 9, 30)  # noqa: DTZ001  a bank file has local time


def debit(number: int, **more: Any) -> Debit:
    """One instalment of a household."""
    values: dict[str, Any] = {
        "end_to_end": f"VD-1-{number}", "amount": 80_00 + number, "mandate": f"VD-5000056789012345-{number}",
        "mandate_signed": date(2026, 11, 23), "holder": "Zoë d'Ancona-Çelik & zn", "iban": "NL86INGB0002445588",
        "said": "Lindewaard regeling termijn 2 kenmerk 5000056789012345",
    }  # fmt: skip
    return Debit(**(values | more))


def test_a_direct_debit_file_fits_its_official_schema_and_adds_up() -> None:
    file = direct_debit_file(CREDITOR, [debit(number) for number in range(1, 30)], DAY, "VD-20261228-1", MADE)
    path = Path(sepaxml.__file__).parent / "schemas" / "pain.008.001.08.xsd"
    schema = xmlschema.XMLSchema(str(path))
    schema.validate(file.decode())
    told: Any = schema.to_dict(file.decode())
    head = told["CstmrDrctDbtInitn"]["GrpHdr"]
    assert (head["MsgId"], int(head["NbOfTxs"])) == ("VD-20261228-1", 29)
    assert round(float(head["CtrlSum"]) * 100) == sum(80_00 + number for number in range(1, 30))
    assert head["CreDtTm"] == "2026-12-22T09:30:00"
    one = told["CstmrDrctDbtInitn"]["PmtInf"][0]
    assert (one["ReqdColltnDt"], one["PmtTpInf"]["LclInstrm"]["Cd"]) == ("2026-12-28", "CORE")
    assert direct_debit_file(CREDITOR, [debit(n) for n in range(1, 30)], DAY, "VD-20261228-1", MADE) == file


def test_each_day_of_collection_has_its_own_block_and_sum() -> None:
    debits = [debit(1, on=date(2026, 12, 29)), debit(2), debit(3, on=date(2026, 12, 29))]
    file = direct_debit_file(CREDITOR, debits, DAY, "VD-20261228-1", MADE)
    path = Path(sepaxml.__file__).parent / "schemas" / "pain.008.001.08.xsd"
    told: Any = xmlschema.XMLSchema(str(path)).to_dict(file.decode())
    blocks = told["CstmrDrctDbtInitn"]["PmtInf"]
    assert [(one["ReqdColltnDt"], float(one["CtrlSum"])) for one in blocks] == [
        ("2026-12-29", 160.04), ("2026-12-28", 80.02),
    ]  # fmt: skip
    assert len({one["PmtInfId"] for one in blocks}) == 2


def test_only_signs_that_every_bank_takes_leave_the_house() -> None:
    odd = debit(1, holder='Ibrahim "Ömer" عبد_@#;&', said="Wonen & Leven* regeling")
    file = direct_debit_file(replace(CREDITOR, name="Wonen & Leven"), [odd], DAY, "VD-1", MADE).decode()
    told = re.findall(r"<(?:Nm|Ustrd)>([^<]*)</", file)
    assert len(told) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9/?:().,'+ -]+", one) for one in told), told
    assert "Wonen + Leven" in told


def test_a_file_that_is_broken_does_not_fit() -> None:
    file = direct_debit_file(CREDITOR, [debit(1)], DAY, "VD-1", MADE).decode()
    path = Path(sepaxml.__file__).parent / "schemas" / "pain.008.001.08.xsd"
    assert not xmlschema.XMLSchema(str(path)).is_valid(file.replace("2026-12-28", "28-12-2026"))


@pytest.mark.parametrize(
    ("creditor", "debits", "code"),
    [
        (replace(CREDITOR, creditor_id=""), [debit(1)], "no-creditor-id"),
        (replace(CREDITOR, creditor_id="NL12ZZZ123456780000"), [debit(1)], "no-creditor-id"),
        (replace(CREDITOR, iban="NL00ABNA0417164300"), [debit(1)], "wrong-iban"),
        (CREDITOR, [debit(1, iban="NL86INGB0002445589")], "wrong-iban"),
        (CREDITOR, [debit(1, iban="GB29NWBK60161331926819")], "wrong-iban"),
        (CREDITOR, [], "nothing-to-collect"),
    ],
)
def test_what_the_bank_would_refuse_does_not_leave_the_house(
    creditor: Creditor, debits: list[Debit], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        direct_debit_file(creditor, debits, DAY, "VD-1", MADE)
    assert [one.code for one in refusal.value.problems] == [code]


def test_a_creditor_number_is_checked() -> None:
    assert valid_creditor_id("NL69ZZZ123456780000")
    assert valid_creditor_id("DE98ZZZ09999999999"), "the example of the German central bank"
    assert not valid_creditor_id("NL69ZZZ123456780001")


# --- VERA ---


def exported(**more: Any) -> Exported:
    """An arrangement of two instalments of which one came."""
    terms = [
        Term(1, date(2026, 11, 25), 80_00, 80_00, date(2026, 11, 25), InstalmentState.PAID),
        Term(2, date(2026, 12, 28), 56_80, 0, None, InstalmentState.COMING),
    ]
    values: dict[str, Any] = {
        "id": 7, "reference": "5000056789012345", "tenancy_key": "104417", "state": ArrangementState.LIVE,
        "reason": None,
        "agreed_on": date(2026, 11, 23), "ended_on": None, "total": 136_80, "received": 80_00,
        "rhythm": Rhythm.MONTHLY, "direct_debit": False, "terms": terms,
    }  # fmt: skip
    return Exported(**(values | more))


EVERY_WAY = [
    exported(),
    *(exported(state=state) for state in ArrangementState),
    *(exported(rhythm=rhythm) for rhythm in Rhythm),
    exported(state=ArrangementState.ENDED, reason=EndReason.NOT_KEPT, ended_on=date(2027, 1, 9)),
    exported(direct_debit=True, terms=[], agreed_on=None),
]
SCHEMA = "Betalingsregelingen-Betalingsregelingbericht"


def test_arrangements_fit_the_published_openapi_of_vera() -> None:
    known = schemas(STANDARDS / "vera" / "INC.yaml")
    assert {"termijnen", "bedrag", "status"} <= set(
        known["Betalingsregelingen-Betalingsregeling"]["properties"]
    )
    found = json.loads(vera_file(EVERY_WAY))
    assert len(found) == len(EVERY_WAY)
    assert [one for value in found for one in complaints(known, SCHEMA, value)] == []
    assert (found[0]["bedrag"], found[0]["saldo"], found[0]["prolongatieInterval"]) == (136.8, 56.8, "P1M")
    assert found[0]["termijnen"][0]["datum"] == "2026-11-25"


def test_the_check_on_vera_bites() -> None:
    known = schemas(STANDARDS / "vera" / "INC.yaml")
    good = json.loads(vera_file([exported()]))[0]
    for key, value in (("bedrag", "136,80"), ("begindatum", "25-11-2026"), ("huurder", "x"),
                       ("prolongatieInterval", "maand"), ("termijnen", [{"bedrag": []}])):  # fmt: skip
        assert complaints(known, SCHEMA, good | {key: value}), key


def test_every_code_stands_in_the_published_reference_data() -> None:
    lines = (STANDARDS / "vera" / "Referentiedata.csv").read_text("utf-8-sig").splitlines()
    known = {tuple(line.split(";")[:2]) for line in lines}
    for one in json.loads(vera_file(EVERY_WAY)):
        assert ("BETALINGSREGELINGSTATUS", one["status"]["code"]) in known
        assert ("BETAALWIJZESOORT", one["betaalwijze"]["soort"]["code"]) in known
        if "eindeReden" in one:
            assert ("BETALINGSREGELINGEINDEREDEN", one["eindeReden"]["code"]) in known


# --- paper and code ---


def data(total: int, amount: int, rhythm: Rhythm = Rhythm.MONTHLY) -> AgreementData:
    """What the page says of an arrangement."""
    return AgreementData(
        day=date(2026, 11, 23), landlord="Woonstichting Lindewaard", address="Markt 1, 1234 AB Lindewaard",
        iban="NL91ABNA0417164300", tenants=("Fatma Yildiz", "Bram de Wit"), home="Wilgenhof 31", total=total,
        rent=655_15, plan=instalments(Terms(total, amount, rhythm, date(2026, 11, 25)), ()), rhythm=rhythm,
        reference=creditor_reference("5000056789012345"), kenmerk="5000 0567 8901 2345", contact="Marit Hoogland",
        phone="0800 1234", hours=Words("werkdagen van 9 tot 17 uur", "workdays from 9 to 5"),
        municipality="Lindewaard", help_desk="Geldloket", help_phone="0800 4321", direct_debit=False, costs_waived=True,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("total", "amount", "rhythm"),
    [(936_80, 80_00, Rhythm.MONTHLY), (50_00, 50_00, Rhythm.MONTHLY), (2_600_00, 50_00, Rhythm.WEEKLY)],
)
def test_the_agreement_is_one_page_that_can_be_read_aloud(
    total: int, amount: int, rhythm: Rhythm, language: str
) -> None:
    """One page is a promise: the template refuses a second one."""
    page = print_agreement_page(data(total, amount, rhythm), load_arrangement_rules(), language)
    assert findings(page) == []
    assert print_agreement_page(data(total, amount, rhythm), load_arrangement_rules(), language) == page


def test_the_payment_code_holds_the_fields_of_the_standard() -> None:
    reference = creditor_reference("5000056789012345")
    code = payment_code(Payee("Woonstichting Lindewaard", "NL91ABNA0417164300"), 80_00, reference=reference)
    assert read(code).split("\n") == [
        "BCD", "002", "1", "SCT", "", "Woonstichting Lindewaard", "NL91ABNA0417164300", "EUR80.00", "", reference,
    ]  # fmt: skip


def test_the_international_reference_has_its_check_digits() -> None:
    assert valid_creditor_reference("RF18 5390 0754 7034"), "the example of ISO 11649"
    made = creditor_reference("5000056789012345")
    assert valid_creditor_reference(made)
    assert not valid_creditor_reference(made[:-1] + "6")
    assert creditor_references(f"betaling {made[:4]} {made[4:8]} {made[8:12]} {made[12:]} dank") == [
        "5000056789012345"
    ]
    with pytest.raises(ValueError, match="21"):
        creditor_reference("1" * 22)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("betalingsregeling", True), ("regeling termijn 3", True), ("Afbetaling achterstand", True),
        ("huur november", False), ("huur en regeling", False), ("regelingen", False), ("loon", False),
    ],
)  # fmt: skip
def test_what_a_payer_says_about_an_arrangement(text: str, says: bool) -> None:
    assert names_arrangement(text) is says


# --- the rules ---


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('[minimum_month]\nvalue = "50,00"', '[minimum_month]\nvalue = "veel"', "wrong-value"),
        ("[longest_months]\nvalue = 12", "[longest_months]\nvalue = 0", "wrong-value"),
        ("[breach_misses]", "[breach_mises]", "unknown-key"),
        ("value = true", "value = 1", "wrong-value"),
        ("title =", "titel =", "unknown-key"),
    ],
)
def test_a_rules_file_that_is_not_right_is_refused(old: str, new: str, code: str) -> None:
    assert old in RULES_TEXT
    rules, problems = read_arrangement_rules(RULES_TEXT.replace(old, new, 1), "arrangement.toml")
    assert rules is None
    assert code in {one.code for one in problems}


def test_every_number_has_its_source_and_how_sure_we_are() -> None:
    rules = load_arrangement_rules()
    assert {one.trust for one in rules.sources.values()} == {"verified", "choice", "unverified"}
    assert all(one.source and one.words.nl and one.words.en for one in rules.sources.values())
