"""A rent ledger comes in: counted once, however often and in however many pieces it comes."""

from datetime import date

import pytest

from tests.actions.town import TODAY, SmallTown, entry, small_town
from voordeur.actions import import_file
from voordeur.adapters.profiles import Meaning, Profile
from voordeur.core.problems import Refused
from voordeur.store.convert import core_entries, entry_id, ledger
from voordeur.store.models import Entry, ImportProblem, ImportRun, StagedEntry, Standing, Tenancy

pytestmark = pytest.mark.django_db
HEAD = "Contractnr;Boekdatum;Vervaldatum;Soort;Omschrijving;Bedrag;D/C"


@pytest.fixture
def town() -> SmallTown:
    return small_town()


def read(rows: list[str], head: str = HEAD) -> ImportRun:
    run = import_file.receive(None, "grootboek.csv", ["\r\n".join([head, *rows]).encode("cp1252")])
    return import_file.read(run.pk, TODAY)


def bring_in(rows: list[str], head: str = HEAD, *, good_rows_only: bool = False) -> ImportRun:
    run = read(rows, head)
    import_file.book(None, run.pk, good_rows_only=good_rows_only)
    return import_file.carry_out(run.pk, TODAY)


RENT = "104418;01-11-2026;01-11-2026;HUUR;Huur november;598,00;D"
PAID = "104418;03-11-2026;;BETALING;huur nov;300,00;C"


def test_rows_become_entries_and_the_standing_follows(town: SmallTown) -> None:
    run = bring_in([RENT, PAID])
    assert (run.state, run.rows_new, run.rows_refused) == ("booked", 2, 0)
    assert Standing.objects.get(pk=town.de_wit.pk).overdue == 298_00
    assert not StagedEntry.objects.exists()


def test_the_preview_says_what_was_read_and_books_nothing(town: SmallTown) -> None:
    run = read([RENT, PAID])
    assert run.state == "read"
    assert run.preview["charged"] == "598.00"
    assert run.preview["paid"] == "300.00"
    assert [column["ours"] for column in run.preview["columns"]] == [
        "tenancy", "date", "due", "kind", "description", "amount", "side",
    ]  # fmt: skip
    assert Entry.objects.count() == 0


def test_the_same_file_twice_changes_nothing(town: SmallTown) -> None:
    bring_in([RENT, PAID])
    again = bring_in([RENT, PAID])
    assert (again.rows_new, again.rows_known) == (0, 2)
    assert Entry.objects.count() == 2


def test_two_identical_payments_stay_two_also_when_a_longer_file_comes_later(town: SmallTown) -> None:
    bring_in([RENT, PAID, PAID])
    assert Entry.objects.filter(kind=Entry.Kind.PAYMENT).count() == 2
    later = bring_in([RENT, PAID, PAID, PAID.replace("03-11", "20-11")])
    assert later.rows_new == 1


NUMBERED = f"Mutatienr;{HEAD}"


def test_equal_rows_with_numbers_of_their_own_are_two(town: SmallTown) -> None:
    assert bring_in([f"77;{RENT}", f"78;{PAID}"], NUMBERED).rows_new == 2
    assert bring_in([f"77;{RENT}", f"79;{PAID}"], NUMBERED).rows_new == 1


def test_a_known_number_with_another_amount_is_not_booked_but_said(town: SmallTown) -> None:
    bring_in([f"77;{RENT}", f"78;{PAID}"], NUMBERED)
    changed = read([f"77;{RENT.replace('598,00', '589,00')}", f"78;{PAID}"], NUMBERED)
    assert [(one.row, one.code) for one in changed.problems.all()] == [(2, "row-changed")]
    import_file.book(None, changed.pk, good_rows_only=True)
    assert import_file.carry_out(changed.pk, TODAY).rows_new == 0
    assert Entry.objects.get(kind=Entry.Kind.CHARGE).amount == 598_00


def test_all_problems_come_at_once_and_nothing_is_booked(town: SmallTown) -> None:
    run = read(
        [
            RENT,
            "104418;31-11-2026;;BETALING;?;10,00;C",
            "104418;03-11-2026;;BETALING;?;6O2,15;C",
            "999999;03-11-2026;;BETALING;?;10,00;C",
        ]
    )
    assert [(problem.row, problem.code) for problem in run.problems.order_by("row")][2] == (
        5,
        "unknown-tenancy",
    )
    assert run.rows_refused == 3
    with pytest.raises(Refused):
        import_file.book(None, run.pk)
    assert Entry.objects.count() == 0


def test_the_good_rows_can_be_taken_and_the_rest_stays_a_to_do(town: SmallTown) -> None:
    run = bring_in([RENT, "104418;03-11-2026;;BETALING;?;6O2,15;C"], good_rows_only=True)
    assert run.rows_new == 1
    kept = ImportProblem.objects.get(run=run)
    assert (kept.row, kept.solved) == (3, False)
    assert kept.row_cells == ["104418", "03-11-2026", "", "BETALING", "?", "6O2,15", "C"]


