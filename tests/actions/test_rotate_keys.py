"""Another key for everything that is encrypted, and the old one can go."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from pytest_django import Settings

from voordeur.actions import rotate_keys as action
from voordeur.actions.audit import write_line
from voordeur.actions.rotate_keys import add_key, rotate_keys
from voordeur.actions.sign_in import seal_secret, unseal_secret
from voordeur.actions.verify_audit import verify
from voordeur.adapters.encryption import make_key, unseal
from voordeur.core.access import Role
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, AuditPayload, Tenancy, Tenant, User

pytestmark = pytest.mark.django_db
OLD, NEW = make_key("k_1"), make_key("kx1")  # an underscore is no wildcard


def sealed_with() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM store_auditpayload")
        return {content.split(":")[1] for (content,) in cursor.fetchall()}


@pytest.fixture(autouse=True)
def notes(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action, "BATCH", 7)
    settings.FIELD_KEYS = OLD
    for number in range(23):
        write_line(None, "record_contact", payload={"said": f"notitie {number}"})


def test_everything_gets_the_new_key_and_the_old_one_can_go(settings: Settings) -> None:
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    write_line(None, "record_contact", payload={"said": "met de nieuwe"})
    assert sealed_with() == {"k_1", "kx1"}
    done = rotate_keys()
    assert (done.current, done.values, done.not_needed) == ("kx1", 23, ("k_1",))
    assert sealed_with() == {"kx1"}
    assert rotate_keys().values == 0
    settings.FIELD_KEYS = NEW
    assert AuditPayload.objects.order_by("pk")[5].content == '{"said": "notitie 5"}'
    assert verify().problems == ()
    assert AuditLine.objects.filter(action="rotate_keys").count() == 2


def test_the_secrets_of_sign_in_codes_get_the_new_key_too(settings: Settings) -> None:
    somebody = User.objects.create(username="tarek", role=Role.CONSULTANT)
    Authenticator.objects.create(user=somebody, type="totp", data={"secret": seal_secret("JBSWY3DP")})
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    assert rotate_keys().values == 24
    settings.FIELD_KEYS = NEW
    assert unseal_secret(Authenticator.objects.get().data["secret"]) == "JBSWY3DP"


def test_telephone_numbers_and_addresses_of_tenants_get_the_new_key_too(settings: Settings) -> None:
    tenancy = Tenancy.objects.create(key="1")
    Tenant.objects.create(
        tenancy=tenancy, name="B. Veldhuizer", phone="06 00 04 17 31", email="veld@example.org"
    )
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    assert rotate_keys().values == 25
    settings.FIELD_KEYS = NEW
    kept = Tenant.objects.get()
    assert (kept.phone, kept.email) == ("06 00 04 17 31", "veld@example.org")


def test_without_the_old_key_nothing_is_lost_and_nothing_is_done(settings: Settings) -> None:
    settings.FIELD_KEYS = NEW
    with pytest.raises(Refused) as refused:
        rotate_keys()
    assert refused.value.problems[0].code == "key-missing"
    assert sealed_with() == {"k_1"}
    with pytest.raises(Refused):
        AuditPayload.objects.first()
    settings.FIELD_KEYS = make_key("k_1")  # the right name, another key
    with pytest.raises(Refused) as refused:
        AuditPayload.objects.first()
    assert refused.value.problems[0].code == "does-not-open"


def test_a_value_that_changes_meanwhile_is_not_overwritten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    first = AuditPayload.objects.order_by("pk")[0]

    def meanwhile(*words: object) -> str:
        AuditPayload.objects.filter(pk=first.pk).update(content="ander")
        return unseal(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(action, "unseal", meanwhile)
    assert rotate_keys().values == 22
    assert AuditPayload.objects.get(pk=first.pk).content == "ander"


def test_a_new_key_is_put_first_in_the_file_of_keys(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VOORDEUR_FIELD_KEYS", raising=False)
    settings.VAR = tmp_path
    with pytest.raises(Refused):
        add_key()
    kept = tmp_path / "field_keys"
    kept.write_text(make_key("k4"))
    kept.chmod(0o600)
    assert add_key() == "k5"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [line.split(":")[0] for line in kept.read_text().split()] == ["k5", "k4"]


def test_a_server_that_runs_on_reads_what_a_newer_key_encrypted(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    (tmp_path / "field_keys").write_text(f"{NEW}\n{OLD}\n")
    settings.FIELD_KEYS = f"{NEW},{OLD}"
    rotate_keys()
    settings.FIELD_KEYS = OLD  # as the server read it when it started
    assert AuditPayload.objects.order_by("pk")[0].content == '{"said": "notitie 0"}'
