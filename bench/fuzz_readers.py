"""What the fuzzer reads with: every reader of something from outside, and sound samples to damage.

A reader takes bytes and a folder to put them in, and answers in one word what became of them: `read`, or the code
of the first Problem. Anything else that happens is a finding.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from tests.adapters.statement_texts import MARCH, PAYMENT, mt940

from voordeur.adapters.bank import read_bank_file
from voordeur.adapters.facts_file import read_facts
from voordeur.adapters.household_file import HouseholdFile
from voordeur.adapters.ledger_file import read_ledger
from voordeur.adapters.letter_texts import load_text, read_letter_text
from voordeur.adapters.letters import render
from voordeur.adapters.mapping import read_records, recognise
from voordeur.adapters.pack_file import is_pack, read_pack
from voordeur.adapters.policy_file import read_policy
from voordeur.adapters.profiles import parse_profile, shipped_profiles
from voordeur.adapters.rules import read_calendar
from voordeur.adapters.scheme_rules import read_scheme_rules
from voordeur.adapters.spreadsheet import open_table
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_sample import sample
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

RULES = Path(__file__).parents[1] / "src" / "voordeur" / "rules"
_LEDGER = b"""Contractnr;Boekdatum;Vervaldatum;Soort;Omschrijving;Bedrag
104417;01-10-2026;01-10-2026;Huur;Huur oktober;618,40
104417;03-10-2026;;Betaling;Overboeking;-618,40
104417;01-11-2026;01-11-2026;Huur;Huur november;618,40
104418;01-11-2026;01-11-2026;Huur;Huur november;1.018,40
104418;05-11-2026;;Storno;MS03;1.018,40
"""
_TENANCIES = """Huurcontract,Ingangsdatum,Einddatum,Straat,Huisnummer,Toevoeging,Postcode,Plaats,Huurder,Netto huur
104417,2019-05-01,,Wilgenhof,31,,0417 MK,Lindewaard,De heer R. Oudshoven,"618,40"
104418,2021-02-15,,Wilgenhof,33,a,0417 MK,Lindewaard,Mevrouw S. d'Été,"1018,40"
""".encode("windows-1252")
_HOMES = b"""Eenheid\tWijk\tStraat\tHuisnummer\tPostcode\tPlaats\tX\tY
W1\tVogelbuurt\tMerelstraat\t1\t0417MK\tLindewaard\t132000\t410500
W2\tVogelbuurt\tMerelstraat\t3\t0417MK\tLindewaard\t132010\t410512
"""
_BARE = b"""id,tenancy,date,due,kind,amount,designates,reverses
1,a,2026-01-01,2026-01-01,charge,618.40,,
2,a,2026-01-03,,payment,618.40,1,
3,a,2026-01-05,,reversal,618.40,,2
4,b,2026-01-01,2026-01-01,charge,500.00,,
5,b,2026-02-01,,write_off,20.00,,
"""
_HOUSEHOLDS = b"""{"id": "a", "rent": 650, "born": "1990-01-01", "income": 24000, "assets": 0, "partner": false}
{"id": "b", "rent": 712.5, "born": "1950-06-30", "income_low": 20000, "income_high": 22000, "children": ["2020-01-01"]}
"""
_FACTS = b"""{"id": "1", "in_arrears": true, "overdue": 61840, "days_overdue": 21, "on": "2026-11-23"}
{"id": "2", "in_arrears": false}
"""
Read = Callable[[bytes, Path], str]


class Reader(NamedTuple):
    """One way in: its sound samples, how it reads, and how many of every thousand cases are for it."""

    name: str
    share: int
    samples: Sequence[bytes]
    read: Read


def readers() -> list[Reader]:
    """All ways in. Workbooks are read by a process of their own and letters are printed: fewer of those."""
    return [
        Reader("camt.053", 230, [MARCH], _bank),
        Reader("MT940", 230, [mt940(*PAYMENT).encode()], _bank),
        Reader("table", 150, [_LEDGER, _TENANCIES, _HOMES, _LEDGER.decode().encode("utf-16")], _table),
        Reader("bare ledger", 110, [_BARE], _bare),
        Reader("households", 60, [_HOUSEHOLDS], _households),
        Reader("facts", 60, [_FACTS], _facts),
        Reader("policy", 40, _texts("policy"), _policy),
        Reader("profile", 40, _texts("profiles"), _profile),
        Reader("scheme rules", 40, _texts("schemes/housing"), _scheme),
        Reader("calendar", 20, _texts("law"), _calendar),
        Reader("letter text", 10, _texts("letters"), _letter_text),
        Reader("letter", 8, [b"De heer R. Oudshoven", "Mevrouw Ç. d'Été #1 *_$[x](y)\\".encode()], _letter),
        Reader("workbook", 2, [_workbook()], _table),
    ]


def _texts(folder: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((RULES / folder).glob("**/*.toml"))]


def _workbook() -> bytes:
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Mutaties")
        for at, line in enumerate(_LEDGER.decode().splitlines()):
            sheet.write_row(at, 0, line.split(";"))
    return out.getvalue()


def _said(problems: Sequence[Problem]) -> str:
    return problems[0].code if problems else "read"


def _put(data: bytes, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _bank(data: bytes, folder: Path) -> str:
    return _said(read_bank_file(data, "statement").all_problems)


def _table(data: bytes, folder: Path) -> str:
    table = open_table(_put(data, folder, "table"))
    recognition = recognise(table, shipped_profiles())
    if not recognition.kind:
        return _said(recognition.doubts)
    found = list(read_records(table, recognition))
    return _said([one for one in found if isinstance(one, Problem)])


def _bare(data: bytes, folder: Path) -> str:
    return _said(read_ledger(_put(data, folder, "bare.csv"), len).problems)


def _households(data: bytes, folder: Path) -> str:
    name = "households.jsonl" if data[:1] == b"{" else "households.csv"
    file = HouseholdFile(_put(data, folder, name))
    for _ in file.households():
        pass
    return _said(file.problems)


def _facts(data: bytes, folder: Path) -> str:
    lines = read_facts(data.decode("utf-8", "replace").splitlines())
    return _said([one for line in lines if isinstance(line, list) for one in line])


def _policy(data: bytes, folder: Path) -> str:
    text = data.decode("utf-8", "replace")
    return _said((read_pack if is_pack(text) else read_policy)(text)[1])


def _profile(data: bytes, folder: Path) -> str:
    found = parse_profile(data.decode("utf-8", "replace"))
    return found.code if isinstance(found, Problem) else "read"


def _scheme(data: bytes, folder: Path) -> str:
    return _said(read_scheme_rules("housing", data.decode("utf-8", "replace"))[1])


def _calendar(data: bytes, folder: Path) -> str:
    return _said(read_calendar(data.decode("utf-8", "replace"))[1])


def _letter_text(data: bytes, folder: Path) -> str:
    return _said(read_letter_text(data.decode("utf-8", "replace"))[1])


def _letter(data: bytes, folder: Path) -> str:
    """The same hostile text in every place of a letter that somebody else fills in."""
    said = data.decode("utf-8", "replace")[:120]
    kind = list(LetterKind)[len(data) % len(LetterKind)]
    known = sample(kind)
    assert known.addressee is not None
    who = replace(known.addressee, name=said, salutation=Words(said, said), street=said)
    letter = replace(known, addressee=who, reference=said[:40], payment_reference=said[:30])
    try:
        render(kind, letter, load_text(kind), "nl" if len(said) % 2 else "en")
    except Refused as refused:
        return _said(refused.problems)
    return "read"
