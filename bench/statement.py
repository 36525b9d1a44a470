"""The busiest morning of a large landlord: rent fell due, and the bank's file holds a payment of everybody."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

from bench.landlord import iban_of, reference_of

ACCOUNT = "NL91ABNA0417164300"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>{day}T04:10:00+01:00</CreDtTm></GrpHdr>
<Stmt><Id>{day:%Y%j}</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>{day}T04:10:00+01:00</CreDtTm>
<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>
"""
_BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{euros:.2f}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>
"""
_ENTRY = """<Ntry><NtryRef>{number}</NtryRef><Amt Ccy="EUR">{euros:.2f}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>
<AcctSvcrRef>{day:%Y%m%d}{number:08}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>{day:%Y%m%d}{number:08}</AcctSvcrRef>{refs}</Refs>
<RltdPties><Dbtr><Pty><Nm>B {number}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf>{said}</RmtInf></TxDtls></NtryDtls></Ntry>
"""


def rent_falls_due(database: Path, day: date) -> None:
    """A charge for everybody on `day`, as large as the last one."""
    with closing(sqlite3.connect(database)) as rows:
        rows.execute(
            "INSERT INTO store_entry (tenancy_id, date, known, due, kind, component, amount, sequence, source, key,"
            " description, reason) SELECT tenancy_id, ?1, ?1, ?1, 1, 1, amount, 0, 1, 'rent-' || tenancy_id, '', ''"
            " FROM store_entry WHERE kind = 1 AND date = (SELECT max(date) FROM store_entry WHERE kind = 1)",
            [day.isoformat()],
        )
        rows.commit()


def write_statement(path: Path, database: Path, rent_day: date, day: date) -> int:
    """A camt.053 of `day` in which everybody pays the rent of `rent_day`; how many entries.

    A third by direct debit (the mandate tells who), a third with a payment reference, a third by a known account.
    """
    with closing(sqlite3.connect(database)) as rows:
        owed = rows.execute(
            "SELECT tenancy_id, amount FROM store_entry WHERE kind = 1 AND date = ? ORDER BY tenancy_id",
            [rent_day.isoformat()],
        ).fetchall()
    Random(1).shuffle(owed)  # a bank does not know the order of our tenancies
    opening, total = 1_000_000_00, sum(cents for _, cents in owed)
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD.format(day=day, account=ACCOUNT))
        file.write(_BALANCE.format(code="OPBD", euros=opening / 100, day=day))
        file.write(_BALANCE.format(code="CLBD", euros=(opening + total) / 100, day=day))
        for number, cents in owed:
            refs, said = _signs(number)
            file.write(
                _ENTRY.format(
                    number=number, euros=cents / 100, day=day, refs=refs, iban=iban_of(number), said=said
                )
            )
        file.write("</Stmt></BkToCstmrStmt></Document>\n")
    return len(owed)


def _signs(number: int) -> tuple[str, str]:
    """By what this payment is recognised: references of the transaction, and what the payer wrote."""
    if number % 3 == 0:
        return f"<EndToEndId>E{number}</EndToEndId><MndtId>M{number}</MndtId>", "<Ustrd>Huur</Ustrd>"
    if number % 3 == 1:
        reference = f"<Strd><CdtrRefInf><Ref>{reference_of(number)}</Ref></CdtrRefInf></Strd>"
        return "<EndToEndId>NOTPROVIDED</EndToEndId>", reference
    return "<EndToEndId>NOTPROVIDED</EndToEndId>", "<Ustrd>huur januari 2026</Ustrd>"
