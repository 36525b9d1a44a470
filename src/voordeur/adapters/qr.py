"""QR codes as SVG: a link for the phone, and a payment that a bank app reads (EPC069-12, version 002)."""

from dataclasses import dataclass
from decimal import Decimal

import segno

_LONGEST_NAME, _LONGEST_SAID, _LONGEST_REFERENCE = 70, 140, 35
_LEAST, _MOST = 1, 999_999_999_99
_LONGEST_CODE = 331
"""Bytes in all: what version 13 with error correction M holds (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Payee:
    """Who gets the money."""

    name: str
    iban: str


def link_code(address: str) -> str:
    """A QR code with an address, as SVG without a size; error correction M. ValueError when it is too long."""
    return _svg(segno.make_qr(address, error="m"))


def payment_code(payee: Payee, cents: int, said: str = "", *, reference: str = "") -> str:
    """A QR code to pay `cents`, as SVG without a size; what is in it and ValueError as `epc_text`.

    EPC069-12 v2.1 (European Payments Council) asks for error correction M and at most version 13.
    """
    content = epc_text(payee, cents, said, reference=reference)
    return _svg(segno.make_qr(content.encode(), error="m", boost_error=False))


def epc_text(payee: Payee, cents: int, said: str = "", *, reference: str = "") -> str:
    """The lines of such a code: version 002, UTF-8, no BIC. `reference` (ISO 11649) or else `said`, never both.

    EPC069-12 v2.1: a name of at most 70 signs, words of at most 140, 331 bytes in all; longer words are cut. ValueError
    without payee, without reference and words, for a reference of more than 35 signs, and outside 0.01 to
    999,999,999.99 euro.
    """
    name, iban = _line(payee.name)[:_LONGEST_NAME].strip(), "".join(payee.iban.split()).upper()
    words = "" if reference else _line(said)[:_LONGEST_SAID].strip()
    if not name or not iban or not (reference or words) or len(reference) > _LONGEST_REFERENCE:
        raise ValueError("a payment code needs a payee, an account, and a reference or words")
    if not _LEAST <= cents <= _MOST:
        raise ValueError("the amount of a payment code lies between one cent and 999,999,999.99 euro")
    amount = f"EUR{Decimal(cents).scaleb(-2):.2f}"
    head = "\n".join(["BCD", "002", "1", "SCT", "", name, iban, amount, "", reference, ""])
    return (head + _cut(words, _LONGEST_CODE - len(head.encode()))).rstrip("\n")


def _cut(text: str, most: int) -> str:
    """As much of it as fits in so many bytes of UTF-8, without half a sign at the end."""
    return text.encode()[: max(0, most)].decode(errors="ignore")


def _line(text: str) -> str:
    """On one line: what would begin a next line of the code becomes a space."""
    return " ".join(text.split())


def _svg(code: segno.QRCode) -> str:
    """Dark on a white ground whatever the light of the page is, with the quiet border that readers need."""
    return str(
        code.svg_inline(
            omitsize=True, dark="#14201b", light="#ffffff", border=4, svgclass="vd-qr", lineclass=None
        )
    )
