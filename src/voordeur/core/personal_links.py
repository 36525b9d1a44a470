"""A link to the tenant's own page: a code that opens once, in one browser, for a short time. Pure rules.

The code is the whole key, so nobody can guess it (140 bits) and it is never kept: only a keyed hash is
(`actions.tenant_link`). It stands behind the `#` of the link, which no browser sends to a server: it is in no log of
a server, no proxy and no `Referer`. A decision record says what was weighed: docs/decisions/0019.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from voordeur.core.lockout import LockoutStep
from voordeur.core.problems import Problem
from voordeur.core.words import Words

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, which are read as other signs."""
LENGTH = 28
"""Signs of a code: 28 times 5 bits."""
_ALIKE = str.maketrans("OIL", "011")
_LONGEST = 400
"""More than a link with its address is not looked at."""


class Handed(StrEnum):
    """How a link came to the tenant."""

    IN_PERSON = "in_person"
    """Shown as a QR code, at the door or at the desk."""
    SMS = "sms"
    EMAIL = "email"

    @property
    def by_message(self) -> bool:
        """True when it went to a number or an address that may be somebody else's by now."""
        return self is not Handed.IN_PERSON


class Revoked(StrEnum):
    """Why a link opens nothing any more."""

    NEWER = "newer"
    """A newer link was made."""
    STAFF = "staff"
    TENANT = "tenant"
    """The tenant said: throw this link away."""
    GUESSED = "guessed"
    """Too many wrong house numbers."""


@dataclass(frozen=True, slots=True)
class LinkRules:
    """The numbers of a link; settings of the landlord (rules/privacy/tenant_link.toml)."""

    days: int
    """A link opens up to and including so many days after the day it was made."""
    idle: timedelta
    """So long without a click, and the link has to be opened again in the same browser."""
    longest: timedelta
    """So long after opening it has to be opened again in any case."""
    numbers: int
    """So many wrong house numbers end a link that went by message."""
    unknown: tuple[LockoutStep, ...]
    """Unknown codes from one internet address after which nothing from there is looked at for a while."""


@dataclass(frozen=True, slots=True)
class Link:
    """How one link stands."""

    last: date
    """The last day on which it opens."""
    handed: Handed = Handed.IN_PERSON
    opened: bool = False
    wrong: int = 0
    """Wrong house numbers so far."""
    revoked: Revoked | None = None


def make_code(choose: Callable[[str], str]) -> str:
    """A new code. `choose` draws one sign, unpredictably (`secrets.choice`)."""
    return "".join(choose(SIGNS) for _ in range(LENGTH))


def spell(code: str) -> str:
    """`K7QD-9M2X-...`: in groups of four, to type over."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def in_link(entrance: str, code: str) -> str:
    """The link itself. `entrance` is where it is opened; small letters, so that it does not shout."""
    return f"{entrance}#{code.lower()}"


def read_code(text: str) -> str:
    """The code in what somebody typed or pasted: a code in groups, or a whole link. Empty when there is none."""
    if len(text) > _LONGEST:
        return ""
    found = re.sub(r"[\s\-\u2010-\u2015\u2212]", "", text.rpartition("#")[2]).upper().translate(_ALIKE)
    return found if len(found) == LENGTH and set(found) <= set(SIGNS) else ""


def last_day(made: date, rules: LinkRules) -> date:
    """The last day on which a link of `made` opens."""
    return made + timedelta(days=rules.days)


def why_not_open(link: Link, on: date, *, same_browser: bool) -> Problem | None:
    """None when this link opens on `on`, in a browser that opened it before or in a first one."""
    if link.revoked is Revoked.GUESSED:
        return _GUESSED
    if link.revoked is not None:
        return _REVOKED[link.revoked]
    if on > link.last:
        return _EXPIRED
    return _ELSEWHERE if link.opened and not same_browser else None


def asks_number(link: Link, number: int | None) -> bool:
    """Is the house number asked before this link opens for the first time? `number`: of the home, None: unknown.

    Only when it went by message: then it may have come to a stranger, who does not know where the tenant lives.
    """
    return link.handed.by_message and not link.opened and number is not None


def is_number(given: str, number: int) -> bool:
    """Is this the house number? What is added to it (`14-B`, `14 hs`) does not matter."""
    digits = re.match(r"\s*0*(\d{1,6})(?!\d)", given)
    return digits is not None and int(digits[1]) == number


def session_over(began: datetime, seen: datetime, now: datetime, rules: LinkRules) -> bool:
    """True when the page has to be opened again with the link."""
    return now - seen > rules.idle or now - began > rules.longest


_NEW = Words("Bel ons. Dan krijgt u een nieuwe link.", "Ring us. Then you get a new link.")
_ELSEWHERE = Problem(
    "link-used",
    Words("Deze link is al geopend, op een ander apparaat of in een andere app.",
          "This link was opened before, on another device or in another app."),
    Words("Ga terug naar dat apparaat, of bel ons voor een nieuwe link. Was u dat niet? Bel ons dan zeker.",
          "Go back to that device, or ring us for a new link. Was it not you? Then please do ring us."),
)  # fmt: skip
_EXPIRED = Problem(
    "link-expired",
    Words("Deze link is te oud en werkt niet meer.", "This link is too old and no longer works."),
    _NEW,
)
_GUESSED = Problem(
    "link-guessed",
    Words("Het huisnummer was te vaak niet goed. Deze link werkt niet meer.",
          "The house number was wrong too often. This link no longer works."),
    _NEW,
)  # fmt: skip
_REVOKED = {
    Revoked.NEWER: Problem(
        "link-newer",
        Words("U kreeg na deze link een nieuwe. Deze werkt niet meer.",
              "You got a newer link after this one. This one no longer works."),
        Words("Gebruik de nieuwe link. Heeft u die niet? Bel ons.",
              "Use the newer link. Do you not have it? Ring us."),
    ),
    Revoked.STAFF: Problem(
        "link-revoked", Words("Deze link werkt niet meer.", "This link no longer works."), _NEW
    ),
    Revoked.TENANT: Problem(
        "link-thrown-away",
        Words("U gooide deze link weg. Hij werkt niet meer.", "You threw this link away. It no longer works."),
        _NEW,
    ),
}  # fmt: skip
UNKNOWN = Problem(
    "link-unknown",
    Words("Deze link kennen wij niet.", "We do not know this link."),
    Words("Kijk of de link helemaal is overgenomen. Lukt het niet? Bel ons.",
          "See whether the link was copied as a whole. Does it not work? Ring us."),
    column="code",
)  # fmt: skip
WRONG_NUMBER = Problem(
    "wrong-number",
    Words("Dit huisnummer hoort niet bij deze link.", "This house number does not belong to this link."),
    Words("Vul het nummer in van de woning die u huurt. Is de link niet voor u? Gooi het bericht weg.",
          "Fill in the number of the home that you rent. Is the link not for you? Throw the message away."),
    column="number",
)  # fmt: skip
TOO_OFTEN = Problem(
    "link-too-often",
    Words("Er is hier te vaak een verkeerde link geprobeerd.", "Too many wrong links were tried from here."),
    Words("Wacht een kwartier, of bel ons.", "Wait a quarter of an hour, or ring us."),
)
