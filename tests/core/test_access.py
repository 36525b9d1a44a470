"""Who may do what, as one table that can be read aloud."""

import pytest

from voordeur.core.access import (
    Deed,
    Purpose,
    Role,
    may,
    may_for,
    may_open_in_emergency,
    may_see_file,
    may_see_holdings,
    may_see_neighbourhood,
    purpose_of,
)

MAY = {
    Role.NEIGHBOURHOOD_MANAGER: {
        Deed.SEE_WORKLIST,
        Deed.OPEN_FILE,
        Deed.RECORD_CONTACT,
        Deed.PLAN_CONTACT,
        Deed.CHECK_SCHEMES,
        Deed.PLAN_WEEK,
        Deed.GIVE_LINK,
        Deed.OPEN_IN_EMERGENCY,
        Deed.MAKE_ARRANGEMENT,
        Deed.CARRY_PHONE,
        Deed.SETTLE_VISIT,
    },
    Role.CONSULTANT: {
        Deed.SEE_WORKLIST,
        Deed.SEE_PORTFOLIO,
        Deed.IMPORT,
        Deed.MATCH_PAYMENT,
        Deed.OPEN_FILE,
        Deed.RECORD_CONTACT,
        Deed.PLAN_CONTACT,
        Deed.CHECK_SCHEMES,
        Deed.GIVE_LINK,
        Deed.DECIDE_CASE,
        Deed.DECIDE_SECOND,
        Deed.SEE_CASES,
        Deed.SEE_POLICY,
        Deed.SEND_LETTER,
        Deed.SEE_EVIDENCE,
        Deed.MAKE_ARRANGEMENT,
        Deed.SEE_ARRANGEMENTS,
        Deed.COLLECT,
        Deed.CHECK_SCHEMES,
        Deed.SETTLE_VISIT,
        Deed.SEE_TEAM_WEEK,
    },
    Role.MANAGER: {
        Deed.SEE_PORTFOLIO,
        Deed.OPEN_FILE,
        Deed.DECIDE_SECOND,
        Deed.SEE_WORKLOAD,
        Deed.ARRANGE_COVER,
        Deed.SEE_TEAM_WEEK,
        Deed.SET_HOURS,
        Deed.SEE_POLICY,
        Deed.SEE_EVIDENCE,
        Deed.OPEN_IN_EMERGENCY,
        Deed.SEE_ARRANGEMENTS,
        Deed.REVOKE_PHONE,
    },
    Role.ADMINISTRATOR: {
        Deed.IMPORT,
        Deed.MANAGE_STAFF,
        Deed.RUN_NIGHTLY,
        Deed.ARRANGE_COVER,
        Deed.SET_HOURS,
        Deed.EDIT_POLICY,
        Deed.SEE_POLICY,
        Deed.KEEP_AGREEMENT,
        Deed.EDIT_TEXT,
        Deed.REVOKE_PHONE,
    },
    Role.PRIVACY_OFFICER: {Deed.SEE_PRIVACY, Deed.HANDLE_REQUEST, Deed.RUN_RETENTION},
}
FOR = {
    (Role.NEIGHBOURHOOD_MANAGER, Purpose.VISIT),
    (Role.CONSULTANT, Purpose.COLLECTION),
    (Role.MANAGER, Purpose.SECOND_DECISION),
}
HERE, THERE = 1, 2


@pytest.mark.parametrize("role", Role)
def test_each_role_may_exactly_this(role: Role) -> None:
    assert {deed for deed in Deed if may(role, deed)} == MAY[role]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("purpose", Purpose)
def test_a_file_on_a_person_is_only_opened_for_a_purpose_of_the_role(role: Role, purpose: Purpose) -> None:
    assert may_for(role, purpose) == ((role, purpose) in FOR)


def test_a_neighbourhood_manager_sees_only_the_own_neighbourhoods() -> None:
    assert may_see_neighbourhood(Role.NEIGHBOURHOOD_MANAGER, {1, 2}, 1)
    assert not may_see_neighbourhood(Role.NEIGHBOURHOOD_MANAGER, {1, 2}, 3)
    assert not may_see_neighbourhood(Role.NEIGHBOURHOOD_MANAGER, {1, 2}, None)
    assert may_see_neighbourhood(Role.CONSULTANT, (), None)


@pytest.mark.parametrize(
    ("role", "where", "waits", "sees"),
    [
        (Role.NEIGHBOURHOOD_MANAGER, HERE, False, True),
        (Role.NEIGHBOURHOOD_MANAGER, THERE, False, False),
        (Role.NEIGHBOURHOOD_MANAGER, THERE, True, False),
        (Role.CONSULTANT, THERE, False, True),
        (Role.MANAGER, HERE, False, False),
        (Role.MANAGER, THERE, True, True),
        (Role.ADMINISTRATOR, HERE, False, False),
        (Role.ADMINISTRATOR, HERE, True, False),
    ],
)
def test_a_manager_opens_a_file_only_when_a_decision_waits(
    role: Role, where: int, waits: bool, sees: bool
) -> None:
    assert may_see_file(role, {HERE}, where, waits) == sees


def test_who_proposes_a_step_is_never_alone_in_the_house() -> None:
    """Two roles can be the second person; no role can decide about cases and about accounts."""
    assert {role for role in Role if may(role, Deed.DECIDE_SECOND)} == {Role.CONSULTANT, Role.MANAGER}
    assert [role for role in Role if may(role, Deed.DECIDE_CASE) and may(role, Deed.MANAGE_STAFF)] == []


@pytest.mark.parametrize("role", Role)
def test_who_opens_files_has_one_purpose_for_it(role: Role) -> None:
    assert may(role, Deed.OPEN_FILE) == ((role, purpose_of(role)) in FOR)


@pytest.mark.parametrize("role", Role)
def test_an_emergency_opens_only_what_the_own_work_does_not(role: Role) -> None:
    """A consultant sees every neighbourhood already; who looks after privacy or accounts goes to no door."""
    who = {Role.NEIGHBOURHOOD_MANAGER, Role.MANAGER}
    assert may_open_in_emergency(role, sees=False) == (role in who)
    assert not may_open_in_emergency(role, sees=True)


@pytest.mark.parametrize("role", Role)
def test_all_that_is_kept_of_a_household_is_seen_only_for_a_request_that_runs(role: Role) -> None:
    assert may_see_holdings(role, runs=True) == (role is Role.PRIVACY_OFFICER)
    assert not may_see_holdings(role, runs=False)
