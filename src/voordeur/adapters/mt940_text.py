"""What a Dutch bank writes in field :86: of an MT940 statement, dialect by dialect.

- code words between slashes (ABN AMRO, ING, Rabobank, Knab, BNG, Triodos): `/TRTP/../IBAN/../NAME/../REMI/../EREF/..`
- ING packs the counterparty in `/CNTP/iban/bic/name/city/` and marks text `/REMI/USTD//..` or `/REMI/STRD/CUR/..`
- ABN AMRO's older columns: `SEPA OVERBOEKING   IBAN: ..  BIC: ..  NAAM: ..  OMSCHRIJVING: ..  KENMERK: ..`
- ASN and SNS (and RegioBank): the first line is account and name, then the text
- Triodos' older numbered pieces of 27 characters: `000>100..>20BIC>21IBAN>22text`
- Knab's older closing line: `REK: iban/NAAM: name`
- anything else stays as it is; the IBAN in it counts when there is exactly one valid.

Facts from the banks' public format descriptions ("MT940 Structured" of ABN AMRO, ING, Rabobank) and from public
test files of MT940 libraries.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from stdnum import iban as iban_standard

from voordeur.adapters.statement import one_line, reference


class Details(NamedTuple):
    """What :86: (with the second line of :61:) says of one entry."""

    counter_iban: str = ""
    counter_name: str = ""
    remittance: str = ""
    structured_reference: str = ""
    end_to_end: str = ""
    mandate: str = ""
    returned: bool = False
    reason: str = ""
    batch: str = ""


class Context(NamedTuple):
    """What the statement and field :61: say that helps to read :86:."""

    own_account: str = ""
    amount: int = 0
    customer_reference: str = ""
    """Subfield 7 of :61:; ASN and SNS put the counter-account there."""
    supplementary: str = ""
    """The second line of :61:; Rabobank puts the counter-account there."""


_LONGEST = 4000
_FULL_LINE = 65
_FULL_FIRST_LINE = 61  # where a bank counts `:86:` as part of the line
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_DUTCH_IBAN = re.compile(r"NL[0-9]{2}[A-Z]{4}[0-9]{10}")


def read_text(lines: Sequence[str], context: Context) -> Details:
    """Read the lines of a field :86: (without the tag). Never raises; what is not understood stays in the text."""
    if _is_asn(lines, context):
        return _asn(lines, context)
    text = joined(lines)[:_LONGEST]
    if re.match(r"/[A-Z]{2,9}/", text):
        return _slashes(text, context)
    if re.match(r"[0-9]{3}>[0-9]{2}", text):
        return _triodos(text, context)
    if re.match(r"SEPA\b.*?\bIBAN:", text, re.IGNORECASE):
        return _columns(text)
    knab = re.search(r"(?:^|\s)REK: ?(?P<iban>[A-Z0-9 ]{10,42})/NAAM: ?(?P<name>.*)$", text)
    if knab is not None:
        return Details(_compact(knab["iban"]), one_line(knab["name"]), one_line(text[: knab.start()]))
    return Details(counter_iban=only_iban(text, context.own_account), remittance=one_line(text))


def joined(lines: Sequence[str]) -> str:
    """The lines as one text. Banks cut at a fixed width, also inside a word: no space comes after a full line."""
    text = ""
    for number, raw in enumerate(lines):
        line = raw.rstrip()
        full = len(line) >= _FULL_LINE or (number == 0 and len(line) == _FULL_FIRST_LINE)
        text += line if full else f"{line} "
    return text.strip()


def only_iban(text: str, own_account: str) -> str:
    """The one valid IBAN in a text, our own aside; an empty string when there are none or several."""
    plain = text.upper()
    found = {match.group() for match in re.finditer(r"\b[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\b", plain)}
    spaced = re.finditer(r"\bNL[0-9]{2} [A-Z]{4} [0-9]{4} [0-9]{4} [0-9]{2}\b", plain)
    found |= {match.group().replace(" ", "") for match in spaced}
    valid = {one for one in found if one != own_account and _valid(one)}
    return valid.pop() if len(valid) == 1 else ""


def _valid(iban: str) -> bool:
    if iban.startswith("NL") and not _DUTCH_IBAN.fullmatch(iban):
        return False
    return bool(iban_standard.is_valid(iban))


def _compact(said: str) -> str:
    """An IBAN without spaces; an empty string for anything else (old account numbers)."""
    plain = said.replace(" ", "").upper()
    return plain if _IBAN.fullmatch(plain) else ""


# --- code words between slashes ---------------------------------------------------------------------------------

_OTHER_PARTIES = ("ULTD", "ULTC", "ULTB", "INIT")
_PARTY_WORDS = ("ORDP", "BENM", *_OTHER_PARTIES)
_WORDS = (
    "TRTP", "RTYP", "IBAN", "BIC", "NAME", "REMI", "EREF", "PREF", "IREF", "MARF", "CSID", "CNTP", "RTRN", "ISDT",
    "ADDR", "ACCW", "ID", "PURP", "CDTRREFTP", "CDTRREF", "TRCD", "NRTX", "OCMT", "EXCH", "CHGS", "SVCL", "ABNO",
    *_PARTY_WORDS,
)  # fmt: skip
_CODE_WORD = re.compile(rf"/({'|'.join(_WORDS)})/")
_ACCEPTGIRO = re.compile(r"ISSUER: ?CUR +REF: ?([0-9 ]+)", re.IGNORECASE)


def _slashes(text: str, context: Context) -> Details:
    fields = _code_words(text)
    iban, name = _counterparty(fields, context)
    remittance, structured = _remi(fields)
    # A payer may type /RTRN/ in a text; the bank writes it before the text, or with money that goes out.
    reason = fields.get("RTRN", "").strip("/ ")
    before_text = text.find("/RTRN/") < text.find("/REMI/") or "REMI" not in fields
    believed = bool(re.fullmatch(r"[A-Z0-9]{4}", reason)) and (before_text or context.amount < 0)
    return Details(
        iban,
        name,
        remittance,
        structured,
        reference(fields.get("EREF", "").strip("/")),
        reference(fields.get("MARF", "").strip("/")),
        returned=believed or text.startswith("/RTYP/"),
        reason=reason if believed else "",
        batch=reference(fields.get("PREF", "").strip("/")),
    )


def _code_words(text: str) -> dict[str, str]:
    """Value per code word.

    A word that was filled before is the payer's own text and stays in it, so that nobody can replace what the bank
    says. The name of an ultimate or initiating party is not the counterparty's and gets a key of its own.
    """
    fields: dict[str, str] = {}
    word, start, party = "", 0, ""
    for match in _CODE_WORD.finditer(text):
        following = match[1]
        if following in _PARTY_WORDS:
            party = following
        if following == "NAME" and party in _OTHER_PARTIES:
            following = f"{party} NAME"
        if word:
            fields[word] = text[start : match.start()]
        if fields.get(following):
            continue
        word, start = following, match.end()
    fields[word] = text[start:]
    return fields


def _counterparty(fields: dict[str, str], context: Context) -> tuple[str, str]:
    name = fields.get("NAME", "")
    iban = _compact(fields.get("IBAN", "")) or _compact(context.supplementary)
    if "CNTP" in fields:
        pieces = [*fields["CNTP"].split("/"), "", "", ""]
        iban, name = iban or _compact(pieces[0]), name or pieces[2]
    if not iban:
        iban = _compact(fields.get("ACCW", "").partition(",")[0])
    return iban, one_line(name.strip("/ "))


def _remi(fields: dict[str, str]) -> tuple[str, str]:
    """(free text, structured reference) from REMI, in the forms of ING, Rabobank and ABN AMRO."""
    said = fields.get("REMI", "").strip()
    structured = reference(fields.get("CDTRREF", "").strip("/"))
    if said.startswith("STRD/"):
        return "", reference(said.strip("/").rpartition("/")[2])
    if said.startswith("USTD/"):
        said = said[len("USTD/") :]
    acceptgiro = _ACCEPTGIRO.search(said)
    if acceptgiro is not None:
        structured = structured or acceptgiro[1].replace(" ", "")
        said = said[: acceptgiro.start()] + said[acceptgiro.end() :]
    return one_line(said.strip("/ ")), structured


# --- ABN AMRO's columns -----------------------------------------------------------------------------------------

_LABELS = (
    "IBAN", "BIC", "NAAM", "OMSCHRIJVING", "BETALINGSKENM.", "KENMERK", "MACHTIGING", "INCASSANT", "ID DEBITEUR",
)  # fmt: skip
_LABEL = re.compile(rf"(?<!BETALINGS)(?:{'|'.join(map(re.escape, _LABELS))}):", re.IGNORECASE)


def _columns(text: str) -> Details:
    """A label counts once: the first time, KENMERK the last time. Elsewhere it is the payer's own text."""
    found = [(match.group()[:-1].upper(), match) for match in _LABEL.finditer(text)]
    last_reference = max((place for place, (label, _) in enumerate(found) if label == "KENMERK"), default=-1)
    fields: dict[str, str] = {}
    current = ""
    start = 0
    for place, (label, match) in enumerate(found):
        if label in fields or label == current or (label == "KENMERK" and place != last_reference):
            continue
        if current:
            fields[current] = text[start : match.start()]
        current, start = label, match.end()
    fields[current] = text[start:]
    return Details(
        _compact(fields.get("IBAN", "")),
        one_line(fields.get("NAAM", "")),
        one_line(fields.get("OMSCHRIJVING", "")),
        reference(fields.get("BETALINGSKENM.", "")),
        reference(fields.get("KENMERK", "")),
        reference(fields.get("MACHTIGING", "")),
    )


