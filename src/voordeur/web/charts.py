"""Charts as SVG, drawn on the server: pure functions from figures to markup.

Every text goes through `format_html`; colours are classes of the stylesheet; each chart has a `<title>` that says in
words what it shows, and stands beside a table with the same figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from voordeur.store.queries import TrendPoint
from voordeur.web.figures import is_month_end
from voordeur.web.pattern import NAMED, Month, Pattern, State
from voordeur.web.templatetags.voordeur import month, number, short_month, whole, whole_amount

WIDTH = 400
_NONE = mark_safe("")


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to places on the page."""

    low: float
    high: float
    at_low: float
    at_high: float

    def __call__(self, value: float) -> float:
        """The place of a value, to a tenth."""
        span = self.high - self.low or 1
        return round(self.at_low + (value - self.low) / span * (self.at_high - self.at_low), 1)


def trend(points: Sequence[TrendPoint], today: date) -> SafeString:
    """Overdue money per month end as a line, and today's sum apart at a dashed end: a month half-way is no month end.

    Fewer than two points are no line: then nothing is drawn.
    """
    if len(points) < 2:
        return _NONE
    ticks = _ticks(min(p.overdue for p in points), max(p.overdue for p in points))
    x, y = Scale(0, len(points) - 1, 6, 318), Scale(ticks[0], ticks[-1], 140, 14)
    places = [(x(at), y(point.overdue)) for at, point in enumerate(points)]
    running = 1 if points[-1].on == today and not is_month_end(today) else 0
    return format_html(
        '<svg class="vd-chart" viewBox="0 0 {} 176" role="img"><title>{}</title>{}'
        '<polyline class="vd-c-line" points="{}"/>'
        '<polyline class="vd-c-line vd-c-line--now" points="{}"/>{}{}</svg>',
        WIDTH,
        _trend_in_words(points),
        format_html_join(
            "", '<line class="vd-c-axis" x1="2" x2="326" y1="{0}" y2="{0}"/>{1}', _axis(ticks, y)
        ),
        _line(places[: len(places) - running]),
        _line(places[-2:] if running else []),
        _year_ago(points[: len(points) - running], places),
        _ends(points, places, running=bool(running)),
    )


