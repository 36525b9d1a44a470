"""What is owed, by example. Each ledger is a small table (see ledger_tables.py): euros, and days in 2026."""

from datetime import date

import pytest

from tests.core.ledger_tables import charge_of, day, ledger, on, paid_by, still_open
from voordeur.core.ledger import Component, Entry, Kind, Replay, history, position


def entry(id_: str = "x", kind: Kind = Kind.CHARGE, amount: int = 1, on: str = "1 mar") -> Entry:
    """An entry of which only one thing matters."""
    return Entry(id_, day(on), kind, amount)


# --- overdue ------------------------------------------------------------------------------------------------

MARCH = "march 1 mar charge 650 due=5 mar"


@pytest.mark.parametrize(
    ("today", "overdue", "days_overdue"),
    [("4 mar", 0, 0), ("5 mar", 0, 0), ("6 mar", 650_00, 1), ("4 apr", 650_00, 30)],
)
def test_a_charge_is_overdue_from_the_day_after_it_is_due(
    today: str, overdue: int, days_overdue: int
) -> None:
    at = on(today, MARCH)
    assert (at.balance, at.overdue, at.days_overdue) == (650_00, overdue, days_overdue)


def test_a_charge_without_due_day_is_due_on_its_own_day() -> None:
    at = on("2 mar", "march 1 mar charge 650")
    assert (at.oldest_unpaid_due, at.days_overdue) == (day("1 mar"), 1)


def test_a_charge_that_is_still_to_come_does_not_count() -> None:
    assert on("28 feb", MARCH).balance == 0
    assert on("28 feb", MARCH).charges == ()


def test_a_due_day_says_nothing_on_anything_but_a_charge() -> None:
    refund = Entry("refund", day("1 mar"), Kind.REFUND, 10_00, due=day("1 jan"))
    assert position([refund], day("2 mar")).days_overdue == 1


def test_an_empty_ledger_owes_nothing() -> None:
    at = on("1 mar", "")
    assert (at.balance, at.overdue, at.oldest_unpaid_due, at.days_overdue) == (0, 0, None, 0)
    assert at.last_payment is None


# --- which payment pays what --------------------------------------------------------------------------------

SPRING = """
    january  1 jan  charge  650
    february 1 feb  charge  650
    march    1 mar  charge  650
"""


def test_money_goes_to_the_oldest_due_charge_first() -> None:
    at = on("9 mar", SPRING + "p1 3 mar payment 1000")
    assert paid_by(at) == {"january": "p1 650", "february": "p1 350", "march": ""}
    assert still_open(at) == {"february": "300", "march": "650"}


def test_due_day_decides_not_the_day_of_the_charge() -> None:
    at = on("9 mar", "late 1 jan charge 100 due=1 apr\nsoon 1 feb charge 100\np1 3 mar payment 100")
    assert still_open(at) == {"late": "100"}


def test_the_payer_decides_which_charge_is_paid() -> None:
    at = on("9 mar", SPRING + "p1 3 mar payment 650 for=march")
    assert still_open(at) == {"january": "650", "february": "650"}


def test_what_is_left_of_a_designated_payment_goes_to_the_oldest() -> None:
    at = on("9 mar", SPRING + "p1 3 mar payment 700 for=march")
    assert paid_by(at) == {"january": "p1 50", "february": "", "march": "p1 650"}


def test_also_when_there_are_newer_charges_than_the_one_that_is_named() -> None:
    at = on("9 mar", SPRING + "p1 3 mar payment 700 for=february")
    assert paid_by(at) == {"january": "p1 50", "february": "p1 650", "march": ""}


def test_a_designation_of_a_charge_that_is_paid_already_says_nothing() -> None:
    at = on("9 mar", SPRING + "p1 1 mar payment 650 for=january\np2 3 mar payment 650 for=january")
    assert paid_by(at) == {"january": "p1 650", "february": "p2 650", "march": ""}


def test_money_named_for_a_charge_to_come_waits_for_it() -> None:
    table = SPRING + "p1 28 mar payment 650 for=april\napril 1 apr charge 650"
    before, after = on("31 mar", table), on("1 apr", table)
    assert still_open(before) == {"january": "650", "february": "650", "march": "650"}
    assert (before.credit, before.balance, before.overdue) == (650_00, 1300_00, 1950_00)
    assert paid_by(after)["april"] == "p1 650"
    assert after.credit == 0


def test_naming_something_that_is_no_charge_says_nothing() -> None:
    table = SPRING + "p1 3 mar payment 650 for=p2\np2 5 mar payment 10\np3 6 mar payment 20 for=p2"
    assert on("4 mar", table).credit == 650_00, "until p2 comes it might be a charge"
    assert paid_by(on("6 mar", table)) == {"january": "p1 650", "february": "p2 10 + p3 20", "march": ""}


