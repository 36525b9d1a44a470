"""`voordeur arrears --ledger FILE`: a bare file in, one line per tenancy out. Each test is a small file."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.cli.arrears_runner import LedgerFile

Run = Callable[..., Result]
Told = Callable[..., list[dict[str, Any]]]


@pytest.fixture(autouse=True, params=["core", "engine"])
def asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test twice: once as a small file, and once as if it were a large one."""
    if request.param == "engine":
        monkeypatch.setattr("voordeur.cli.arrears.SMALL", 0)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command on a file with this text; the header is put above it unless the text has its own."""
    return LedgerFile(tmp_path).run


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """The same, as the list that `--format json` prints."""
    return LedgerFile(tmp_path).told


def row(
    tenancy: str, balance: str, overdue: str = "0.00", oldest: str | None = None, days: int = 0, open: int = 0
) -> object:
    """One line of the answer."""
    return {
        "tenancy": tenancy,
        "balance": balance,
        "overdue": overdue,
        "oldest_unpaid_due": oldest,
        "days_overdue": days,
        "open_charges": open,
    }


# --- the sums --------------------------------------------------------------------------------------------------


def test_a_charge_is_overdue_when_its_due_day_lies_before_the_day(told: Told) -> None:
    file = "c1,T1,2026-03-01,charge,650.00,2026-03-05,,\n"
    assert told(file, "2026-03-05") == [row("T1", "650.00", open=1)]
    assert told(file, "2026-03-06") == [row("T1", "650.00", "650.00", "2026-03-05", 1, open=1)]


def test_the_due_day_of_a_charge_is_its_date_when_it_has_none(told: Told) -> None:
    assert told("c1,T1,2026-03-01,charge,650.00,,,\n", "2026-03-11") == [
        row("T1", "650.00", "650.00", "2026-03-01", 10, open=1)
    ]


def test_a_tenancy_whose_entries_are_all_to_come_stands_there_once_with_zero(told: Told) -> None:
    file = "c1,T1,2026-05-01,charge,650.00,,,\nc1,T2,2026-03-01,charge,10,,,\n"
    assert told(file, "2026-03-01") == [row("T1", "0.00"), row("T2", "10.00", open=1)]


def test_money_goes_to_the_oldest_due_charge(told: Told) -> None:
    file = "c1,T1,2026-01-01,charge,650,,,\nc2,T1,2026-02-01,charge,650,,,\np1,T1,2026-02-09,payment,700,,,\n"
    assert told(file, "2026-02-10") == [row("T1", "600.00", "600.00", "2026-02-01", 9, open=1)]


def test_a_designated_payment_pays_the_charge_it_names(told: Told) -> None:
    file = (
        "c1,T1,2026-01-01,charge,650,,,\nc2,T1,2026-02-01,charge,650,,,\np1,T1,2026-02-09,payment,650,,c2,\n"
    )
    assert told(file, "2026-02-10") == [row("T1", "650.00", "650.00", "2026-01-01", 40, open=1)]


def test_what_a_designated_payment_leaves_over_goes_to_the_oldest(told: Told) -> None:
    file = (
        "c1,T1,2026-01-01,charge,650,,,\nc2,T1,2026-02-01,charge,650,,,\np1,T1,2026-02-09,payment,1300,,c2,\n"
    )
    assert told(file, "2026-02-10") == [row("T1", "0.00")]


def test_a_payment_for_a_charge_that_comes_later_waits_for_it(told: Told) -> None:
    file = (
        "c1,T1,2026-01-01,charge,650,,,\np1,T1,2026-01-28,payment,650,,c2,\nc2,T1,2026-02-01,charge,650,,,\n"
    )
    assert told(file, "2026-01-31") == [row("T1", "0.00", "650.00", "2026-01-01", 30, open=1)]
    assert told(file, "2026-02-02") == [row("T1", "650.00", "650.00", "2026-01-01", 32, open=1)]


def test_surplus_is_a_negative_balance_and_pays_the_next_charge(told: Told) -> None:
    file = (
        "p1,T1,2026-01-28,payment,700.50,,,\nc1,T1,2026-02-01,charge,650,,,\nc2,T1,2026-03-01,charge,650,,,\n"
    )
    assert told(file, "2026-01-31") == [row("T1", "-700.50")]
    assert told(file, "2026-02-02") == [row("T1", "-50.50")]
    assert told(file, "2026-03-02") == [row("T1", "599.50", "599.50", "2026-03-01", 1, open=1)]


def test_a_reversal_of_a_payment_that_covered_two_charges_opens_both(told: Told) -> None:
    file = (
        "c1,T1,2026-01-01,charge,650,,,\nc2,T1,2026-02-01,charge,650,,,\n"
        "p1,T1,2026-02-09,payment,1300,,,\nr1,T1,2026-02-12,reversal,1300,,,p1\n"
    )
    assert told(file, "2026-02-11") == [row("T1", "0.00")]
    assert told(file, "2026-02-12") == [row("T1", "1300.00", "1300.00", "2026-01-01", 42, open=2)]


def test_a_partial_reversal_takes_back_what_was_covered_last(told: Told) -> None:
    file = (
        "c1,T1,2026-01-01,charge,650,,,\nc2,T1,2026-02-01,charge,650,,,\n"
        "p1,T1,2026-02-09,payment,1300,,,\nr1,T1,2026-02-12,reversal,100,,,p1\n"
    )
    assert told(file, "2026-02-12") == [row("T1", "100.00", "100.00", "2026-02-01", 11, open=1)]


def test_a_reversal_leaves_what_another_payment_paid(told: Told) -> None:
    file = (
        "c1,T1,2026-01-01,charge,650,,,\np1,T1,2026-01-02,payment,650,,,\n"
        "c2,T1,2026-02-01,charge,650,,,\np2,T1,2026-02-02,payment,650,,,\n"
        "r1,T1,2026-02-05,reversal,650,,,p1\n"
    )
    assert told(file, "2026-02-06") == [row("T1", "650.00", "650.00", "2026-01-01", 36, open=1)]


def test_a_refund_and_a_positive_correction_are_owed_from_their_day(told: Told) -> None:
    file = "a,T1,2026-03-01,refund,20,2026-01-01,,\nb,T1,2026-03-03,correction,5.05,2026-01-01,,\n"
    assert told(file, "2026-03-01") == [row("T1", "20.00", open=1)]
    assert told(file, "2026-03-04") == [row("T1", "25.05", "25.05", "2026-03-01", 3, open=2)]


def test_a_refund_takes_up_the_credit_it_pays_back(told: Told) -> None:
    assert told("p1,T1,2026-03-01,payment,20,,,\nb,T1,2026-03-03,refund,20,,,\n", "2026-03-04") == [
        row("T1", "0.00")
    ]


def test_a_negative_correction_works_like_a_payment(told: Told) -> None:
    file = "c1,T1,2026-03-01,charge,650,,,\nx,T1,2026-03-03,correction,-650.00,,,\n"
    assert told(file, "2026-03-04") == [row("T1", "0.00")]


def test_a_correction_of_zero_changes_nothing(told: Told) -> None:
    assert told("x,T1,2026-03-03,correction,0.00,,,\n", "2026-03-04") == [row("T1", "0.00")]


def test_entries_of_one_day_count_in_the_order_of_the_file(told: Told) -> None:
    """The reversal undoes what p1 covered when it came: first the one charge, in the other file the other."""
    first = "c1,T1,2026-03-01,charge,10,2026-04-02,,\n"
    second = "c2,T1,2026-03-01,charge,10,2026-04-01,,\n"
    paid = "p1,T1,2026-03-01,payment,10,,,\n"
    assert told(first + paid + second, "2026-04-03")[0]["oldest_unpaid_due"] == "2026-04-01"
    assert told(first + second + paid, "2026-04-03")[0]["oldest_unpaid_due"] == "2026-04-02"


def test_the_order_of_the_file_matters_within_a_day_only(told: Told) -> None:
    lines = [
        "c1,T1,2026-01-01,charge,650,,,\n",
        "p1,T1,2026-02-01,payment,600,,,\n",
        "c2,T1,2026-03-01,charge,50,,,\n",
    ]
    assert told("".join(lines), "2026-04-01") == told("".join(reversed(lines)), "2026-04-01")


# --- as we knew it ---------------------------------------------------------------------------------------------

TOLD_LATE = (
    "id,tenancy,date,kind,amount,reverses,known\n"
    "c1,T1,2026-03-01,charge,650,,\n"
    "p1,T1,2026-03-02,payment,650,,\n"
    "r1,T1,2026-03-03,reversal,650,p1,2026-03-11\n"
)


def test_what_was_owed_on_3_march_as_we_knew_it_on_10_march(told: Told) -> None:
    assert told(TOLD_LATE, "2026-03-03", "--known", "2026-03-10") == [row("T1", "0.00")]
    assert told(TOLD_LATE, "2026-03-03", "--known", "2026-03-11")[0]["balance"] == "650.00"
    assert told(TOLD_LATE, "2026-03-03")[0]["balance"] == "650.00"


def test_an_entry_without_a_known_day_was_known_on_its_own(told: Told) -> None:
    assert told(TOLD_LATE, "2026-03-03", "--known", "2026-03-01")[0]["balance"] == "650.00"


# --- costs and interest ----------------------------------------------------------------------------------------


def test_costs_of_a_claim_are_paid_before_its_rent(told: Told) -> None:
    file = (
        "id,tenancy,date,kind,amount,component,claim\n"
        "c1,T1,2026-01-01,charge,650,,\nk1,T1,2026-02-01,charge,40,costs,c1\np1,T1,2026-02-02,payment,650,,\n"
    )
    charges = told(file, "2026-02-03", "--charges")[0]["charges"]
    assert [(charge["id"], charge["outstanding"]) for charge in charges] == [("c1", "40.00"), ("k1", "0.00")]


# --- charges ---------------------------------------------------------------------------------------------------


def test_charges_say_when_they_were_paid_and_how_late(told: Told) -> None:
    file = (
        "c1,T1,2026-01-01,charge,650,,,\nc2,T1,2026-02-01,charge,650,2026-02-05,,\nc3,T1,2026-03-01,charge,9.9,,,\n"
        "p1,T1,2026-01-12,payment,650,,,\np2,T1,2026-02-01,payment,650,,,\n"
    )
    (one,) = told(file, "2026-03-01", "--charges")
    assert one == row("T1", "9.90", open=1) | {  # type: ignore[operator]
        "charges": [
            {
                "id": "c1", "due": "2026-01-01", "amount": "650.00", "paid": "650.00", "outstanding": "0.00",
                "paid_on": "2026-01-12", "days_late": 11,
            },
            {
                "id": "c2", "due": "2026-02-05", "amount": "650.00", "paid": "650.00", "outstanding": "0.00",
                "paid_on": "2026-02-01", "days_late": -4,
            },
            {
                "id": "c3", "due": "2026-03-01", "amount": "9.90", "paid": "0.00", "outstanding": "9.90",
                "paid_on": None, "days_late": None,
            },
        ]
    }  # fmt: skip


def test_what_was_written_off_is_not_paid(told: Told) -> None:
    file = "c1,T1,2026-01-01,charge,650,,,\nw,T1,2026-02-01,write_off,650,,,\n"
    (charge,) = told(file, "2026-03-01", "--charges")[0]["charges"]
    assert (charge["paid"], charge["outstanding"], charge["paid_on"]) == ("0.00", "0.00", None)


def test_csv_has_one_line_per_charge_and_one_for_a_tenancy_without(run: Run) -> None:
    file = "c1,T1,2026-01-01,charge,1,,,\nc2,T1,2026-01-01,charge,2,,,\np1,T2,2026-01-01,payment,3,,,\n"
    result = run(file, "2026-01-02", "--charges", "--format", "csv")
    assert result.stdout.splitlines() == [
        "tenancy,balance,overdue,oldest_unpaid_due,days_overdue,open_charges,"
        "id,due,amount,paid,outstanding,paid_on,days_late",
        "T1,3.00,3.00,2026-01-01,1,2,c1,2026-01-01,1.00,0.00,1.00,,",
        "T1,3.00,3.00,2026-01-01,1,2,c2,2026-01-01,2.00,0.00,2.00,,",
        "T2,-3.00,0.00,,0,0,,,,,,,",
    ]


# --- what it looks like ----------------------------------------------------------------------------------------

TWO = "c1,T2,2026-01-01,charge,1234.5,,,\np1,T1,2026-01-01,payment,1,,,\n"


def test_json_is_a_list_with_one_object_per_line_sorted_by_tenancy(run: Run) -> None:
    result = run(TWO, "2026-01-11", "--format", "json")
    assert result.stdout_bytes == (
        b"[\n"
        b'{"tenancy": "T1", "balance": "-1.00", "overdue": "0.00", "oldest_unpaid_due": null,'
        b' "days_overdue": 0, "open_charges": 0},\n'
        b'{"tenancy": "T2", "balance": "1234.50", "overdue": "1234.50", "oldest_unpaid_due": "2026-01-01",'
        b' "days_overdue": 10, "open_charges": 1}\n'
        b"]\n"
    )
    assert result.stderr == ""


def test_csv_leaves_empty_what_is_not_there(run: Run) -> None:
    assert run(TWO, "2026-01-11", "--format", "csv").stdout_bytes == (
        b"tenancy,balance,overdue,oldest_unpaid_due,days_overdue,open_charges\n"
        b"T1,-1.00,0.00,,0,0\n"
        b"T2,1234.50,1234.50,2026-01-01,10,1\n"
    )


def test_the_table_is_for_people(run: Run) -> None:
    assert run(TWO, "2026-01-11").stdout.splitlines() == [
        "Tenancy     Balance     Overdue  Oldest open  Days  Open charges",
        "T1          −€\u00a01.00      €\u00a00.00            -     0             0",
        "T2       €\u00a01,234.50  €\u00a01,234.50   2026-01-01    10             1",
        "2 tenancies, 1 in arrears.",
    ]


def test_a_header_without_rows_is_an_empty_answer(run: Run, told: Told) -> None:
    assert told("", "2026-01-01") == []
    assert run("", "2026-01-01", "--format", "csv").stdout.count("\n") == 1


# --- files as they come ----------------------------------------------------------------------------------------


def test_semicolons_a_byte_order_mark_and_windows_line_ends(told: Told) -> None:
    text = "id;tenancy;date;kind;amount;due\r\nc1;T1;2026-03-01;charge;650.00;2026-03-05\r\n"
    assert told(b"\xef\xbb\xbf" + text.encode(), "2026-03-06") == [
        row("T1", "650.00", "650.00", "2026-03-05", 1, open=1)
    ]


def test_ids_and_names_may_hold_commas_quotes_and_line_ends(told: Told) -> None:
    file = '"c,1","T ""één""\nb",2026-03-01,charge,10,,,\np1,"T ""één""\nb",2026-03-02,payment,4,,"c,1",\n'
    (one,) = told(file, "2026-03-03", "--charges")
    assert one["tenancy"] == 'T "één"\nb'
    assert [(charge["id"], charge["paid"]) for charge in one["charges"]] == [("c,1", "4.00")]


def test_what_goes_out_as_csv_can_be_read_as_csv(run: Run) -> None:
    result = run('c1,"T,""1""",2026-03-01,charge,10,,,\n', "2026-03-03", "--format", "csv")
    assert list(csv.reader(io.StringIO(result.stdout)))[1][0] == 'T,"1"'


