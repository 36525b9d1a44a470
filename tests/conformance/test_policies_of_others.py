"""Where our figures differ from published ones, case by case; and the comparison with policies of others can fail."""

from typing import Any

import pytest

from tests.conformance.hackney import (
    TODAY,
    attributes_as_facts,
    check_collectable_arrears,
    check_recommended_action,
    differs,
    the_pack,
)
from tests.conformance.ladder_extras import check_extra
from tests.conformance.ladder_runs import check_levels_by_days, check_month_end_look, check_terms_and_fees
from tests.conformance.published import OWN_FOLDER, Case, cases, extra_cases
from voordeur.core.conditions import OPS, parse_condition
from voordeur.core.packs import Situation, choose


def own(suite: str) -> list[Case]:
    found = cases(OWN_FOLDER, {suite})
    assert found
    return found


def test_the_cases_of_collectable_arrears_that_differ() -> None:
    assert [case.id for case in own("hackney_collectable_arrears") if differs(case)] == [
        "hackney-collectable-3"
    ]


def test_every_action_of_the_cases_is_an_action_of_the_pack() -> None:
    expected = {case.case["expect"].get("recommended_action") for case in own("hackney_recommended_action")}
    assert expected - {None} <= set(the_pack().actions)


def test_the_pack_uses_every_fact_and_nothing_that_a_form_could_not_offer() -> None:
    pack = the_pack()
    groups = [rule.when for rule in pack.rules] + [block.when for block in pack.blocks]
    groups += [group for rule in pack.rules for group in rule.unless]
    conditions = [condition for group in groups for condition in group]
    assert {condition.fact for condition in conditions} == set(pack.facts)
    for condition in conditions:
        assert parse_condition(str(condition), pack.vocabulary) == condition
        assert condition.op in OPS[pack.vocabulary[condition.fact]]


def test_a_clash_of_the_peer_is_shown_here() -> None:
    """Its own rules ask for two things at once when a court agreement is breached a week after the letter."""
    given = {
        "courtdate": {"weeks": -6}, "court_outcome": "AGP", "last_communication_action": "CBV",
        "last_communication_date": {"days": -9}, "days_since_last_payment": 20, "weekly_rent": 5,
        "most_recent_agreement": {"start_date": {"weeks": -5}, "breached": True},
        "nosp_served_date": {"weeks": -80}, "collectable_arrears": 100.0,
    }  # fmt: skip
    found = choose(the_pack(), Situation(TODAY, attributes_as_facts(given)))
    assert (found.action, found.also, found.clash) == ("court_breach_no_payment", (), ())
    letter = given | {"last_communication_action": "BLI"}
    found = choose(the_pack(), Situation(TODAY, attributes_as_facts(letter)))
    assert (found.action, found.clash) == ("address_court_agreement_breach", ())
    sms = {"collectable_arrears": 9, "courtdate": None, "court_outcome": "OUT"}
    found = choose(the_pack(), Situation(TODAY, attributes_as_facts(sms)))
    assert (found.action, found.clash) == ("send_first_SMS", ("data-outcome",))


def changed(case: Case, **more: Any) -> Case:
    return case._replace(case=case.case | more)


def test_a_wrong_action_is_found() -> None:
    for case in own("hackney_recommended_action"):
        expected = case.case["expect"].get("recommended_action")
        if expected is None:
            continue
        with pytest.raises(AssertionError):
            check_recommended_action(changed(case, expect={"recommended_action_not": expected}))
        with pytest.raises(AssertionError):
            check_recommended_action(changed(case, expect={"recommended_action": "dance"}))
    with pytest.raises(AssertionError, match="unknown kind"):
        check_recommended_action(changed(case, expect={"letter": "two"}))


def test_arrears_that_follow_from_neither_formula_are_found() -> None:
    for case in own("hackney_collectable_arrears"):
        with pytest.raises(AssertionError):
            check_collectable_arrears(changed(case, expect={"collectable_arrears": 999}))


def test_a_missing_line_and_a_line_too_many_are_found() -> None:
    for case in own("oca_credit_control_ladder_2013"):
        lines = case.case["expected_new_lines"]
        with pytest.raises(AssertionError, match="too much"):
            check_month_end_look(changed(case, expected_new_lines=lines[1:]))
        with pytest.raises(AssertionError, match="not proposed"):
            check_month_end_look(changed(case, expected_new_lines=[lines[0] | {"level": 9}, *lines[1:]]))
        with pytest.raises(AssertionError):
            check_month_end_look(changed(case, expected_new_lines=[*lines, lines[0]]))


def test_a_line_published_twice_stands_for_the_one_that_is_missing() -> None:
    case = own("oca_credit_control_ladder_2013")[-1]
    first, second, *others = case.case["expected_new_lines"]
    check_month_end_look(changed(case, expected_new_lines=[first, first, *others]))
    with pytest.raises(AssertionError):
        check_month_end_look(changed(case, expected_new_lines=[first, first, second | {"level": 9}, *others]))


def test_a_look_alone_in_its_file_still_follows_the_months_before_it() -> None:
    last = own("oca_credit_control_ladder_2013")[-1]
    check_month_end_look(last._replace(suite=last.suite | {"cases": [last.case]}))


@pytest.mark.parametrize(
    "row",
    [
        {"run_on_day": 4, "expect": {"level": 1, "state": "draft"}},
        {"run_on_day": 10, "expect": "no reminder"},
        {"run_on_day": 30, "given": "level-1 reminder still draft", "expect": {"level": 2, "state": "draft"}},
        {
            "run_on_day": 30,
            "given": "level-1 processed and blocked",
            "expect": {"level": 1, "blocked": False},
        },
        {"run_on_day": 30, "given": "block lifted", "expect": {"level": 1}},
        {"run_on_day": 50, "given": "already paid", "expect": {"level": 3, "state": "draft"}},
        {"run_on_day": 50, "expect": "a surprise"},
    ],
)
def test_a_wrong_reminder_is_found(row: dict[str, Any]) -> None:
    [suite] = {id(case.suite): case.suite for case in own("tryton_dunning_levels")}.values()
    with pytest.raises(AssertionError):
        check_levels_by_days(Case(suite, {"id": "x", **row}))


def test_a_wrong_sum_and_a_wrong_row_are_found() -> None:
    for case in own("erpnext_dunning_and_terms"):
        if isinstance(case.case.get("expect"), dict):
            for name in case.case["expect"]:
                wrong = case.case["expect"] | {name: 1.23}
                with pytest.raises(AssertionError):
                    check_terms_and_fees(changed(case, expect=wrong))
        for key in [name for name in case.case if name.startswith("expect_rows_")]:
            with pytest.raises(AssertionError):
                check_terms_and_fees(changed(case, **{key: case.case[key][1:]}))
    with pytest.raises(AssertionError, match="cannot read"):
        check_terms_and_fees(Case({}, {"id": "x", "given": "something else", "expect": "something"}))


def test_an_extra_case_that_says_otherwise_is_found() -> None:
    extra = {one.id: one for one in extra_cases(OWN_FOLDER, {"oca_credit_control_ladder_2013"})}
    assert len(extra) == 4
    with pytest.raises(AssertionError):
        check_extra(changed(extra["oca-three-runs"], expect="1, then 2, then 2 lines in total"))
    with pytest.raises(AssertionError):
        check_extra(changed(extra["oca-run-date-monotonic"], expect="fine"))
    with pytest.raises(AssertionError, match="cannot read"):
        check_extra(changed(extra["oca-cancel-guard"], given="something else", expect="something"))
