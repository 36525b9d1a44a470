"""Who may come where: one row per address and one per deed. A new address or deed without a row fails by its name.

Written by hand, apart from `core/access.py`: where the two differ, one of them is wrong. `test_access_matrix.py` tries
every row in every role, on what is one's own, somebody else's and not there, and in every state of the town.
"""

from dataclasses import dataclass
from enum import StrEnum

from voordeur.core.access import Role

M, C, H, A, P = (
    Role.NEIGHBOURHOOD_MANAGER,
    Role.CONSULTANT,
    Role.MANAGER,
    Role.ADMINISTRATOR,
    Role.PRIVACY_OFFICER,
)
EVERYBODY = frozenset(Role)


class Thing(StrEnum):
    """What the number in an address is of."""

    NOTHING = ""
    HOUSEHOLD = "household"
    LETTER = "letter"
    SENT = "sent letter"
    ARRANGEMENT = "arrangement"
    AGREED = "agreed arrangement"
    COLLECTION = "collection"
    PLANNED = "planned"
    STOP = "stop of a week"
    WAITING = "door that waits"
    SCHEME_CHECK = "check"
    SCHEME_TASK = "task"
    BUNDLE = "bundle"
    PROPOSAL = "proposal"
    PLACE = "place"
    LINE = "line"
    PROBLEM = "problem"
    RUN = "run"
    MEMBER = "member"
    MANAGER = "neighbourhood manager"
    COVER = "cover"
    POLICY = "policy"
    AGREEMENT = "agreement"
    TEXT = "text"
    PASSKEY = "passkey"
    REQUEST = "request"
    EMERGENCY = "emergency"
    VISIT = "visit"
    """What a phone recorded about a household."""
    CONSENT = "consent"
    NOTE = "note"
    PHONE = "phone"
    ASKED = "ask"
    """Something that a tenant asked on the own page."""
    OPENED = "opened"
    """A file that somebody opened in an emergency: only for who opened it, and never a way to the rest."""


OF_ONE_PERSON = frozenset({Thing.OPENED, Thing.PASSKEY, Thing.STOP, Thing.WAITING})
"""Things that only exist for whoever made them."""
OF_A_HOUSEHOLD = frozenset(
    {
        Thing.VISIT,
        Thing.CONSENT,
        Thing.NOTE,
        Thing.HOUSEHOLD,
        Thing.LETTER,
        Thing.SENT,
        Thing.PLANNED,
        Thing.PROPOSAL,
        Thing.ARRANGEMENT,
        Thing.AGREED,
        Thing.SCHEME_CHECK,
        Thing.SCHEME_TASK,
        Thing.ASKED,
    }
)
"""Things that only exist for who may see the household."""


@dataclass(frozen=True, slots=True)
class Door:
    """Who may pass an address. `thing` is what its number is of; `looks`: the page shows a household."""

    roles: frozenset[Role]
    methods: str = "GET"
    thing: Thing = Thing.NOTHING
    looks: bool = False
    """Shows a person: exactly one line in the log, with the purpose of the role."""
    before: bool = False
    """Opens before signing in."""
    sign_in: bool = False
    """Made by the library for signing in: what it shows depends on how somebody signed in."""


def door(
    roles: str | frozenset[Role],
    methods: str = "GET",
    thing: Thing = Thing.NOTHING,
    *,
    looks: bool = False,
    before: bool = False,
    sign_in: bool = False,
) -> Door:
    """A row; roles by their letter: M(anager of a neighbourhood) C(onsultant) H(ead) A(dministrator) P(rivacy)."""
    return Door(roles_of(roles) if isinstance(roles, str) else roles, methods, thing, looks, before, sign_in)


def roles_of(letters: str) -> frozenset[Role]:
    """`MC`: the manager of a neighbourhood and the consultant."""
    return frozenset({"M": M, "C": C, "H": H, "A": A, "P": P}[one] for one in letters)


BOTH = "GET POST"
ENTRANCE = door(EVERYBODY, BOTH, before=True, sign_in=True)
OWN_ACCOUNT = door(EVERYBODY, BOTH, sign_in=True)
OWN_PAGE = door(EVERYBODY, BOTH, before=True)
"""Of a tenant: for staff, and for anybody whose browser opened no link, it leads to its entrance."""

