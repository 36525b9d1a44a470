"""Reads camt.053 bank statements (ISO 20022 BankToCustomerStatement), versions 001.02 to 001.08 and beyond.

Elements are known by their local name, so any namespace or prefix will do; the version is read from the
namespace. The file goes through expat once and only the entry at hand is held in memory. Protection is our own:
no DOCTYPE (hence no entities at all), and limits on the size of the file, of one tag and of one entry, on depth
and on attributes.

Meaning of the elements: ISO 20022 message definition report "Bank-to-Customer Cash Management", and the Dutch
implementation guideline of Betaalvereniging Nederland.
"""

import re
from collections.abc import Callable
from datetime import date
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from voordeur.adapters import camt_elements as camt
from voordeur.adapters import statement_problems as wrong
from voordeur.adapters.mt940_text import Context, read_text
from voordeur.adapters.reconcile import checksum, finished
from voordeur.adapters.statement import Balance, BankFile, Booking, Draft, Part, one_line
from voordeur.core.problems import Problem

MAX_BYTES = 1 << 30
MAX_DEPTH = 32
"""Of the elements around the entries; a camt.053 file has three."""
MAX_ATTRIBUTE = 4096
MAX_TOKEN = 1 << 20
"""Bytes of one tag, comment or instruction."""
MAX_ENTRY = 2 << 20
"""Bytes of one entry without its transaction details, and of each of those."""
_CHUNK = 1 << 18

_FORMAT = re.compile(r"(?P<kind>[a-z]{4}\.[0-9]{3})(?:\.[0-9]{3}\.[0-9]{2})?")


def read_camt053(data: bytes, source: str) -> BankFile:
    """All statements in a camt.053 file. Never raises on bad input: whatever is wrong is a Problem."""
    reader = _Reader(source)
    reader.read(data)
    problems = list(reader.problems)
    kind = reader.form[:8]
    if not reader.drafts and not problems and kind != "camt.053":
        problems.append(wrong.not_a_statement(source, kind or "xml"))
    return finished(reader.drafts, problems, source, reader.form or "camt.053")


