"""Reads single elements of a camt.053 file: amounts, days, parties, transaction details. Nothing here raises."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from voordeur.adapters.reconcile import checksum
from voordeur.adapters.statement import one_line, reference

_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,2})0*)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_RETURN_FAMILIES = frozenset({"UPDD", "PRDD", "RCDD", "RRTN", "RPCR"})
"""ISO bank transaction sub-families for unpaid, reversed and returned payments."""


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
    return {} if element is None else {child.tag: child for child in element}


def text(element: Element | None, *path: str) -> str:
    """The text at a path of child names, or an empty string."""
    for tag in path:
        if element is None:
            return ""
        element = element.find(tag)
    return (element.text or "").strip() if element is not None else ""


def leaf(inside: dict[str, Element], tag: str) -> str:
    """The text of one of the `children`, or an empty string."""
    element = inside.get(tag)
    return (element.text or "").strip() if element is not None else ""


def cents(said: str) -> int | None:
    """`12.34` -> 1234; also `12.3` and `12.34000`. More decimals that count are no amount in euros: None."""
    found = _AMOUNT.fullmatch(said)
    if found is None:
        return None
    whole, part = found.groups("")
    return int(whole) * 100 + int(f"{part}00"[:2])


def signed_cents(inside: dict[str, Element]) -> int | None:
    """Amt with CdtDbtInd in signed cents; None when either cannot be read."""
    amount, sign = cents(leaf(inside, "Amt")), leaf(inside, "CdtDbtInd")
    if amount is None or sign not in ("CRDT", "DBIT"):
        return None
    return -amount if sign == "DBIT" else amount


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
    return _iban(element) or one_line(text(element, "Id", "Othr", "Id"))[:40]


def is_return(codes: Element | None) -> bool:
    """True when a BkTxCd says that a payment came back."""
    return codes is not None and text(codes, "Domn", "Fmly", "SubFmlyCd") in _RETURN_FAMILIES


def details(element: Element, *, with_fingerprint: bool) -> Details:
    """One TxDtls."""
    inside = children(element)
    references = children(inside.get("Refs"))
    parties = children(inside.get("RltdPties"))
    remittance, structured = _remittance(inside)
    bank_ref = leaf(references, "AcctSvcrRef")
    returned = inside.get("RtrInf")
    reason = text(returned, "Rsn", "Cd") or text(returned, "Rsn", "Prtry") if returned is not None else ""
    return Details(
        cents=_unsigned_cents(inside),
        sign=leaf(inside, "CdtDbtInd"),
        debtor=_party(parties, "Dbtr"),
        creditor=_party(parties, "Cdtr"),
        remittance=remittance,
        structured_reference=structured,
        end_to_end=reference(leaf(references, "EndToEndId")),
        mandate=reference(leaf(references, "MndtId")),
        returned=returned is not None or is_return(inside.get("BkTxCd")),
        reason=reason[:35],
        bank_ref=bank_ref,
        fingerprint=checksum("".join(element.itertext())) if with_fingerprint and not bank_ref else "",
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


def _remittance(inside: dict[str, Element]) -> tuple[str, str]:
    """(free text, structured reference). Without either the bank's additional information stands in."""
    texts: list[str] = []
    structured = ""
    for child in inside.get("RmtInf", ()):
        if child.tag == "Ustrd":
            texts.append(child.text or "")
        elif child.tag == "Strd":
            structured = structured or reference(text(child, "CdtrRefInf", "Ref"))
            texts.extend(more.text or "" for more in child.findall("AddtlRmtInf"))
    said = one_line(" ".join(texts))
    if not said and not structured:
        said = one_line(leaf(inside, "AddtlTxInf"))
    return said, structured


def _party(parties: dict[str, Element], role: str) -> Party:
    """Account and name; version 08 puts the name in a Pty element. Without a name the ultimate party's."""
    party, account = parties.get(role), parties.get(f"{role}Acct")
    if party is None and account is None:
        return _NOBODY
    name = text(party, "Nm") or text(party, "Pty", "Nm")
    if not name:
        ultimate = parties.get(f"Ultmt{role}")
        name = text(ultimate, "Nm") or text(ultimate, "Pty", "Nm")
    return Party(_iban(account), one_line(name))


def _iban(account: Element | None) -> str:
    """IBAN without spaces, also when a bank writes it in the field for other numbers; else an empty string."""
    identification = account.find("Id") if account is not None else None
    if identification is None:
        return ""
    said = text(identification, "IBAN") or text(identification, "Othr", "Id")
    compact = said.replace(" ", "").upper()
    return compact if _IBAN.fullmatch(compact) else ""


def _unsigned_cents(inside: dict[str, Element]) -> int | None:
    amounts = [inside.get("Amt")]
    if "AmtDtls" in inside:
        amounts += [child.find("Amt") for child in inside["AmtDtls"] if child.tag in ("TxAmt", "InstdAmt")]
        amounts[1:] = reversed(
            amounts[1:]
        )  # in the schema InstdAmt stands before TxAmt, which is what was booked
    for amount in amounts:
        if amount is not None and amount.get("Ccy", "EUR") == "EUR":
            found = cents((amount.text or "").strip())
            if found is not None:
                return found
    return None


def _amount_in(element: Element | None) -> Element | None:
    return element.find("Amt") if element is not None else None
