"""Which tenancy a payment belongs to: certain by a sign that only that tenancy has, else a proposal for a person."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from voordeur.core.remittance import betalingskenmerk, creditor_references
from voordeur.core.words import Words


class Sign(StrEnum):
    """By what we recognised the tenancy."""

    REFERENCE = "reference"
    MANDATE = "mandate"
    IBAN = "iban"
    IBAN_AMOUNT = "iban_amount"
    AMOUNT_NAME = "amount_name"
    AMOUNT_ADDRESS = "amount_address"
    PERSON = "person"


_QUESTIONS = {
    Sign.REFERENCE: Words("Het betalingskenmerk klopt.", "The payment reference fits."),
    Sign.MANDATE: Words("Het incassomandaat klopt.", "The direct debit mandate fits."),
    Sign.IBAN: Words("Van deze rekening betaalt dit huishouden.", "This household pays from this account."),
    Sign.IBAN_AMOUNT: Words(
        "Deze rekening betaalt voor meer huizen. Het bedrag past bij dit huis.",
        "This account pays for more than one home. The amount fits this one.",
    ),
    Sign.AMOUNT_NAME: Words("Naam en bedrag passen.", "Name and amount fit."),
    Sign.AMOUNT_ADDRESS: Words("Adres en bedrag passen.", "Address and amount fit."),
    Sign.PERSON: Words("Een collega koos dit.", "A colleague chose this."),
}


def in_words(sign: Sign) -> Words:
    """Why we think so, as one sentence."""
    return _QUESTIONS[sign]


@dataclass(frozen=True, slots=True)
class Payer:
    """What is known of one tenancy, to recognise its payments by."""

    tenancy: int
    reference: str = ""
    mandate: str = ""
    more_references: tuple[str, ...] = ()
    """Of payment arrangements."""
    more_mandates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    address: str = ""
    """Street and number: `Molenstraat 14-B`."""
    amounts: frozenset[int] = frozenset()
    """Cents that would fit: the rent, and what is open."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What a bank line says."""

    amount: int
    iban: str = ""
    name: str = ""
    remittance: str = ""
    reference: str = ""
    mandate: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The answer. `certain` False: a person decides."""

    tenancy: int
    sign: Sign
    certain: bool


@dataclass(slots=True)
class PayerIndex:
    """Looks payments up. Build once per import with `index`, then ask `find`."""

    by_reference: dict[str, int] = field(default_factory=dict)
    by_mandate: dict[str, int] = field(default_factory=dict)
    by_iban: dict[str, set[int]] = field(default_factory=dict)
    never: set[str] = field(default_factory=set)
    """Accounts of which a person said that they never pay rent."""
    payers: dict[int, Payer] = field(default_factory=dict)
    _by_word: dict[str, set[int]] = field(default_factory=dict)
    """Of names and addresses; empty until the first payment that nothing else tells of."""

    def never_rent(self, payment: Payment) -> bool:
        """True when a person decided that this account pays no rent."""
        return bool(payment.iban) and payment.iban in self.never

    def find(self, payment: Payment) -> Match | None:
        """The tenancy of a payment, or None when nothing points to exactly one."""
        return self._certain(payment) or self._by_account(payment) or self._by_amount(payment)

    def _certain(self, payment: Payment) -> Match | None:
        said = f"{payment.reference} {payment.remittance}"
        written = [payment.reference, *betalingskenmerk(said), *creditor_references(said)]
        found = {self.by_reference[one] for one in written if one in self.by_reference}
        if len(found) == 1:
            return Match(found.pop(), Sign.REFERENCE, certain=True)
        if payment.mandate and payment.mandate in self.by_mandate:
            return Match(self.by_mandate[payment.mandate], Sign.MANDATE, certain=True)
        return None

    def _by_account(self, payment: Payment) -> Match | None:
        found = self.by_iban.get(payment.iban, set()) if payment.iban else set()
        if len(found) == 1:
            return Match(next(iter(found)), Sign.IBAN, certain=True)
        fits = [tenancy for tenancy in found if payment.amount in self.payers[tenancy].amounts]
        if len(fits) == 1:
            return Match(fits[0], Sign.IBAN_AMOUNT, certain=False)
        return None

    def _by_amount(self, payment: Payment) -> Match | None:
        """A proposal: the amount fits, and so does a name or an address. Two candidates are no proposal."""
        if not self._by_word:
            self._by_word = _words_of(self.payers.values())
        for text, sign, words_of in (
            (f"{payment.name} {payment.remittance}", Sign.AMOUNT_NAME, _name_words_of),
            (payment.remittance, Sign.AMOUNT_ADDRESS, _address_words_of),
        ):
            written = words(text)
            near = set().union(*(self._by_word.get(word, set()) for word in written))
            fits = [
                tenancy
                for tenancy in near
                if payment.amount in self.payers[tenancy].amounts
                and any(wanted and wanted <= written for wanted in words_of(self.payers[tenancy]))
            ]
            if len(fits) == 1:
                return Match(fits[0], sign, certain=False)
        return None


def index(payers: Iterable[Payer], accounts: Mapping[str, Sequence[int | None]]) -> PayerIndex:
    """Build the index. `accounts`: IBAN -> tenancies it pays for; None in it means "never rent".

    A reference or mandate that stands at two tenancies is no sign at all and is left out.
    """
    found = PayerIndex()
    references: dict[str, set[int]] = {}
    mandates: dict[str, set[int]] = {}
    for payer in payers:
        found.payers[payer.tenancy] = payer
        for reference in filter(None, (payer.reference, *payer.more_references)):
            references.setdefault(reference, set()).add(payer.tenancy)
        for mandate in filter(None, (payer.mandate, *payer.more_mandates)):
            mandates.setdefault(mandate, set()).add(payer.tenancy)
    found.by_reference = {key: next(iter(t)) for key, t in references.items() if len(t) == 1}
    found.by_mandate = {key: next(iter(t)) for key, t in mandates.items() if len(t) == 1}
    for iban, tenancies in accounts.items():
        if None in tenancies:
            found.never.add(iban)
        known = {tenancy for tenancy in tenancies if tenancy is not None and tenancy in found.payers}
        if known:
            found.by_iban[iban] = known
    return found


def _words_of(payers: Iterable[Payer]) -> dict[str, set[int]]:
    """Per word of a name or an address the tenancies that it may mean."""
    found: dict[str, set[int]] = {}
    for payer in payers:
        for wanted in (*_name_words_of(payer), *_address_words_of(payer)):
            for word in wanted:
                found.setdefault(word, set()).add(payer.tenancy)
    return found


_PARTICLES = frozenset(
    {
        "de", "den", "der", "het", "van", "von", "ten", "ter", "te", "la", "le", "el", "al", "ben", "bin", "en", "of",
        "and", "mw", "mevr", "mevrouw", "dhr", "hr", "heer", "eo", "cj",
    }
)  # fmt: skip


def ordered_words(text: str) -> list[str]:
    """Words to compare, in order: no capitals, no accents, no punctuation; `ij` and `y` count as the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("ij", "y")
    return re.findall(r"[^\W_]+", plain)


def words(text: str) -> frozenset[str]:
    """The set of `ordered_words`."""
    return frozenset(ordered_words(text))


def _name_words_of(payer: Payer) -> list[frozenset[str]]:
    """Per tenant the surname: the last word that is no particle and no initial."""
    counted = [
        [word for word in ordered_words(name) if word not in _PARTICLES and len(word) > 2]
        for name in payer.names
    ]
    return [frozenset(name[-1:]) for name in counted]


def _address_words_of(payer: Payer) -> list[frozenset[str]]:
    return [words(payer.address)] if any(char.isdigit() for char in payer.address) else []