class _Stop(Exception):
    """Ends the reading with a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Reader:
    """Takes expat's events. Builds a small tree for each child of a Stmt and hands it on when it is complete.

    Inside such a tree expat calls the TreeBuilder directly, which is what makes 100,000 entries a matter of
    seconds; only the end of an element passes through Python.
    """

    def __init__(self, source: str) -> None:
        self.drafts: list[Draft] = []
        self.problems: list[Problem] = []
        self.form = ""
        self._source = source
        self._details_name = "TxDtls"  # with the prefix of the Stmt
        self._depth = 0
        self._inside = 0  # depth of the Stmt that we are in, 0 when in none
        self._statement = _Statement(source, 0)
        self._since = 0  # byte where the tree at hand, or its latest TxDtls, began
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._watch_statement()

    def read(self, data: bytes) -> None:
        """Feed the file to expat, piece by piece; a problem ends it."""
        parser = self._parser
        try:
            if len(data) > MAX_BYTES:
                raise _Stop(wrong.too_large(self._source, "bytes", MAX_BYTES))
            for start in range(0, len(data), _CHUNK):
                parser.Parse(data[start : start + _CHUNK], False)
                fed = min(start + _CHUNK, len(data))
                # What expat holds back is one unfinished token, and it reads that again with every piece.
                self._limit("token", fed - parser.CurrentByteIndex, MAX_TOKEN)
                if self._since:
                    self._limit("entry", fed - self._since, MAX_ENTRY)
            parser.Parse(b"", True)
        except _Stop as stop:
            self.problems.append(stop.problem)
        except (expat.ExpatError, LookupError, ValueError) as error:
            # LookupError and ValueError: the XML declaration names an encoding that does not exist or fit.
            self.problems.append(wrong.broken_xml(self._source, parser.CurrentLineNumber, str(error)))

    def _limit(self, what: str, size: int, limit: int) -> None:
        if size > limit:
            raise _Stop(wrong.too_large(self._source, what, limit, self._parser.CurrentLineNumber))

    def _refuse_doctype(self, *_: object) -> None:
        raise _Stop(wrong.doctype(self._source, self._parser.CurrentLineNumber))

    def _watch_statement(self) -> None:
        """Between trees: follow where we are."""
        self._since = 0
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, tag = name.rpartition(":")
        for attribute, value in attributes.items():
            self._limit("attribute", len(value), MAX_ATTRIBUTE)
            if attribute.startswith("xmlns") and not self.form.startswith("camt.053"):
                found = _FORMAT.search(value)
                self.form = found.group() if found else self.form
        if self._inside:
            self._build_tree(tag, attributes)
            return
        self._depth += 1
        self._limit("depth", self._depth, MAX_DEPTH)
        if tag == "Stmt":
            self._details_name = f"{prefix}:TxDtls" if prefix else "TxDtls"
            self._inside = self._depth
            self._statement = _Statement(self._source, self._parser.CurrentLineNumber)

    def _end(self, _name: str) -> None:
        if self._depth == self._inside:
            self._inside = 0
            self.drafts.append(self._statement.draft())
        self._depth -= 1

    def _build_tree(self, tag: str, attributes: dict[str, str]) -> None:
        parser, statement, row = self._parser, self._statement, self._parser.CurrentLineNumber
        tree = TreeBuilder()
        root = tree.start(tag, attributes)
        details: list[camt.Details] = []
        end_element, details_name = tree.end, self._details_name

        def end(name: str) -> None:
            element = end_element(name)
            if element is root:
                self._watch_statement()
                statement.take(root, details, row)
            elif name == details_name:
                without_reference = root.find("AcctSvcrRef") is None
                details.append(camt.details(element, with_fingerprint=without_reference))
                element.clear()
                self._since = parser.CurrentByteIndex

        self._since = parser.CurrentByteIndex
        parser.StartElementHandler = _without_prefix(tree.start) if ":" in self._details_name else tree.start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = tree.data


def _without_prefix(
    start: Callable[[str, dict[str, str]], object],
) -> Callable[[str, dict[str, str]], object]:
    return lambda name, attributes: start(name.rpartition(":")[2], attributes)


class _Statement:
    """Collects the children of one Stmt."""

    def __init__(self, source: str, row: int) -> None:
        self._source = source
        self._draft = Draft(row)
        self._balances: dict[str, list[Balance]] = {}
        self._not_booked = 0

    def take(self, element: Element, details: list[camt.Details], row: int) -> None:
        """One child of the statement, at line `row`, with the transaction details that were found in it."""
        match element.tag:
            case "Ntry":
                self._entry(element, details, row)
            case "Bal":
                self._balance(element, row)
            case "Acct":
                self._draft.account = camt.account_number(element)
                self._currency(camt.text(element, "Ccy"))
            case "Id":
                self._draft.id = one_line(element.text or "")[:60]
            case "CreDtTm":
                self._draft.day = camt.day((element.text or "").strip())

    def draft(self) -> Draft:
        """The statement as read."""
        draft = self._draft
        draft.opening, draft.closing = _opening(self._balances), _closing(self._balances)
        if self._not_booked:
            draft.problems.append(wrong.pending(self._not_booked, draft, self._source))
        return draft

    def _currency(self, currency: str) -> None:
        """Remember the currency of the account; the first that is not the euro decides."""
        if currency and self._draft.currency in ("", "EUR"):
            self._draft.currency = currency[:10]

    def _balance(self, element: Element, row: int) -> None:
        inside = camt.children(element)
        amount, day = camt.signed_cents(inside), camt.day_in(inside.get("Dt"))
        kind = camt.text(camt.inner(element, "Tp", "CdOrPrtry"), "Cd")
        self._currency(camt.currency(inside))
        if amount is not None and day is not None:
            self._balances.setdefault(kind, []).append(Balance(amount, day))
            return
        said = camt.leaf(inside, "Amt")
        self._draft.problems.append(wrong.unreadable_balance(self._source, row, f"Bal {kind}"[:20], said))

    def _entry(self, element: Element, details: list[camt.Details], row: int) -> None:
        inside = camt.children(element)
        if "Sts" in inside and (camt.leaf(inside, "Sts") or camt.text(inside["Sts"], "Cd")) != "BOOK":
            self._not_booked += 1
            return
        amount = camt.signed_cents(inside)
        value_date = camt.day_in(inside.get("ValDt"))
        booked = camt.day_in(inside.get("BookgDt")) or value_date or self._day_to_fall_back_on(row)
        if amount is None or booked is None or camt.currency(inside) != "EUR":
            self._unreadable(inside, row)
            return
        bank_ref = camt.leaf(inside, "AcctSvcrRef") or (details[0].bank_ref if len(details) == 1 else "")
        parts = self._parts(inside, amount, details, row)
        batch = camt.batch_name(inside, len(details))
        fingerprint = "" if bank_ref else _fingerprint(inside, details)
        self._draft.bookings.append(
            Booking(bank_ref, booked, value_date or booked, parts, batch, fingerprint, row)
        )

    def _unreadable(self, inside: dict[str, Element], row: int) -> None:
        currency = camt.currency(inside)
        self._currency(currency)
        said = f"{currency} {camt.leaf(inside, 'Amt')} {camt.leaf(inside, 'CdtDbtInd')}"
        self._draft.problems.append(wrong.unreadable_entry(self._source, row, "Ntry", said))

    def _day_to_fall_back_on(self, row: int) -> date | None:
        """For an entry without a date: the closing day (balances come first), else the day of the statement."""
        closing = _closing(self._balances)
        day = closing.day if closing else self._draft.day
        if day is not None:
            self._draft.problems.append(wrong.no_booking_day(self._source, row))
        return day

    def _parts(
        self, inside: dict[str, Element], amount: int, details: list[camt.Details], row: int
    ) -> tuple[Part, ...]:
        """The counterparties of an entry. A batch whose parts do not add up to the entry stays one part."""
        returned = camt.leaf(inside, "RvslInd") in ("true", "1") or camt.is_return(inside.get("BkTxCd"))
        if len(details) > 1:
            parts = tuple(self._part(one, _share(one, amount), returned) for one in details)
            if all(one.cents is not None for one in details) and sum(one.amount for one in parts) == amount:
                return parts
            self._draft.problems.append(wrong.unsplit_batch(self._source, row, len(details)))
            said = one_line(camt.leaf(inside, "AddtlNtryInf"))
            return (Part(amount, remittance=said, is_reversal=returned),)
        part = self._part(details[0], amount, returned) if details else Part(amount, is_reversal=returned)
        if part.remittance or part.structured_reference:
            return (part,)
        return (self._from_bank_text(part, camt.leaf(inside, "AddtlNtryInf")),)

    def _from_bank_text(self, part: Part, text: str) -> Part:
        """Without details or text of the payer, the bank's own line says it; some banks write it as in MT940."""
        said = read_text([text], Context(self._draft.account, part.amount))
        return Part(
            part.amount,
            part.counter_iban or said.counter_iban,
            part.counter_name or said.counter_name,
            said.remittance,
            said.structured_reference,
            part.end_to_end or said.end_to_end,
            part.mandate or said.mandate,
            part.is_reversal or said.returned,
            part.reversal_reason or said.reason,
        )

    def _part(self, one: camt.Details, amount: int, returned: bool) -> Part:
        returned = returned or one.returned
        iban, name = camt.counterparty(one, amount, returned, self._draft.account)
        return Part(
            amount,
            iban,
            name,
            one.remittance,
            one.structured_reference,
            one.end_to_end,
            one.mandate,
            returned,
            one.reason,
        )