def test_what_a_waiting_payment_leaves_over_goes_to_the_oldest() -> None:
    at = on("1 apr", SPRING + "p1 28 mar payment 700 for=april\napril 1 apr charge 650")
    assert paid_by(at) == {"january": "p1 50", "february": "", "march": "", "april": "p1 650"}


def test_older_money_goes_first_even_if_it_waited() -> None:
    """p1 waited for april and left 50; p2 came later and lies free: may is paid by p1 before p2."""
    table = """
        p1    28 mar payment 700  for=april
        p2    29 mar payment 100
        april  1 apr charge  650
        may    1 may charge  120
    """
    assert paid_by(on("1 may", table)) == {"april": "p1 650", "may": "p1 50 + p2 70"}


def test_surplus_is_credit_and_pays_the_next_charge_on_the_day_it_was_paid() -> None:
    table = "march 1 mar charge 650\np1 3 mar payment 800\napril 1 apr charge 650"
    assert on("31 mar", table).balance == -150_00
    at = on("1 apr", table + "\np2 2 apr payment 500")
    assert still_open(at) == {"april": "500"}
    assert paid_by(on("2 apr", table + "\np2 2 apr payment 500"))["april"] == "p1 150 + p2 500"


def test_credit_alone_pays_a_charge_early() -> None:
    at = on("1 apr", "p1 20 mar payment 650\napril 1 apr charge 650")
    april = charge_of(at, "april")
    assert (april.paid_on, april.days_late) == (day("20 mar"), -12)


# --- costs and interest of a claim --------------------------------------------------------------------------

CLAIM = """
    january   1 jan  charge  650
    february  1 feb  charge  650
    interest  1 mar  charge   10  interest_of=january
    costs     2 mar  charge   40  costs_of=january
"""


def test_within_a_claim_costs_then_interest_then_the_principal() -> None:
    at = on("9 mar", CLAIM + "p1 5 mar payment 45")
    assert paid_by(at) == {"january": "", "february": "", "interest": "p1 5", "costs": "p1 40"}


def test_costs_go_with_their_claim_before_a_newer_rent() -> None:
    at = on("9 mar", CLAIM + "p1 5 mar payment 710")
    assert still_open(at) == {"february": "640"}


def test_naming_the_rent_of_a_month_pays_the_costs_of_that_claim_first() -> None:
    table = CLAIM + "march 4 mar charge 650\np1 5 mar payment 650 for=january"
    assert still_open(on("9 mar", table)) == {"january": "50", "february": "650", "march": "650"}


def test_naming_a_rent_that_is_paid_pays_the_costs_that_are_left_of_that_claim() -> None:
    table = """
        january   1 jan  charge  650
        february  1 feb  charge  650
        p1        2 feb  payment 650  for=february
        costs     3 feb  charge   40  costs_of=february
        p2        4 feb  payment  40  for=february
    """
    assert paid_by(on("9 feb", table)) == {"january": "", "february": "p1 650", "costs": "p2 40"}


def test_costs_without_a_claim_stand_on_their_own() -> None:
    table = "costs 2 mar charge 40 costs_of=nothing\nmarch 3 mar charge 650\np1 5 mar payment 45"
    assert still_open(on("9 mar", table)) == {"march": "645"}


def test_a_reversal_belongs_to_no_claim() -> None:
    storno = Entry("storno", day("2 mar"), Kind.REVERSAL, 5_00, claim="march", component=Component.COSTS)
    at = position([*ledger("march 1 mar charge 650\np1 2 mar payment 5"), storno], day("2 mar"))
    assert still_open(at) == {"march": "645", "storno": "5"}


def test_of_several_costs_of_one_claim_the_oldest_goes_first() -> None:
    table = """
        january   1 jan  charge  650
        k10       1 mar  charge   40  costs_of=january
        k9        2 mar  charge   40  costs_of=january
        p1        3 mar  payment  50
    """
    assert paid_by(on("9 mar", table)) == {"january": "", "k10": "p1 40", "k9": "p1 10"}


# --- reversals ----------------------------------------------------------------------------------------------

REVERSED = SPRING + "p1 3 mar payment 1300\nstorno 7 mar reversal 1300 undoes=p1"


def test_a_reversal_opens_again_what_its_payment_had_covered() -> None:
    assert still_open(on("6 mar", REVERSED)) == {"march": "650"}
    at = on("7 mar", REVERSED)
    assert still_open(at) == {"january": "650", "february": "650", "march": "650"}
    assert at.days_overdue == (day("7 mar") - day("1 jan")).days
    assert at.last_payment is None


def test_a_reversal_leaves_what_other_money_paid() -> None:
    table = SPRING + "p1 3 jan payment 650\np2 3 feb payment 650\nstorno 7 mar reversal 650 undoes=p1"
    assert still_open(on("9 mar", table)) == {"january": "650", "march": "650"}


