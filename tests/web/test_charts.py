"""The drawings: what is drawn is what the figures say, in words too, and no text of a person becomes markup."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.store.queries import TrendPoint
from voordeur.web import charts
from voordeur.web.pattern import Month, Pattern, State

TODAY = date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(markup: str) -> ElementTree.Element:
    """The markup as a tree; an error when it is no well-formed SVG."""
    return ElementTree.fromstring(markup.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def month_ends(*euros: int) -> list[TrendPoint]:
    days = [date(2024 + (at + 10) // 12, (at + 10) % 12 + 1, 28) for at in range(len(euros))]
    return [TrendPoint(day, 100, 6, euro * 100) for day, euro in zip(days, euros, strict=True)]


def test_one_point_is_no_line() -> None:
    assert charts.trend(month_ends(1000), TODAY) == ""


def test_the_line_has_a_place_for_every_month_and_says_its_ends() -> None:
    tree = drawn(charts.trend(month_ends(*range(1000, 1025)), TODAY))
    line = tree.find(f"{SVG}polyline")
    assert line is not None
    assert len(line.attrib["points"].split()) == 25
    title = tree.findtext(f"{SVG}title") or ""
    assert "€\u00a01.000" in title
    assert "€\u00a01.024" in title


def test_today_hangs_on_by_a_dashed_end() -> None:
    points = [*month_ends(10, 20, 30), TrendPoint(TODAY, 100, 6, 99_00)]
    lines = drawn(charts.trend(points, TODAY)).findall(f"{SVG}polyline")
    assert [len(line.attrib["points"].split()) for line in lines] == [3, 2]
    assert "vd-c-line--now" in lines[1].attrib["class"]


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=30))
def test_every_line_stays_inside_its_frame(euros: list[int]) -> None:
    points = [TrendPoint(TODAY - timedelta(days=30 * at), 1, 1, euro) for at, euro in enumerate(euros)][::-1]
    for line in drawn(charts.trend(points, TODAY)).findall(f"{SVG}polyline"):
        for place in line.attrib["points"].split():
            left, top = map(float, place.split(","))
            assert 0 <= left <= 400
            assert 0 <= top <= 176


def months(*days: int | None) -> Pattern:
    made = [
        Month(date(2025, 1 + at, 1), 60_000, 0 if day is not None else 60_000, day, day or 40, state_of(day))
        for at, day in enumerate(days)
    ]
    return Pattern(tuple(made), usual_to=3)


def state_of(day: int | None) -> State:
    if day is None:
        return State.NOTHING
    return State.USUAL if day <= 5 else State.LATE


def test_there_is_a_dot_per_month_and_departures_are_named() -> None:
    tree = drawn(charts.payment_pattern(months(2, 3, 1, 14, None)))
    assert len(tree.findall(f"{SVG}circle")) == 5
    said = [text.text for text in tree.findall(f"{SVG}text")]
    assert "april: op dag 14" in said
    assert "mei: nog niets" in said
    assert (
        tree.findtext(f"{SVG}title") == "3 maanden: binnen 3 dagen betaald. april: op dag 14. mei: nog niets."
    )


def label_heights(tree: ElementTree.Element) -> list[float]:
    return [
        float(text.attrib["y"]) for text in tree.findall(f"{SVG}text") if text.get("class") == "vd-c-strong"
    ]


def at_most_three_depart(days: list[int | None]) -> bool:
    return sum(day != 2 for day in days) <= 3


def test_labels_never_stand_on_top_of_each_other() -> None:
    heights = label_heights(drawn(charts.payment_pattern(months(2, 2, 2, 40, 40, 40))))
    assert len(heights) == 3
    assert all(abs(a - b) >= 17 for at, a in enumerate(heights) for b in heights[at + 1 :])


@given(
    st.lists(st.sampled_from([2, 2, None, *range(6, 60)]), min_size=2, max_size=12).filter(
        at_most_three_depart
    )
)
def test_whatever_the_days_are_no_two_labels_cross(days: list[int | None]) -> None:
    tree = drawn(charts.payment_pattern(months(*days)))
    heights = label_heights(tree)
    assert len(heights) == sum(day != 2 for day in days)
    assert all(abs(a - b) >= 17 for at, a in enumerate(heights) for b in heights[at + 1 :])
    assert all(10 <= height <= 190 for height in heights)


def test_many_departures_are_counted_instead_of_named() -> None:
    tree = drawn(charts.payment_pattern(months(2, 40, 40, 40, None, None)))
    said = [text.text for text in tree.findall(f"{SVG}text") if text.get("class") == "vd-c-strong"]
    assert said == ["5 maanden te laat, of nog niet alles"]


@pytest.mark.parametrize("colour", ["#", "rgb", "style="])
def test_colours_come_from_the_stylesheet(colour: str) -> None:
    markup = charts.payment_pattern(months(2, 9, None)) + charts.trend(month_ends(1, 2), TODAY)
    assert colour not in markup


def test_flows_stand_on_both_sides_of_the_line() -> None:
    ends = [
        TrendPoint(date(2026, 9, 30), 100, 6, 0, 4, 2, 1),
        TrendPoint(date(2026, 10, 31), 100, 6, 0, 8, 3, 0),
    ]
    tree = drawn(charts.flows([*ends, TrendPoint(TODAY, 100, 6, 0)]))
    bars = tree.findall(f"{SVG}rect")
    assert len(bars) == 6  # of today there is no month yet
    heights = [float(bar.attrib["height"]) for bar in bars]
    assert heights[0] / heights[3] == 0.5
    assert heights[1] / heights[0] == 0.25
    bottoms = {float(bar.attrib["y"]) + float(bar.attrib["height"]) for bar in bars[:2]}
    assert bottoms == {float(bars[2].attrib["y"])}
    title = tree.find(f"{SVG}title")
    assert title is not None
    assert title.text == (
        "In oktober 2026 raakten 8 huishoudens achter. 0 van hen liepen eerder achter. 3 huishoudens zijn weer bij."
    )


def test_no_flows_are_no_chart() -> None:
    assert charts.flows(month_ends(1000, 2000)) == ""
