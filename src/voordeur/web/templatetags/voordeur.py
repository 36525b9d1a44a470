"""How values look on a screen: money, days, words in the reader's language, icons. No arithmetic, no queries."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from voordeur.core.clock import in_clock, in_hours
from voordeur.core.money import euros
from voordeur.core.quiet import without_amounts
from voordeur.core.words import Words, day_in_words, month_in_words
from voordeur.web import labels
from voordeur.web.menu import Destination, destinations

register = template.Library()

LIGHTS = ("licht", "avond", "buiten")
LIGHT_COOKIE = "voordeur_licht"
_SPACE = "\u00a0"


def language() -> str:
    """The language of this request: `nl` or `en`."""
    return get_language() or "nl"


@register.filter
def said(words: Words | None) -> str:
    """Words in the language of the reader."""
    return words.in_language(language()) if words else ""


@register.filter
def quietly(words: Words) -> str:
    """A reason in the language of the reader, without amounts: for a list in the hand."""
    return said(without_amounts(words))


@register.filter
def money(cents: int | None) -> str:
    """`€ 1.234,56`."""
    return euros(cents or 0).in_language(language())


@register.filter
def amount(cents: int | None) -> str:
    """`1.234,56`: in tables, where the heading says euros."""
    return money(cents).replace(f"€{_SPACE}", "")


@register.filter
def whole(cents: int | None) -> str:
    """`€ 1.235`: rounded to whole euros, for sums of many."""
    return money(_rounded(cents))[:-3]


@register.filter
def whole_amount(cents: int | None) -> str:
    """`1.235`: rounded to whole euros, without the sign."""
    return amount(_rounded(cents))[:-3]


def _rounded(cents: int | None) -> int:
    return ((cents or 0) + 50) // 100 * 100


@register.filter
def number(value: int | None) -> str:
    """`9.990` and `9,990`."""
    return f"{value or 0:,}".replace(",", "," if language().startswith("en") else ".")


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours with one decimal: `12,5`."""
    text = f"{minutes / 60:.1f}"
    return text if language() == "en" else text.replace(".", ",")


@register.filter
def clock(minute: int) -> str:
    """Minutes after midnight: `09:40`."""
    return in_clock(minute)


@register.filter
def duration(minutes: int) -> str:
    """`8 uur en 20 minuten`."""
    return in_hours(minutes).in_language(language())


@register.filter
def short_duration(minutes: int) -> str:
    """`3:10`."""
    return f"{minutes // 60}:{minutes % 60:02}"


@register.filter
def kilometres(metres: int) -> str:
    """`1,9`."""
    text = f"{metres / 1000:.1f}"
    return text if language() == "en" else text.replace(".", ",")


@register.filter
def day_of_week(value: date | None) -> str:
    """`dinsdag 17`: the head of a column."""
    return date_format(value, "l j") if value else ""


@register.filter
def short_weekday(value: date | None) -> str:
    """`di 24 november`."""
    if value is None:
        return ""
    text = date_format(value, "D j F")
    return text if language() == "en" else text.replace(".", "").lower()


@register.filter
def weekday_name(value: date) -> str:
    """`dinsdag`."""
    return date_format(value, "l")


@register.filter
def day(value: date | None) -> str:
    """`12 november`."""
    return day_in_words(value).in_language(language()) if value else ""


@register.filter
def day_year(value: date | None) -> str:
    """`12 november 2026`."""
    return day_in_words(value, year=True).in_language(language()) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """`dinsdag 10 november`."""
    return date_format(value, "l j F") if value else ""


@register.filter
def weekday_year(value: date | None) -> str:
    """`dinsdag 10 november 2026`."""
    return date_format(value, "l j F Y") if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """`1 okt`."""
    return date_format(value, "j M").lower().replace(".", "") if value else ""


@register.filter
def month(value: date | None) -> str:
    """`maart 2019`."""
    return month_in_words(value, year=True).in_language(language()) if value else ""


@register.filter
def month_name(value: date | None) -> str:
    """`oktober`."""
    return month_in_words(value).in_language(language()) if value else ""