def test_columns_may_stand_in_any_order_and_the_last_five_may_be_absent(told: Told) -> None:
    assert told("ID,Amount,Kind,Date,Tenancy\nc1,10,charge,2026-03-01,T1\n", "2026-03-01") == [
        row("T1", "10.00", open=1)
    ]


def test_cells_left_out_at_the_end_and_empty_lines_are_no_problem(told: Told) -> None:
    assert told("c1,T1,2026-03-01,charge,10\n\n,,,,,,,\n", "2026-03-01") == [row("T1", "10.00", open=1)]


def test_unknown_columns_are_ignored_with_a_note(run: Run) -> None:
    result = run(
        "id,tenancy,date,kind,amount,naam\nc1,T1,2026-03-01,charge,10,x\n", "2026-03-01", "--format", "csv"
    )
    assert result.exit_code == 0
    assert "not read: naam" in result.stderr
    assert "T1,10.00" in result.stdout


def test_two_tenancies_may_use_the_same_ids(told: Told) -> None:
    file = (
        "1,T1,2026-03-01,charge,10,,,\n2,T1,2026-03-02,payment,10,,1,\n"
        "1,T2,2026-03-01,charge,20,,,\n2,T2,2026-03-02,payment,5,,1,\n"
    )
    assert [one["balance"] for one in told(file, "2026-03-03")] == ["0.00", "15.00"]


