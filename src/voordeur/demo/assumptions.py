"""Every number the town is made with, in one place, with where it comes from and how far it can be trusted.

The town is calibrated to published portfolio figures, never to what Voordeur itself makes of it: no number here may be
chosen because a work list scores better with it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Trust(StrEnum):
    """How far a figure can be trusted."""

    VERIFIED = "verified"
    """Seen in the source named."""
    DERIVED = "derived"
    """Arithmetic on verified figures."""
    ASSUMED = "assumed"
    """A plausible guess; no source was found. Change it and see what follows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its source."""

    value: float
    trust: Trust
    source: str


def _assumed(value: float, why: str) -> Figure:
    return Figure(value, Trust.ASSUMED, why)


HOMES = 6_350
"""Homes of Casade in Waalwijk, 2016 (casade.nl, performance agreement, 13-12-2016)."""
YEARS = 7

# --- rent -----------------------------------------------------------------------------------------------------------
RENT_MEAN = Figure(
    640, Trust.DERIVED, "582 euro at the end of 2023 (Aedes), raised since; month rent of mid 2026"
)
RENT_CAP = Figure(
    932.93, Trust.VERIFIED, "limit of social rent 2026, volkshuisvestingnederland.nl 25-11-2025"
)
RENT_FLOOR = _assumed(360, "lower rents hardly occur any more")
RENT_SIGMA = _assumed(0.21, "spread of the lognormal before the cut")
RENT_BASE_YEAR = 2026
RENT_RISES = {
    2019: _assumed(0.020, "about inflation plus a little"),
    2020: _assumed(0.027, "about inflation"),
    2021: _assumed(0.0, "rents of social housing were frozen"),
    2022: _assumed(0.023, "about inflation of the year before"),
    2023: Figure(0.024, Trust.VERIFIED, "Aedes, rise of 1 July 2023 (before the cuts for low incomes)"),
    2024: Figure(0.051, Trust.VERIFIED, "Aedes, rise of 1 July 2024"),
    2025: _assumed(0.045, "no figure found"),
    2026: _assumed(0.041, "no figure found"),
}
"""Mean rise of 1 July per year; a year that is not here gets RENT_RISE_ELSE."""
RENT_RISE_ELSE = _assumed(0.030, "years without a figure")
SERVICE_SHARE = _assumed(0.15, "homes whose service costs are a charge of their own")

# --- households -----------------------------------------------------------------------------------------------------
MUTATION = _assumed(0.07, "share of tenancies that end in a year for ordinary reasons")
TWO_TENANTS = Figure(0.42, Trust.DERIVED, "about half of the households is single (Aedes)")
DEBIT_SHARE = _assumed(0.75, "direct debit; scenario between 0.65 and 0.85, no published figure found")
STANDING_ORDER = _assumed(0.55, "of those who transfer: a standing order, the others by hand each month")
NAMES_MONTH = _assumed(0.30, "of those who pay by hand: writes which month it is for")
TWO_PARTS = _assumed(
    0.03, "of those who pay by hand: a part now, the rest when the allowance of the 20th is in"
)
PER_QUARTER = _assumed(0.012, "of those who transfer: three months at once, ahead")

# --- what goes wrong ------------------------------------------------------------------------------------------------
ARREARS_SHARE = Figure(
    0.06, Trust.DERIVED, "sector 2022: 135,000 tenants in arrears of about 2.25 million (Aedes)"
)
ARREARS_MEAN = (
    Figure(715, Trust.VERIFIED, "Woonbedrijf Eindhoven, sitting tenants, end of 2016"),
    Figure(1_280, Trust.DERIVED, "sector 2022: 173 million euro over 135,000 tenants (Aedes)"),
)
REVERSAL_RATE = (
    _assumed(0.01, "lower end of the share of direct debits that is reversed"),
    _assumed(0.03, "upper end"),
)
SELF_CURE = Figure(
    0.685,
    Trust.VERIFIED,
    "letter arm of a trial with tenants in arrears in New South Wales: paid or agreed a plan within 6 months;"
    " no Dutch figure was found, and the letter itself was no absence of contact",
)
YEARLY_TREND = _assumed(-0.01, "change per year of how often something goes wrong; sector fell until 2022")
JANUARY = _assumed(1.20, "January against other months")
TEMPERAMENTS = ((0.70, 0.45), (0.23, 1.30), (0.07, 5.50))
"""(share of households, how often something goes wrong against the mean): troubles cluster. Assumed."""
NEIGHBOURHOOD_FACTORS = (1.30, 1.15, 1.05, 1.00, 0.90, 0.85, 0.75)
"""How often something goes wrong against the mean, per neighbourhood. Assumed."""


@dataclass(frozen=True, slots=True)
class Odds:
    """Of one cause: chance per household and month that it starts, and the share that cures without anybody's visit."""

    monthly: float
    cures_itself: float


FORGOTTEN_BY_HAND = Odds(0.037, 0.92)
FORGOTTEN_STANDING = Odds(0.0038, 0.92)
FAILED_DEBIT = Odds(0.0093, 0.88)
LATE_BENEFIT = Odds(0.0088, 0.96)
OLD_AMOUNT = Odds(0.07, 0.85)
"""In July only, of those who transfer: keeps paying the rent of before the rise."""
INCOME_DROP = Odds(0.0035, 0.38)
LIFE_EVENT = Odds(0.0018, 0.40)
DISPUTE = Odds(0.0007, 0.45)
DEBT_SPIRAL = Odds(0.0015, 0.03)
"""All odds are assumed; together they give the stock, the inflow and a share of self-cure near the published ones."""

MONTHS_UNTIL_HELP = _assumed(
    4.5, "median months until the landlord of the past got a grip on arrears that stayed"
)
HELP_SIGMA = _assumed(
    0.75, "spread of the lognormal: the tail is what makes the mean so much larger than the median"
)
WAYS_OUT = {"lump": 0.38, "plan": 0.40, "help": 0.08, "left": 0.14}
"""How arrears that stayed ended in the past, without a visit policy. Assumed; 918 running plans on 1,979 tenants in
arrears at Woonbedrijf (end of 2016) say that plans are common."""
WRITE_OFF_MONTHS = (12, 30)
"""Months after departure at which what is left is written off. Assumed."""