def test_a_partial_reversal_takes_back_what_was_covered_last() -> None:
    at = on("9 mar", SPRING + "p1 3 mar payment 1300\nstorno 7 mar reversal 400 undoes=p1")
    assert paid_by(at) == {"january": "p1 650", "february": "p1 250", "march": ""}
    assert at.last_payment is not None


def test_a_partial_reversal_takes_the_unused_part_first() -> None:
    at = on("9 mar", "march 1 mar charge 650\np1 3 mar payment 800\nstorno 7 mar reversal 100 undoes=p1")
    assert (still_open(at), at.balance) == ({}, -50_00)


def test_free_credit_steps_in_for_a_reversed_payment() -> None:
    table = """
        p0      1 feb  payment   650  for=april
        march   1 mar  charge    650
        p1      3 mar  payment   650
        p2      4 mar  payment   200
        storno  7 mar  reversal  650  undoes=p1
    """
    assert paid_by(on("7 mar", table)) == {"march": "p2 200"}  # p0 still waits for april


def test_a_second_reversal_of_the_same_payment_is_owed() -> None:
    table = "p1 3 mar payment 650\ns1 7 mar reversal 650 undoes=p1\ns2 9 mar reversal 650 undoes=p1"
    assert still_open(on("9 mar", table)) == {"s2": "650"}


def test_what_is_reversed_beyond_the_payment_is_owed_from_that_day() -> None:
    at = on("9 mar", "march 1 mar charge 650\np1 3 mar payment 650\nstorno 7 mar reversal 655 undoes=p1")
    assert still_open(at) == {"march": "650", "storno": "5"}
    assert charge_of(at, "storno").due == day("7 mar")


def test_a_reversal_of_money_we_never_saw_is_owed_from_its_day() -> None:
    at = on("9 mar", "storno 7 mar reversal 650 undoes=before_our_time")
    assert (still_open(at), at.days_overdue) == ({"storno": "650"}, 2)


def test_a_reversal_may_come_before_its_payment() -> None:
    table = "march 1 mar charge 650\nstorno 3 mar reversal 650 undoes=p1\np1 4 mar payment 650"
    assert still_open(on("3 mar", table)) == {"march": "650", "storno": "650"}
    at = on("4 mar", table)
    assert (paid_by(at), at.credits, at.last_payment) == ({"march": ""}, (), None)


def test_money_that_covered_an_early_reversal_is_free_again() -> None:
    """p0 covered the storno while its payment was not there; when it comes p0 pays april after all."""
    table = """
        p0      1 mar  payment   650
        storno  3 mar  reversal  650  undoes=p1
        april   1 apr  charge    650
        p1      2 apr  payment   650
    """
    assert paid_by(on("1 apr", table)) == {"storno": "p0 650", "april": ""}
    assert paid_by(on("2 apr", table)) == {"april": "p0 650"}


def test_of_the_money_that_covered_an_early_reversal_the_newest_part_is_free_first() -> None:
    table = """
        p0      1 mar  payment    60
        q       2 mar  payment    40
        storno  3 mar  reversal  100  undoes=p1
        p1      4 mar  payment    30
    """
    at = on("4 mar", table)
    assert (paid_by(at), at.credit) == ({"storno": "p0 60 + q 10"}, 30_00)


def test_older_money_that_comes_free_again_goes_before_newer() -> None:
    """p0 covered the storno; then q came and lies free; when p0 is free again it pays april before q does."""
    table = """
        p0      1 mar  payment    60
        storno  3 mar  reversal   60  undoes=p1
        q       4 mar  payment    40
        p1      5 mar  payment    60
        april   1 apr  charge     70
    """
    assert paid_by(on("1 apr", table)) == {"april": "p0 60 + q 10"}


def test_a_part_that_was_reversed_early_is_set_off_against_the_payment() -> None:
    table = "march 1 mar charge 650\nstorno 3 mar reversal 50 undoes=p1\np1 4 mar payment 650"
    at = on("4 mar", table)
    assert paid_by(at) == {"march": "p1 600"}
    assert at.last_payment is not None


# --- refunds, corrections, write-offs -----------------------------------------------------------------------


def test_a_refund_uses_up_the_credit_it_pays_back() -> None:
    at = on("9 mar", "march 1 mar charge 650\np1 3 mar payment 800\nback 7 mar refund 150")
    assert (at.balance, at.overdue, paid_by(at)["back"]) == (0, 0, "p1 150")


def test_a_refund_without_credit_is_owed_from_its_day() -> None:
    assert still_open(on("9 mar", "back 7 mar refund 150")) == {"back": "150"}


