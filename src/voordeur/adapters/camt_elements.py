"""Reads single elements of a camt.053 file: amounts, days, parties, transaction details. Nothing here raises."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from voordeur.adapters.reconcile import checksum
from voordeur.adapters.statement import one_line, reference

_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2}0*)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_RETURN_FAMILIES = frozenset({"UPDD", "PRDD", "RCDD", "RRTN", "RPCR"})
"""ISO bank transaction sub-families for unpaid, reversed and returned payments."""
_DEBTOR, _CREDITOR = ("Dbtr", "DbtrAcct", "UltmtDbtr"), ("Cdtr", "CdtrAcct", "UltmtCdtr")
"""What a RltdPties calls a side itself, its account, and the one behind it."""


class Party(NamedTuple):
    """One side of a payment; either may be empty."""

    iban: str
    name: str


class Details(NamedTuple):
    """What one TxDtls says, before we know the sign of the entry it belongs to."""

    cents: int | None
    """Unsigned; None when it has no amount in euros."""
    sign: str
    debtor: Party
    creditor: Party
    remittance: str
    structured_reference: str
    end_to_end: str
    mandate: str
    returned: bool
    reason: str
    bank_ref: str
    fingerprint: str
    """Checksum of everything it says; only when the bank gave no reference of its own."""


_NOBODY = Party("", "")


def children(element: Element | None) -> dict[str, Element]:
    """The child elements by name; of several with one name the last."""
    found: dict[str, Element] = {}
    if element is not None:
        for child in element:  # four of these per entry: a comprehension takes a third more
            found[child.tag] = child
    return found


def inner(element: Element | None, *path: str) -> Element | None:
    """The element at a path of child names; of several with one name the first."""
    for tag in path:
        if element is None:
            return None
        element = element.find(tag)
    return element


def text(element: Element | None, tag: str) -> str:
    """The text of the first child of that name, or an empty string."""
    return element.findtext(tag, "").strip() if element is not None else ""


def leaf(inside: dict[str, Element], tag: str) -> str:
    """The text of one of the `children`, or an empty string."""
    element = inside.get(tag)
    return (element.text or "").strip() if element is not None else ""


def cents(said: str) -> int | None:
    """`12.34` -> 1234; also `12.3` and `12.34000`. More decimals that count are no amount in euros: None."""
    if _AMOUNT.fullmatch(said) is None:
        return None
    whole, _, part = said.partition(".")
    return int(whole + part[:2].ljust(2, "0"))


def signed_cents(inside: dict[str, Element]) -> int | None:
    """Amt with CdtDbtInd in signed cents; None when either cannot be read."""
    amount, sign = cents(leaf(inside, "Amt")), leaf(inside, "CdtDbtInd")
    if sign == "CRDT":
        return amount
    return -amount if sign == "DBIT" and amount is not None else None


def currency(inside: dict[str, Element]) -> str:
    """Of the Amt; the euro where the bank does not say."""
    amount = inside.get("Amt")
    return "EUR" if amount is None else amount.get("Ccy", "EUR")


def day(said: str) -> date | None:
    """The day as the bank writes it; a time and a time zone behind it change nothing."""
    return _date(said[:10]) if said[10:11] in ("", "T", "Z", "+", "-") else None


@lru_cache(maxsize=1024)  # a file holds few different days, many times
def _date(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if _DAY.fullmatch(said) else None
    except ValueError:
        return None


def day_in(element: Element | None) -> date | None:
    """The day in a `BookgDt` or the like, which holds a Dt or a DtTm."""
    return day(text(element, "Dt") or text(element, "DtTm")) if element is not None else None


def account_number(element: Element | None) -> str:
    """IBAN of an Acct without spaces, or whatever number identifies the account."""
    return _iban(element) or one_line(text(inner(element, "Id", "Othr"), "Id"))[:40]


def is_return(codes: Element | None) -> bool:
    """True when a BkTxCd says that a payment came back."""
    return codes is not None and text(inner(codes, "Domn", "Fmly"), "SubFmlyCd") in _RETURN_FAMILIES


def details(element: Element, *, with_fingerprint: bool) -> Details:
    """One TxDtls."""
    inside = children(element)
    references = children(inside.get("Refs"))
    parties = children(inside.get("RltdPties"))
    remittance, structured = _remittance(inside)
    bank_ref = leaf(references, "AcctSvcrRef")
    return Details(
        _unsigned_cents(inside),
        leaf(inside, "CdtDbtInd"),
        _party(parties, _DEBTOR),
        _party(parties, _CREDITOR),
        remittance,
        structured,
        reference(leaf(references, "EndToEndId")),
        reference(leaf(references, "MndtId")),
        "RtrInf" in inside or is_return(inside.get("BkTxCd")),
        _return_reason(inside),
        bank_ref,
        checksum("".join(element.itertext())) if with_fingerprint and not bank_ref else "",
    )


def counterparty(one: Details, amount: int, returned: bool, own: str) -> Party:
    """The other side of a payment of `amount` signed cents on account `own`.

    Money in comes from the debtor and money out goes to the creditor. But a returned direct debit names the parties
    of the original, and some banks fill in one side only; our own account is never the answer.
    """
    debtor_first = amount > 0 or (returned and bool(one.debtor.iban))
    for side in (one.debtor, one.creditor) if debtor_first else (one.creditor, one.debtor):
        if (side.iban or side.name) and side.iban != own:
            return side
    return _NOBODY


def batch_name(entry: dict[str, Element], parts: int) -> str:
    """Name of the batch that an entry (its children) is; empty for a single payment."""
    details_element = entry.get("NtryDtls")
    batch = details_element.find("Btch") if details_element is not None else None
    if parts < 2 and (batch is None or text(batch, "NbOfTxs") in ("", "1")):
        return ""
    name = text(batch, "PmtInfId") or text(batch, "MsgId") or leaf(entry, "AcctSvcrRef")
    return one_line(name or leaf(entry, "NtryRef"))[:60] or "batch"


def _return_reason(inside: dict[str, Element]) -> str:
    if "RtrInf" not in inside:
        return ""
    reason = inside["RtrInf"].find("Rsn")
    return (text(reason, "Cd") or text(reason, "Prtry"))[:35]


def _remittance(inside: dict[str, Element]) -> tuple[str, str]:
    """(free text, structured reference). Without either the bank's additional information stands in."""
    texts: list[str] = []
    structured = ""
    for child in inside.get("RmtInf", ()):
        if child.tag == "Ustrd":
            texts.append(child.text or "")
        elif child.tag == "Strd":
            structured = structured or reference(text(child.find("CdtrRefInf"), "Ref"))
            texts.extend(more.text or "" for more in child.findall("AddtlRmtInf"))
    said = one_line(" ".join(texts)) if texts else ""
    if not said and not structured:
        said = one_line(leaf(inside, "AddtlTxInf"))
    return said, structured


