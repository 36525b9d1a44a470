"""The files of this morning: the bank statement of the last bank days, and a sheet of ledger mutations with mistakes.

Both are read by the ordinary import, so that the work lists for unmatched payments and data problems have honest
content: payers who forget the reference, mistype it, pay from another account or for somebody else.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from xml.sax.saxutils import escape

from voordeur.core.calendar import add_months
from voordeur.core.money import decimal_string
from voordeur.core.words import month_in_words
from voordeur.demo.households import BANKS, CORPORATION, CORPORATION_IBAN, Tenancy, iban
from voordeur.demo.ledger_maker import DEBIT_TEXT, PAYMENT, REVERSAL, LedgerRow
from voordeur.demo.town import Town


@dataclass(frozen=True, slots=True)
class BankLine:
    """One movement on the account, as the bank tells it."""

    amount: int
    """Cents, positive when money came in."""
    name: str
    account: str
    text: str = ""
    reference: str = ""
    """Structured betalingskenmerk."""
    mandate: str = ""
    end_to_end: str = ""
    reason: str = ""
    """Reversals: why the direct debit came back."""
    debit: bool = False
    """Part of a direct debit batch."""


ADMINISTRATOR = ("Stichting Bewind en Budget Lindewaard", iban("STOE", 1_909_090_909))
"""Pays rent for two households from one account, as administrators do."""
_OTHERS = (
    BankLine(-1_245, "Bank", "", "Kosten zakelijk pakket"),
    BankLine(-48_390, "Loodgieter Van Es", iban("DEUR", 1_700_000_017), "factuur 2188 lekkage"),
    BankLine(125_000, "Gemeente Lindewaard", iban("STOE", 1_700_000_033), "bijdrage speelplek Molenhof"),
    BankLine(3_650, "Wijkvereniging De Bleek", iban("DEUR", 1_700_000_049), "zaalhuur 14 personen"),
)
"""Money on the account that is no rent."""


def administered(town: Town) -> tuple[int, int]:
    """Two tenancies whose rent comes from the administrator's account: they pay by transfer and paid just now."""
    found = [place for place, row in town.at_the_bank if row.kind == PAYMENT and not _is_debit(row)]
    found += [at for at, one in enumerate(town.tenancies) if one.end is None and not one.debit]
    return found[0], next(at for at in found if at != found[0])


def bank_statement(town: Town) -> bytes:
    """The camt.053.001.08 of the last bank days, one statement a day; opening plus entries is closing."""
    rnd = Random(f"{town.seed}/bank/{town.today}")
    balance = 100 * rnd.randint(2_000_000, 6_000_000)
    strange = _strange_payments(town, rnd)
    statements = []
    for day in town.bank_days:
        lines = [
            strange.get(at) or _line(town, place, row)
            for at, (place, row) in enumerate(town.at_the_bank)
            if row.day == day
        ]
        if day == town.bank_days[-1]:
            lines.extend(_OTHERS)
        rnd.shuffle(lines)
        statements.append(_statement(day, balance, lines))
        balance += sum(line.amount for line in lines)
    made = f"{town.today}T04:10:00+01:00"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>\n'
        f"<GrpHdr><MsgId>DEMO{town.today:%Y%m%d}</MsgId><CreDtTm>{made}</CreDtTm></GrpHdr>\n"
        f"{''.join(statements)}</BkToCstmrStmt></Document>\n"
    ).encode()


def _is_debit(row: LedgerRow) -> bool:
    return row.description.startswith(DEBIT_TEXT)


def _line(town: Town, place: int, row: LedgerRow) -> BankLine:
    """A ledger row as the bank sees it when the payer does everything right."""
    tenancy = town.tenancies[place]
    name, account = _bank_name(tenancy), tenancy.ibans[0]
    number = f"LINDE{tenancy.key}{row.day:%Y%m}"
    mandate = tenancy.mandate or f"LINDE-{tenancy.key}-1"
    if row.kind == REVERSAL:
        return BankLine(-row.amount, name, account, "", "", mandate, number, row.reason)
    if row.kind != PAYMENT:
        return BankLine(-row.amount, name, account, f"terugbetaling contract {tenancy.key}")
    if _is_debit(row):
        return BankLine(row.amount, name, account, row.description, "", mandate, number, "", True)
    if row.description:
        return BankLine(row.amount, name, account, row.description)
    return BankLine(row.amount, name, account, "", tenancy.reference)


def _bank_name(tenancy: Tenancy) -> str:
    """`S Veldhuizer`, as banks print names."""
    first, _, last = tenancy.tenants[0].name.partition(" ")
    return f"{first[0]} {last}"


