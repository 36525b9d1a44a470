"""The day on a map, drawn on the server: streets of the neighbourhood, numbered doors, the way between them.

Everything on it also stands in the list beside it. Where an address for map tiles is set, a script lays a real map in
its place; without it, and without the internet, this is the map.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from voordeur.core.planning import Spot
from voordeur.store.queries import Street, WeekDay
from voordeur.web.templatetags.voordeur import weekday

WIDTH, HEIGHT, EDGE = 400, 250, 34
_MOST_NAMES = 7
_NOTHING = mark_safe("")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """From degrees to the paper: north is up, and a metre is as long in both directions."""

    west: float
    north: float
    scale: float
    """Pixels per degree of latitude."""
    narrow: float
    left: float
    top: float

    def __call__(self, spot: Spot) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        x = self.left + (spot.longitude - self.west) * self.narrow * self.scale
        y = self.top + (self.north - spot.latitude) * self.scale
        return round(x, 1), round(y, 1)


def drawn_map(day: WeekDay, streets: Sequence[Street], chosen: int = 0) -> SafeString:
    """The map of one day; empty when no door of it has coordinates. `chosen`: the stop that is marked."""
    doors = [(stop.place, stop.spot, stop.id == chosen) for stop in day.stops if stop.spot is not None]
    if not doors:
        return _NOTHING
    spots = [spot for _place, spot, _on in doors]
    sheet = _sheet([*spots, *([day.start] if day.start else [])])
    return format_html(
        '<svg class="vd-map" viewBox="0 0 {} {}" role="img"><title>{}</title>'
        '<rect class="vd-map__ground" width="{}" height="{}"/>{}{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        _("Tekening met de adressen van %(day)s. Dezelfde adressen staan in de lijst van die dag.")
        % {"day": weekday(day.day)},
        WIDTH,
        HEIGHT,
        _streets(sheet, streets, [sheet(spot) for spot in spots]),
        _route(sheet, spots, day.start),
        _start(sheet, day.start),
        _doors(sheet, doors),
    )


def _sheet(spots: Sequence[Spot]) -> _Sheet:
    """Everything on the paper, with an edge; not closer than a few hundred metres."""
    north, south = max(one.latitude for one in spots), min(one.latitude for one in spots)
    west, east = min(one.longitude for one in spots), max(one.longitude for one in spots)
    narrow = cos(radians((north + south) / 2))
    high, wide = max(north - south, 0.002), max((east - west) * narrow, 0.003)
    scale = min((HEIGHT - 2 * EDGE) / high, (WIDTH - 2 * EDGE) / wide)
    left = (WIDTH - (east - west) * narrow * scale) / 2
    top = (HEIGHT - (north - south) * scale) / 2
    return _Sheet(west, north, scale, narrow, left, top)


def _streets(sheet: _Sheet, streets: Sequence[Street], doors: Sequence[tuple[float, float]]) -> SafeString:
    """The streets that touch the paper, and the names of the longest of them."""
    lines = [(one.name, *sheet(one.one), *sheet(one.other)) for one in streets]
    seen = [line for line in lines if _on_paper(*line[1:])]
    drawn = format_html_join(
        "", '<line class="vd-map__street" x1="{}" y1="{}" x2="{}" y2="{}"/>', (line[1:] for line in seen)
    )
    longest = sorted(seen, key=lambda line: -(abs(line[3] - line[1]) + abs(line[4] - line[2])))
    named = format_html_join("", '<text x="{}" y="{}">{}</text>', _names(longest, doors))
    return format_html("{}{}", drawn, named)


def _names(
    lines: Sequence[tuple[str, float, float, float, float]], doors: Sequence[tuple[float, float]]
) -> list[tuple[float, float, str]]:
    """At most a few names, none on top of another or under a door."""
    found: list[tuple[float, float, str]] = []
    for name, x1, y1, x2, y2 in lines:
        x, y = (x1 + x2) / 2 - 3.4 * len(name), (y1 + y2) / 2 + 5
        inside = 4 <= x <= WIDTH - 7.2 * len(name) and 14 <= y <= HEIGHT - 4
        under = any(x - 16 < left < x + 7 * len(name) + 16 and y - 18 < top < y + 32 for left, top in doors)
        if (
            inside
            and not under
            and all(abs(y - top) > 22 or abs(x - left) > 110 for left, top, _name in found)
        ):
            found.append((round(x, 1), round(y, 1), name))
        if len(found) == _MOST_NAMES:
            break
    return found


def _on_paper(x1: float, y1: float, x2: float, y2: float) -> bool:
    return max(x1, x2) >= 0 and min(x1, x2) <= WIDTH and max(y1, y2) >= 0 and min(y1, y2) <= HEIGHT


def _route(sheet: _Sheet, spots: Sequence[Spot], start: Spot | None) -> SafeString:
    way = [sheet(spot) for spot in ([start] if start else []) + list(spots)]
    return format_html(
        '<polyline class="vd-map__way" points="{}"/>', " ".join(f"{left},{top}" for left, top in way)
    )


def _start(sheet: _Sheet, start: Spot | None) -> SafeString:
    if start is None:
        return _NOTHING
    left, top = sheet(start)
    return format_html(
        '<circle class="vd-map__start" cx="{}" cy="{}" r="6"/><text x="{}" y="{}">{}</text>',
        left, top, round(min(left + 10, WIDTH - 40), 1), round(top + 5, 1), _("start"),
    )  # fmt: skip


def _doors(sheet: _Sheet, doors: Sequence[tuple[int, Spot, bool]]) -> SafeString:
    """The chosen door last, so that it lies on top."""
    return format_html_join(
        "",
        '<g class="{}" transform="translate({} {})"><rect class="vd-map__frame" x="-12" y="-28" width="24" height="31"'
        ' rx="5"/><rect class="vd-map__door" x="-10" y="-26" width="20" height="27" rx="4"/>'
        '<text class="vd-map__n" y="-8">{}</text></g>',
        (
            ("vd-map__stop vd-map__stop--on" if on else "vd-map__stop", *sheet(spot), place)
            for place, spot, on in sorted(doors, key=lambda one: (one[2], -one[0]))
        ),
    )


def places_for_script(day: WeekDay) -> str:
    """The doors of a day as JSON, for the script that lays them on a map of tiles. Numbers and places, no addresses."""
    doors = [
        {"n": stop.place, "at": [stop.spot.latitude, stop.spot.longitude]} for stop in day.stops if stop.spot
    ]
    start = [day.start.latitude, day.start.longitude] if day.start else None
    return json.dumps({"start": start, "doors": doors})
