"""What is known of a household: facts of the landlord, answers of the tenant, and what nobody said yet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Scheme(StrEnum):
    """What the check looks at. The values are the Dutch names, as files and forms write them."""

    HOUSING = "huurtoeslag"
    CARE = "zorgtoeslag"
    CHILD_BUDGET = "kindgebonden_budget"
    CHILDCARE = "kinderopvangtoeslag"
    ASSISTANCE = "bijstand"
    PENSION_SUPPLEMENT = "aio"
    INCOME_SUPPLEMENT = "individuele_inkomenstoeslag"
    SPECIAL_ASSISTANCE = "bijzondere_bijstand"
    REMISSION = "kwijtschelding"
    STUDY_SUPPLEMENT = "studietoeslag"
    ENERGY_FUND = "energiefonds"
    PROTECTED_INCOME = "beslagvrije_voet"


class Fact(StrEnum):
    """What an answer may depend on. What the landlord knows is never asked."""

    RENT = "rent"
    RECEIVES = "receives"
    PARTNER = "partner"
    CHILDREN = "children"
    OTHERS = "others"
    BORN = "born"
    INCOME = "income"
    NET_INCOME = "net_income"
    ASSETS = "assets"
    INSURED = "insured"
    CHILDCARE = "childcare"
    LONG_LOW_INCOME = "long_low_income"
    SPECIAL_COSTS = "special_costs"
    STUDY = "study"
    SEIZURE = "seizure"
    AFTER_SEIZURE = "after_seizure"
    ENERGY_BILL = "energy_bill"


class Span(NamedTuple):
    """An amount in cents that is known to lie from `low` up to and including `high`; exact when they are equal."""

    low: int
    high: int


def exactly(cents: int) -> Span:
    """An amount that is known to the cent."""
    return Span(cents, cents)


class Insured(StrEnum):
    """Who has Dutch health insurance."""

    ALL = "all"
    TENANT = "tenant"
    NOBODY = "nobody"


class Earning(StrEnum):
    """Where a net income comes from; it decides how much tax was taken off, and so the yearly income."""

    WORK = "work"
    BENEFIT = "benefit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoResident:
    """An adult who lives there and is not the partner. Adult children are co-residents too."""

    born: date | None = None
    income: Span | None = None
    """Yearly income as the tax office sees it (toetsingsinkomen), cents."""
    child: bool = False
    """Child or foster child of the tenant or the partner."""
    student: bool = False
    """Studies, in a way that takes him out of the cost sharers (Participatiewet art. 19a)."""
    commercial: bool = False
    """Rents a room by written contract at a normal price, and is no relative in the first or second degree."""
    rich: bool = False
    """Had more than the limit for housing benefit on 1 January."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CareHours:
    """Registered childcare of one child in one month."""

    kind: str
    """`dagopvang`, `bso` or `gastouder`."""
    hours: int
    """Hundredths of an hour."""
    rate: int
    """Cents an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One household; None is "nobody said yet". Money is cents; the person asked is the tenant."""

    rent: int | None = None
    """Bare rent a month. From the landlord."""
    service_costs: int = 0
    """Of the four kinds that once counted (until 2025), a month. From the landlord."""
    size: int | None = None
    """Registered persons, children too and subtenants not. From the landlord, if it knows."""
    independent_home: bool = True
    """A home with a front door, kitchen and toilet of its own."""
    adapted_home: bool = False
    """Adapted for a handicap."""
    municipality: str = ""
    receives: frozenset[Scheme] | None = None
    """What the household gets already."""
    partner: bool | None = None
    """There is a benefit partner (Awir art. 3) at this address."""
    born: date | None = None
    partner_born: date | None = None
    children: tuple[date, ...] | None = None
    """Birthdays of the children under 18 for whom child benefit is or could be paid."""
    others: tuple[CoResident, ...] | None = None
    income: Span | None = None
    """Yearly income (toetsingsinkomen) of the tenant and the partner together."""
    net_income: Span | None = None
    """Monthly net income of the tenant and the partner together, holiday allowance included."""
    earning: Earning | None = None
    """What all of the net income comes from; None for a pension, for a mixture, or when nobody said."""
    assets: Span | None = None
    """Of the tenant and the partner together, on 1 January of the year."""
    insured: Insured | None = None
    childcare: bool | None = None
    """A child goes to registered care, while all parents work or study."""
    care_hours: tuple[CareHours, ...] = ()
    long_low_income: bool | None = None
    """The income has been low for so many years as the municipality wants, and will not rise soon."""
    special_costs: bool | None = None
    """There are necessary costs that the household cannot pay."""
    study: bool | None = None
    """Studies with student finance and cannot earn beside it, by illness or disability."""
    seizure: bool | None = None
    """A part of the income is seized."""
    after_seizure: int | None = None
    """Monthly net income that is left, holiday allowance included."""
    energy_bill: int | None = None
    """Energy, a month."""