def _strange_payments(town: Town, rnd: Random) -> dict[int, BankLine]:
    """Payments of the last days that are not what the corporation asked for, by place in `at_the_bank`."""
    waiting = town.at_the_bank
    rest = [at for at, (_, row) in enumerate(waiting) if row.kind == PAYMENT and not _is_debit(row)]
    found: dict[int, BankLine] = {}
    for tenancy in administered(town):
        at = next((at for at in rest if waiting[at][0] == tenancy), None)
        if at is not None:
            name, account = ADMINISTRATOR
            found[at] = replace(
                _line(town, *waiting[at]), name=name, account=account, reference="", text="huur client"
            )
            rest.remove(at)
    rnd.shuffle(rest)
    rest.sort(key=lambda at: waiting[at][1].amount != town.tenancies[waiting[at][0]].rent)
    for at, change in zip(rest, _CHANGES, strict=False):
        found[at] = change(rnd, town, *waiting[at])
    for at in rest[len(_CHANGES) :]:
        if rnd.random() < _FORGETS_REFERENCE:
            found[at] = replace(_line(town, *waiting[at]), reference="", text="huur")
    return found


_FORGETS_REFERENCE = 0.08
"""Share of the other transfers without a reference (assumed); the account is known, so they are found."""


def _new_account(rnd: Random) -> str:
    return iban(rnd.choice(BANKS), 2_000_000_000 + rnd.randrange(10**9))


def _from_elsewhere(rnd: Random, town: Town, place: int, row: LedgerRow) -> BankLine:
    """The tenant pays from another account and writes no reference: name and amount remain."""
    month = month_in_words(row.day).nl
    return replace(_line(town, place, row), account=_new_account(rnd), reference="", text=f"huur {month}")


def _by_somebody_else(rnd: Random, town: Town, place: int, row: LedgerRow) -> BankLine:
    """Somebody else pays and writes the address."""
    home = town.homes[town.tenancies[place].home]
    addition = f"-{home.addition}" if home.addition else ""
    text = f"{row.day:%m} {home.street} {home.number}{addition}"
    return BankLine(row.amount, "Hr of Mw Nieuwenhof", _new_account(rnd), text)


def _mistyped(rnd: Random, town: Town, place: int, row: LedgerRow) -> BankLine:
    """The reference with two digits changed round, typed by hand, from another account and in another name."""
    digits = town.tenancies[place].reference
    wrong = digits[:8] + digits[9] + digits[8] + digits[10:]
    if wrong == digits:
        wrong = digits[:6] + str((int(digits[6]) + 1) % 10) + digits[7:]
    return BankLine(row.amount, "Fam. Overgaauw", _new_account(rnd), f"kenmerk {wrong}")


def _mistyped_own_account(rnd: Random, town: Town, place: int, row: LedgerRow) -> BankLine:
    """The reference mistyped, but from the account that we know."""
    meant = _line(town, place, row)
    return replace(_mistyped(rnd, town, place, row), name=meant.name, account=meant.account)


def _no_clue(rnd: Random, _: Town, __: int, row: LedgerRow) -> BankLine:
    """Another account, another name, no word that helps."""
    return BankLine(row.amount, rnd.choice(("J Aldenkamp", "M Wortelboer")), _new_account(rnd), "overboeking")


_CHANGES = (
    _from_elsewhere, _by_somebody_else, _mistyped, _no_clue, _mistyped_own_account, _from_elsewhere, _by_somebody_else,
    _mistyped, _no_clue, _from_elsewhere,
)  # fmt: skip


def _statement(day: date, opening: int, lines: Sequence[BankLine]) -> str:
    closing = opening + sum(line.amount for line in lines)
    debits = [line for line in lines if line.debit]
    entries = [_entry(day, at, [line]) for at, line in enumerate(lines) if not line.debit]
    if debits:
        entries.append(_entry(day, len(lines), debits, batch=f"INCASSO{day:%Y%m%d}"))
    return (
        f"<Stmt><Id>{day:%Y}{day.timetuple().tm_yday:03d}</Id><ElctrncSeqNb>{day.timetuple().tm_yday}</ElctrncSeqNb>"
        f"<CreDtTm>{day}T23:30:00+01:00</CreDtTm>\n"
        f"<Acct><Id><IBAN>{CORPORATION_IBAN}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>{CORPORATION}</Nm></Ownr></Acct>\n"
        f"{_balance('OPBD', opening, day)}{_balance('CLBD', closing, day)}{''.join(entries)}</Stmt>\n"
    )