def test_a_negative_correction_works_like_a_payment() -> None:
    at = on("9 mar", SPRING + "less 7 mar correction -650")
    assert still_open(at) == {"february": "650", "march": "650"}
    assert charge_of(at, "january").paid_on == day("7 mar")
    assert at.last_payment is None, "a correction is no sign of life of the payer"


def test_a_positive_correction_works_like_a_charge_due_on_its_day() -> None:
    at = on("9 mar", "more 7 mar correction 25")
    assert (still_open(at), at.days_overdue) == ({"more": "25"}, 2)


def test_a_write_off_ends_the_debt_but_is_not_a_payment() -> None:
    at = on("9 mar", "march 1 mar charge 650\np1 3 mar payment 600\ngone 7 mar write_off 50")
    march = charge_of(at, "march")
    assert (at.balance, march.covered, march.paid) == (0, 650_00, 600_00)
    assert (march.paid_on, march.days_late) == (None, None)


def test_only_a_correction_is_signed() -> None:
    assert entry(kind=Kind.CORRECTION, amount=-1).effect == -1
    with pytest.raises(ValueError, match="positive amount"):
        entry(kind=Kind.PAYMENT, amount=-1)


def test_an_id_comes_once() -> None:
    replay = Replay()
    replay.add(entry("x"))
    with pytest.raises(ValueError, match="same id"):
        replay.add(entry("x", Kind.PAYMENT))


# --- paid on, late or early ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("paid", "late"), [("27 feb", -2), ("1 mar", 0), ("12 mar", 11)])
def test_days_late_count_from_the_due_day(paid: str, late: int) -> None:
    at = on("31 mar", f"march 20 feb charge 650 due=1 mar\np1 {paid} payment 650")
    assert (charge_of(at, "march").paid_on, charge_of(at, "march").days_late) == (day(paid), late)


def test_a_charge_is_paid_on_the_day_of_the_last_part() -> None:
    at = on("31 mar", "march 1 mar charge 650\np1 3 mar payment 400\np2 9 mar payment 250")
    assert charge_of(at, "march").days_late == 8


def test_the_last_payment_is_the_newest_that_was_not_reversed() -> None:
    table = "p1 3 mar payment 400\np2 9 mar payment 250\nstorno 12 mar reversal 250 undoes=p2"
    newest = on("31 mar", table).last_payment
    assert newest is not None
    assert newest.id == "p1"


# --- two times: when it counts and when we knew -------------------------------------------------------------

TOLD_LATE = """
    march   1 mar  charge    650
    p1      2 mar  payment   650
    storno  3 mar  reversal  650  undoes=p1  known=11 mar
    p2      3 mar  payment   100  known=5 mar
"""


def test_what_was_owed_on_3_march_as_we_knew_it_on_10_march() -> None:
    assert on("3 mar", TOLD_LATE, known="3 mar").balance == 0
    assert on("3 mar", TOLD_LATE, known="10 mar").balance == -100_00
    assert on("3 mar", TOLD_LATE, known="11 mar").balance == 550_00
    assert on("3 mar", TOLD_LATE).balance == 550_00


def test_an_entry_known_before_it_counts_does_not_count_early() -> None:
    table = "raise 1 jul charge 680 known=1 may"
    assert on("1 jun", table, known="1 jun").balance == 0
    assert on("1 jul", table, known="1 jun").balance == 680_00


# --- history ------------------------------------------------------------------------------------------------


def test_the_history_gives_the_sums_of_each_day_in_one_go() -> None:
    days = [day("28 feb"), day("2 mar"), day("6 mar"), day("9 mar")]
    assert [
        (t.balance, t.overdue, t.oldest_unpaid_due, t.open_charges) for t in history(ledger(REVERSED), days)
    ] == [
        (1300_00, 1300_00, day("1 jan"), 2),
        (1950_00, 1950_00, day("1 jan"), 3),
        (650_00, 650_00, day("1 mar"), 1),
        (1950_00, 1950_00, day("1 jan"), 3),
    ]


def test_no_days_no_history() -> None:
    assert history(ledger(REVERSED), []) == []


def test_entries_of_one_day_go_by_sequence_then_kind_then_id() -> None:
    first = Entry("z", date(2026, 3, 1), Kind.PAYMENT, 1, sequence=0)
    second = Entry("b", date(2026, 3, 1), Kind.CHARGE, 1, sequence=1)
    third = Entry("c", date(2026, 3, 1), Kind.CHARGE, 1, sequence=1)
    part = Entry("a", date(2026, 3, 1), Kind.CHARGE, 1, sequence=1, claim="b")
    fourth = Entry("a2", date(2026, 3, 1), Kind.PAYMENT, 1, sequence=1)
    found = sorted([fourth, part, third, second, first], key=lambda entry: entry.order)
    assert found == [first, second, third, part, fourth]
