"""Statement files from outside: published test files of bank libraries, and two of our own.

The published files are read where they lie and never copied: from the folder `bank_samples` in VOORDEUR_VECTORS, or
else from `shared/vectors/bank_samples` next to this repository. Any further file there must be readable and add up.
"""

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from voordeur.adapters.bank import BankFile, read_bank_file

HERE = Path(__file__).parent / "bank_samples"
ROOT = Path(__file__).resolve().parents[2]
VECTORS = Path(os.environ.get("VOORDEUR_VECTORS") or ROOT.parent / "shared" / "vectors")


class Told(NamedTuple):
    """What a person reads in a file: per statement (opening, number of entries, closing), in cents."""

    statements: list[tuple[int, int, int]]
    difference: int = 0


KNOWN = {
    "newinnovations_camt053_a.xml": Told([(203_69, 7, 661_69), (1859_13, 4, 1660_87)]),
    "genkgo_camt053_v2_multi_statement.xml": Told([(18_15, 1, 27_00), (27_00, 1, 20_00)]),
    "mt940_abnamro_sepa.txt": Told([(1945_64, 1, 1945_65)]),
    # The last entry, of 1 March 2014 in a statement of August 2012, is one too many: the other eight add up.
    "mt940_ing_sepa.txt": Told([(68_20, 9, 1005_83)], difference=-1234_00),
    "camt053_v08_batch_and_storno.xml": Told([(1000_00, 3, 2260_75)]),
    "mt940_rabobank_two_days.txt": Told([(1000_00, 2, 2300_50), (2300_50, 1, 1650_25)]),
}


def samples() -> list[Path]:
    folders = [folder for folder in (HERE, VECTORS / "bank_samples") if folder.is_dir()]
    return sorted(path for folder in folders for path in folder.iterdir() if path.is_file())


def read(path: Path) -> BankFile:
    return read_bank_file(path.read_bytes(), path.name)


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_sample(path: Path) -> None:
    file = read(path)
    told = KNOWN.get(path.name)
    difference = told.difference if told else 0
    if told:
        found = [(one.opening, len(one.entries), one.closing) for one in file.statements]
        assert found == told.statements
    assert file.statements
    assert sum(one.difference for one in file.statements) == difference
    for one in file.statements:
        assert one.opening + sum(entry.amount for entry in one.entries) - one.closing == one.difference
    assert file.fatal == (difference != 0)
    assert file.forcible
    refs = [(one.account, entry.ref) for one in file.statements for entry in one.entries]
    assert len(set(refs)) == len(refs)


def test_our_own_camt_sample_in_detail() -> None:
    one, two, back = read(HERE / "camt053_v08_batch_and_storno.xml").statements[0].entries
    assert [entry.amount for entry in (one, two, back)] == [650_25, 660_50, -50_00]
    assert (one.mandate, one.batch, one.ref) == ("MND-0001", "INC-2026-03", "20260302000001@2026-03-02/1")
    assert (back.is_reversal, back.reversal_reason) == (True, "AM04")
    assert (back.end_to_end, back.counter_iban) == ("INC-2026-02-0003", "NL47TSTC0123456703")


def test_our_own_mt940_sample_in_detail() -> None:
    """The same payment twice, word for word, is two payments."""
    first, second = read(HERE / "mt940_rabobank_two_days.txt").statements
    one, two = first.entries
    assert (one.remittance, one.counter_iban, one.amount) == (two.remittance, two.counter_iban, two.amount)
    assert one.ref != two.ref
    [back] = second.entries
    assert (back.amount, back.is_reversal, back.reversal_reason) == (-650_25, True, "MD06")
    assert (back.mandate, back.remittance) == ("MND-0001", "Huur maart 2026")
