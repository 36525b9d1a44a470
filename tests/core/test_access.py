"""Who may do what, as one table that can be read aloud."""

import pytest

from voordeur.core.access import Deed, Purpose, Role, may, may_for, may_see_neighbourhood, purpose_of

MAY = {
    Role.NEIGHBOURHOOD_MANAGER: {Deed.SEE_WORKLIST, Deed.OPEN_FILE},
    Role.CONSULTANT: {Deed.SEE_WORKLIST, Deed.SEE_PORTFOLIO, Deed.IMPORT, Deed.MATCH_PAYMENT, Deed.OPEN_FILE},
    Role.MANAGER: {Deed.SEE_PORTFOLIO},
    Role.ADMINISTRATOR: {Deed.IMPORT, Deed.MANAGE_STAFF, Deed.RUN_NIGHTLY},
}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_exactly_this(role: Role) -> None:
    assert {deed for deed in Deed if may(role, deed)} == MAY[role]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("purpose", Purpose)
def test_a_file_on_a_person_is_only_opened_for_a_purpose_of_the_role(role: Role, purpose: Purpose) -> None:
    allowed = {(Role.NEIGHBOURHOOD_MANAGER, Purpose.VISIT), (Role.CONSULTANT, Purpose.COLLECTION)}
    assert may_for(role, purpose) == ((role, purpose) in allowed)


def test_a_neighbourhood_manager_sees_only_the_own_neighbourhoods() -> None:
    assert may_see_neighbourhood(Role.NEIGHBOURHOOD_MANAGER, {1, 2}, 1)
    assert not may_see_neighbourhood(Role.NEIGHBOURHOOD_MANAGER, {1, 2}, 3)
    assert not may_see_neighbourhood(Role.NEIGHBOURHOOD_MANAGER, {1, 2}, None)
    assert may_see_neighbourhood(Role.CONSULTANT, (), None)


def test_the_manager_opens_no_files() -> None:
    assert purpose_of(Role.MANAGER) is None