DOORS: dict[str, Door] = {
    # signing in, and one's own account
    "account_login": ENTRANCE,
    "account_logout": ENTRANCE,
    "account_inactive": ENTRANCE,
    "mfa_authenticate": ENTRANCE,
    "mfa_login_webauthn": ENTRANCE,
    "oidc_login": ENTRANCE,
    "oidc_callback": ENTRANCE,
    "account_change_password": OWN_ACCOUNT,
    "account_reauthenticate": OWN_ACCOUNT,
    "mfa_index": OWN_ACCOUNT,
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_activate_totp": OWN_ACCOUNT,
    "mfa_deactivate_totp": OWN_ACCOUNT,
    "mfa_view_recovery_codes": OWN_ACCOUNT,
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "mfa_list_webauthn": OWN_ACCOUNT,
    "mfa_add_webauthn": OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": OWN_ACCOUNT,
    "mfa_edit_webauthn": door(EVERYBODY, BOTH, Thing.PASSKEY, sign_in=True),
    "mfa_remove_webauthn": door(EVERYBODY, BOTH, Thing.PASSKEY, sign_in=True),
    "usersessions_list": OWN_ACCOUNT,
    "set_language": door(EVERYBODY, "POST", before=True, sign_in=True),
    "light": door(EVERYBODY, "POST", before=True),
    # the tenant's own page
    "own_entrance": OWN_PAGE,
    "own_page": door(EVERYBODY, before=True),
    "own_pay": door(EVERYBODY, before=True),
    "own_paid": door(EVERYBODY, before=True),
    "own_plan": OWN_PAGE,
    "own_propose": OWN_PAGE,
    "own_change": OWN_PAGE,
    "own_contact": OWN_PAGE,
    "own_known": OWN_PAGE,
    "own_no": OWN_PAGE,
    "own_close": door(EVERYBODY, "POST", before=True),
    "home": door(EVERYBODY),
    "python_worker": door(EVERYBODY, before=True),
    "python_bundle": door(EVERYBODY, "GET", Thing.BUNDLE, before=True),
    "me": door(EVERYBODY),
    # lists
    "search": door("MC", BOTH),
    "today": door("MC"),
    "week": door("M"),
    "week_plan": door("M", "POST"),
    "week_agree": door("M", "POST"),
    "week_stop": door("M", "POST", Thing.STOP),
    "week_back": door("M", "POST", Thing.WAITING),
    "team_week": door("CH"),
    "hours": door("HA", BOTH, Thing.MANAGER),
    "scheme_tasks": door("MC"),
    "portfolio": door("CH"),
    "neighbourhood": door("MC", "GET", Thing.PLACE),
    "desk": door("C"),
    "team": door("HA", BOTH),
    "end_cover": door("HA", "POST", Thing.COVER),
    # one household
    "tenancy": door("MCH", "GET", Thing.HOUSEHOLD, looks=True),
    "contact": door("MC", BOTH, Thing.HOUSEHOLD, looks=True),
    "wish": door("MC", BOTH, Thing.HOUSEHOLD, looks=True),
    "plan": door("MC", BOTH, Thing.HOUSEHOLD, looks=True),
    "drop_planned": door("MC", "POST", Thing.PLANNED),
    "tenant_link": door("MC", BOTH, Thing.HOUSEHOLD, looks=True),
    "tenant_link_revoke": door("MC", "POST", Thing.HOUSEHOLD),
    "tenant_ask": door("MC", BOTH, Thing.ASKED, looks=True),
    "tenant_ask_answer": door("MC", "POST", Thing.ASKED),
    "take_on": door("C", "POST", Thing.HOUSEHOLD),
    "case_step": door("C", BOTH, Thing.HOUSEHOLD, looks=True),
    "second": door("CH", "POST", Thing.PROPOSAL),
    "scheme_check": door("MC", BOTH, Thing.HOUSEHOLD, looks=True),
    "scheme_paper": door("MC", "POST", Thing.HOUSEHOLD),
    "scheme_keep": door("MC", "POST", Thing.HOUSEHOLD),
    "scheme_follow": door("MC", BOTH, Thing.SCHEME_TASK, looks=True),
    "scheme_kept_paper": door("MC", "GET", Thing.SCHEME_CHECK, looks=True),
    "scheme_take_away": door("MC", "POST", Thing.SCHEME_CHECK),
    "letters": door("C", "GET", Thing.HOUSEHOLD, looks=True),
    "letter_make": door("C", "POST", Thing.HOUSEHOLD),
    "letter_preview": door("C", "GET", Thing.HOUSEHOLD, looks=True),
    "message": door("C", "POST", Thing.HOUSEHOLD),
    "evidence": door("CH", "GET", Thing.HOUSEHOLD, looks=True),
    "evidence_approve": door("C", "POST", Thing.HOUSEHOLD),
    "evidence_file": door("CH", "GET", Thing.HOUSEHOLD, looks=True),
    "letter_batch": door("C", BOTH),
    "letter_file": door("C", "GET", Thing.LETTER, looks=True),
    "letter_send": door("C", "POST", Thing.LETTER),
    "letter_drop": door("C", "POST", Thing.LETTER),
    "letter_arrived": door("C", BOTH, Thing.SENT, looks=True),
    "letter_returned": door("C", "POST", Thing.SENT),
    # payment arrangements
    "arrangement_make": door("MC", BOTH, Thing.HOUSEHOLD, looks=True),
    "arrangement": door("MC", "GET", Thing.ARRANGEMENT, looks=True),
    "arrangement_accept": door("MC", "POST", Thing.ARRANGEMENT),
    "arrangement_decline": door("MC", "POST", Thing.ARRANGEMENT),
    "arrangement_spread": door("MC", BOTH, Thing.ARRANGEMENT, looks=True),
    "arrangement_end": door("MC", BOTH, Thing.ARRANGEMENT, looks=True),
    "arrangement_mandate": door("MC", "POST", Thing.AGREED),
    "arrangement_page": door("MC", "GET", Thing.AGREED, looks=True),
    "arrangements": door("CH"),
    "arrangements_vera": door("C"),
    "collect": door("C", "POST"),
    "collection_file": door("C", "GET", Thing.COLLECTION),
    # danger now, and the privacy officer
    "emergency": door("MH", BOTH),
    "emergency_file": door("MH", "GET", Thing.OPENED, looks=True),
    "privacy": door("P"),
    "privacy_new": door("P", BOTH),
    "privacy_request": door("P", "GET", Thing.REQUEST, looks=True),
    "privacy_identify": door("P", "POST", Thing.REQUEST),
    "privacy_extend": door("P", "POST", Thing.REQUEST),
    "privacy_answer": door("P", "POST", Thing.REQUEST),
    "privacy_go_on": door("P", "POST", Thing.REQUEST),
    "privacy_correct": door("P", BOTH, Thing.REQUEST, looks=True),
    "privacy_holdings": door("P", "GET", Thing.REQUEST, looks=True),
    "privacy_log": door("P"),
    "privacy_register": door("P"),
    "privacy_dpia": door("P"),
    "privacy_keeping": door("P", BOTH),
    "privacy_emergency": door("P", BOTH, Thing.EMERGENCY),
    # the phone, and what it recorded
    "field": door(EVERYBODY, before=True),
    "field_worker": door(EVERYBODY, before=True),
    "field_manifest": door(EVERYBODY, before=True),
    "field_words": door(EVERYBODY, before=True),
    "field_begin": door("M", "POST"),
    "field_contact": door(EVERYBODY, "POST", before=True),
    "field_search": door(EVERYBODY, "POST", before=True),
    "field_end": door(EVERYBODY, "POST", before=True, sign_in=True),
    "visits": door("MC"),
    "visit": door("MC", BOTH, Thing.VISIT, looks=True),
    "handed_over": door("C", "POST", Thing.CONSENT),
    "safe_again": door("MC", "POST", Thing.NOTE),
    "phones": door("HA"),
    "phone_revoke": door("HA", "POST", Thing.PHONE),
    # money and files
    "payments": door("C"),
    "match": door("C", "POST", Thing.LINE),
    "decline": door("C", "POST", Thing.LINE),
    "not_rent": door("C", "POST", Thing.LINE),
    "payment_search": door("C", BOTH, Thing.LINE),
    "problems": door("CA"),
    "solve": door("CA", "POST", Thing.PROBLEM),
    "imports": door("CA", BOTH),
    "import_run": door("CA", "GET", Thing.RUN),
    "import_columns": door("CA", BOTH, Thing.RUN),
    "import_header": door("CA", "POST", Thing.RUN),
    "import_book": door("CA", "POST", Thing.RUN),
    "import_new": door("CA", "POST", Thing.RUN),
    "import_stop": door("CA", "POST", Thing.RUN),
    "import_keep": door("CA", "POST", Thing.RUN),
    "rows_file": door("CA", "GET", Thing.RUN),
    # what an administrator arranges
    "agreements": door("A", BOTH),
    "end_agreement": door("A", BOTH, Thing.AGREEMENT),
    "texts": door("A"),
    "letter_head": door("A", BOTH),
    "text_begin": door("A", "POST"),
    "text_preview_now": door("A"),
    "text_draft": door("A", BOTH, Thing.TEXT),
    "text_live": door("A", "POST", Thing.TEXT),
    "text_drop": door("A", "POST", Thing.TEXT),
    "text_preview": door("A", "GET", Thing.TEXT),
    "staff": door("A"),
    "staff_add": door("A", BOTH),
    "staff_change": door("A", BOTH, Thing.MEMBER),
    "staff_password": door("A", "POST", Thing.MEMBER),
    "member_unlock": door("A", "POST", Thing.MEMBER),
    "member_second_factors": door("A", "POST", Thing.MEMBER),
    "member_sign_out": door("A", "POST", Thing.MEMBER),
    "member_identity": door("A", "POST", Thing.MEMBER),
    "scheme_amounts": door("CHA"),
    "policy": door("CHA"),
    "policy_begin": door("A", "POST"),
    "policy_draft": door("A", BOTH, Thing.POLICY),
    "policy_trial": door("A", BOTH, Thing.POLICY),
    "policy_drop": door("A", "POST", Thing.POLICY),
    "policy_title": door("A", BOTH, Thing.POLICY),
    "policy_file": door("A", "GET", Thing.POLICY),
    "policy_add": door("A", BOTH, Thing.POLICY),
    "policy_part": door("A", BOTH, Thing.POLICY),
    "policy_arrange": door("A", "POST", Thing.POLICY),
}