def _party(parties: dict[str, Element], side: tuple[str, str, str]) -> Party:
    """Account and name. Without a name the ultimate party's."""
    role, account, ultimate = side
    if role not in parties and account not in parties:
        return _NOBODY
    name = _name(parties.get(role)) or _name(parties.get(ultimate))
    return Party(_iban(parties.get(account)), one_line(name))


def _name(party: Element | None) -> str:
    """Of a party; version 08 puts it in a Pty element."""
    return text(party, "Nm") or text(party.find("Pty"), "Nm") if party is not None else ""


def _iban(account: Element | None) -> str:
    """IBAN without spaces, also when a bank writes it in the field for other numbers; else an empty string."""
    identification = account.find("Id") if account is not None else None
    if identification is None:
        return ""
    said = text(identification, "IBAN") or text(identification.find("Othr"), "Id")
    compact = said.replace(" ", "").upper()
    return compact if _IBAN.fullmatch(compact) else ""


def _unsigned_cents(inside: dict[str, Element]) -> int | None:
    amounts = [inside.get("Amt")]
    if "AmtDtls" in inside:
        # From the back: in the schema InstdAmt stands before TxAmt, which is what was booked.
        told = [child for child in reversed(inside["AmtDtls"]) if child.tag in ("TxAmt", "InstdAmt")]
        amounts += [child.find("Amt") for child in told]
    for amount in amounts:
        if amount is not None and amount.get("Ccy", "EUR") == "EUR":
            found = cents((amount.text or "").strip())
            if found is not None:
                return found
    return None