# --- ASN and SNS ------------------------------------------------------------------------------------------------


def _is_asn(lines: Sequence[str], context: Context) -> bool:
    """The counter-account stands both in :61: and at the start of :86:; an entry of the bank itself has neither."""
    account = _compact(context.customer_reference)
    first = lines[0].split() if lines else []
    return bool(account) and bool(first) and first[0].upper() == account


def _asn(lines: Sequence[str], context: Context) -> Details:
    name = one_line(lines[0]).partition(" ")[2]
    if not name:
        name = one_line(context.supplementary)
    text = joined(["", *lines[1:]])[:_LONGEST]  # an empty line for the first, which is told already
    if re.match(r"/[A-Z]{2,9}/", text):
        inner = _slashes(text, context)
        return inner._replace(
            counter_iban=_compact(context.customer_reference), counter_name=name or inner.counter_name
        )
    return Details(_compact(context.customer_reference), name, one_line(text))


# --- Triodos' numbered pieces -----------------------------------------------------------------------------------

_PIECE = re.compile(r">(1[0-9]|2[0-9]|31)")
_PIECE_WIDTH = 27


def _triodos(text: str, context: Context) -> Details:
    """Name and text run on in one stream, so the name cannot be told apart: all of it is the text."""
    pieces = _PIECE.split(text)[1:]
    numbered = [
        (code, piece) for code, piece in zip(pieces[::2], pieces[1::2], strict=True) if code[0] == "2"
    ]
    iban = ""
    if (
        len(numbered) > 1
        and _compact(numbered[1][1])
        and re.fullmatch(r"[A-Z0-9]{8,11}", numbered[0][1].strip())
    ):
        iban = _compact(numbered[1][1])
        numbered = numbered[2:]
    said = ""
    for _, piece in numbered:
        shown = piece.rstrip()
        said += shown if len(shown) >= _PIECE_WIDTH else f"{shown} "
    said = said.strip()
    if re.match(r"/[A-Z]{2,9}/", said):
        inner = _slashes(said, context)
        return inner._replace(counter_iban=inner.counter_iban or iban)
    return Details(counter_iban=iban, remittance=one_line(said))
