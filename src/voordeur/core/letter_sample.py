"""Made-up data for a letter: what a preview shows, and on which the readability of a text is measured.

The people, places and numbers do not exist: the landlord of the made-up town, a phone number that is not in use.
"""

from datetime import date, timedelta

from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_data import (
    Addressee,
    Appointment,
    ContactPerson,
    Costs,
    Help,
    Landlord,
    LetterData,
    OpenLine,
)
from voordeur.core.words import Words

_DAY = date(2026, 10, 27)


def sample(kind: LetterKind) -> LetterData:
    """Made-up data that hold every field, with amounts and days that fit each other."""
    lines: tuple[OpenLine, ...] = (
        OpenLine(Words("Huur van september", "Rent for September"), 61840),
        OpenLine(Words("Huur van oktober", "Rent for October"), 61840),
        OpenLine(Words("U betaalde op 14 oktober", "You paid on 14 October"), -30000),
    )
    lines = lines[1:] if kind is LetterKind.REMINDER else lines
    delivered = _DAY + timedelta(days=2)
    return LetterData(
        landlord=Landlord("Woonstichting De Linde", "Marktplein 2", "0419 LW Lindewaard", "NL30 LIND 0417 2026 10"),
        contact=ContactPerson(
            "Marit Hoogland",
            Words("wijkbeheerder", "neighbourhood manager"),
            "06 00 04 17 31",
            Words("Ik ben er van maandag tot en met donderdag, van 9 tot 5.",
                  "I am in from Monday to Thursday, from 9 to 5."),
        ),
        day=_DAY,
        addressee=Addressee(
            "De heer R. Oudshoven", Words("meneer Oudshoven", "Mr Oudshoven"), "Wilgenhof 31", "0417 MK Lindewaard"
        ),
        reference="2026-0417",
        lines=lines,
        total=sum(line.cents for line in lines),
        payment_reference="7002 0260 4170 0118",
        costs=Costs(14052),
        delivered_on=delivered,
        pay_by=delivered + timedelta(days=14),
        help=Help("Lindewaard", "Geldloket", "0419 00 20 20"),
        react_until=date(2026, 11, 12),
        pass_on_from=date(2026, 11, 13),
        own_page="https://mijn.delinde.example/mijn/#7qk49m2xj0d8rt5wvh3np6bcefga",
        object_at="delinde.example/nee",
        object_code="7QK4",
        court_from=date(2026, 12, 1),
        appointment=Appointment(
            date(2026, 11, 3),
            Words("tussen 13.00 en 15.00 uur", "between 1 and 3 pm"),
            Words("bij u thuis, Wilgenhof 31", "at your home, Wilgenhof 31"),
        ),
        visited_on=date(2026, 10, 12),
        visited_at=Words("10.20 uur", "10:20"),
        spoken_on=date(2026, 10, 20) if kind is LetterKind.REMINDER else None,
        tried_on=(date(2026, 10, 6), date(2026, 10, 8), date(2026, 10, 12)),
    )  # fmt: skip
