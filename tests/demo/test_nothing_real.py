"""Nothing in the town can be mistaken for somebody who exists, and the product never meets the truth."""

import ast
import re
from pathlib import Path

from stdnum import iban as iban_numbers

import voordeur
from voordeur.core.remittance import valid_betalingskenmerk
from voordeur.demo.bank_files import ADMINISTRATOR
from voordeur.demo.households import BANKS, CORPORATION_IBAN
from voordeur.demo.town import Town

PACKAGE = Path(voordeur.__file__).parent
REAL_BANKS = {
    "ABNA",
    "ASNB",
    "BUNQ",
    "INGB",
    "KNAB",
    "RABO",
    "RBRB",
    "SNSB",
    "TRIO",
    "FVLB",
    "HAND",
    "NWAB",
    "REVO",
}


def test_postcodes_do_not_exist(town: Town) -> None:
    """Dutch postcodes run from 1000 to 9999; these start with a nought."""
    assert all(re.fullmatch(r"041[1-7] [A-Z]{2}", home.postcode) for home in town.homes)


def test_the_town_lies_on_water(town: Town) -> None:
    """Open water of the Markermeer, within the box in which RD coordinates hold."""
    assert all(52.49 < home.latitude < 52.54 for home in town.homes)
    assert all(5.27 < home.longitude < 5.36 for home in town.homes)


def test_bag_ids_belong_to_no_municipality(town: Town) -> None:
    assert all(re.fullmatch(r"999901\d{10}", home.bag_id) for home in town.homes)


def test_ibans_have_right_check_digits_and_no_bank(town: Town) -> None:
    accounts = {account for one in town.tenancies for account in one.ibans} | {
        CORPORATION_IBAN,
        ADMINISTRATOR[1],
    }
    assert all(iban_numbers.is_valid(account) for account in accounts)
    assert {account[4:8] for account in accounts} <= set(BANKS)
    assert not set(BANKS) & REAL_BANKS


def test_no_account_belongs_to_two_households(town: Town) -> None:
    accounts = [account for one in town.tenancies for account in one.ibans]
    assert len(set(accounts)) == len(accounts)


def test_phone_numbers_and_mail_addresses_are_given_to_nobody(town: Town) -> None:
    people = [person for one in town.tenancies for person in one.tenants]
    assert all(re.fullmatch(r"(06 00 \d\d \d\d \d\d)?", person.phone) for person in people)
    assert all(person.email == "" or person.email.endswith("@lindewaard.example") for person in people)


def test_payment_references_are_valid_and_each_their_own(town: Town) -> None:
    references = [one.reference for one in town.tenancies]
    assert all(valid_betalingskenmerk(reference) for reference in references)
    assert len(set(references)) == len(references)


def test_no_number_passes_for_a_citizen_service_number(town: Town) -> None:
    """Nowhere stand eight or nine digits by themselves, so nothing can be a BSN by accident."""
    assert re.findall(r"(?<!\d)\d{8,9}(?!\d)", repr((town.homes, town.tenancies, town.ledgers[:50]))) == []


def test_names_and_language_say_nothing_about_paying(town: Town) -> None:
    """Names and habits are drawn apart from each other: each habit field is there, and none is made from a name."""
    source = (PACKAGE / "demo" / "households.py").read_text(encoding="utf-8")
    maker = next(node for node in ast.parse(source).body if getattr(node, "name", "") == "make_habit")
    assert not {"name", "language", "tenants"} & {
        node.id for node in ast.walk(maker) if isinstance(node, ast.Name)
    }
    assert len({one.habit.income for one in town.tenancies}) == 7


def test_only_the_demo_can_read_the_truth() -> None:
    """Product code never imports `demo.truth`, nor anything of the demo that could carry it over."""
    allowed = {"cli/demo.py": {"voordeur.demo.load", "voordeur.demo.export", "voordeur.demo.own_page"}}
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        if "demo" not in path.relative_to(PACKAGE).parts[:-1]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
        if name.startswith("voordeur.demo")
    }
    assert {(path, name) for path, name in found if name not in allowed.get(path, set())} == set()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module]
    return []
