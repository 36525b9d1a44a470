"""Published cases of income support: one test per case, named by its id. See tests/vectors/README.md."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance import benefits, published
from voordeur.core.problems import Refused

VECTORS = benefits.vectors(published.folder())
OWN = benefits.vectors(published.OWN_FOLDER)


@pytest.mark.parametrize("vector", VECTORS, ids=[str(vector["id"]) for vector in VECTORS])
def test_published_benefit(vector: benefits.Vector) -> None:
    benefits.check(vector)


def test_our_own_folder_holds_every_scheme() -> None:
    """Also when another folder is run: the sample that comes with the program is complete."""
    assert {vector["scheme"] for vector in OWN} == set(benefits.SCHEMES)
    assert len(OWN) == 291


# --- the comparison itself can fail ----------------------------------------------------------------------------


def example(of: str, **more: Any) -> benefits.Vector:
    """The first published case of a scheme, with something else in it."""
    return next(vector for vector in OWN if vector["scheme"] == of) | more


@pytest.mark.parametrize(
    "wrong",
    [
        example("huurtoeslag", expected_monthly_eur=9_999, tolerance_eur=1.0),
        example("zorgtoeslag", expected_yearly_eur=1_573.45),
        example("kindgebonden_budget", expected_eligible=False),
        example("bijstandsnorm", expected_monthly_eur=1_500.06),
        example("beslagvrije_voet", expected_monthly_eur=2_526.67),
        example("noodfonds_energie", expected_other={"gross_monthly_income_limit_eur": 1}),
        example("zorgtoeslag", scheme="weerbericht"),
        example("vermogensgrens_pw", expected_other={}),
        example("zorgtoeslag", year=2031),
    ],
    ids=lambda wrong: f"{wrong['scheme']}-{wrong['year']}",
)
def test_a_wrong_case_or_one_that_cannot_run_fails(wrong: benefits.Vector) -> None:
    with pytest.raises((AssertionError, Refused)):
        benefits.check(wrong)


def test_cases_that_are_not_usable_and_files_of_another_shape_are_left_out(tmp_path: Path) -> None:
    cases = [{"id": "a"}, {"id": "b", "usable": False}, {"id": "c", "usable": True}]
    (tmp_path / "more.json").write_text(json.dumps({"meta": {}, "vectors": cases}))
    (tmp_path / "list.json").write_text(json.dumps([{"id": "d"}]))
    (tmp_path / "suites.json").write_text(json.dumps({"suites": []}))
    assert [vector["id"] for vector in benefits.vectors(tmp_path)] == ["a", "c"]


def test_an_amount_with_cents_is_compared_before_rounding_and_a_whole_one_after() -> None:
    leaflet = next(vector for vector in OWN if vector["id"] == "zorgtoeslag-2025-0003")
    benefits.check(leaflet | {"expected_yearly_eur": 1_573, "tolerance_eur": 0})
    benefits.check(leaflet | {"expected_yearly_eur": 1_573.42})
    with pytest.raises(AssertionError):
        benefits.check(leaflet | {"expected_yearly_eur": 1_573.50})
