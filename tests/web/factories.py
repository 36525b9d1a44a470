"""A small made-up town for the screens: two neighbourhoods, four colleagues, households that each pay their own way.

Nothing in it is taken from life. `town()` builds it, assesses it and draws the portfolio, as a night would.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password

from voordeur.actions.nightly import nightly
from voordeur.core.access import Role
from voordeur.core.matching import Sign
from voordeur.store.models import (
    BankLine,
    BankStatement,
    Entry,
    Home,
    ImportProblem,
    ImportRun,
    Neighbourhood,
    Standing,
    Tenancy,
    Tenant,
    User,
)

TODAY = date(2026, 11, 23)
PASSWORD = "een lange zin voor de proef"
MONTHS = 26
_key = count(1)


@dataclass(frozen=True)
class Town:
    """What the tests name."""

    molenkwartier: Neighbourhood
    havenkant: Neighbourhood
    manager: User
    consultant: User
    chief: User
    administrator: User
    first_door: Tenancy
    """Missed November for the first time."""
    in_parts: Tenancy
    """Paid a part of October and nothing of November."""
    punctual: Tenancy
    elsewhere: Tenancy
    """In the other neighbourhood."""
    proposal: BankLine
    unknown: BankLine
    booked_run: ImportRun
    problem: ImportProblem


@dataclass(frozen=True)
class Household:
    """How somebody pays. `skips`: months back (0 is this month) in which nothing came; `parts`: cents paid then."""

    street: str
    number: int
    name: str
    rent: int
    day: int = 2
    """Days after due on which the rent comes."""
    skips: Sequence[int] = ()
    parts: tuple[tuple[int, int], ...] = ()
    reversed_month: int | None = None
    debit: bool = False
    phone: str = ""


MOLENKWARTIER = (
    Household("Molenstraat", 14, "mevrouw Veldhuizer", 655_15, 1, skips=(0,), phone="+31 6 12345678"),
    Household("Wilgenhof", 31, "de heer R. Oudshoven", 618_40, 3, skips=(0,), parts=((1, 300_00),)),
    Household("Korenstraat", 27, "mevrouw El Amrani", 571_22, 2, skips=(0, 1)),
    Household("Bakkerspad", 3, "de heer Doornbosch", 702_10, 11, skips=(0,)),
    Household("Weverslaan", 112, "mevrouw Tesfay", 689_95, 4, skips=(0, 1, 2)),
    Household("Weverslaan", 114, "de heer Van der Wiel", 689_95, 0, reversed_month=0, debit=True),
    Household("Molenstraat", 16, "mevrouw Yildirim", 655_15, 12),
    Household("Molenstraat", 18, "de heer Bosveld", 655_15, 0, debit=True),
    Household("Bakkerspad", 8, "mevrouw Kuipersma", 540_00, 1),
)
HAVENKANT = (
    Household("Kade", 9, "de heer De Wit", 512_75, 2, skips=(0,)),
    Household("Lindelaan", 6, "mevrouw De Wit", 598_00, 2),
    Household("Kade", 11, "de heer Nassar", 512_75, 6, skips=(0, 2)),
)


def town() -> Town:
    """Build it in the test database."""
    molenkwartier = Neighbourhood.objects.create(name="Molenkwartier")
    havenkant = Neighbourhood.objects.create(name="Havenkant")
    here = [settle(household, molenkwartier) for household in MOLENKWARTIER]
    there = [settle(household, havenkant) for household in HAVENKANT]
    nightly(TODAY)
    paid_off = here[8]
    Standing.objects.filter(pk=paid_off.pk).update(paid_off_on=TODAY)
    run, problem = booked_run()
    return Town(
        molenkwartier,
        havenkant,
        colleague("marit", "Marit Hoogland", Role.NEIGHBOURHOOD_MANAGER, molenkwartier),
        colleague("tarek", "Tarek Vissering", Role.CONSULTANT),
        colleague("ines", "Ines Brandsma", Role.MANAGER),
        colleague("beheer", "Joris Steenhuis", Role.ADMINISTRATOR),
        here[0],
        here[1],
        here[7],
        there[0],
        open_line("J de Wit huur", 598_00, there[1]),
        open_line("nov Kade 9-2", 512_75, None),
        run,
        problem,
    )


def colleague(username: str, name: str, role: Role, *places: Neighbourhood) -> User:
    """Somebody who can sign in with PASSWORD."""
    first, last = name.split(" ", 1)
    user = User.objects.create(
        username=username, first_name=first, last_name=last, role=role.value, password=make_password(PASSWORD)
    )
    user.neighbourhoods.set(places)
    return user


def settle(household: Household, place: Neighbourhood) -> Tenancy:
    """A home, an agreement, a tenant and two years of ledger."""
    number = next(_key)
    home = Home.objects.create(
        key=f"woning-{number}",
        neighbourhood=place,
        street=household.street,
        number=household.number,
        postcode="1234 AB",
        town="Lindewaard",
    )
    tenancy = Tenancy.objects.create(
        key=f"{104_000 + number}",
        home=home,
        neighbourhood=place,
        start=date(2019, 3, 1),
        rent=household.rent,
        method=Tenancy.Method.DIRECT_DEBIT if household.debit else Tenancy.Method.TRANSFER,
    )
    Tenant.objects.create(tenancy=tenancy, name=household.name, phone=household.phone)
    rows = [row for back in range(MONTHS - 1, -1, -1) for row in _month(tenancy, household, back)]
    Entry.objects.bulk_create(row for row in rows if row.reverses is None)
    Entry.objects.bulk_create(row for row in rows if row.reverses is not None)
    return tenancy


def _month(tenancy: Tenancy, household: Household, back: int) -> Iterator[Entry]:
    due = _month_back(back)
    yield entry(tenancy, due, Entry.Kind.CHARGE, household.rent, due=due, period=due)
    part = dict(household.parts).get(back)
    if part is not None:
        said = f"huur {due:%m-%Y}"
        yield entry(tenancy, due + timedelta(days=13), Entry.Kind.PAYMENT, part, period=due, description=said)
    elif back not in household.skips:
        day = due + timedelta(days=household.day)
        if day <= TODAY:
            paid = entry(tenancy, day, Entry.Kind.PAYMENT, household.rent, period=due, description="huur")
            yield paid
            if back == household.reversed_month:
                back_on = day + timedelta(days=3)
                yield entry(
                    tenancy, back_on, Entry.Kind.REVERSAL, household.rent, reverses=paid, reason="AM04"
                )


def _month_back(back: int) -> date:
    months = TODAY.year * 12 + TODAY.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def entry(tenancy: Tenancy, day: date, kind: int, amount: int, **more: object) -> Entry:
    """One ledger row, known on its own day; not saved yet."""
    return Entry(
        tenancy=tenancy,
        date=day,
        known=more.pop("known", day),
        kind=kind,
        amount=amount,
        source=Entry.Source.LEDGER,
        key=f"e{next(_key)}",
        **more,
    )


def open_line(said: str, amount: int, proposed: Tenancy | None) -> BankLine:
    """A bank line that waits for a person."""
    statement, _ = BankStatement.objects.get_or_create(
        account="NL69INGB0123456789",
        reference="2026-220",
        closing_day=TODAY,
        defaults={"opening": 0, "closing": 0},
    )
    return BankLine.objects.create(
        statement=statement,
        ref=f"r{next(_key)}",
        booked=TODAY - timedelta(days=3),
        amount=amount,
        iban="NL86INGB0002445588",
        name="J DE WIT",
        remittance=said,
        state=BankLine.State.PROPOSED if proposed else BankLine.State.UNKNOWN,
        tenancy=proposed,
        why=Sign.AMOUNT_NAME.value if proposed else "",
    )


def booked_run() -> tuple[ImportRun, ImportProblem]:
    """A file that was read with three rows left to mend."""
    run = ImportRun.objects.create(
        file_name="huur_december_2026.csv",
        path="weg",
        digest="0" * 64,
        state=ImportRun.State.BOOKED,
        kind="ledger",
        preview={
            "columns": [{"theirs": name, "ours": ""} for name in ("Contractnr", "Bedrag", "Omschrijving")]
        },
        rows_total=100,
        rows_read=97,
        rows_refused=3,
        rows_new=97,
    )
    problems = [
        ImportProblem.objects.create(
            run=run,
            code=code,
            row=row,
            column=column,
            value=value,
            message_nl=message,
            message_en="Something is wrong here.",
            cure_nl="Vul het bedrag in.",
            cure_en="Fill in the amount.",
            row_cells=["104417", value, "=HYPERLINK(1)"],
        )
        for code, row, column, value, message in (
            ("not-an-amount", 14, "Bedrag", "6O2,15", "Dit is geen bedrag."),
            ("not-an-amount", 51, "Bedrag", "", "Dit is geen bedrag."),
            ("unknown-tenancy", 64, "Contractnr", "109981", "Dit contract kennen wij niet."),
        )
    ]
    return run, problems[0]
