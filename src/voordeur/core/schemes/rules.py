"""The rules of the schemes as values: one dataclass per scheme and period, filled from the dated files in `rules/`.

Every field names the table of the file it stands in, and how it is written there: `euros` are cents here,
`percent` are thousandths of a percent, `decimal` are units of 10 to the power -15. A table has one source
and one trust mark, kept in `sources`. There are no defaults: nothing is decided by a number nobody can see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.trace import Cited
from voordeur.core.words import Words, day_in_words

DECIMALS = 10**15


def euros(table: str, *, optional: bool = False) -> Any:
    """A field in cents, written as euros."""
    return field(metadata={"table": table, "unit": "euros", "optional": optional})


def percent(table: str, *, optional: bool = False) -> Any:
    """A field in thousandths of a percent, written as a percentage."""
    return field(metadata={"table": table, "unit": "percent", "optional": optional})


def number(table: str, *, optional: bool = False) -> Any:
    """A field that is a whole number."""
    return field(metadata={"table": table, "unit": "number", "optional": optional})


def flag(table: str) -> Any:
    """A field that is true or false."""
    return field(metadata={"table": table, "unit": "flag", "optional": False})


_WINDOW = {"table": "window", "unit": "day", "optional": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Rules hold from `start` up to and including `end`."""

    start: date
    end: date
    provisional: bool
    """Announced or expected, not fixed."""
    sources: Mapping[str, Cited]

    def cited(self, table: str) -> Cited:
        """Source and trust mark of a table of the file."""
        return self.sources[table]


