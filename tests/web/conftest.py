"""A small town for every test of the screens, and somebody of each role who signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.factories import Town, town
from voordeur.store.models import User

As = Callable[[User | None], Client]


@pytest.fixture
def small_town(db: None) -> Town:
    """Two neighbourhoods, twelve households, four colleagues."""
    return town()


@pytest.fixture
def as_user() -> As:
    """`as_user(town.manager)`: a client that signed in; None: nobody."""

    def signed_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return signed_in
