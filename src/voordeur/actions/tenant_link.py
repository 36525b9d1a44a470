"""The link to the tenant's own page: given and taken back by staff, opened by the tenant, in one browser, for a while.

Neither the code of a link nor the key of a browser is kept: only a hash with the secret of this installation, and
neither is written to a log. Looking one up by its hash takes as long whatever somebody guessed.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from voordeur.actions.audit import write_line, write_tenant_line
from voordeur.actions.reach_tenancy import check_reach, purpose_in_log
from voordeur.adapters.tenant_link_rules import load_link_rules
from voordeur.core import personal_links as links
from voordeur.core.access import Deed
from voordeur.core.lockout import closed_until
from voordeur.core.personal_links import Handed, Link, Revoked
from voordeur.core.problems import Problem, Refused
from voordeur.store.models import AuditLine, TenantLink, User

UNKNOWN = "own_page_unknown"
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """A tenant on the own page: which link opened it, and of whom."""

    link: int
    tenancy: int
    last: date
    """The last day on which the link opens."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of opening a link."""

    key: str = ""
    """For the cookie of this browser; empty when the house number is asked first."""
    last: date | None = None


@transaction.atomic
def make(user: User, tenancy_id: int, handed: Handed, today: date) -> str:
    """A new link for this household; the one before no longer opens. The code: it is shown now and never again."""
    check_reach(user, Deed.GIVE_LINK, tenancy_id, today)
    _revoke(TenantLink.objects.filter(tenancy=tenancy_id, revoked=None), Revoked.NEWER, user)
    code = links.make_code(secrets.choice)
    row = TenantLink.objects.create(
        tenancy_id=tenancy_id, code_hash=_hashes("code", code)[0], handed=handed, made=timezone.now(), made_by=user,
        last=links.last_day(today, load_link_rules()),
    )  # fmt: skip
    _log(user, "make_own_page", tenancy_id, link=row.pk, handed=handed.value)
    return code


@transaction.atomic
def revoke(user: User, tenancy_id: int, today: date) -> int:
    """No link opens the page of this household from now on; who has it open sees nothing more. How many there were."""
    check_reach(user, Deed.GIVE_LINK, tenancy_id, today)
    count = _revoke(TenantLink.objects.filter(tenancy=tenancy_id, revoked=None), Revoked.STAFF, user)
    _log(user, "revoke_own_page", tenancy_id, links=count)
    return count


def open_link(given: str, number: str, key: str, address: str, now: datetime, today: date) -> Opened:
    """Exchange a code for the key of a browser. The link opens again only with that key, which is then replaced.

    `given` is what was typed or pasted, `number` the house number if it was asked, `key` what the browser has now,
    `address` from where somebody asks. Refused in words for a tenant; what is unknown is counted per address.
    """
    if _closed(address, now):
        raise Refused(links.TOO_OFTEN)
    code = links.read_code(given)
    opened = _open(code, number, key, now, today) if code else links.UNKNOWN
    if opened is links.UNKNOWN and code:
        write_line(None, UNKNOWN, subject=_source(address))
    if isinstance(opened, Problem):
        raise Refused(opened)
    return opened


def open_again(number: str, key: str, address: str, now: datetime, today: date) -> Opened:
    """Open the page anew in the browser that opened it before, with the house number instead of the code."""
    if _closed(address, now):
        raise Refused(links.TOO_OFTEN)
    opened = _open_again(number, key, now, today)
    if isinstance(opened, Problem):
        raise Refused(opened)
    return opened


def may_return(key: str, today: date) -> bool:
    """True for a browser that may open its page anew with the house number."""
    row = _of_browser(key, TenantLink.objects.select_related("tenancy__home"))
    return row is not None and _number(row) is not None and _why_not(row, today) is None


def visit(key: str, now: datetime, today: date) -> Visit | None:
    """Whose page the key of a browser opens now; None when the link has to be opened (again)."""
    row = _of_browser(key, TenantLink.objects.all())
    if row is None or row.began is None or row.seen is None:
        return None
    if links.session_over(row.began, row.seen, now, load_link_rules()) or _why_not(row, today) is not None:
        return None
    if now - row.seen > _SEEN_EVERY:
        TenantLink.objects.filter(pk=row.pk).update(seen=now)
    return Visit(row.pk, row.tenancy_id, row.last)


@transaction.atomic
def close(here: Visit) -> None:
    """The tenant is done: the page opens again with the link, in this browser."""
    TenantLink.objects.filter(pk=here.link).update(began=None, seen=None)
    write_tenant_line(here.link, here.tenancy, "close_own_page")


