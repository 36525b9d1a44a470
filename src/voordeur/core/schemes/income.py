"""From "about so much net a month" to a range of yearly income as the tax office sees it, and back.

Nobody at a kitchen table knows a toetsingsinkomen. The lowest yearly income with a net amount is that of
somebody who works (labour credit; of a couple, both half), the highest that of one person without work. Who says
that all of it is from work, or all from a benefit, narrows that. What comes out is a range on purpose: it is carried
through to the amounts.
"""

from voordeur.core.schemes.household import Earning, Span
from voordeur.core.schemes.rounding import EURO, PERCENT
from voordeur.core.schemes.rules import DayRules, TaxRules

_MOST = 1_000_000
"""Yearly euros up to which is searched."""


def about_net(monthly: int, rules: DayRules) -> Span:
    """About so many cents net a month without holiday allowance, as a span with the allowance."""
    about, holiday = rules.general.about, rules.general.holiday_share
    return Span(max(0, monthly - about), (monthly + about) * (PERCENT + holiday) // PERCENT)


def yearly_from_net(net: Span, couple: bool, tax: TaxRules, earning: Earning | None = None) -> Span:
    """Yearly income (cents) that can go with a monthly net income (cents, with holiday allowance)."""
    persons = 2 if couple else 1
    low = persons * _gross(net.low * 12 // persons, tax, works=earning is not Earning.BENEFIT)
    high = _gross(net.high * 12, tax, works=earning is Earning.WORK)
    least = min(low, net.low * 12) if earning is None else low
    return Span(least, max(high, net.high * 12))


def net_from_yearly(yearly: Span, couple: bool, tax: TaxRules) -> Span:
    """Monthly net income (cents, with holiday allowance) that can go with a yearly income (cents)."""
    persons = 2 if couple else 1
    high = persons * net_of(yearly.high // persons, tax, works=True)
    return Span(net_of(yearly.low, tax, works=False) // 12, high // 12)


def net_of(gross: int, tax: TaxRules, *, works: bool) -> int:
    """Yearly net income in cents of one person below pension age with this taxable income in cents."""
    due, start = 0, 0
    for band in tax.brackets:
        end = gross if band.upto is None else min(gross, band.upto)
        due += max(0, end - start) * band.rate // PERCENT
        start = max(start, end)
    credit = max(0, tax.credit - max(0, gross - tax.credit_from) * tax.credit_rate // PERCENT)
    if works:
        band_of = next((one for one in reversed(tax.labour) if gross > one.start), tax.labour[0])
        credit += max(0, band_of.base + (gross - band_of.start) * band_of.rate // PERCENT)
    return gross - max(0, due - credit)


def _gross(net: int, tax: TaxRules, *, works: bool) -> int:
    """The least taxable yearly income, in whole euros (as cents), that leaves this net amount."""
    low, high = 0, _MOST
    while low < high:
        middle = (low + high) // 2
        if net_of(middle * EURO, tax, works=works) >= net:
            high = middle
        else:
            low = middle + 1
    return low * EURO
