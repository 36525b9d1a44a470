"""Work in bulk leaves the connection and the process as it found them, and tells when others write meanwhile."""

import gc

import pytest
from django.db import IntegrityError, connection, transaction

from tests.elsewhere import elsewhere
from voordeur.store.bulk import in_bulk, writes_of_others
from voordeur.store.models import Neighbourhood


def room() -> int:
    """KiB of pages that this connection to SQLite keeps."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        return -int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_bulk_work_leaves_everything_as_it_was() -> None:
    usual = room() if connection.vendor == "sqlite" else 0
    with in_bulk():
        assert not gc.isenabled()
        if connection.vendor == "sqlite":
            assert room() > usual
    assert gc.isenabled()
    if connection.vendor == "sqlite":
        assert room() == usual


@pytest.mark.django_db
def test_bulk_work_inside_bulk_work_goes_on_in_bulk() -> None:
    with in_bulk():
        with in_bulk():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.django_db
def test_an_error_is_told_and_not_hidden_behind_a_second_one() -> None:
    Neighbourhood.objects.create(name="Molenkwartier")
    with pytest.raises(IntegrityError), in_bulk(), transaction.atomic():
        Neighbourhood.objects.create(name="Molenkwartier")
    assert gc.isenabled()


@pytest.mark.django_db(transaction=True)
def test_what_others_write_is_noticed_and_own_writing_is_not() -> None:
    before = writes_of_others()
    if connection.vendor != "sqlite":
        assert before is None  # it cannot be told, so whoever asks looks for himself
        return
    Neighbourhood.objects.create(name="Molenkwartier")
    assert writes_of_others() == before
    elsewhere(lambda: Neighbourhood.objects.count())
    assert writes_of_others() == before
    elsewhere(lambda: Neighbourhood.objects.create(name="Havenkant"))
    assert writes_of_others() != before
