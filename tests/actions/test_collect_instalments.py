"""Direct debit of instalments: who gave leave, what goes in the file, on which day, and what came back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as XML

import pytest
from django.conf import LazySettings

from tests.actions.camt import Line, camt
from tests.actions.test_arrangements import DUE, agreed, at, codes, pays, terms
from tests.actions.test_arrangements import town as town
from tests.actions.test_import_bank import bring_in
from tests.actions.town import TODAY, SmallTown
from voordeur.actions import change_arrangement
from voordeur.actions.collect_instalments import (
    end_mandate,
    first_day,
    give_mandate,
    make_collection,
    take_collection,
)
from voordeur.actions.propose_arrangement import Proposal, propose
from voordeur.core.arrangements.values import EndReason, Rhythm
from voordeur.core.problems import Refused
from voordeur.store.models import Arrangement, AuditLine, Collection, CollectionRun, LetterHead, Mandate

pytestmark = pytest.mark.django_db
IBAN = "NL86 INGB 0002 4455 88"
_IN = {"d": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}


@pytest.fixture(autouse=True)
def _creditor(settings: LazySettings) -> None:
    """The landlord may collect."""
    settings.CREDITOR_ID = "NL69ZZZ123456780000"
    LetterHead.objects.create(
        made="2026-01-01T12:00Z", name="Woonstichting Lindewaard & Omstreken", iban="NL91ABNA0417164300"
    )


def with_mandate(town: SmallTown, **more: object) -> Arrangement:
    """An arrangement of today whose instalments are collected."""
    row = agreed(town, **more)
    give_mandate(town.consultant, row.pk, IBAN, "B. Veldhuizer", TODAY)
    return row


def told(run: CollectionRun) -> Iterator[dict[str, str]]:
    """Each debit of a file: day, number, cents, and what else a bank looks at."""
    tree = XML.fromstring(run.content)
    for block in tree.iterfind(".//d:PmtInf", _IN):
        debits = block.findall("d:DrctDbtTxInf", _IN)
        assert _text(block, "d:NbOfTxs") == str(len(debits))
        sums = [Decimal(_text(one, "d:InstdAmt")) for one in debits]
        assert Decimal(_text(block, "d:CtrlSum")) == sum(sums)
        for one, amount in zip(debits, sums, strict=True):
            yield {
                "day": _text(block, "d:ReqdColltnDt"), "cents": str(int(amount * 100)),
                "number": _text(one, ".//d:EndToEndId"), "mandate": _text(one, ".//d:MndtId"),
                "signed": _text(one, ".//d:DtOfSgntr"), "holder": _text(one, "d:Dbtr/d:Nm"),
                "said": _text(one, ".//d:Ustrd"), "landlord": _text(block, "d:Cdtr/d:Nm"),
                "type": _text(block, ".//d:SeqTp"),
            }  # fmt: skip


def _text(tree: Any, path: str) -> str:
    found = tree.findtext(path, namespaces=_IN)
    assert found, path
    return str(found)


def test_each_instalment_is_collected_once_on_its_own_day(town: SmallTown) -> None:
    """Three weeks ahead in one file: what falls due in the first week is not collected in the last one."""
    row = with_mandate(town, rhythm=Rhythm.WEEKLY, amount=60_00)
    run = make_collection(town.consultant, date(2026, 12, 10), TODAY)
    assert [(one["day"], one["cents"]) for one in told(run)] == [
        ("2026-11-25", "6000"), ("2026-12-02", "6000"), ("2026-12-09", "6000"),
    ]  # fmt: skip
    assert (run.count, run.total) == (3, 180_00)
    with pytest.raises(Refused) as refusal:
        make_collection(town.consultant, date(2026, 12, 10), TODAY)
    assert codes(refusal) == {"nothing-to-collect"}
    later = make_collection(town.consultant, date(2026, 12, 17), date(2026, 12, 1))
    assert [one["day"] for one in told(later)] == ["2026-12-16"]
    assert later.message != run.message
    assert {one["mandate"] for one in told(run)} == {f"VD-{row.reference}-1"}


def test_a_bank_reads_only_signs_that_it_takes(town: SmallTown) -> None:
    row = agreed(town)
    give_mandate(town.consultant, row.pk, IBAN, "Zoë d'Ancona & <zn>", TODAY)
    (one,) = told(make_collection(town.consultant, DUE, TODAY))
    assert one["landlord"] == "Woonstichting Lindewaard + Omstreken"
    assert one["holder"] == "Zoe d'Ancona + zn"
    assert one["said"].endswith(f"regeling termijn 1 kenmerk {row.reference}")
    assert (one["type"], one["signed"]) == ("RCUR", TODAY.isoformat())


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 11, 28), date(2026, 12, 1)),
        (date(2026, 12, 25), date(2026, 12, 29)),
    ],
)
def test_a_bank_needs_a_working_day(today: date, first: date) -> None:
    """On a Saturday a file reaches the bank on Monday, and that day is too late for Monday."""
    assert first_day(today) == first


def test_what_fell_due_before_a_file_was_made_is_collected_on_the_first_possible_day(town: SmallTown) -> None:
    with_mandate(town)
    run = make_collection(town.consultant, date(2026, 12, 4), date(2026, 11, 26))
    assert [one["day"] for one in told(run)] == ["2026-11-27"]


@pytest.mark.parametrize("until", [TODAY, date(2027, 2, 1)])
def test_a_day_on_which_nothing_can_be_collected(town: SmallTown, until: date) -> None:
    with_mandate(town)
    with pytest.raises(Refused) as refusal:
        make_collection(town.consultant, until, TODAY)
    assert codes(refusal) == {"day-of-collection"}
    assert not CollectionRun.objects.exists()


def test_a_lump_sum_and_an_instalment_on_one_day_are_two_debits(town: SmallTown) -> None:
    with_mandate(town, lump=300_00, lump_on=DUE)
    run = make_collection(town.consultant, DUE, TODAY)
    numbers = {one["number"]: one["cents"] for one in told(run)}
    assert sorted(numbers.values()) == ["11000", "30000"]
    assert all(len(number) <= 35 for number in numbers)


def test_what_is_paid_already_is_not_collected(town: SmallTown) -> None:
    with_mandate(town)
    pays(town, date(2026, 11, 24), 60_00, description="regeling")
    (one,) = told(make_collection(town.consultant, DUE, date(2026, 11, 24)))
    assert one["cents"] == "5000"


def test_a_few_cents_are_not_collected(town: SmallTown) -> None:
    with_mandate(town)
    pays(town, date(2026, 11, 24), 109_50, description="regeling")
    with pytest.raises(Refused) as refusal:
        make_collection(town.consultant, DUE, date(2026, 11, 24))
    assert codes(refusal) == {"nothing-to-collect"}


def test_spread_anew_the_new_instalments_are_collected_and_no_number_comes_twice(town: SmallTown) -> None:
    """The file of this morning holds number 1 of the old plan; the new plan has a number 1 on another day, too."""
    row = with_mandate(town)
    make_collection(town.consultant, DUE, TODAY)
    change_arrangement.reschedule(
        town.consultant, row.pk, terms(amount=150_00, first=date(2026, 12, 7)), TODAY
    )
    (one,) = told(make_collection(town.consultant, date(2026, 12, 10), TODAY))
    assert (one["day"], one["cents"]) == ("2026-12-07", "15000")
    change_arrangement.reschedule(
        town.consultant, row.pk, terms(amount=160_00, first=date(2026, 12, 7)), TODAY
    )
    with pytest.raises(Refused) as refusal:
        make_collection(town.consultant, date(2026, 12, 10), TODAY)
    assert codes(refusal) == {"nothing-to-collect"}, "that day's money is on its way already"


def test_money_that_comes_in_and_goes_back_is_told_with_the_reason(town: SmallTown) -> None:
    """What came back is not collected again by itself; the next instalment is, as was agreed."""
    row = with_mandate(town)
    make_collection(town.consultant, DUE, TODAY)
    sent = Collection.objects.get()
    line = {"mandate": sent.mandate.reference, "end_to_end": sent.end_to_end}
    bring_in(camt([Line(110_00, "C1", **line)], day=DUE))
    assert (at(town, DUE).received, Collection.objects.get().state) == (110_00, "received")
    back = date(2026, 11, 27)
    bring_in(camt([Line(-110_00, "C2", reversal="AM04", **line)], day=back, opening=210_00, statement="2"))
    assert at(town, back).state == "at_risk"
    returned = Collection.objects.get()
    assert (returned.state, returned.reason, returned.settled_on) == ("returned", "AM04", back)
    (one,) = told(make_collection(town.consultant, date(2026, 12, 28), date(2026, 12, 15)))
    assert one["number"] == f"VD-{row.reference}-1-261228-2"


def test_an_arrangement_that_was_not_kept_is_not_collected(town: SmallTown) -> None:
    row = with_mandate(town)
    Arrangement.objects.filter(pk=row.pk).update(state="breached")
    with pytest.raises(Refused) as refusal:
        make_collection(town.consultant, DUE, TODAY)
    assert codes(refusal) == {"nothing-to-collect"}


# --- leave ---


@pytest.mark.parametrize(
    ("iban", "holder"),
    [("NL86INGB0002445589", "B"), ("", "B"), (IBAN, " "), (IBAN, "--"), ("TR330006100519786457841326", "B"),
     ("GB29NWBK60161331926819", "B")],
)  # fmt: skip
def test_an_account_that_no_bank_would_debit_is_refused(town: SmallTown, iban: str, holder: str) -> None:
    row = agreed(town)
    with pytest.raises(Refused) as refusal:
        give_mandate(town.consultant, row.pk, iban, holder, TODAY)
    assert codes(refusal) == {"wrong-iban"}
    assert not Mandate.objects.exists()


def test_a_newer_mandate_takes_the_place_of_the_one_before(town: SmallTown) -> None:
    row = with_mandate(town)
    second = give_mandate(town.consultant, row.pk, "DE89 3704 0044 0532 0130 00", "B. Veldhuizer", TODAY)
    assert second.iban == "DE89370400440532013000"
    assert list(row.mandates.order_by("pk").values_list("ended_on", flat=True)) == [TODAY, None]
    (one,) = told(make_collection(town.consultant, DUE, TODAY))
    assert one["mandate"] == second.reference


def test_leave_can_be_taken_back_and_ends_with_the_arrangement(town: SmallTown) -> None:
    row = with_mandate(town)
    end_mandate(town.consultant, row.pk, TODAY)
    with pytest.raises(Refused):
        end_mandate(town.consultant, row.pk, TODAY)
    with pytest.raises(Refused) as refusal:
        make_collection(town.consultant, DUE, TODAY)
    assert codes(refusal) == {"nothing-to-collect"}
    give_mandate(town.consultant, row.pk, IBAN, "B. Veldhuizer", TODAY)
    change_arrangement.end(town.consultant, row.pk, EndReason.TENANT_ASKED, "Betaalt zelf.", TODAY)
    assert not row.mandates.filter(ended_on=None).exists()
    with pytest.raises(Refused):
        give_mandate(town.consultant, row.pk, IBAN, "B. Veldhuizer", TODAY)


def test_leave_before_the_agreement_collects_nothing_yet(town: SmallTown) -> None:
    row = propose(town.manager, town.veldhuizer.pk, Proposal(uuid4(), terms(), "table"), TODAY)
    give_mandate(town.manager, row.pk, IBAN, "B. Veldhuizer", TODAY)
    with pytest.raises(Refused) as refusal:
        make_collection(town.consultant, DUE, TODAY)
    assert codes(refusal) == {"nothing-to-collect"}


def test_only_who_may_collect_does_and_what_was_done_is_written_down(town: SmallTown) -> None:
    with_mandate(town)
    for deed in (lambda: make_collection(town.manager, DUE, TODAY), lambda: take_collection(town.manager, 1)):
        with pytest.raises(Refused):
            deed()
    run = make_collection(town.consultant, DUE, TODAY)
    assert take_collection(town.consultant, run.pk).content == run.content
    with pytest.raises(Refused):
        take_collection(town.consultant, run.pk + 1)
    lines = AuditLine.objects.filter(action__contains="mandate") | AuditLine.objects.filter(
        action__contains="collection"
    )
    assert set(lines.values_list("action", flat=True)) == {
        "give_mandate",
        "make_collection",
        "take_collection",
    }
    assert "INGB" not in "".join(str(line.data) for line in lines), "no account number in the log"


def test_without_a_creditor_identifier_nothing_is_kept(town: SmallTown, settings: LazySettings) -> None:
    with_mandate(town)
    settings.CREDITOR_ID = ""
    with pytest.raises(Refused) as refusal:
        make_collection(town.consultant, DUE, TODAY)
    assert codes(refusal) == {"no-creditor-id"}
    assert not CollectionRun.objects.exists()
    assert not Collection.objects.exists()
