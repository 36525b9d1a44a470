"""Coordinates: Dutch RD (EPSG:28992) to and from WGS84, and is this a place in the Netherlands at all?

Source of the polynomials: F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie
tussen RD- en WGS84-kaartcoördinaten" (2001).

Error: a few decimetres against the official transformation (RDNAPTRANS) within the European Netherlands, 0.25 m at
Amersfoort; there and back again differs less than 1 cm. That is enough for a doorstep on a map and for a route, not
for a boundary. WGS84 and ETRS89 are taken to be the same (they drift apart about 2.5 cm a year).
RD is in metres, x to the east and y to the north; latitude and longitude are decimal degrees.
"""

from typing import NamedTuple

from voordeur.core.problems import Problem
from voordeur.core.words import Words


class RD(NamedTuple):
    """A place in the Dutch national grid, metres."""

    x: float
    y: float


class WGS84(NamedTuple):
    """A place on the globe, decimal degrees."""

    latitude: float
    longitude: float


_AMERSFOORT_RD = RD(155_000.0, 463_000.0)
_AMERSFOORT = WGS84(52.15517440, 5.38720621)

# Each term is (power of the first difference, power of the second, coefficient).
_Terms = tuple[tuple[int, int, float], ...]
_LATITUDE: _Terms = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550), (2, 2, -0.01709),
    (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012),
)  # fmt: skip
_LONGITUDE: _Terms = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594), (3, 1, -0.05607),
    (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip
_X: _Terms = (
    (0, 1, 190094.945), (1, 1, -11832.228), (2, 1, -114.221), (0, 3, -32.391), (1, 0, -0.705), (3, 1, -2.340),
    (1, 3, -0.608), (0, 2, -0.008), (2, 3, 0.148),
)  # fmt: skip
_Y: _Terms = (
    (1, 0, 309056.544), (0, 2, 3638.893), (2, 0, 73.077), (1, 2, -157.984), (3, 0, 59.788), (0, 1, 0.433),
    (2, 2, -6.439), (1, 1, -0.032), (0, 4, 0.092), (1, 4, -0.054),
)  # fmt: skip

# The European Netherlands. No x is as large as the smallest y, so a swapped pair can never pass for a good one.
_RD_X = (10_000.0, 280_000.0)
_RD_Y = (289_000.0, 629_000.0)
_LATITUDES = (50.7, 53.7)
_LONGITUDES = (3.2, 7.3)


def _sum(terms: _Terms, first: float, second: float) -> float:
    return sum(factor * first**p * second**q for p, q, factor in terms)


def rd_to_wgs84(x: float, y: float) -> WGS84:
    """RD metres to degrees. Meaningful only where `in_netherlands_rd` holds."""
    east, north = (x - _AMERSFOORT_RD.x) * 1e-5, (y - _AMERSFOORT_RD.y) * 1e-5
    return WGS84(
        _AMERSFOORT.latitude + _sum(_LATITUDE, east, north) / 3600,
        _AMERSFOORT.longitude + _sum(_LONGITUDE, east, north) / 3600,
    )


def wgs84_to_rd(latitude: float, longitude: float) -> RD:
    """Degrees to RD metres. Meaningful only where `in_netherlands` holds."""
    north, east = 0.36 * (latitude - _AMERSFOORT.latitude), 0.36 * (longitude - _AMERSFOORT.longitude)
    return RD(_AMERSFOORT_RD.x + _sum(_X, north, east), _AMERSFOORT_RD.y + _sum(_Y, north, east))


def in_netherlands_rd(x: float, y: float) -> bool:
    """True inside the area in which RD is valid (European Netherlands)."""
    return _RD_X[0] <= x <= _RD_X[1] and _RD_Y[0] <= y <= _RD_Y[1]


def in_netherlands(latitude: float, longitude: float) -> bool:
    """True inside a box around the European Netherlands."""
    return _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]


def rd_problem(x: float, y: float) -> Problem | None:
    """What is wrong with an RD pair: swapped, degrees instead of metres, or abroad; None when it is fine."""
    if in_netherlands_rd(x, y):
        return None
    if in_netherlands_rd(y, x):
        return _swapped("x", "y")
    if in_netherlands(x, y) or in_netherlands(y, x):
        return _problem(
            "degrees-as-rd",
            Words("Dit zijn graden, geen RD-meters.", "These are degrees, not RD metres."),
            Words(
                "Noem de kolommen breedtegraad en lengtegraad.", "Call the columns latitude and longitude."
            ),
        )
    return _abroad()


def wgs84_problem(latitude: float, longitude: float) -> Problem | None:
    """What is wrong with a pair in degrees: swapped, RD metres instead of degrees, or abroad; None when fine."""
    if in_netherlands(latitude, longitude):
        return None
    if in_netherlands(longitude, latitude):
        return _swapped("breedtegraad", "lengtegraad", "latitude", "longitude")
    if in_netherlands_rd(latitude, longitude) or in_netherlands_rd(longitude, latitude):
        return _problem(
            "rd-as-degrees",
            Words("Dit zijn RD-meters, geen graden.", "These are RD metres, not degrees."),
            Words("Noem de kolommen RD x en RD y.", "Call the columns RD x and RD y."),
        )
    return _abroad()


def _problem(code: str, message: Words, cure: Words) -> Problem:
    return Problem(code, message, cure)


def _swapped(first: str, second: str, first_en: str = "", second_en: str = "") -> Problem:
    first_en, second_en = first_en or first, second_en or second
    return _problem(
        "swapped-coordinates",
        Words(
            f"De {first} en de {second} staan omgewisseld.",
            f"The {first_en} and the {second_en} are swapped.",
        ),
        Words("Wissel de namen van de twee kolommen om.", "Swap the names of the two columns."),
    )


def _abroad() -> Problem:
    return _problem(
        "outside-netherlands",
        Words("Deze plek ligt niet in Nederland.", "This place is not in the Netherlands."),
        Words(
            "Kijk de coördinaten na, of maak de cellen leeg.", "Check the coordinates, or empty the cells."
        ),
    )