def test_new_tenancies_are_made_only_when_somebody_agrees(town: SmallTown) -> None:
    run = read(["300001;01-11-2026;01-11-2026;HUUR;Huur;500,00;D"])
    assert run.rows_refused == 1
    import_file.accept_new_tenancies(town.consultant, run.pk)
    import_file.read(run.pk, TODAY)
    assert not Tenancy.objects.filter(key="300001").exists()
    import_file.book(town.consultant, run.pk)
    import_file.carry_out(run.pk, TODAY)
    assert Standing.objects.get(tenancy__key="300001").balance == 500_00


def test_rows_that_name_each_other_are_linked(town: SmallTown) -> None:
    head = "id;tenancy;date;kind;amount;due;designates;reverses"
    bring_in(
        [
            "c1;104418;2026-10-01;charge;598.00;2026-10-01;;",
            "c2;104418;2026-11-01;charge;598.00;2026-11-01;;",
            "p1;104418;2026-11-02;payment;598.00;;c2;",
            "r1;104418;2026-11-09;reversal;598.00;;;p1",
        ],
        head,
    )
    entries = {row.kind: row for row in Entry.objects.filter(tenancy=town.de_wit)}
    payment, reversal = entries[Entry.Kind.PAYMENT], entries[Entry.Kind.REVERSAL]
    assert payment.designates is not None
    assert payment.designates.date == date(2026, 11, 1)
    assert reversal.reverses == payment


def test_what_was_known_when(town: SmallTown) -> None:
    """History that comes with the first file was known on its own day; a later row only from today."""
    bring_in([RENT])
    assert Entry.objects.get().known == date(2026, 11, 1)
    bring_in([RENT, PAID])
    assert Entry.objects.get(kind=Entry.Kind.PAYMENT).known == TODAY


def test_a_month_that_a_payer_names_is_that_months_charge(town: SmallTown) -> None:
    october = "104418;01-10-2026;01-10-2026;HUUR;Huur oktober;598,00;D"
    bring_in([october, RENT, "104418;20-11-2026;;BETALING;huur november 2026;598,00;C"])
    payment = next(one for one in core_entries(ledger(town.de_wit.pk)) if one.kind == "payment")
    november = Entry.objects.get(date=date(2026, 11, 1))
    assert payment.designates == entry_id(november.pk)
    assert Standing.objects.get(pk=town.de_wit.pk).oldest_unpaid_due == date(2026, 10, 1)


def test_a_payment_that_the_bank_told_of_already_counts_once(town: SmallTown) -> None:
    bank = entry(town.de_wit, date(2026, 11, 3), Entry.Kind.PAYMENT, 300_00, source=Entry.Source.BANK)
    bring_in([RENT, PAID, PAID])
    paired = Entry.objects.filter(same_as=bank)
    assert paired.count() == 1
    assert Standing.objects.get(pk=town.de_wit.pk).balance == 598_00 - 600_00


@pytest.mark.parametrize("user", ["manager", "administrator"])
def test_who_may_bring_in_files(town: SmallTown, user: str) -> None:
    who = getattr(town, user)
    if user == "administrator":
        assert import_file.receive(who, "a.csv", [b"x"]).user == who
    else:
        with pytest.raises(Refused):
            import_file.receive(who, "a.csv", [b"x"])


def test_an_empty_file_is_refused_in_words(town: SmallTown) -> None:
    with pytest.raises(Refused) as refused:
        import_file.receive(None, "leeg.csv", [b""])
    assert refused.value.problems[0].code == "file-empty"


def test_a_stopped_import_leaves_nothing(town: SmallTown) -> None:
    run = read([RENT])
    import_file.cancel(town.consultant, run.pk)
    assert not StagedEntry.objects.exists()
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_a_person_can_say_where_the_column_names_stand(town: SmallTown) -> None:
    """Above the table stands another one with column names of its own; ours are on row 4."""
    decoy = "Contractnr;Boekdatum;Soort;Bedrag;D/C;Omschrijving;Vervaldatum;Periode"
    run = read([";;;;;;;", "", "Nr;Datum;Bedrag;D/C", "104418;01-11-2026;598,00;D"], decoy)
    import_file.choose_header(town.consultant, run.pk, 4)
    run = import_file.read(run.pk, TODAY)
    assert run.preview["header_row"] == 4
    assert [column["theirs"] for column in run.preview["columns"]] == ["Nr", "Datum", "Bedrag", "D/C"]


def test_the_columns_that_a_person_chose_are_the_columns_that_are_read(town: SmallTown) -> None:
    run = read(["104418;01-11-2026;598,00"], "Nr;Dag;Wat")
    assert run.preview["doubts"]
    columns = {"tenancy": ("Nr",), "date": ("Dag",), "amount": ("Wat",)}
    profile = Profile("ons", "ledger", columns=columns, every_row=Meaning.RENT, header_row=1, exact=True)
    import_file.choose_mapping(town.consultant, run.pk, profile)
    run = import_file.read(run.pk, TODAY)
    assert run.preview["doubts"] == []
    assert run.preview["charged"] == "598.00"
    kept = import_file.save_profile(town.consultant, run.pk, "ons grootboek")
    again = read(["104418;01-12-2026;598,00"], "Nr;Dag;Wat")
    assert (again.preview["profile"], again.preview["doubts"]) == (kept.name, [])
