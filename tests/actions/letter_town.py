"""A household in arrears that was visited, a landlord with a letter head: where letters are tried."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions.edit_text import keep_head
from voordeur.actions.follow import follow
from voordeur.actions.record_contact import Said, record_contact
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.store.models import Case, Entry, Home, Tenancy

HEAD = {
    "name": "Woonstichting De Linde", "street": "Marktplein 2", "town": "0419 LW Lindewaard",
    "iban": "NL30 LIND 0417 2026 10", "registration": "", "phone": "06 00 04 17 31",
    "hours_nl": "Ik ben er van maandag tot en met donderdag, van 9 tot 5.",
    "hours_en": "I am in from Monday to Thursday, from 9 to 5.",
    "municipality": "Lindewaard", "help_desk": "Geldloket", "help_phone": "0419 00 20 20",
    "object_at": "delinde.example/nee",
}  # fmt: skip


@dataclass(frozen=True)
class LetterTown:
    """What the tests name."""

    town: SmallTown
    household: int
    """Missed September, October and November, and was visited."""
    other: int
    """In arrears too, and nobody has been there."""


def letter_town() -> LetterTown:
    """Build it in the test database."""
    town = small_town()
    Home.objects.update(postcode="0417 MK", town="Lindewaard")
    keep_head(town.administrator, **HEAD)
    for tenancy in (town.veldhuizer, town.oudshoven):
        rent = tenancy.rent or 0
        rent_paid_until(tenancy, 20, date(2026, 8, 1), rent)
        for month in (9, 10, 11):
            entry(tenancy, date(2026, month, 1), Entry.Kind.CHARGE, rent)
    follow(Tenancy.objects.values_list("pk", flat=True), TODAY)
    visit(town, town.veldhuizer.pk, TODAY, DayPart.MORNING)
    visit(town, town.veldhuizer.pk, TODAY, DayPart.EVENING, reached=True)
    return LetterTown(town, town.veldhuizer.pk, town.oudshoven.pk)


def visit(town: SmallTown, household: int, day: date, part: DayPart, *, reached: bool = False) -> None:
    """Somebody stands at the door."""
    outcome = ContactOutcome.SPOKEN if reached else ContactOutcome.NO_ANSWER
    said = Said(uuid4(), day, Channel.VISIT, outcome, part, reached=reached)
    record_contact(town.consultant, household, said, day)


def the_case(household: int) -> Case:
    """The open case."""
    return Case.objects.get(tenancy=household, closed_on=None)


def later(days: int) -> date:
    """So many days after today."""
    return TODAY + timedelta(days=days)
