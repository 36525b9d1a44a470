"""Who lives there: made-up people with a way of paying. Names are common first and last names, combined at random.

Nothing about how a household pays depends on its names or its language: whoever finds a difference between groups in
this town has found chance, or a fault in the product.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from voordeur.core.remittance import with_check_digit
from voordeur.demo import assumptions

_FIRST = """
Aad Aaliyah Adam Agnieszka Ahmed Aisha Albert Ali Amina Amira Anja Anna Anneke Anouk Ans Arie Astrid Aylin
Bas Ben Bilal Bram Carla Carlos Chantal Cor Daan Daniel Danielle Dennis Dewi Diana Dirk Ebru Ed Els Emine
Emma Erik Esra Eva Fatima Femke Feven Floor Fred Gerda Gerrit Hamza Hanna Hans Harrie Hassan Hatice Henk
Ibrahim Ilse Ine Ingrid Iris Ivan Jamal Jan Janneke Jasmijn Jayden Jeroen Johan Jolanda Jos Julia Kadir
Karel Karim Karin Kees Kevin Khadija Kim Klaas Lars Latifa Laura Leila Lia Lisa Loes Lotte Lucas Maarten
Mandy Manon Maria Mariam Marja Mark Mehmet Mia Michael Mila Mohamed Mustafa Nadia Naomi Nel Nina Noah Nora
Olga Omar Oscar Patrick Paula Petra Piet Rachid Rahel Ramon Ria Riet Robert Roos Ruud Sabine Salma Sam
Samira Sander Sandra Sarah Selma Semira Sjaak Sofie Stefan Stella Suzan Tamara Tess Theo Thijs Tim Tineke
Tom Truus Wendy Willem Wim Wouter Yara Yasin Yonas Youssef Yvonne Zeynep Zoe
"""
_LAST = """
Aalbers, Abdi, Achterberg, van Aken, el Amrani, Arslan, Baas, Bakker, Barends, van den Berg, Bergsma, Bink,
de Boer, Bos, Bouali, Brands, de Bruin, Bulut, Celik, Claassen, Cornelissen, Daal, van Dam, Dekker, Demir,
Derksen, Dijkman, van Dijk, Dogan, Doorn, Driessen, Duran, Eikelenboom, Elzinga, van Es, Faber, Farah,
Fernandes, Geerts, Gerritsen, Ghebre, Gomes, de Graaf, de Groot, Haan, Haddad, Hagen, Haile, Hendriks,
Hermans, van der Heijden, Hoekstra, Hofman, van der Horst, Huisman, Hussein, Idrissi, Jacobs, Jansen,
Janssen, de Jong, Kaya, Kamara, Karimi, Keizer, Khalil, Kiliç, Klein, Kok, Koning, Kooistra, Kowalska,
Kramer, Kuiper, Lammers, de Lange, Leeuwenburg, Lewandowski, van Loon, Maas, Mahamud, Martens, Meijer,
van der Meer, Mendes, Meyers, Mohan, Molenaar, Mulder, Nijhof, Noor, Nowak, Ok, Oosterhuis, Osman, Özdemir,
Peeters, Petrov, Pieters, van der Ploeg, Polat, Pool, Popescu, Post, Prins, Ramdin, Ramos, Rietveld, Roos,
Sahin, Said, Salih, Schipper, Schouten, Schreuder, Sedney, Silva, Smeets, Smit, Snel, Stam, van der Steen,
Tahiri, Terpstra, Timmer, Tol, Tromp, Uysal, Veldman, Verbeek, Verhoeven, Vermeer, Visser, Vos, de Vries,
van der Wal, Wiersma, Wijnen, Willems, de Wit, Wolters, Yildiz, Yilmaz, Zaal, Zijlstra, Zomer, van Zanten,
Zwart
"""
_FIRST_NAMES = tuple(_FIRST.split())
_LAST_NAMES = tuple(" ".join(_LAST.split()).split(", "))
_LANGUAGES = ("nl",) * 86 + ("en",) * 5 + ("ar", "ar", "pl", "pl", "tr", "tr", "ti", "uk", "es")


class Income(StrEnum):
    """What the household lives on; it sets the day the money comes. Truth, never in the product's data."""

    WAGES = "wages"
    PENSION = "pension"
    WELFARE = "welfare"
    INSURANCE = "insurance"
    """Monthly benefit of UWV."""
    INSURANCE_FOUR_WEEKLY = "insurance_four_weekly"
    SELF_EMPLOYED = "self_employed"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class IncomeFigures:
    """Of one source of income (assumed, unless the pay day says otherwise)."""

    share: float
    debit: float
    """Share that pays by direct debit, before the town's scenario is laid over it."""
    earliest: int
    latest: int
    """Days after the due day (negative: before) on which those who transfer usually pay."""


