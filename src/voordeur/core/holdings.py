"""All that is kept of a household, as whoever asks for it may see it (GDPR art. 15): values, and as JSON.

Of colleagues it tells what they are, not who they are; they work for the landlord (GDPR art. 15(4)).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from voordeur.core.words import Words

Raw = str | int | float | bool | None | list["Raw"] | dict[str, "Raw"]
"""What JSON can hold."""


@dataclass(frozen=True, slots=True)
class Held:
    """One datum of one record."""

    name: str
    """As the database calls it."""
    label: Words
    raw: Raw
    """For JSON: amounts in cents, days and moments in ISO 8601, codes as they are kept."""
    said: Words
    """For a reader; empty when there is nothing to say."""


@dataclass(frozen=True, slots=True)
class HeldPart:
    """One kind of records: what it is for, how long it is kept, and the records themselves, oldest first."""

    name: str
    title: Words
    why: Words
    """The ground, and how long it is kept."""
    records: tuple[tuple[Held, ...], ...]
    columns: tuple[str, ...] = ()
    """On paper a table of these; the rest of each record is in the JSON. Empty: record by record, whole."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything of one household on one day."""

    made_on: date
    landlord: str
    reference: str
    """Number of the tenancy agreement."""
    address: str
    people: tuple[str, ...]
    parts: tuple[HeldPart, ...]
    shared: bool = False
    """Others rent with whoever asks: what is only about them is left out (GDPR art. 15(4))."""

    @property
    def about(self) -> tuple[Words, ...]:
        """What goes before it, in plain words (GDPR art. 15(1))."""
        return (*ABOUT, SHARED) if self.shared else ABOUT

    @property
    def count(self) -> int:
        """Records in all."""
        return sum(len(part.records) for part in self.parts)


RIGHTS = (
    Words(
        "Klopt er iets niet? Dan verbeteren wij het (AVG art. 16).",
        "Is something wrong? Then we correct it (GDPR art. 16).",
    ),
    Words(
        "U kunt vragen om gegevens te wissen (AVG art. 17). Wat wij van de wet moeten bewaren, blijft staan.",
        "You may ask us to erase data (GDPR art. 17). What the law makes us keep, stays.",
    ),
    Words(
        "U kunt vragen om gegevens een tijd niet te gebruiken (AVG art. 18).",
        "You may ask us not to use data for a while (GDPR art. 18).",
    ),
    Words(
        "U kunt bezwaar maken tegen wat wij met uw gegevens doen (AVG art. 21).",
        "You may object to what we do with your data (GDPR art. 21).",
    ),
    Words(
        "Bent u het niet eens met ons? U kunt een klacht indienen bij de Autoriteit Persoonsgegevens (AVG art. 77).",
        "Do you disagree with us? You may complain to the Autoriteit Persoonsgegevens (GDPR art. 77).",
    ),
)
"""What the person may do with it (GDPR art. 15(1)(e) and (f))."""
ABOUT = (
    Words(
        "Dit zijn alle gegevens die in Voordeur over uw huurcontract staan. De verhuurder gebruikt ze om de huur te "
        "innen en om op tijd te helpen als betalen niet lukt.",
        "These are all data that Voordeur holds about your tenancy agreement. The landlord uses them to collect the "
        "rent and to help in time when paying does not work out.",
    ),
    Words(
        "De gegevens komen uit de huuradministratie, van de bank en van gesprekken met u. Een melding aan de gemeente "
        "ziet u bij uw zaak.",
        "The data come from the rent administration, from the bank and from talks with you. A signal to the "
        "municipality is shown with your case.",
    ),
    Words(
        "Een computer beslist niet over u. Hij zet huurders op volgorde en geeft een advies; een mens beslist.",
        "No computer decides about you. It puts tenants in an order and gives advice; a person decides.",
    ),
    Words(
        "Van onze collega’s staat er wat voor werk zij doen, niet hoe zij heten. Betalingen waarvan nog niet zeker is "
        "van wie ze zijn, staan er niet bij. In back-ups staan dezelfde gegevens, tot die worden overschreven.",
        "Of our staff it says which work they do, not their names. Payments of which it is not sure whose they are, "
        "are left out. Backups hold the same data until they are overwritten.",
    ),
)
"""What goes before every overview (GDPR art. 15(1))."""
SHARED = Words(
    "U huurt samen met een ander. Wat alleen over die ander kan gaan, staat hier niet in: hoe wij die bereiken, "
    "en wat die ons vroeg of vertelde.",
    "You rent together with somebody else. What may be about that person alone is not in here: how we reach "
    "that person, and what that person asked or told us.",
)


def to_json(holdings: Holdings) -> bytes:
    """The same data give the same bytes: keys in order, UTF-8, amounts in cents, days in ISO 8601."""
    content = {
        "made_on": holdings.made_on.isoformat(),
        "landlord": holdings.landlord,
        "reference": holdings.reference,
        "address": holdings.address,
        "people": list(holdings.people),
        "amounts": "EUR cents",
        "about": [{"nl": words.nl, "en": words.en} for words in (*holdings.about, *RIGHTS)],
        "parts": [_part(part) for part in holdings.parts],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def fingerprint(holdings: Holdings) -> str:
    """sha256 of the JSON, in hexadecimal; the paper shows it too."""
    return hashlib.sha256(to_json(holdings)).hexdigest()


def raw(value: object) -> Raw:
    """A value of the database as JSON can hold it. ValueError for what it cannot."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [raw(one) for one in value]
    if isinstance(value, dict):
        return {str(name): raw(one) for name, one in value.items()}
    raise ValueError(f"not to be kept as JSON: {type(value).__name__}")


def _part(part: HeldPart) -> dict[str, Raw]:
    return {
        "name": part.name,
        "title": {"nl": part.title.nl, "en": part.title.en},
        "why": {"nl": part.why.nl, "en": part.why.en},
        "records": [{held.name: held.raw for held in record} for record in part.records],
    }
