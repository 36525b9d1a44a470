"""Which tenancy a payment belongs to: certain by a sign that only that tenancy has, else a proposal for a person."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    load: Callable[[], Mapping[int, Payer]] = dict
    """Fetches what is known of every tenancy: only when a sign alone does not tell."""
    _payers: Mapping[int, Payer] | None = None
    _by_word: dict[str, set[int]] = field(default_factory=dict)
    """Of names and addresses; empty until the first payment that nothing else tells of."""

    @property
    def payers(self) -> Mapping[int, Payer]:
        """What is known of each tenancy, by its number."""
        if self._payers is None:
            self._payers = self.load()
        return self._payers

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
    every = {payer.tenancy: payer for payer in payers}
    signs = ((payer.tenancy, payer.reference, payer.mandate) for payer in every.values())
    return index_of_signs(signs, accounts, lambda: every)


def index_of_signs(
    signs: Iterable[tuple[int, str, str]],
    accounts: Mapping[str, Sequence[int | None]],
    load: Callable[[], Mapping[int, Payer]],
) -> PayerIndex:
    """The same from (tenancy, reference, mandate) of every tenancy; `load` is called when more must be known."""
    found, tenancies = PayerIndex(load=load), set()
    twice: tuple[set[str], set[str]] = (set(), set())
    for tenancy, reference, mandate in signs:
        tenancies.add(tenancy)
        if reference and found.by_reference.setdefault(reference, tenancy) != tenancy:
            twice[0].add(reference)
        if mandate and found.by_mandate.setdefault(mandate, tenancy) != tenancy:
            twice[1].add(mandate)
    for known, several in zip((found.by_reference, found.by_mandate), twice, strict=True):
        for sign in several:
            del known[sign]
    for iban, paid_for in accounts.items():
        if None in paid_for:
            found.never.add(iban)
        known_ones = {tenancy for tenancy in paid_for if tenancy in tenancies}
        if known_ones:
            found.by_iban[iban] = {tenancy for tenancy in known_ones if tenancy is not None}
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
