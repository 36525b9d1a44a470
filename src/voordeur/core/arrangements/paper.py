"""The agreement on one page, in plain words: what is agreed, what happens if it does not work out, whom to ring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voordeur.core.arrangements.schedule import end_day, in_words
from voordeur.core.arrangements.values import ArrangementRules, Instalment, Rhythm
from voordeur.core.letter_data import long_day
from voordeur.core.money import euros
from voordeur.core.words import Words


@dataclass(frozen=True, slots=True)
class AgreementData:
    """What the page says. Amounts are cents."""

    day: date
    landlord: str
    address: str
    """Of the landlord: street, postcode and town."""
    iban: str
    tenants: tuple[str, ...]
    home: str
    total: int
    rent: int
    plan: tuple[Instalment, ...]
    rhythm: Rhythm
    reference: str
    """ISO 11649, for the payment code."""
    kenmerk: str
    """The same as a Dutch betalingskenmerk, in fours."""
    contact: str
    phone: str
    hours: Words
    municipality: str
    help_desk: str
    help_phone: str
    direct_debit: bool
    costs_waived: bool


@dataclass(frozen=True, slots=True)
class AgreementSection:
    """A heading with its sentences."""

    heading: Words
    sentences: tuple[Words, ...]


def sections(data: AgreementData, rules: ArrangementRules) -> tuple[AgreementSection, ...]:
    """The text of the page, in order."""
    return (
        AgreementSection(Words("Wat wij afspreken", "What we agree"), _agreed(data)),
        AgreementSection(
            Words("Lukt betalen een keer niet?", "Can you not pay one time?"), _if_not(data, rules)
        ),
        AgreementSection(Words("Hulp van iemand anders", "Help from somebody else"), _help(data)),
    )


def title(data: AgreementData) -> Words:
    """The title of the page."""
    return Words(f"Uw betalingsregeling voor {data.home}", f"Your payment arrangement for {data.home}")


def aloud(plan: tuple[Instalment, ...], rhythm: Rhythm) -> tuple[Words, ...]:
    """What is read aloud at the table before somebody says yes; the page begins with the same."""
    total, last, said = (
        euros(sum(one.amount for one in plan)), long_day(end_day(plan), year=True), in_words(plan)
    )  # fmt: skip
    often = rhythm.words
    return (
        Words(f"U betaalt {total.nl} in delen: {said.nl}, {often.nl}. De laatste dag is {last.nl}.",
              f"You pay {total.en} in parts: {said.en}, {often.en}. The last day is {last.en}."),
        Words("Dit komt naast uw gewone huur. Wat u voor de huur betaalt, telt voor de huur.",
              "This comes on top of your current rent. What you pay for the rent counts for the rent."),
        Words("Lukt het een keer niet? Bel ons liefst voor die dag. Dan zoeken we samen iets dat past.",
              "Can you not pay one time? Ring us, if you can before that day. We will find something together."),
    )  # fmt: skip


def _agreed(data: AgreementData) -> tuple[Words, ...]:
    how = (
        Words("Wij schrijven elke termijn zelf af van uw rekening.",
              "We collect each instalment from your account ourselves.")
        if data.direct_debit
        else Words("U maakt elke termijn zelf over, met het kenmerk hieronder.",
                   "You transfer each instalment yourself, with the reference below.")
    )  # fmt: skip
    found = [
        *aloud(data.plan, data.rhythm)[:2],
        how,
        Words("U mag altijd eerder of meer betalen.", "You may always pay earlier or more."),
    ]  # fmt: skip
    if data.costs_waived:
        found.append(Words("Wij vragen geen incassokosten en geen rente zolang u de regeling nakomt.",
                           "We ask no collection costs and no interest as long as you keep to it."))  # fmt: skip
    return tuple(found)


def _if_not(data: AgreementData, rules: ArrangementRules) -> tuple[Words, ...]:
    who, times = data.contact or data.landlord, rules.breach_misses
    return (
        Words(f"Bel {who} liefst voor die dag: {data.phone}, {data.hours.nl}. Dan zoeken we samen iets dat past.",
              f"Ring {who}, if you can before that day: {data.phone}, {data.hours.en}. "
              "We will find something together."),
        Words(f"Een termijn mag {rules.tolerance_days - 1} dagen later komen. Komt er één niet, dan bellen wij u.",
              f"An instalment may come {rules.tolerance_days - 1} days later. If one does not come, we ring you."),
        Words(f"Komen er {times} termijnen niet, of komt de gewone huur niet? "
              "Dan zoeken wij eerst contact. Pas daarna kunnen wij de regeling stoppen.",
              f"Do {times} instalments not come, or does the rent not come? "
              "Then we first get in touch. Only after that we can end the arrangement."),
    )  # fmt: skip


def _help(data: AgreementData) -> tuple[Words, ...]:
    return (
        Words(f"Gratis hulp bij geldzorgen: {data.help_desk} van {data.municipality}, {data.help_phone}.",
              f"Free help with money worries: {data.help_desk} of {data.municipality}, {data.help_phone}."),
    )  # fmt: skip


def in_columns(plan: Sequence[Instalment], most: int = 13) -> list[Sequence[Instalment]]:
    """The instalments in as many columns as they need to stay on the page, at most `most` lines in one up to four."""
    count = min(4, -(-len(plan) // most))
    size = -(-len(plan) // count)
    return [plan[at : at + size] for at in range(0, len(plan), size)]
