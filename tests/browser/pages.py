"""What the browser tests share: signing in as a person does, the worker beside the screens, files to import."""

from pathlib import Path

from playwright.sync_api import Page

from tests.web.factories import PASSWORD, TODAY, Town
from voordeur.actions.import_file import carry_out, next_run

ACCOUNT = "NL69INGB0123456789"


def sign_in(page: Page, username: str) -> None:
    """Through the form, as everybody does."""
    page.goto("/")
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(lambda address: "/account/" not in address)


def work() -> None:
    """What the worker does when it looks: carry out whatever waits."""
    while (run := next_run()) is not None:
        carry_out(run, TODAY)


def filthy_ledger(folder: Path, town: Town) -> Path:
    """Header lines on top, Windows letters, a letter in an amount, a day that does not exist, an unknown agreement."""
    first, second = town.first_door.key, town.in_parts.key
    lines = [
        "Stichting Wonen Lindewaard;;;;",
        "Overzicht boekingen één maand;;;;",
        ";;;;",
        "Contractnr;Verv.dat;Soort;Bedrag;D/C",
        f"{first};01-12-2026;HUUR;655,15;D",
        f"{second};01-12-2026;HUUR;618,40;D",
        f"{first};01-12-2026;HUUR;6O2,15;D",
        f"{second};31-11-2026;HUUR;618,40;D",
        "109981;01-12-2026;HUUR;500,00;D",
    ]
    path = folder / "huur_december.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def strange_ledger(folder: Path, town: Town) -> Path:
    """Headings that say nothing and signs that prove nothing: a person has to choose."""
    lines = [
        "Nummer;Dag;Wat;Som",
        *(f"{town.first_door.key};0{day}-12-2026;Q;{day}00,00" for day in (3, 4, 5)),
    ]
    path = folder / "vreemd.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    return path


def statement(folder: Path, town: Town) -> Path:
    """A camt.053 file: one payment that pays November of the first door by its agreement's account."""
    path = folder / "bank.xml"
    path.write_text(_CAMT.format(account=ACCOUNT, name=town.first_door.tenants.get().name), encoding="utf-8")
    return path


_CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-23T04:00:00</CreDtTm></GrpHdr>
<Stmt><Id>2026-231</Id><CreDtTm>2026-11-23T04:00:00</CreDtTm><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-11-20</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1655.15</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-11-20</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">655.15</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt>
<ValDt><Dt>2026-11-20</Dt></ValDt><AcctSvcrRef>R1</AcctSvcrRef><BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>NL86INGB0002445588</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>huur november</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
"""
