"""Direct debit files for the bank: SEPA Core, pain.008.001.08 (ISO 20022), checked against its schema before it leaves.

The same items give the same bytes: numbers and the moment come from whoever asks, not from a clock.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sepaxml import SepaDD
from sepaxml.validation import ValidationError
from stdnum import iban as iban_numbers
from text_unidecode import unidecode

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

SCHEMA = "pain.008.001.08"
_AREA = re.compile("AT|B[EG]|C[YZ]|D[EK]|E[ES]|F[IR]|GR|H[RU]|I[EST]|L[ITUV]|MT|N[LO]|P[LT]|RO|S[EIK]")
"""Countries of the European Economic Area, as an IBAN names them."""
_MADE, _PAYMENTS = re.compile(rb"<CreDtTm>[^<]*</CreDtTm>"), re.compile(rb"<PmtInfId>[^<]*</PmtInfId>")
_OUTSIDE = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")
_CREDITOR = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")


@dataclass(frozen=True, slots=True)
class Creditor:
    """Who collects."""

    name: str
    iban: str
    creditor_id: str
    """Incassant-ID, as the bank gave it."""


@dataclass(frozen=True, slots=True)
class Debit:
    """One instalment to collect. Cents."""

    end_to_end: str
    amount: int
    mandate: str
    mandate_signed: date
    holder: str
    iban: str
    said: str
    """What the payer reads on the statement."""
    on: date | None = None
    """The day on which the bank collects it; None: the day of the file."""


def direct_debit_file(
    creditor: Creditor, debits: Sequence[Debit], collect_on: date, message: str, made: datetime
) -> bytes:
    """The file: one payment block per day. `message`: its number, at most 35 signs.

    Text keeps to the signs that every bank takes (EPC217-08, the Latin set): letters lose their accents, other signs
    become a space. Raises Refused for a creditor without a valid number or account, for an account that cannot be
    debited, for no debits at all, and when the file does not fit its schema.
    """
    problems = [*_of_creditor(creditor), *(one for debit in debits if (one := _of_debit(debit)) is not None)]
    if not debits:
        problems.append(_NOTHING)
    if problems:
        raise Refused(problems)
    config: dict[str, Any] = {
        "name": _latin(creditor.name), "IBAN": iban_numbers.compact(creditor.iban), "batch": True, "currency": "EUR",
        "creditor_id": creditor.creditor_id, "instrument": "CORE",
    }  # fmt: skip
    file = SepaDD(config, schema=SCHEMA, clean=True)
    file.msg_id = message
    for debit in debits:
        file.add_payment(_payment(debit, debit.on or collect_on))
    try:
        made_file = bytes(file.export(validate=True))
    except ValidationError as wrong:
        raise Refused(_NO_FIT) from wrong
    return _settled(made_file, message, made)


def _payment(debit: Debit, collect_on: date) -> dict[str, Any]:
    return {
        "name": _latin(debit.holder), "IBAN": iban_numbers.compact(debit.iban), "amount": debit.amount, "type": "RCUR",
        "collection_date": collect_on, "mandate_id": debit.mandate, "mandate_date": debit.mandate_signed,
        "description": _latin(debit.said), "endtoend_id": debit.end_to_end,
    }  # fmt: skip


def _latin(text: str) -> str:
    return " ".join(_OUTSIDE.sub(" ", unidecode(text).replace("&", "+")).split())


def _settled(file: bytes, message: str, made: datetime) -> bytes:
    """The library writes the time of now and numbers by chance; ours are known."""
    numbers = iter(range(1, 1_000))
    file = re.sub(rb"<MsgId>[^<]*</MsgId>", f"<MsgId>{message}</MsgId>".encode(), file)
    file = _MADE.sub(f"<CreDtTm>{made:%Y-%m-%dT%H:%M:%S}</CreDtTm>".encode(), file)
    return _PAYMENTS.sub(lambda _: f"<PmtInfId>{message[:31]}-{next(numbers)}</PmtInfId>".encode(), file)


def valid_creditor_id(text: str) -> bool:
    """True for a creditor identifier whose check digits fit (EPC262-08): modulo 97 without the business code."""
    if _CREDITOR.fullmatch(text) is None:
        return False
    digits = "".join(str(int(sign, 36)) for sign in text[7:] + text[:4])
    return int(digits) % 97 == 1


def _of_creditor(creditor: Creditor) -> list[Problem]:
    found = []
    if not valid_creditor_id(creditor.creditor_id):
        found.append(
            Problem(
                "no-creditor-id",
                Words("Het incassant-ID ontbreekt of klopt niet.",
                      "The creditor identifier is missing or not correct."),
                Words("Vraag de beheerder om VOORDEUR_CREDITOR_ID in te vullen zoals de bank het gaf.",
                      "Ask the administrator to fill in VOORDEUR_CREDITOR_ID as the bank gave it."),
            )
        )  # fmt: skip
    if not iban_numbers.is_valid(creditor.iban):
        found.append(_iban(Words("De eigen rekening klopt niet.", "Our own account number is not correct.")))
    return found


def _of_debit(debit: Debit) -> Problem | None:
    if can_be_debited(debit.iban):
        return None
    return _iban(
        Words(f"De rekening van machtiging {debit.mandate} klopt niet.",
              f"The account of mandate {debit.mandate} is not correct.")
    )  # fmt: skip


def valid_iban(text: str) -> bool:
    """True for an IBAN whose check digits and length fit."""
    return bool(iban_numbers.is_valid(text))


def can_be_debited(text: str) -> bool:
    """True for a valid IBAN of the European Economic Area: elsewhere a bank wants an address too, or refuses."""
    return valid_iban(text) and _AREA.fullmatch(iban_numbers.compact(text)[:2]) is not None


def _iban(message: Words) -> Problem:
    return Problem(
        "wrong-iban", message, Words("Verbeter het rekeningnummer.", "Correct the account number.")
    )


_NOTHING = Problem(
    "nothing-to-collect",
    Words("Er is niets te incasseren.", "There is nothing to collect."),
    Words("Kies een latere dag.", "Choose a later day."),
)
_NO_FIT = Problem(
    "file-does-not-fit",
    Words(
        "Het incassobestand past niet in het schema van de bank.", "The file does not fit the bank's schema."
    ),
    Words(
        "Kijk de namen en kenmerken na, en maak het opnieuw.",
        "Check names and references, and make it again.",
    ),
)