DEEDS: dict[str, str] = {
    # deed: who may do it, by letter
    "answer_ask.see_ask": "MC",
    "answer_ask.plan_ask": "MC",
    "answer_ask.answer_ask": "MC",
    "agree_arrangement.accept_proposal": "MC",
    "agree_arrangement.agree": "MC",
    "agree_arrangement.make_and_agree": "MC",
    "arrange_cover.arrange_cover": "HA",
    "arrange_cover.end_cover": "HA",
    "change_arrangement.decline": "MC",
    "change_arrangement.end": "MC",
    "change_arrangement.reschedule": "MC",
    "collect_instalments.end_mandate": "MC",
    "collect_instalments.give_mandate": "MC",
    "collect_instalments.make_collection": "C",
    "collect_instalments.take_collection": "C",
    "check_schemes.scheme_talk": "MC",
    "carry_phone.begin_day": "M",
    "carry_phone.revoke_phone": "HA",
    "correct_tenant.correct_tenant": "P",
    "decide.decide": "C",
    "decide.agree": "CH",
    "decide.disagree": "CH",
    "decide.withdraw": "C",
    "decide.take_on": "C",
    "dry_run_policy.dry_run": "CHA",
    "edit_policy.begin_draft": "A",
    "edit_policy.change_numbers": "A",
    "edit_policy.change_title": "A",
    "edit_policy.change_part": "A",
    "edit_policy.add_part": "A",
    "edit_policy.remove_part": "A",
    "edit_policy.move_part": "A",
    "edit_policy.put_live": "A",
    "edit_policy.drop_draft": "A",
    "edit_text.begin_text": "A",
    "edit_text.change_text": "A",
    "edit_text.put_text_live": "A",
    "edit_text.drop_text": "A",
    "edit_text.preview_text": "A",
    "edit_text.keep_head": "A",
    "export_arrangements.export_arrangements": "C",
    "follow_scheme.see_task": "MC",
    "follow_scheme.follow_scheme": "MC",
    "handle_request.receive": "P",
    "handle_request.see": "P",
    "handle_request.running": "P",
    "handle_request.identify": "P",
    "handle_request.extend": "P",
    "handle_request.answer": "P",
    "handle_request.go_on": "P",
    "import_file.receive": "CA",
    "import_file.choose_mapping": "CA",
    "import_file.choose_header": "CA",
    "import_file.accept_new_tenancies": "CA",
    "import_file.book": "CA",
    "import_file.cancel": "CA",
    "import_file.save_profile": "CA",
    "keep_agreement.keep_agreement": "A",
    "keep_agreement.end_agreement": "A",
    "keep_scheme_check.keep_check": "MC",
    "keep_scheme_check.keep_talk": "MC",
    "keep_scheme_check.take_away": "MC",
    "keep_wish.keep_wish": "MC",
    "letter_arrival.record_delivered": "C",
    "letter_arrival.record_returned": "C",
    "look_in_log.look_in_log": "P",
    "look_up.look_up": "MC",
    "make_evidence.show_evidence": "CH",
    "make_evidence.take_evidence": "CH",
    "make_evidence.approve_evidence": "C",
    "make_letter.preview": "C",
    "make_letter.make_letter": "C",
    "make_letter.send_letter": "C",
    "make_letter.send_batch": "C",
    "make_letter.drop_letter": "C",
    "make_letter.letter_file": "C",
    "match_payment.match": "C",
    "match_payment.not_rent": "C",
    "match_payment.decline": "C",
    "open_file.open_file": "MCH",
    "open_in_emergency.open_in_emergency": "MH",
    "open_in_emergency.look": "MH",
    "open_in_emergency.read_reason": "P",
    "open_in_emergency.judge": "P",
    "move_stop.drop_stop": "M",
    "move_stop.move_stop": "M",
    "move_stop.move_to_day": "M",
    "move_stop.pin_stop": "M",
    "move_stop.put_back": "M",
    "pair_visit.go_with_two": "MC",
    "plan_day.plan_week": "M",
    "plan_day.agree_week": "M",
    "plan_contact.plan_contact": "MC",
    "plan_contact.drop_planned": "MC",
    "propose_arrangement.propose": "MC",
    "print_schemes.print_talk": "MC",
    "print_schemes.print_kept": "MC",
    "record_contact.record_contact": "MC",
    "retain.due": "P",
    "retain.erase": "P",
    "send_message.send_message": "C",
    "show_arrangement.show_arrangement": "MC",
    "show_arrangement.show_table": "MC",
    "show_arrangement.take_page": "MC",
    "show_letters.show_letters": "C",
    "settle_visit.look_at_visit": "MC",
    "settle_visit.settle_visit": "MC",
    "settle_visit.pass_on": "C",
    "settle_visit.withdraw_safety_note": "MC",
    "set_hours.set_hours": "HA",
    "sign_in.unlock": "A",
    "sign_in.drop_second_factors": "A",
    "sign_in.sign_out_member": "A",
    "sign_in.link_identity": "A",
    "solve_problem.solve": "CA",
    "staff.add_member": "A",
    "staff.change_member": "A",
    "staff.new_password": "A",
    "look_in_log.see_standouts": "P",
    "take_holdings.take_holdings": "P",
    "tenant_link.make": "MC",
    "tenant_link.revoke": "MC",
}

PARTS_OF_DEEDS = frozenset(
    {
        "move_stop.fit_appointment",
        "plan_day.load_week",
        "plan_day.make_room",
        "plan_day.one_at_a_time",
        "plan_day.week_days",
        "arrangement_book.write_event",
        "audit.write_line",
        "audit.erase_payload",
        "case_book.actor",
        "check_schemes.talk_request",
        "agree_arrangement.from_phone",
        "field_events.carry_through",
        "field_events.take_arrangement",
        "field_events.take_draft",
        "field_events.take_scheme_check",
        "field_events.take_visit",
        "guard.check",
        "look_at_list.look_at_list",
        "keep_scheme_check.from_phone",
        "keep_scheme_check.put_down",
        "keep_wish.put_down",
        "record_contact.put_down",
        "letter_contents.contents",
        "letter_contents.message_data",
        "letter_gate.event",
        "reach_tenancy.check_reach",
        "reach_tenancy.look_at",
        "reach_tenancy.purpose_in_log",
        "sign_in.note_sign_in",
        "sign_in.note_means",
    }
)
"""Take a person along without asking what they may: the deed that calls them asked. No screen calls these."""
