"""A small town for every test of the screens, and somebody of each role who signed in."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.web.factories import Town, town
from voordeur.store.models import User

As = Callable[[User | None], Client]


@pytest.fixture(scope="module")
def town_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """The town, built once for the tests of one file. Each test works in a transaction inside this one."""
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        built = town()
    yield built
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def small_town(town_of_module: Town, db: None) -> Town:
    """Two neighbourhoods, twelve households, four colleagues; as they were built, whatever another test did."""
    return copy.deepcopy(town_of_module)


@pytest.fixture
def as_user() -> As:
    """`as_user(town.manager)`: a client that signed in; None: nobody."""

    def signed_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return signed_in