@register.filter
def short_month(value: date | None) -> str:
    """`nov 2026`."""
    return f"{date_format(value, 'M').lower().rstrip('.')} {value.year}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """`22 november, 14:05`."""
    at = localtime(value) if value else None
    return f"{day(at)}, {at:%H:%M}" if at else ""


@register.filter
def file_address(tenancy: int) -> str:
    """Where the file on a tenancy is: for lists, which hold a hundred of them."""
    return _files() % tenancy


@cache
def _files() -> str:
    return reverse("tenancy", args=[0]).replace("0", "%d")


@register.filter
def date_of(value: datetime | None) -> date | None:
    """The local day of a moment."""
    return localtime(value).date() if value else None


@register.filter
def iso(value: date | None) -> str:
    """`2026-11-22`: for attributes that a machine reads."""
    return value.isoformat() if value else ""


@register.filter
def label(value: str, family: str) -> str:
    """The words for a stored code: `{{ role|label:"role" }}`."""
    return labels.of(family, value)


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """An icon that says nothing to a screen reader: the word beside it does. A page holds a hundred of them."""
    classes = f"vd-icon {css}".strip()
    sprite = static("voordeur/icons.svg")
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', classes, sprite, name
    )


@register.simple_tag(takes_context=True)
def light(context: dict[str, Any]) -> SafeString:
    """` data-licht="avond"` when somebody chose; else the device decides."""
    request: HttpRequest | None = context.get("request")
    chosen = request.COOKIES.get(LIGHT_COOKIE) if request else None
    return mark_safe(f' data-licht="{chosen}"') if chosen in LIGHTS else mark_safe("")


@register.simple_tag(takes_context=True)
def chosen_light(context: dict[str, Any]) -> str:
    """The light that was chosen, or an empty string."""
    request: HttpRequest | None = context.get("request")
    chosen = request.COOKIES.get(LIGHT_COOKIE, "") if request else ""
    return chosen if chosen in LIGHTS else ""


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[Destination]:
    """Where this role can go, with the page that is open marked."""
    request: HttpRequest | None = context.get("request")
    return destinations(request) if request else []


@register.filter
def without_sign(cents: int | None) -> int:
    """The size of a difference, for "less than" and "more than"."""
    return abs(cents or 0)


@register.simple_tag
def small_bar(value: int, widest: int, strong: bool = False) -> SafeString:
    """A small bar beside a figure in a table; the figure itself is the text, so the bar is silent."""
    if value <= 0 or widest <= 0:
        return mark_safe("")
    return format_html(
        '<svg width="32" height="12" aria-hidden="true"><rect class="{}" width="{}" height="12" rx="2"/></svg>',
        "vd-fill-strong" if strong else "vd-fill",
        max(1.5, round(32 * min(value, widest) / widest, 1)),
    )


@register.simple_tag
def nights_bar(nights: Sequence[tuple[date, bool | None]]) -> SafeString:
    """A block per night on which the log was checked: whole, broken, or nobody looked. The figures stand under it."""
    css = {True: "vd-night", False: "vd-night vd-night--broken", None: "vd-night vd-night--none"}
    blocks = format_html_join(
        "", '<rect class="{}" x="{}" y="0.5" width="13" height="17" rx="2.5"/>',
        ((css[whole], 17 * at + 0.5) for at, (_, whole) in enumerate(nights)),
    )  # fmt: skip
    wide = 17 * len(nights)
    return format_html(
        '<svg width="{}" height="18" viewBox="0 0 {} 18" aria-hidden="true">{}</svg>', wide, wide, blocks
    )


@register.simple_tag
def two_bars(needed: int, room: int, widest: int) -> SafeString:
    """What is needed inside what there is, on one scale for the whole page; silent, as the figures stand beside it."""
    there, wanted = (round(150 * min(one, widest) / widest, 1) if widest > 0 else 0 for one in (room, needed))
    return format_html(
        '<svg width="{}" height="12" aria-hidden="true"><rect class="vd-bar__room" x="1" y="1" width="{}" height="10"'
        ' rx="3"/><rect class="vd-fill" x="1" y="1" width="{}" height="10" rx="3"/></svg>',
        max(there, wanted) + 2,
        there,
        wanted,
    )


@register.simple_tag
def under_bar(value: int, widest: int) -> SafeString:
    """A bar under the words of a row; silent, as the figure stands beside it."""
    width = round(300 * min(value, widest) / widest, 1) if widest > 0 else 0
    return format_html(
        '<svg class="vd-under" viewBox="0 0 300 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="vd-fill" width="{}" height="6" rx="2"/></svg>',
        width,
    )


@register.simple_tag
def progress_bar(done: int, in_all: int) -> SafeString:
    """A bar that fills; the figures stand beside it in words."""
    width = round(400 * min(done, in_all) / in_all, 1) if in_all > 0 else 0
    return format_html(
        '<svg class="vd-progress" viewBox="0 0 400 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="vd-fill-quiet" width="400" height="12" rx="3"/>'
        '<rect class="vd-fill" width="{}" height="12" rx="3"/></svg>',
        width,
    )
