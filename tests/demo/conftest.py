"""Small towns for the tests that only look."""

from datetime import date

import pytest

from voordeur.demo.town import Town, make_town

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def town() -> Town:
    """Seven hundred homes on a Monday in November."""
    return make_town(4, TODAY, homes=700)


@pytest.fixture(scope="session")
def hamlet() -> Town:
    """Forty homes, for the tests with a database."""
    return make_town(9, TODAY, homes=40)
