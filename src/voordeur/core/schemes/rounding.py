"""Exact rounding on whole numbers: which way, and to what, is named by whoever calls."""

EURO = 100
"""Cents in a euro."""
PERCENT = 100_000
"""Rates are whole thousandths of a percent: 13.730% is 13,730 and 100% is 100,000."""


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` to the nearest whole number, a half upwards (Awir art. 14 lid 4)."""
    return (2 * numerator + denominator) // (2 * denominator)


def rounded_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` to the next whole number (Wet op de huurtoeslag art. 19 lid 3)."""
    return -(-numerator // denominator)


def month_of_year(year: int) -> int:
    """Cents a month of a year amount: a twelfth, down to whole euros, as Dienst Toeslagen publishes it."""
    return year // (12 * EURO) * EURO
