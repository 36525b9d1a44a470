"""A bank statement comes in: payments find their tenancy, or a place on a person's list."""

from datetime import date, timedelta

import pytest

from tests.actions.camt import Line, camt
from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions import import_file, match_payment
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, BankLine, Entry, ImportRun, KnownPayer, Standing

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def town() -> SmallTown:
    return small_town()


def bring_in(data: bytes, *, force: bool = False) -> ImportRun:
    run = import_file.receive(None, "bank.xml", [data])
    import_file.read(run.pk, TODAY)
    import_file.book(None, run.pk, force=force)
    return import_file.carry_out(run.pk, TODAY)


def lines() -> dict[str, BankLine]:
    return {line.ref.split("@")[0]: line for line in BankLine.objects.all()}


def test_each_payment_goes_where_its_sign_points(town: SmallTown) -> None:
    bring_in(
        camt(
            [
                Line(655_15, "A1", reference="5000056789012345"),
                Line(598_00, "A2", mandate="M-104418"),
                Line(598_00, "A3", iban="NL86INGB0002445588"),
                Line(598_00, "A4", iban="NL02ABNA0123456789", name="J de Wit", text="huur nov"),
                Line(12_34, "A5", iban="NL02ABNA0123456789", name="Onbekend", text="?"),
                Line(-250_00, "A6", iban="NL02ABNA0123456789", name="Schilder", text="factuur 12"),
            ],
            day=DAY,
        )
    )
    found = {ref: (line.state, line.tenancy) for ref, line in lines().items()}
    assert found == {
        "A1": ("booked", town.veldhuizer),
        "A2": ("booked", town.de_wit),
        "A3": ("booked", town.oudshoven),
        "A4": ("proposed", town.de_wit),
        "A5": ("unknown", None),
        "A6": ("not_rent", None),
    }
    assert Entry.objects.count() == 3


def test_importing_twice_changes_nothing_and_identical_payments_stay_two(town: SmallTown) -> None:
    twins = camt([Line(100_00, "B1", mandate="M-104418"), Line(100_00, "B2", mandate="M-104418")], day=DAY)
    first, second = bring_in(twins), bring_in(twins)
    assert (first.rows_new, second.rows_new, second.rows_known) == (2, 0, 2)
    assert Entry.objects.filter(tenancy=town.de_wit, amount=100_00).count() == 2


def test_the_same_statement_in_another_format_counts_once(town: SmallTown) -> None:
    """As camt.053 and as MT940 the bank gives the same statement, with other numbers for the same entries."""
    bring_in(camt([Line(598_00, "K1", mandate="M-104418")], day=DAY))
    again = bring_in(camt([Line(598_00, "Z9", mandate="M-104418")], day=DAY, statement="other format"))
    assert (again.rows_new, again.rows_known) == (0, 1)
    assert Entry.objects.count() == 1


def test_a_statement_that_does_not_add_up_is_refused_unless_forced(town: SmallTown) -> None:
    broken = camt([Line(598_00, "C1", mandate="M-104418")], day=DAY, wrong_by=1)
    with pytest.raises(Refused):
        bring_in(broken)
    assert Entry.objects.count() == 0
    bring_in(broken, force=True)
    assert Entry.objects.count() == 1


def test_a_returned_debit_undoes_the_payment_it_names(town: SmallTown) -> None:
    bring_in(camt([Line(598_00, "D1", mandate="M-104418", end_to_end="E-11")], day=date(2026, 11, 2)))
    back = Line(-598_00, "D2", mandate="M-104418", end_to_end="E-11", reversal="AM04")
    bring_in(camt([back], day=DAY, statement="2026-201"))
    reversal = Entry.objects.get(kind=Entry.Kind.REVERSAL)
    assert reversal.reverses == Entry.objects.get(kind=Entry.Kind.PAYMENT)
    assert reversal.reason == "AM04"


def test_a_number_that_every_month_bears_names_the_newest_payment(town: SmallTown) -> None:
    """Many collect under one end-to-end number all year; the return of October undoes October."""
    for month in (8, 9, 10):
        line = Line(598_00, f"L{month}", mandate="M-104418", end_to_end="CONTRACT104418")
        bring_in(camt([line], day=date(2026, month, 3), opening=month, statement=f"2026-{month}"))
    back = Line(-598_00, "L11", mandate="M-104418", end_to_end="CONTRACT104418", reversal="AM04")
    bring_in(camt([back], day=date(2026, 10, 5), opening=700_00, statement="2026-11"))
    undone = Entry.objects.get(kind=Entry.Kind.REVERSAL).reverses
    assert undone is not None
    assert undone.date == date(2026, 10, 3)