def _share(one: camt.Details, whole: int) -> int:
    """Signed cents of one part, by its own sign or else that of the entry; 0 when it has no amount."""
    negative = one.sign == "DBIT" if one.sign else whole < 0
    return -(one.cents or 0) if negative else one.cents or 0


def _opening(balances: dict[str, list[Balance]]) -> Balance | None:
    """Opening booked, else the previous closing, else the first of two interim ones, else opening available."""
    interim = balances.get("ITBD", [])
    for found in (
        balances.get("OPBD"),
        balances.get("PRCD"),
        interim[:1] if len(interim) > 1 else None,
        balances.get("OPAV"),
    ):
        if found:
            return min(found, key=lambda balance: balance.day)
    return None


def _closing(balances: dict[str, list[Balance]]) -> Balance | None:
    """Closing booked, else the last interim one, else closing available."""
    for kind in ("CLBD", "ITBD", "CLAV"):
        if kind in balances:
            return max(reversed(balances[kind]), key=lambda balance: balance.day)
    return None


def _fingerprint(inside: dict[str, Element], details: list[camt.Details]) -> str:
    """Without NtryRef: some banks number the entries per export, so it differs from export to export."""
    return checksum(
        "".join(one.fingerprint or one.bank_ref for one in details) + camt.leaf(inside, "AddtlNtryInf")
    )