INCOMES = {
    Income.WAGES: IncomeFigures(0.40, 0.79, -6, 3),  # wages on the 24th up to the 27th
    Income.PENSION: IncomeFigures(0.32, 0.83, -8, -1),  # AOW about the 23rd
    Income.WELFARE: IncomeFigures(0.09, 0.52, 11, 14),  # VERIFIED: Baanbrekers (Waalwijk) pays on the 12th
    Income.INSURANCE: IncomeFigures(0.05, 0.70, -8, -2),
    Income.INSURANCE_FOUR_WEEKLY: IncomeFigures(0.05, 0.60, 0, 1),  # on the first pay day, see `four_weekly`
    Income.SELF_EMPLOYED: IncomeFigures(0.05, 0.62, -3, 8),
    Income.STUDY: IncomeFigures(0.04, 0.66, -7, 0),
}


class Manner(StrEnum):
    """How the rent is paid."""

    DEBIT = "debit"
    STANDING = "standing"
    BY_HAND = "by_hand"
    QUARTER = "quarter"


@dataclass(slots=True)
class Habit:
    """The payment habit of one household. Truth; the product has to learn it from the ledger."""

    income: Income
    manner: Manner
    day: int
    """Days after due, negative when ahead."""
    spread: float
    """Standard deviation of the day, for whoever pays by hand."""
    names_month: bool
    two_parts: bool
    four_weekly: int
    """Day number modulo 28 on which four-weekly money comes; -1 for monthly money."""
    temperament: float
    """How often something goes wrong, against the mean."""
    patience: float
    """How fast this household makes good what it forgot, against the mean: some in days, some in weeks."""


@dataclass(frozen=True, slots=True)
class Person:
    """A tenant. No BSN, no date of birth: the product has no use for them."""

    name: str
    phone: str
    email: str
    language: str


@dataclass(slots=True)
class Tenancy:
    """A tenancy with everybody and everything that belongs to it, except its ledger."""

    key: str
    home: int
    start: date
    end: date | None
    rent: int
    """Cents a month, in its last or present month."""
    tenants: tuple[Person, ...]
    debit: bool
    """Direct debit is in force at present."""
    mandate: str
    reference: str
    """Betalingskenmerk with check digit."""
    ibans: tuple[str, ...]
    """Accounts it pays from; the first is known to the corporation."""
    habit: Habit


def make_habit(rnd: Random, neighbourhood: int) -> Habit:
    """Draw a household's income and habit."""
    income = rnd.choices(list(INCOMES), [figures.share for figures in INCOMES.values()])[0]
    figures = INCOMES[income]
    if rnd.random() < figures.debit:
        manner = Manner.DEBIT
    elif rnd.random() < assumptions.PER_QUARTER.value:
        manner = Manner.QUARTER
    elif rnd.random() < assumptions.STANDING_ORDER.value:
        manner = Manner.STANDING
    else:
        manner = Manner.BY_HAND
    by_hand = manner is Manner.BY_HAND
    shares, factors = zip(*assumptions.TEMPERAMENTS, strict=True)
    return Habit(
        income=income,
        manner=manner,
        day=rnd.randint(figures.earliest, figures.latest),
        spread=rnd.choice((0.6, 1.2, 2.0, 3.5)) if by_hand else 0.0,
        names_month=by_hand and rnd.random() < assumptions.NAMES_MONTH.value,
        two_parts=by_hand and rnd.random() < assumptions.TWO_PARTS.value,
        four_weekly=rnd.randrange(28) if income is Income.INSURANCE_FOUR_WEEKLY else -1,
        temperament=rnd.choices(factors, shares)[0] * assumptions.NEIGHBOURHOOD_FACTORS[neighbourhood],
        patience=rnd.lognormvariate(0.0, 0.45),
    )


def make_tenants(rnd: Random) -> tuple[Person, ...]:
    """One tenant, or two who share a last name or not."""
    language = rnd.choice(_LANGUAGES)
    last = rnd.choice(_LAST_NAMES)
    tenants = [_person(rnd, last, language)]
    if rnd.random() < assumptions.TWO_TENANTS.value:
        second = _person(rnd, last if rnd.random() < 0.35 else rnd.choice(_LAST_NAMES), language)
        if second.name != tenants[0].name:
            tenants.append(second)
    return tuple(tenants)


def _person(rnd: Random, last: str, language: str) -> Person:
    first = rnd.choice(_FIRST_NAMES)
    number = rnd.randrange(1_000_000)
    phone = (
        f"06 00 {number // 10_000:02d} {number // 100 % 100:02d} {number % 100:02d}"
        if rnd.random() < 0.88
        else ""
    )
    email = f"post{number}@lindewaard.example" if rnd.random() < 0.6 else ""
    return Person(f"{first} {last}", phone, email, language)


BANKS = ("DEUR", "STOE", "LIND")
"""Bank codes that no bank has; numbers starting with 06 00 and the ending .example are not given out either."""


def iban(bank: str, account: int) -> str:
    """A Dutch IBAN with right check digits (ISO 13616, mod 97) of a bank that is not there."""
    body = f"{bank}{account:010d}"
    digits = "".join(str(int(char, 36)) for char in f"{body}NL00")
    return f"NL{98 - int(digits) % 97:02d}{body}"


CORPORATION = "Woonstichting De Linde"
CORPORATION_IBAN = iban("LIND", 417_202_610)


def payment_reference(tenancy_number: int) -> str:
    """The betalingskenmerk of a tenancy: sixteen digits, the first is the check digit."""
    return with_check_digit(f"{tenancy_number:09d}417202"[:15].rjust(15, "0"))
