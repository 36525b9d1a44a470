"""Telephone numbers and e-mail addresses that stood there in plain are encrypted by the migration, and can go back."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.actions.town import small_town
from voordeur.store.bulk import insert_rows
from voordeur.store.encrypt_column import open_column, seal_column
from voordeur.store.models import Tenancy, Tenant

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = ("store", "0009_scheme_checks"), ("store", "0010_retention")


def raw() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, email FROM store_tenant ORDER BY id")
        return list(cursor.fetchall())


def put(phone: str, email: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_tenant SET phone = %s, email = %s", [phone, email])


def migrate(*targets: tuple[str, str]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())


@pytest.fixture
def put_back() -> Iterator[None]:
    yield
    migrate()


@pytest.mark.usefixtures("put_back")
def test_the_migration_encrypts_what_is_there_and_back() -> None:
    small_town()
    migrate(BEFORE)
    put("06 00 04 17 31", "veld@example.org")
    migrate(AFTER)
    assert all(value.startswith("v1:") for row in raw() for value in row)
    migrate()
    assert {(one.phone, one.email) for one in Tenant.objects.all()} == {
        ("06 00 04 17 31", "veld@example.org")
    }
    migrate(BEFORE)
    assert set(raw()) == {("06 00 04 17 31", "veld@example.org")}


def test_what_is_empty_stays_empty_and_twice_changes_nothing() -> None:
    small_town()
    put("06 00 04 17 31", "")
    assert seal_column(connection, "store_tenant", "phone", "store.tenant.phone") == 3
    assert seal_column(connection, "store_tenant", "phone", "store.tenant.phone") == 0
    assert seal_column(connection, "store_tenant", "email", "store.tenant.email") == 0
    assert {one.phone for one in Tenant.objects.all()} == {"06 00 04 17 31"}
    assert {email for _, email in raw()} == {""}
    assert open_column(connection, "store_tenant", "phone", "store.tenant.phone") == 3
    assert {phone for phone, _ in raw()} == {"06 00 04 17 31"}


def test_rows_in_bulk_are_encrypted_on_their_way() -> None:
    tenancy = Tenancy.objects.create(key="1")
    columns = ("tenancy_id", "name", "phone", "email", "language")
    rows = [(tenancy.pk, f"Bewoner {number}", f"06 00 {number}", "", "nl") for number in range(3)]
    assert insert_rows(Tenant, columns, rows) == 3
    assert [phone[:3] for phone, _ in raw()] == ["v1:"] * 3
    assert [one.phone for one in Tenant.objects.order_by("pk")] == ["06 00 0", "06 00 1", "06 00 2"]
