"""Writes small camt.053 files for tests."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """One entry of the statement; amount in cents, negative when money went out."""

    amount: int
    ref: str
    text: str = ""
    iban: str = ""
    name: str = ""
    reference: str = ""
    mandate: str = ""
    end_to_end: str = ""
    reversal: str = ""
    """Reason code when a direct debit came back."""


def camt(
    lines: list[Line], *, day: date, opening: int = 100_00, statement: str = "2026-200", wrong_by: int = 0
) -> bytes:
    """A statement whose balances fit, unless `wrong_by` says otherwise."""
    closing = opening + sum(line.amount for line in lines) + wrong_by
    body = "".join(_entry(line, day) for line in lines)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>{day}T06:00:00</CreDtTm></GrpHdr>
<Stmt><Id>{statement}</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>{day}T06:00:00</CreDtTm>
<Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy></Acct>
{_balance("OPBD", opening, day)}{_balance("CLBD", closing, day)}{body}</Stmt></BkToCstmrStmt></Document>""".encode()


def _balance(code: str, cents: int, day: date) -> str:
    sign = "CRDT" if cents >= 0 else "DBIT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{abs(cents) / 100:.2f}</Amt>"
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _entry(line: Line, day: date) -> str:
    sign = "CRDT" if line.amount >= 0 else "DBIT"
    party, account = ("Dbtr", "DbtrAcct") if line.amount >= 0 else ("Cdtr", "CdtrAcct")
    returned = f"<RtrInf><Rsn><Cd>{line.reversal}</Cd></Rsn></RtrInf>" if line.reversal else ""
    structured = (
        f"<Strd><CdtrRefInf><Ref>{line.reference}</Ref></CdtrRefInf></Strd>" if line.reference else ""
    )
    refs = f"<AcctSvcrRef>{line.ref}</AcctSvcrRef>"
    refs += f"<EndToEndId>{line.end_to_end}</EndToEndId>" if line.end_to_end else ""
    refs += f"<MndtId>{line.mandate}</MndtId>" if line.mandate else ""
    parties = f"<{party}><Nm>{line.name}</Nm></{party}>" if line.name else ""
    parties += f"<{account}><Id><IBAN>{line.iban}</IBAN></Id></{account}>" if line.iban else ""
    return (
        f"<Ntry><Amt Ccy='EUR'>{abs(line.amount) / 100:.2f}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>BOOK</Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{line.ref}</AcctSvcrRef>"
        f"<BkTxCd/><NtryDtls><TxDtls><Refs>{refs}</Refs><RltdPties>{parties}</RltdPties>"
        f"<RmtInf><Ustrd>{line.text}</Ustrd>{structured}</RmtInf>{returned}</TxDtls></NtryDtls></Ntry>"
    )
