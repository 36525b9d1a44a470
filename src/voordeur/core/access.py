"""Who may do what, for which purpose: plain predicates, no framework."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What somebody does at the corporation."""

    NEIGHBOURHOOD_MANAGER = "neighbourhood_manager"
    CONSULTANT = "consultant"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Purpose(StrEnum):
    """Why a file on a person is opened (GDPR art. 5(1)(b)): every screen that shows a person names one."""

    VISIT = "visit"
    COLLECTION = "collection"
    ADMINISTRATION = "administration"


class Deed(StrEnum):
    """Things that change data or show more than one person."""

    SEE_WORKLIST = "see_worklist"
    SEE_PORTFOLIO = "see_portfolio"
    IMPORT = "import"
    MATCH_PAYMENT = "match_payment"
    OPEN_FILE = "open_file"
    MANAGE_STAFF = "manage_staff"
    RUN_NIGHTLY = "run_nightly"


_MAY = {
    Role.NEIGHBOURHOOD_MANAGER: {Deed.SEE_WORKLIST, Deed.OPEN_FILE},
    Role.CONSULTANT: {Deed.SEE_WORKLIST, Deed.SEE_PORTFOLIO, Deed.IMPORT, Deed.MATCH_PAYMENT, Deed.OPEN_FILE},
    Role.MANAGER: {Deed.SEE_PORTFOLIO},
    Role.ADMINISTRATOR: {Deed.IMPORT, Deed.MANAGE_STAFF, Deed.RUN_NIGHTLY},
}
_PURPOSES = {
    Role.NEIGHBOURHOOD_MANAGER: {Purpose.VISIT},
    Role.CONSULTANT: {Purpose.COLLECTION},
    Role.MANAGER: set[Purpose](),
    Role.ADMINISTRATOR: {Purpose.ADMINISTRATION},
}


def may(role: Role, deed: Deed) -> bool:
    """May somebody in this role do this at all?"""
    return deed in _MAY[role]


def may_for(role: Role, purpose: Purpose) -> bool:
    """May somebody in this role open a file on a person for this purpose?"""
    return Deed.OPEN_FILE in _MAY[role] and purpose in _PURPOSES[role]


def may_see_neighbourhood(role: Role, own: Collection[int], neighbourhood: int | None) -> bool:
    """A neighbourhood manager sees only the own neighbourhoods; office roles see all that their deeds allow."""
    return role is not Role.NEIGHBOURHOOD_MANAGER or (neighbourhood is not None and neighbourhood in own)


def purpose_of(role: Role) -> Purpose | None:
    """The purpose that the screens of a role imply; None when the role opens no files on persons."""
    return next(iter(_PURPOSES[role]), None)
