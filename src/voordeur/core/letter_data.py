"""What a letter is filled in with: plain values, and the fields that a text may name between braces.

Amounts are cents and days are dates; how they read in either language is decided here, once. Nothing here
decides whether a letter may be sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from voordeur.core.money import euros
from voordeur.core.words import Words, day_in_words

_WEEKDAYS = (
    Words("maandag", "Monday"), Words("dinsdag", "Tuesday"), Words("woensdag", "Wednesday"),
    Words("donderdag", "Thursday"), Words("vrijdag", "Friday"), Words("zaterdag", "Saturday"),
    Words("zondag", "Sunday"),
)  # fmt: skip
_NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Landlord:
    """Who sends the letter."""

    name: str
    street: str
    town: str
    """Postcode and town."""
    iban: str = ""
    registration: str = ""
    """Registration mark of a collection service (Wki art. 11); empty for a landlord's own rent."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom: as it stands on the envelope and as the letter speaks to them."""

    name: str
    salutation: Words
    """`meneer Oudshoven`, after "Beste" and "Dear"."""
    street: str
    town: str


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """The person who writes, and whom one can ring."""

    name: str
    role: Words
    phone: str
    hours: Words
    """A sentence: `Ik ben er op maandag en dinsdag, van 9 tot 5.`"""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line of what is open: a claim (positive cents) or a payment on it (negative cents)."""

    what: Words
    cents: int


@dataclass(frozen=True, slots=True)
class Help:
    """Help with money from somebody else: the municipality and its desk."""

    municipality: str
    desk: str
    phone: str


@dataclass(frozen=True, slots=True)
class Costs:
    """Collection costs, worked out elsewhere (BW 6:96 and its decree); cents."""

    cents: int
    """The fee that will be owed, VAT included when that may be charged."""
    vat: int = 0
    """The part of it that is VAT."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where we come or meet."""

    day: date
    time: Words
    """`tussen 13.00 en 15.00 uur`"""
    place: Words
    """`bij u thuis`"""


@dataclass(frozen=True, slots=True)
class LetterData:
    """Everything a letter can be filled in with; what its text does not name may be left out."""

    landlord: Landlord
    contact: ContactPerson
    day: date
    """The day of the letter."""
    addressee: Addressee | None = None
    reference: str = ""
    """Our case number."""
    lines: tuple[OpenLine, ...] = ()
    total: int | None = None
    """What is open in all, without collection costs; must be the sum of `lines`."""
    payment_reference: str = ""
    costs: Costs | None = None
    delivered_on: date | None = None
    """The day on which we expect the letter in the letter box."""
    pay_by: date | None = None
    """The last day on which paying the total is in time."""
    help: Help | None = None
    react_until: date | None = None
    """The last day to say no to passing data on."""
    pass_on_from: date | None = None
    """The first day on which data can be passed on; later than `react_until`."""
    own_page: str = ""
    """The personal link to the tenant's own page; only in a message, where it is not kept."""
    object_at: str = ""
    """Where one can say no on the internet: `delinde.example/nee`."""
    object_code: str = ""
    """The code that goes with this letter there."""
    court_from: date | None = None
    """The first day on which the landlord can go to court."""
    appointment: Appointment | None = None
    visited_on: date | None = None
    visited_at: Words | None = None
    spoken_on: date | None = None
    """The last talk, if there was one."""
    tried_on: tuple[date, ...] = ()
    """Days on which we tried to talk; used when there was no talk."""
    payment_code_svg: str = ""
    """A QR code to pay with, as SVG; there is room for it beside the amounts."""


def long_day(day: date, *, year: bool = False) -> Words:
    """`donderdag 12 november`, with spaces that do not break inside the date."""
    said, name = day_in_words(day, year=year), _WEEKDAYS[day.weekday()]
    return Words(f"{name.nl} {_tied(said.nl)}", f"{name.en} {_tied(said.en)}")


def _tied(text: str) -> str:
    return text.replace(" ", _NBSP)


def _amount(cents: int | None) -> Words | None:
    return None if cents is None else euros(cents)


def _long(day: date | None) -> Words | None:
    return None if day is None else long_day(day)


def _same(text: str, *, tied: bool = False) -> Words | None:
    said = _tied(text) if tied else text
    return Words(said, said) if said else None


def _with_costs(data: LetterData) -> Words | None:
    return None if data.total is None or data.costs is None else euros(data.total + data.costs.cents)


def _vat(data: LetterData) -> Words | None:
    """The sentence without which VAT may not be charged (fee decree, BWBR0031432, art. 2)."""
    if data.costs is None:
        return None
    if not data.costs.vat:
        return Words("Daar komt geen btw bij.", "No VAT is added.")
    vat = euros(data.costs.vat)
    return Words(
        f"Daarvan is {vat.nl} btw. Die btw krijgen wij niet terug.",
        f"Of this, {vat.en} is VAT. We do not get that VAT back.",
    )


def _earlier(data: LetterData) -> Words | None:
    """The talk or the tries that come before a letter, in a sentence."""
    if data.spoken_on is not None:
        day = day_in_words(data.spoken_on)
        return Words(f"Op {_tied(day.nl)} spraken wij elkaar.", f"On {_tied(day.en)} we spoke.")
    if not data.tried_on:
        return None
    days = _listed(sorted(set(data.tried_on)))
    return Words(
        f"Wij wilden u graag spreken, op {days.nl}. Dat lukte niet.",
        f"We hoped to speak to you on {days.en}. We did not find you.",
    )


