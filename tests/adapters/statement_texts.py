"""Bank statements made up for the tests: people, accounts and amounts are nobody's."""

import re

OWN = "NL15VDEU0000000001"
OTHER_OWN = "NL85VDEU0000000002"
ANNA = "NL31TSTA0123456701"
BRAM = "NL39TSTB0123456702"
CHRIS = "NL47TSTC0123456703"
KENMERK = "3000000000104217"


def balance(kind: str, amount: str, day: str, sign: str = "CRDT", currency: str = "EUR") -> str:
    """One Bal element."""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='{currency}'>{amount}</Amt>"
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def details(
    *,
    amount: str = "",
    sign: str = "",
    debtor: str = "",
    creditor: str = "",
    text: str = "",
    more: str = "",
    refs: str = "",
) -> str:
    """One TxDtls element; `debtor` and `creditor` are `Name|IBAN`."""
    return (
        "<TxDtls>"
        + (f"<Refs>{refs}</Refs>" if refs else "")
        + (f"<Amt Ccy='EUR'>{amount}</Amt>" if amount else "")
        + (f"<CdtDbtInd>{sign}</CdtDbtInd>" if sign else "")
        + f"<RltdPties>{_party('Dbtr', debtor)}{_party('Cdtr', creditor)}</RltdPties>"
        + (f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>" if text else "")
        + more
        + "</TxDtls>"
    )


def _party(role: str, said: str) -> str:
    if not said:
        return ""
    name, _, iban = said.partition("|")
    return f"<{role}><Nm>{name}</Nm></{role}><{role}Acct><Id><IBAN>{iban}</IBAN></Id></{role}Acct>"


def entry(
    amount: str,
    *inside: str,
    sign: str = "CRDT",
    day: str = "2026-03-02",
    ref: str = "",
    status: str = "BOOK",
    more: str = "",
    currency: str = "EUR",
) -> str:
    """One Ntry element; `inside` are TxDtls, `more` what else it holds."""
    return (
        f"<Ntry><Amt Ccy='{currency}'>{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        + (f"<AcctSvcrRef>{ref}</AcctSvcrRef>" if ref else "")
        + (f"<NtryDtls>{''.join(inside)}</NtryDtls>" if inside else "")
        + f"{more}</Ntry>"
    )


def statement(*inside: str, account: str = OWN, name: str = "S1", currency: str = "EUR") -> str:
    """One Stmt element."""
    return (
        f"<Stmt><Id>{name}</Id><CreDtTm>2026-03-03T06:00:00+01:00</CreDtTm><Acct><Id><IBAN>{account}</IBAN></Id>"
        f"<Ccy>{currency}</Ccy></Acct>{''.join(inside)}</Stmt>"
    )


def camt(*statements: str, version: str = "camt.053.001.02", prefix: str = "") -> bytes:
    """A whole file. With a `prefix` every element gets it."""
    body = f"<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>{''.join(statements)}</BkToCstmrStmt>"
    text = f"<Document>{body}</Document>"
    if prefix:
        text = re.sub(r"<(/?)(?=[A-Za-z])", rf"<\1{prefix}:", text)
    declared = f"xmlns{f':{prefix}' if prefix else ''}='urn:iso:std:iso:20022:tech:xsd:{version}'"
    text = text.replace("Document>", f"Document {declared}>", 1)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{text}".encode()


MARCH = camt(
    statement(
        balance("OPBD", "100.00", "2026-03-02"),
        balance("CLBD", "1288.50", "2026-03-02"),
        entry("650.00", details(debtor=f"A. de Test|{ANNA}", text="Huur maart 2026"), ref="R1"),
        entry("650.00", details(debtor=f"A. de Test|{ANNA}", text="Huur maart 2026")),
        entry("650.00", details(debtor=f"A. de Test|{ANNA}", text="Huur maart 2026")),
        entry("750.00", details(debtor=f"B. Voorbeeld|{BRAM}", refs="<MndtId>M-7</MndtId>"), sign="DBIT"),
        entry("11.50", sign="DBIT", more="<AddtlNtryInf>Kosten betalingsverkeer</AddtlNtryInf>"),
    )
)
"""Three payments that look the same, one with the bank's own reference; a collection and bank costs."""


def mt940(
    *lines: str, opening: str = "C260301EUR100,00", closing: str = "C260302EUR750,00", number: str = "61"
) -> str:
    """One message in the plainest form: opening, the given lines, closing."""
    start = [":20:P1", f":25:{OWN}", f":28C:{number}", f":60F:{opening}"]
    return "\r\n".join([*start, *lines, f":62F:{closing}", "-", ""])


PAYMENT = (
    ":61:2603020302C650,00NTRFNONREF//20260302000001",
    f":86:/EREF/NOTPROVIDED//CNTP/{ANNA}/TSTANL2A/A. de Test///REMI/USTD//Huur maart 2026/",
)