@transaction.atomic
def throw_away(here: Visit) -> None:
    """The tenant wants no link any more."""
    _revoke(TenantLink.objects.filter(pk=here.link, revoked=None), Revoked.TENANT, None)
    write_tenant_line(here.link, here.tenancy, "throw_own_page_away")


@transaction.atomic
def _open(code: str, number: str, key: str, now: datetime, today: date) -> Opened | Problem:
    """What is wrong comes back as a Problem and not as an exception: what was counted has to stay."""
    rows = TenantLink.objects.select_for_update(of=("self",)).select_related("tenancy__home")
    row = rows.filter(code_hash__in=_hashes("code", code)).first()
    if row is None:
        return links.UNKNOWN
    same = bool(key) and row.browser_hash in _hashes("browser", key)
    problem = links.why_not_open(_core(row), today, same_browser=same)
    if problem is not None:
        write_tenant_line(row.pk, row.tenancy_id, "refuse_own_page", why=problem.code)
        return problem
    expected = _number(row)
    if expected is not None and links.asks_number(_core(row), expected):
        if not number.strip():
            return Opened()
        if not links.is_number(number, expected):
            return _wrong_number(row)
    return _begin(row, now)


@transaction.atomic
def _open_again(number: str, key: str, now: datetime, today: date) -> Opened | Problem:
    row = _of_browser(key, TenantLink.objects.select_for_update(of=("self",)).select_related("tenancy__home"))
    expected = _number(row) if row else None
    if row is None or expected is None or _why_not(row, today) is not None:
        return links.UNKNOWN
    return _begin(row, now) if links.is_number(number, expected) else _wrong_number(row)


def _of_browser(key: str, rows: models.QuerySet[TenantLink]) -> TenantLink | None:
    return rows.filter(browser_hash__in=_hashes("browser", key)).first() if key else None


def _number(row: TenantLink) -> int | None:
    """The house number; None when nobody knows it."""
    return row.tenancy.home.number if row.tenancy.home else None


def _why_not(row: TenantLink, today: date) -> Problem | None:
    return links.why_not_open(_core(row), today, same_browser=True)


def _begin(row: TenantLink, now: datetime) -> Opened:
    key = secrets.token_urlsafe(32)
    again = row.opened is not None
    row.opened, row.began, row.seen = row.opened or now, now, now
    row.browser_hash = _hashes("browser", key)[0]
    row.save(update_fields=["opened", "began", "seen", "browser_hash"])
    write_tenant_line(row.pk, row.tenancy_id, "open_own_page", again=again)
    return Opened(key, row.last)


def _wrong_number(row: TenantLink) -> Problem:
    row.wrong += 1
    row.save(update_fields=["wrong"])
    write_tenant_line(row.pk, row.tenancy_id, "refuse_own_page", why=links.WRONG_NUMBER.code)
    if row.wrong < load_link_rules().numbers:
        return links.WRONG_NUMBER
    _revoke(TenantLink.objects.filter(pk=row.pk), Revoked.GUESSED, None)
    return (
        links.why_not_open(Link(row.last, revoked=Revoked.GUESSED), row.last, same_browser=False)
        or links.UNKNOWN
    )


def _closed(address: str, now: datetime) -> bool:
    """True while nothing from this address is looked at, because too many codes were unknown."""
    steps = load_link_rules().unknown
    since = now - max(step.within for step in steps)
    lines = AuditLine.objects.filter(subject=_source(address), action=UNKNOWN, at__gt=since)
    until = closed_until(list(lines.values_list("at", flat=True)), steps)
    return until is not None and until > now


def _revoke(found: models.QuerySet[TenantLink], why: Revoked, user: User | None) -> int:
    return found.update(
        revoked=timezone.now(),
        revoked_why=why.value,
        revoked_by=user,
        browser_hash=None,
        began=None,
        seen=None,
    )


def _core(row: TenantLink) -> Link:
    revoked = Revoked(row.revoked_why) if row.revoked_why else None
    return Link(row.last, Handed(row.handed), row.opened is not None, row.wrong, revoked)


def _hashes(kind: str, value: str) -> list[str]:
    """Keyed hashes: with the secret of now first, then with those of before the last change."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    salt = f"voordeur.tenant_link.{kind}"
    return [salted_hmac(salt, value, secret=one, algorithm="sha256").hexdigest() for one in keys]


def _source(address: str) -> str:
    return f"from:{_hashes('address', address)[0][:32]}"


def _log(user: User, action: str, tenancy_id: int, **data: object) -> None:
    write_line(user, action, subject=f"tenancy:{tenancy_id}", purpose=purpose_in_log(user), data=dict(data))
