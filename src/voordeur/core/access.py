"""Who may do what, for which purpose: plain predicates, no framework."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What somebody does at the corporation."""

    NEIGHBOURHOOD_MANAGER = "neighbourhood_manager"
    CONSULTANT = "consultant"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"
    """Watches over what is kept of people and who looked at it; answers what they ask about it (GDPR art. 37-39)."""


class Purpose(StrEnum):
    """Why a file on a person is opened (GDPR art. 5(1)(b)): every screen that shows a person names one."""

    VISIT = "visit"
    COLLECTION = "collection"
    ADMINISTRATION = "administration"
    SECOND_DECISION = "second_decision"
    """To agree or not with a decision that needs two persons: only the file that waits for it."""
    RIGHTS = "rights"
    """To answer somebody who asks what is kept of them, or objects to it (GDPR art. 15-21)."""
    EMERGENCY = "emergency"
    """Somebody is in danger now: for a short time, with a reason, and the privacy officer sees it."""
    OWN = "own"
    """The tenant sees to the own tenancy, on the own page that a personal link opens. No member of staff has it."""


class Deed(StrEnum):
    """Things that change data or show more than one person."""

    SEE_WORKLIST = "see_worklist"
    SEE_PORTFOLIO = "see_portfolio"
    IMPORT = "import"
    MATCH_PAYMENT = "match_payment"
    OPEN_FILE = "open_file"
    MANAGE_STAFF = "manage_staff"
    RUN_NIGHTLY = "run_nightly"
    RECORD_CONTACT = "record_contact"
    """Write in the contact diary: attempts, promises, wishes."""
    PLAN_CONTACT = "plan_contact"
    DECIDE_CASE = "decide_case"
    """Take a step in a case: what the law asks a person to decide."""
    DECIDE_SECOND = "decide_second"
    """Be the second person where a decision needs two."""
    SEE_CASES = "see_cases"
    SEE_WORKLOAD = "see_workload"
    ARRANGE_COVER = "arrange_cover"
    EDIT_POLICY = "edit_policy"
    SEE_POLICY = "see_policy"
    KEEP_AGREEMENT = "keep_agreement"
    """Write down what was agreed with a municipality."""
    SEND_LETTER = "send_letter"
    """Make and send letters and messages to a household, and record what became of them."""
    EDIT_TEXT = "edit_text"
    """Write the texts of letters, and what stands at the head of them."""
    MAKE_ARRANGEMENT = "make_arrangement"
    """Make, change and end a payment arrangement with a household."""
    SEE_ARRANGEMENTS = "see_arrangements"
    """See all arrangements, and what was promised against what came in."""
    COLLECT = "collect"
    """Make a direct debit file, and take arrangements to other systems."""
    SEE_EVIDENCE = "see_evidence"
    """See and take along the evidence file of a case."""
    SEE_PRIVACY = "see_privacy"
    """The privacy officer's desk: who looked at what, emergency access, what is due to be erased."""
    HANDLE_REQUEST = "handle_request"
    """Answer a request for access, correction, erasure, or an objection."""
    RUN_RETENTION = "run_retention"
    """Erase what may be kept no longer."""
    CHECK_SCHEMES = "check_schemes"
    """Go through the check on schemes with a tenant, keep it when the tenant agrees, and follow what is asked for."""
    PLAN_WEEK = "plan_week"
    """Make and change the own week of visits."""
    SEE_TEAM_WEEK = "see_team_week"
    """The weeks of the whole team, in hours and numbers of doors."""
    SET_HOURS = "set_hours"
    """Say when somebody makes visits, and how this colleague travels."""
    GIVE_LINK = "give_link"
    """Give a tenant the link to the own page, or take it back."""
    OPEN_IN_EMERGENCY = "open_in_emergency"
    """Open, for a short time and with a reason, a file that one's own work does not open."""
    CARRY_PHONE = "carry_phone"
    """Take the visits of today along on a phone, and record them there."""
    REVOKE_PHONE = "revoke_phone"
    """Take the day off the phone of a colleague."""
    SETTLE_VISIT = "settle_visit"
    """Choose between two records of one visit, and decide on what a phone recorded and could not be taken in."""


_MAY = {
    Role.NEIGHBOURHOOD_MANAGER: {
        Deed.SEE_WORKLIST,
        Deed.OPEN_FILE,
        Deed.RECORD_CONTACT,
        Deed.PLAN_CONTACT,
        Deed.GIVE_LINK,
        Deed.MAKE_ARRANGEMENT,
        Deed.CHECK_SCHEMES,
        Deed.PLAN_WEEK,
        Deed.OPEN_IN_EMERGENCY,
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
        Deed.SEE_ARRANGEMENTS,
        Deed.OPEN_IN_EMERGENCY,
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
_PURPOSES = {
    Role.NEIGHBOURHOOD_MANAGER: {Purpose.VISIT},
    Role.CONSULTANT: {Purpose.COLLECTION},
    Role.MANAGER: {Purpose.SECOND_DECISION},
    Role.ADMINISTRATOR: {Purpose.ADMINISTRATION},
    Role.PRIVACY_OFFICER: {Purpose.RIGHTS},
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


def may_see_file(role: Role, own: Collection[int], neighbourhood: int | None, waits: bool) -> bool:
    """May this file be opened? `waits`: a decision on it waits for a second person; a manager sees only those."""
    purpose = purpose_of(role)
    if purpose is None or not may_for(role, purpose) or not may_see_neighbourhood(role, own, neighbourhood):
        return False
    return waits or purpose is not Purpose.SECOND_DECISION


def may_open_in_emergency(role: Role, sees: bool) -> bool:
    """May somebody open a file for Purpose.EMERGENCY? Not when the own work `sees` it: then that is the purpose."""
    return Deed.OPEN_IN_EMERGENCY in _MAY[role] and not sees


def may_see_holdings(role: Role, runs: bool) -> bool:
    """May somebody see all that is kept of a household, for Purpose.RIGHTS? Only for a request of it that `runs`."""
    return Deed.HANDLE_REQUEST in _MAY[role] and runs


def purpose_of(role: Role) -> Purpose | None:
    """The purpose that the screens of a role imply; None when the role opens no files on persons."""
    return next(iter(_PURPOSES[role]), None)
