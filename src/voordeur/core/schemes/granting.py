"""From an exact year amount to what is paid a month: the same last steps for every allowance (Awir art. 14)."""

from fractions import Fraction

from voordeur.core.money import euros
from voordeur.core.schemes.rounding import EURO
from voordeur.core.schemes.rules import GeneralRules
from voordeur.core.schemes.trace import Operation, Step
from voordeur.core.words import Words


def granting(general: GeneralRules) -> tuple[Step, ...]:
    """Year to the nearest euro, nothing below the least, a twelfth, down to whole euros a month."""
    least = euros(general.least_year)
    year, month = general.cited("granting"), general.cited("month")
    return (
        Step(Operation.ROUND_HALF_UP, Fraction(EURO),
             Words("Het jaarbedrag wordt afgerond op hele euro's.", "The year amount is rounded to whole euros."),
             year),
        Step(Operation.CLEAR_BELOW, Fraction(general.least_year),
             Words(f"Minder dan {least.nl} per jaar wordt niet uitbetaald.",
                   f"Less than {least.en} a year is not paid."), year),
        Step(Operation.DIVIDE, Fraction(12), Words("Een twaalfde deel per maand.", "A twelfth a month."), month),
        Step(Operation.ROUND_DOWN, Fraction(EURO),
             Words("Naar beneden op hele euro's per maand.", "Down to whole euros a month."), month),
    )  # fmt: skip


def monthly_granting(general: GeneralRules) -> tuple[Step, ...]:
    """The same for an amount that the law gives a month: nothing when the rounded year is below the least."""
    least = euros(general.least_year)
    return (
        Step(Operation.AT_LEAST, Fraction(0), Words("Niet minder dan niets.", "Not less than nothing."),
             general.cited("granting")),
        Step(Operation.CLEAR_BELOW, Fraction(general.least_year - EURO // 2, 12),
             Words(f"Minder dan {least.nl} per jaar wordt niet uitbetaald.",
                   f"Less than {least.en} a year is not paid."), general.cited("granting")),
        Step(Operation.ROUND_DOWN, Fraction(EURO),
             Words("Naar beneden op hele euro's per maand.", "Down to whole euros a month."),
             general.cited("month")),
    )  # fmt: skip