def _balance(code: str, cents: int, day: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _amount(cents: int) -> str:
    sign = "CRDT" if cents >= 0 else "DBIT"
    return f'<Amt Ccy="EUR">{decimal_string(abs(cents))}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'


def _entry(day: date, at: int, lines: Sequence[BankLine], batch: str = "") -> str:
    """One booking; a batch has all its transactions under it."""
    family = "<Fmly><Cd>RDDT</Cd><SubFmlyCd>ESDD</SubFmlyCd></Fmly>" if batch else _family(lines[0])
    head = f"<Btch><PmtInfId>{batch}</PmtInfId><NbOfTxs>{len(lines)}</NbOfTxs></Btch>" if batch else ""
    return (
        f"<Ntry>{_amount(sum(line.amount for line in lines))}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<AcctSvcrRef>{day:%y%m%d}{at:06d}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd>{family}</Domn></BkTxCd>"
        f"<NtryDtls>{head}{''.join(_details(line) for line in lines)}</NtryDtls></Ntry>\n"
    )


def _family(line: BankLine) -> str:
    if line.reason:
        return "<Fmly><Cd>RDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly>"
    family = "RCDT" if line.amount > 0 else "ICDT"
    return f"<Fmly><Cd>{family}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly>"


def _details(line: BankLine) -> str:
    """One transaction. Who pays is the debtor; of money that goes out or comes back the other side is named too."""
    tag = "Dbtr" if line.amount > 0 or line.reason else "Cdtr"
    mandate = f"<MndtId>{line.mandate}</MndtId>" if line.mandate else ""
    party = f"<{tag}><Pty><Nm>{escape(line.name)}</Nm></Pty></{tag}>"
    if line.account:
        party += f"<{tag}Acct><Id><IBAN>{line.account}</IBAN></Id></{tag}Acct>"
    told = f"<Ustrd>{escape(line.text)}</Ustrd>" if line.text else ""
    if line.reference:
        told += f"<Strd><CdtrRefInf><Ref>{line.reference}</Ref></CdtrRefInf></Strd>"
    returned = f"<RtrInf><Rsn><Cd>{line.reason}</Cd></Rsn></RtrInf>" if line.reason else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{line.end_to_end or 'NOTPROVIDED'}</EndToEndId>{mandate}</Refs>"
        f"{_amount(line.amount)}"
        f"<RltdPties>{party}</RltdPties>{f'<RmtInf>{told}</RmtInf>' if told else ''}{returned}</TxDtls>"
    )


# --- the sheet of mutations -----------------------------------------------------------------------------------------

_HEADINGS = (
    "Volgnr",
    "Contractnr",
    "Adres",
    "Boekdatum",
    "Soort",
    "Omschrijving",
    "Bedrag",
    "D/C",
    "Verv.dat",
)
_KINDS = (
    ("Overig", "Glasherstel", "D"), ("Overig", "Sleutels nabesteld", "D"), ("Overig", "Tuinonderhoud", "D"),
    ("Servicekosten", "Afrekening servicekosten", "D"), ("Correctie", "Afrekening servicekosten", "C"),
)  # fmt: skip


def mutations(town: Town) -> bytes:
    """A CSV as office systems make them: lines on top, semicolons, decimal commas, D/C, Windows-1252; nine mistakes."""
    rnd = Random(f"{town.seed}/mutations/{town.today}")
    running = [
        at for at, one in enumerate(town.tenancies) if one.end is None and one.start < town.bank_days[0]
    ]
    chosen = rnd.sample(running, min(len(running), 140))
    rows = [_mutation(rnd, town, at, tenancy) for at, tenancy in enumerate(chosen)]
    for place, (column, value) in zip(range(5, len(rows), 13), _MISTAKES, strict=False):
        rows[place][column] = value
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"Mutaties {month_in_words(town.today, year=True).nl}"])
    writer.writerow([CORPORATION])
    writer.writerow([f"Uitvoer van {town.today:%d-%m-%Y}"])
    writer.writerow([])
    writer.writerow(_HEADINGS)
    writer.writerows(rows)
    return out.getvalue().encode("cp1252")


_MISTAKES: tuple[tuple[int, str], ...] = (
    (6, "6O,15"), (6, "58l,40"), (6, "n.v.t."), (6, ""), (1, "990981"), (1, "990982"), (8, "31-11-2026"), (4, "Ovrg"),
    (1, ""),
)  # fmt: skip
"""(column, what stands there): a letter for a digit, no amount, contracts we do not know, a day that is none."""


def _mutation(rnd: Random, town: Town, at: int, place: int) -> list[str]:
    tenancy = town.tenancies[place]
    home = town.homes[tenancy.home]
    kind, text, side = rnd.choice(_KINDS)
    day = rnd.choice(town.bank_days)
    cents = 100 * rnd.randint(8, 140) + rnd.choice((0, 25, 50, 95))
    due = add_months(town.today.replace(day=1), 2 if town.today.day > 20 else 1)
    addition = f"-{home.addition}" if home.addition else ""
    return [
        f"{town.today:%y%m%d}{at + 1:04d}",
        tenancy.key,
        f"{home.street} {home.number}{addition}",
        f"{day:%d-%m-%Y}",
        kind,
        text,
        decimal_string(cents).replace(".", ","),
        side,
        f"{due:%d-%m-%Y}" if side == "D" else "",
    ]


def towns_files(town: Town) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the files of this morning."""
    yield f"bank_{town.bank_days[-1]}.xml", bank_statement(town)
    yield f"mutaties_{town.today:%Y-%m}.csv", mutations(town)