def _line(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{left},{top}" for left, top in places)


def _axis(ticks: Sequence[int], y: Scale) -> Iterable[tuple[float, SafeString]]:
    for tick in ticks:
        yield y(tick), _text(WIDTH, y(tick) + 5, whole_amount(tick), anchor="end")


def _ticks(low: int, high: int) -> list[int]:
    """Three to five round sums that hold everything between them."""
    step = 100
    while (high // step + 1) - low // step > 4:
        step *= 5 if str(step)[0] in "1" else 2
    first = low // step
    return [at * step for at in range(first, high // step + 2)]


def _year_ago(points: Sequence[TrendPoint], places: Sequence[tuple[float, float]]) -> SafeString:
    """A ring at the month end a year before the last one, its figure where the line leaves room."""
    at = len(points) - 13
    if at < 0:
        return _NONE
    left, top = places[at]
    near = [other for _, other in places[max(0, at - 3) : at + 4]]
    above = sum(near) / len(near) >= top
    return format_html(
        '<circle class="vd-c-ring" cx="{}" cy="{}" r="4.5"/>{}',
        left,
        top,
        _text(left, top + (-12 if above else 24), whole_amount(points[at].overdue), anchor="middle"),
    )


def _ends(
    points: Sequence[TrendPoint], places: Sequence[tuple[float, float]], *, running: bool
) -> SafeString:
    left, top = places[-1]
    above = top > 40
    said = whole_amount(points[-1].overdue)
    return format_html(
        '<circle class="vd-fill-strong" cx="{}" cy="{}" r="5.5"/>{}{}{}',
        left,
        top,
        _text(
            left - (0 if above else 12),
            top + (-14 if above else 5),
            _("vandaag %(sum)s") % {"sum": said} if running else said,
            anchor="end",
            strong=True,
        ),
        _text(2, 173, short_month(points[0].on)),
        _text(326, 173, short_month(points[-1].on), anchor="end"),
    )


def _trend_in_words(points: Sequence[TrendPoint]) -> str:
    first, last = points[0], points[-1]
    return _("Te laat op %(first)s: %(from)s. Op %(last)s: %(to)s.") % {
        "first": month(first.on),
        "from": whole(first.overdue),
        "last": month(last.on),
        "to": whole(last.overdue),
    }


def flows(points: Sequence[TrendPoint]) -> SafeString:
    """Per month who fell behind, above the line, and who is up to date again, below it; the strong part relapsed.

    Only month ends have flows. Fewer than two of them are no course: then nothing is drawn.
    """
    ends = [point for point in points if is_month_end(point.on)]
    most = max((max(point.entered, point.cured) for point in ends), default=0)
    if len(ends) < 2 or not most:
        return _NONE
    step = 288 / len(ends)
    tall = Scale(0, most, 0, 56)
    bars = ((_month_of_flows(point, 6 + at * step, step * 0.7, tall),) for at, point in enumerate(ends))
    last = ends[-1]
    return format_html(
        '<svg class="vd-chart" viewBox="0 0 {} 162" role="img"><title>{}</title>{}'
        '<line class="vd-c-base" x1="2" x2="296" y1="{}" y2="{}"/>{}{}{}{}</svg>',
        WIDTH,
        flows_in_words(last),
        format_html_join("", "{}", bars),
        _BASE,
        _BASE,
        _text(
            WIDTH,
            _BASE - 22,
            _("%(count)s erbij") % {"count": number(last.entered)},
            anchor="end",
            strong=True,
        ),
        _text(
            WIDTH,
            _BASE + 32,
            _("%(count)s weer bij") % {"count": number(last.cured)},
            anchor="end",
            strong=True,
        ),
        _text(2, 158, short_month(ends[0].on)),
        _text(296, 158, short_month(last.on), anchor="end"),
    )


_BASE = 70
"""Where the line between falling behind and being up to date again is drawn."""


def _month_of_flows(point: TrendPoint, left: float, width: float, tall: Scale) -> SafeString:
    entered, relapsed, cured = tall(point.entered), tall(point.relapsed), tall(point.cured)
    return format_html(
        '<rect class="vd-fill-wait" x="{0}" y="{2}" width="{1}" height="{3}"/>'
        '<rect class="vd-fill-strong" x="{0}" y="{4}" width="{1}" height="{5}"/>'
        '<rect class="vd-fill" x="{0}" y="{6}" width="{1}" height="{7}"/>',
        round(left, 1),
        round(width, 1),
        round(_BASE - entered, 1),
        entered,
        round(_BASE - relapsed, 1),
        relapsed,
        _BASE,
        cured,
    )


def flows_in_words(point: TrendPoint) -> str:
    """What happened in the month that ended with a point."""
    said = {
        "month": month(point.on),
        "entered": point.entered,
        "relapsed": point.relapsed,
        "cured": point.cured,
    }
    return (
        _(
            "In %(month)s raakten %(entered)s huishoudens achter. %(relapsed)s van hen liepen eerder achter. "
            "%(cured)s huishoudens zijn weer bij."
        )
        % said
    )


def payment_pattern(pattern: Pattern) -> SafeString:
    """One dot per month: how many days after the due day it was paid. Nothing for fewer than two months."""
    months, crowded = pattern.months, pattern.departures > NAMED
    if len(months) < 2:
        return _NONE
    highest = max([pattern.usual_to + 6, *(one.height for one in months)])
    lowest = min([0, *(one.height for one in months)])
    x, y = (
        Scale(0, len(months) - 1, 8, WIDTH - 8),
        Scale(lowest, highest, 160, 52 if crowded else 18),
    )
    top, bottom = y(pattern.usual_to) - 9, y(lowest) + 9
    return format_html(
        '<svg class="vd-chart" viewBox="0 0 {} 196" role="img"><title>{}</title>'
        '<rect class="vd-c-band" width="{}" y="{}" height="{}" rx="3"/>{}{}{}{}{}</svg>',
        WIDTH,
        pattern.in_words,
        WIDTH,
        top,
        round(bottom - top, 1),
        _text(0 if crowded else 8, 32 if crowded else top - 8, pattern.usual_in_words)
        if pattern.usual_months
        else _NONE,
        format_html_join("", "{}", ((_dot(one, x(at), y(one.height)),) for at, one in enumerate(months))),
        _departures(pattern, x, y),
        _text(0, 192, short_month(months[0].due)),
        _text(WIDTH, 192, short_month(months[-1].due), anchor="end"),
    )


_LINE = 17  # the height of a line of text in the drawing
_DOTS = {
    State.USUAL: ("vd-fill", 4.5),
    State.LATE: ("vd-fill-wait", 5.5),
    State.PART: ("vd-fill-wait", 5.5),
    State.NOTHING: ("vd-c-open", 5.5),
    State.NOT_DUE: ("vd-c-ring", 4.5),
}


def _dot(one: Month, left: float, top: float) -> SafeString:
    css, size = _DOTS[one.state]
    return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', css, left, top, size)


def _departures(pattern: Pattern, x: Scale, y: Scale) -> SafeString:
    """The departures named in words beside their dot, never on top of each other; many of them are counted."""
    if pattern.departures > NAMED:
        return _text(0, 12, pattern.departures_in_words, strong=True)
    taken: list[float] = []
    texts: list[tuple[SafeString]] = []
    for at, one in reversed(list(enumerate(pattern.months))):
        if not one.departs:
            continue
        top = _free_line(y(one.height) + 5, taken)
        taken.append(top)
        left = x(at)
        early = left < WIDTH / 2
        place = left + 11 if early else left - 11
        texts.append((_text(place, top, one.in_words, anchor="start" if early else "end", strong=True),))
    return format_html_join("", "{}", texts)


def _free_line(wanted: float, taken: list[float]) -> float:
    """The free line of text nearest to the wanted height; the wanted height itself where every line is taken."""
    lines = [wanted, *range(15, 180, _LINE)]
    free = (one for one in lines if all(abs(one - other) >= _LINE for other in taken))
    return min(free, key=lambda one: abs(one - wanted), default=wanted)


def _text(left: float, top: float, words: str, *, anchor: str = "start", strong: bool = False) -> SafeString:
    return format_html(
        '<text{} x="{}" y="{}" text-anchor="{}">{}</text>',
        mark_safe(' class="vd-c-strong"') if strong else _NONE,
        left,
        round(top, 1),
        anchor,
        words,
    )
