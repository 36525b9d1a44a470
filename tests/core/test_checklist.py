"""May the signal go? The gate in words: what is met with its proof, what is lacking, and what time alone mends."""

from dataclasses import replace
from datetime import date, timedelta

from tests.core.case_road import LAW, OPENED, RANG, REMINDED, SPOKE, E, at, lived, said
from voordeur.core.case_guards import GATE
from voordeur.core.case_terms import reaction_until
from voordeur.core.cases import Case, Circumstances, gate
from voordeur.core.checklist import Line, checklist
from voordeur.core.contacts import Channel, DayPart

DUTIES = ["effort", "help_pointed", "reminded", "offered"]
SEPTEMBER = date(2026, 9, 20)
OCTOBER = date(2026, 10, 2)


def lines(case: Case, now: Circumstances) -> dict[str, Line]:
    """The lines by the name of what they ask."""
    return {line.name: line for line in checklist(case, now, LAW)}


def test_the_four_duties_come_first() -> None:
    assert [line.name for line in checklist(lived(OPENED), at(SEPTEMBER), LAW)][:4] == DUTIES


def test_a_new_case_has_nothing_and_every_line_says_what_to_do() -> None:
    found = lines(lived(OPENED), at(SEPTEMBER))
    assert [found[name].met for name in DUTIES] == [False] * 4
    assert all(line.said.nl and line.said.en and line.basis for line in found.values() if not line.met)


def test_a_duty_that_is_done_shows_its_proof_with_the_day() -> None:
    found = lines(lived(OPENED, RANG, SPOKE, REMINDED), at(SEPTEMBER))
    assert found["effort"].said.nl == "2 pogingen, op 9 september gesproken"
    assert found["help_pointed"].said.nl == "9 september"
    assert found["reminded"].said.nl == "13 september, bezorgd op 16 september"
    assert found["reminded"].said.en == "13 September, delivered on 16 September"


def test_one_attempt_is_effort_by_law_and_our_own_care_asks_for_another_part_of_the_day() -> None:
    found = lines(lived(OPENED, RANG), at(SEPTEMBER))
    assert (found["effort"].met, found["effort"].said.nl) == (True, "1 poging")
    assert not found["effort_spread"].met
    same_part = said(E.ATTEMPTED, date(2026, 9, 7), channel=Channel.VISIT, part=DayPart.MORNING)
    assert "effort_spread" in lines(lived(OPENED, RANG, same_part), at(SEPTEMBER))
    other_part = said(E.ATTEMPTED, date(2026, 9, 7), channel=Channel.VISIT, part=DayPart.EVENING)
    assert "effort_spread" not in lines(lived(OPENED, RANG, other_part), at(SEPTEMBER))


def test_a_met_line_without_proof_to_show_is_left_out() -> None:
    found = lines(lived(OPENED, RANG, SPOKE, REMINDED), at(SEPTEMBER))
    assert not {"effort_spread", "not_repeated", "not_yet_helped"} & set(found)


def test_time_to_say_no_begins_with_the_letter_and_then_only_time_is_needed() -> None:
    before = lines(lived(OPENED, RANG, SPOKE), at(SEPTEMBER))["reaction_over"]
    assert (before.met, before.waits) == (False, False)
    assert before.said.nl == "Die tijd begint als de herinnering is bezorgd."
    case = lived(OPENED, RANG, SPOKE, REMINDED)
    running = lines(case, at(SEPTEMBER))["reaction_over"]
    assert (running.met, running.waits) == (False, True)


def test_the_line_turns_on_the_day_after_the_last_day_to_say_no() -> None:
    case = lived(OPENED, RANG, SPOKE, REMINDED)
    last = reaction_until(case, LAW)
    assert last is not None
    assert not lines(case, at(last))["reaction_over"].met
    assert lines(case, at(last + timedelta(days=1)))["reaction_over"].met


def test_the_agreement_is_named_and_its_absence_is_said() -> None:
    case, now = lived(OPENED), at(SEPTEMBER)
    assert "Lindewaard" in lines(case, now)["agreement_valid"].said.nl
    without = lines(case, replace(now, agreement=None))["agreement_valid"]
    assert (without.met, without.waits) == (False, False)


def test_a_no_shuts_the_gate_and_no_time_opens_it() -> None:
    case = lived(OPENED, RANG, SPOKE, REMINDED, said(E.OBJECTED, date(2026, 9, 18)))
    line = lines(case, at(OCTOBER))["no_objection"]
    assert (line.met, line.waits) == (False, False)


def test_the_list_says_the_same_as_the_gate_on_every_day() -> None:
    """All lines met if and only if the law lets the signal go: the list hides no condition that is not met."""
    case = lived(OPENED, RANG, SPOKE, REMINDED)
    for ahead in range(40):
        now = at(date(2026, 9, 15) + timedelta(days=ahead))
        opened = all(lack is None for _guard, lack in gate(case, now, LAW))
        shown = all(line.met for line in checklist(case, now, LAW))
        assert shown == opened, now.on
    assert opened, "the forty days reach the other side"


def test_every_condition_of_the_gate_has_its_line_or_is_shown_elsewhere() -> None:
    """Whether anything is overdue now stands as an amount on the page; all others have a line."""
    wanting = replace(at(SEPTEMBER), agreement=None, already_helped=True, plan_kept=True)
    names = {line.name for line in checklist(lived(OPENED), wanting, LAW)}
    assert {guard.name for guard in GATE} - names <= {"overdue_now", "effort_spread", "not_repeated"}