def _listed(days: Sequence[date]) -> Words:
    """`6, 8 en 12 oktober`, `30 september en 2 oktober`: the month once when it is the same."""
    one_month = len({(day.year, day.month) for day in days}) == 1
    said = [day_in_words(day) for day in days]
    nl = [str(day.day) for day in days[:-1]] if one_month else [_tied(words.nl) for words in said[:-1]]
    en = [str(day.day) for day in days[:-1]] if one_month else [_tied(words.en) for words in said[:-1]]
    last = Words(_tied(said[-1].nl), _tied(said[-1].en))
    if not nl:
        return last
    return Words(f"{', '.join(nl)} en {last.nl}", f"{', '.join(en)} and {last.en}")


@dataclass(frozen=True, slots=True)
class Field:
    """Something a text may name between braces."""

    words: Words
    """What it is, for whoever writes texts."""
    value: Callable[[LetterData], Words | None]
    """How it reads; None when the data do not hold it."""
    debt: bool = False
    """True when it gives a debt away; never in a message, nor on a card without an envelope."""
    code: bool = False
    """True for something that is copied sign by sign: zeros get a bar."""


FIELDS: Mapping[str, Field] = {
    "landlord": Field(Words("Naam van de verhuurder", "Name of the landlord"), lambda d: _same(d.landlord.name)),
    "salutation": Field(
        Words("Aanhef, na Beste", "How we address them, after Dear"),
        lambda d: d.addressee.salutation if d.addressee else None,
    ),
    "address": Field(
        Words("Straat en huisnummer van de huurder", "Street and number of the tenant"),
        lambda d: _same(d.addressee.street) if d.addressee else None,
    ),
    "reference": Field(Words("Nummer van de zaak", "Case number"), lambda d: _same(d.reference, tied=True), code=True),
    "contact_name": Field(Words("Naam van de collega", "Name of the colleague"), lambda d: _same(d.contact.name)),
    "contact_role": Field(Words("Functie van de collega", "Role of the colleague"), lambda d: d.contact.role),
    "contact_phone": Field(
        Words("Telefoonnummer van de collega", "Phone number of the colleague"),
        lambda d: _same(d.contact.phone, tied=True),
    ),
    "contact_hours": Field(Words("Wanneer de collega er is, een zin", "When the colleague is in, a sentence"),
                           lambda d: d.contact.hours),
    "letter_day": Field(Words("Datum van de brief", "Date of the letter"), lambda d: _long(d.day)),
    "earlier": Field(Words("Het gesprek of de pogingen, een zin", "The talk or the tries, a sentence"), _earlier),
    "total": Field(Words("Alles wat open staat", "All that is open"), lambda d: _amount(d.total), debt=True),
    "costs": Field(
        Words("Incassokosten", "Collection costs"), lambda d: _amount(d.costs.cents if d.costs else None), debt=True
    ),
    "vat_sentence": Field(Words("De zin over btw", "The sentence about VAT"), _vat, debt=True),
    "total_with_costs": Field(Words("Alles met de kosten", "All with the costs"), _with_costs, debt=True),
    "delivered_on": Field(Words("Dag van bezorgen", "Day of delivery"), lambda d: _long(d.delivered_on)),
    "pay_by": Field(Words("Laatste dag om te betalen", "Last day to pay"), lambda d: _long(d.pay_by), debt=True),
    "municipality": Field(
        Words("Gemeente", "Municipality"), lambda d: _same(d.help.municipality) if d.help else None
    ),
    "help_desk": Field(Words("Loket voor hulp", "Help desk"), lambda d: _same(d.help.desk) if d.help else None),
    "help_phone": Field(
        Words("Telefoonnummer van het loket", "Phone number of the desk"),
        lambda d: _same(d.help.phone, tied=True) if d.help else None,
    ),
    "react_until": Field(Words("Laatste dag om nee te zeggen", "Last day to say no"), lambda d: _long(d.react_until)),
    "pass_on_from": Field(
        Words("Eerste dag van doorgeven", "First day of passing on"), lambda d: _long(d.pass_on_from), debt=True
    ),
    "own_page": Field(Words("Link naar de eigen pagina, in een bericht", "Link to the own page, in a message"),
                      lambda d: _same(d.own_page)),
    "object_at": Field(Words("Waar je nee zegt op internet", "Where to say no on the internet"),
                       lambda d: _same(d.object_at)),
    "object_code": Field(Words("De code van deze brief daar", "The code of this letter there"),
                         lambda d: _same(d.object_code), code=True),
    "court_from": Field(
        Words("Eerste dag van naar de rechter gaan", "First day of going to court"),
        lambda d: _long(d.court_from), debt=True,
    ),
    "appointment_day": Field(
        Words("Dag van de afspraak", "Day of the appointment"),
        lambda d: _long(d.appointment.day if d.appointment else None)
    ),
    "appointment_time": Field(
        Words("Tijd van de afspraak", "Time of the appointment"),
        lambda d: d.appointment.time if d.appointment else None
    ),
    "appointment_place": Field(
        Words("Plaats van de afspraak", "Place of the appointment"),
        lambda d: d.appointment.place if d.appointment else None
    ),
}  # fmt: skip
"""Every field a text may use. A name that is not here is a mistake in the text."""
