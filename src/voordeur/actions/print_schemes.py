"""The page with results for the tenant: of a talk that is going on, or of one that was kept."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from voordeur.actions.check_schemes import talk_request
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.keep_scheme_check import request_of
from voordeur.actions.reach_tenancy import look_at
from voordeur.actions.scheme_day import rule_book
from voordeur.adapters.scheme_paper import Paper, scheme_paper
from voordeur.adapters.scheme_talk import result_of
from voordeur.core.access import Deed
from voordeur.core.problems import Refused
from voordeur.core.words import Words
from voordeur.store.models import LetterHead, SchemeCheck, User
from voordeur.store.queries.cases import place


def print_talk(user: User, tenancy_id: int, today: date, language: str, sealed: str) -> bytes:
    """The page of a talk, as PDF; nothing is kept."""
    look_at(user, Deed.CHECK_SCHEMES, tenancy_id, today, "print_schemes")
    return _print(user, tenancy_id, talk_request(user, tenancy_id, today, language, sealed), language)


def print_kept(user: User, check_id: UUID, today: date, language: str) -> bytes:
    """The page of a kept check, as PDF."""
    row = SchemeCheck.objects.filter(pk=check_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    look_at(user, Deed.CHECK_SCHEMES, row.tenancy_id, today, "print_schemes")
    return _print(user, row.tenancy_id, request_of(row, language), language)


def _print(user: User, tenancy_id: int, request: Mapping[str, object], language: str) -> bytes:
    day = date.fromisoformat(str(request["day"]))
    head = LetterHead.objects.order_by("-pk").first()
    landlord, phone = (head.name, head.phone) if head else (_LANDLORD.in_language(language), "")
    found = result_of(request, rule_book())
    return scheme_paper(Paper(found, day, place(tenancy_id), str(user), landlord, phone), language)


_LANDLORD = Words("de verhuurder", "the landlord")
"""While nobody wrote what stands at the head of letters."""