def test_a_return_never_undoes_a_payment_of_another_tenancy(town: SmallTown) -> None:
    other = Line(150_00, "M1", iban="NL86INGB0002445588", end_to_end="OKT26")
    bring_in(camt([other], day=date(2026, 10, 3)))
    back = Line(-598_00, "M2", mandate="M-104418", end_to_end="OKT26", reversal="AM04")
    bring_in(camt([back], day=date(2026, 10, 5), opening=700_00, statement="2026-201"))
    assert Entry.objects.get(kind=Entry.Kind.REVERSAL).reverses is None


def test_a_payment_that_the_ledger_told_of_already_counts_once(town: SmallTown) -> None:
    own = entry(town.de_wit, date(2026, 11, 19), Entry.Kind.PAYMENT, 598_00)
    bring_in(camt([Line(598_00, "E1", mandate="M-104418")], day=DAY))
    seen_again = Entry.objects.get(source=Entry.Source.BANK)
    assert seen_again.same_as == own
    assert Standing.objects.get(pk=town.de_wit.pk).balance == -598_00


def test_the_signal_is_gone_the_moment_the_money_is_there(town: SmallTown) -> None:
    rent_paid_until(town.de_wit, 24, date(2026, 10, 1), 598_00)
    entry(town.de_wit, date(2026, 11, 1), Entry.Kind.CHARGE, 598_00)
    bring_in(camt([Line(1_00, "F0", mandate="M-104418")], day=date(2026, 11, 19), statement="2026-199"))
    before = Standing.objects.get(pk=town.de_wit.pk)
    assert before.overdue == 597_00
    assert before.tenancy.signals.exists()

    bring_in(camt([Line(597_00, "F1", mandate="M-104418")], day=DAY))
    after = Standing.objects.get(pk=town.de_wit.pk)
    assert (after.overdue, after.tenancy.signals.count()) == (0, 0)
    assert after.paid_off_on == TODAY


def test_what_a_person_decides_is_remembered(town: SmallTown) -> None:
    stranger = Line(598_00, "G1", iban="NL02ABNA0123456789", name="Tante", text="voor Piet")
    bring_in(camt([stranger], day=DAY))
    line = lines()["G1"]
    match_payment.match(town.consultant, line.pk, town.oudshoven.pk, today=TODAY)
    assert Standing.objects.get(pk=town.oudshoven.pk).balance == -598_00

    next_one = [Line(598_00, "G2", iban="NL02ABNA0123456789")]
    bring_in(camt(next_one, day=DAY, opening=698_00, statement="2026-201"))
    assert lines()["G2"].state == BankLine.State.BOOKED
    with pytest.raises(Refused):
        match_payment.match(town.consultant, line.pk, town.de_wit.pk, today=TODAY)


def test_what_is_no_rent_stays_off_the_list(town: SmallTown) -> None:
    bring_in(camt([Line(75_00, "H1", iban="NL02ABNA0123456789", name="Gemeente")], day=DAY))
    match_payment.not_rent(town.consultant, lines()["H1"].pk, today=TODAY, remember=True)
    bring_in(camt([Line(80_00, "H2", iban="NL02ABNA0123456789")], day=DAY, statement="2026-201"))
    assert lines()["H2"].state == BankLine.State.NOT_RENT
    known = KnownPayer.objects.get(iban="NL02ABNA0123456789")
    assert (known.tenancy, known.seen_on) == (None, TODAY)
    later = TODAY + timedelta(days=40)
    bring_in(camt([Line(80_00, "H3", iban="NL02ABNA0123456789")], day=later, statement="2026-240"))
    known.refresh_from_db()
    assert known.seen_on == later, "the term of what is still used begins anew"


def test_only_the_consultant_matches_payments(town: SmallTown) -> None:
    bring_in(camt([Line(75_00, "I1", name="?")], day=DAY))
    for user in (town.manager, town.administrator):
        with pytest.raises(Refused):
            match_payment.match(user, lines()["I1"].pk, town.de_wit.pk, today=TODAY)


def test_the_log_names_no_person_and_no_amount(town: SmallTown) -> None:
    bring_in(camt([Line(598_00, "J1", iban="NL02ABNA0123456789", name="Tante Sidonia")], day=DAY))
    match_payment.match(town.consultant, lines()["J1"].pk, town.oudshoven.pk, today=TODAY)
    said = " ".join(f"{line.action} {line.subject} {line.data}" for line in AuditLine.objects.all())
    assert "match_payment" in said
    for private in ("Sidonia", "NL02ABNA", "59800", "598"):
        assert private not in said