@dataclass(frozen=True, slots=True, kw_only=True)
class PensionBand:
    """Who is born on this day or later reaches pension age after so many months."""

    born: date
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralRules(Dated):
    """What all allowances share (Awir), and the pension age."""

    least_year: int = euros("granting")
    apply_years: int = number("application")
    """An allowance can be asked for until the end of so many years after its own year."""
    child_age: int = number("child_income")
    """A child at home younger than this on 1 January has an exemption for its own income."""
    about: int = euros("estimate")
    """An amount that is said to be "about" may be so much lower or higher, a month."""
    holiday_share: int = percent("holiday")
    """Holiday allowance that comes at most on top of a monthly amount."""
    pension: tuple[PensionBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeEffect:
    """What income does to housing benefit, for one type of household."""

    name: str
    point: int
    """Up to this yearly income nothing is taken off."""
    basic_rent: int
    """What everybody pays himself (basishuur), before a task amount is added."""
    square: int
    linear: int
    """The standard rent above the point is square x Y^2 + linear x Y (until 2025), Y in euros a year."""
    rate: int
    """Of the yearly income above the point this rate is taken off (from 2026)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingRules(Dated):
    """Housing benefit (Wet op de huurtoeslag) of one year."""

    maximum: int = euros("rent")
    youth_maximum: int = euros("rent")
    quality_limit: int = euros("rent")
    cap_small: int = euros("rent")
    cap_large: int = euros("rent")
    over_maximum: bool = flag("over_maximum")
    """Above the maximum the right stays; the part above it gives nothing."""
    share_quality: int = percent("shares")
    share_cap: int = percent("shares")
    cap_for_all: bool = flag("cap")
    """The part above the cap counts for everybody, not only for some."""
    task: int = euros("task")
    """Added to the standard rent; negative lowers what people pay themselves."""
    service_maximum: int = euros("service")
    youth_age: int = number("youth")
    assets: int = euros("assets")
    """Of each resident, and twice for partners together."""
    child_exemption: int | None = euros("child_income", optional=True)
    effects: Mapping[str, IncomeEffect]
    lowest_basic_rent: int
    """Up to this rent nobody gets anything: the least of the effects, with the task amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRules(Dated):
    """Care allowance (Wet op de zorgtoeslag) of one year."""

    premium: int = euros("premium")
    threshold: int = euros("threshold")
    share_single: int = percent("shares")
    share_couple: int = percent("shares")
    taper: int = percent("shares")
    assets_single: int = euros("assets")
    assets_couple: int = euros("assets")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildBudgetRules(Dated):
    """Child budget (Wet op het kindgebonden budget) of one year."""

    first_child: int = euros("amounts")
    next_child: int = euros("amounts")
    from_twelve: int = euros("amounts")
    from_sixteen: int = euros("amounts")
    single_parent: int = euros("amounts")
    threshold: int = euros("threshold")
    partner_step: int = euros("partner_step")
    taper: int = percent("taper")
    assets_single: int | None = euros("assets", optional=True)
    assets_couple: int | None = euros("assets", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareBand:
    """Up to and including this yearly income: the share paid for the first child and for each next one."""

    upto: int
    first: int
    following: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildcareRules(Dated):
    """Childcare allowance (Wet kinderopvang) of one year. Only to point the way, not to promise an amount."""

    dagopvang: int = euros("rates")
    bso: int = euros("rates")
    gastouder: int = euros("rates")
    hours: int = number("hours")
    bands: tuple[CareBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceRules(Dated):
    """Social assistance (Participatiewet) of one half year; norms a month with holiday allowance."""

    single: int = euros("norms")
    couple: int = euros("norms")
    pension_single: int | None = euros("pension", optional=True)
    pension_couple: int | None = euros("pension", optional=True)
    pension_mixed: int | None = euros("pension", optional=True)
    youth_single: int | None = euros("youth", optional=True)
    youth_couple: int | None = euros("youth", optional=True)
    youth_mixed: int | None = euros("youth", optional=True)
    youth_mixed_child: int | None = euros("youth", optional=True)
    youth_couple_child: int | None = euros("youth", optional=True)
    institution_single: int | None = euros("institution", optional=True)
    institution_couple: int | None = euros("institution", optional=True)
    institution_plus_single: int | None = euros("institution", optional=True)
    institution_plus_couple: int | None = euros("institution", optional=True)
    share_fixed: int = percent("cost_sharing")
    share_each: int = percent("cost_sharing")
    sharer_age: int = number("cost_sharing")
    holiday_share: int = percent("holiday")
    assets_single: int | None = euros("assets", optional=True)
    assets_family: int | None = euros("assets", optional=True)
    home_equity: int | None = euros("assets", optional=True)
    pension_exemption_single: int | None = euros("private_pension", optional=True)
    pension_exemption_couple: int | None = euros("private_pension", optional=True)
    special_costs_least: int | None = euros("special_costs", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemissionRules(Dated):
    """Remission of municipal and water-board taxes (Uitvoeringsregeling Invorderingswet 1990)."""

    norm_share: int = percent("norm")
    capacity_share: int = percent("capacity")
    car: int = euros("assets")
    basic_rent: int | None = euros("housing", optional=True)
    rent_maximum: int | None = euros("housing", optional=True)
    worth_asking: int = euros("screening")
    """Above this yearly capacity no ordinary tax bill of a tenant is left to remit."""
    full_single: int | None = euros("municipal_norms", optional=True)
    full_couple: int | None = euros("municipal_norms", optional=True)
    full_pension_single: int | None = euros("municipal_norms", optional=True)
    full_pension_couple: int | None = euros("municipal_norms", optional=True)
    full_pension_mixed: int | None = euros("municipal_norms", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyRules(Dated):
    """An energy fund: it only counts on the days between `opens` and `closes`, which are settings."""

    income_single: int = euros("income")
    income_couple: int = euros("income")
    quota_low: int | None = percent("quota", optional=True)
    quota_high: int | None = percent("quota", optional=True)
    opens: date | None = field(metadata=_WINDOW)
    closes: date | None = field(metadata=_WINDOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureRules(Dated):
    """The protected income under a seizure (Rv art. 475d-475e) of one half year."""

    maximum_single: int = euros("maximum")
    maximum_single_parent: int = euros("maximum")
    maximum_couple: int = euros("maximum")
    maximum_family: int = euros("maximum")
    norm_share: int = percent("formula")
    income_share: int = percent("income")
    threshold: int = euros("formula")
    correction_single: int = euros("correction")
    correction_others: int = euros("correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRules(Dated):
    """The study supplement (Participatiewet art. 36b)."""

    least_age: int = number("who")
    most_age: int = number("who")
    month: int | None = euros("amount", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxBand:
    """Income tax and premiums in one bracket, up to and including this yearly income; None is without end."""

    upto: int | None
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditBand:
    """Labour credit: from this yearly income on, an amount plus a rate of what lies above `start`."""

    start: int
    base: int
    rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRules(Dated):
    """Income tax of one year, only to go from "about so much net a month" to a range of yearly income."""

    credit: int = euros("general_credit")
    credit_from: int = euros("general_credit")
    credit_rate: int = percent("general_credit")
    brackets: tuple[TaxBand, ...]
    labour: tuple[CreditBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalRules(Dated):
    """What one municipality decides itself. What is not filled in is asked of the municipality."""

    municipality: str
    supplement_single: int | None = euros("income_supplement", optional=True)
    supplement_single_parent: int | None = euros("income_supplement", optional=True)
    supplement_couple: int | None = euros("income_supplement", optional=True)
    supplement_share: int | None = percent("income_supplement", optional=True)
    supplement_months: int | None = number("income_supplement", optional=True)
    special_share: int | None = percent("special_assistance", optional=True)
    remission_share: int | None = percent("remission", optional=True)
    yearly_taxes: int | None = euros("remission", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRules:
    """All rules of one day; None where the program has no data for that day."""

    on: date
    general: GeneralRules
    housing: HousingRules | None
    care: CareRules | None
    child_budget: ChildBudgetRules | None
    childcare: ChildcareRules | None
    assistance: AssistanceRules | None
    remission: RemissionRules | None
    energy: EnergyRules | None
    seizure: SeizureRules | None
    study: StudyRules | None
    tax: TaxRules | None
    municipal: MunicipalRules | None


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every period of every scheme that the program knows, by the name of its folder in `rules/schemes/`."""

    periods: Mapping[str, tuple[Dated, ...]]

    def on(self, on: date, municipality: str = "") -> DayRules:
        """The rules of one day. Raises Refused for a day about which nothing is known."""
        found: dict[str, Any] = {name: _on(periods, on) for name, periods in self.periods.items()}
        found["municipal"] = _municipal(self.periods.get("municipal", ()), on, municipality)
        found = {name: found.get(name) for name in _PARTS}
        if found["general"] is None or not any(found[name] for name in ("housing", "care", "child_budget")):
            raise Refused(no_data(on))
        return DayRules(on=on, **found)


_PARTS = (
    "general", "housing", "care", "child_budget", "childcare", "assistance", "remission", "energy", "seizure",
    "study", "tax", "municipal",
)  # fmt: skip


def _on(periods: tuple[Dated, ...], on: date) -> Dated | None:
    return next((one for one in periods if one.start <= on <= one.end), None)


def _municipal(periods: tuple[Dated, ...], on: date, name: str) -> Dated | None:
    wanted = name.casefold()
    own = (
        one for one in periods if isinstance(one, MunicipalRules) and one.municipality.casefold() == wanted
    )
    return _on(tuple(own), on)


def no_data(on: date) -> Problem:
    """The refusal of a day for which there is no rules file."""
    said = day_in_words(on, year=True)
    return Problem(
        "no-rules-for-day",
        Words(f"Van {said.nl} kennen we de bedragen niet.", f"We do not know the amounts of {said.en}."),
        Words("Kies een andere dag, of voeg het bestand met de bedragen van dat jaar toe.",
              "Choose another day, or add the file with the amounts of that year."),
        value=on.isoformat(),
    )  # fmt: skip