def test_rows_of_a_tenancy_need_not_stand_together(told: Told) -> None:
    lines = [
        "1,T2,2026-03-01,charge,10,,,\n", "1,T1,2026-03-01,charge,20,,,\n",
        "2,T2,2026-03-02,payment,4,,,\n", "2,T1,2026-03-02,payment,5,,,\n",
    ]  # fmt: skip
    together = told("".join(sorted(lines, key=lambda line: line[2:4])), "2026-03-03")
    assert told("".join(lines), "2026-03-03") == together
    assert [one["balance"] for one in together] == ["15.00", "6.00"]


def test_money_for_a_charge_that_is_not_there_goes_to_the_oldest_with_a_note(run: Run) -> None:
    file = "c1,T1,2026-03-01,charge,10,,,\np1,T1,2026-03-02,payment,4,,c9,\np2,T1,2026-03-02,payment,1,,p1,\n"
    result = run(file, "2026-03-03", "--format", "csv")
    assert result.exit_code == 0
    assert "T1,5.00,5.00,2026-03-01,2,1" in result.stdout
    assert "row 3, designates: A payment designates a charge" in result.stderr
    assert "(2 times)" in result.stderr


@pytest.mark.parametrize("reverses", ["", "p9", "c1"])
def test_a_reversal_of_money_that_is_not_there_is_owed_from_its_day_with_a_note(
    run: Run, reverses: str
) -> None:
    file = f"c1,T1,2026-03-01,charge,10,,,\nr1,T1,2026-03-02,reversal,4,,,{reverses}\n"
    result = run(file, "2026-03-03", "--format", "csv")
    assert "T1,14.00,14.00,2026-03-01,2,2" in result.stdout
    assert "row 3, reverses: A reversal names no payment" in result.stderr


def test_due_on_what_is_no_charge_is_ignored_whatever_it_says(told: Told) -> None:
    assert told("p1,T1,2026-03-02,payment,4,gisteren,,\n", "2026-03-03") == [row("T1", "-4.00")]
