"""Coordinates on published points: spires and the origin of the grid."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.geo import (
    in_netherlands,
    in_netherlands_rd,
    rd_problem,
    rd_to_wgs84,
    wgs84_problem,
    wgs84_to_rd,
)

# Name, RD x, RD y, latitude, longitude: the examples of Schreutelkamp and Strang van Hees (2001).
POINTS = [
    ("Onze Lieve Vrouwetoren, Amersfoort", 155000.000, 463000.000, 52.15517440, 5.38720621),
    ("Westertoren, Amsterdam", 120700.723, 487525.502, 52.37453253, 4.88352559),
    ("Martinitoren, Groningen", 233883.131, 582065.167, 53.21938317, 6.56820053),
]


@pytest.mark.parametrize(("name", "x", "y", "latitude", "longitude"), POINTS)
def test_published_points_agree_to_a_millimetre(
    name: str, x: float, y: float, latitude: float, longitude: float
) -> None:
    there = rd_to_wgs84(x, y)
    assert there.latitude == pytest.approx(latitude, abs=1e-8), name
    assert there.longitude == pytest.approx(longitude, abs=1e-8), name
    back = wgs84_to_rd(latitude, longitude)
    assert math.dist(back, (x, y)) < 0.002, name


def test_the_official_transformation_lies_a_quarter_of_a_metre_away() -> None:
    """RDNAPTRANS puts the origin of the grid at 52.155172897 N, 5.387203657 E."""
    ours = wgs84_to_rd(52.155172897, 5.387203657)
    assert 0.1 < math.dist(ours, (155000, 463000)) < 0.3


@given(st.floats(10_000, 280_000), st.floats(300_000, 625_000))
def test_there_and_back_again_is_the_same_doorstep(x: float, y: float) -> None:
    assert math.dist(wgs84_to_rd(*rd_to_wgs84(x, y)), (x, y)) < 0.01


@given(st.floats(10_000, 280_000), st.floats(289_000, 629_000))
def test_a_swapped_pair_never_passes_for_a_good_one(x: float, y: float) -> None:
    assert rd_problem(x, y) is None
    problem = rd_problem(y, x)
    assert problem is not None
    assert problem.code == "swapped-coordinates"


def test_swapped_degrees_are_told_apart() -> None:
    assert wgs84_problem(52.37, 4.88) is None
    problem = wgs84_problem(4.88, 52.37)
    assert problem is not None
    assert problem.code == "swapped-coordinates"
    assert "breedtegraad" in problem.message.nl
    assert "latitude" in problem.message.en


@pytest.mark.parametrize(
    ("first", "second", "as_rd", "as_degrees"),
    [
        (52.37, 4.88, "degrees-as-rd", None),
        (120700.0, 487525.0, None, "rd-as-degrees"),
        (48.85, 2.35, "outside-netherlands", "outside-netherlands"),  # Paris
        (0.0, 0.0, "outside-netherlands", "outside-netherlands"),
    ],
)
def test_what_is_wrong_with_a_pair(
    first: float, second: float, as_rd: str | None, as_degrees: str | None
) -> None:
    rd, degrees = rd_problem(first, second), wgs84_problem(first, second)
    assert (rd and rd.code) == as_rd
    assert (degrees and degrees.code) == as_degrees


def test_the_corners_of_the_country_are_inside() -> None:
    corners = {"Sluis": (15000, 370000), "Vaals": (199000, 308000), "Nieuweschans": (277500, 579000)}
    for name, (x, y) in corners.items():
        assert in_netherlands_rd(x, y), name
        assert in_netherlands(*rd_to_wgs84(x, y)), name
